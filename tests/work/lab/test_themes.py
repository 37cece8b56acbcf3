"""Themes: read, renamed, joined, split, undone; kept when a run is made again."""

from __future__ import annotations

import json
from html import escape

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.actions import themes as actions
from segue.work.lab.actions.versions import run_again
from segue.work.lab.models import Analysis
from segue.work.lab.queries.themes import Edits, edit_words, edits_of, prospects, told_of
from segue.work.lab.queries.versions import next_run
from segue.work.lab.rows import comments_of
from segue.work.lab.themes import themes_of
from tests.browsing import Page, press, visit
from tests.work.lab.conftest import work_off

HOSTILE_NAMES = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "W" * 80,
    "\u0645\u0631\u062d\u0628\u0627",
    "[a](javascript:alert(1))",
)


def url(analysis: Analysis, rest: str = "") -> str:
    return f"/lab/{analysis.pk}/themes/{rest}"


def send(page: Client, analysis: Analysis, rest: str, **data: object) -> Page:
    answer = page.post(url(analysis, rest), data, follow=True)
    return Page(answer.status_code, answer.redirect_chain[-1][0] if answer.redirect_chain else "", answer.content.decode())


def largest(analysis: Analysis, count: int = 2) -> list[int]:
    return [theme.number for theme in themes_of(analysis).themes[:count]]


# --- what is shown ---


@pytest.mark.slow
def test_each_theme_is_shown_with_share_keywords_cohesion_and_quotes(page: Client, done: Analysis) -> None:
    shown, kept = visit(page, url(done)), json.loads((folders.run_folder(done) / "results" / "themes.json").read_text())
    for theme in kept["broad"]:
        assert theme["name"] in shown.text
        assert f"{theme['cohesion']:.2f}" in shown.text
        for quote in theme["quotes"][:2]:
            assert quote["text"] in shown.text
    assert "<svg" in shown.html
    assert "When this misleads" in shown.text
    assert f"agree at {kept['stability']:.2f}" in shown.text
    assert "/learn/concepts/topic-discovery/" in {address for _, address in shown.links}


@pytest.mark.slow
def test_ten_comments_of_a_theme_are_of_it_and_drawn_once(page: Client, done: Analysis) -> None:
    from feedback_lab.parts import read_table

    table = read_table(next((folders.run_folder(done) / "themes").glob("part-*.parquet")), ["number", "theme"])
    theme_of = dict(zip(table["number"].tolist(), table["theme"].tolist(), strict=True))
    drawn = comments_of(done)
    assert drawn == comments_of(done)
    for theme in themes_of(done).themes:
        assert len(theme.comments) == min(10, theme.rows)
        assert {theme_of[row.row] for row in theme.comments} == {theme.number}
    first = themes_of(done).themes[0]
    shown = visit(page, visit(page, url(done)).link(first.name))
    assert shown.heading == first.name
    for row in first.comments:
        assert f"Row {row.row}" in shown.text
    assert visit(page, url(done, "99/")).status == 404


@pytest.mark.slow
def test_five_rows_have_no_themes_and_the_reason_is_said(page: Client, five: Analysis) -> None:
    shown = visit(page, url(five))
    assert "This run left the themes out" in shown.text
    assert themes_of(five).skipped in shown.text
    for several in (["0", "1"], ["9" * 5000, "1"]):
        assert page.post(url(five, "join/"), {"theme": several}).status_code == 422
    assert page.post(url(five, "0/rename/"), {"name": "x"}).status_code == 404
    assert page.post(f"/lab/{five.pk}/begin/themes/").status_code == 400


# --- edits ---


@pytest.mark.slow
def test_a_new_name_shows_at_once_and_the_bar_offers_the_run(page: Client, done: Analysis) -> None:
    first, second = largest(done)
    shown = press(page, visit(page, url(done, f"{first}/")), "Rename", name="  Late   parcels ")
    assert "will be “Late parcels”" in shown.section("Each theme")
    assert "with the next run" in shown.section("Changed by hand")
    assert "Changed since: edits of themes." in shown.text
    joined = send(page, done, "join/", theme=[second, first])
    assert "will join “Late parcels”" in joined.section("Each theme")
    assert [edit.themes for edit in edits_of(done).kept] == [(first,), (first, second)]
    assert visit(page, url(done, f"{first}/")).form("Rename").values["name"] == "Late parcels"


@pytest.mark.slow
def test_undo_takes_the_last_one_back_and_with_the_first_nothing_is_changed(page: Client, done: Analysis) -> None:
    first, second = largest(done)
    actions.rename_theme(done, first, "One")
    actions.rename_theme(done, second, "Two")
    shown = visit(page, url(done))
    undone = press(page, shown, "Undo the last edit")
    assert "Two" not in undone.section("Changed by hand")
    twice = press(page, shown, "Undo the last edit")
    assert "The edits are not as this page showed them." in twice.text
    assert len(edits_of(done).kept) == 1
    press(page, visit(page, url(done)), "Undo the last edit")
    assert not folders.edits_file(done).exists()
    assert next_run(done).changed == ()
    with pytest.raises(UserError, match="not as this page"):
        actions.undo_edit(done, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rest", "data", "words"),
    [
        ("{0}/rename/", {"name": "   "}, "The name is empty. Give it a few words."),
        ("{0}/rename/", {"name": "x" * 81}, "This has 81 characters; 80 is the most."),
        ("{0}/split/", {"into": "12"}, "so it can't be split into 12"),
        ("{0}/split/", {"into": "1"}, "Give a whole number from 2 to 12."),
        ("{0}/split/", {"into": "lots"}, "Give a whole number from 2 to 12."),
        ("join/", {}, "Tick the themes that are one: two or more."),
        ("join/", {"theme": ["{0}"]}, "Tick one more: it takes two to join."),
        ("join/", {"theme": ["{0}", "99"]}, "One of these themes is not there any more."),
        ("join/", {"theme": ["{0}", "x"]}, "One of these themes is not there any more."),
    ],
)
def test_what_can_not_be_done_is_told_at_its_field(
    page: Client, done: Analysis, rest: str, data: dict[str, object], words: str
) -> None:
    (first,) = largest(done, 1)
    filled = {key: [each.format(first) for each in value] if isinstance(value, list) else value for key, value in data.items()}
    shown = send(page, done, rest.format(first), **filled)
    assert shown.status == 422
    assert words in shown.text
    assert edits_of(done).kept == ()


