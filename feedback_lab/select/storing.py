"""Models on disk: scikit-learn's parts by skops, arrays as ``.npz``, the rest as JSON. Nothing of it can run code.

``model.json`` names every other file with its hash. Bytes depend on nothing but the model: skops writes addresses of memory
and the time, which are replaced.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.files import json_text, plain, whole_file
from feedback_lab.records.models import Target
from feedback_lab.records.restoring import restore
from feedback_lab.select.features import Reader, Weighting
from feedback_lab.select.legs import Leg, LexiconLeg, LinearLeg, MajorityLeg, RuleLeg
from feedback_lab.select.model import TextModel
from feedback_lab.select.tempering import Temper

FORMAT = 1
LINEAR = {"margin": "LinearSVC", "logistic": "LogisticRegression"}
PROBES = ("The delivery came late and nobody answered.", "Great value, fits well.", "How do I change my password?")
PROBE_COSINE = 0.99
ADDRESS = re.compile(r'("__id__": |"file": ")(\d+)')
EPOCH = (1980, 1, 1, 0, 0, 0)


def save(model: TextModel, folder: Path) -> None:
    """Write a model into a folder, ``model.json`` last. The encoder is stored apart, by ``feedback_lab.embed.save``."""
    files = packed(model)
    for name in sorted(files, key=lambda each: each == "model.json"):
        with whole_file(folder / name) as draft:
            draft.write_bytes(files[name])


def packed(model: TextModel) -> dict[str, bytes]:
    """The files of a model by name."""
    vocabulary, legs = _pruned(model)
    files = {"vocabulary.json": json_text(vocabulary).encode()}
    temper = model.temper
    arrays = {
        "shift": temper.shift,
        "scales": np.array(temper.scales),
        "weights": np.array(temper.weights),
        "scale": np.array(temper.scale),
    }
    described = []
    for at, leg in enumerate(legs):
        words, own = _described(leg)
        arrays.update({f"leg{at}.{name}": values for name, values in own.items()})
        described.append(words)
        if isinstance(leg, LinearLeg):
            files[f"leg{at}.skops"] = _dumped(leg.linear)
    files["arrays.npz"] = _npz(arrays)
    head = {
        "format": FORMAT,
        "name": model.name,
        "target": model.target,
        "legs": described,
        "probe": _probe(model),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return {**files, "model.json": json_text({**plain(head), "seal": _seal(plain(head))}).encode()}


def _seal(head: Mapping[str, Any]) -> str:
    """Hash of what ``model.json`` says, against a change by mistake."""
    return hashlib.sha256(json_text({name: value for name, value in head.items() if name != "seal"}).encode()).hexdigest()


def _pruned(model: TextModel) -> tuple[tuple[str, ...], tuple[Leg, ...]]:
    """The words that some leg looks at, and the legs with these words' new places."""
    used = np.unique(np.concatenate([_word_columns(leg) for leg in model.legs]))
    vocabulary = tuple(model.reader.vocabulary[at] for at in used if at < len(model.reader.vocabulary))
    return vocabulary, tuple(_moved(leg, used) for leg in model.legs)


def _word_columns(leg: Leg) -> Any:
    if isinstance(leg, RuleLeg):
        return leg.keywords[leg.keywords >= 0]
    if isinstance(leg, LinearLeg) and "words" in leg.weightings:
        return leg.weightings["words"].columns
    return np.zeros(0, np.int64)


def _moved(leg: Leg, used: Any) -> Leg:
    if isinstance(leg, RuleLeg):
        return RuleLeg(np.where(leg.keywords >= 0, np.searchsorted(used, leg.keywords), -1), leg.prior)
    if isinstance(leg, LinearLeg) and "words" in leg.weightings:
        words = leg.weightings["words"]
        moved = {**leg.weightings, "words": Weighting(np.searchsorted(used, words.columns), words.idf)}
        return LinearLeg(leg.spaces, leg.learner, leg.strength, leg.classes, moved, leg.linear)
    return leg


def _described(leg: Leg) -> tuple[dict[str, Any], dict[str, Any]]:
    """What there is to store of a leg: plain values and arrays."""
    if isinstance(leg, MajorityLeg):
        return {"kind": "majority"}, {"prior": leg.prior}
    if isinstance(leg, LexiconLeg):
        return {"kind": "lexicon", "tones": leg.tones}, {}
    if isinstance(leg, RuleLeg):
        return {"kind": "rule"}, {"keywords": leg.keywords, "prior": leg.prior}
    if not isinstance(leg, LinearLeg):
        raise TypeError(f"{type(leg).__name__} can't be stored")
    words = {
        "kind": leg.learner,
        "spaces": leg.spaces,
        "strength": leg.strength,
        "classes": leg.classes,
        "weighted": sorted(leg.weightings),
    }
    own = {f"{space}.columns": each.columns for space, each in leg.weightings.items()}
    return words, {**own, **{f"{space}.idf": each.idf for space, each in leg.weightings.items()}}


def _probe(model: TextModel) -> list[list[float]] | None:
    """Vectors of a few texts, so that another encoder than the one the model learnt with is noticed."""
    if not model.spaces & {"meaning", "transformer"}:
        return None
    vectors: list[list[float]] = model.reader.read_one(PROBES, "meaning").tolist()
    return vectors


