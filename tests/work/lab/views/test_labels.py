"""Labels by hand from the page: the guide, the rows, one key a row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.label_queue import DrawnRow, drawn_rows, write_drawn
from segue.work.lab.models import Analysis, LabellerSheet, Purpose, RowMark
from segue.work.lab.queries.marks import gold_set, labels_of
from tests.browsing import press, visit
from tests.feedback import shop_rows
from tests.work.lab.labelling import TRUE, answer_to, draw, label, send

pytestmark = pytest.mark.slow


def test_each_part_teaches_while_it_is_empty_and_one_step_is_next(page: Client, done: Analysis, at: str) -> None:
    shown = visit(page, visit(page, f"/lab/{done.pk}/").link("Labels"))
    assert shown.heading == "What would a person say?"
    assert "First, say what the classes are" in shown.text
    assert "No classes yet" in shown.section("Classes and guide")
    assert "None is drawn yet." in shown.section("Rows drawn at random")
    assert "Nobody is asked yet." in shown.section("Second labeller")
    assert "Empty." in shown.section("Gold set")
    assert "/learn/concepts/labelling-and-ground-truth/" in {url for _, url in shown.links}
    assert visit(page, f"{at}rows/").path == f"{at}guide/"
    assert visit(page, shown.link("Write the guide")).heading == "The labelling guide"


def test_the_guide_is_begun_from_the_themes_without_what_customers_wrote(page: Client, done: Analysis, at: str) -> None:
    shown = visit(page, f"{at}guide/")
    begun = shown.form("Keep the guide").values
    assert begun["classes"].splitlines()[-1] == "other"
    assert "# Labelling guide (draft)" in begun["guide"]
    assert "two in your own words; row" in begun["guide"]
    texts = {row["text"] for row in shop_rows()}
    assert not any(text in begun["guide"] for text in texts)
    kept = press(page, shown, "Keep the guide")
    assert "The guide is kept." in kept.text
    assert "Now draw the rows" in kept.text


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ("", "There are fewer than two classes."),
        ("one", "There are fewer than two classes."),
        ("\n".join(f"class {n}" for n in range(13)), "There are 13 classes"),
        ("size\nfabric\nSIZE", "Line 3: “SIZE” is there twice."),
        ("size\nUnsure", "Line 2: “unsure” is always there."),
        ("size\n" + "x" * 41, "Line 2 has 41 characters"),
    ],
)
def test_classes_that_can_not_be_are_told_with_their_line(
    page: Client, done: Analysis, at: str, classes: str, words: str
) -> None:
    shown = visit(page, f"{at}guide/", {"classes": classes, "guide": "Mine", "revision": "0"}, "post")
    assert shown.status == 422
    assert words in shown.text
    assert shown.form("Keep the guide").values["guide"] == "Mine"
    saved = page.post(f"{at}guide/save/", {"classes": classes, "guide": "Mine", "revision": "0"})
    assert saved.status_code == 422
    assert words in saved.json()["message"]


def test_two_windows_of_the_guide_overwrite_nothing_unseen(page: Client, planned: str) -> None:
    first = {"classes": "a\nb", "guide": "First", "revision": "1"}
    assert page.post(f"{planned}guide/save/", first).json()["revision"] == 2
    other = page.post(f"{planned}guide/save/", {**first, "guide": "Second <b>"})
    assert other.status_code == 409
    assert "First" in other.content.decode()
    shown = visit(page, f"{planned}guide/", {**first, "guide": "Second"}, "post")
    assert "Another window saved a different guide" in shown.text
    assert "The guide is kept." in press(page, shown, "Keep the guide").text


def test_rows_are_drawn_once_each_and_seeded(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 50)
    first = [each.row for each in drawn_rows(done)]
    hard = draw(page, planned, 10, "hard")
    assert "drawn where it is hard" in hard.text
    draw(page, planned, 150)
    rows = [each.row for each in drawn_rows(done)]
    assert rows[:50] == first
    assert len(set(rows)) == len(rows) == 210
    assert first != sorted(first)
    folders.queue_file(done).unlink()
    draw(page, planned, 50)
    assert [each.row for each in drawn_rows(done)] == first
    assert "Give a whole number from 10 to 500." in draw(page, planned, 501).text
    draw(page, planned, 500)
    assert "All rows are drawn." in draw(page, planned, 10).text
    assert {each.row: each.text for each in drawn_rows(done)}.keys() == TRUE.keys()


def test_hard_rows_are_said_to_be_no_random_sample(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 10, "hard")
    hard = drawn_rows(done)
    assert {each.drawn for each in hard} == {"hard"}
    assert all(each.why for each in hard)
    shown = visit(page, f"{planned}rows/")
    assert hard[0].why not in shown.html, "why a row is hard would give the machine’s guess away"
    for each in hard[:3]:
        label(page, planned, each.row, "size")
    assert "3 of them were drawn where it is hard, so this is no random sample." in visit(page, planned).section("Gold set")


def test_one_key_a_row_then_the_next_that_has_none(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 10)
    rows = [each.row for each in drawn_rows(done)]
    shown = visit(page, f"{planned}rows/")
    for key in ("1", "2", "3", "4", "u", "ArrowRight", "g"):
        assert f'data-key="{key}"' in shown.html
    assert "majority" not in shown.text
    skipped = visit(page, shown.path + shown.link("Skip →"))
    third = press(page, skipped, "2 fabric", words="Maybe size")
    assert third.path.endswith("?at=3")
    assert done.marks.get(row=rows[1]).words == "Maybe size"
    undone = press(page, third, "Take the last label back (z)")
    assert f"Row {rows[1]} is without a label again; it was “fabric”." in undone.text
    assert undone.path.endswith("?at=2")
    last = undone
    for row in rows[1:]:
        last = label(page, planned, row, "unsure")
    assert last.heading == f"Row {rows[0]}"
    over = press(page, last, "1 delivery")
    assert over.heading == "All 10 rows are labelled"
    again = visit(page, f"{planned}rows/?at=4")
    assert 'value="unsure" data-key="u" aria-pressed="true"' in again.html
    assert press(page, again, "3 service").path.endswith("?at=5"), "who looks through them goes on to the next"
    assert gold_set(done) == {rows[0]: "delivery", rows[3]: "service"}
    assert "Left out: 0 not settled, 8 unsure." in visit(page, planned).section("Gold set")


def test_of_two_windows_the_last_word_counts_and_is_told(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 10)
    row = drawn_rows(done)[0].row
    label(page, planned, row, "size")
    shown = label(page, planned, row, "fabric")
    assert f"Row {row} had got “size” in another window; now it is “fabric”" in shown.text
    assert "in another window" not in label(page, planned, row, "service", was="fabric").text
    assert done.marks.get().value == "service"


def test_what_is_no_label_and_no_row_is_refused(page: Client, done: Analysis, planned: str) -> None:
    draw(page, planned, 10)
    row = drawn_rows(done)[0].row
    strange = next(number for number in TRUE if number not in {each.row for each in drawn_rows(done)})
    assert "is no class" in label(page, planned, row, "<b>").text
    assert "was not drawn" in label(page, planned, strange, "size").text
    assert page.post(f"{planned}rows/label/", {"row": "x" * 50}).status_code == 400
    assert visit(page, f"{planned}rows/?at=99999").status == 200
    assert visit(page, f"{planned}rows/?at=-1").status == 200
    assert "There is no label to take back." in visit(page, f"{planned}rows/undo/", {}, "post").text
    assert not done.marks.exists()


def test_hostile_texts_stay_words(page: Client, done: Analysis, planned: str) -> None:
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \u202e {{ 7 }} =1+1"
    write_drawn(done, [DrawnRow(number, hostile, "random") for number in range(1, 31)])
    shown = visit(page, f"{planned}rows/")
    assert "<script>alert" not in shown.html
    assert "<img src=x" not in shown.html
    assert "{{ 7 }} =1+1" in shown.text
    for number in range(1, 31):
        label(page, planned, number, "size", words="<b>note")
    visit(page, f"{planned}sheets/make/", {"count": "20"}, "post")
    sheet = done.labeller_sheets.get()
    file = page.get(f"{planned}sheets/{sheet.pk}/file/").content.decode()
    assert "<script>alert" not in file
    assert "<img src=x" not in file
    assert b'"</script>' in page.get(f"{planned}sheets/{sheet.pk}/rows/").content or hostile.encode() in (
        page.get(f"{planned}sheets/{sheet.pk}/rows/").content
    )


def test_labelling_asks_the_database_as_often_with_500_rows_as_with_ten(page: Client, done: Analysis, planned: str) -> None:
    def asked(rows: int) -> int:
        write_drawn(done, [DrawnRow(number, f"Text {number} " * 60, "random") for number in range(1, rows + 1)])
        with CaptureQueriesContext(
            connection,
        ) as found:
            label(page, planned, 1 + rows // 2, "size")
        return len(found)

    few = asked(10)
    now = clock.now()
    marks = [RowMark(analysis=done, purpose=Purpose.OWN, row=row, value="size", at=now) for row in range(100, 240)]
    RowMark.objects.bulk_create(marks)
    assert asked(500) == few
    assert few < 40


def test_a_class_is_renamed_with_its_labels_and_never_lost(
    page: Client, done: Analysis, sheet: LabellerSheet, labelled: str
) -> None:
    count = sum(value == "size" for value in labels_of(done, Purpose.OWN).values())
    left = {"classes": "delivery\nfabric\nservice", "guide": "", "revision": "1"}
    refused = visit(page, f"{labelled}guide/", left, "post")
    assert f"“size” can’t be left out: {count} rows have this label." in refused.text
    shown = visit(page, f"{labelled}guide/")
    taken = press(page, shown, "Rename", old="size", new="Fabric")
    assert "“fabric” is a class already." in taken.text
    assert "“unsure” is always there" in press(page, shown, "Rename", old="size", new="UNSURE").text
    renamed = press(page, shown, "Rename", old="size", new="fit")
    assert f"“size” is “fit” now, on {count} labelled rows too." in renamed.text
    assert "### fit" in renamed.form("Keep the guide").values["guide"]
    assert "label of sheet" not in renamed.text
    send(page, labelled, answer_to(sheet))
    assert "size" not in set(labels_of(done, Purpose.SECOND).values())
    row = sheet.rows[0]
    for purpose, value in ((Purpose.OWN, "fit"), (Purpose.SECOND, "fabric"), (Purpose.SETTLED, "service")):
        RowMark.objects.update_or_create(analysis=done, purpose=purpose, row=row, defaults={"value": value, "at": clock.now()})
    assert gold_set(done)[row] == "service"
    both = press(page, renamed, "Rename", old="fit", new="fabric", together="on")
    assert gold_set(done)[row] == "fabric", "where two labels became one, nothing settled holds unseen"
    assert "“fit” is “fabric” now" in both.text
    assert set(labels_of(done, Purpose.OWN).values()) == {"delivery", "fabric", "service"}
    assert not any("fit" in labels_of(done, purpose).values() for purpose in Purpose)


def test_the_gold_set_is_a_file_with_its_hash(page: Client, done: Analysis, labelled: str) -> None:
    section = visit(page, labelled).section("Gold set")
    gold = gold_set(done)
    text = "".join(f"{row}\t{name}\n" for row, name in gold.items())
    assert hashlib.sha256(text.encode()).hexdigest() in section
    file = page.get(f"{labelled}gold/")
    assert file.content.decode().splitlines() == ["row,label", *(f"{row},{name}" for row, name in gold.items())]


def test_another_learner_sees_nothing_of_it(
    page: Client,
    done: Analysis,
    sheet: LabellerSheet,
    labelled: str,
    client_of: Callable[[Learner | None], Client],
    make_learner: Callable[..., Learner],
) -> None:
    sam_page = client_of(make_learner("Sam"))
    for path in ("", "guide/", "rows/", "settle/", "gold/", f"sheets/{sheet.pk}/", f"sheets/{sheet.pk}/file/"):
        assert sam_page.get(f"{labelled}{path}").status_code == 404
    for path in ("guide/save/", "guide/rename/", "draw/", "rows/label/", "rows/undo/", "sheets/make/", "sheets/answer/"):
        assert sam_page.post(f"{labelled}{path}").status_code == 404
    assert page.get(f"{labelled}sheets/99999/").status_code == 404
