"""The portfolio through its pages: chosen, told, masked, moved, packed, recorded; and what never gets in."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.test import Client

from segue.accounts.models import Learner
from segue.evidence.actions import Work, record_work, withdraw
from segue.evidence.models import Entry
from segue.work.transition.actions.portfolio import add_piece
from segue.work.transition.models import JobAd, Portfolio, Resume
from segue.work.transition.resume.document import Document, Position
from segue.work.transition.resume.json_form import to_json
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.work.transition.ledger import piece, reviewed

LIST = "/transition/portfolio/"
WORDS = "word " * 600
ZIP, PDF = f"{LIST}portfolio.zip", f"{LIST}portfolio.pdf"


def case(
    learner: Learner, title: str = "Returns, and what customers say", body: str = WORDS, confidentiality: str = "public"
) -> Entry:
    return piece(learner, "case-study", title, ("C4",), body=body, confidentiality=confidentiality)


def chosen(page: Client, entry: Entry) -> Page:
    return press(page, visit(page, LIST), f"Take it in {entry.title}")


def masked(page: Client, entry: Entry, says: str = "", hidden: str = "") -> Page:
    address = f"{LIST}{entry.number}/"
    return press(page, visit(page, address), "Keep it and look", says=says, hidden=hidden)


def pages_of(page: Client) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(page.get(ZIP).content))
    return {name.removeprefix("portfolio/"): archive.read(name).decode() for name in archive.namelist()}


def test_nothing_is_there_before_something_is_shared(page: Client, priya: Learner) -> None:
    case(priya, confidentiality="private")
    first = visit(page, LIST)
    assert "Nothing of yours is public or shareable yet" in first.text
    assert "1 private piece" in first.text
    assert "no piece that may be shown" in visit(page, ZIP).text
    assert visit(page, PDF).status == 400


def test_a_piece_is_taken_in_told_masked_and_packed(page: Client, priya: Learner) -> None:
    entry = case(priya, body="Acme Ltd asked Jo why clothes come back. " + "word " * 600, confidentiality="redacted")
    reviewed(entry, "Marco Bianchi", {"c4-1": True, "c4-2": False})
    assert "nothing is masked in it" in chosen(page, entry).text
    shown = masked(page, entry, "Made for Acme, in 25 hours.", "Acme Ltd\nacme\nJo")
    assert "▮▮▮ asked ▮▮▮ why" in shown.section("How it looks")
    assert "nothing is masked" not in shown.text
    site = pages_of(page)
    whole = "".join(site.values())
    assert "Acme" not in whole
    assert "Marco" not in whole
    assert "Data scientist" in whole
    assert "1 of 2 criteria met" in whole
    assert page.get(PDF).content.startswith(b"%PDF")
    assert page.get(ZIP).content == page.get(ZIP).content


def test_what_is_private_never_gets_in(page: Client, priya: Learner) -> None:
    entry = case(priya, confidentiality="private")
    refused = visit(page, f"{LIST}add/", {"number": str(entry.number)}, "post")
    assert refused.status == 400
    assert "private, withdrawn, or not there" in refused.text
    shared = case(priya, "A shared one")
    chosen(page, shared)

    record_work(priya, Work("case-study", "A shared one", MONDAY, body="word " * 600, confidentiality="private"), revises=shared)
    assert "Not shown" in visit(page, LIST).text
    assert "no piece that may be shown" in visit(page, ZIP).text


def test_what_was_withdrawn_is_gone_from_the_site(page: Client, priya: Learner) -> None:
    first, second = case(priya, "One"), case(priya, "Two")
    chosen(page, first), chosen(page, second)
    withdraw(first, MONDAY, "Wrong.")
    assert "One" not in pages_of(page)["index.html"]
    assert "Two" in pages_of(page)["index.html"]


def test_pieces_move_go_and_come_back(page: Client, priya: Learner) -> None:
    entries = [case(priya, title) for title in ("One", "Two", "Three")]
    for entry in entries:
        chosen(page, entry)
    press(page, visit(page, LIST), "Up Three")
    assert [each["number"] for each in Portfolio.objects.get().pieces] == [
        entries[0].number,
        entries[2].number,
        entries[1].number,
    ]
    press(page, visit(page, LIST), "Down One")
    after = press(page, visit(page, LIST), "Take out Two")
    assert [each["number"] for each in Portfolio.objects.get().pieces] == [entries[2].number, entries[0].number]
    press(page, after, "Undo")
    assert [each["number"] for each in Portfolio.objects.get().pieces] == [
        entries[2].number,
        entries[0].number,
        entries[1].number,
    ]


def test_the_cover_and_two_windows(page: Client, priya: Learner) -> None:
    first, second = visit(page, f"{LIST}cover/"), visit(page, f"{LIST}cover/")
    press(page, first, "Keep it", title="Six pieces", about="I frame problems.")
    refused = press(page, second, "Keep it", title="Other", about="Mine.")
    assert refused.status == 422
    assert "Another window has changed it" in refused.text
    assert refused.form("Keep it").values["about"] == "Mine."
    assert Portfolio.objects.get().title == "Six pieces"
    press(page, refused, "Keep it")
    assert Portfolio.objects.get().title == "Other"


def test_firms_and_addresses_are_named(page: Client, priya: Learner) -> None:
    document = to_json(Document(positions=(Position("p", "Harbour Goods"),)))
    Resume.objects.create(learner=priya, key="k", name="Mine", document=document, saved_at="2026-11-23T09:00:00Z")
    entry = case(priya, body="Harbour Goods, ask jo@harbour.example or +44 20 7946 0018. " + "word " * 600)
    listed = chosen(page, entry).text
    assert "“Harbour Goods”, a firm of your résumé" in listed
    assert "an e-mail address" in listed
    assert "a telephone number" in listed
    assert "Nothing was found" in masked(page, entry, "", "Harbour Goods\njo@harbour.example\n+44 20 7946 0018").text


def test_a_gap_term_stops_the_site_the_pdf_and_the_record(page: Client, priya: Learner) -> None:
    entry = case(priya)
    chosen(page, entry)
    JobAd.objects.create(learner=priya, key="ad", title="Product manager", text="You know Kubernetes.", found_on=MONDAY)
    JobAd.objects.create(
        learner=priya, key="ad2", title="Product manager", text="Requirements: computer vision.", found_on=MONDAY
    )
    masked(page, entry, "I know computer vision.")
    for address in (ZIP, PDF):
        refused = visit(page, address)
        assert refused.status == 400
        assert "computer vision" in refused.text
    assert "computer vision" in press(page, visit(page, LIST), "Record it", confidentiality="private").text
    masked(page, entry, "I know what returns cost.")
    assert page.get(ZIP).status_code == 200


def test_recorded_with_its_site_and_its_figures(page: Client, priya: Learner) -> None:
    entry = case(priya)
    case(priya, "At home", confidentiality="private")
    chosen(page, entry)
    press(page, visit(page, LIST), "Record it", confidentiality="private")
    recorded = priya.entries.get(kind="portfolio")
    assert (recorded.activity_id, recorded.facts) == ("w26-portfolio", {"pieces": 1, "left_out": 1})
    assert recorded.attachments.get().name == "portfolio.zip"
    assert "is the portfolio as it stands" in visit(page, LIST).text
    assert "as it stands, as entry" in press(page, visit(page, LIST), "Record a new version").text
    masked(page, entry, "Five lines.")
    press(page, visit(page, LIST), "Record a new version", confidentiality="private")
    assert priya.entries.filter(kind="portfolio").count() == 2


def test_a_new_version_of_a_piece_is_what_is_shown(page: Client, priya: Learner) -> None:
    entry = case(priya, "First draft")
    chosen(page, entry)
    work = Work("case-study", "Second draft", date(2026, 11, 24), body="better " * 600, confidentiality="public")
    record_work(priya, work, revises=entry)
    assert "Second draft" in pages_of(page)["index.html"]
    add_piece(priya, priya.entries.latest("number").number)
    assert len(Portfolio.objects.get().pieces) == 1
