"""A model of a run, played again week by week on rows that it has not seen. All figures are worked out at once; texts stay here.

The run’s own model has seen rows of all times. So a model of the same kind is trained anew on the older rows: the first model. A
fifth of the older rows is held back, as what to compare with. For each week there is a challenger too, which has learnt from the
older rows and from rows of the last weeks; none of them is judged by a row that it learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from segue.core.errors import UserError
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken
from segue.work.lab.scenes import WEEKS, Scene, scene_of

if TYPE_CHECKING:
    from feedback_lab.records.figures import Estimate
    from feedback_lab.records.models import Target
    from feedback_lab.records.rows import Ints, Roles
    from feedback_lab.select import TextModel

TIME, SEEDED = "time", "seeded"
RECENT = 4  # weeks that a challenger learns from, and is compared on
SHOWN_CLASSES = 8
FIRST, SIMPLE = "m0", "base"
Tell = Callable[[int, str], None]


@dataclass(frozen=True)
class Offer:
    """What a run can be replayed by. ``groups``: columns that cut its rows into groups; ``target``: what its model says.

    ``score``: its macro-F1 in the Lab with its interval, in words.
    """

    version: int
    target: str
    score: str
    has_times: bool
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """How to replay. ``labels``: rows labelled by hand in each week; ``batch``: rows labelled for a training."""

    split: str
    shift: str
    seed: int
    labels: int
    batch: int


@dataclass(frozen=True)
class Played:
    """A replay, as JSON holds it. ``about``: what it starts from; ``weeks``: what was measured in each, for every model."""

    shift: str
    about: Mapping[str, Any]
    weeks: Sequence[Mapping[str, Any]]


def offer_of(analysis: Analysis, version: int = 0) -> Offer | str:
    """What a version can be replayed by, or why it can’t be. Raises ``UserError`` for a damaged folder."""
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult
    from feedback_lab.records.source import IngestResult

    with spoken():
        folder, manifest = open_run(run_folder(analysis, version))
        entry = manifest.steps.get("select")
        if entry is None or entry.state != "done":
            return "Its run has no model, so there is nothing to replay."
        roles, found = stored(folder, "ingest", IngestResult).roles, stored(folder, "select", SelectResult)
    groups = tuple(segment.column for segment in roles.segments if segment.column != found.target.column)
    score = next((each.macro_f1 for each in found.candidates if each.name == found.recommended), None)
    said = f"{score.value:.2f} ({score.low:.2f} to {score.high:.2f})" if score else ""
    return Offer(version or analysis.version, found.target.column, said, roles.time is not None, groups)


def play(analysis: Analysis, version: int, wish: Wish, tell: Tell = lambda percent, step: None) -> Played:
    """Plays a version again. Raises ``UserError`` where its rows are too few, or its files are gone.

    The same rows, wish and seed give the same figures.
    """
    from feedback_lab.pipeline.model_steps import load_model
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.source import IngestResult

    if not run_folder(analysis, version).is_dir():
        raise UserError("The files of this run are gone.", "Bring the file to the Lab again, or replay another run.")
    tell(2, "Reading the rows")
    with spoken():
        folder, manifest = open_run(run_folder(analysis, version))
        if not (folder.model / "model.json").is_file():
            raise UserError("This run has no model, so there is nothing to replay.", "Where a run left a step out, it says why.")
        model = load_model(folder.model)
        roles: Roles = stored(folder, "ingest", IngestResult).roles
        rows = _rows(folder, manifest.config)
        scene = scene_of(rows, roles, model.target, by_time=wish.split == TIME, shift=wish.shift, seed=wish.seed)
        return _played(scene, model, wish, tell)


def _rows(folder: Any, config: Mapping[str, Any]) -> Any:
    """The rows of a run, with labels by hand where its model learnt from them."""
    from dataclasses import replace

    import numpy as np

    from feedback_lab.label import read_labels
    from feedback_lab.parts import read_rows
    from feedback_lab.records.rows import Rows

    rows = Rows.joined(read_rows(part) for part in sorted(folder.rows.glob("part-*.parquet")))
    names = [config["gold"]] if config.get("gold") else [*config.get("labels", ())]
    if not names:
        return rows
    several = [read_labels(folder.path / "labels" / name) for name in names]
    chosen = {row: text for row, text in several[0].items() if all(other.get(row) == text for other in several[1:])}
    some = rows.take(np.isin(rows.number, sorted(chosen)))
    return replace(some, labels=[chosen[number] for number in some.number.tolist()])


@dataclass(frozen=True)
class _Stage:
    """What the models say of the rows of a scene. ``said``: by model, the place of its class for each row (n,).

    ``samples``: rows labelled by hand in each week; ``batches``: how many rows the challenger of each week learnt beside.
    """

    scene: Scene
    classes: tuple[str, ...]
    samples: Sequence[Ints]
    batches: Sequence[int]
    said: Mapping[str, Ints]
    seed: int


def _played(scene: Scene, model: TextModel, wish: Wish, tell: Tell) -> Played:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        tell(10, "Reading the texts")
        features = model.reader.read(scene.texts, model.spaces)
        samples, others = _samples(scene, wish)
        said: dict[str, Ints] = {}
        lessons = dict(_lessons(scene, others, wish))
        for place, (name, learnt) in enumerate(lessons.items()):
            tell(20 + 55 * place // (WEEKS + 1), "Training models")
            said[name] = _trained(model, features, scene.truth, learnt, wish.seed)
    said[SIMPLE] = _commonest(scene)
    batches = [len(lessons[f"c{week}"]) - len(scene.older) for week in range(1, WEEKS + 1)]
    stage = _Stage(scene, model.classes, samples, batches, said, wish.seed)
    weeks = []
    for week in range(1, WEEKS + 1):
        tell(75 + 24 * week // WEEKS, f"Measuring week {week}")
        weeks.append(_week(stage, week))
    return Played(scene.shift.sort, _about(stage, model.target), weeks)


def _samples(scene: Scene, wish: Wish) -> tuple[list[Ints], list[Ints]]:
    """Of each week the rows that are labelled by hand, at most half of it, and the others."""
    import numpy as np

    mixed = [np.random.default_rng([wish.seed, 7, week]).permutation(places) for week, places in enumerate(scene.weeks)]
    cuts = [min(wish.labels, len(places) // 2) for places in mixed]
    pairs = [*zip(mixed, cuts, strict=True)]
    return [places[:cut] for places, cut in pairs], [places[cut:] for places, cut in pairs]


def _lessons(scene: Scene, others: Sequence[Ints], wish: Wish) -> Iterator[tuple[str, Ints]]:
    """The rows that each model learns from: the first one from older rows, each challenger from rows of the last weeks too."""
    import numpy as np

    yield FIRST, scene.older
    for week in range(1, WEEKS + 1):
        recent = np.concatenate(others[max(0, week - RECENT) : week])
        batch = np.random.default_rng([wish.seed, 8, week]).permutation(recent)[: wish.batch]
        yield f"c{week}", np.concatenate([scene.older, batch])


def _trained(model: TextModel, features: Any, truth: Ints, learnt: Ints, seed: int) -> Ints:
    from feedback_lab.select.features import take

    new = model.refit(take(features, learnt), truth[learnt], seed)
    said: Ints = new.scores(features).argmax(1)
    return said


def _commonest(scene: Scene) -> Ints:
    import numpy as np

    return np.full(len(scene.truth), np.bincount(scene.truth[scene.older]).argmax(), np.int64)


def _about(stage: _Stage, target: Target) -> dict[str, Any]:
    scene = stage.scene
    return {
        "target": target.column,
        "classes": _shown(stage),
        "older": len(scene.older),
        "held": len(scene.held),
        "score": _score(stage, FIRST, scene.held),
        "simple": _score(stage, SIMPLE, scene.held),
        "mix": _mix(stage, FIRST, scene.held),
        "words": _words(scene, scene.held),
        "older_until": scene.older_until,
        "begins": scene.shift.begins,
        "shift_says": scene.shift.says,
    }


def _shown(stage: _Stage) -> list[str]:
    """The classes whose shares are shown, the commonest first; all others are one."""
    import numpy as np

    counts = np.bincount(stage.scene.truth, minlength=len(stage.classes))
    order = sorted(range(len(stage.classes)), key=lambda place: (-counts[place], place))[:SHOWN_CLASSES]
    return [stage.classes[place] for place in order]


def _week(stage: _Stage, week: int) -> dict[str, Any]:
    scene = stage.scene
    places, sample = scene.weeks[week - 1], stage.samples[week - 1]
    begins, ends = scene.spans[week - 1]
    models = [SIMPLE, FIRST, *(f"c{earlier}" for earlier in range(1, week))]
    return {
        "from": begins,
        "to": ends,
        "rows": len(places),
        "labels": len(sample),
        "batch": stage.batches[week - 1],
        "words": _words(scene, places),
        "length": _length(scene, places),
        "models": {name: _of_model(stage, name, places, sample) for name in models},
        "recent": _recent(stage, week, models),
    }


def _of_model(stage: _Stage, name: str, places: Ints, sample: Ints) -> dict[str, Any]:
    """A model in a week: its score on what was labelled, its true score on all rows, and what it says how often."""
    import numpy as np

    from feedback_lab.drift import psi
    from feedback_lab.intervals import confusion, macro_f1_of

    scene, said, k = stage.scene, stage.said[name], len(stage.classes)
    whole = macro_f1_of(confusion(scene.truth[places], said[places], k))
    before, now = (np.bincount(said[some], minlength=k).astype(np.int64) for some in (scene.held, places))
    found = {"score": _score(stage, name, sample), "all": round(float(whole), 4), "mix": _mix(stage, name, places)}
    return found | ({} if name == SIMPLE else {"psi": _distance(psi(before, now))})


def _recent(stage: _Stage, week: int, models: Sequence[str]) -> dict[str, Any]:
    """All models and the challenger of this week on the same rows: those labelled by hand in the last weeks."""
    import numpy as np

    from feedback_lab.drift import paired_difference

    same = np.concatenate(stage.samples[max(0, week - RECENT) : week])
    truth, new, k = stage.scene.truth[same], f"c{week}", len(stage.classes)
    gains = {name: paired_difference(truth, stage.said[name][same], stage.said[new][same], k, stage.seed) for name in models}
    return {
        "n": len(same),
        "scores": {name: _score(stage, name, same) for name in [*models, new]},
        "gains": {name: _figure(gain) for name, gain in gains.items()},
    }


def _score(stage: _Stage, name: str, places: Ints) -> list[float]:
    from feedback_lab.drift import macro_f1_with_gaps

    return _figure(macro_f1_with_gaps(stage.scene.truth[places], stage.said[name][places], len(stage.classes), stage.seed))


def _figure(found: Estimate) -> list[float]:
    return [round(value, 4) for value in (found.value, found.low, found.high)]


def _mix(stage: _Stage, name: str, places: Ints) -> list[float]:
    said, shown = stage.said[name][places], _shown(stage)
    return [round(float((said == stage.classes.index(each)).mean()), 4) for each in shown]


def _distance(found: Any) -> list[float]:
    return [round(found.psi, 4), round(found.by_chance, 4)]


def _lengths(scene: Scene, places: Ints) -> Any:
    import numpy as np

    return np.array([len(scene.texts[place].split()) for place in places.tolist()], dtype=np.float64)


def _words(scene: Scene, places: Ints) -> float:
    import numpy as np

    return float(np.median(_lengths(scene, places)))


def _length(scene: Scene, places: Ints) -> list[float]:
    from feedback_lab.drift import psi_of_numbers

    return _distance(psi_of_numbers(_lengths(scene, scene.held), _lengths(scene, places)))