def _npz(arrays: Mapping[str, Any]) -> bytes:
    target = io.BytesIO()
    np.savez(target, **{name: arrays[name] for name in sorted(arrays)})
    return target.getvalue()


def _dumped(linear: Any) -> bytes:
    """What skops writes, with memory addresses numbered in their order and the time set to a fixed one."""
    from skops.io import dumps

    source = zipfile.ZipFile(io.BytesIO(dumps(linear)))
    schema = source.read("schema.json").decode()
    numbers: dict[str, str] = {}
    schema = ADDRESS.sub(lambda found: found[1] + numbers.setdefault(found[2], str(len(numbers))), schema)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in [each for each in source.namelist() if each != "schema.json"]:
            stem, dot, ending = name.partition(".")
            archive.writestr(zipfile.ZipInfo(numbers.get(stem, stem) + dot + ending, EPOCH), source.read(name))
        archive.writestr(zipfile.ZipInfo("schema.json", EPOCH), schema)
    return target.getvalue()


def load(folder: Path, encoder: Any = None) -> TextModel:
    """Read a model. ``encoder`` is the one it was trained with, where it reads meaning.

    Raises ``DamagedRun`` that names the file where one was changed, is missing, or comes from a newer version, and
    ``LabError`` where the encoder is missing or another one.
    """
    head = _head(folder)
    contents = {name: _checked(folder / name, digest) for name, digest in head["files"].items()}
    try:
        with np.load(io.BytesIO(contents["arrays.npz"]), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        legs = tuple(_leg(words, at, arrays, contents) for at, words in enumerate(head["legs"]))
        temper = Temper(
            tuple(arrays["scales"].tolist()), tuple(arrays["weights"].tolist()), float(arrays["scale"]), arrays["shift"]
        )
        reader = Reader(tuple(json.loads(contents["vocabulary.json"])), encoder)
        model = TextModel(str(head["name"]), restore(Target, head["target"]), reader, legs, temper)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as fault:
        raise DamagedRun(f"{folder / 'model.json'} does not hold together: {fault}.", "Train the model again.") from fault
    _check_encoder(model, head["probe"])
    return model


def _head(folder: Path) -> dict[str, Any]:
    path = folder / "model.json"
    try:
        head = json.loads(path.read_text("utf-8"))
        version, names = int(head["format"]), list(head["files"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DamagedRun(f"{path} can't be read as a model: {fault}.", "Train the model again.") from fault
    if version > FORMAT:
        raise DamagedRun(f"{path} comes from a newer version of the program.", "Install the newest version.")
    if head.get("seal") != _seal(head):
        raise DamagedRun(f"{path} is not as it was saved.", "Train the model again.")
    if any(Path(name).name != name for name in names):
        raise DamagedRun(f"{path} names a file outside its folder.", "Don't use this model; train one yourself.")
    return dict(head)


def _checked(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise DamagedRun(f"{path} of a model can't be read: {fault}.", "Train the model again.") from fault
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedRun(f"{path} is not the file that was saved with this model.", "Train the model again.")
    return content


def _leg(words: Mapping[str, Any], at: int, arrays: Mapping[str, Any], contents: Mapping[str, bytes]) -> Leg:
    own = {name.removeprefix(f"leg{at}."): values for name, values in arrays.items() if name.startswith(f"leg{at}.")}
    kind = words["kind"]
    if kind == "majority":
        return MajorityLeg(own["prior"])
    if kind == "lexicon":
        return LexiconLeg(tuple(int(tone) for tone in words["tones"]))
    if kind == "rule":
        return RuleLeg(own["keywords"], own["prior"])
    weightings = {space: Weighting(own[f"{space}.columns"], own[f"{space}.idf"]) for space in words["weighted"]}
    linear = _loaded(contents[f"leg{at}.skops"], LINEAR[kind])
    return LinearLeg(tuple(words["spaces"]), kind, float(words["strength"]), int(words["classes"]), weightings, linear)


def _loaded(content: bytes, expected: str) -> Any:
    """One linear model of scikit-learn; no type beyond those that skops trusts by itself."""
    from skops.io import loads
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        linear = loads(content, trusted=[])
    except UntrustedTypesFoundException as fault:
        raise ValueError(f"it holds types that are not trusted ({fault})") from fault
    if type(linear).__name__ != expected:
        raise ValueError(f"it holds {type(linear).__name__} where {expected} is expected")
    return linear


def _check_encoder(model: TextModel, probe: Any) -> None:
    if probe is None:
        return
    if model.reader.encoder is None:
        raise LabError(
            "This model reads meaning, and there is no encoder with it.", "Load it together with the encoder of its run."
        )
    known, own = np.array(probe), model.reader.read_one(PROBES, "meaning")
    lengths = np.linalg.norm(known, axis=1) * np.linalg.norm(own, axis=1)
    if known.shape != own.shape or ((known * own).sum(1) < PROBE_COSINE * lengths).any():
        raise LabError("This model was trained with another encoder.", "Load it together with the encoder of its run.")
