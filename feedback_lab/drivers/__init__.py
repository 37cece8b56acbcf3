"""Which themes go with low and high ratings, with groups and with time: the step ``drivers``. Association, never cause."""

from __future__ import annotations

from feedback_lab.drivers.counting import Assign
from feedback_lab.drivers.relating import drivers

__all__ = ["Assign", "drivers"]
