"""A decision: what makes it one, and its text."""

from __future__ import annotations

from datetime import date

import pytest

from segue.work.transition.decision import OPTIONS, day_of, ends_after, lacking, option_of, steps_of, text_of, typed_in, weeks_of

WHOLE = {
    "for_apply": "A",
    "for_move": "B",
    "choice": "move",
    "why": "C",
    "sign": "D",
    "step1": "Ask the head of product",
    "step1_on": "2026-12-04",
}


def test_a_whole_one_lacks_nothing() -> None:
    assert lacking(WHOLE) == ()
    assert "## Decision\n\nMove inside the company." in text_of(WHOLE)
    assert "1. Ask the head of product, by Friday 4 December 2026" in text_of(WHOLE)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"for_apply": ""}, "for_apply"),
        ({"choice": ""}, "choice"),
        ({"choice": "conquer"}, "choice"),
        ({"choice": "stay"}, "for_stay"),
        ({"choice": "extend", "for_extend": "E"}, "weeks"),
        ({"choice": "extend", "for_extend": "E", "weeks": "0"}, "weeks"),
        ({"choice": "extend", "for_extend": "E", "weeks": "²"}, "weeks"),
        ({"why": ""}, "why"),
        ({"step1_on": ""}, "step1"),
        ({"step1_on": "2026-02-30"}, "step1"),
        ({"sign": ""}, "sign"),
    ],
)
def test_what_lacks_is_named(change: dict[str, str], field: str) -> None:
    typed = typed_in({**WHOLE, **change})
    assert [name for name, _ in lacking(typed)] == [field]
    assert text_of(typed)


def test_weeks_are_added_to_the_end_of_the_plan() -> None:
    end = date(2026, 12, 10)
    assert ends_after(end, {"weeks": "4"}) == date(2027, 1, 7)
    assert ends_after(None, {"weeks": "4"}) is None
    assert ends_after(end, {"weeks": "27"}) is None
    assert weeks_of({"weeks": "26"}) == 26


def test_what_is_thanked_for_is_not_in_the_text() -> None:
    assert "Ines" not in text_of({**WHOLE, "thanks": "Ines: for the question"})


def test_each_option_has_an_outcome_of_its_own() -> None:
    assert sorted(option.outcome for option in OPTIONS) == ["change", "go", "stop", "wait"]
    assert option_of({}) is None
    assert day_of("soon") is None
    assert [step.number for step in steps_of({"step1": "a", "step3": "c"})] == [1, 3]
