"""A request for a review: what may be asked about, who may answer, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence.actions import append, record_work, withdraw
from segue.evidence.actions.reviewing import (
    answer_request,
    ask_review,
    extend,
    mark_opened,
    restore,
    revoke,
    take_review,
)
from segue.evidence.blocks import pack
from segue.evidence.files import path_of
from segue.evidence.models import Channel, Entry, ReviewRequest
from segue.evidence.queries import ledger_of
from segue.evidence.replies import Marked, as_kept, sealed
from segue.evidence.requests import grouped, open_count, review_page, state_of
from segue.evidence.trust import artefact_of
from segue.shared import clock
from tests.conftest import MONDAY
from tests.evidence.pieces import piece, stored, work

MARKED = Marked("Marco", "My manager", "Data scientist", 7, True, {"c2-3-charter": True}, "Small enough.", MONDAY)


@pytest.fixture
def entry(priya: Learner) -> Entry:
    return piece(priya, confidentiality="public", files=(stored(), stored("shot.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)))


@pytest.fixture
def request_(priya: Learner, entry: Entry) -> ReviewRequest:
    return ask_review(
        priya, entry, for_name="Marco", note="Look at the scope.", files=[f.sha256 for f in entry.attachments.all()]
    )


def said(request: ReviewRequest, **more: Any) -> dict[str, Any]:
    kept = as_kept(MARKED, "")
    del kept["block"]
    return {"token": request.token, **kept, **more}


def block(request: ReviewRequest, **more: Any) -> str:
    return pack(sealed(request.secret, said(request, **more)))


def tier(learner: Learner, number: int = 1) -> Tier:
    artefact = artefact_of(ledger_of(learner), number)
    assert artefact is not None
    return artefact.tier


def refused(learner: Learner, text: str, words: str) -> None:
    """The text is refused with these words, and nothing changes."""
    before = (learner.entries.count(), list(learner.review_requests.values()))
    with pytest.raises(UserError) as error:
        take_review(learner, text)
    assert words in str(error.value)
    assert error.value.hint
    assert (learner.entries.count(), list(learner.review_requests.values())) == before


def test_a_request_holds_what_was_published_on_that_day(request_: ReviewRequest, entry: Entry) -> None:
    assert [c["id"] for c in request_.criteria] == [c.id for c in review_page(request_).criteria]
    assert "c2-3-charter" in [c["id"] for c in request_.criteria]
    assert all(c["text"] and c["level"].startswith("C2 ") for c in request_.criteria)
    assert request_.until == MONDAY + timedelta(days=14)
    assert (len(request_.token), len(request_.secret)) == (32, 64)
    assert set(request_.files) == set(entry.attachments.values_list("sha256", flat=True))
    other = ask_review(entry.learner, entry, days=1000)
    assert other.until == MONDAY + timedelta(days=90)
    assert (other.token, other.secret, other.files) != (request_.token, request_.secret, request_.files)


def test_the_page_shows_pictures_and_texts_and_offers_the_rest(priya: Learner) -> None:
    webp = b"RIFF0000WEBPdata"
    files = (
        stored("shot.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40),
        stored("new.webp", webp),
        stored("notes.txt", "Größe".encode("utf-8-sig")),
        stored("latin.txt", "Größe".encode("latin-1")),
        stored("page.html", b"<script>alert(1)</script>"),
        stored("table.xlsx", b"PK\x00\x01"),
        stored("long.txt", b"x" * 70_000),
        stored("gone.txt", b"soon"),
    )
    entry = piece(priya, confidentiality="public", files=files, facts={"users": 3})
    path_of(files[-1].sha256).unlink()
    page = review_page(ask_review(priya, entry, files=[f.sha256 for f in files]))
    assert [file.is_image for file in page.files] == [True, True, *[False] * 6]
    assert [file.text for file in page.files] == ["", "", "Größe", "", "<script>alert(1)</script>", "", "", ""]
    assert [file.uri.partition(";")[0] for file in page.files] == [
        "data:image/png",
        "data:image/webp",
        *["data:application/octet-stream"] * 5,
        "",
    ]
    assert (page.title, page.learner_name, page.version) == ("A charter", "Priya", 0)
    assert [file.name for file in review_page(ask_review(priya, entry, files=[files[2].sha256])).files] == ["notes.txt"]


def test_private_and_withdrawn_work_and_what_is_no_work_is_never_put_in(priya: Learner, entry: Entry) -> None:
    with pytest.raises(UserError, match="private") as error:
        ask_review(priya, piece(priya, confidentiality="private"))
    assert "Record a new version" in error.value.hint
    with pytest.raises(UserError, match="Only a piece of work"):
        ask_review(priya, append(priya, Sort.TIME, MONDAY, minutes=5))
    withdraw(entry, MONDAY, "Wrong.")
    with pytest.raises(UserError, match="withdrawn"):
        ask_review(priya, entry)
    assert not priya.review_requests.exists()


def test_what_no_mail_carries_is_refused(priya: Learner) -> None:
    large = [stored("a.bin", b"a" * 3_000_000), stored("b.bin", b"b" * 3_000_000)]
    entry = piece(priya, confidentiality="redacted", files=tuple(large))
    with pytest.raises(UserError, match=r"5\.7 MB together; 5 MB is the most"):
        ask_review(priya, entry, files=[f.sha256 for f in large])
    assert ask_review(priya, entry, files=[large[0].sha256, "unknown"]).files == [large[0].sha256]


def test_nobody_asks_themself_or_about_the_work_of_another(
    priya: Learner, entry: Entry, make_learner: Callable[..., Learner]
) -> None:
    with pytest.raises(UserError, match="Nobody reviews themself"):
        ask_review(priya, entry, for_name=" priya ")
    with pytest.raises(UserError):
        ask_review(make_learner("Sam"), entry)


def test_an_answer_lifts_the_piece_and_keeps_the_words(priya: Learner, request_: ReviewRequest) -> None:
    text = block(request_)
    taken = take_review(priya, f"Hello,\n{text}\nM.")
    assert taken.is_new
    assert tier(priya) is Tier.E2
    review = taken.entry
    assert (review.subject, review.marks, review.channel) == (request_.entry, {"c2-3-charter": True}, Channel.FILE)
    assert (review.reviewer_name, review.reviewer_relation, review.reviewer_years) == ("Marco", "My manager", 7)
    words = path_of(review.attachments.get().sha256).read_text()
    assert "Small enough." in words
    assert "Met: " in words
    assert text.splitlines()[1] in words
    request_.refresh_from_db()
    assert request_.review == review
    assert request_.reply == as_kept(MARKED, f"Hello,\n{text}\nM.")


def test_the_same_answer_again_changes_nothing(priya: Learner, request_: ReviewRequest) -> None:
    first = take_review(priya, block(request_))
    for again in (block(request_), f"> {block(request_)}", block(request_, on="2026-11-24")):
        taken = take_review(priya, again)
        assert (taken.entry, taken.is_new) == (first.entry, False)
    assert answer_request(request_, MARKED, Channel.LINK) == first.entry
    assert priya.entries.count() == 2
    refused(priya, block(request_, marks={"c2-3-charter": False}), "answered already, by entry 2, and the first answer stays")


def test_an_answer_by_the_link_needs_no_block(priya: Learner, request_: ReviewRequest) -> None:
    review = answer_request(request_, MARKED, Channel.LINK)
    assert review.channel == Channel.LINK
    assert "SEGUE" not in path_of(review.attachments.get().sha256).read_text()
    with pytest.raises(UserError, match="the first answer stays"):
        answer_request(request_, replace(MARKED, comment="No."), Channel.LINK)


def test_a_review_belongs_to_its_version(priya: Learner, request_: ReviewRequest) -> None:
    newer = record_work(priya, work(title="A charter", confidentiality="private"), revises=request_.entry)
    review = take_review(priya, block(request_)).entry
    assert review.subject == request_.entry
    assert tier(priya, newer.number) is Tier.E2


def test_the_answer_counts_for_the_activity_it_was_asked_for(priya: Learner, entry: Entry) -> None:
    request = ask_review(priya, entry, activity_id="w10-charter")
    assert take_review(priya, block(request)).entry.activity_id == "w10-charter"


def test_a_clock_that_goes_wrong_moves_no_day(priya: Learner, request_: ReviewRequest, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=3))
    assert take_review(priya, block(request_, on="1970-01-01")).entry.on == MONDAY
    other = ask_review(priya, request_.entry)
    assert take_review(priya, block(other, on="2031-01-01")).entry.on == clock.today()


def test_what_answers_nothing_open_is_refused(
    priya: Learner, request_: ReviewRequest, make_learner: Callable[..., Learner], on_day: Callable[[date], None]
) -> None:
    answer = block(request_)
    refused(make_learner("Sam"), answer, "answers no request of yours")
    refused(priya, block(request_, token="0" * 32), "answers no request of yours")
    refused(priya, "Fine.", "No review is in this text")
    refused(priya, answer[:-90], "No review is in this text")
    refused(priya, answer.replace(answer[100:104], "AAAA"), "did not arrive whole")
    refused(priya, pack(sealed("ff" * 32, said(request_))), "changed after it was signed")
    refused(priya, block(request_, name="PRIYA"), "Nobody reviews themself")
    refused(priya, block(request_, marks={"c1-1-explain": True}), "was not asked about")
    revoke(request_)
    refused(priya, answer, "called back")
    restore(request_)
    on_day(request_.until + timedelta(days=1))
    refused(priya, answer, "open until Monday 7 December 2026. Give it 14 more days")
    extend(request_)
    withdrawal = withdraw(request_.entry, clock.today(), "Wrong.")
    refused(priya, answer, "Entry 1, which the review is about, was withdrawn")
    assert withdrawal.number == 2


def test_more_time_makes_a_late_answer_good(priya: Learner, request_: ReviewRequest, on_day: Callable[[date], None]) -> None:
    late = request_.until + timedelta(days=30)
    on_day(late)
    assert extend(request_).until == late + timedelta(days=14)
    assert take_review(priya, block(request_)).is_new
    for change in (extend, revoke, restore):
        with pytest.raises(UserError, match="has its answer"):
            change(request_)


def test_more_time_never_takes_time_away(priya: Learner, entry: Entry) -> None:
    assert extend(ask_review(priya, entry, days=60)).until == MONDAY + timedelta(days=60)


def test_the_first_opening_is_noted(request_: ReviewRequest, on_day: Callable[[date], None]) -> None:
    mark_opened(request_)
    request_.refresh_from_db()
    first = request_.opened_at
    on_day(MONDAY + timedelta(days=2))
    mark_opened(request_)
    request_.refresh_from_db()
    assert request_.opened_at == first is not None


def test_requests_stand_by_state(
    priya: Learner, entry: Entry, on_day: Callable[[date], None], django_assert_num_queries: Callable[[int], Any]
) -> None:
    names = ("open", "answered", "expired", "revoked", "withdrawn")
    other = piece(priya, confidentiality="public", title="Other")
    about = {"withdrawn": other}
    asked = {name: ask_review(priya, about.get(name, entry), days=3 if name == "expired" else 14) for name in names}
    take_review(priya, block(asked["answered"]))
    revoke(asked["revoked"])
    withdraw(other, MONDAY, "Wrong.")
    on_day(MONDAY + timedelta(days=4))
    groups = grouped(priya, clock.today())
    assert {group.state: list(group.rows) for group in groups} == {name: [asked[name]] for name in names}
    found = ReviewRequest.objects.in_bulk([row.pk for row in asked.values()])
    assert {name: state_of(found[row.pk], clock.today()) for name, row in asked.items()} == {name: name for name in names}
    assert open_count(priya, clock.today()) == 1
    with django_assert_num_queries(1):
        grouped(priya, clock.today())


def test_what_was_called_back_is_opened_before_it_gets_time(request_: ReviewRequest) -> None:
    revoke(request_)
    with pytest.raises(UserError, match="called back"):
        extend(request_)
    restore(request_)
    assert extend(request_).until >= request_.until


def test_only_a_recorded_review_is_an_answer(request_: ReviewRequest) -> None:
    request_.reply = as_kept(MARKED, "")  # an export written by hand may name no entry
    assert state_of(request_, MONDAY) == "open"


def test_only_addresses_of_the_web_go_along(request_: ReviewRequest) -> None:
    request_.entry.link = "javascript:alert(1)"  # no form takes one, an import may
    assert review_page(request_).link == ""
    request_.entry.link = "HTTPS://example.org"
    assert review_page(request_).link == "HTTPS://example.org"


def test_who_shares_the_name_of_the_learner_is_told_what_to_do(priya: Learner, request_: ReviewRequest) -> None:
    priya.name = "Priya"
    priya.save()
    refused(priya, block(request_, name="priya"), "a last name or an initial")
    assert take_review(priya, block(request_, name="Priya K.")).is_new
