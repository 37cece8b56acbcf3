"""A second labeller, from the sheet to settled labels and a model that learns from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.work.lab import folders
from segue.work.lab.label_replies import read_answer
from segue.work.lab.models import Analysis, LabellerSheet, Purpose
from segue.work.lab.queries.marks import gold_set, labels_of
from tests.browsing import Page, press, visit
from tests.chromium import chromium
from tests.work.lab.conftest import work_off
from tests.work.lab.labelling import TOPICS, TRUE, answer_to, draw, label, label_all, send

pytestmark = pytest.mark.slow


def test_a_second_labeller_answers_and_the_differences_are_settled(
    page: Client, done: Analysis, sheet: LabellerSheet, labelled: str
) -> None:
    assert len(set(sheet.rows)) == 50
    assert set(sheet.rows) <= set(labels_of(done, Purpose.OWN))
    shown = send(page, labelled, f"Hello,\n> {answer_to(sheet, wrong=7)}\nBen")
    assert "50 labels of Ben are here." in shown.text
    assert "On 50 rows both say the same 86% of the time; Cohen’s kappa is" in shown.section("Second labeller")
    assert "Settle 7 differences" in shown.text
    assert len(gold_set(done)) == 53
    differ = visit(page, shown.link("Settle them"))
    row = int(differ.form("1 delivery").values["row"])
    assert {"First", "Second"} <= set(differ.text.split("\n"))
    assert "Ben" not in differ.text
    for left in range(7, 0, -1):
        assert f"{left} to settle" in differ.text
        row = int(differ.form("1 delivery").values["row"])
        differ = press(page, differ, f"{TOPICS.index(TRUE[row]) + 1} {TRUE[row]}", words="By the guide")
    assert differ.heading == "Everything is settled"
    assert len(gold_set(done)) == 60
    assert "7 differences are settled" in visit(page, labelled).section("Second labeller")
    assert "86%" in visit(page, labelled).section("Second labeller"), "kappa is of what each said alone"
    refused = label(page, labelled, row, "delivery" if TRUE[row] != "delivery" else "size")
    assert f"Your label of row {row} stays" in refused.text
    assert "There is no difference on row" in visit(page, f"{labelled}settle/", {"row": "9999", "label": "size"}, "post").text
    assert visit(page, f"{labelled}settle/?at=3").form("1 delivery").values["words"] == "By the guide"


def test_an_answer_is_taken_once_whole_and_from_somebody_else(
    page: Client, done: Analysis, priya: Learner, sheet: LabellerSheet, labelled: str
) -> None:
    whole = answer_to(sheet, wrong=1)
    middle = len(whole) // 2
    edited = whole[:middle] + ("A" if whole[middle] != "A" else "B") + whole[middle + 1 :]
    for text, words in (
        (edited, "did not arrive whole"),
        (whole[:-60], "No answer is in this text"),
        (answer_to(sheet, name=priya.name), "Nobody labels twice as themself."),
        (answer_to(sheet, name=" "), "no name in it"),
        (answer_to(sheet, token="x"), "belongs to no sheet of this analysis"),
        (answer_to(sheet, labels=[[sheet.rows[0], 9, ""]]), "is none that the sheet offers"),
        (answer_to(sheet, labels=[[9999, 0, ""]]), "row 9,999 is not on it"),
        (answer_to(sheet, labels=[[sheet.rows[0], 0, ""]] * 2), "twice"),
        (answer_to(sheet, labels=[[sheet.rows[0], True, ""]]), "not written as a label is"),
        (answer_to(sheet, labels=[]), "No row in the answer has a label"),
        (answer_to(sheet, sort="other"), "something else than a sheet of labels"),
        ("", "Paste the message, or choose the file."),
    ):
        shown = send(page, labelled, text)
        assert words in shown.text
        assert shown.status == 422
        assert not done.marks.filter(purpose=Purpose.SECOND).exists()
    file = SimpleUploadedFile("answer.txt", whole.encode())
    assert (
        "50 labels of Ben are here."
        in page.post(f"{labelled}sheets/answer/", {"attachments": file}, follow=True).content.decode()
    )
    before = list(done.marks.values())
    assert "was here already: nothing has changed" in send(page, labelled, whole).text
    assert "answered already, by Ben, and the first answer stays" in send(page, labelled, answer_to(sheet, name="Ann")).text
    assert list(done.marks.values()) == before
    assert page.post(f"{labelled}sheets/{sheet.pk}/remove/").status_code == 400


def test_an_answer_to_another_analysis_names_it(
    page: Client, done: Analysis, sheet: LabellerSheet, labelled: str, bring: Callable[..., Analysis]
) -> None:
    sheet.analysis = bring(name="other.csv")
    sheet.save()
    assert "belongs to another analysis, that of “other.csv”" in send(page, labelled, answer_to(sheet)).text


def test_a_sheet_goes_out_as_a_spreadsheet_too(page: Client, done: Analysis, sheet: LabellerSheet, labelled: str) -> None:
    there = f"{labelled}sheets/{sheet.pk}/"
    lines = page.get(f"{there}rows/").content.decode().splitlines()
    assert lines[0] == "row,theme,text,label,why"
    assert len(lines) == 51

    def fill(text: str, name: str = "Ben") -> Page:
        sent = {"name": name, "attachments": SimpleUploadedFile("漢" * 140 + ".csv", text.encode())}
        answer = page.post(f"{there}spreadsheet/", sent, follow=True)
        return Page(answer.status_code, there, answer.content.decode())

    first, second = sheet.rows[:2]
    assert "row 9,999 is not on it" in fill("row,label\n9999,size\n").text
    assert f"Row {first:,} has the label “shoe”" in fill(f"row,label\n{first},shoe\n").text
    assert "line 2" in fill("row,label\nx,size\n").text
    assert "has two labels" in fill(f"row,label\n{first},size\n{first},fabric\n").text
    assert "no column “label”" in fill("row,text\n1,x\n").text
    assert "Say who filled it in." in fill(f"row,label\n{first},size\n", " ").text
    assert "2 labels of Ben are here." in fill(f"row;label\n{first};SIZE\n{second};unsure\n").text
    assert labels_of(done, Purpose.SECOND) == dict(sorted({first: "size", second: "unsure"}.items()))


def test_the_sheet_holds_no_first_labels(page: Client, done: Analysis, sheet: LabellerSheet, labelled: str) -> None:
    file = page.get(f"{labelled}sheets/{sheet.pk}/file/")
    assert file["Content-Disposition"].startswith("attachment;")
    found = json.loads(file.content.decode().partition('id="sheet-data" type="application/json">')[2].partition("</script>")[0])
    assert [each["row"] for each in found["rows"]] == sheet.rows
    assert found["rows"][0].keys() == {"row", "text"}
    assert found["classes"] == [*TOPICS, "unsure"]


def test_too_few_rows_for_a_sheet_are_told(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 10)
    label_all(page, done, planned)
    assert "A sheet needs 20 labelled rows; 10 are free." in visit(page, planned).text
    refused = visit(page, f"{planned}sheets/make/", {"count": "20"}, "post")
    assert "10 labelled rows are free for a second labeller" in refused.text


def test_a_class_on_a_sheet_that_is_out_stays(page: Client, done: Analysis, labelled: str) -> None:
    visit(page, f"{labelled}guide/", {"classes": "\n".join((*TOPICS, "price")), "guide": "", "revision": "1"}, "post")
    assert "Give a whole number from 20 to 100." in visit(page, f"{labelled}sheets/make/", {"count": "9"}, "post").text
    visit(page, f"{labelled}sheets/make/", {"count": "20"}, "post")
    left = {"classes": "\n".join(TOPICS), "guide": "", "revision": "2"}
    assert "it is on a sheet that a second labeller has" in visit(page, f"{labelled}guide/", left, "post").text
    shown = visit(page, f"{labelled}sheets/{done.labeller_sheets.get().pk}/")
    press(page, shown, "Take the sheet back")
    assert "The guide is kept." in visit(page, f"{labelled}guide/", left, "post").text


def test_from_200_labels_to_a_model_that_learns_from_them(page: Client, done: Analysis, planned: str) -> None:
    def files(version: int) -> dict[str, bytes]:
        folder = folders.run_folder(done, version)
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    before = files(1)
    draw(page, planned, 200)
    label_all(page, done, planned)
    visit(page, f"{planned}sheets/make/", {"count": "50"}, "post")
    shown = send(page, planned, answer_to(done.labeller_sheets.get(), wrong=5))
    differ = visit(page, shown.link("Settle them"))
    for _ in range(5):
        row = int(differ.form("1 delivery").values["row"])
        differ = press(page, differ, f"{TOPICS.index(TRUE[row]) + 1} {TRUE[row]}")
    ready = visit(page, planned)
    assert "The labels are good to learn from" in ready.text
    assert "200 rows in 4 classes" in ready.section("Gold set")
    press(page, ready, "Run again")
    work_off()
    done.refresh_from_db()
    assert done.version == 2
    found = json.loads((Path(folders.run_folder(done, 2)) / "results" / "select.json").read_text())
    assert "hand" in found["target"]["column"]
    after = visit(page, planned)
    assert "The newest run has learnt from them." in after.text
    assert files(1) == before


@pytest.mark.browser
def test_the_file_is_labelled_by_touch_and_by_keyboard_without_a_network(
    page: Client, done: Analysis, sheet: LabellerSheet, labelled: str, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.html"
    file.write_bytes(page.get(f"{labelled}sheets/{sheet.pk}/file/").content)
    block = _answered(file)
    answer = read_answer(block)
    assert (answer.token, answer.name) == (sheet.token, "Tomáš Æ")
    assert list(answer.said) == sheet.rows[:4]
    assert [each for each, _ in answer.said.values()] == [1, 4, 2, 0]
    assert answer.said[sheet.rows[2]][1] == "Both 💡 “x”"
    assert "4 labels of Tomáš Æ are here." in send(page, labelled, block).text


def _answered(file: Path) -> str:
    """Labels four texts as somebody does, by touch, by key and with second thoughts; only the file itself was asked for."""
    asked: list[str] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 900}, has_touch=True, offline=True)
        window = context.new_page()
        window.on("request", lambda request: asked.append(request.url))
        window.goto(file.as_uri())
        window.get_by_role("button", name="Make my answer").click()
        assert "No text has a label yet." in window.locator("#wrong").inner_text()
        window.locator("#keys button").nth(1).tap()
        window.keyboard.press("2")
        window.keyboard.press("z")
        assert window.locator("#place").inner_text() == "Text 2 of 50"
        window.keyboard.press("u")
        # A browser writes what is kept a moment later, in another process: what is only late is there after another reload.
        for _ in range(3):
            window.reload()
            if window.locator("#count").inner_text() != "0 labelled":
                break
        assert window.locator("#count").inner_text() == "2 labelled"
        window.locator("#note").fill("Both 💡 “x”")
        window.locator("#keys button").nth(2).tap()
        assert not window.locator("#note").input_value()
        window.locator("#told").focus()
        window.keyboard.press("1")
        window.keyboard.press("ArrowLeft")
        assert window.locator("#keys [aria-pressed=true]").inner_text().endswith("delivery")
        window.get_by_role("button", name="Make my answer").click()
        window.locator("#name").fill("Tomáš Æ")
        window.get_by_role("button", name="Make my answer").click()
        assert "46 texts have no label." in window.locator("#wrong").inner_text()
        window.get_by_role("button", name="Make my answer").press("Enter")
        block = window.locator("#block").input_value()
        assert window.evaluate("document.documentElement.scrollWidth") <= 390
        results = Axe().run(window)
        assert results.violations_count == 0, results.generate_report()
    assert set(asked) == {file.as_uri()}
    return block
