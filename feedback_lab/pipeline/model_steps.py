"""Steps on models: label, select, errors, slices, drift."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab import embed
from feedback_lab.drift import drift, split_rows
from feedback_lab.drift.scoring import Train, Truth
from feedback_lab.error_analysis import errors
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.files import sha256_of
from feedback_lab.label import label, read_labels
from feedback_lab.languages import languages_of
from feedback_lab.parts import read_rows, read_table, write_rows, write_table
from feedback_lab.pipeline.config import Config
from feedback_lab.pipeline.data_steps import part_sizes
from feedback_lab.pipeline.meaning_steps import meaning_sample
from feedback_lab.pipeline.run import Folder, Run
from feedback_lab.pipeline.running import Done
from feedback_lab.records.findings import ThemesResult
from feedback_lab.records.models import Predictions, SelectResult, Target
from feedback_lab.records.rows import Roles, Rows
from feedback_lab.records.source import IngestResult
from feedback_lab.sampling import evenly, sample_rows
from feedback_lab.select import TextModel, classes_of, retrain, select
from feedback_lab.slices import slices
from feedback_lab.themes import MODEL, assigning

OnShare = Callable[[float], None]
LABEL_ROWS = 5_000  # rows that the queue is chosen from
DRIFT_ROWS = 10_000
BY_HAND = "label by hand"
SCORE = "score:"


def labels_mark(run: Run) -> list[str]:
    """Hashes of the files of labels by hand, in their order, the settled ones last."""
    return [_hash_of(Path(path)) for path in (*run.config.labels, *filter(None, [run.config.gold]))]


def _hash_of(path: Path) -> str:
    if not path.is_file():
        raise LabError(f"{path} is not a file.", "Give the path of a file of labels.")
    return sha256_of(path)


def labels_by_hand(config: Config) -> dict[int, str]:
    """Labels by row: the settled ones, else those of one labeller, or those on which two agree. None where none were made."""
    if config.gold:
        return read_labels(Path(config.gold))
    several = [read_labels(Path(path)) for path in config.labels]
    if not several:
        return {}
    return {row: text for row, text in several[0].items() if all(other.get(row) == text for other in several[1:])}


def labelled_rows(run: Run) -> tuple[Rows, Roles]:
    """The rows that models are trained and tested on, with the roles of their columns.

    With labels by hand these are the labelled rows, whose label column they become; else a sample of all.
    """
    roles = run.result(IngestResult).roles
    chosen = labels_by_hand(run.config)
    if not is_by_hand(run.config):
        return sample_rows(run.parts(), part_sizes(run), run.config.model_rows, run.config.seed, run.engine), roles
    found = Rows.joined(run.engine.map(_with_numbers, [(part, frozenset(chosen)) for part in run.parts()]))
    missing = set(chosen) - set(found.number.tolist())
    if missing:
        raise LabError(
            f"Row {min(missing):,} of the labels is not in the data.", "Use labels that were made for this file.", min(missing)
        )
    return replace(found, labels=[chosen[number] for number in found.number.tolist()]), replace(roles, label=BY_HAND)


def is_by_hand(config: Config) -> bool:
    """Whether labels by hand are the target."""
    return bool(config.labels or config.gold)


def _with_numbers(task: tuple[Path, frozenset[int]]) -> Rows:
    rows = read_rows(task[0])
    return rows.take(np.isin(rows.number, sorted(task[1])))


def do_label(run: Run, on_share: OnShare) -> Done:
    """The queue of rows to label, the draft of the guide, agreement of two labellers."""
    sample = meaning_sample(run)
    rows = sample.take(evenly(len(sample), LABEL_ROWS))
    return Done(label(rows, *_placed(run, rows), run.result(ThemesResult).broad, labels=_read_all(run), seed=run.config.seed))


def _read_all(run: Run) -> tuple[Mapping[int, str], ...]:
    return tuple(read_labels(Path(path)) for path in run.config.labels)


def _placed(run: Run, rows: Rows) -> tuple[NDArray[Any], NDArray[Any]]:
    """Broad theme and vector of each row."""
    run.result(ThemesResult)
    vectors = run.encoder().transform(rows.texts)
    model = assigning.load(run.folder.themes / MODEL)
    return model.broad(model.assign(vectors)[0]), vectors


def do_select(run: Run, on_share: OnShare) -> Done:
    """Compare candidates, keep the recommended model and what it says of the test rows."""
    rows, roles = labelled_rows(run)
    encoder = run.encoder()
    found = select(rows, roles, encoder, run.config.seed, run.config.target or _by_hand(run), on_share)
    found.model.save(run.folder.model)
    embed.save(encoder, run.folder.model / "encoder.npz")
    write_predictions(run.folder, found.predictions, rows)
    files = (*run.folder.model.iterdir(), run.folder.test, run.folder.predictions)
    kept = tuple(path for path in files if not path.name.startswith("."))
    return Done(replace(found.result, costs=()), kept, {"costs": list(found.result.costs)})


def _by_hand(run: Run) -> str:
    return BY_HAND if is_by_hand(run.config) else ""


def write_predictions(folder: Folder, predictions: Predictions, rows: Rows) -> None:
    """Test rows as they are, and beside them truth, prediction and scores."""
    places = {number: place for place, number in enumerate(rows.number.tolist())}
    write_rows(folder.test, rows.take(np.array([places[number] for number in predictions.number.tolist()], np.int64)))
    names = np.array(predictions.classes, dtype=object)
    # The place in front keeps apart names that differ only in case, which is one name to a database.
    scores = {f"{SCORE}{place}:{name}": predictions.scores[:, place] for place, name in enumerate(predictions.classes)}
    said = {"number": predictions.number, "truth": names[predictions.truth], "predicted": names[predictions.predicted]}
    write_table(folder.predictions, {**said, **scores})


def read_predictions(folder: Folder) -> Predictions:
    """What the model said of the test rows."""
    table = read_table(folder.predictions)
    columns = [name for name in table if name.startswith(SCORE)]
    classes = tuple(name.removeprefix(SCORE).partition(":")[2] for name in columns)
    place = {name: number for number, name in enumerate(classes)}
    return Predictions(
        number=table["number"].astype(np.int64),
        classes=classes,
        truth=np.array([place[name] for name in table["truth"].tolist()], np.int64),
        predicted=np.array([place[name] for name in table["predicted"].tolist()], np.int64),
        scores=np.column_stack([table[name] for name in columns]),
    )


def load_model(folder: Path) -> TextModel:
    """The model of a folder, with its encoder."""
    return TextModel.load(folder, embed.load(folder / "encoder.npz"))


def do_errors(run: Run, on_share: OnShare) -> Done:
    """Confusion, mistakes to read, calibration, threshold by cost."""
    run.result(SelectResult)
    texts = read_rows(run.folder.test).texts
    config = run.config
    costs = (config.cost_false_positive, config.cost_false_negative)
    return Done(errors(read_predictions(run.folder), texts, *costs, config.positive or None, config.seed))


def do_slices(run: Run, on_share: OnShare) -> Done:
    """The model by group."""
    target = run.result(SelectResult).target
    segments = {name: values for name, values in read_rows(run.folder.test).segments.items() if name != target.column}
    if not segments:
        raise NotEnoughData("No column cuts the rows into groups.", "Name one with --segment.")
    positive = (run.config.positive or None) if run.config.selection else None
    return Done(slices(read_predictions(run.folder), segments, positive=positive, seed=run.config.seed))


def do_drift(run: Run, on_share: OnShare) -> Done:
    """The newest rows against the earlier ones, where rows have a time."""
    roles = run.result(IngestResult).roles
    if roles.time is None:
        raise NotEnoughData(
            "No column gives the time.", "Name one with --time, or compare with newer feedback: feedback-lab drift."
        )
    rows, roles = labelled_rows(run) if is_by_hand(run.config) else (_drift_rows(run), roles)
    reference, new = split_rows(rows, "time")
    encoder = run.encoder()
    train, truth = trainer(run.folder, run.config.seed)
    themes = (_placed(run, reference)[0], _placed(run, new)[0])
    found = drift(
        reference,
        new,
        roles,
        encoder,
        seed=run.config.seed,
        train=train,
        truth=truth,
        themes=themes,
        languages=languages_of,
    )
    return Done(found.result)


def _drift_rows(run: Run) -> Rows:
    return sample_rows(run.parts(), part_sizes(run), DRIFT_ROWS, run.config.seed, run.engine)


def trainer(folder: Folder, seed: int) -> tuple[Train | None, Truth]:
    """How drift trains a model of the recommended kind, None where none was selected; and how it tells the class of a row."""
    if not (folder.model / "model.json").exists():
        return None, lambda some, classes: [None] * len(some)
    model = load_model(folder.model)
    target: Target = model.target
    return (lambda some: retrain(model, some, seed)), (lambda some, classes: classes_of(some, target))
