"""The Lab from the page: a file, its columns, the run, what it found, the evidence of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.files import path_of
from segue.jobs.models import Job, State
from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.making import piece_of
from segue.work.lab.pieces.run import COMPARISON, RUN, THEMES
from segue.work.lab.results import findings_of
from tests.browsing import Page, press, visit
from tests.feedback import shop_rows

LAB = "/lab/"
SMALL = b"comment,stars\n" + b"".join(f"Row {n} call me on +49 151 2345678{n},{n % 5 + 1}\n".encode() for n in range(9))


def bring_to(page: Client, data: bytes = SMALL, name: str = "small.csv", more: dict[str, object] | None = None) -> Page:
    sent = {
        "attachments": SimpleUploadedFile(name, data),
        "permission": "licence",
        "kept": "90",
        "question": "Why?",
        **(more or {}),
    }
    answer = page.post(f"{LAB}bring/", sent, follow=True)
    chain = answer.redirect_chain
    return Page(answer.status_code, chain[-1][0] if chain else f"{LAB}bring/", answer.content.decode())


def test_a_file_is_brought_its_columns_are_chosen_and_the_run_waits(page: Client, priya: Learner) -> None:
    assert "Nothing analysed yet" in visit(page, visit(page, "/build/").link("Lab")).text
    shown = bring_to(page)
    assert shown.heading == "What are the columns?"
    assert "9 rows, 9 with a text." in shown.text
    assert "PHONE" in shown.section("What is replaced before anything is stored")
    values = shown.form("Start the analysis").values
    assert (values["role_0"], values["role_1"]) == ("text", "rating")
    run = press(page, shown, "Start the analysis")
    assert "Waiting for the worker" in run.text
    analysis = priya.analyses.get()
    assert analysis.wishes == {"text": "comment", "time": "", "rating": "stars", "label": "", "segments": []}
    assert visit(page, f"{LAB}{analysis.pk}/columns/").path == f"{LAB}{analysis.pk}/"
    stopped = press(page, run, "Cancel")
    assert "It was cancelled, and nothing of the run was kept." in stopped.text
    assert visit(page, stopped.link("Look at the columns, and start again")).heading == "What are the columns?"
    gone = press(page, visit(page, stopped.path), "Delete everything of it")
    assert "Everything of “small.csv” is deleted" in gone.text
    assert not folders.folder_of(analysis).exists()
    assert "was deleted on" in visit(page, f"{LAB}{analysis.pk}/").text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"permission": "none"}, "Without permission no row is touched."),
        ({"permission": ""}, "This field is required."),
        ({"attachments": ""}, "Choose a file."),
        ({"attachments": SimpleUploadedFile("empty.csv", b"")}, "is empty: it has 0 bytes"),
        ({"kept": "1"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(page: Client, priya: Learner, more: dict[str, object], words: str) -> None:
    shown = bring_to(page, more=more)
    assert shown.status == 422
    assert words in shown.text
    assert not priya.analyses.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("half.xlsx", b"PK\x03\x04 cut off"),
        ("half.parquet", b"PAR1 cut off"),
        ("numbers.csv", b"a,b\n1,2\n3,4\n"),
        ("header.csv", b"comment,stars\n"),
        ("notes.pdf", b"%PDF-1.4"),
        ("../../etc/passwd", b"root:x:0:0\n"),
    ],
)
def test_a_file_that_is_no_feedback_is_told_with_the_way_out(page: Client, priya: Learner, name: str, data: bytes) -> None:
    shown = bring_to(page, data, name)
    assert shown.status == 422
    assert "This file can’t be read" in shown.heading
    assert "Traceback" not in shown.text
    analysis = priya.analyses.get()
    assert folders.raw_file(analysis).parent == folders.folder_of(analysis) / "raw"
    back = press(page, shown, "Delete it and bring another")
    assert back.path == LAB
    assert not folders.folder_of(analysis).exists()


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"role_0": "", "role_1": ""}, "No column is the text."),
        ({"role_0": "text", "role_1": "text"}, "2 columns are the text; one can be."),
        ({"role_1": "king"}, "king is not one of the available choices"),
        ({"role_0": "rating", "role_1": "text"}, "comment"),
    ],
)
def test_roles_that_make_no_sense_are_told(page: Client, roles: dict[str, str], words: str) -> None:
    shown = press(page, bring_to(page), "Start the analysis", **roles)
    assert shown.status == 422
    assert words in shown.text
    assert not Job.objects.exists()


def test_what_was_chosen_before_stands_there_again(page: Client, priya: Learner) -> None:
    run = press(page, bring_to(page), "Start the analysis", role_1="segment")
    stopped = press(page, run, "Cancel")
    again = visit(page, stopped.link("Look at the columns")).form("Start the analysis").values
    assert (again["role_0"], again["role_1"]) == ("text", "segment")


def test_a_run_is_started_once_from_two_windows(page: Client) -> None:
    shown = bring_to(page)
    press(page, shown, "Start the analysis")
    press(page, shown, "Start the analysis")
    assert Job.objects.filter(state=State.QUEUED).count() == 1


def test_hostile_cells_and_names_stay_words(page: Client) -> None:
    data = b'"<script>alert(1)</script>",stars\n"<img src=x onerror=alert(2)> mail me at a@b.com, it is a long comment",3\n' * 4
    shown = bring_to(page, data, "<b>x.csv")
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html


def test_progress_is_a_fragment_until_the_run_is_over(page: Client, priya: Learner) -> None:
    run = press(page, bring_to(page), "Start the analysis")
    fragment = page.get(run.path, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    Job.objects.update(state=State.RUNNING, progress=42, step="turn texts into vectors")
    assert "42 %" in page.get(run.path, headers={"HX-Request": "true"}).content.decode()
    Job.objects.update(state=State.FAILED, error="The file has no text.")
    assert page.get(run.path, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "The file has no text." in visit(page, run.path).text


@pytest.mark.slow
def test_what_the_run_found_is_shown_and_can_be_downloaded(page: Client, done: Analysis) -> None:
    shown = visit(page, f"{LAB}{done.pk}/")
    found = findings_of(done)
    assert "240 of 240 rows are in." in shown.text
    for theme in found.themes[:5]:
        assert theme.name in shown.section("Themes")
    for theme in found.themes:
        assert theme.name in visit(page, shown.link("All")).text
    assert found.recommended in shown.section("Can it be predicted?")
    assert {"/learn/concepts/topic-discovery/", "/learn/concepts/baseline/"} <= {url for _, url in shown.links}
    over = page.get(shown.path, headers={"HX-Request": "true"})
    assert (over["HX-Refresh"], over.content) == ("true", b""), "a whole page inside the page that watched the run"
    report = page.get(f"{LAB}{done.pk}/report/")
    assert report["Content-Disposition"].startswith("attachment")
    assert b"<html" in b"".join(report.streaming_content)  # type: ignore[attr-defined]
    assert "240 rows" in visit(page, LAB).text


@pytest.mark.slow
def test_a_run_becomes_evidence_with_its_own_figures(page: Client, priya: Learner, done: Analysis) -> None:
    shown = visit(page, visit(page, f"{LAB}{done.pk}/").link("record it as evidence"))
    press(page, shown, "Record the run")
    entry = priya.entries.get(kind=RUN)
    piece = piece_of(done, RUN)
    assert piece is not None
    assert entry.facts == piece.facts
    assert entry.activity_id == "w10-first-run"
    attachment = entry.attachments.get()
    kept = json.loads(path_of(attachment.sha256).read_bytes())
    assert kept["figures"] == piece.facts
    manifest = json.loads((folders.run_folder(done) / "manifest.json").read_text())
    assert kept["source"]["sha256"] == manifest["source_sha256"]
    assert "E1" in visit(page, f"/evidence/{entry.number}/").text


@pytest.mark.slow
@pytest.mark.parametrize("kind", [THEMES, COMPARISON])
def test_a_report_is_begun_from_the_run_and_overwrites_nothing(page: Client, priya: Learner, done: Analysis, kind: str) -> None:
    form = visit(page, f"{LAB}{done.pk}/begin/{kind}/", {}, "post")
    assert form.path.startswith("/evidence/new/?activity=")
    piece = piece_of(done, kind)
    assert piece is not None
    least = current().programme.kinds[kind].min_words
    assert least is not None
    assert count_words(piece.body) < 0.8 * least, "the figures alone must not pass for a report"
    sent = form.form("Record").values
    assert sent["body"].strip() == piece.body.strip()
    for name, value in piece.facts.items():
        assert sent[f"fact_{name}"] == str(value)
    draft = priya.drafts.get()
    draft.fields = {**draft.fields, "body": ["Mine"]}
    draft.save()
    assert visit(page, f"{LAB}{done.pk}/begin/{kind}/", {}, "post").form("Record").values["body"] == "Mine"


@pytest.mark.slow
def test_after_a_restore_without_its_files_the_page_says_so(page: Client, done: Analysis) -> None:
    folders.clear(done)
    assert "are not in this data folder" in visit(page, f"{LAB}{done.pk}/").text
    assert "not in this data folder" in visit(page, LAB).text
    assert page.post(f"{LAB}{done.pk}/record/run/").status_code == 404


@pytest.mark.slow
def test_only_pieces_of_a_finished_run(page: Client, done: Analysis, bring: Callable[..., Analysis]) -> None:
    open_one = bring(name="other.csv")
    assert page.post(f"{LAB}{done.pk}/begin/charter/").status_code == 404
    for path in ("record/run/", "begin/themes/"):
        assert page.post(f"{LAB}{open_one.pk}/{path}").status_code == 404
    assert page.get(f"{LAB}{open_one.pk}/report/").status_code == 404


def test_the_shop_is_what_the_tests_think_it_is() -> None:
    assert len(shop_rows()) == 240


def test_a_column_that_is_not_guessed_can_be_named(page: Client) -> None:
    data = b"id,verdict\n" + b"".join(f"{n},{'good' if n % 2 else 'bad'}\n".encode() for n in range(20))
    shown = bring_to(page, data)
    assert "This file can" in shown.heading
    again = visit(page, shown.path, {"text": "verdict"})
    assert again.heading == "What are the columns?"
    assert again.form("Start the analysis").values["role_1"] == "text"
    assert "There is no column" in visit(page, shown.path, {"text": "nothing"}).text
