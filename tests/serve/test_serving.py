from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from feedback_lab.serve import ModelStore, ServedModel
from tests.serve.samples import load, store


def test_it_answers_and_follows_the_store(tmp_path: Path) -> None:
    found = store(tmp_path)
    served = ServedModel(found, load)
    assert served.ask(["a charge that I did not make", "call me: +44 20 7946 0958"]) == (
        "v0002",
        [
            {"label": "billing", "confidence": 0.9, "redacted": False},
            {"label": "other", "confidence": 0.9, "redacted": True},
        ],
    )
    found.use("v0001")
    assert served.ask(["a charge"])[0] == "v0001"
    assert served.roll_back() == "v0002"


def test_a_damaged_version_does_not_stop_the_one_that_answers(tmp_path: Path) -> None:
    found = store(tmp_path)
    served = ServedModel(found, load)
    found.use("v0001")
    (found.folder / "v0001" / "model" / "model.json").write_text("{}")
    assert served.ask(["a charge"])[0] == "v0002"
    assert "v0001 is not as it was added" in served.fault


def test_without_a_version_in_use_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="No version"):
        ServedModel(ModelStore(tmp_path), load)
