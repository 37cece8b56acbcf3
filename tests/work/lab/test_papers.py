"""Model card and datasheet: what a person answers, two windows, and all files to take away."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.shared.pdf import is_available
from segue.work.lab import folders
from segue.work.lab.actions.papers import Typed, keep_answers
from segue.work.lab.actions.runs import remove
from segue.work.lab.exports import _unlike
from segue.work.lab.models import Analysis, Purpose
from segue.work.lab.papers import DATASHEET, MODEL_CARD, papers_of
from segue.work.lab.pieces.making import piece_of
from segue.work.lab.queries.papers import answered_of, suggestions_of
from segue.work.lab.queries.versions import next_run
from segue.work.lab.results_paper import results_markdown
from segue.work.lab.themes import themes_of
from tests.browsing import press, visit

needs_pdf = pytest.mark.skipif(not is_available(), reason="the extra “pdf” is not installed")


def url(analysis: Analysis, rest: str = "") -> str:
    return f"/lab/{analysis.pk}/papers/{rest}"


def save(page: Client, analysis: Analysis, window: str, revision: int, **texts: str) -> tuple[int, str]:
    sent = {f"answer_{key.replace('_', '-')}": text for key, text in texts.items()} | {"revision": str(revision)}
    answer = page.post(url(analysis, f"model-card/save/?window={window}"), sent)
    return answer.status_code, answer.content.decode()


# --- answers ---


@pytest.mark.slow
def test_questions_stand_under_their_sections_and_the_run_fills_in_what_it_knows(page: Client, done: Analysis) -> None:
    from feedback_lab.card.notes import QUESTIONS

    papers = papers_of(done)
    assert [len(paper.sections) for paper in papers.values()] == [9, 7]
    assert {question.key for paper in papers.values() for question in paper.questions} == set(QUESTIONS)
    shown = {slug: visit(page, url(done, f"{slug}/answers/")) for slug in papers}
    for slug, paper in papers.items():
        for question in paper.questions:
            assert question.asks in shown[slug].text
    values = shown[DATASHEET].form("Keep the answers").values
    assert values["answer_retention"] == suggestions_of(done)["retention"] == "Until 23 November 2027, when all of it is deleted."
    assert values["answer_raw-data"].startswith("No. The file as it came was deleted")
    assert papers[DATASHEET].answered == 0, "what is filled in counts when a person has kept it"


@pytest.mark.slow
def test_answers_are_kept_and_the_next_run_takes_them(page: Client, done: Analysis) -> None:
    shown = visit(page, url(done, "model-card/answers/"))
    kept = press(page, shown, "Keep the answers", **{"answer_harms": "Nobody.\n\nI think.", "answer_contact": "  Marco "})
    assert "The answers are kept." in kept.text
    assert "4 of 14" in kept.text
    done.refresh_from_db()
    assert done.notes == {
        "owner": "Priya",
        "training-rights": "The texts are public, under a licence.",
        "harms": "Nobody.\n\nI think.",
        "contact": "Marco",
    }
    assert "answers of the model card and the datasheet" in visit(page, url(done)).text
    emptied = visit(page, url(done, "model-card/answers/"))
    press(page, emptied, "Keep the answers", answer_harms="  ")
    done.refresh_from_db()
    assert "harms" not in done.notes


@pytest.mark.slow
def test_what_is_typed_is_saved_and_too_much_is_told(page: Client, done: Analysis) -> None:
    assert save(page, done, "aaaa", 0, harms="Half a sent", owner="Priya")[0] == 200, "the owner was filled in by the run"
    done.refresh_from_db()
    assert done.notes == {"harms": "Half a sent"}
    status, told = save(page, done, "aaaa", 0, harms="x" * 4_001)
    assert status == 422
    assert "Who could be harmed by its mistakes, and how? This has 4,001 characters" in told
    shown = press(page, visit(page, url(done, "model-card/answers/")), "Keep the answers", answer_harms="x" * 4_001)
    assert shown.status == 422
    assert shown.form("Keep the answers").values["answer_harms"] == "x" * 4_001
    done.refresh_from_db()
    assert done.notes == {"harms": "Half a sent"}


@pytest.mark.slow
def test_two_windows_on_different_questions_both_count(page: Client, done: Analysis) -> None:
    assert save(page, done, "aaaa", 0, harms="From A", contact="")[0] == 200
    assert save(page, done, "bbbb", 0, harms="", contact="From B")[0] == 200
    assert save(page, done, "aaaa", 0, harms="From A, more", contact="")[0] == 200
    done.refresh_from_db()
    assert done.notes == {"harms": "From A, more", "contact": "From B"}


@pytest.mark.slow
def test_two_windows_on_one_question_lose_neither_text(page: Client, done: Analysis) -> None:
    shown = visit(page, url(done, "model-card/answers/"))
    save(page, done, "aaaa", 0, harms="From <b>A</b>")
    status, told = save(page, done, "bbbb", 0, harms="From B", contact="Also B")
    assert status == 409
    assert escape("From <b>A</b>") in told
    done.refresh_from_db()
    assert done.notes == {"harms": "From <b>A</b>", "contact": "Also B"}
    pressed = press(page, shown, "Keep the answers", answer_harms="From B", answer_contact="Also B")
    assert "Another window had answered some of these otherwise" in pressed.text
    assert "From <b>A</b>" in pressed.text
    done.refresh_from_db()
    assert done.notes["harms"] == "From B"
    press(page, pressed, "Keep the answers", answer_harms="From B and A")
    assert answered_of(done).other == {}


def _keep(analysis: Analysis, window: str, revision: int, text: str, *, pressed: bool = False) -> dict[str, str]:
    return keep_answers(analysis, Typed({"owner": text}, revision, window), pressed=pressed)


def test_a_window_that_changed_nothing_overwrites_nothing(bring: object) -> None:
    analysis: Analysis = bring(b"comment\n")  # type: ignore[operator]
    assert _keep(analysis, "a", 0, "First") == {}
    seen = answered_of(analysis).revision
    assert _keep(analysis, "b", seen, "Second") == {}
    assert _keep(analysis, "c", seen, "First", pressed=True) == {}, "it stood there when the window was opened"
    assert _keep(analysis, "c", 0, "Priya", pressed=True) == {}, "the run had filled it in"
    assert analysis.notes == {"owner": "Second"}
    assert _keep(analysis, "c", seen, "Third") == {"owner": "Second"}
    assert analysis.notes == {"owner": "Second"}
    assert _keep(analysis, "c", seen, "Third", pressed=True) == {"owner": "Second"}
    assert (analysis.notes, answered_of(analysis).other) == ({"owner": "Third"}, {"owner": "Second"})
    assert _keep(analysis, "c", seen, "Third, mended") == {}, "a window goes on from what it saved itself"
    assert answered_of(analysis).other == {}


def test_answers_survive_the_loss_of_their_history(bring: object) -> None:
    analysis: Analysis = bring(b"comment\n")  # type: ignore[operator]
    _keep(analysis, "a", 0, "First")
    folders.clear(analysis)
    assert _keep(analysis, "b", 5, "Second") == {}
    assert analysis.notes == {"owner": "Second"}
    remove(analysis)
    assert not folders.folder_of(analysis).exists()


# --- what it looks like ---


@pytest.mark.slow
def test_the_papers_use_the_answers_as_they_are_now(page: Client, done: Analysis) -> None:
    done.notes = {"harms": "Nobody <script>alert(1)</script>, [I](javascript:alert(2)) think"}
    done.save()
    shown = visit(page, url(done, "model-card/"))
    assert "<script>alert" not in shown.html
    assert not [address for _, address in shown.links if address.startswith("javascript")]
    assert "Nobody <script>alert(1)</script>, [I](javascript:alert(2)) think" in shown.text
    for form, piece in (("html", b"Nobody &lt;script&gt;"), ("md", b"Nobody &lt;script&gt;")):
        answer = page.get(url(done, f"model-card/as/{form}/"))
        assert piece in answer.content
        assert answer["Content-Disposition"] == f'attachment; filename="model-card-shop-version-1.{form}"'
    for rest in ("model-card/as/docx/", "letter/", "letter/answers/", "letter/as/html/"):
        assert page.get(url(done, rest)).status_code == 404


@pytest.mark.slow
@needs_pdf
@pytest.mark.parametrize("rest", ["papers/model-card/as/pdf/", "papers/datasheet/as/pdf/", "results/"])
@pytest.mark.parametrize("which", ["done", "five"])
def test_a_pdf_is_made_of_the_shop_and_of_five_hostile_rows(
    page: Client, request: pytest.FixtureRequest, which: str, rest: str
) -> None:
    analysis: Analysis = request.getfixturevalue(which)
    answer = page.get(f"/lab/{analysis.pk}/{rest}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.slow
def test_the_results_say_who_may_see_them_and_what_not_to_use_them_for(done: Analysis, five: Analysis) -> None:
    text = results_markdown(done)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    wanted = ["Before you read", "The data", "Themes", "Can it be predicted?", "Where it is wrong", "What not to use it for"]
    assert headings == wanted
    assert "They may be seen by those whom the licence of the data allows" in text
    assert "240 of 240 rows have a text and are in." in text
    assert results_markdown(five).count("This run left it out:") == 3


# --- rows ---


@pytest.mark.slow
def test_rows_as_csv_have_theme_label_and_prediction_and_redacted_texts(page: Client, done: Analysis) -> None:
    done.marks.create(purpose=Purpose.OWN, row=3, value="=late", at=timezone.now())
    answer = page.get(f"/lab/{done.pk}/rows/as/csv/")
    raw = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert raw.startswith("\ufeffrow,text,")
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 241)]
    assert rows[2]["label by hand"] == "'=late"
    assert {row["theme"] for row in rows} - {""} == {theme.name for theme in themes_of(done).themes}
    assert sum(1 for row in rows if row["predicted (test rows)"]) > 0
    assert "@example.com" not in raw
    assert "[EMAIL]" in raw
    assert answer["Content-Disposition"] == 'attachment; filename="rows-shop-version-1.csv"'
    assert page.get(f"/lab/{done.pk}/rows/as/xlsx/").status_code == 404


@pytest.mark.slow
def test_rows_as_parquet_are_the_same_rows(page: Client, done: Analysis, tmp_path: Path) -> None:
    from feedback_lab.parts import read_table

    answer = page.get(f"/lab/{done.pk}/rows/as/parquet/")
    (tmp_path / "rows.parquet").write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    table = read_table(tmp_path / "rows.parquet")
    assert table["row"].tolist() == list(range(1, 241))
    assert table["rating"].dtype == float
    assert not any("@example.com" in text for text in table["text"].tolist())


@pytest.mark.slow
def test_no_cell_of_hostile_rows_runs_as_a_formula(page: Client, five: Analysis) -> None:
    raw = b"".join(page.get(f"/lab/{five.pk}/rows/as/csv/").streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(raw.removeprefix("\ufeff"))))
    assert len(rows) == 6
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)


def test_a_column_of_the_file_never_takes_the_name_of_another() -> None:
    taken = {"row": 1, "Text": 1, "text (2)": 1}
    assert [_unlike(name, taken) for name in ("size", "ROW", "text")] == ["size", "ROW (2)", "text (3)"]


# --- evidence ---


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "sections"), [("model-card", 9), ("data-sheet", 7)])
def test_a_paper_begins_as_evidence_with_the_own_answers(
    page: Client, priya: Learner, done: Analysis, kind: str, sections: int
) -> None:
    empty, least = piece_of(done, kind), current().programme.kinds[kind].min_words
    assert empty is not None
    assert least is not None
    done.notes = suggestions_of(done)
    filled_in = piece_of(done, kind)
    assert filled_in is not None
    assert max(count_words(empty.body), count_words(filled_in.body)) < 0.8 * least, "the run alone must not pass for a paper"
    assert float(empty.facts["sections"]) < 2
    slug = MODEL_CARD if kind == "model-card" else DATASHEET
    done.notes = {question.key: f"My answer to {question.key}" for question in papers_of(done)[slug].questions}
    done.save()
    form = visit(page, f"/lab/{done.pk}/begin/{kind}/", {}, "post").form("Record").values
    assert form["fact_sections"] == str(sections)
    assert form["body"].count("## ") == sections
    for key in done.notes:
        assert f"My answer to {key}" in form["body"]
    if kind == "data-sheet":
        assert (form["fact_rows"], form["fact_fields"]) == ("240", str(piece_of(done, kind).facts["fields"]))  # type: ignore[union-attr]
    assert priya.drafts.count() == 1


@pytest.mark.slow
def test_without_a_model_there_is_no_card_of_one(page: Client, five: Analysis) -> None:
    assert piece_of(five, "model-card") is None
    assert piece_of(five, "data-sheet") is not None
    shown = visit(page, url(five))
    assert "0 of 14" in shown.text
    assert next_run(five).changed == ()
    assert "This run recommends no model." in visit(page, url(five, "model-card/")).text