@pytest.mark.slow
def test_an_edit_of_a_theme_that_another_window_has_joined_is_told(page: Client, done: Analysis) -> None:
    first, second = largest(done)
    actions.merge_themes(done, (first, second))
    renamed = send(page, done, f"{second}/rename/", name="Gone")
    assert renamed.status == 422
    assert f"There is no theme {second}." in renamed.text
    joined = send(page, done, "join/", theme=[first, second])
    assert joined.status == 422
    assert f"There is no theme {second}." in joined.text
    assert f'value="{second}" form="join" aria-label="Join “{escape(themes_of(done).names[second])}”" checked' in joined.html


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_a_name(page: Client, done: Analysis, name: str) -> None:
    (first,) = largest(done, 1)
    shown = press(page, visit(page, url(done, f"{first}/")), "Rename", name=name)
    assert f"will be “{name}”" in shown.text
    assert "<script>alert" not in shown.html
    assert "javascript:" not in "".join(address for _, address in shown.links)


@pytest.mark.slow
def test_damaged_edits_are_told_with_the_way_out(page: Client, done: Analysis) -> None:
    folders.edits_file(done).write_text('[{"kind": "rename"}]')
    shown = visit(page, url(done))
    assert shown.status == 400
    assert "edits.json is damaged" in shown.text


@pytest.mark.slow
def test_edits_are_applied_by_the_next_run_and_kept_in_the_one_after(page: Client, priya: Learner, done: Analysis) -> None:
    first, second, third = largest(done, 3)
    before = {theme.number: theme.rows for theme in themes_of(done).themes}
    actions.rename_theme(done, first, "Late parcels")
    actions.merge_themes(done, (first, second))
    press(page, visit(page, url(done)), "Run again")
    work_off()
    done.refresh_from_db()
    after = themes_of(done)
    merged = after.numbered(first)
    assert merged is not None
    assert (merged.name, merged.rows) == ("Late parcels", before[first] + before[second])
    assert after.numbered(second) is None
    assert [edit.state for edit in after.told] == ["done", "done"]
    assert next_run(done).changed == ()
    assert (folders.run_folder(done, 1) / "results" / "themes.json").read_bytes() != (
        folders.run_folder(done, 2) / "results" / "themes.json"
    ).read_bytes()
    actions.undo_edit(done, 2)
    actions.rename_theme(done, third, "Soft")
    shown = visit(page, url(done))
    assert [edit.state for edit in themes_of(done).told] == ["done", "undone", "next"]
    assert "taken back with the next run" in shown.text
    run_again(done)
    work_off()
    done.refresh_from_db()
    again = themes_of(done)
    assert {theme.name for theme in again.themes} >= {"Late parcels", "Soft"}
    assert again.numbered(second) is not None


# --- the rules of edits ---


def _edit(kind: str, *themes: int, name: str = "", into: int = 2) -> object:
    from feedback_lab.themes.edits import Edit

    return Edit(kind, themes, tuple((float(theme),) for theme in themes), name, into)


NAMES = {1: "Fit", 2: "Price", 3: "Colour"}


def test_what_the_run_applied_what_it_could_not_and_what_waits() -> None:
    rename, merge, split = _edit("rename", 1, name="Size"), _edit("merge", 1, 2), _edit("split", 3, into=2)
    edits = Edits((rename, split), (rename, merge))  # type: ignore[arg-type]
    assert (edits.shared, edits.waiting, edits.taken_back) == (1, (split,), (merge,))
    said = ("theme 1 renamed to “Size”", "themes 2 merged into theme 1")
    assert [(edit.words, edit.state) for edit in told_of(edits, said, NAMES)] == [
        ("Theme 1 renamed to “Size”", "done"),
        ("Join “Price” to “Fit”", "undone"),
        ("Split “Colour” into 2", "next"),
    ]
    gone = told_of(Edits((rename,), (rename,)), ("Not applied: theme 1 renamed to “Size”; no theme of this run is like it.",), {})  # type: ignore[arg-type]
    assert [(edit.words[:7], edit.state) for edit in gone] == [("Theme 1", "failed")]


def test_what_the_next_run_does_to_each_theme() -> None:
    edits = [_edit("rename", 1, name="Size"), _edit("merge", 1, 2), _edit("split", 3, into=4)]
    assert prospects(edits, NAMES) == {1: "will be “Size”", 2: "will join “Size”", 3: "will be split into 4"}  # type: ignore[arg-type]
    assert edit_words(_edit("merge", 9, 1), NAMES) == "Join “Fit” to theme 9"  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", [(), (1,), (1, 2), (2, 1), (1, 3)])
def test_edits_begin_the_same_as_far_as_they_do(kept: tuple[int, ...]) -> None:
    of_run = (1, 2)
    edits = Edits(tuple(_edit("split", each) for each in kept), tuple(_edit("split", each) for each in of_run))  # type: ignore[misc]
    same = 0
    while same < min(len(kept), 2) and kept[same] == of_run[same]:
        same += 1
    assert edits.shared == same
    assert len(edits.waiting) + same == len(kept)
