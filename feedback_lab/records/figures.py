"""Figures with their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A figure from ``n`` cases with its 95% interval, all in the unit of the figure."""

    value: float
    low: float
    high: float
    n: int
