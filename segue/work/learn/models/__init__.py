"""The tables of months 1 and 2."""

from __future__ import annotations

from segue.work.learn.models.explaining import Explanation, ParkedTopic, Sitting
from segue.work.learn.models.listening import ListenerSheet
from segue.work.learn.models.recalling import CardState, OwnCard, RecallPause, Review

__all__ = ["CardState", "Explanation", "ListenerSheet", "OwnCard", "ParkedTopic", "RecallPause", "Review", "Sitting"]
