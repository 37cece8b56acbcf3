"""What is to be predicted, and the rows that say what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.models import Target
from feedback_lab.records.rows import Floats, Ints, Roles, Rows, Values
from feedback_lab.select.splitting import fold_text
from feedback_lab.sentiment.tones import TONES, rating_cuts, rating_tones

LEAST_TEXTS = 5  # different texts of a class, so that it is in the test rows and in what every fold trains on
MOST_CLASSES = 500


def target_of(rows: Rows, roles: Roles, wish: str = "") -> Target:
    """The label column, else the rating folded into tones; ``wish`` names another column.

    Raises ``LabError`` for a wish that is no label, rating or segment, ``NotEnoughData`` where there is nothing to predict.
    """
    if wish:
        return _wished(rows, roles, wish)
    if rows.labels is not None and any(filled(value) for value in rows.labels):
        return _label_target(roles.label or "label", rows.labels)
    if rows.ratings is not None and not np.isnan(rows.ratings).all():
        return _rating_target(roles.rating or "rating", rows.ratings)
    raise NotEnoughData(
        "There is neither a label nor a rating, so there is nothing to predict.",
        "Name the column with --label or --rating, or label some rows by hand: feedback-lab label.",
    )


def _wished(rows: Rows, roles: Roles, wish: str) -> Target:
    if wish == roles.label and rows.labels is not None:
        return _label_target(wish, rows.labels)
    if wish == roles.rating and rows.ratings is not None:
        return _rating_target(wish, rows.ratings)
    if wish in rows.segments:
        return _label_target(wish, rows.segments[wish])
    there = [name for name in (roles.label, roles.rating, *rows.segments) if name]
    raise LabError(
        f"There is no column {wish!r} to predict.",
        f"Choose one of: {', '.join(there)}." if there else "Give a column the role of label.",
    )


def filled(value: str | None) -> bool:
    """Whether a cell says anything."""
    return value is not None and value.strip() != ""


def _label_target(column: str, values: Values) -> Target:
    classes = tuple(sorted({value for value in values if value is not None and filled(value)}))
    if not classes:
        raise NotEnoughData(f"The column {column} is empty.", "Choose another column to predict.")
    return Target("label", column, classes)


def _rating_target(column: str, ratings: Floats) -> Target:
    known = ratings[~np.isnan(ratings)]
    if len(known) == 0:
        raise NotEnoughData(f"The column {column} is empty.", "Choose another column to predict.")
    cuts, says = rating_cuts(known)
    present = np.unique(rating_tones(known, cuts))
    return Target("rating", column, tuple(TONES[at] for at in present), cuts, says)


def classes_of(rows: Rows, target: Target) -> Values:
    """The class of every row under a target, None where it is not known or not one of ``target.classes``."""
    values = _values(rows, target)
    known = set(target.classes)
    return [value if value in known else None for value in values]


def _values(rows: Rows, target: Target) -> Sequence[str | None]:
    nothing: Values = [None] * len(rows)
    if target.kind == "rating":
        if rows.ratings is None or target.cuts is None:
            return nothing
        return [TONES[at] if at >= 0 else None for at in rating_tones(rows.ratings, target.cuts).tolist()]
    # A segment of that name comes first: a wish may name one while there is a label column too.
    return rows.segments.get(target.column, rows.labels or nothing)


def examples(rows: Rows, target: Target) -> tuple[list[str], Ints, Ints]:
    """Texts with their class: m texts, int64 (m,) places in ``target.classes``, int64 (m,) places in ``rows``.

    Rows without a class or without a text are left out.
    """
    place = {name: at for at, name in enumerate(target.classes)}
    named = classes_of(rows, target)
    kept = [at for at, name in enumerate(named) if name is not None and rows.texts[at].strip()]
    labels = [place[str(named[at])] for at in kept]
    return [rows.texts[at] for at in kept], np.array(labels, np.int64), np.array(kept, np.int64)


def narrowed(target: Target, texts: Sequence[str], labels: Ints) -> tuple[Target, tuple[str, ...]]:
    """The target without classes that have fewer than ``LEAST_TEXTS`` different texts, and the names of these.

    Beyond ``MOST_CLASSES`` the rarest go as well.
    """
    different = Counter(
        label for _, label in {(fold_text(text), label) for text, label in zip(texts, labels.tolist(), strict=True)}
    )
    often = sorted(
        (label for label, count in different.items() if count >= LEAST_TEXTS), key=lambda label: (-different[label], label)
    )
    kept = set(often[:MOST_CLASSES])
    classes = tuple(name for at, name in enumerate(target.classes) if at in kept)
    return replace(target, classes=classes), tuple(name for at, name in enumerate(target.classes) if at not in kept)
