"""Which model predicts a label or a rating best, what it costs, and what more labels would bring: the step ``select``."""

from __future__ import annotations

from feedback_lab.select.candidates import CANDIDATES
from feedback_lab.select.model import TextModel, retrain
from feedback_lab.select.selection import Selection, select
from feedback_lab.select.splitting import split
from feedback_lab.select.targets import classes_of, examples, target_of

__all__ = ["CANDIDATES", "Selection", "TextModel", "classes_of", "examples", "retrain", "select", "split", "target_of"]
