"""The sentence transformer: good vectors, a few hundred texts a second. It sees a sample; the map does the rest."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from feedback_lab.embed.tokens import artefact, pieces
from feedback_lab.engines import cores
from feedback_lab.records.rows import Texts, Vectors

DIMENSIONS = 384
START, END = 101, 102  # [CLS] and [SEP]
MOST_PIECES = 62  # of a text; with the two above 64, where twice as many cost twice the time and moved no figure
BATCH = 32


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads must not take a busy core
    return onnxruntime.InferenceSession(str(artefact("teacher.onnx")), options, providers=["CPUExecutionProvider"])


def forget() -> None:
    """Let go of the transformer, which holds about 100 MB. It is loaded again when it is needed."""
    _session.cache_clear()


def teach(texts: Texts) -> Vectors:
    """Unit vectors of the transformer, float32 (n, 384).

    Texts of like length go together, so little is padded. Scales of the int8 arithmetic are per batch, so a text's vector
    depends in the third digit on its neighbours; the same texts in the same order give the same bytes.
    """
    found = [[START, *ids[:MOST_PIECES], END] for ids in pieces(texts)]
    order = np.argsort([len(ids) for ids in found], kind="stable")
    vectors = np.zeros((len(found), DIMENSIONS), np.float32)
    for begin in range(0, len(order), BATCH):
        batch = order[begin : begin + BATCH]
        longest = len(found[batch[-1]])
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, place in enumerate(batch):
            ids[row, : len(found[place])] = found[place]
            mask[row, : len(found[place])] = 1
        vectors[batch] = _session().run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return vectors
