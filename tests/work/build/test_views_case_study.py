"""The case study from what there is to a document that may leave, and to the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import Work, record_work, withdraw
from segue.schedule.queries import turn_of
from segue.shared import pdf
from segue.work.build.actions.case_study import keep_case, record_case
from segue.work.build.actions.charter import keep_charter
from segue.work.build.actions.decisions import log_decision
from segue.work.build.queries import case_study as queries
from segue.work.lab.figures import RunFigure
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.work.build.conftest import FakeRuns
from tests.work.build.sheets import SHEET, TOLD

CASE, EDIT, LEAVE = "/build/case-study/", "/build/case-study/edit/", "/build/case-study/leave/"
LONG = "It is the question that the team has asked since the spring, and nobody has read more than ten comments. "
TEXTS = {
    "title": "Why clothes come back",
    "problem": LONG * 6,
    "options": "- A word list: too coarse\n- Stars: they say nothing of size",
    "decision": LONG * 3,
    "result": f"It reached {{score}} on {{test_rows}} rows; always the same answer reaches {{baseline}}. {LONG * 3}",
    "redo": LONG * 3,
}


def write(page: Client, **changes: str) -> Page:
    return press(page, visit(page, EDIT), "Keep it", **{**TEXTS, **changes})


def take(page: Client, runs: FakeRuns, version: int = 1) -> None:
    assert page.post(f"{CASE}figures/", {"run": f"{runs.analysis.pk}:{version}"}).status_code == 302


def guard(page: Client, *ticks: str, **typed: str) -> Page:
    return visit_list(page, {"guarded": typed.get("guarded", ""), "do": typed.get("do", "md")}, ticks)


def visit_list(page: Client, sent: dict[str, str], ticks: tuple[str, ...]) -> Page:
    response = page.post(LEAVE, {**sent, "tick": ["no-rows", *ticks]})
    return Page(response.status_code, LEAVE, response.content.decode())


def test_it_begins_from_charter_decisions_and_log(page: Client, priya: Learner, runs: FakeRuns) -> None:
    keep_charter(priya, SHEET)
    log_decision(priya, TOLD)
    body = (
        "## What surprised me\nLittle.\n## What failed\nThe first sum.\n## What I would do differently\nAsk sooner. "
        + "word " * 20
    )
    record_work(priya, Work("log", "Week 9", MONDAY, "w09-charter", (), body))
    form = visit(page, visit(page, "/build/").link("Case study"))
    assert form.path == EDIT
    sent = form.form("Keep it").values
    assert sent["title"] == SHEET.title
    assert SHEET.problem.strip() in sent["problem"]
    assert sent["options"].split("\n") == [f"- {option}" for option in TOLD["options"]]  # type: ignore[attr-defined]
    assert str(TOLD["choice"]) in sent["decision"]
    assert "The first sum." in sent["redo"]
    assert "Ask sooner." in sent["redo"]
    assert "Little." not in sent["redo"]
    assert "{score}" not in sent["result"]
    run = f"{runs.analysis.pk}:1"
    page.post(EDIT, {**sent, "redo": "Mine.", "run": run})
    again = visit(page, EDIT).form("Keep it").values
    assert "{model} reached {score}. The baseline reached {baseline}." in again["result"]  # untouched, so begun anew
    assert again["redo"] == "Mine."
    old = page.post(f"{EDIT}save/", {**sent, "revision": "1", "window": "other", "redo": "An old window."})
    assert old.status_code == 409  # what was begun anew is not overwritten by a window from before


def test_the_activity_leads_to_it(page: Client) -> None:
    links = visit(page, "/activity/w13-case-study/").links
    assert [url for words, url in links if words.startswith("Write it")] == [CASE]


def test_numbers_are_those_of_the_run_and_a_newer_one_changes_them(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page)
    unknown = visit(page, CASE)
    assert "No figure of this name" in unknown.text
    assert page.post(f"{CASE}record/").status_code == 400
    assert not priya.entries.filter(kind="case-study").exists()
    take(page, runs)
    shown = visit(page, CASE)
    assert "No figure of this name" not in shown.text
    assert "It reached 0.65 (0.63 to 0.67) on 400 rows" in shown.text
    assert "Version 1 of the run on acme_reviews.csv" in shown.section("Where the figures come from")
    entry = press(page, shown, "Record the case study")
    first = priya.entries.get(kind="case-study")
    assert entry.heading == TEXTS["title"]
    assert first.facts == {"options": 2, "figures": 3, "data": "real"}
    assert (first.activity_id, first.competencies) == ("w13-case-study", ["T", "C8", "C4"])
    assert page.post(f"{CASE}record/").status_code == 400
    runs.add("0.71 (0.69 to 0.73)", 0.71)
    newer = press(page, visit(page, CASE), "Take the figures of version 2")
    assert "It reached 0.71 (0.69 to 0.73) on 400 rows" in newer.text
    assert "Take the figures of version" not in newer.text
    press(page, newer, "Record it as a new version")
    second = priya.entries.filter(kind="case-study").last()
    assert second is not None
    assert second.revises == first
    first.refresh_from_db()
    assert "0.65 (0.63 to 0.67)" in first.body
    assert "0.71 (0.69 to 0.73)" in second.body
    assert f"`{'2' * 16}`" in second.body
    turn = turn_of(priya)
    assert turn is not None
    assert [wanted.kind for wanted in turn.progress["w13-case-study"].ahead] == ["log"]


def test_a_newer_version_brings_its_model_with_its_score(page: Client, runs: FakeRuns) -> None:
    take(page, runs)
    press(page, visit(page, EDIT), "Keep it")
    assert "“linear” reached 0.65" in visit(page, CASE).text
    runs.add("0.71 (0.69 to 0.73)", 0.71, "neighbours")
    newer = press(page, visit(page, CASE), "Take the figures of version 2")
    assert "“neighbours” reached 0.71" in newer.text
    assert "linear" not in newer.text


def test_a_version_written_in_the_ledger_is_not_the_case_study_as_it_stands(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page)
    take(page, runs)
    press(page, visit(page, CASE), "Record the case study")
    first = priya.entries.get(kind="case-study")
    by_hand = record_work(priya, Work("case-study", "Other", MONDAY, "w13-case-study", (), "It reached 0.99."), revises=first)
    shown = visit(page, CASE)
    assert f"Entry {by_hand.number}" in shown.text
    assert "the case study as it stands" not in shown.text
    press(page, shown, "Record it as a new version")
    newest = priya.entries.get(revises=by_hand)
    assert newest.body == first.body
    assert f"Entry {newest.number} of" in visit(page, CASE).text
    assert "is the case study as it stands" in visit(page, CASE).text
    assert page.post(f"{CASE}record/").status_code == 400


def test_figures_outlive_the_files_of_their_run(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page)
    take(page, runs)
    runs.versions.clear()
    assert "It reached 0.65 (0.63 to 0.67)" in visit(page, CASE).text
    assert page.post(f"{CASE}figures/", {"run": f"{runs.analysis.pk}:1"}).status_code == 400
    for run in ("", "x", "99:1", f"{runs.analysis.pk}"):
        assert page.post(f"{CASE}figures/", {"run": run}).status_code == 400


def test_another_run_of_the_same_number_is_no_newer_version(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page)
    take(page, runs)
    runs.add()
    assert "Take the figures of version 2" in visit(page, CASE).text
    priya.case_study.refresh_from_db()
    priya.case_study.figures = priya.case_study.figures | {"manifest_sha256": "f" * 64}
    priya.case_study.save()
    assert "Take the figures of version 2" not in visit(page, CASE).text


def test_numbers_typed_by_hand_are_told_and_block_nothing(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page, result="It reached 0.72 on {test_rows} rows, 0.65 at first.", problem="Of 5,000 returns.")
    take(page, runs)
    assert "0.72: no figure of the run says so." in visit(page, CASE).text
    press(page, visit(page, CASE), "Record the case study")
    assert priya.entries.filter(kind="case-study").count() == 1


def test_a_short_one_is_recorded_and_told(page: Client, priya: Learner) -> None:
    write(page, **dict.fromkeys(("options", "decision", "result", "redo"), ""), problem="Short.")
    told = press(page, visit(page, CASE), "Record the case study")
    assert "It counts from 300 words on" in told.text
    withdraw(priya.entries.get(kind="case-study"), MONDAY, "Too short")
    press(page, visit(page, CASE), "Record the case study")
    assert priya.entries.filter(kind="case-study", revises=None).count() == 2


def test_what_is_typed_is_saved_and_two_windows_lose_nothing(page: Client, priya: Learner) -> None:
    form = visit(page, EDIT).form("Keep it").values
    other = visit(page, EDIT).form("Keep it").values
    saved = page.post(f"{EDIT}save/", {**form, "problem": "One"}).json()
    assert page.post(f"{EDIT}save/", {**form, "problem": "One and more", **saved}).status_code == 200
    assert page.post(f"{EDIT}save/", {**form, "problem": "One, and more of it"}).status_code == 200  # its own window, sent late
    refused = page.post(f"{EDIT}save/", {**other, "problem": "Other"})
    assert refused.status_code == 409
    assert "One, and more of it" in refused.content.decode()
    pressed = visit(page, EDIT, {**other, "problem": "Other"}, "post")
    assert pressed.status == 422
    assert "Another window has changed the case study meanwhile." in pressed.text
    assert pressed.form("Keep it").values["problem"] == "Other"
    assert press(page, pressed, "Keep it").path == CASE
    priya.case_study.refresh_from_db()
    assert priya.case_study.texts["problem"] == ["Other"]


def test_too_long_a_part_is_told_and_stays(page: Client) -> None:
    refused = write(page, problem="x" * 10_001)
    assert refused.status == 422
    assert "10,000 is the most" in refused.text
    assert len(refused.form("Keep it").values["problem"]) == 10_001


# --- may this leave -----------------------------------------------------------------------------------------------------------


def test_nothing_leaves_before_every_line_is_answered(page: Client, priya: Learner, runs: FakeRuns) -> None:
    write(page, redo="Ask anna@example.com. She said “the zip broke on the very first day” to us.")
    take(page, runs)
    shown = visit(page, LEAVE)
    assert "agreed in writing" in shown.text
    for sort in ("md", "html", "pdf"):
        refused = guard(page, do=sort)
        assert refused.status == 422
        for line in (
            "What I would do differently: “anna@example.com” looks like personal data",
            "“the zip broke on the very first day” looks like somebody’s own words",
            "Real customer data: say that what may be shown outside was agreed in writing.",
            "No word is guarded.",
        ):
            assert line in refused.text
    found = guard(page, guarded="Acme", do="check")
    assert found.status == 200
    priya.case_study.refresh_from_db()
    assert priya.case_study.guarded == ["Acme"]
    refused = guard(page, "agreed", guarded="Acme")
    assert "Where the figures come from: the guarded word “Acme” stands in" in refused.text
    write(page, redo="I would ask sooner.", file_name="reviews.csv")
    assert guard(page, guarded="Acme").status == 422  # the tick is asked for each time
    out = page.post(LEAVE, {"guarded": "Acme", "tick": ["agreed", "no-rows"], "do": "md"})
    assert out.status_code == 200
    assert out["Content-Disposition"] == 'attachment; filename="why-clothes-come-back.md"'
    assert "It reached 0.65 (0.63 to 0.67) on 400 rows" in out.content.decode()
    assert "acme" not in out.content.decode().lower()


def test_only_what_a_person_may_judge_may_stay(page: Client, runs: FakeRuns) -> None:
    write(page, redo="My name is Bob. Write to anna@example.com. “Size is a matter of taste, she said”", result="None.")
    stays = ["personal:Bob", "personal:anna@example.com", "quote:Size is a matter of taste, she said"]
    refused = page.post(LEAVE, {"guarded": "Acme", "tick": "agreed", "stays": stays, "do": "md"})
    assert refused.status_code == 422
    said = Page(422, LEAVE, refused.content.decode())
    assert "anna@example.com” looks like personal data" in said.text
    assert "Bob” looks like" not in said.text
    assert "looks like somebody’s own words" not in said.text


@pytest.mark.parametrize("permission", ["licence", "example"])
def test_public_data_needs_no_agreement(page: Client, make_runs: object, permission: str) -> None:
    runs = make_runs(permission)  # type: ignore[operator]
    write(page)
    take(page, runs)
    assert page.post(LEAVE, {"guarded": "Contoso", "tick": "no-rows", "do": "md"}).status_code == 200
    assert "agreed in writing" not in visit(page, LEAVE).text


def test_a_figure_that_is_not_there_keeps_it_in(page: Client, runs: FakeRuns) -> None:
    write(page, result="It reached {scores}.")
    take(page, runs)
    refused = guard(page, "agreed", guarded="Contoso")
    assert refused.status == 422
    assert "The run has no figure for {scores}. Take one of the list beside the text." in refused.text


def test_the_web_page_works_alone_and_hostile_words_stay_words(page: Client) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    write(page, title=f"Why {bad}", problem=f"{bad} [a](javascript:alert(3))", result="None.")
    for path in (CASE, EDIT, LEAVE):
        shown = visit(page, path)
        assert "<script>alert" not in shown.html
        assert "<img" not in shown.html
    out = page.post(LEAVE, {"guarded": "Contoso", "tick": "no-rows", "do": "html"})
    html = out.content.decode()
    assert out.status_code == 200
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<h2>Problem</h2>" in html
    assert "http" not in html.split("<main>")[0]
    assert "<p>Priya</p>" in html
    assert "Priya" not in page.post(LEAVE, {"guarded": "Contoso\nPriya", "tick": "no-rows", "do": "html"}).content.decode()


@pytest.mark.skipif(not pdf.is_available(), reason="the extra pdf is not installed")
def test_the_pdf_for_oneself_is_marked_and_needs_no_gate(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write(page, redo="Ask anna@example.com.")
    private = page.get(f"{CASE}private.pdf")
    assert private.content.startswith(b"%PDF")
    marks: list[dict[str, object]] = []

    def fake(text: str, title: str, **more: object) -> bytes:
        marks.append(more)
        return b"%PDF"

    monkeypatch.setattr("segue.work.build.views.case_study.pdf_of", fake)
    page.get(f"{CASE}private.pdf")
    assert marks[0]["footer"] == "Private draft: not to be passed on"
    write(page, redo="I would ask sooner.", result="None.")
    assert page.post(LEAVE, {"guarded": "Contoso", "tick": "no-rows", "do": "pdf"}).status_code == 200
    assert marks[1]["footer"] == ""


def test_without_the_typesetter_the_page_says_so(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write(page)
    monkeypatch.setattr("segue.work.build.views.case_study.is_available", lambda: False)
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    assert "private draft" not in visit(page, CASE).text
    assert "lacks the extra “pdf”" in visit(page, LEAVE).text
    assert page.get(f"{CASE}private.pdf").status_code == 400


def test_without_the_lab_a_person_looks(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segue.work.build.queries.case_study.found_in", lambda text: None)
    write(page, result="None.")
    refused = guard(page, guarded="Contoso")
    assert "nobody looked for personal data" in refused.text
    assert guard(page, "by-hand", guarded="Contoso").status == 200


def test_what_is_printed_is_looked_at_too(page: Client) -> None:
    write(page, problem="Acme&nbsp;Corp. ana&#64;example.com an*b*@example.com anc\\@example.com", result="None.")
    refused = guard(page, guarded="Acme Corp")
    assert refused.status == 422
    for line in (
        "the guarded word “Acme Corp” stands in",
        *(f"“{who}@example.com” looks like personal data" for who in ("ana", "anb", "anc")),
    ):
        assert refused.text.count(line) == 1, line


def test_without_rows_nobody_has_compared_and_a_person_looks(
    page: Client, runs: FakeRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page, result="It came as a surprise to all of us.", file_name="reviews.csv")
    take(page, runs)
    sent = {"guarded": "Contoso", "tick": ["agreed"], "do": "md"}
    refused = Page(422, LEAVE, page.post(LEAVE, sent).content.decode())
    assert "No rows were there to compare with, so nobody looked for words of customers. Look for them" in refused.text
    assert "No guarded word, no personal data that patterns can see." in refused.text
    assert "nobody’s own words" not in refused.text
    assert page.post(LEAVE, {**sent, "tick": ["agreed", "no-rows"]}).status_code == 200
    said = "came as a surprise"
    monkeypatch.setattr(queries, "quoted_anywhere", lambda learner, *texts: tuple((said,) * (said in each) for each in texts))
    refused = Page(422, LEAVE, page.post(LEAVE, sent).content.decode())
    assert refused.text.count("“came as a surprise” looks like somebody’s own words") == 1
    assert "No rows were there" not in refused.text
    monkeypatch.setattr(queries, "quoted_anywhere", lambda learner, *texts: ((),) * len(texts))
    assert "no personal data that patterns can see, nobody’s own words." in visit(page, LEAVE).text
    assert page.post(LEAVE, sent).status_code == 200


def test_names_of_the_run_are_looked_at(page: Client, runs: FakeRuns) -> None:
    name = RunFigure("largest_theme", "Rows of the theme “bob@example.com”", "18.2%", 0.182, "results/themes.json")
    runs.versions[1] = replace(runs.versions[1], file_name="anna@example.com.csv", figures=(name,))
    write(page, result="It is {largest_theme}.")
    take(page, runs)
    refused = guard(page, "agreed", guarded="Contoso")
    assert refused.status == 422
    for line in ("Name of the file: “anna@example.com", "Where the figures come from: “bob@example.com”"):
        assert line in refused.text
    assert "Where the figures come from: the guarded word “example”" in guard(page, guarded="example").text


def test_two_windows_guard_the_words_of_both(page: Client, priya: Learner) -> None:
    write(page, result="Contoso.")
    first = visit(page, LEAVE).form("Look again").values
    guard(page, guarded="Contoso", do="check")
    sent = {"guarded": "Fabrikam", "seen": first["seen"], "tick": ["no-rows"]}
    refused = page.post(LEAVE, {**sent, "do": "md"})
    assert refused.status_code == 422
    shown = Page(422, LEAVE, refused.content.decode())
    assert "Another window guards other words." in shown.text
    assert "the guarded word “Contoso” stands in" in shown.text
    again = shown.form("Look again").values
    assert (again["guarded"].split(), again["seen"].split()) == (["Contoso", "Fabrikam"], ["Contoso", "Fabrikam"])
    long = page.post(LEAVE, {"guarded": "x" * 5000, "seen": "", "do": "md"}).content.decode()
    assert Page(422, LEAVE, long).form("Look again").values["seen"] == ""  # what was not shown is not said to be
    assert page.post(LEAVE, {**sent, "seen": again["seen"], "do": "md"}).status_code == 200  # seen, and taken out
    priya.case_study.refresh_from_db()
    assert priya.case_study.guarded == ["Fabrikam"]


def test_before_anything_is_written_there_is_nothing_to_send(page: Client, priya: Learner) -> None:
    assert visit(page, CASE).path == EDIT
    for answer in (page.get(LEAVE), page.post(LEAVE), page.get(f"{CASE}private.pdf"), page.post(f"{CASE}record/")):
        assert answer.status_code == 404
    keep_case(priya, {"title": ["Only a title"]}, 0, "w")
    assert visit(page, CASE).path == EDIT
    with pytest.raises(UserError):
        record_case(priya)
