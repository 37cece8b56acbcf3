"""Feedback Lab: from a file of customer feedback to an honest report. Fast, offline, without a language model.

``import feedback_lab`` loads nothing heavy; what it offers is loaded when it is first asked for::

    import feedback_lab
    run = feedback_lab.analyse("reviews.csv", "run")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Name -> module that defines it.
OFFERED = {
    "LabError": "feedback_lab.errors",
    "STEPS": "feedback_lab.pipeline",
    "analyse": "feedback_lab.pipeline",
}
__all__ = ["STEPS", "LabError", "analyse"]


def __getattr__(name: str) -> Any:
    if name not in OFFERED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(OFFERED[name]), name)
