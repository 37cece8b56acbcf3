"""A case through its pages: nothing of the reference before one's own analysis, then part by part beside it, then the ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.shared import pdf
from segue.work.deepen.analysis import LEAST_WORDS, NEEDED
from segue.work.deepen.cases import PARTS, cases
from segue.work.deepen.models import CaseAnalysis
from tests.browsing import Page, press, visit
from tests.counting import queries_of

LIST, EDIT, COMPARE = "/deepen/cases/", "/deepen/cases/netflix/", "/deepen/cases/netflix/compare/"
FINISH, KEEP = "Finish it and see the reference", "Keep the comparison"
NETFLIX = next(case for case in cases() if case.id == "netflix")
MINE = {part.id: f"What I guess of {part.heading.lower()} before anybody tells me how it was. " * 2 for part in PARTS}
REFERENCE = [statement.text for part in PARTS for statement in NETFLIX.parts[part.id]]


def finish(page: Client, **changes: str) -> Page:
    return press(page, visit(page, EDIT), FINISH, **{**MINE, **changes})


def compared(page: Client, lesson: str = "I will write down which decision my list of reasons serves.") -> Page:
    points = {f"point_{part.id}": "had" for part in PARTS}
    return press(page, visit(page, COMPARE), KEEP, lesson=lesson, **points)


def test_google_and_netflix_come_first_and_all_are_there(page: Client, priya: Learner) -> None:
    shown = visit(page, LIST)
    names = [words for words, url in shown.links if url.startswith(LIST) and url != LIST]
    assert names[:2] == ["Smart Compose in Gmail", "Recommendations at Netflix"]
    assert len(names) == 20
    assert shown.text.count("Not begun") == 20


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_no_page_before_the_analysis_holds_the_reference(case: object, page: Client, priya: Learner) -> None:
    assert hasattr(case, "id")
    edit = f"{LIST}{case.id}/"
    sent = {"problem": "Half a guess.", "revision": "0", "window": "w"}
    answers = [
        page.get(LIST),
        page.get(edit),
        page.post(f"{edit}save/", sent),
        page.post(edit, sent),
        page.get(f"{edit}compare/", follow=True),
    ]
    answers += [page.post(edit, {**sent, "do": "later"}, follow=True), page.get(f"{edit}case.pdf")]
    everything = "\n".join(answer.content.decode() for answer in answers)
    secret = [statement.text for part in PARTS for statement in case.parts[part.id]]  # type: ignore[attr-defined]
    assert [text for text in secret if text in everything] == []


def test_a_thin_analysis_is_refused_with_its_place_and_kept(page: Client, priya: Learner) -> None:
    refused = press(page, visit(page, EDIT), FINISH, problem="Too much choice.")
    assert refused.status == 422
    assert "Data: write 5 words or more" in refused.text
    assert f"{LEAST_WORDS} are the least" in refused.text
    assert visit(page, EDIT).form(FINISH).values["problem"] == "Too much choice."
    assert visit(page, COMPARE).path == EDIT
    assert CaseAnalysis.objects.get().kept_at is None


def test_what_is_needed_is_enough(page: Client, priya: Learner) -> None:
    shown = press(page, visit(page, EDIT), FINISH, **{name: "word " * 20 for name in NEEDED})
    assert shown.path == COMPARE


def test_after_it_each_part_stands_beside_the_reference(page: Client, priya: Learner) -> None:
    shown = finish(page)
    assert shown.path == COMPARE
    for text in REFERENCE:
        assert text in shown.text
    assert MINE["bias"].strip() in shown.text
    assert "checked by nobody else" in shown.text
    assert "10.1145/2843948" in shown.text
    assert visit(page, EDIT).path == COMPARE


def test_what_was_written_before_stays_as_it_was(page: Client, priya: Learner) -> None:
    finish(page)
    later = page.post(f"{EDIT}save/", {"problem": "I knew it all along.", "revision": "1", "window": "w"})
    assert later.status_code == 400
    page.post(EDIT, {"problem": "I knew it all along."})
    assert CaseAnalysis.objects.get().texts["problem"] == MINE["problem"].strip()


def test_it_is_recorded_after_it_was_compared(page: Client, priya: Learner) -> None:
    finish(page)
    assert "Not compared yet: Problem" in visit(page, COMPARE).text
    assert visit(page, f"{EDIT}record/", {}, "post").status == 400
    assert "what it means for your own product" in compared(page, lesson="").text
    entry = press(page, compared(page), "Record the analysis")
    first = priya.entries.get()
    assert (first.kind, first.activity_id) == ("case-analysis", "w21-successes")
    assert first.facts == {"outcome": "success", "sources": len(NETFLIX.sources)}
    assert MINE["privacy"].strip() in first.body
    assert "- Problem: I had it" in first.body
    assert entry.path == f"/evidence/{first.number}/"
    assert "Recorded so far: 1 success and 0 failures" in visit(page, LIST).text
    assert "is the analysis as it stands" in visit(page, COMPARE).text
    compared(page, lesson="Another lesson that is long enough to be one.")
    press(page, visit(page, COMPARE), "Record a new version")
    assert priya.entries.last().revises == first  # type: ignore[union-attr]


def test_two_windows_do_not_overwrite_each_other(page: Client, priya: Learner) -> None:
    assert page.post(f"{EDIT}save/", {"problem": "From one", "revision": "0", "window": "one"}).status_code == 200
    other = page.post(f"{EDIT}save/", {"problem": "From two", "revision": "0", "window": "two"})
    assert other.status_code == 409
    assert "From one" in other.content.decode()
    refused = visit(page, EDIT, {"problem": "From two", "revision": "0", "window": "two", "do": "finish"}, "post")
    assert "Another window has changed the analysis" in refused.text
    assert refused.form(FINISH).values["problem"] == "From two"
    assert CaseAnalysis.objects.get().texts["problem"] == "From one"


def test_a_verdict_that_is_none_is_refused(page: Client, priya: Learner) -> None:
    finish(page)
    refused = visit(page, COMPARE, {"point_problem": "won", "lesson": "Kept"}, "post")
    assert refused.status == 422
    assert refused.form(KEEP).values["lesson"] == "Kept"


def test_hostile_words_stay_words_and_the_pdf_has_both(page: Client, priya: Learner) -> None:
    shown = finish(page, problem="<script>alert(1)</script> and five words more of it " + "w" * 400)
    assert "<script>alert" not in shown.html
    if pdf.is_available():
        assert page.get(f"{EDIT}case.pdf").content.startswith(b"%PDF")


def test_what_is_not_there_or_not_ones_own(
    page: Client, priya: Learner, client_of: Callable[[Learner], Client], make_learner: Callable[..., Learner]
) -> None:
    finish(page)
    sam = client_of(make_learner("Sam"))
    assert visit(sam, COMPARE).path == EDIT
    assert visit(sam, f"{EDIT}case.pdf").status == 404
    assert visit(page, f"{LIST}enron/").status == 404


def test_queries_do_not_grow_with_cases(page: Client, priya: Learner) -> None:
    few = queries_of(page, LIST)
    for case in cases()[:10]:
        page.post(f"{LIST}{case.id}/save/", {"problem": "A guess.", "revision": "0", "window": "w"})
    assert queries_of(page, LIST) == few
