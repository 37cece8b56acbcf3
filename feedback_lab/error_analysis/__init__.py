"""What a model gets wrong, how far it can be trusted when it is sure, and where to put the threshold: the step ``errors``."""

from __future__ import annotations

from feedback_lab.error_analysis.analysis import errors
from feedback_lab.error_analysis.calibration import calibration, calibration_error
from feedback_lab.error_analysis.mistakes import MOST, mistakes
from feedback_lab.error_analysis.taxonomy import TAXONOMY, Case, guess
from feedback_lab.error_analysis.threshold import choose_threshold, default_positive, threshold_for

__all__ = [
    "MOST",
    "TAXONOMY",
    "Case",
    "calibration",
    "calibration_error",
    "choose_threshold",
    "default_positive",
    "errors",
    "guess",
    "mistakes",
    "threshold_for",
]
