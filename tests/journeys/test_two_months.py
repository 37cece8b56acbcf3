"""Months 1 and 2 as a new learner has them, through the pages, from week 1 to the gate of week 8, with a clock that moves.

The common mistake of these months, too deep too soon, is tried once: the guard says so, parks the topic, and forbids nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.core.mastery import GATED_TIER
from segue.core.recall import DAY_SECONDS, SECONDS
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.evidence.blocks import pack
from segue.shared import clock
from segue.work.learn.queries.briefing import GATE
from segue.work.learn.queries.mastery import topics
from segue.work.learn.queries.recall import cards_for, pace_of
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.evidence.pieces import opinion_data
from tests.records import do
from tests.work.learn.test_briefing import FULL
from tests.work.learn.texts import CLEAR
from tests.work.learn.views.test_testing import sit

CONCEPTS = current().concept_by_id
# These are made through the pages below; what else the weeks ask for is recorded as the blueprint means it.
MADE_HERE = {"w05-listener", *GATE}
THREE_TERMS = "We fit an embedding, look at its precision, and mind the drift. " + CLEAR.replace(" It ", " This ")


def offered(page: Client) -> list[Concept]:
    """What the page of Learn proposes to explain next."""
    section = visit(page, "/learn/").html.partition('id="next"')[2].partition("</section>")[0]
    return [CONCEPTS[i] for i in dict.fromkeys(re.findall(r"/learn/concepts/([\w-]+)/", section))]


def explain(page: Client, concept: Concept) -> None:
    """Reads the page, closes the book, writes, checks, records."""
    box = visit(page, visit(page, f"/learn/concepts/{concept.id}/").link("Explain it, book closed"))
    checked = press(page, box, "Check it", text=CLEAR)
    assert "Clear, as far as rules can see" in checked.text
    kept = visit(page, f"/learn/concepts/{concept.id}/explain/keep/", checked.form("Record it").values | {"text": CLEAR}, "post")
    assert "it passes the clarity check" in kept.text


def recall(page: Client, learner: Learner) -> int:
    """Rates every card of the day; gives the seconds they are meant to take."""
    cards, seconds = cards_for(learner), 0
    for _ in range(DAY_SECONDS // min(SECONDS.values()) + 1):
        shown = visit(page, "/learn/recall/")
        rating = re.search(r'name="card" value="([^"]+)"', shown.html)
        if rating is None:
            return seconds
        card = cards[rating[1]]
        if card.choices:
            shown = visit(page, "/learn/recall/", {"card": card.id, "said": "0"})
        values = next(form.values for form in shown.forms if "rating" in form.values or form.action.endswith("/rate/"))
        visit(page, "/learn/recall/rate/", values | {"rating": "3"}, "post")
        seconds += pace_of(learner, cards)[card.sort]
    raise AssertionError("the cards of a day do not end")


def listen(page: Client, learner: Learner, ideas: list[str]) -> Page:
    """Sends three ideas to somebody, takes what comes back, records it."""
    page.post("/learn/listeners/make/", {"idea": ideas})
    sheet = learner.listener_sheets.latest("pk")
    assert sheet.names == [CONCEPTS[i].name for i in ideas]
    words = {"name": "Ben", "role": "Support", "relation": "Works in my team", "background": "non-technical", "comment": ""}
    said = [{"said": f"In my words {n}", "rating": 4} for n in range(len(ideas))]
    shown = visit(page, "/learn/listeners/reply/", {"text": pack({"token": sheet.token, "ideas": said, **words})}, "post")
    assert shown.status == 200, shown.text.partition("A reply came")[2][:600]
    return press(page, shown, "Record", **{f"said_{n}": "yes" for n in range(len(ideas))})


@pytest.fixture
def months(page: Client, priya: Learner, on_day: Callable[[date], None]) -> Callable[[int], None]:
    """Lives through a week: its other activities, then three evenings with what is offered, and some weeks the cards of a day."""

    def live(week: int) -> None:
        others = [a.id for a in current().programme.activities if a.week == week and not a.buffer and a.id not in MADE_HERE]
        do(priya, MONDAY + timedelta(weeks=week - 1), *others)
        for evening in (1, 3, 5):
            on_day(MONDAY + timedelta(weeks=week - 1, days=evening))
            assert visit(page, "/").status == 200
            while ready := offered(page):
                for concept in ready:
                    assert concept.tier < GATED_TIER, f"{concept.id} was offered in week {week}"
                    assert explained(priya) >= set(concept.prerequisites)
                    explain(page, concept)
        if week in (1, 4, 8):
            assert 0 < recall(page, priya) <= DAY_SECONDS

    return live


def test_from_week_1_to_the_gate_of_week_8(page: Client, priya: Learner, months: Callable[[int], None]) -> None:
    deep = next(c for c in current().concepts if c.tier == GATED_TIER)
    months(1)
    early = visit(page, f"/learn/concepts/{deep.id}/")
    assert "This is early." in early.text
    parked = press(page, early, "Park it")
    assert "is parked until" in parked.text
    assert deep.name in visit(page, "/learn/concepts/").section("Parking lot")
    box = visit(page, f"/learn/concepts/{deep.id}/explain/")
    assert box.status == 200  # never forbidden

    again = press(page, visit(page, "/learn/concepts/model/explain/"), "Check it", text=THREE_TERMS)
    marked = re.findall(r"<mark[^>]*>([^<]+)</mark>", again.html)
    assert sorted(word.lower() for word in marked) == ["drift", "embedding", "precision"]

    for week in range(2, 6):
        months(week)
    assert "Recorded as entry" in listen(page, priya, ["model", "machine-learning", "supervised-learning"]).text
    course = press(page, visit(page, "/plan/courses/ai-for-everyone/"), "Take the slice")
    assert "The course is in your plan." in course.text
    notes = press(page, visit(page, "/learn/recall/cards/"), "Look first", text="Who owns the model?;Anna\nno answer")
    press(page, notes, "Keep 1 card")
    for week in (6, 7, 8):
        months(week)
    tiers = {concept.tier for concept in current().concepts if concept.id in explained(priya)}
    assert tiers == {1, 2}
    assert explained(priya) >= {topic.id for topic in topics().values() if topic.week <= 8 and topic.tier < GATED_TIER}

    gated = next(c for c in current().concepts if c.tier == GATED_TIER and explained(priya) >= set(c.prerequisites))
    assert "This is early." in visit(page, f"/learn/concepts/{gated.id}/").text
    assert "passed" in sit(page, priya, 2)
    assert "This is early." not in visit(page, f"/learn/concepts/{gated.id}/").text
    gate_of_week_8(page, priya)


def explained(learner: Learner) -> set[str]:
    return set(learner.explanations.exclude(entry=None).values_list("concept_id", flat=True))


def gate_of_week_8(page: Client, learner: Learner) -> None:
    """The briefing, outlined, given, checked by a practitioner: E2, and the gate is done."""
    shown = visit(page, visit(page, "/activity/w08-briefing/").link("Outline it"))
    form = press(page, shown, "Go on to record it", title="Drafted replies", **{f"part_{n}": t for n, t in enumerate(FULL)})
    given = {"fact_audience": "stakeholder", "fact_accuracy": "sound", "fact_data": "real"}
    recorded = press(page, form, "Record it", **given)
    number = learner.entries.filter(kind="briefing").latest("number").number
    assert f"/evidence/{number}/" in recorded.path
    form = visit(page, visit(page, "/learn/briefing/").link("Record what they said"))
    assert form.form("Record").values["activity_id"] == "w08-accuracy-review"
    about = {"reviewer_name": "Dana", "comment": "Sound.", "attachments": SimpleUploadedFile("mail.txt", b"It is sound. Dana")}
    sent = opinion_data(activity_id="w08-accuracy-review", on=clock.today().isoformat(), **about, **{"mark_c1-3-accuracy": "met"})
    answer = page.post(form.path, sent, follow=True)
    assert answer.status_code == 200
    lines = visit(page, "/learn/briefing/").section("The gate of week 8")
    assert [line.partition(":")[0] for line in lines.split("\n") if ":" in line] == ["Done"] * 3
    assert "E2" in visit(page, f"/evidence/{number}/").text
    assert "Somebody who practises AI reviewed a briefing and found it sound" in visit(page, "/readiness/C1/").text
