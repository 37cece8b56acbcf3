from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.scope import BUDGET_HOURS, PERMITTED, Scope, check, cuts, grown, score, shrunk

SMALL = Scope(1, 1, 5, 200, 50, 25, 12, live=False, sensitive=False, permission="written")
LARGE = replace(SMALL, sources=2, languages=3, classes=12)

scopes = st.builds(
    Scope,
    sources=st.integers(1, 9),
    languages=st.integers(1, 9),
    classes=st.integers(2, 60),
    labels=st.integers(0, 5000),
    double=st.integers(0, 300),
    seconds=st.integers(5, 300),
    other_hours=st.floats(0, 60),
    live=st.booleans(),
    sensitive=st.booleans(),
    permission=st.sampled_from(["written", "licence", "own", "asked", "none"]),
)


def states(scope: Scope) -> dict[str, str]:
    return {line.id: line.state for line in check(scope)}


def test_a_small_project_is_green_in_every_line() -> None:
    assert set(states(SMALL).values()) == {"met"}
    assert score(SMALL) == "green"
    assert SMALL.hours == pytest.approx(250 * 25 / 3600 + 12)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"sources": 2}, "sources"),
        ({"languages": 3}, "languages"),
        ({"classes": 9}, "classes"),
        ({"live": True}, "live"),
        ({"sensitive": True}, "sensitive"),
        ({"other_hours": 18.3}, "hours"),
        ({"labels": 1110}, "hours"),
    ],
)
def test_one_line_over_is_amber_and_says_its_cut(change: dict[str, int], line: str) -> None:
    scope = replace(SMALL, **change)  # type: ignore[arg-type]
    assert [i for i, state in states(scope).items() if state != "met"] == [line]
    assert score(scope) == "amber"
    assert all(found.cut for found in check(scope) if found.state == "over")


@pytest.mark.parametrize("change", [{"languages": 2}, {"classes": 8}, {"other_hours": 18.2}, {"labels": 1100}])
def test_the_limits_themselves_are_allowed(change: dict[str, int]) -> None:
    assert score(replace(SMALL, **change)) == "green"  # type: ignore[arg-type]


def test_two_sources_three_languages_and_twelve_classes_are_red_with_three_cuts() -> None:
    assert score(LARGE) == "red"
    assert [line.cut for line in check(LARGE) if line.state == "over"] == [
        "Keep 1 data source.",
        "Keep 2 languages.",
        "Keep 8 classes.",
    ]
    assert [cut.id for cut in cuts(LARGE)][:3] == ["classes", "sources", "languages"]
    after = LARGE
    for name in ("sources", "languages", "classes"):
        after = next(cut.after for cut in cuts(after) if cut.id == name)
    assert score(after) == "green"


def test_no_permission_is_red_alone_and_asking_waits() -> None:
    assert score(replace(SMALL, permission="none")) == "red"
    asked = replace(SMALL, permission="asked")
    assert (score(asked), states(asked)["permission"]) == ("green", "waits")
    assert "no row is touched" in check(asked)[-1].says


@given(scopes)
def test_every_cut_makes_it_smaller_and_none_makes_it_worse(scope: Scope) -> None:
    order = {"green": 0, "amber": 1, "red": 2}
    for cut in cuts(scope):
        assert cut.after != scope
        assert cut.saves >= 0
        assert order[score(cut.after)] <= order[score(scope)]
        assert grown(scope, cut.after) == ()


@given(scopes)
def test_every_line_that_is_over_has_a_cut_that_mends_it(scope: Scope) -> None:
    mended = {cut.id: cut.after for cut in cuts(scope)}
    for line in check(scope):
        if line.state == "over" and line.id != "hours":
            assert states(mended[line.id])[line.id] == "met"


@given(scopes, scopes)
def test_what_comes_in_one_way_goes_out_the_other(one: Scope, other: Scope) -> None:
    assert grown(one, other) == shrunk(other, one)
    assert grown(one, one) == ()


def test_what_moved_is_said_in_words() -> None:
    after = replace(SMALL, sources=2, classes=3, labels=201, other_hours=13.5, live=True)
    assert grown(SMALL, after) == ("1 data source", "1 label", "1.5 h of other work", "running live")
    assert shrunk(SMALL, after) == ("2 classes",)
    slower = replace(SMALL, seconds=60, double=100)
    assert grown(SMALL, slower) == ("196 min of labelling",)
    fewer = replace(SMALL, labels=100, seconds=120)
    assert (grown(SMALL, fewer), shrunk(SMALL, fewer)) == (("196 min of labelling",), ("100 labels",))


def test_permission_is_no_cut() -> None:
    assert "permission" not in {cut.id for cut in cuts(replace(SMALL, permission="none"))}


def test_the_budget_is_that_of_month_3() -> None:
    assert BUDGET_HOURS == 25
    assert "none" not in PERMITTED
