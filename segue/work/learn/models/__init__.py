"""The tables of months 1 and 2."""

from __future__ import annotations

from segue.work.learn.models.explaining import Explanation, ParkedTopic, Sitting

__all__ = ["Explanation", "ParkedTopic", "Sitting"]
