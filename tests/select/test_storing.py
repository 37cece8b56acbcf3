from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sklearn.preprocessing import FunctionTransformer
from skops.io import dumps

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.records.rows import Roles
from feedback_lab.select import TextModel, select
from feedback_lab.select.storing import FORMAT, _loaded, _seal, packed
from tests.select.shop import HashEncoder, Teacher, reviews

ROLES = Roles("t", rating="stars", label="kind")
TEXTS = ["my parcel is late", "too expensive", "", "😀"]


def trained(name: str, encoder: HashEncoder | None = None) -> TextModel:
    rows = reviews(20, 3)
    return select(rows, ROLES, encoder, target="stars" if name == "lexicon" else "", candidates=[name]).model


NAMES = ("majority", "lexicon", "rule", "words", "words+characters", "meaning", "both", "both+transformer")


@pytest.fixture(scope="module")
def models() -> dict[str, TextModel]:
    return {name: trained(name, Teacher()) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_model_comes_back_as_it_was(name: str, models: dict[str, TextModel], tmp_path: Path) -> None:
    model = models[name]
    model.save(tmp_path)
    loaded = TextModel.load(tmp_path, Teacher())
    assert (loaded.name, loaded.target) == (name, model.target)
    assert loaded.predict(TEXTS)[1].tobytes() == model.predict(TEXTS)[1].tobytes()
    assert pickle.loads(pickle.dumps(model)).predict(TEXTS)[1].tobytes() == model.predict(TEXTS)[1].tobytes()


def test_the_same_training_writes_the_same_bytes() -> None:
    first, second = (packed(trained("both", HashEncoder())) for _ in range(2))
    assert first == second


def test_a_stored_model_can_be_stored_again(models: dict[str, TextModel], tmp_path: Path) -> None:
    models["both"].save(tmp_path)
    assert packed(TextModel.load(tmp_path, Teacher())) == packed(models["both"])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def replaced(path: Path) -> None:
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")


@pytest.mark.parametrize("harm", [cut_short, replaced, Path.unlink])
@pytest.mark.parametrize("name", ["model.json", "arrays.npz", "vocabulary.json", "leg0.skops"])
def test_a_file_that_was_changed_is_named(
    harm: Callable[[Path], None], name: str, models: dict[str, TextModel], tmp_path: Path
) -> None:
    models["words"].save(tmp_path)
    harm(tmp_path / name)
    with pytest.raises(DamagedRun, match=name.replace(".", r"\.")):
        TextModel.load(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": FORMAT + 1}, "newer version"),
        ({"format": "x"}, "can't be read as a model"),
        ({"name": "other"}, "not as it was saved"),
        ({"seal": None, "files": {"../../outside": "0"}}, "outside its folder"),
        ({"seal": None, "legs": [{"kind": "oracle"}]}, "does not hold together"),
        ({"seal": None, "target": {"kind": 3}}, "damaged"),
    ],
)
def test_a_head_that_was_changed_is_refused(
    change: dict[str, object], says: str, models: dict[str, TextModel], tmp_path: Path
) -> None:
    models["words"].save(tmp_path)
    path = tmp_path / "model.json"
    head = json.loads(path.read_text("utf-8")) | change
    if "seal" in change:  # sealed again, as somebody with a will would
        head["seal"] = _seal(head)
    path.write_text(json.dumps(head), "utf-8")
    with pytest.raises(DamagedRun, match=says):
        TextModel.load(tmp_path)


def test_a_foreign_type_is_not_loaded() -> None:
    with pytest.raises(ValueError, match="not trusted"):
        _loaded(dumps(FunctionTransformer(func=io.open)), "LinearSVC")
    with pytest.raises(ValueError, match="FunctionTransformer where LinearSVC"):
        _loaded(dumps(FunctionTransformer()), "LinearSVC")


class OtherEncoder(HashEncoder):
    """Words mean something else here."""

    def transform(self, texts: object) -> np.ndarray:
        return super().transform(texts)[:, ::-1]  # type: ignore[arg-type]


def test_a_model_that_reads_meaning_needs_its_encoder(models: dict[str, TextModel], tmp_path: Path) -> None:
    models["meaning"].save(tmp_path)
    with pytest.raises(LabError, match="no encoder"):
        TextModel.load(tmp_path)
    with pytest.raises(LabError, match="another encoder"):
        TextModel.load(tmp_path, OtherEncoder())
