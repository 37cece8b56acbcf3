"""A model at work: labels for files, versions with a way back, an address on this machine, and a gate that new versions must
pass.
"""

from __future__ import annotations

from feedback_lab.serve.endpoint import Endpoint, open_endpoint
from feedback_lab.serve.evaluating import EvalSet, read_eval_set, write_eval_set
from feedback_lab.serve.gate import GateResult, Regression, gate
from feedback_lab.serve.model import Model
from feedback_lab.serve.predicting import Answers, predict, predict_file
from feedback_lab.serve.remote import EndpointModel, Prices, Usage
from feedback_lab.serve.serving import ServedModel
from feedback_lab.serve.store import ModelStore, Version

__all__ = [
    "Answers",
    "Endpoint",
    "EndpointModel",
    "EvalSet",
    "GateResult",
    "Model",
    "ModelStore",
    "Prices",
    "Regression",
    "ServedModel",
    "Usage",
    "Version",
    "gate",
    "open_endpoint",
    "predict",
    "predict_file",
    "read_eval_set",
    "write_eval_set",
]
