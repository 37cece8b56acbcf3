"""Asking for a review, and bringing in what came back: as the learner has it, and as the reviewer has the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page as Window

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.evidence import Sort
from segue.evidence.actions import withdraw
from segue.evidence.actions.reviewing import ask_review, revoke
from segue.evidence.blocks import pack
from segue.evidence.models import Entry, ReviewRequest
from segue.evidence.queries import ledger_of
from segue.evidence.replies import sealed
from segue.shared import clock
from tests.browsing import press, visit
from tests.chromium import chromium
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.evidence.pieces import piece, stored

LIST, TAKE, ASK = "/evidence/reviews/", "/evidence/reviews/take/", "/evidence/1/ask-review/"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def entry(priya: Learner) -> Entry:
    files = (stored(), stored("screen shot.png", PICTURE))
    return piece(priya, confidentiality="public", files=files, link="https://example.org/board", facts={"users": 3})


@pytest.fixture
def asked(priya: Learner, entry: Entry) -> ReviewRequest:
    return ask_review(priya, entry, for_name="Marco", files=[f.sha256 for f in entry.attachments.all()])


def answer_to(asked: ReviewRequest, **more: Any) -> str:
    said = {"name": "Marco", "relation": "My manager", "role": "Data scientist", "years": 7, "practises_ai": True}
    marks = {criterion["id"]: True for criterion in asked.criteria}
    given = {"token": asked.token, **said, "marks": marks, "comment": "<b>Fine</b>", "on": "2026-11-23", **more}
    return pack(sealed(asked.secret, given))


def send(page: Client, text: str) -> str:
    return page.post(TAKE, {"text": text}, follow=True).content.decode()


def test_from_the_piece_to_a_review_that_lifts_it(page: Client, priya: Learner, entry: Entry) -> None:
    shown = visit(page, visit(page, "/evidence/1/").link("Ask for a review"))
    criteria = shown.section("What they will be asked")
    assert "C2 " in criteria
    assert "With half of the marks met" in criteria
    assert "Eight classes of message" in shown.section("What they will read", "\n# Nothing")
    made = press(page, shown, "Make the request", for_name="Ines Duarte", note="Is it small enough?", days=7)
    request = priya.review_requests.get()
    assert made.path == f"{LIST}{request.pk}/"
    assert (request.for_name, request.note, request.until) == ("Ines Duarte", "Is it small enough?", MONDAY + timedelta(days=7))
    assert "Hello Ines Duarte" in made.text
    assert "Open until Monday 30 November 2026" in made.text
    assert "(1 open)" in visit(page, "/evidence/").text
    html = page.get(made.link("The file")).content.decode()
    assert "Is it small enough?" in html
    after = send(page, f"Here you are.\n{answer_to(request)}")
    assert "Marco&#x27;s words are recorded. The piece stands at E2, reviewed" in after
    story = visit(page, "/evidence/1/").section("What others said", "\n# History")
    assert "My manager, 7 years in AI, practises AI. Given by the reviewer in the file that was sent to them." in story
    done = visit(page, made.path)
    assert "Marco reviewed it" in done.heading
    assert "/evidence/2/" in {url for _, url in done.links}
    assert "<b>Fine" not in done.html
    assert "Marco answered on Monday 23 November 2026, entry 2" in visit(page, LIST).text


def test_only_chosen_files_go_along(page: Client, priya: Learner, entry: Entry) -> None:
    shown = visit(page, ASK)
    assert "notes.txt (11 bytes)" in shown.text
    notes = entry.attachments.get(name="notes.txt")
    press(page, shown, "Make the request", enclosed=notes.sha256)
    request = priya.review_requests.get()
    assert request.files == [notes.sha256]
    html = page.get(f"{LIST}{request.pk}/file/").content.decode()
    assert "what I read" in html
    assert "screen shot.png" not in html


def test_a_private_piece_can_not_be_asked_about(page: Client, priya: Learner) -> None:
    piece(priya)
    shown = visit(page, ASK)
    assert "This version is private" in shown.text
    assert "/evidence/1/edit/" in {url for _, url in shown.links}
    assert not [f for f in shown.forms if "Make the request" in f.buttons]
    answer = page.post(ASK, {"days": "14"})
    assert answer.status_code == 400
    assert "is private" in answer.content.decode()
    assert not priya.review_requests.exists()


def test_what_is_shareable_when_redacted_goes_with_a_word(page: Client, priya: Learner) -> None:
    piece(priya, confidentiality="redacted")
    assert "no names of customers or colleagues" in visit(page, ASK).text


def test_a_kind_without_criteria_is_asked_about_with_a_word(page: Client, priya: Learner) -> None:
    piece(priya, "log", confidentiality="public")
    assert "can’t lift the piece to E2" in visit(page, ASK).text
    asked = ask_review(priya, priya.entries.get())
    assert "Say what you think of it" in page.get(f"{LIST}{asked.pk}/file/").content.decode()
    assert "stands at E1" in send(page, answer_to(asked))


def test_what_is_no_standing_work_has_no_such_page(page: Client, priya: Learner, asked: ReviewRequest) -> None:
    send(page, answer_to(asked))
    assert page.get("/evidence/2/ask-review/").status_code == 404
    withdraw(asked.entry, MONDAY, "Wrong.")
    assert page.get(ASK).status_code == 400


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"for_name": "Priya"}, "Nobody reviews themself"),
        ({"days": "0"}, "at least one day"),
        ({"days": "91"}, "at most 90 days"),
        ({"days": "soon"}, "a whole number of days"),
        ({"note": "x" * 2001}, "2,001 characters"),
        ({"enclosed": "unknown"}, "unknown is not one of the available choices"),
    ],
)
def test_what_can_not_be_asked_is_told_and_what_was_typed_stays(
    page: Client, priya: Learner, entry: Entry, typed: dict[str, str], words: str
) -> None:
    answer = page.post(ASK, {"for_name": "Ines", "note": "Kept as typed", "days": "14", **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ("Kept as typed" in answer.content.decode()) == ("note" not in typed)
    assert not priya.review_requests.exists()


def test_too_large_files_are_told_with_their_sizes(page: Client, priya: Learner) -> None:
    files = [stored("a.bin", b"a" * 3_000_000), stored("b.bin", b"b" * 3_000_000)]
    piece(priya, confidentiality="public", files=tuple(files))
    shown = visit(page, ASK)
    assert "a.bin (3 MB)" in shown.text
    assert "enclosed" not in shown.form("Make the request").values
    answer = page.post(ASK, {"days": "14", "enclosed": [f.sha256 for f in files]})
    assert answer.status_code == 422
    assert "The files chosen are 5.7 MB together; 5 MB is the most" in answer.content.decode()


def test_the_name_may_come_with_the_address(page: Client, entry: Entry) -> None:
    assert visit(page, f"{ASK}?name=Ines+Duarte").form("Make the request").values["for_name"] == "Ines Duarte"


def test_what_came_before_changes_nothing_and_says_so(page: Client, priya: Learner, asked: ReviewRequest) -> None:
    send(page, answer_to(asked))
    assert "This review came before: it is entry 2. Nothing changed." in send(page, "> " + answer_to(asked).replace("\n", "\n> "))
    assert "answered already, by entry 2" in send(page, answer_to(asked, name="Ann"))
    assert priya.entries.count() == 2


def test_tampering_and_strangers_are_told_apart(page: Client, priya: Learner, asked: ReviewRequest) -> None:
    forged = sealed(asked.secret, {"token": asked.token, "name": "Marco", "marks": {}})
    forged["signed"] = forged["signed"].replace("Marco", "Mario")
    assert "was changed after it was signed" in send(page, pack(forged))
    assert "answers no request of yours" in send(page, answer_to(asked, token="0" * 32))
    broken = answer_to(asked).replace(answer_to(asked)[80:84], "AAAA")
    answer = page.post(TAKE, {"text": broken})
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.content.decode()
    assert broken[:60] in answer.content.decode()
    assert "Paste the message, or choose the file." in send(page, "")
    assert "made by a newer Segue" in send(page, pack({**forged, "format": 2}))
    assert priya.entries.filter(sort=Sort.REVIEW).count() == 0


def test_a_file_is_read_like_a_message(page: Client, asked: ReviewRequest) -> None:
    junk = SimpleUploadedFile("answer.txt", b"\xff\xfe\x00junk")
    assert "No review is in this text" in page.post(TAKE, {"attachments": junk}).content.decode()
    file = SimpleUploadedFile("answer.txt", answer_to(asked).encode())
    assert "The piece stands at E2" in page.post(TAKE, {"attachments": file}, follow=True).content.decode()


def test_a_request_is_called_back_and_opened_again(page: Client, asked: ReviewRequest) -> None:
    address = f"{LIST}{asked.pk}/"
    gone = press(page, visit(page, address), "Call it back")
    assert "called back" in gone.text
    assert page.get(f"{address}file/").status_code == 400
    assert "This request was called back" in send(page, answer_to(asked))
    back = press(page, visit(page, address), "Open it again")
    assert "The request is open again" in back.text
    undone = press(page, press(page, back, "Call it back"), "Undo")
    assert "The request is open again" in undone.text
    assert "stands at E2" in send(page, answer_to(asked))
    assert page.post(f"{address}revoke/").status_code == 400


def test_an_expired_request_is_given_more_time(page: Client, asked: ReviewRequest, on_day: Callable[[date], None]) -> None:
    on_day(asked.until + timedelta(days=1))
    assert "was open until" in send(page, answer_to(asked))
    press(page, visit(page, f"{LIST}{asked.pk}/"), "Give it 14 days")
    assert "stands at E2" in send(page, answer_to(asked))


def test_the_list_shows_every_state(page: Client, priya: Learner, entry: Entry, on_day: Callable[[date], None]) -> None:
    assert "Nobody was asked yet" in visit(page, LIST).text
    ask_review(priya, entry, days=2)
    revoke(ask_review(priya, entry, for_name="Ines"))
    ask_review(priya, entry)
    on_day(MONDAY + timedelta(days=3))
    shown = visit(page, LIST).text
    assert "no answer by Wednesday 25 November 2026" in shown
    assert "asked Ines on Monday 23 November 2026, called back on" in shown
    assert "open until Monday 7 December 2026" in shown
    withdraw(entry, clock.today(), "Wrong.")
    assert "the version was withdrawn since" in visit(page, LIST).text


def test_the_list_asks_as_often_for_many(page: Client, priya: Learner, entry: Entry) -> None:
    ask_review(priya, entry)
    few = queries_of(page, LIST)
    for _ in range(20):
        ask_review(priya, entry)
    assert queries_of(page, LIST) == few


def test_the_file_holds_texts_as_text(page: Client, priya: Learner) -> None:
    hostile = "</script><script>alert(1)</script>"
    notes = stored(f"{hostile}.txt", b"<img src=x onerror=alert(1)>")
    entry = piece(
        priya, title=hostile, body=f"# Hi\n{hostile}\n![x](https://example.org/spy.png)", confidentiality="public", files=(notes,)
    )
    asked = ask_review(priya, entry, for_name=hostile, note=hostile, files=[notes.sha256])
    answer = page.get(f"{LIST}{asked.pk}/file/")
    html = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "default-src 'none'; img-src data:" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "spy.png" not in html


def test_the_file_of_somebody_without_a_name_reads_well(page: Client, priya: Learner, entry: Entry) -> None:
    priya.name = ""
    priya.save()
    html = page.get(f"{LIST}{ask_review(priya, entry).pk}/file/").content.decode()
    assert "<title>A review for somebody</title>" in html
    assert "<h1>Somebody you know asks for your review</h1>" in html
    assert "Copy it into a message to whoever sent you this file" in html


def test_private_work_is_in_no_file_whatever_an_import_asked_for(page: Client, priya: Learner, asked: ReviewRequest) -> None:
    ReviewRequest.objects.filter(pk=asked.pk).update(entry=piece(priya))
    answer = page.get(f"{LIST}{asked.pk}/file/")
    assert answer.status_code == 400
    assert "This version is private" in answer.content.decode()


def test_opened_again_too_late_it_is_not_called_open(page: Client, asked: ReviewRequest, on_day: Callable[[date], None]) -> None:
    revoke(asked)
    on_day(asked.until + timedelta(days=1))
    called_back = visit(page, f"{LIST}{asked.pk}/")
    assert "open the request again and give it more time" in called_back.text
    back = press(page, called_back, "Open it again")
    assert "its time is over" in back.text
    assert "The request is open again" not in back.text


@pytest.mark.browser
def test_a_browser_that_keeps_nothing_says_so_and_answers_all_the_same(
    page: Client, asked: ReviewRequest, tmp_path: Path
) -> None:
    file = tmp_path / "review.html"
    file.write_bytes(page.get(f"{LIST}{asked.pk}/file/").content)
    with chromium() as browser:
        window = browser.new_page(viewport={"width": 320, "height": 700})
        window.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})")
        window.goto(file.as_uri())
        assert "This browser keeps nothing of what you type" in window.locator("header").inner_text()
        wide = window.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320
        window.get_by_label("Met", exact=True).first.check()
        window.get_by_label("Your name").fill("Ines")
        window.get_by_label("How you know each other").select_option(index=1)
        window.get_by_label("Your work").fill("Data scientist")
        window.get_by_role("button", name="Make my review").press("Enter")
        block = window.locator("#block").input_value()
    assert "The piece stands at E2" in send(page, block)


@pytest.mark.browser
def test_the_file_answers_by_keyboard_in_a_browser_that_has_nothing_else(
    page: Client, priya: Learner, asked: ReviewRequest, tmp_path: Path
) -> None:
    file = tmp_path / "review.html"
    file.write_bytes(page.get(f"{LIST}{asked.pk}/file/").content)
    block = _answered(file)
    assert "The piece stands at E2" in send(page, f"Hello Priya,\n\n{block}\n\nInes")
    review = priya.entries.get(sort=Sort.REVIEW)
    ids = [criterion["id"] for criterion in asked.criteria]
    assert review.marks == {ids[0]: True, ids[-1]: len(ids) < 2}
    assert (review.reviewer_name, review.reviewer_relation) == ("Inês “Æ” 💡", "Works in another company")
    assert (review.reviewer_role, review.reviewer_years, review.reviewer_practises_ai) == ("Data scientist", 0, True)
    assert review.body == "Klein genug.\nÜber alles: 💡"
    assert ledger_of(priya).artefacts[0].tier is Tier.E2
    middle = len(block) // 2
    changed = block[:middle] + ("A" if block[middle] != "A" else "B") + block[middle + 1 :]
    assert "did not arrive whole" in send(page, changed)
    assert priya.entries.count() == 2


def _answered(file: Path) -> str:
    """Fills the file in as a reviewer does, by keyboard and without a network; only the file itself was asked for."""
    asked: list[str] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 900})
        context.set_offline(True)
        window = context.new_page()
        window.on("request", lambda request: asked.append(request.url))
        window.goto(file.as_uri())
        wide = window.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390
        window.get_by_role("button", name="Make my review").press("Enter")
        assert "Mark what you looked at" in window.locator("#wrong").inner_text()
        _type(window)
        before = window.evaluate("JSON.stringify(Object.fromEntries(new FormData(document.querySelector('form'))))")
        window.reload()
        after = window.evaluate("JSON.stringify(Object.fromEntries(new FormData(document.querySelector('form'))))")
        assert after == before
        window.get_by_role("button", name="Make my review").press("Enter")
        assert window.locator("#wrong").inner_text() == ""
        results = Axe().run(window)
        assert results.violations_count == 0, results.generate_report()
        block = window.locator("#block").input_value()
    assert {url for url in asked if not url.startswith("data:")} == {file.as_uri()}
    return block


def _type(window: Window) -> None:
    """From the first mark to the last field, with the keys that everybody has."""
    keys = window.keyboard
    marks = window.locator(".criterion")
    marks.first.locator("input").last.focus()
    keys.press("ArrowDown")  # round to the first: met
    for _ in range(marks.count() - 1):
        keys.press("Tab")
    if marks.count() > 1:
        keys.press("ArrowUp")  # not met
    keys.press("Tab")
    keys.type("Klein genug.")
    keys.press("Enter")
    keys.type("Über alles: 💡")
    keys.press("Tab")
    keys.type("Inês “Æ” 💡")
    keys.press("Tab")
    keys.type("I work in another company")
    keys.press("Tab")
    keys.type("Data scientist")
    keys.press("Tab")
    keys.type("0")
    keys.press("Tab")
    keys.press("Space")
