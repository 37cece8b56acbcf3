"""Recording what others said: who may, what they are asked, what it lifts."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.evidence import Sort
from segue.curriculum import current
from segue.evidence import actions
from segue.evidence.criteria import criteria_for, open_activities
from segue.evidence.models import Entry
from segue.evidence.queries import ledger_of
from segue.evidence.trust import artefact_of
from tests.conftest import MONDAY
from tests.evidence.pieces import opinion_data, piece, stored, upload, words_of

REVIEW = reverse("evidence:record-review", args=[1])
CONFIRM = reverse("evidence:record-confirmation", args=[1])


def criteria(learner: Learner) -> list[str]:
    artefact = artefact_of(ledger_of(learner), 1)
    assert artefact is not None
    return [c.id for c in criteria_for(artefact)]


def test_the_criteria_are_the_published_ones_for_this_kind(page: Client, priya: Learner) -> None:
    piece(priya)
    asked = criteria(priya)
    programme = current().programme
    expected = [c.id for level in programme.competency_by_id["C2"].levels for c in level.criteria if "charter" in c.need.kinds]
    assert asked == expected != []
    shown = words_of(page.get(REVIEW))
    texts = [c.text for level in programme.competency_by_id["C2"].levels for c in level.criteria if c.id in asked]
    assert all(text in shown for text in texts)
    assert "nobody reviews themself" in shown


def test_a_piece_that_names_no_competency_is_asked_by_those_that_want_its_kind(priya: Learner) -> None:
    piece(priya, competencies=())
    assert criteria(priya)


def test_a_review_lifts_to_e2_and_says_so(page: Client, priya: Learner) -> None:
    piece(priya)
    marks = {f"mark_{i}": "met" for i in criteria(priya)}
    response = page.post(REVIEW, opinion_data(**marks), follow=True)
    assert response.redirect_chain == [(reverse("evidence:show-entry", args=[1]), 302)]
    assert "The piece stands at E2, reviewed: Marco (Data scientist) reviewed it and found it good." in words_of(response)
    review = Entry.objects.get(learner=priya, sort=Sort.REVIEW)
    assert review.marks == dict.fromkeys(criteria(priya), True)
    assert (review.reviewer_relation, review.reviewer_practises_ai) == ("Works in my team", True)


def test_what_was_not_looked_at_is_no_mark(page: Client, priya: Learner) -> None:
    piece(priya)
    ids = criteria(priya)
    page.post(REVIEW, opinion_data(**{f"mark_{ids[0]}": "not-met"}))
    assert Entry.objects.get(learner=priya, sort=Sort.REVIEW).marks == {ids[0]: False}
    assert ledger_of(priya).artefacts[0].tier is Tier.E1


def test_a_confirmation_lifts_to_e3_and_asks_for_the_effect(page: Client, priya: Learner) -> None:
    piece(priya)
    response = page.post(CONFIRM, opinion_data(comment=""))
    assert response.status_code == 422
    assert "Say what changed because of it" in words_of(response)
    response = page.post(CONFIRM, opinion_data(comment="We launched it."), follow=True)
    assert "The piece stands at E3, confirmed" in words_of(response)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"attachments": None}, "Attach the reviewer's own words"),
        ({"attachments": upload("mail.eml", b"")}, "“mail.eml” is empty"),
        ({"reviewer_name": ""}, "Say who it was."),
        ({"reviewer_name": "priya"}, "Nobody reviews themself."),
        ({"reviewer_name": "ME"}, "Nobody reviews themself."),
        ({"relation": ""}, "Say who they are to you"),
        ({"role": " "}, "Say what their work is."),
        ({"years": "71"}, "Give at most 70 years."),
        ({"years": "-1"}, "greater than or equal to 0"),
        ({"years": "ten"}, "Give a whole number of years."),
        ({"on": "2026-11-24"}, "This day has not come yet."),
        ({"activity_id": "nonsense"}, "nonsense is not one of the available choices"),
    ],
)
@pytest.mark.parametrize("address", [REVIEW, CONFIRM])
def test_an_error_keeps_everything_typed(page: Client, priya: Learner, address: str, fields: dict[str, Any], error: str) -> None:
    piece(priya)
    data = opinion_data(**{"comment": "What they said, at length.", **fields})
    response = page.post(address, data)
    assert response.status_code == 422
    if not (error.startswith("nonsense") and "activity_id" not in response.context["form"].fields):
        assert error in words_of(response)
    assert "What they said, at length." in unescape(response.content.decode())
    assert priya.entries.count() == 1
    assert priya.drafts.count() == 1


def test_a_review_may_answer_an_open_activity_that_wants_one(page: Client, priya: Learner) -> None:
    programme = current().programme
    activity, wanted = next(
        (a, y) for a in programme.activities for y in a.yields if y.tier is Tier.E2 and y.count == 1 and len(a.yields) == 1
    )
    piece(priya, wanted.kind, files=(stored(),), competencies=wanted.competencies)
    artefact = ledger_of(priya).artefacts[0]
    assert activity.id in dict(open_activities(ledger_of(priya), artefact))
    form = page.get(REVIEW).context["form"]
    assert form["activity_id"].value() == form.fields["activity_id"].choices[1][0]
    marks = {f"mark_{i}": "met" for i in criteria(priya)}
    page.post(REVIEW, opinion_data(activity_id=activity.id, **marks))
    assert activity.id in ledger_of(priya).by_activity
    assert activity.id not in dict(open_activities(ledger_of(priya), ledger_of(priya).artefacts[0]))


@pytest.mark.parametrize("address", [REVIEW, CONFIRM])
def test_only_standing_work_takes_words(page: Client, priya: Learner, address: str) -> None:
    entry = piece(priya)
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    assert page.get(address.replace("/1/", "/2/")).status_code == 404
    actions.withdraw(entry, MONDAY, "No.")
    response = page.get(address)
    assert response.status_code == 400
    assert "was withdrawn" in words_of(response)


def test_a_review_being_written_is_kept_as_a_draft(page: Client, priya: Learner) -> None:
    piece(priya)
    ids = criteria(priya)
    data = {"comment": "Half a review", "reviewer_name": "Marco", f"mark_{ids[0]}": "met", "practises_ai": "on"}
    page.post(reverse("evidence:save-draft", args=["review:1"]), data)
    form = page.get(REVIEW).context["form"]
    assert form["comment"].value() == "Half a review"
    assert form[f"mark_{ids[0]}"].value() == "met"
    assert form["practises_ai"].value() == "on"
    page.post(REVIEW, opinion_data(comment="Half a review", revision=str(priya.drafts.get().revision)))
    assert not priya.drafts.exists()
