"""The tables of month 6."""

from __future__ import annotations

from segue.work.transition.models.ads import Application, ApplicationState, JobAd
from segue.work.transition.models.closing import Closing, GapTask, Portfolio
from segue.work.transition.models.interviews import Mock, Story
from segue.work.transition.models.keys import new_key
from segue.work.transition.models.papers import Profile, Resume, ResumeVersion

__all__ = [
    "Application",
    "ApplicationState",
    "Closing",
    "GapTask",
    "JobAd",
    "Mock",
    "Portfolio",
    "Profile",
    "Resume",
    "ResumeVersion",
    "Story",
    "new_key",
]
