"""The tables of month 6."""

from __future__ import annotations

from segue.work.transition.models.ads import Application, ApplicationState, JobAd
from segue.work.transition.models.closing import Closing, GapTask, Portfolio
from segue.work.transition.models.keys import new_key
from segue.work.transition.models.papers import Resume, ResumeVersion

__all__ = [
    "Application",
    "ApplicationState",
    "Closing",
    "GapTask",
    "JobAd",
    "Portfolio",
    "Resume",
    "ResumeVersion",
    "new_key",
]
