"""New rows against old ones: did the inputs move, did the model get worse, would a new one be better. The step ``drift``."""

from __future__ import annotations

from feedback_lab.drift.comparison import Drift, drift
from feedback_lab.drift.decisions import CHOICES, Decision, log_decision, read_decisions
from feedback_lab.drift.inputs import input_shifts
from feedback_lab.drift.psi import psi, psi_of_numbers, psi_of_values
from feedback_lab.drift.replaying import replay
from feedback_lab.drift.resampling import macro_f1_with_gaps, paired_difference
from feedback_lab.drift.scoring import Model
from feedback_lab.drift.separation import auc, separation
from feedback_lab.drift.shifting import SHIFTS, seeded_shift
from feedback_lab.drift.splitting import split_rows
from feedback_lab.drift.triggers import Triggers

__all__ = [
    "CHOICES",
    "SHIFTS",
    "Decision",
    "Drift",
    "Model",
    "Triggers",
    "auc",
    "drift",
    "input_shifts",
    "log_decision",
    "macro_f1_with_gaps",
    "paired_difference",
    "psi",
    "psi_of_numbers",
    "psi_of_values",
    "read_decisions",
    "replay",
    "seeded_shift",
    "separation",
    "split_rows",
]
