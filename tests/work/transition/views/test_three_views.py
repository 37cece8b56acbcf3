"""The three views through their page: rated, judged by a mentor without an account, compared, recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.blocks import pack
from segue.evidence.models import ReviewRequest
from segue.evidence.replies import sealed
from segue.work.transition.models import Closing
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.transition.ledger import aware_of_framing, piece, reviewed

VIEWS = "/transition/views/"
RATE, KEEP, RECORD = "Keep the ratings", "Keep it", "Record the report"


def rated(page: Client, **levels: str) -> Page:
    return press(page, visit(page, VIEWS), RATE, **levels)


def recorded(page: Client, confidentiality: str = "redacted") -> Page:
    return press(page, visit(page, VIEWS), RECORD, confidentiality=confidentiality)


def block_of(request: ReviewRequest, marks: dict[str, bool], **said: object) -> str:
    """What a mentor sends back from the file, as its script writes it."""
    answer = {
        "token": request.token,
        "name": "Ines Duarte",
        "relation": "Teaches or mentors me",
        "role": "AI product manager",
        "years": 6,
        "practises_ai": True,
        "marks": marks,
        "comment": "The framing holds.",
        "on": MONDAY.isoformat(),
        **said,
    }
    return pack(sealed(request.secret, answer))


def test_a_rating_stands_beside_the_evidence_and_is_said_kindly(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    shown = rated(page, C2="3", C1="0")
    assert "2 ratings recorded" in shown.text
    assert shown.path == VIEWS
    assert "You see yourself 2 levels above what the evidence shows: 3 Practitioner against 1 Aware" in shown.text
    assert "You see yourself above the evidence in 1 competency" in shown.text
    assert "You see yourself above the evidence in 1 competency" in visit(page, "/transition/").text
    again = rated(page, C2="3")
    assert "Nothing has changed" in again.text
    assert priya.entries.filter(sort="self-rating").count() == 2


def test_less_than_the_evidence_is_said_too(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    shown = rated(page, C2="0")
    assert "The evidence shows a level more than you give yourself: 1 Aware against 0 not yet" in shown.text
    assert "above the evidence" not in visit(page, "/transition/").text


def test_a_rating_can_be_changed_and_not_unsaid(page: Client, priya: Learner) -> None:
    rated(page, C2="3")
    refused = rated(page, C2="")
    assert refused.status == 422
    assert "A rating stays: choose another" in refused.text
    assert visit(page, VIEWS, {"C2": "9"}, "post").status == 405
    assert visit(page, f"{VIEWS}rate/", {"C2": "9"}, "post").status == 422


def test_who_is_right_is_kept_and_another_window_noticed(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    first = rated(page, C2="3")
    kept = press(page, first, KEEP, who_C2="me", why_C2="Two charters are not recorded.", holds="People who looked.")
    assert "Kept." in kept.text
    assert Closing.objects.get().right == {"C2": {"who": "me", "why": "Two charters are not recorded."}}
    other = press(page, first, KEEP, who_C2="evidence", why_C2="From another window.", holds="Something else.")
    assert other.status == 422
    assert "Another window has changed this meanwhile" in other.text
    assert other.form(KEEP).values["holds"] == "Something else."
    assert press(page, other, KEEP).status == 200
    assert Closing.objects.get().holds == "Something else."


def test_what_holds_most_comes_from_the_rules_until_it_is_written(page: Client, priya: Learner) -> None:
    shown = visit(page, VIEWS)
    suggested = shown.form(KEEP).values["holds"]
    assert suggested.startswith(("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "T"))
    press(page, shown, KEEP)
    assert Closing.objects.get().holds == ""


def test_the_report_invents_nothing_and_hides_what_is_private(page: Client, priya: Learner) -> None:
    facts = {"features": 5, "both_ways": 2}
    piece(priya, "rules-or-ml", "Secret launch of Project Heron", ("C2",), facts=facts, confidentiality="private")
    reviewed(aware_of_framing(priya), "Marco Rossi", {"c2-1-both-ways": True})
    rated(page, C2="2")
    entry = recorded(page)
    row = priya.entries.get(kind="readiness-report")
    assert entry.path == f"/evidence/{row.number}/"
    assert (row.activity_id, row.confidentiality, row.competencies) == ("w26-report-and-plan", "redacted", ["T"])
    assert row.facts["compared"] == 1
    assert row.facts["differ"] == 1
    assert (row.facts["c2"], row.facts["c1"]) == (1, 0)
    assert "Heron" not in row.body
    assert "1 private piece (rules or machine learning sheet)" in row.body
    assert "“Five features sorted”" in row.body
    assert "Marco" not in row.body
    assert "Data scientist found 1 of 1 criteria met" in row.body
    assert row.words >= 80
    assert "is the report as it stands" in visit(page, VIEWS).text


def test_the_same_report_is_not_recorded_twice(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    recorded(page)
    on_day(MONDAY + timedelta(days=2))
    assert visit(page, f"{VIEWS}record/", {"confidentiality": "redacted"}, "post").status == 400
    assert visit(page, f"{VIEWS}record/", {"confidentiality": "everybody"}, "post").status == 400
    rated(page, C4="1")
    press(page, visit(page, VIEWS), "Record a new version")
    assert priya.entries.filter(kind="readiness-report").count() == 2


def test_a_mentor_judges_each_level_in_a_file_and_it_stands_beside_the_evidence(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    rated(page, C2="1")
    recorded(page)
    ask = visit(page, visit(page, VIEWS).link("Ask a mentor"))
    assert "C2 Problem framing, AI fit and scope: the evidence named in the report shows the level named there" in ask.text
    assert "Level 1, Aware: You can say when rules" in ask.text
    assert "C1 AI concepts and plain explanation: the evidence" not in ask.text
    press(page, ask, "Make the request", for_name="Ines")
    request = ReviewRequest.objects.get()
    assert [each["id"] for each in request.criteria] == ["readiness-report-c2"]
    file = page.get(f"/evidence/reviews/{request.pk}/file/")
    assert file.status_code == 200
    assert "Level 1, Aware" in file.content.decode()
    taken = press(
        page, visit(page, "/evidence/reviews/"), "Read the review", text=block_of(request, {"readiness-report-c2": False})
    )
    assert taken.status == 200
    shown = visit(page, VIEWS)
    assert "Ines Duarte practises AI: level 1 is not shown yet" in shown.text
    assert "Ines Duarte does not find level 1 in this evidence yet" in shown.text
    assert "differ by a level or more in 1 of 8" in shown.text
    press(page, shown, "Record a new version")
    newest = priya.entries.filter(kind="readiness-report").last()
    assert newest is not None
    assert "AI product manager (practises AI) does not find level 1 shown" in newest.body
    assert "Ines" not in newest.body


def test_a_judgement_of_an_older_state_is_told_as_that(page: Client, priya: Learner) -> None:
    recorded(page)
    report = priya.entries.get(kind="readiness-report")
    reviewed(report, "Ines Duarte", {"readiness-report-c2": True}, practises_ai=True)
    aware_of_framing(priya)
    shown = visit(page, VIEWS)
    assert "Ines Duarte spoke of level 0 on Monday 23 November 2026; the evidence shows level 1 today" in shown.text
    assert "The views agree" in shown.text


def test_a_report_written_by_hand_is_asked_about_in_all_eight(page: Client, priya: Learner) -> None:
    entry = piece(priya, "readiness-report", "By hand", ("T",))
    ask = visit(page, f"/evidence/{entry.number}/ask-review/")
    assert ask.text.count("the evidence named in the report shows the level named there") == 8


def test_the_mentors_answer_counts_when_they_confirm_it(page: Client, priya: Learner) -> None:
    note = piece(priya, "readiness-review", "What Ines said", ("T",), facts={"verdict": "nearly", "gaps": 2})
    assert "Your note of it." in visit(page, VIEWS).text
    reviewed(note, "Ines Duarte", {"t-1-mentor": True}, practises_ai=True)
    shown = visit(page, VIEWS)
    assert "Nearly, 2 gaps named" in shown.text
    assert "Ines Duarte, who practises AI, found the note right" in shown.text


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    rated(page, C2="3")
    shown = press(page, visit(page, VIEWS), KEEP, why_C2="<script>alert(1)</script>", holds="<b>bold</b>")
    assert "<script>alert" not in shown.html
    assert "<b>bold" not in shown.html


def test_queries_do_not_grow_with_the_evidence(page: Client, priya: Learner) -> None:
    aware_of_framing(priya)
    few = queries_of(page, VIEWS), queries_of(page, "/transition/")
    for n in range(4):
        piece(priya, "rules-or-ml", f"Again {n}", ("C2",), facts={"both_ways": 2})
    assert (queries_of(page, VIEWS), queries_of(page, "/transition/")) == few


def test_what_an_import_brought_is_read_as_far_as_it_can_be(page: Client, priya: Learner) -> None:
    typed = {"right": {"C2": "me", "C3": {"who": 5}}, "decision": {"choice": "apply", "weeks": 4, "why": None}}
    Closing.objects.create(learner=priya, saved_at=datetime(2026, 11, 23, tzinfo=UTC), **typed)
    for path in (VIEWS, "/transition/decision/", "/transition/gaps/", "/transition/"):
        assert visit(page, path).status == 200
