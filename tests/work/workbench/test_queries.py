"""What the workbench is given to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.evidence import Entry as CoreEntry
from segue.core.evidence import Reviewer, Sort
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.actions import log_time
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_of
from segue.work.workbench.queries import activity_page, months, state_of, terms_like
from tests.conftest import MONDAY
from tests.records import activity, append_all, do

pytestmark = pytest.mark.django_db


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


def test_months_of_the_areas_are_the_programme(priya: Learner) -> None:
    now = turn(priya)
    found = [m for area in ("learn", "build", "connect", "deepen", "transition") for m in months(now, area)]
    assert [m.phase for m in found] == list(current().programme.phases)
    assert [w.number for m in found for w in m.weeks] == [w.number for w in current().programme.weeks]
    assert sum(len(w.rows) for m in found for w in m.weeks) == len(current().programme.activities)
    assert sum(m.count for m in found) == sum(1 for a in current().programme.activities if not a.buffer)
    assert months(now, "lab") == ()


def test_progress_counts_what_is_done(priya: Learner) -> None:
    do(priya, MONDAY, "w01-diagnostic", "w01-why")
    first = months(turn(priya), "learn")[0]
    assert first.done == 2
    assert (first.weeks[0].done, first.weeks[0].is_open, first.weeks[3].is_open) == (2, True, False)


def test_states_of_an_activity(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, MONDAY, "w01-diagnostic")
    log_time(priya, activity_id="w20-drift", minutes=5, on=MONDAY)
    assert state_of(turn(priya), "w01-diagnostic") == "done"
    assert state_of(turn(priya), "w01-why") == "now"
    assert state_of(turn(priya), "w20-drift") == "now"
    assert state_of(turn(priya), "w25-mock-first") == "later"
    on_day(MONDAY + timedelta(days=9))
    assert state_of(turn(priya), "w01-why") == "slipped"
    assert state_of(turn(priya), "no-such-activity") == "later"


def test_page_of_an_activity_that_is_not_there(priya: Learner) -> None:
    with pytest.raises(KeyError):
        activity_page(turn(priya), priya, "no-such-activity")


def test_planned_days_in_words(priya: Learner, on_day: Callable[[date], None]) -> None:
    page = activity_page(turn(priya), priya, "w01-diagnostic")
    assert page.planned == "40 min, planned for Tuesday 24 November 2026."
    assert page.week_url == "/plan/week/2026-11-24/"
    choose(priya, ChoiceSort.SPLIT, "w01-diagnostic", parts=4)
    sessions = turn(priya).plan.sessions_of("w01-diagnostic")
    planned = activity_page(turn(priya), priya, "w01-diagnostic").planned
    assert planned == (
        f"40 min, planned on {len(sessions)} days from {written_date(sessions[0].on)} to {written_date(sessions[-1].on)}."
    )
    choose(priya, ChoiceSort.SKIP, "w01-diagnostic", reason="No")
    page = activity_page(turn(priya), priya, "w01-diagnostic")
    assert (page.planned, page.week_url, page.skipped) == ("Not in the plan at present.", "", "No")
    do(priya, MONDAY, "w01-diagnostic")
    assert activity_page(turn(priya), priya, "w01-diagnostic").planned == f"Done on {written_date(MONDAY)}."


def test_wanted_counts_what_fits_and_no_more(priya: Learner) -> None:
    wanted = activity("w02-explain").yields[0]
    entries = [
        CoreEntry(-n, Sort.ARTEFACT, MONDAY, kind=kind, activity_id="w02-explain", competencies=("C1",), words=words)
        for n, (kind, words) in enumerate([("explanation", 80), ("explanation", 10), ("log", 80)], start=1)
    ]
    append_all(priya, entries)
    page = activity_page(turn(priya), priya, "w02-explain")
    assert [(w.have, w.count, w.met) for w in page.wanted] == [(1, wanted.count, False)]
    assert [r.tier for r in page.recorded] == [1, 0, 1]
    append_all(priya, [CoreEntry(-9, Sort.ARTEFACT, MONDAY, "explanation", "w02-explain", ("C1",), words=80)] * 1)
    assert activity_page(turn(priya), priya, "w02-explain").wanted[0].have == 2


def test_review_that_an_activity_wants_says_by_whom(priya: Learner) -> None:
    reviewed = next(a for a in current().programme.activities if any(y.practitioner for y in a.yields))
    page = activity_page(turn(priya), priya, reviewed.id)
    words = [w.words for w in page.wanted if w.is_review]
    assert any(w.endswith(", reviewed by somebody who practises AI") for w in words)


def test_reviewed_piece_counts_where_the_review_was_made(priya: Learner) -> None:
    reviewer = Reviewer("Marco", "mentor", "data scientist", practises_ai=True)
    work = CoreEntry(-1, Sort.ARTEFACT, MONDAY, "charter", "w09-charter", ("C2",), words=300)
    review = CoreEntry(-2, Sort.REVIEW, MONDAY, activity_id="w09-charter", subject=-1, reviewer=reviewer, marks={"a": True})
    append_all(priya, [work, review])
    assert [r.tier for r in activity_page(turn(priya), priya, "w09-charter").recorded] == [2]


def test_crumbs_lead_to_the_area(priya: Learner) -> None:
    for listed in current().programme.activities[::25]:
        page = activity_page(turn(priya), priya, listed.id)
        assert page.crumbs[0][1] == f"/{page.phase.area}/"
        assert page.crumbs[-1] == (listed.title, "")


@pytest.mark.parametrize("search", ["", "   "])
def test_no_words_find_all_terms(search: str) -> None:
    assert terms_like(search) == current().terms


def test_every_term_is_found_by_its_own_words_and_other_spellings() -> None:
    for term in current().terms:
        assert term in terms_like(term.term.upper())
        assert term in terms_like(f" {term.plain} ")
        for other in term.also:
            assert term in terms_like(other)


def test_all_words_have_to_occur() -> None:
    one, both = terms_like("model"), terms_like("model threshold")
    assert set(both) < set(one)
    assert terms_like("model qqqqq") == ()
