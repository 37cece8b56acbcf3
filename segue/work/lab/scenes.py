"""Rows of a run laid out as older rows and twelve weeks: by their times, or drawn, with a shift that a seed puts in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from segue.core.errors import UserError

if TYPE_CHECKING:
    from feedback_lab.records.models import Target
    from feedback_lab.records.rows import Bools, Ints, Roles, Rows

WEEKS = 12
OLDER_MOST, WEEK_MOST, LEAST_WEEK = 4_000, 300, 20
HELD = 0.2  # of the older rows is held back
SPARE = 2  # times the rows that are shown, so that a group can grow without any row coming twice
FIRST_BEGIN, LAST_BEGIN = 4, 8  # a seeded shift begins in one of these weeks
GROWTH, MOST_SHARE = 2.3, 0.7
WORDS_LEFT, CUT_SHARE, FLIP_SHARE = 6, 0.6, 0.3
ANY, GROUP, CLASS, SHORT, CONCEPT = "any", "group", "class", "short", "concept"
SHIFTS: Mapping[str, str] = {
    GROUP: "One group of rows grows",
    CLASS: "One class comes about twice as often",
    SHORT: "Texts get shorter",
    CONCEPT: "A label changes its meaning",
}


@dataclass(frozen=True)
class Shift:
    """What was put in, from which week on. ``begins`` is 0 where nothing was: then nobody knows."""

    sort: str
    begins: int
    says: str


@dataclass(frozen=True)
class Scene:
    """n rows: ``texts``, and ``truth`` (n,), the place of the class of each.

    ``older``, ``held``, and each of ``weeks`` are places of rows. ``spans``: first and last day of each week, where there are
    times.
    """

    texts: Sequence[str]
    truth: Ints
    older: Ints
    held: Ints
    weeks: Sequence[Ints]
    spans: Sequence[tuple[str, str]]
    older_until: str
    shift: Shift


@dataclass(frozen=True)
class _Known:
    """Rows with a known class, no text twice."""

    rows: Rows
    truth: Ints
    classes: tuple[str, ...]


def scene_of(rows: Rows, roles: Roles, target: Target, *, by_time: bool, shift: str, seed: int) -> Scene:
    """The rows as older ones and weeks. Raises ``UserError`` where they are too few, or can’t be shifted so."""
    known = _known(rows, target)
    return _by_time(known, seed) if by_time else _seeded(known, target, shift, seed)


def _known(rows: Rows, target: Target) -> _Known:
    import numpy as np

    from feedback_lab.select import examples
    from feedback_lab.select.splitting import groups_of

    _, truth, kept = examples(rows, target)
    some = rows.take(kept)
    _, first = np.unique(groups_of(some.texts), return_index=True)
    first = np.sort(first)
    return _Known(some.take(first), truth[first], target.classes)


def _check(rows: int, week: int) -> None:
    if week < LEAST_WEEK:
        least = LEAST_WEEK * WEEKS * 2
        raise UserError(
            f"{rows:,} different texts have a known class; that makes {week} a week.",
            f"A replay needs {LEAST_WEEK} a week: about {least:,} by time, {least * 3 // 2:,} with a shift. Label more rows.",
        )


def _held(older: Ints, truth: Ints, seed: int) -> tuple[Ints, Ints]:
    """The older rows that models learn from, and those that are held back."""
    import numpy as np

    mixed = np.random.default_rng([seed, 1]).permutation(older)
    cut = round(len(mixed) * (1 - HELD))
    learnt, held = np.sort(mixed[:cut]), np.sort(mixed[cut:])
    if len(np.unique(truth[learnt])) < 2:
        raise UserError("The older rows are all of one class, so no model can learn from them.", "Use another run or split.")
    return learnt, held


def _thinned(places: Ints, most: int, seed: int, stream: int) -> Ints:
    import numpy as np

    if len(places) <= most:
        return places
    return np.sort(np.random.default_rng([seed, 2, stream]).choice(places, most, replace=False))


def _by_time(known: _Known, seed: int) -> Scene:
    """The older half by time, and twelve parts of the newer half, each with as many rows."""
    import numpy as np

    times = known.rows.times
    if times is None or np.isnat(times).all():
        raise UserError("No row of this run has a time.", "Choose the seeded shift.")
    dated = np.flatnonzero(~np.isnat(times))
    ordered = dated[np.lexsort((known.rows.number[dated], times[dated]))]
    half = len(ordered) // 2
    _check(len(ordered), (len(ordered) - half) // WEEKS)
    parts = np.array_split(ordered[half:], WEEKS)
    older, held = _held(_thinned(ordered[:half], OLDER_MOST, seed, 0), known.truth, seed)
    spans = [(str(times[part[0]])[:10], str(times[part[-1]])[:10]) for part in parts]
    weeks = [_thinned(part, WEEK_MOST, seed, place) for place, part in enumerate(parts, 1)]
    return _laid(known, older, held, weeks, spans, str(times[ordered[half - 1]])[:10], Shift("", 0, ""), {}, known.truth)


def _seeded(known: _Known, target: Target, wanted: str, seed: int) -> Scene:
    """Older rows and a pool, both drawn; from a drawn week on something is different in what is taken out of the pool."""
    import numpy as np

    n = len(known.truth)
    size = min(WEEK_MOST, n // (WEEKS * (SPARE + 1)))
    _check(n, size)
    mixed = np.random.default_rng([seed, 3]).permutation(n)
    pool = mixed[: size * WEEKS * SPARE]
    older, held = _held(np.sort(mixed[len(pool) : len(pool) + OLDER_MOST]), known.truth, seed)
    chance = np.random.default_rng([seed, 4])
    begins = int(chance.integers(FIRST_BEGIN, LAST_BEGIN + 1))
    groups = _groups(known, target, pool)
    sort = _sort_of(wanted, bool(groups), chance)
    if sort in (GROUP, CLASS):
        name, flags = groups[int(chance.integers(len(groups)))] if sort == GROUP else _class(known, pool, chance)
        weeks, share = _growing(pool, flags[pool], size, begins)
        shift = Shift(sort, begins, f"{name} went from {flags[pool].mean():.0%} of rows to {share:.0%}.")
        return _laid(known, older, held, weeks, [], "", shift, {}, known.truth)
    weeks = [pool[week * size : (week + 1) * size] for week in range(WEEKS)]
    later = np.concatenate(weeks[begins - 1 :])
    if sort == SHORT:
        cut = later[chance.random(len(later)) < CUT_SHARE].tolist()
        texts = {place: " ".join(known.rows.texts[place].split()[:WORDS_LEFT]) for place in cut}
        shift = Shift(sort, begins, f"{CUT_SHARE:.0%} of texts had their first {WORDS_LEFT} words only.")
        return _laid(known, older, held, weeks, [], "", shift, texts, known.truth)
    truth, says = _flipped(known, later, chance)
    return _laid(known, older, held, weeks, [], "", Shift(sort, begins, says), {}, truth)


def _sort_of(wanted: str, has_groups: bool, chance: Any) -> str:
    if wanted == GROUP and not has_groups:
        raise UserError("No column of this run cuts its rows into groups of a fit size.", "Choose another shift.")
    sorts = [sort for sort in SHIFTS if sort != GROUP or has_groups]
    drawn = sorts[int(chance.integers(len(sorts)))]  # always drawn, so that what is drawn after it is the same
    return wanted if wanted in SHIFTS else drawn


def _groups(known: _Known, target: Target, pool: Ints) -> list[tuple[str, Bools]]:
    """Groups that are large enough to be seen and small enough to grow."""
    import numpy as np

    found = []
    for column, values in known.rows.segments.items():
        if column == target.column:
            continue
        for value in sorted({each for each in values if each is not None and each.strip()}):
            flags = np.array([each == value for each in values])
            if 0.08 <= flags[pool].mean() <= 0.4:
                found.append((f"“{value}” ({column})", flags))
    return found


def _class(known: _Known, pool: Ints, chance: Any) -> tuple[str, Bools]:
    """A class that is not the commonest, and not so rare that nobody would notice."""
    import numpy as np

    shares = np.bincount(known.truth[pool], minlength=len(known.classes)) / len(pool)
    order = np.argsort(-shares, kind="stable")[1:]
    fit = [int(place) for place in order if 0.05 <= shares[place] <= 0.45] or [int(order[0])]
    place = fit[int(chance.integers(len(fit)))]
    return f"The class “{known.classes[place]}”", known.truth == place


def _growing(pool: Ints, flags: Bools, size: int, begins: int) -> tuple[list[Ints], float]:
    """Weeks in which the flagged rows have their usual share, and from ``begins`` on a larger one. No row comes twice."""
    import numpy as np

    inside, outside = pool[flags].tolist(), pool[~flags].tolist()
    base = len(inside) / len(pool)
    spare = len(inside) - (begins - 1) * round(base * size)
    most = spare / ((WEEKS - begins + 1) * size)
    share = min(GROWTH * base, MOST_SHARE, most)
    weeks = []
    for week in range(1, WEEKS + 1):
        count = int((share if week >= begins else base) * size + (0.5 if week < begins else 0))
        taken = [inside.pop() for _ in range(min(count, len(inside)))]
        taken += [outside.pop() for _ in range(min(size - len(taken), len(outside)))]
        weeks.append(np.array(taken, np.int64))
    return weeks, share


def _flipped(known: _Known, later: Ints, chance: Any) -> tuple[Ints, str]:
    """Labels under which a share of the commonest class is called another."""
    import numpy as np

    first = int(np.bincount(known.truth[later], minlength=len(known.classes)).argmax())
    others = [place for place in range(len(known.classes)) if place != first]
    second = others[int(chance.integers(len(others)))]
    truth = known.truth.copy()
    of_first = later[known.truth[later] == first]
    truth[of_first[chance.random(len(of_first)) < FLIP_SHARE]] = second
    return truth, f"{FLIP_SHARE:.0%} of what was “{known.classes[first]}” is now called “{known.classes[second]}”."


def _laid(
    known: _Known,
    older: Ints,
    held: Ints,
    weeks: Sequence[Ints],
    spans: Sequence[tuple[str, str]],
    older_until: str,
    shift: Shift,
    texts: Mapping[int, str],
    truth: Ints,
) -> Scene:
    """The rows that are used, in the order of their places; places are counted among these."""
    import numpy as np

    used = np.unique(np.concatenate([older, held, *weeks]))
    said = [texts.get(place, known.rows.texts[place]) for place in used.tolist()]
    new = [np.searchsorted(used, places) for places in (older, held, *weeks)]
    return Scene(said, truth[used], new[0], new[1], new[2:], spans or [("", "")] * WEEKS, older_until, shift)
