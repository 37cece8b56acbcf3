"""The list, one entry with everything about it, its files, and taking entries back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.curriculum import current
from segue.evidence import actions
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry
from segue.evidence.queries import PAGE, ledger_of
from tests.conftest import MONDAY
from tests.evidence.pieces import TEXT, opinion, piece, reviewed, stored, words_of, work

LIST = reverse("evidence:list-evidence")


def entry_page(number: int) -> str:
    return reverse("evidence:show-entry", args=[number])


def titles(response: Any) -> list[str]:
    return [row.entry.title for row in response.context["page"]]


# --- the list ---------------------------------------------------------------------------------------------------------------


def test_an_empty_ledger_teaches_what_belongs_here(page: Client) -> None:
    response = page.get(LIST)
    assert "Nothing recorded yet" in words_of(response)
    assert reverse("evidence:record-work") in response.content.decode()


def test_standing_work_is_listed_newest_first_with_tier_and_reason(page: Client, priya: Learner) -> None:
    piece(priya, title="Old", on=MONDAY - timedelta(days=9))
    reviewed(piece(priya, title="New", files=(stored("plan.pdf"),), minutes=95, confidentiality="redacted"))
    gone = piece(priya, title="Gone")
    actions.withdraw(gone, MONDAY, "Twice.")
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    response = page.get(LIST)
    assert titles(response) == ["New", "Old"]
    shown = words_of(response)
    for words in ("Marco (Data scientist) reviewed it and found it good.", "plan.pdf", "1 h 35 min", "Shareable when redacted"):
        assert words in shown
    assert "Its text has 260 words (200 are needed)." in shown


def test_a_piece_of_several_versions_is_listed_once_as_its_newest(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One")
    actions.record_work(priya, work(title="Two"), first)
    response = page.get(LIST)
    assert titles(response) == ["Two"]
    assert "version 2" in words_of(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ÜBUNG", ["Übung mit Straße"]),
        ("q=strasse", ["Übung mit Straße"]),
        ("q=marco", ["Reviewed"]),
        ("q=SKETCH.PNG", ["With a file"]),
        ("q=unicorns", ["In its text"]),
        ("q=example.org", ["In its text"]),
        ("q=zebra", []),
        ("q=%25", []),
        ("q=   ", ["With a file", "Reviewed", "In its text", "Übung mit Straße"]),
        ("competency=C3", ["With a file"]),
        ("kind=log", ["In its text"]),
        ("tier=E2", ["Reviewed"]),
        ("tier=E0", ["In its text"]),
        ("month=2026-10", ["In its text"]),
        ("month=2026-11&tier=E1", ["With a file", "Übung mit Straße"]),
        ("activity=w09-charter", ["Reviewed"]),
        ("tier=E9&kind=nonsense&month=1", ["With a file", "Reviewed", "In its text", "Übung mit Straße"]),
        ("page=99", ["With a file", "Reviewed", "In its text", "Übung mit Straße"]),
    ],
)
def test_search_and_filters(page: Client, priya: Learner, query: str, found: list[str]) -> None:
    piece(priya, title="Übung mit Straße", on=MONDAY - timedelta(days=1))
    piece(priya, "log", "In its text", MONDAY - timedelta(days=40), body="No unicorns.", link="https://example.org/x")
    reviewed(piece(priya, title="Reviewed", activity_id="w09-charter"))
    piece(priya, title="With a file", files=(stored("Sketch.png"),), competencies=("C3",))
    assert sorted(titles(page.get(f"{LIST}?{query}"))) == sorted(found)


def test_nothing_found_offers_the_way_back(page: Client, priya: Learner) -> None:
    piece(priya)
    response = page.get(f"{LIST}?q=zebra")
    assert "Nothing fits" in words_of(response)
    assert "Show all evidence" in words_of(response)


def test_a_second_page_holds_the_rest(page: Client, priya: Learner) -> None:
    for n in range(PAGE + 3):
        piece(priya, title=f"Piece {n}")
    assert len(titles(page.get(LIST))) == PAGE
    assert titles(page.get(f"{LIST}?page=2")) == ["Piece 2", "Piece 1", "Piece 0"]


def test_tiers_are_counted_of_everything_that_stands(page: Client, priya: Learner) -> None:
    piece(priya)
    reviewed(piece(priya))
    actions.record_confirmation(piece(priya), opinion())
    piece(priya, body="short")
    counts = {stat.label: stat.value for stat in page.get(f"{LIST}?tier=E2").context["stats"]}
    assert list(counts.values()) == [1, 1, 1, 1]


def test_what_no_longer_stands_can_be_reached(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One")
    second = actions.record_work(priya, work(title="Two"), first)
    gone = piece(priya, title="Gone")
    reviewed(gone)
    actions.withdraw(gone, MONDAY, "Recorded twice.")
    response = page.get(f"{LIST}?show=withdrawn")
    states = {row.entry.number: (row.state, row.by) for row in response.context["page"]}
    assert states == {1: ("superseded", second.number), 3: ("withdrawn", 5), 4: ("fallen", 5)}
    assert "Recorded twice." in words_of(response)


def test_the_whole_ledger_shows_every_entry(page: Client, priya: Learner) -> None:
    entry = piece(priya, title="Work")
    reviewed(entry)
    actions.log_time(priya, activity_id="w09-charter", minutes=65, on=MONDAY)
    actions.rate_self(priya, "C4", 2, MONDAY)
    actions.withdraw(entry, MONDAY, "No.")
    response = page.get(f"{LIST}?show=all")
    assert [row.entry.number for row in response.context["page"]] == [5, 4, 3, 2, 1]
    for words in ("Time: 1 h 5 min", "Self-rating of C4: level 2", "Review by Marco of entry 1", "Withdrawal of entry 1"):
        assert words in words_of(response)


def test_unfinished_texts_are_listed(page: Client, priya: Learner) -> None:
    page.post(reverse("evidence:save-draft", args=["new::charter"]), {"title": "Half a charter"})
    page.post(reverse("evidence:save-draft", args=["new::log"]), {"body": "Half a thought"})
    response = page.get(LIST)
    assert "2 texts are begun and not recorded" in words_of(response)
    assert re.search(r"Half a charter saved at \d\d:\d\d", words_of(response))
    for address in (f"{reverse('evidence:record-work')}?kind=charter", reverse("evidence:write-log")):
        assert f'href="{address}"' in response.content.decode()


def fill(learner: Learner, count: int) -> None:
    """Work of several versions with files and reviews, minutes, withdrawals."""
    for n in range(count):
        entry = piece(learner, ("charter", "log")[n % 2], f"Piece {n}", files=(stored(f"{n}.txt", str(n).encode()),))
        if n % 3 == 0:
            reviewed(entry, files=(stored("mail.eml"),))
            actions.record_work(learner, work(entry.kind, f"Piece {n}, again"), entry)
        if n % 5 == 0:
            actions.withdraw(actions.log_time(learner, activity_id="w09-charter", minutes=5, on=MONDAY), MONDAY, "No.")


ADDRESSES = [
    LIST,
    f"{LIST}?q=piece&tier=E2",
    f"{LIST}?show=withdrawn",
    f"{LIST}?show=all",
    reverse("evidence:write-log"),
    reverse("evidence:record-work") + "?kind=charter",
    entry_page(1),
    reverse("evidence:revise-work", args=[1]),
    reverse("evidence:record-review", args=[1]),
    reverse("evidence:withdraw-entry", args=[1]),
]


@pytest.mark.slow
def test_pages_ask_the_database_no_more_often_when_the_ledger_grows(page: Client, priya: Learner) -> None:
    counts: list[dict[str, int]] = []
    for size in (5, 145):
        fill(priya, size)
        counts.append({})
        for address in ADDRESSES:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert page.get(address).status_code == 200
            counts[-1][address] = len(queries)
    assert priya.entries.count() > 200
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 20


# --- one entry --------------------------------------------------------------------------------------------------------------


def test_an_entry_shows_its_text_figures_files_and_reasons(page: Client, priya: Learner) -> None:
    facts = {"classes": 8, "hours": 24.5, "data": "real", "retired_figure": "kept"}
    entry = piece(priya, body=f"# Why\n\n**Bold** {TEXT}", facts=facts, files=(stored("plan.pdf"),), link="https://example.org/x")
    response = page.get(entry_page(entry.number))
    shown, html = words_of(response), response.content.decode()
    assert "<strong>Bold</strong>" in html
    assert "<h2>Why</h2>" in html
    assert [value for _, value in response.context["story"].facts[:2]] == ["8", "24.5"]
    assert ("Retired figure", "kept") in response.context["story"].facts
    for words in ("plan.pdf", "A file is attached.", "A review by a named person", "https://example.org/x"):
        assert words in shown
    assert 'rel="noopener noreferrer nofollow"' in html


def test_an_entry_says_which_criteria_it_meets_and_what_lacks(page: Client, priya: Learner) -> None:
    programme = current().programme
    competency, criterion = next(
        (c, k)
        for c in programme.competencies
        for level in c.levels
        for k in level.criteria
        if len(k.need.kinds) == 1 and k.need.tier == 1 and not k.need.where and not k.need.practitioner
    )
    kind = criterion.need.kinds[0]
    piece(priya, kind, files=(stored(),), competencies=(competency.id,))
    counts = {c.id: c for c in page.get(entry_page(1)).context["story"].counts}
    assert counts[criterion.id].lacks == ""
    others = [c for c in counts.values() if c.lacks]
    assert all(c.lacks and c.competency == competency.id for c in others)


def test_versions_reviews_and_the_difference_are_on_the_page(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One", body="Eight classes.\n")
    reviewed(first, comment="Too many classes.")
    actions.record_work(priya, work(title="Two", body="Six classes.\n"), first)
    shown = page.get(entry_page(3))
    html = shown.content.decode()
    assert "<del>Eight</del><ins>Six</ins> classes." in html
    assert "Version 1" in html
    assert "Too many classes." in words_of(shown)
    assert [step.text for step in shown.context["story"].history] == [
        "Version 1 recorded",
        "Review by Marco recorded",
        "Version 2 recorded",
    ]
    older = page.get(entry_page(1))
    assert "An older version" in words_of(older)


def test_every_sort_of_entry_has_a_page(page: Client, priya: Learner) -> None:
    entry = piece(priya)
    reviewed(entry)
    actions.record_confirmation(entry, opinion("Olga"))
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY, note="Read.")
    actions.rate_self(priya, "C4", 2, MONDAY)
    actions.withdraw(entry, MONDAY, "Twice.")
    expected = ["Twice.", "Review by Marco", "Confirmation by Olga", "Read.", "Self-rating", "Withdrawal"]
    for number, words in enumerate(expected, 1):
        response = page.get(entry_page(number))
        assert response.status_code == 200
        assert words in words_of(response), number


def test_work_of_a_retired_kind_can_still_be_read(page: Client, priya: Learner) -> None:
    piece(priya, "old_kind", "Old", facts={"some_figure": 3}, activity_id="w99-gone", competencies=("C99",))
    for address in (entry_page(1), LIST, f"{LIST}?show=all", reverse("evidence:revise-work", args=[1])):
        response = page.get(address)
        assert response.status_code == 200
        assert "Old kind" in words_of(response) or address.endswith("edit/")


@pytest.mark.parametrize("number", [2, 0, 2**31, 2**63, 10**30])
def test_an_entry_that_is_not_there_is_not_found(page: Client, priya: Learner, number: int) -> None:
    piece(priya)
    assert page.get(f"/evidence/{number}/").status_code == 404


def test_nobody_sees_what_is_not_theirs(
    page: Client, priya: Learner, make_learner: Callable[[str], Learner], client_of: Callable[[Learner], Client]
) -> None:
    attachment = piece(priya, files=(stored(),)).attachments.get()
    sam = client_of(make_learner("Sam"))
    names = ("show-entry", "revise-work", "record-review", "record-confirmation", "withdraw-entry")
    addresses = [reverse(f"evidence:{name}", args=[1]) for name in names]
    addresses.append(reverse("evidence:download-file", args=[1, attachment.pk]))
    assert [sam.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert sam.post(reverse("evidence:undo-entry", args=[1])).status_code == 404
    assert titles_or_none(sam) is None


def titles_or_none(client: Client) -> list[str] | None:
    response = client.get(LIST)
    return None if response.context["nothing"] else titles(response)


# --- files ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("plan.pdf", 'attachment; filename="plan.pdf"'),
        ("two words.txt", 'attachment; filename="two words.txt"'),
        ("it's; a=b.txt", 'attachment; filename="it\'s; a=b.txt"'),
        ("Übung „zwei“.pdf", "attachment; filename*=utf-8''%C3%9Cbung%20%E2%80%9Ezwei%E2%80%9C.pdf"),
        ("研究 50%.csv", "attachment; filename*=utf-8''%E7%A0%94%E7%A9%B6%2050%25.csv"),
    ],
)
def test_a_file_is_downloaded_under_its_name_and_never_opened(page: Client, priya: Learner, name: str, disposition: str) -> None:
    attachment = piece(priya, files=(stored(name, b"<script>alert(1)</script>"),)).attachments.get()
    response = page.get(reverse("evidence:download-file", args=[1, attachment.pk]))
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    response.close()


def test_a_file_of_another_entry_is_not_found(page: Client, priya: Learner) -> None:
    piece(priya)
    attachment = piece(priya, files=(stored(),)).attachments.get()
    assert page.get(reverse("evidence:download-file", args=[1, attachment.pk])).status_code == 404
    assert page.get("/evidence/1/file/99999999999999999999/").status_code == 404


def test_a_file_that_is_gone_from_the_folder_is_told_with_the_mend(page: Client, priya: Learner) -> None:
    attachment: Attachment = piece(priya, files=(stored("plan.pdf"),)).attachments.get()
    path_of(attachment.sha256).unlink()
    response = page.get(reverse("evidence:download-file", args=[1, attachment.pk]))
    assert response.status_code == 400
    assert "“plan.pdf” is no longer in the data folder" in words_of(response)
    assert "Restore a backup" in words_of(response)


# --- taking back ------------------------------------------------------------------------------------------------------------


def test_withdrawing_says_beforehand_what_it_changes(page: Client, priya: Learner) -> None:
    activity = next(a for a in current().programme.activities if [(y.kind, y.count) for y in a.yields] == [("charter", 1)])
    reviewed(piece(priya, activity_id=activity.id, minutes=90))
    shown = words_of(page.get(reverse("evidence:withdraw-entry", args=[1])))
    for words in ("it stood at E2", "falls with it", "1 h 30 min no longer count", f"“{activity.title}” is open again."):
        assert words in shown


def test_withdrawing_needs_a_reason_and_keeps_it(page: Client, priya: Learner) -> None:
    piece(priya)
    address = reverse("evidence:withdraw-entry", args=[1])
    response = page.post(address, {"reason": " "})
    assert response.status_code == 422
    assert "Say why in a few words" in words_of(response)
    response = page.post(address, {"reason": "Recorded twice."}, follow=True)
    assert "Recorded twice." in words_of(response)
    assert "Record it again" in words_of(response)
    assert page.get(address).status_code == 404


@pytest.mark.parametrize(("scope", "standing"), [("one", [1]), ("all", [])])
def test_one_version_or_all_of_them(page: Client, priya: Learner, scope: str, standing: list[int]) -> None:
    first = piece(priya)
    actions.record_work(priya, work(title="Two"), first)
    page.post(reverse("evidence:withdraw-entry", args=[2]), {"reason": "No.", "scope": scope})
    assert [i for a in ledger_of(priya).artefacts for i in a.ids] == standing


def test_a_withdrawn_review_lets_the_piece_fall_back(page: Client, priya: Learner) -> None:
    reviewed(piece(priya))
    assert "The piece goes from E2 to E1." in words_of(page.get(reverse("evidence:withdraw-entry", args=[2])))
    response = page.post(reverse("evidence:withdraw-entry", args=[2]), {"reason": "Not hers."}, follow=True)
    assert response.redirect_chain == [(entry_page(1), 302)]
    assert response.context["story"].tier == 1


def test_only_minutes_and_pages_of_the_log_are_undone_without_a_reason(page: Client, priya: Learner) -> None:
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    piece(priya, "log")
    piece(priya, "charter")
    statuses = [page.post(reverse("evidence:undo-entry", args=[n])).status_code for n in (1, 2, 3)]
    assert statuses == [302, 302, 404]
    assert page.get(reverse("evidence:undo-entry", args=[1])).status_code == 405
    assert Entry.objects.filter(learner=priya, sort=Sort.WITHDRAWAL).count() == 2


def test_undoing_twice_says_that_it_is_done(page: Client, priya: Learner) -> None:
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    page.post(reverse("evidence:undo-entry", args=[1]))
    response = page.post(reverse("evidence:undo-entry", args=[1]))
    assert response.status_code == 400
    assert "withdrawn already" in words_of(response)
