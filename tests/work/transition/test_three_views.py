"""Where three views differ: by a level or more, in kind words; and the report of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.competency import Competency
from segue.work.transition.three_views import Judgement, Marked, Shown, Verdict, ViewRow, Views, differences, past, text_of
from segue.work.transition.views_figure import figure_of

DAY = date(2026, 11, 23)
NAMES = {0: "not yet", 1: "Aware", 2: "Working", 3: "Practitioner", 4: "Lead"}
C6 = Competency("C6", "Responsible and human-centred AI", "Responsibility", "", ())


def judged(named: int | None, *, agrees: bool, name: str = "Ines Duarte") -> Judgement:
    return Judgement(name, "AI product manager", True, DAY, named, agrees, 9)


def row(level: int = 2, self_level: int | None = 2, **more: object) -> ViewRow:
    return ViewRow(C6, level, 2, self_level, NAMES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "self_level", "judgements", "differs"),
    [
        (2, 2, (), False),
        (2, None, (), False),
        (2, 3, (), True),
        (2, 1, (), True),
        (2, 2, (judged(2, agrees=True),), False),
        (2, 2, (judged(2, agrees=False),), True),
        (2, 2, (judged(2, agrees=True), judged(2, agrees=False, name="Marco")), True),
        (2, 2, (judged(1, agrees=True),), False),  # of an older state
        (2, 2, (judged(None, agrees=False),), False),  # no level was named
    ],
)
def test_a_level_apart_is_a_difference(
    level: int, self_level: int | None, judgements: tuple[Judgement, ...], differs: bool
) -> None:
    assert row(level, self_level, judgements=judgements).differs is differs


def test_nobody_is_put_below_nothing() -> None:
    assert row(0, 0, judgements=(judged(0, agrees=False),)).reviewed_level == 0


def test_above_is_said_with_what_lacks_first() -> None:
    said = " ".join(differences(row(1, 3, lacks="A risk register that legal has read")))
    assert "2 levels above what the evidence shows: 3 Practitioner against 1 Aware" in said
    assert "You may well be right" in said
    assert "First on the list: a risk register that legal has read." in said


def test_a_reviewer_who_agrees_is_heard_where_one_rates_oneself_low() -> None:
    said = differences(row(2, 1, judgements=(judged(2, agrees=True),)))
    assert said[-1] == "Ines Duarte finds level 2 in the evidence, too."
    assert differences(row(2, 2, judgements=(judged(2, agrees=True),))) == ()


def test_an_older_judgement_says_so() -> None:
    assert "spoke of level 1" in past(row(2, judgements=(judged(1, agrees=True),)))[0]
    assert past(row(2, judgements=(judged(None, agrees=True),))) == ()


def test_a_report_names_roles_and_no_private_titles() -> None:
    shown = (Shown(3, "Risk register", "Risk register", DAY), Shown(4, "", "Charter", DAY))
    one = row(2, 3, shown=shown, judgements=(judged(2, agrees=True),), marked=(Marked("Marco", "Lawyer", False, 1, 2),), who="me")
    views = Views(DAY, (one,), (Verdict(5, DAY, "Nearly", 2, "Ines Duarte", True),), "C6", {"Interview-ready": ["C6: level 2"]})
    text = text_of(views)
    for words in (
        "“Risk register”, 23 Nov 2026; 1 private piece (charter).",
        "AI product manager (practises AI) finds level 2 shown; Lawyer found 1 of 2 criteria met.",
        "C6: I say 3 Practitioner, the evidence shows 2 Working, reviewers say 2 Working. Probably right: I.",
        "Nearly; 2 gaps named (confirmed by the mentor)",
        "- Interview-ready: not open yet; C6: level 2.",
    ):
        assert words in text
    assert "Ines" not in text
    assert "Marco" not in text
    assert views.facts == {"compared": 1, "differ": 1, "c6": 2}


def test_many_pieces_are_counted_not_listed() -> None:
    shown = tuple(Shown(n, f"Piece {n}", "Log", DAY) for n in range(9))
    assert "“Piece 5”, 23 Nov 2026; 3 more." in text_of(Views(DAY, (row(shown=shown),)))


@given(level=st.integers(0, 4), self_level=st.none() | st.integers(0, 4), named=st.integers(0, 4), agrees=st.booleans())
def test_whatever_differs_is_said_or_drawn(level: int, self_level: int | None, named: int, agrees: bool) -> None:
    one = row(level, self_level, judgements=(judged(named, agrees=agrees),))
    if one.differs:
        assert differences(one)
    views = Views(DAY, (one,))
    assert figure_of(views).svg.count("<circle") == 1 + (self_level is not None)
    assert ("The views differ" in figure_of(views).caption) is one.differs
    assert text_of(views)


def test_the_picture_escapes_names() -> None:
    odd = ViewRow(Competency("C9", "<b>", "<b>", "", ()), 1, 1, 2, NAMES)
    assert "<b>" not in figure_of(Views(DAY, (odd,))).svg
