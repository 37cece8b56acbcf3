"""Where an ask stands, whom the plan means, and which ask answers which request."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.plan import Request
from segue.curriculum import current
from segue.work.connect.asks import (
    INVITE,
    OCCASIONS,
    WAITING,
    Asked,
    Headway,
    Standing,
    answering,
    fits,
    headway_of,
    how_many,
    is_open_to_all,
    need_of,
    occasion_of,
    revision_of,
    roles_meant,
    standing_of,
)
from segue.work.connect.invitation_texts import texts
from segue.work.connect.vocabulary import roles

DAY = date(2027, 2, 1)
PROGRAMME = current().programme
NEEDED = [(each.id, need.who) for each in PROGRAMME.activities for need in each.people]


def wanted(task_id: str, who: str) -> Request:
    return Request(DAY, task_id, who, "Would you?", DAY + timedelta(days=21), False)


def asked(activity_id: str, role: str = "", relation: str = "", standing: Standing = Standing.SENT, key: str = "a") -> Asked:
    return Asked(key, activity_id, role, relation, standing)


# --- where it stands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "reminded", "answer", "standing"),
    [
        (None, None, "", "draft"),
        (0, None, "", "sent"),
        (6, None, "", "sent"),
        (7, None, "", "remind"),
        (30, 0, "", "reminded"),
        (30, 6, "", "reminded"),
        (30, 7, "", "next"),
        (30, None, "yes", "yes"),
        (30, 20, "no", "no"),
        (30, 7, "silent", "silent"),
    ],
)
def test_standing(sent: int | None, reminded: int | None, answer: str, standing: str) -> None:
    days = [None if ago is None else DAY - timedelta(days=ago) for ago in (sent, reminded)]
    assert standing_of(days[0], days[1], answer, DAY) == standing


@given(st.integers(0, 60), st.none() | st.integers(0, 60), st.integers(0, 60))
def test_waiting_only_ever_turns_into_something_to_do(sent: int, reminded: int | None, more: int) -> None:
    first = DAY - timedelta(days=sent)
    second = None if reminded is None else min(DAY, first + timedelta(days=reminded))
    steps = (Standing.SENT, Standing.REMIND) if second is None else (Standing.REMINDED, Standing.NEXT)
    now, later = (steps.index(standing_of(first, second, "", day)) for day in (DAY, DAY + timedelta(days=more)))
    assert now <= later


@given(st.text(), st.text())
def test_a_revision_tells_texts_apart_and_fits_a_form(one: str, other: str) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in (one, other)]
    assert all(0 <= revision_of(text) < 10**9 for text in texts)
    assert (revision_of(texts[0]) == revision_of(texts[1])) or texts[0] != texts[1]


# --- whom the plan means ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "meant"),
    [
        ("a data scientist", {"data-scientist"}),
        ("an ML engineer", {"ml-engineer"}),
        ("an ML or software engineer", {"ml-engineer"}),
        ("a data engineer or analyst", {"data-engineer"}),
        ("two AI product managers", {"ai-pm"}),
        ("an AI product manager or data scientist", {"ai-pm", "data-scientist"}),
        ("a privacy or data protection person", {"legal-privacy"}),
        ("somebody from legal, responsible AI or senior product", {"legal-privacy", "leader"}),
        ("a sceptical colleague from sales or support", {"business", "support"}),
        ("a friend with a watch", set()),
        ("your mentor", set()),
    ],
)
def test_roles_meant(who: str, meant: set[str]) -> None:
    assert roles_meant(who) == meant


@pytest.mark.parametrize(("activity_id", "who"), NEEDED)
def test_everybody_of_the_programme_can_be_found(activity_id: str, who: str) -> None:
    known = {role for role, _ in roles()}
    assert roles_meant(who) <= known, activity_id
    someone = any(fits(who, role, relation) for role in known for relation in ("", "mentor"))
    assert someone != is_open_to_all(who)


def test_the_mentor_is_known_by_the_relation() -> None:
    assert fits("your mentor", "ai-pm", "mentor")
    assert not fits("your mentor", "ai-pm", "peer")
    assert not is_open_to_all("your mentor")


@pytest.mark.parametrize(("who", "count"), [("two AI product managers", 2), ("five colleagues", 5), ("a data scientist", 1)])
def test_how_many(who: str, count: int) -> None:
    assert how_many(who) == count


def test_each_activity_has_a_text() -> None:
    occasions = texts().occasions
    asking = [each for each in PROGRAMME.activities if each.people or each.proves("request")]
    assert {occasion_of(each) for each in asking} <= set(occasions)
    assert set(OCCASIONS) <= set(PROGRAMME.by_id)
    assert occasion_of(None) == "workflow"
    assert occasion_of(PROGRAMME.by_id["w16-show-engineer"]) == "project-feedback"
    assert occasion_of(PROGRAMME.by_id["w24-interviews"]) == "informational"
    assert occasion_of(PROGRAMME.by_id["w18-privacy-review"]) == "review"


def test_the_question_goes_to_whom_it_is_for() -> None:
    review = PROGRAMME.by_id["w09-charter-review"]
    for role, relation, begins in [
        ("data-scientist", "", "Would you criticise"),
        ("ai-pm", "mentor", "Would you glance"),
        ("leader", "", "Would you criticise"),
    ]:
        need = need_of(review, role, relation)
        assert need is not None
        assert need.ask.startswith(begins)
    assert need_of(None, "leader", "") is None
    assert need_of(PROGRAMME.by_id[INVITE], "leader", "") is None


# --- which ask answers which request ----------------------------------------------------------------------------------------

CHARTER = [wanted("w09-charter-review", "a data scientist"), wanted("w09-charter-review", "your mentor")]
TALKS = [wanted("w15-talk-data-scientist", "a data scientist"), wanted("w15-talk-ml-engineer", "an ML engineer")]
WAITS = {each.task_id: (INVITE,) for each in TALKS}


@pytest.mark.parametrize(
    ("requests", "ask", "places"),
    [
        (CHARTER, asked("w09-charter-review", "data-scientist"), {0}),
        (CHARTER, asked("w09-charter-review", "ai-pm", "mentor"), {1}),
        (CHARTER, asked("w09-charter-review", "leader"), {0}),
        (TALKS, asked(INVITE, "ml-engineer"), {1}),
        (TALKS, asked(INVITE, "leader"), set()),
        (TALKS, asked("w15-talk-ml-engineer", "data-scientist"), {1}),
        (TALKS, asked("", "ml-engineer"), set()),
        (TALKS, asked("w20-ask-month-6", "ml-engineer"), set()),
        ([wanted("w11-agreement", "a second labeller")], asked("w11-agreement", "support"), {0}),
    ],
)
def test_an_ask_answers_what_it_was_made_for(requests: list[Request], ask: Asked, places: set[int]) -> None:
    assert set(answering(requests, [ask], WAITS)) == places


def test_one_asked_where_many_are_asked_answers_what_names_nobody() -> None:
    requests = [
        wanted("w25-mock-first", "a mock partner who interviews people"),
        wanted("w24-interviews", "two AI product managers"),
    ]
    waits = {each.task_id: ("w20-ask-month-6",) for each in requests}
    assert set(answering(requests, [asked("w20-ask-month-6", "leader")], waits)) == {0}
    assert set(answering(requests, [asked("w20-ask-month-6", "ai-pm")], waits)) == {1}


ASKS = st.lists(st.sampled_from(Standing), max_size=8)


@pytest.mark.parametrize(
    ("who", "standings", "headway"),
    [
        ("a data scientist", [], "open"),
        ("a data scientist", ["draft"], "drafted"),
        ("a data scientist", ["sent"], "waiting"),
        ("a data scientist", ["remind"], "waiting"),
        ("a data scientist", ["next"], "open"),
        ("a data scientist", ["no", "draft"], "drafted"),
        ("a data scientist", ["no", "yes"], "settled"),
        ("two AI product managers", ["yes"], "open"),
        ("two AI product managers", ["yes", "sent"], "waiting"),
        ("two AI product managers", ["yes", "yes"], "settled"),
    ],
)
def test_headway(who: str, standings: list[str], headway: str) -> None:
    assert headway_of(who, [asked("a", standing=Standing(each)) for each in standings]) == headway


@given(ASKS, st.sampled_from(Standing))
def test_another_ask_never_sets_one_back(standings: list[Standing], one: Standing) -> None:
    order = list(Headway)
    before, after = ([asked("a", standing=each) for each in some] for some in (standings, [*standings, one]))
    assert order.index(headway_of("two people", before)) <= order.index(headway_of("two people", after))
    assert WAITING.isdisjoint({Standing.NEXT, Standing.DRAFT})
