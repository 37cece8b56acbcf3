"""A résumé through its pages: begun, written, its bullets linked, refused, final, recorded, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work, withdraw
from segue.evidence.models import Entry
from segue.work.transition.actions.resumes import add_resume
from segue.work.transition.models import Resume
from segue.work.transition.queries.resumes import document_in
from segue.work.transition.resume.document import Basics, Bullet, Document
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of

LIST = "/transition/resumes/"
KEEP, LOOK, FINAL = "Keep it", "Keep it and look at it", "Call it final"
CARD = "We compared three models on 1,200 comments; the best reached 0.8134, the old rules 61%. " + "word " * 500


@pytest.fixture
def card(priya: Learner) -> Entry:
    """A piece of evidence with figures."""
    return record_work(priya, Work("model-card", "Model card of the tone model", MONDAY, body=CARD, confidentiality="redacted"))


def begin(page: Client, name: str = "AI PM") -> str:
    """The address of a new résumé with one position and one empty bullet."""
    form = visit(page, visit(page, LIST).link("Begin with an empty one"))
    edit = press(page, form, "Begin", name=name)
    press(page, edit, "Add a position")
    return edit.path.removesuffix("edit/")


def row() -> Resume:
    return Resume.objects.latest("id")


def document() -> Document:
    return document_in(row())


def bullet() -> Bullet:
    return next(each for _, each in document().bullets())


def write(page: Client, at: str, text: str, **more: str) -> Page:
    """Types a bullet and the rest that a résumé needs."""
    position = document().positions[0].id
    typed = {f"position-{position}-name": "Northwind", f"position-{position}-start": "2021-03", f"bullet-{bullet().id}": text}
    return press(page, visit(page, f"{at}edit/"), LOOK, **typed, **more)


def link(page: Client, at: str, *entries: Entry) -> Page:
    chosen = {f"entry-{entry.number}": "on" for entry in entries}
    return press(page, press(page, visit(page, f"{at}edit/"), "Choose evidence"), "Put it behind the bullet", **chosen)


def test_the_empty_list_invites(page: Client) -> None:
    shown = visit(page, LIST)
    assert "No résumé is here yet" in shown.text
    assert shown.link("Bring your résumé") == f"{LIST}import/"
    assert not Resume.objects.exists()


def test_what_is_typed_comes_back_and_is_shown(page: Client, priya: Learner) -> None:
    at = begin(page)
    shown = write(page, at, "Cut reply time by half", **{"basics-label": "Product manager", "languages": "German: mother tongue"})
    assert shown.path == at
    for words in ("Priya", "Product manager", "Northwind", "Mar 2021 – now", "Cut reply time by half", "German: mother tongue"):
        assert words in shown.text
    values = visit(page, f"{at}edit/").form(KEEP).values
    assert values[f"bullet-{bullet().id}"] == "Cut reply time by half"
    assert "0 of 1 bullet with evidence" in visit(page, LIST).text


def test_a_bullet_without_evidence_stops_final_and_names_its_line(page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, "Compared three ways to read comments")
    refused = press(page, visit(page, at), FINAL)
    assert refused.status == 422
    assert "Northwind, bullet 1: No evidence stands behind it." in refused.text
    assert not row().versions.exists()
    edit = link(page, at, card)
    assert bullet().entries == (card.number,)
    assert edit.path.startswith(f"{at}edit/?at=bullet-")
    done = press(page, visit(page, at), FINAL, note="For Northwind")
    assert "It is final, as version 1" in done.text
    version = row().versions.get()
    assert (version.is_final, version.note, version.number) == (True, "For Northwind", 1)


@pytest.mark.parametrize(
    "text", ["Reached 0.81 on 1,200 comments", "From 61% to 81%", "Three models since 2021", "5 years of it"]
)
def test_a_number_that_the_evidence_has_is_shown(text: str, page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, text)
    link(page, at, card)
    assert press(page, visit(page, at), FINAL).status == 200


@pytest.mark.parametrize(
    ("text", "number"), [("Reached 0.85", "0.85"), ("On 1,300 comments", "1,300"), ("Grew it by 40%", "40%")]
)
def test_a_number_that_it_has_not_stops_final(text: str, number: str, page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, text)
    link(page, at, card)
    refused = press(page, visit(page, at), FINAL)
    assert refused.status == 422
    assert f"“{number}” is not in the evidence behind it, entry {card.number}" in refused.text


def test_evidence_that_was_withdrawn_stops_final(page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, "Compared three models")
    link(page, at, card)
    withdraw(card, MONDAY, "Wrong.")
    assert "Its evidence was withdrawn" in press(page, visit(page, at), FINAL).text


def test_private_evidence_and_empty_words_are_worth_a_look_and_stop_nothing(page: Client, priya: Learner) -> None:
    secret = record_work(priya, Work("model-card", "A secret card", MONDAY, body=CARD))
    at = begin(page)
    write(page, at, "Spearheaded the confidential tone model")
    link(page, at, secret)
    shown = visit(page, at)
    assert "private evidence" in shown.text
    assert "“Spearheaded” says nothing" in shown.text
    assert "“confidential” sounds like" in shown.text
    assert press(page, shown, FINAL).status == 200


def test_bullets_and_positions_are_added_moved_removed_and_brought_back(page: Client, priya: Learner) -> None:
    at = begin(page)
    write(page, at, "First")
    edit = press(page, visit(page, f"{at}edit/"), "Add a bullet")
    second = document().positions[0].bullets[1].id
    edit = press(page, edit, "Up: Northwind, bullet 2", **{f"bullet-{second}": "Second"})
    assert [each.text for _, each in document().bullets()] == ["Second", "First"]
    gone = press(page, edit, "Remove: Northwind, bullet 1")
    assert [each.text for _, each in document().bullets()] == ["First"]
    press(page, gone, "Undo")
    assert [each.text for _, each in document().bullets()] == ["Second", "First"]
    edit = press(page, visit(page, f"{at}edit/"), "Add a position", **{"basics-city": "Porto"})
    assert [each.name for each in document().positions] == ["", "Northwind"]
    assert document().basics.city == "Porto"
    press(page, edit, "Down: Position 1")
    assert [each.name for each in document().positions] == ["Northwind", ""]
    press(page, press(page, visit(page, f"{at}edit/"), "Remove: Northwind"), "Undo")
    assert [each.name for each in document().positions] == ["Northwind", ""]


def test_what_can_not_be_kept_is_named_and_stays_in_the_form(page: Client, priya: Learner) -> None:
    at = begin(page)
    position = document().positions[0].id
    long = "w" * 200_000
    edit = visit(page, f"{at}edit/")
    typed = {f"bullet-{bullet().id}": long, f"position-{position}-start": "soon", f"position-{position}-name": "Northwind"}
    refused = press(page, edit, KEEP, **typed)
    assert refused.status == 422
    assert "This has 200,000 characters; 2,000 is the most" in refused.text
    assert "Write the date as 2024" in refused.text
    assert refused.form(KEEP).values[f"bullet-{bullet().id}"] == long
    assert document().positions[0].name == ""
    saved = page.post(f"{at}edit/save/", {**edit.form(KEEP).values, **typed})
    assert saved.status_code == 422
    assert "Write the date" in saved.json()["message"]


def test_a_second_window_does_not_overwrite(page: Client, priya: Learner) -> None:
    at = begin(page)
    one, two = visit(page, f"{at}edit/"), visit(page, f"{at}edit/")
    name = f"bullet-{bullet().id}"
    press(page, one, KEEP, **{name: "From one"})
    refused = press(page, two, KEEP, **{name: "From two"})
    assert refused.status == 422
    assert "Another window has changed this résumé" in refused.text
    assert bullet().text == "From one"
    press(page, refused, KEEP)
    assert bullet().text == "From two"


def test_saving_on_the_way_tells_of_the_other_window(page: Client, priya: Learner) -> None:
    at = begin(page)
    values = visit(page, f"{at}edit/").form(KEEP).values
    name = f"bullet-{bullet().id}"
    first = page.post(f"{at}edit/save/", {**values, name: "From one", "window": "one"})
    assert first.json()["revision"] == int(values["revision"]) + 1
    again = page.post(f"{at}edit/save/", {**values, name: "From one, longer", "window": "one"})
    assert again.status_code == 200
    other = page.post(f"{at}edit/save/", {**values, name: "From two", "window": "two"})
    assert other.status_code == 409
    assert "From one, longer" in other.content.decode()


def test_choosing_evidence_is_no_change_of_another_window(page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, "Compared")
    open_elsewhere = visit(page, f"{at}edit/")
    press(page, visit(page, f"{at}bullets/{bullet().id}/"), "Put it behind the bullet", **{f"entry-{card.number}": "on"})
    press(page, open_elsewhere, KEEP, **{f"bullet-{bullet().id}": "Compared three models"})
    assert (bullet().text, bullet().entries) == ("Compared three models", (card.number,))


def test_evidence_is_searched_and_what_is_chosen_stays_chosen(page: Client, card: Entry, priya: Learner) -> None:
    other = record_work(priya, Work("charter", "A charter", MONDAY, body="A small project. " * 300))
    at = begin(page)
    write(page, at, "Compared")
    link(page, at, card)
    shown = visit(page, f"{at}bullets/{bullet().id}/", {"q": "charter"})
    assert "A charter" in shown.text
    assert press(page, shown, "Put it behind", **{f"entry-{other.number}": "on"}).status == 200
    assert bullet().entries == (card.number, other.number)
    assert visit(page, f"{at}bullets/gone/").status == 404


def test_it_is_recorded_once_and_then_as_a_new_version(page: Client, priya: Learner, card: Entry) -> None:
    at = begin(page)
    write(page, at, "Compared three models")
    entry = press(page, visit(page, at), "Record it", confidentiality="redacted")
    first = priya.entries.filter(kind="resume").get()
    assert entry.path == f"/evidence/{first.number}/"
    assert (first.activity_id, first.facts) == ("w23-resume", {"stage": "draft", "bullets": 1, "linked": 0})
    assert "in the ledger as it stands" in press(page, visit(page, at), "Record a new version").text
    link(page, at, card)
    press(page, visit(page, at), "Record a new version", confidentiality="redacted")
    last = priya.entries.filter(kind="resume").latest("number")
    assert last.revises == first
    assert last.facts == {"stage": "linked", "bullets": 1, "linked": 100}
    assert f"(evidence: {card.number})" in last.body


def test_a_copy_for_another_role_goes_its_own_way(page: Client, priya: Learner) -> None:
    at = begin(page)
    write(page, at, "Compared")
    copy = press(page, visit(page, visit(page, at).link("Copy it for another role")), "Make the copy", name="Data PM")
    assert copy.heading == "Data PM"
    assert Resume.objects.count() == 2
    write(page, copy.path.removesuffix("edit/"), "Other words")
    assert [document_in(each).positions[0].bullets[0].text for each in Resume.objects.order_by("id")] == [
        "Compared",
        "Other words",
    ]


def test_a_variant_is_removed_and_brought_back_with_its_versions(page: Client, priya: Learner) -> None:
    at = begin(page)
    write(page, at, "Compared")
    press(page, visit(page, at), "Keep a version", note="First")
    gone = press(page, visit(page, at), "Remove")
    assert gone.path == LIST
    assert not Resume.objects.exists()
    back = press(page, gone, "Undo")
    assert back.path == at
    assert row().versions.get().note == "First"
    assert "Nothing is left to bring back" in visit(page, f"{at}restore/", {}, "post").text


def test_a_variant_is_named_anew(page: Client, priya: Learner) -> None:
    at = begin(page)
    shown = press(page, visit(page, at), "Change", name="Search PM")
    assert shown.heading == "Search PM"
    assert "Give it a name" in press(page, shown, "Change", name=" ").text


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    evil = "<script>alert(1)</script> \u202etxt \u05e9\u05dc\u05d5\u05dd"
    at = begin(page, evil)
    shown = write(page, at, evil, **{"basics-name": evil})
    for each in (
        shown,
        visit(page, LIST),
        visit(page, f"{at}edit/"),
        visit(page, f"{at}suggestions/"),
        visit(page, f"{at}versions/"),
    ):
        assert each.status == 200
        assert "<script>alert" not in each.html
    odd = visit(page, f"{at}edit/").form(KEEP).values | {"position-../x-name": "X", "do": "up:position:", "links": "a:b,c:9"}
    assert visit(page, f"{at}edit/", odd, "post").status == 200
    assert [each.name for each in document().positions] == ["Northwind"]


def test_a_form_that_was_cut_off_takes_nothing_out(page: Client, priya: Learner) -> None:
    at = begin(page)
    write(page, at, "Compared")
    page.post(f"{at}edit/", {"revision": str(row().revision), "basics-name": "P"})
    assert document().positions[0].name == "Northwind"


def test_a_resume_is_its_owners_alone(
    page: Client, priya: Learner, client_of: Callable[[Learner], Client], make_learner: Callable[..., Learner]
) -> None:
    at = begin(page)
    sam = client_of(make_learner("Sam"))
    assert [visit(sam, f"{at}{path}").status for path in ("", "edit/", "versions/", "suggestions/", "download/txt/")] == [404] * 5
    assert Resume.objects.get().learner == priya


def test_forty_positions_need_no_more_queries(page: Client, card: Entry) -> None:
    at = begin(page)
    write(page, at, "Compared")
    few = [queries_of(page, path) for path in (at, f"{at}edit/", LIST)]
    big = row()
    first = big.document["positions"][0]
    big.document["positions"] = [
        first
        | {
            "id": f"p{n}",
            "name": f"Firm {n:02}",
            "bullets": [{"id": f"b{n}-{m}", "text": f"Did {n}", "entries": [card.number]} for m in range(6)],
        }
        for n in range(40)
    ]
    big.save()
    assert [queries_of(page, path) for path in (at, f"{at}edit/", LIST)] == few
    edit = visit(page, f"{at}edit/")
    assert edit.html.count('<details class="card resume__part"') == 1
    opened = press(page, edit, "Open: Firm 01", **{"bullet-b0-0": "Did it first"})
    assert opened.form(KEEP).values["bullet-b1-0"] == "Did 1"
    press(page, opened, KEEP, **{"bullet-b1-5": "Did it last"})
    texts = [bullet.text for _, bullet in document().bullets()]
    assert (len(texts), texts[0], texts[11], texts[239]) == (240, "Did it first", "Did it last", "Did 39")
    press(page, visit(page, f"{at}edit/"), "Down: Firm 00")
    assert [each.id for each in document().positions[:3]] == ["p1", "p0", "p2"]


def test_a_fault_in_a_position_that_is_folded_is_shown(page: Client, priya: Learner) -> None:
    at = begin(page)
    big = row()
    first = big.document["positions"][0]
    big.document["positions"] = [first | {"id": f"p{n}", "name": f"Firm {n}", "bullets": []} for n in range(12)]
    big.document["positions"][9]["start"] = "soon"
    big.save()
    refused = press(page, visit(page, f"{at}edit/"), KEEP)
    assert refused.status == 422
    assert "Firm 9" in refused.text
    assert press(page, refused, KEEP, **{"position-p9-start": "2019"}).status == 200
    assert document().positions[9].start == "2019"


def test_there_is_an_end_to_bullets_and_nothing_is_cut_off(page: Client, priya: Learner) -> None:
    at = begin(page)
    big = row()
    big.document["positions"][0]["bullets"] = [{"id": f"b{n}", "text": f"Did {n}", "entries": []} for n in range(30)]
    big.save()
    refused = press(page, visit(page, f"{at}edit/"), "Add a bullet", **{"bullet-b0": "Changed"})
    assert refused.status == 422
    assert "There are 31 bullets of a position; 30 are the most" in refused.text
    assert refused.form(KEEP).values["bullet-b0"] == "Changed"
    assert press(page, refused, KEEP).status == 200
    assert len([*document().bullets()]) == 30


def test_an_odd_place_to_look_at_breaks_nothing(page: Client, priya: Learner) -> None:
    at = begin(page)
    values = visit(page, f"{at}edit/").form(KEEP).values
    assert page.post(f"{at}edit/", values | {"at": "x\r\nSet-Cookie: a=b", "do": "keep"}).status_code == 302
    assert visit(page, f"{at}edit/", {"at": "(((" * 20}).status == 200


def test_letters_that_a_program_gets_twice_from_the_pdf_are_named(page: Client, priya: Learner) -> None:
    row = add_resume(priya, "For Ibadan", "", Document(Basics(name="Adébáyọ̀")))
    assert "get ọ̀ twice" in visit(page, f"/transition/resumes/{row.key}/").text
