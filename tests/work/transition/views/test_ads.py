"""The job ads through their pages: pasted or from a file, taken apart, a gap planned, left or taken up, the market, the board."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.files import store
from segue.evidence.models import Entry
from segue.schedule.actions import choose
from segue.schedule.models import Choice, ChoiceSort
from segue.work.transition.models import Application, GapTask, JobAd, Resume, ResumeVersion
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.transition.ledger import piece

LIST, ADD, MARKET, BOARD = "/transition/ads/", "/transition/ads/add/", "/transition/ads/market/", "/transition/applications/"
TEXT = """Senior Product Manager, AI
What you’ll do
- Own model cards and the roadmap with stakeholders
Requirements
- 5+ years of product management
- Experience with machine learning and privacy
- Red teaming
Nice to have
- Python
"""


def added(page: Client, text: str = TEXT, title: str = "Senior PM") -> Page:
    return press(page, visit(page, ADD), "Take it apart", "", title=title, company="Meridian", text=text)


def key() -> str:
    return JobAd.objects.latest("id").key


def test_nothing_is_there_at_first(page: Client) -> None:
    assert "No ad is here yet" in visit(page, LIST).text
    assert "No ad is here yet" in visit(page, MARKET).text
    assert "No application is here yet" in visit(page, BOARD).text


def test_an_ad_is_taken_apart(page: Client, priya: Learner) -> None:
    piece(priya, "run", "Run 1", ("C4",), files=(store("a.txt", "text/plain", [b"x"]),))
    Resume.objects.create(
        learner=priya,
        key="r",
        name="One",
        saved_at=f"{MONDAY}T12:00Z",
        document={"positions": [{"position": "Product Manager", "start": "2020-01", "bullets": [{"text": "GDPR work"}]}]},
    )
    shown = added(page)
    assert shown.heading == "Senior PM"
    assert "machine learning" in shown.section("Supported by evidence")
    assert "Run 1" in shown.section("Supported by evidence")
    assert "privacy" in shown.section("Claimed without evidence")
    gaps = shown.section("Gaps")
    assert gaps.index("red teaming") < gaps.index("model cards") < gaps.index("Python")
    assert "“Red teaming”" in gaps
    assert "Its title says senior; no résumé here names yours." in shown.text
    assert "It asks for 5 years; your résumé shows 6 years in product." in shown.text
    assert JobAd.objects.get().claimed == ["privacy", "product-management"]
    listed = visit(page, LIST)
    assert "3 musts of the trade" in listed.text
    assert "A stretch" in listed.text or "A fit with gaps" in listed.text or "Far off" in listed.text


def test_text_and_faults_are_kept(page: Client, priya: Learner) -> None:
    refused = press(page, visit(page, ADD), "Take it apart", "", title="", text="Too short")
    assert refused.status == 422
    assert "Give the title" in refused.text
    assert refused.form("Take it apart").values["text"] == "Too short"
    assert "Paste the text of the ad" in press(page, visit(page, ADD), "Take it apart", "", title="PM", text="Too short").text


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_an_ad_from_a_file(page: Client, priya: Learner, ending: str) -> None:
    content = TEXT if ending == "txt" else "<script>x</script><p>" + "</p><p>".join(TEXT.split("\n"))
    file = SimpleUploadedFile(f"ad.{ending}", content.encode())
    sent: dict[str, Any] = {"title": "PM", "found_on": MONDAY.isoformat(), "text": "", "attachments": file}
    assert page.post(ADD, sent).status_code == 302
    assert "Red teaming" in JobAd.objects.get().text
    assert "<" not in JobAd.objects.get().text


def test_a_file_that_can_not_be_read_is_told(page: Client, priya: Learner) -> None:
    sent: dict[str, Any] = {"title": "PM", "found_on": MONDAY.isoformat(), "attachments": SimpleUploadedFile("a.exe", b"MZ")}
    answer = page.post(ADD, sent)
    assert answer.status_code == 422
    assert "of a kind that is not read" in answer.content.decode()


def test_200_kb_and_german(page: Client, priya: Learner) -> None:
    assert added(page, "We need evals for LLMs. " * 8_300).status == 200
    german = "Wir suchen Sie.\nIhr Profil\n- Erfahrung mit der Evaluierung von Modellen und maschinellem Lernen\n"
    assert "This ad is in German" in added(page, german).text
    assert "No headings such as" in added(page, "You have shipped LLM products and you know Python very well.").text
    fox = "The quick brown fox jumps over the lazy dog, and over the fence."
    assert "No term was found" in added(page, fox, "Gardener").text


def test_edit_remove_and_undo(page: Client, priya: Learner) -> None:
    added(page)
    edited = press(page, visit(page, f"{LIST}{key()}/edit/"), "Keep the change", "", title="Principal PM")
    assert edited.heading == "Principal PM"
    before = JobAd.objects.values().get()
    Application.objects.create(learner=priya, ad=JobAd.objects.get(), state="applied", who="Ana", next_on=MONDAY, history=[])
    gone = press(page, visit(page, f"{LIST}{key()}/"), "Remove")
    assert not JobAd.objects.exists()
    back = press(page, gone, "Undo")
    assert back.heading == "Principal PM"
    assert {**JobAd.objects.values().get(), "id": 0} == {**before, "id": 0}
    assert Application.objects.get().who == "Ana"
    assert "another ad was removed since" in press(page, gone, "Undo").text


def plan_page(page: Client, term: str = "model-card") -> Page:
    return visit(page, f"{LIST}{key()}/gap/{term}/")


def test_a_gap_becomes_a_task(page: Client, priya: Learner) -> None:
    added(page)
    shown = plan_page(page)
    assert "A model card that shows model cards" in shown.form("Plan it").values["what"]
    after = press(page, shown, "Plan it")
    task = GapTask.objects.get()
    assert (task.subject, task.activity_id) == ("term:model-card", "w13-model-card")
    assert "Planned:" in after.section("Gaps")
    assert "model cards, asked for in an ad" in visit(page, "/transition/gaps/").text
    assert "planned by" in visit(page, MARKET).section("Which gap pays most")


def test_a_gap_is_left_with_a_reason(page: Client, priya: Learner) -> None:
    added(page)
    assert "Write why" in press(page, plan_page(page), "Leave it open").text
    after = press(page, plan_page(page), "Leave it open", "", reason="One ad of five")
    assert "One ad of five" in after.section("Gaps")
    assert GapTask.objects.get().closed_on == MONDAY


def test_a_skipped_activity_is_taken_up_again(page: Client, priya: Learner) -> None:
    added(page)
    choose(priya, ChoiceSort.SKIP, "w13-model-card")
    shown = plan_page(page)
    assert "skipped" in shown.text
    press(page, shown, "Take it up again")
    assert not Choice.objects.exists()


def test_a_day_that_has_passed_is_refused(page: Client, priya: Learner) -> None:
    added(page)
    refused = press(page, plan_page(page), "Plan it", "", due_on=(MONDAY - timedelta(days=1)).isoformat())
    assert refused.status == 422
    assert "This day has passed" in refused.text


def test_a_term_that_the_ad_does_not_ask_for_is_not_there(page: Client, priya: Learner) -> None:
    added(page)
    assert plan_page(page, "embeddings").status == 404


def test_the_market_over_several_ads(page: Client, priya: Learner) -> None:
    piece(priya, "run", "Run 1", ("C4",), files=(store("a.txt", "text/plain", [b"x"]),))
    added(page)
    added(page, "Requirements\n- Python, machine learning and model cards\n", "Another")
    added(page, "Nice to have\n- Python and a little of many other things\n", "A third")
    shown = visit(page, MARKET)
    gaps = shown.section("Which gap pays most")
    assert gaps.index("Python") < gaps.index("model cards") < gaps.index("red teaming")
    assert "3 ads together" in shown.text
    assert "supported" in shown.section("Terms of the trade")
    assert "These are few ads" in shown.text


def test_the_board(page: Client, priya: Learner) -> None:
    added(page)
    assert "Senior PM" in visit(page, BOARD).section("Ads about which nothing is noted")
    resume = Resume.objects.create(learner=priya, key="r", name="Search", saved_at=f"{MONDAY}T12:00Z")
    version = ResumeVersion.objects.create(learner=priya, resume=resume, key="v", number=3, made_at=f"{MONDAY}T12:00Z")
    form = visit(page, f"{BOARD}{key()}/")
    typed = {"state": "applied", "version": str(version.pk), "who": "Ana", "next_step": "Call her", "next_on": MONDAY.isoformat()}
    shown = press(page, form, "Keep it", "", **typed, says="Sent on Monday")
    assert "Search, version 3" in shown.section("Applied")
    assert "Due: Call her" in shown.section("Applied")
    press(page, visit(page, f"{BOARD}{key()}/"), "Keep it", "", state="rejected")
    row = Application.objects.get()
    assert [line["state"] for line in row.history] == ["applied", "rejected"]
    assert "Senior PM" in visit(page, BOARD).section("Over", until="\n# zzz")
    missing = press(page, visit(page, f"{BOARD}{key()}/"), "Keep it", "", next_step="", next_on=MONDAY.isoformat())
    assert "Say what is to be done" in missing.text


def test_a_version_of_somebody_else_is_refused(page: Client, priya: Learner, make_learner: Any) -> None:
    added(page)
    sam = make_learner("Sam")
    resume = Resume.objects.create(learner=sam, key="r", name="Sam", saved_at=f"{MONDAY}T12:00Z")
    version = ResumeVersion.objects.create(learner=sam, resume=resume, key="v", number=1, made_at=f"{MONDAY}T12:00Z")
    answer = page.post(f"{BOARD}{key()}/", {"state": "applied", "version": version.pk})
    assert answer.status_code == 422


def test_the_analysis_is_recorded(page: Client, priya: Learner) -> None:
    piece(priya, "run", "Run 1", ("C4",), files=(store("a.txt", "text/plain", [b"x"]),))
    added(page)
    press(page, plan_page(page, "red-teaming"), "Leave it open", "", reason="They have a team for it")
    added(page, "Requirements\n- Python, machine learning, prompts and evals of all sorts\n", "Another")
    press(page, visit(page, LIST), "Record the analysis", "", confidentiality="private")
    entry = Entry.objects.latest("number")
    assert (entry.kind, entry.activity_id, entry.competencies) == ("job-ads", "w23-job-ads", ["T"])
    assert set(entry.facts) == {"ads", "terms", "backed", "gaps"}
    assert entry.facts["ads"] == 2
    assert "left, because They have a team for it" in entry.body
    assert "- machine learning: done (entry 1)" in entry.body
    again = page.post(f"{LIST}record/", {"confidentiality": "private"})
    assert again.status_code == 400
    added(page, "Requirements\n- Synthetic data and a bit of everything else, always\n", "Third")
    press(page, visit(page, LIST), "Record a new version", "", confidentiality="private")
    assert Entry.objects.latest("number").revises == entry


def test_words_of_an_ad_are_shown_as_words(page: Client, priya: Learner) -> None:
    shown = added(page, "Requirements\n- Python <script>alert(1)</script> and \u202eright to left and more\n", "<b>PM</b>")
    assert "<script>alert" not in shown.html
    assert "&lt;script&gt;" in shown.html


def test_pages_need_few_queries(page: Client, priya: Learner) -> None:
    for n in range(4):
        added(page, TEXT, f"Ad {n}")
    few = [queries_of(page, url) for url in (LIST, MARKET, BOARD, f"{LIST}{key()}/")]
    for n in range(4):
        added(page, TEXT, f"More {n}")
    assert [queries_of(page, url) for url in (LIST, MARKET, BOARD, f"{LIST}{key()}/")] == few
