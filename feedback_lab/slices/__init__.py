"""Whether the model does as well for each group: the step ``slices``. Intervals first; a small group is shown and not judged."""

from __future__ import annotations

from feedback_lab.slices.judging import MIN_N, slices

__all__ = ["MIN_N", "slices"]
