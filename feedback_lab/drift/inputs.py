"""What the rows look like, feature by feature: new against reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from feedback_lab.drift.psi import Distance, psi_of_numbers, psi_of_values
from feedback_lab.records.models import InputShift
from feedback_lab.records.rows import Floats, Ints, Roles, Rows, Texts

LANGUAGE_SAMPLE = 2_000
Languages = Callable[[Texts], Sequence[str]]


def input_shifts(
    reference: Rows,
    new: Rows,
    roles: Roles,
    themes: tuple[Ints, Ints] | None = None,
    languages: Languages | None = None,
    seed: int = 0,
) -> tuple[InputShift, ...]:
    """PSI of text length, language, rating, label, each segment, and themes where given. What both sides lack is left out.

    ``themes``: ids (n,) of the reference and (m,) of the new rows. ``languages`` tells the language of each text; it sees at most
    ``LANGUAGE_SAMPLE`` texts a side. None leaves languages out.
    """
    found = {"words in a text": psi_of_numbers(_lengths(reference.texts), _lengths(new.texts))}
    if languages is not None:
        before, after = (list(languages(_some(rows.texts, seed))) for rows in (reference, new))
        found["language"] = psi_of_values(before, after)
    if reference.ratings is not None and new.ratings is not None:
        found[_named("rating", roles.rating)] = psi_of_numbers(reference.ratings, new.ratings)
    if reference.labels is not None and new.labels is not None:
        found[_named("label", roles.label)] = psi_of_values(reference.labels, new.labels)
    for column, values in reference.segments.items():
        if column in new.segments:
            found[_named("segment", column)] = psi_of_values(values, new.segments[column])
    if themes is not None:
        found["theme"] = psi_of_values(themes[0].tolist(), themes[1].tolist())
    return tuple(shift(name, distance) for name, distance in found.items())


def shift(feature: str, distance: Distance) -> InputShift:
    """A distance as the record of a feature."""
    return InputShift(feature, distance.psi, distance.reference_n, distance.new_n, distance.by_chance)


def _named(role: str, column: str | None) -> str:
    return f"{role} ({column})" if column else role


def _lengths(texts: Texts) -> Floats:
    return np.array([len(text.split()) for text in texts], dtype=np.float64)


def _some(texts: Texts, seed: int) -> list[str]:
    return [texts[at] for at in sample(len(texts), LANGUAGE_SAMPLE, seed)]


def sample(n: int, most: int, seed: int) -> list[int]:
    """Places of at most ``most`` of ``n`` rows, in order, the same ones for the same seed."""
    if n <= most:
        return list(range(n))
    return sorted(np.random.default_rng(seed).choice(n, most, replace=False).tolist())
