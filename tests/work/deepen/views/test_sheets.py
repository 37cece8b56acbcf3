"""A sheet through its pages: written, judged, printed, recorded, changed; two windows; a law that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import withdraw
from segue.shared import pdf
from segue.work.deepen import law as law_module
from segue.work.deepen.law import Law, law
from segue.work.deepen.models import Sheet
from segue.work.deepen.outline import MOST_ROWS, fields_of, outlines
from segue.work.deepen.queries import sheets as queries
from segue.work.deepen.sheet_text import NOT_ADVICE
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of

SORT = "risk-register"
SHOW, EDIT = f"/deepen/sheets/{SORT}/", f"/deepen/sheets/{SORT}/edit/"
TABLE = next(part for part in outlines()[SORT].parts if part.is_open)
FIRST = TABLE.name("1", TABLE.columns[0].id)
KEEP, MORE = "Keep it and see what follows", "Keep it, and more rows"


def write(page: Client, **fields: str) -> Page:
    return press(page, visit(page, EDIT), KEEP, **fields)


def test_an_empty_sheet_leads_to_its_form(page: Client) -> None:
    shown = visit(page, SHOW)
    assert shown.path == EDIT
    assert shown.heading == outlines()[SORT].title
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("sort", [*outlines()])
def test_every_sheet_opens_keeps_shows_and_prints(sort: str, page: Client, priya: Learner) -> None:
    outline = outlines()[sort]
    form = visit(page, f"/deepen/sheets/{sort}/edit/")
    assert form.heading == outline.title
    for part in outline.parts:
        assert part.heading in form.text
    name, column = next(fields_of(outline))
    shown = press(page, form, KEEP, **{name: column.choices[-1][0] if column.choices else "7"})
    assert shown.path == f"/deepen/sheets/{sort}/"
    for path in ("", "print/"):
        assert visit(page, f"/deepen/sheets/{sort}/{path}").status == 200
    assert (NOT_ADVICE in shown.text) == outline.is_legal


def test_what_is_typed_comes_back_and_what_follows_is_said(page: Client, priya: Learner) -> None:
    shown = write(page, **{FIRST: "People who are passed over"})
    assert shown.path == SHOW
    assert "People who are passed over" in shown.text
    assert "Missing" in shown.section("What follows")
    assert visit(page, EDIT).form(KEEP).values[FIRST] == "People who are passed over"


def test_more_rows_are_there_and_nothing_is_lost(page: Client, priya: Learner) -> None:
    last = TABLE.columns[0].id
    before = visit(page, EDIT)
    rows = [n for n in range(1, MOST_ROWS + 1) if TABLE.name(str(n), last) in before.form(KEEP).values]
    more = press(page, before, MORE, **{FIRST: "First"})
    assert more.status == 200
    assert TABLE.name(str(rows[-1] + 1), last) in more.form(KEEP).values
    assert more.form(KEEP).values[FIRST] == "First"
    filled = {TABLE.name(str(n), last): f"Row {n}" for n in range(1, MOST_ROWS + 1)}
    page.post(EDIT, {**filled, "revision": "9", "window": more.form(KEEP).values["window"]})
    full = visit(page, EDIT).form(KEEP).values
    assert full[TABLE.name(str(MOST_ROWS), last)] == f"Row {MOST_ROWS}"
    assert TABLE.name(str(MOST_ROWS + 1), last) not in full


def test_a_wrong_field_is_named_and_the_rest_stays(page: Client, priya: Learner) -> None:
    choice = next(column for column in TABLE.columns if column.choices)
    refused = visit(page, EDIT, {FIRST: "Kept", TABLE.name("1", choice.id): "gone", "revision": "0"}, "post")
    assert refused.status == 422
    assert "Choose one of these." in refused.text
    assert refused.form(KEEP).values[FIRST] == "Kept"
    long = visit(page, EDIT, {FIRST: "x" * 20_000, "revision": "0"}, "post")
    assert "20,000 characters" in long.text


def test_a_second_window_does_not_overwrite(page: Client, priya: Learner) -> None:
    one, two = visit(page, EDIT), visit(page, EDIT)
    press(page, one, KEEP, **{FIRST: "From one"})
    refused = press(page, two, KEEP, **{FIRST: "From two"})
    assert refused.status == 422
    assert "Another window has changed the sheet" in refused.text
    assert Sheet.objects.get().answers[FIRST] == "From one"
    assert press(page, refused, KEEP).path == SHOW
    assert Sheet.objects.get().answers[FIRST] == "From two"


def test_saving_on_the_way_tells_of_the_other_window(page: Client, priya: Learner) -> None:
    sent = {FIRST: "From one", "revision": "0", "window": "one"}
    assert page.post(f"{EDIT}save/", sent).json()["revision"] == 1
    other = page.post(f"{EDIT}save/", {FIRST: "From two", "revision": "0", "window": "two"})
    assert other.status_code == 409
    assert "From one" in other.content.decode()


def test_it_is_recorded_once_and_then_as_a_new_version(page: Client, priya: Learner) -> None:
    write(page, **{FIRST: "Shoppers"})
    entry = press(page, visit(page, SHOW), "Record the sheet", confidentiality="redacted")
    first = priya.entries.get()
    assert entry.path == f"/evidence/{first.number}/"
    assert (first.kind, first.activity_id, first.confidentiality) == ("risk-register", "w19-register", "redacted")
    assert first.facts["risks"] == 1
    shown = visit(page, SHOW)
    assert "is the sheet as it stands" in shown.text
    assert shown.link("Ask for a review") == f"/evidence/{first.number}/ask-review/"
    assert "in the ledger as it stands" in press(page, shown, "Record a new version").text
    write(page, **{FIRST: "Shoppers and sellers"})
    press(page, visit(page, SHOW), "Record a new version")
    assert priya.entries.last().revises == first  # type: ignore[union-attr]
    withdraw(priya.entries.last(), MONDAY, "Wrong.")  # type: ignore[arg-type]
    assert "It counts once it is in the ledger" in visit(page, SHOW).text


def test_what_nobody_may_see_is_asked(page: Client, priya: Learner) -> None:
    write(page, **{FIRST: "Shoppers"})
    for sent in ({}, {"confidentiality": "everybody"}):
        refused = visit(page, f"{SHOW}record/", sent, "post")
        assert refused.status == 400
        assert "Say who may see it" in refused.text
    assert not priya.entries.exists()


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    evil = "<script>alert(1)</script> | \u202etxt | " + "w" * 300
    for shown in (write(page, **{FIRST: evil}), visit(page, EDIT), visit(page, f"{SHOW}print/")):
        assert "<script>alert" not in shown.html
    if pdf.is_available():
        assert page.get(f"{SHOW}sheet.pdf").content.startswith(b"%PDF")


def test_a_sheet_is_its_owners_alone(
    page: Client, priya: Learner, client_of: Callable[[Learner], Client], make_learner: Callable[..., Learner]
) -> None:
    write(page, **{FIRST: "Priya’s secret"})
    sam = client_of(make_learner("Sam"))
    assert "secret" not in visit(sam, SHOW).html
    assert visit(page, "/deepen/sheets/gone/").status == 404


def test_a_change_of_the_law_marks_the_sheets_that_rest_on_it(
    page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = visit(page, "/deepen/sheets/triage/edit/")
    answers = {name: "yes" for name, offered in form.form(KEEP).options.items() if "yes" in offered}
    press(page, form, KEEP, **answers)
    kept = Sheet.objects.get(sort="triage").law
    assert kept
    assert "has changed" not in visit(page, "/deepen/sheets/triage/").text
    changed = next(iter(kept))
    facts = tuple(replace(fact, says=f"{fact.says} And more.") if fact.id == changed else fact for fact in law().facts)
    monkeypatch.setattr(queries, "law", lambda: Law(facts))
    monkeypatch.setattr("segue.work.deepen.actions.sheets.law", lambda: Law(facts))
    shown = visit(page, "/deepen/sheets/triage/")
    assert "The law behind this sheet has changed" in shown.text
    assert "The law has changed behind 1 sheet" in visit(page, "/deepen/").text
    assert "has changed" not in press(page, shown, "I have looked at it again").text
    assert law_module.law() is law()


def test_rules_that_were_not_checked_for_long_are_named(page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    form = visit(page, "/deepen/sheets/triage/edit/")
    press(page, form, KEEP, **{name: "yes" for name, offered in form.form(KEEP).options.items() if "yes" in offered})
    old = tuple(replace(fact, as_of=MONDAY.replace(year=2020)) for fact in law().facts)
    assert "more than 90 days ago" not in visit(page, "/deepen/sheets/triage/").text
    monkeypatch.setattr(queries, "law", lambda: Law(old))
    assert "more than 90 days ago" in visit(page, "/deepen/sheets/triage/").text


def test_queries_do_not_grow_with_rows(page: Client, priya: Learner) -> None:
    write(page, **{FIRST: "One"})
    few = queries_of(page, SHOW)
    write(page, **{TABLE.name(str(n), TABLE.columns[0].id): f"Row {n}" for n in (1, 2, 3)})
    assert queries_of(page, SHOW) == few


@pytest.mark.parametrize(
    "path", ["sheets/triage/edit/", "law/", "cases/", "models/", "replay/", "lineage/", "slices/", "fairness/", "spec/different/"]
)
def test_before_the_first_hour_there_is_none_of_it(
    path: str, make_learner: Callable[..., Learner], client_of: Callable[[Learner], Client]
) -> None:
    nina = client_of(make_learner("Nina", started=False))
    assert visit(nina, f"/deepen/{path}").status == 404
    assert visit(nina, "/deepen/").path == "/start/"
