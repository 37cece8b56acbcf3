"""The data as it is, before anything is concluded from it: the step ``profile``."""

from __future__ import annotations

from feedback_lab.profile.profiling import profile

__all__ = ["profile"]
