"""The profile of the data, and a hundred rows read by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.files import path_of
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.actions.rows import mark_row, unmark_row
from segue.work.lab.bars import Bar, lying, standing
from segue.work.lab.models import Analysis, Purpose
from segue.work.lab.pieces.making import piece_of
from segue.work.lab.queries.rows import FAULTS, LEFT, findings_of_walk, row_page
from segue.work.lab.rows import walk_of
from tests.browsing import Page, press, visit


def at(analysis: Analysis, place: int = 0) -> str:
    return f"/lab/{analysis.pk}/rows/read/" + (f"?at={place}" if place else "")


def read(analysis: Analysis, count: int, *kinds: str) -> None:
    for row in walk_of(analysis).rows[:count]:
        mark_row(analysis, row.row, kinds, "")


def send(page: Client, analysis: Analysis, place: int, kinds: tuple[str, ...] = (), **more: str) -> Page:
    row = walk_of(analysis).rows[place - 1].row
    answer = page.post(at(analysis, place), {"row": row, "kinds": list(kinds), "words": "", **more}, follow=True)
    return Page(
        answer.status_code,
        answer.redirect_chain[-1][0] if answer.redirect_chain else at(analysis, place),
        answer.content.decode(),
    )


# --- the walk ---


@pytest.mark.slow
def test_a_hundred_rows_are_drawn_once_by_chance_and_kept_in_a_file(done: Analysis) -> None:
    walk = walk_of(done)
    assert len({row.row for row in walk.rows}) == 100
    assert (walk.of, walk.is_all) == (240, False)
    numbers = [row.row for row in walk.rows]
    assert numbers != sorted(numbers), "any first part of them must be a fair sample"
    file = folders.folder_of(done) / "read" / "walk.json"
    before = file.stat().st_mtime_ns
    assert walk_of(done) == walk
    assert file.stat().st_mtime_ns == before
    file.write_text("{ damaged")
    assert walk_of(done) == walk


@pytest.mark.slow
def test_rows_are_read_one_after_the_other_and_the_last_word_counts(page: Client, done: Analysis) -> None:
    walk = walk_of(done)
    shown = visit(page, visit(page, f"/lab/{done.pk}/rows/").link("Begin to read"))
    assert shown.heading == "Row 1 of 100"
    assert " ".join(walk.rows[0].text.split()) in shown.text
    second = send(page, done, 1, ("double", LEFT), words="  Twice\nthe same ")
    assert second.heading == "Row 2 of 100"
    mark = done.marks.get(purpose=Purpose.WALK)
    assert (mark.row, mark.value, mark.words) == (walk.rows[0].row, f"double\n{LEFT}", "Twice the same")
    back = visit(page, second.link("Back (b)"))
    assert 'value="double" data-key="3" aria-keyshortcuts="3" checked' in back.html
    assert "marked before" in back.text
    send(page, done, 1, ("double",), clean="1")
    mark.refresh_from_db()
    assert mark.value == ""
    assert "read before: no fault" in visit(page, at(done, 1)).text


@pytest.mark.slow
def test_the_last_one_is_taken_back_even_where_another_was_read_again(page: Client, done: Analysis) -> None:
    read(done, 3)
    rows = walk_of(done).rows
    done.marks.filter(row=rows[0].row).update(at=clock.now() + timedelta(minutes=1))
    shown = visit(page, at(done))
    assert shown.heading == "Row 4 of 100"
    undone = press(page, shown, "Take the last one back")
    assert undone.heading == "Row 1 of 100"
    assert f"Row {rows[0].row:,} is unread again." in undone.text
    assert not unmark_row(done, rows[0].row)
    assert row_page(done, 0).at == 1


@pytest.mark.slow
@pytest.mark.parametrize("place", ["0", "101", "-1", "x", "99999999999999999999"])
def test_a_place_that_is_none_leads_to_the_first_unread_row(page: Client, done: Analysis, place: str) -> None:
    read(done, 2)
    assert visit(page, at(done) + f"?at={place}").heading == "Row 3 of 100"


@pytest.mark.slow
def test_a_form_of_another_row_or_with_nonsense_changes_nothing(page: Client, done: Analysis) -> None:
    assert page.post(at(done, 1), {"row": 999_999}).status_code == 404
    assert send(page, done, 1, ("nonsense",)).status == 422
    long = send(page, done, 1, words="x" * 501)
    assert (long.status, long.form("Keep, and on").values["words"]) == (422, "x" * 501)
    assert not done.marks.exists()


@pytest.mark.slow
def test_what_was_found_is_counted_with_its_interval_and_examples(page: Client, done: Analysis) -> None:
    read(done, 20)
    read(done, 5, "off-topic")
    found = findings_of_walk(done)
    assert [(count.fault.value, count.rows, count.share) for count in found.counts] == [("off-topic", 5, 0.25)]
    assert (round(found.counts[0].low, 3), round(found.counts[0].high, 3)) == (0.112, 0.469)
    assert (found.read, found.with_fault, found.next_at) == (20, 5, 21)
    shown = visit(page, f"/lab/{done.pk}/rows/")
    assert "Something is wrong with 5 of the 20 rows that you read." in shown.text
    assert "11% to 47%" in shown.text
    assert visit(page, shown.link(f"{walk_of(done).rows[4].row:,}")).heading == "Row 5 of 100"


@pytest.mark.slow
def test_after_the_last_row_the_summary_comes_and_says_what_is_left(page: Client, done: Analysis) -> None:
    assert "99 are still unread" in send(page, done, 100).text
    read(done, 100)
    assert "All of them are read." in send(page, done, 100).text


@pytest.mark.slow
def test_rows_of_labels_are_not_taken_for_rows_read(done: Analysis) -> None:
    row = walk_of(done).rows[0].row
    done.marks.create(purpose=Purpose.OWN, row=row, value="good", at=clock.now())
    done.marks.create(purpose=Purpose.WALK, row=10**6, value="double", at=clock.now())
    found = findings_of_walk(done)
    assert (found.read, found.counts) == (0, ())


# --- the profile ---


@pytest.mark.slow
def test_the_profile_shows_counts_faults_with_their_mend_and_pictures_with_their_tables(page: Client, done: Analysis) -> None:
    shown = visit(page, f"/lab/{done.pk}/rows/")
    kept = json.loads((folders.run_folder(done) / "results" / "profile.json").read_text())
    assert kept["findings"], "the shop has faults"
    for fault in kept["findings"]:
        assert fault["says"] in shown.text
        assert fault["mend"] in shown.text
    assert "240" in shown.section("The profile")
    pictures = shown.html.count("<figure")
    assert pictures >= 5
    assert shown.html.count("Show as table") == pictures
    assert shown.text.count("When this misleads") >= pictures
    assert {"/learn/concepts/data-quality/", "/learn/concepts/data-leakage/"} <= {url for _, url in shown.links}


@pytest.mark.slow
def test_five_hostile_rows_are_all_read_and_stay_words(page: Client, five: Analysis) -> None:
    shown = visit(page, f"/lab/{five.pk}/rows/")
    assert "The file has 5 rows, so you read them all." in shown.text
    for place in range(1, 6):
        row = visit(page, at(five, place))
        assert "<script>alert" not in row.html
        assert 'class="typed typed--whole" dir="auto"' in row.html
    assert "[EMAIL]" in "".join(row.text for row in walk_of(five).rows)
    read(five, 5, "cut")
    over = visit(page, f"/lab/{five.pk}/rows/")
    assert "That is every row, so the shares are exact." in over.text
    assert "95% interval" not in over.text


# --- evidence ---


@pytest.mark.slow
def test_the_data_walk_begins_with_what_was_read(page: Client, priya: Learner, done: Analysis) -> None:
    assert piece_of(done, "data-walk") is None
    for place, fault in enumerate(FAULTS):
        mark_row(done, walk_of(done).rows[place].row, [fault.value], "")
    form = press(page, visit(page, f"/lab/{done.pk}/rows/"), "Begin the data walk").form("Record").values
    assert (form["fact_rows"], form["fact_faults"], form["fact_data"]) == ("8", "8", "realistic")
    assert "8 of 240 rows of shop.csv" in form["body"]
    assert priya.drafts.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["data-walk", "profiling"])
def test_what_the_run_says_is_no_report(done: Analysis, kind: str) -> None:
    for place, fault in enumerate(FAULTS):
        mark_row(done, walk_of(done).rows[place].row, [fault.value], "")
    piece, least = piece_of(done, kind), current().programme.kinds[kind].min_words
    assert piece is not None
    assert least is not None
    assert count_words(piece.body) < 0.8 * least


@pytest.mark.slow
def test_effects_and_mends_are_counted_by_who_writes_them(done: Analysis) -> None:
    piece = piece_of(done, "profiling")
    assert piece is not None
    assert (piece.facts["rows"], piece.facts["effects"], piece.facts["fixed"]) == (240, 0, 0)
    assert piece.facts["faults"] == len(
        json.loads((folders.run_folder(done) / "results" / "profile.json").read_text())["findings"]
    )


@pytest.mark.slow
def test_a_scan_wants_fifty_rows_read_and_is_recorded_with_counts_alone(page: Client, priya: Learner, done: Analysis) -> None:
    read(done, 49)
    assert "Wants 50 masked rows to be read by hand; 49 are." in visit(page, f"/lab/{done.pk}/rows/").text
    refused = visit(page, f"/lab/{done.pk}/record/pii-scan/", {}, "post")
    assert "49 masked rows are read by hand so far" in refused.text
    assert not priya.entries.filter(kind="pii-scan").exists()
    read(done, 50)
    read(done, 2, LEFT)
    press(page, visit(page, f"/lab/{done.pk}/rows/"), "Record the scan")
    entry = priya.entries.get(kind="pii-scan")
    redacted = json.loads((folders.run_folder(done) / "results" / "redact.json").read_text())
    assert entry.facts == {
        "rows": 240,
        "found_before": sum(redacted["found"].values()),
        "found_after": 2,
        "hand_checked": 50,
        "data": "realistic",
    }
    kept = path_of(entry.attachments.get().sha256).read_text()
    assert json.loads(kept)["replaced_by_kind"] == redacted["found"]
    assert "@example.com" not in kept
    again = visit(page, f"/lab/{done.pk}/record/pii-scan/", {}, "post")
    assert f"in the ledger already, as entry {entry.number}" in again.text
    assert priya.entries.filter(kind="pii-scan").count() == 1


@pytest.mark.slow
def test_five_rows_are_enough_where_there_are_no_more(five: Analysis) -> None:
    read(five, 5)
    piece = piece_of(five, "pii-scan")
    assert piece is not None
    assert (piece.facts["hand_checked"], piece.facts["found_before"]) == (5, 1)


# --- drawings ---


@pytest.mark.parametrize("draw", [lying, standing])
@pytest.mark.parametrize("count", [0, 1, 2, 9, 60])
def test_bars_are_drawn_for_any_number_of_values_and_words_stay_words(draw: object, count: int) -> None:
    bars = [Bar(f'<b>"{place}' + "x" * 50, place, f"{place} <i>") for place in range(count)]
    svg = draw("some-id", "A <title>", bars)  # type: ignore[operator]
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert svg.count("<title>") == count, "each bar has its words; the picture its own"
    assert 'aria-labelledby="some-id-title"' in svg
    assert "nan" not in svg
