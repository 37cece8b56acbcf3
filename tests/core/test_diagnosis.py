from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.diagnosis import known_concepts

# label -> model -> loss -> network, and data beside it
BUILDS_ON: Mapping[str, tuple[str, ...]] = {
    "label": (),
    "data": (),
    "model": ("label",),
    "loss": ("model", "data"),
    "network": ("loss",),
}


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ({}, ""),
        ({"label": True}, "label"),
        ({"label": False}, ""),
        ({"model": True}, "label model"),
        ({"network": True}, "data label loss model network"),
        ({"loss": True, "network": False}, "data label loss model"),
        # A wrong answer counts against its own concept and what would only be known through it, not against what builds on it.
        ({"network": True, "loss": False}, "network"),
        ({"network": True, "data": False}, "label loss model network"),
        ({"model": False, "label": True}, "label"),
        ({"unknown": True}, ""),
        ({"unknown": True, "data": True}, "data"),
    ],
)
def test_a_right_answer_shows_all_that_it_builds_on(answers: Mapping[str, bool], known: str) -> None:
    assert known_concepts(answers, BUILDS_ON) == frozenset(known.split())


def test_a_circle_ends_and_unknown_prerequisites_are_left_out() -> None:
    assert known_concepts({"a": True}, {"a": ("b",), "b": ("a", "c")}) == {"a", "b"}


@given(st.dictionaries(st.sampled_from([*BUILDS_ON, "unknown"]), st.booleans()), st.sampled_from([*BUILDS_ON]))
def test_a_better_answer_never_shows_less(answers: dict[str, bool], concept: str) -> None:
    known = known_concepts(answers, BUILDS_ON)
    assert known <= known_concepts(answers | {concept: True}, BUILDS_ON)
    assert known <= set(BUILDS_ON)
    assert not any(answers.get(one) is False for one in known)
    assert all(one in known for one, right in answers.items() if right and one in BUILDS_ON)
