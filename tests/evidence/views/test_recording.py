"""The form for new work: what is recorded, what is told, and that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as current_settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence import actions
from segue.evidence.models import Entry
from tests.conftest import MONDAY
from tests.evidence.pieces import TEXT, form_data, upload, values_of, words_of

NEW = reverse("evidence:record-work")
AWKWARD = '<script>alert(1)</script> "quoted" & <b>bold</b> שלום עולם ' + "x" * 10_000


def test_the_first_question_is_what_it_is(page: Client) -> None:
    response = page.get(NEW)
    assert all(kind.name in words_of(response) for kind in current().programme.kinds.values())


def test_an_activity_that_asks_for_one_kind_goes_straight_to_its_form(page: Client) -> None:
    activity = next(a for a in current().programme.activities if {y.kind for y in a.yields} == {"charter"} and a.competencies)
    response = page.get(NEW, {"activity": activity.id})
    assert response.templates[0].name == "evidence/record_work.html"
    form = response.context["form"]
    assert form.initial["activity_id"] == activity.id
    assert form.initial["competencies"] == list(activity.yields[0].competencies)


def test_an_activity_that_asks_for_several_kinds_offers_them_first(page: Client) -> None:
    activity = next(a for a in current().programme.activities if len({y.kind for y in a.yields}) > 1)
    response = page.get(NEW, {"activity": activity.id})
    assert [k.id for k in response.context["asked"]] == list(dict.fromkeys(y.kind for y in activity.yields))


@pytest.mark.parametrize("query", [{"kind": "nonsense"}, {"activity": "nonsense"}, {"kind": ""}, {"activity": "x" * 5000}])
def test_an_unknown_kind_or_activity_leads_to_the_choice(page: Client, query: dict[str, str]) -> None:
    response = page.get(NEW, query)
    assert (response.status_code, response.templates[0].name) == (200, "evidence/choose_kind.html")


@pytest.mark.parametrize("kind", sorted(current().programme.kinds))
def test_every_kind_has_a_form_with_its_figures(page: Client, kind: str) -> None:
    response = page.get(NEW, {"kind": kind})
    assert response.status_code == 200
    labels = [fact.label for fact in current().programme.kinds[kind].fields]
    assert all(label in words_of(response) for label in labels)


def test_a_gap_task_offers_the_kinds_that_close_it(page: Client) -> None:
    criterion = next(
        c for k in current().programme.competencies for level in k.levels for c in level.criteria if len(c.need.kinds) == 1
    )
    response = page.get(NEW, {"activity": f"gap:{criterion.id}"})
    assert response.context["form"].kind.id == criterion.need.kinds[0]
    assert f"gap:{criterion.id}" in dict(response.context["form"].fields["activity_id"].choices)


# --- recording --------------------------------------------------------------------------------------------------------------


def test_recording_leads_to_the_entry_and_says_tier_and_reason(page: Client, priya: Learner) -> None:
    response = page.post(NEW, form_data(attachments=upload()), follow=True)
    entry = Entry.objects.get(learner=priya)
    assert response.redirect_chain == [(reverse("evidence:show-entry", args=[1]), 302)]
    assert (entry.title, entry.kind, entry.on, entry.competencies) == ("A charter", "charter", MONDAY, ["C2"])
    assert "It stands at E1, checked: a file is attached." in words_of(response)


def test_recording_says_what_it_moved(page: Client) -> None:
    activity = next(a for a in current().programme.activities if [(y.kind, y.count) for y in a.yields] == [("charter", 1)])
    response = page.post(NEW, form_data(activity_id=activity.id), follow=True)
    assert f"“{activity.title}” is done." in words_of(response)


def test_a_claim_is_recorded_and_told_what_lacks(page: Client) -> None:
    response = page.post(NEW, form_data(body="Too short."), follow=True)
    assert "It stands at E0, self-claim" in words_of(response)
    assert "It does not count yet. Attach a file, or write at least" in words_of(response)


def test_figures_are_kept_as_numbers_and_choices(page: Client, priya: Learner) -> None:
    page.post(NEW, form_data(fact_classes="8", fact_hours="24.5", fact_data="real", fact_labels=""))
    assert Entry.objects.get(learner=priya).facts == {"classes": 8, "hours": 24.5, "data": "real"}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": ""}, "Give it a title"),
        ({"title": "x" * 201}, "This has 201 characters; 200 is the most."),
        ({"on": ""}, "Say on which day."),
        ({"on": "2026-11-24"}, "This day has not come yet. Today is Monday 23 November 2026."),
        ({"on": "1999-12-31"}, "This is before Saturday 1 January 2000."),
        ({"on": "2026-02-30"}, "This is no date."),
        ({"on": "soon"}, "This is no date."),
        ({"body": "x" * 200_001}, "This has 200,001 characters; 200,000 is the most. Attach it as a file instead."),
        ({"body": "", "link": ""}, "Nothing to look at yet."),
        ({"body": current().programme.kinds["charter"].template}, "This is the template as it was offered."),
        ({"link": "javascript:alert(1)"}, "A link begins with https:// or http://"),
        ({"link": "file:///etc/passwd"}, "A link begins with https:// or http://"),
        ({"link": "https://"}, "A link begins with https:// or http://"),
        ({"link": "https://a b.example"}, "A link begins with https:// or http://"),
        ({"minutes": "-1"}, "Minutes can't be fewer than 0."),
        ({"minutes": "1441"}, "A day has 1,440 minutes."),
        ({"minutes": "an hour"}, "Give a whole number of minutes"),
        ({"minutes": "1e400"}, "Give a whole number of minutes"),
        ({"competencies": ["C1", "C2", "C3", "C4"]}, "You chose 4; at most 3 count."),
        ({"competencies": ["C99"]}, "C99 is not one of the available choices"),
        ({"confidentiality": "secret"}, "secret is not one of the available choices"),
        ({"activity_id": "nonsense"}, "nonsense is not one of the available choices"),
        ({"fact_classes": "many"}, "Give a number, such as"),
        ({"fact_classes": "nan"}, "Give a number, such as"),
        ({"fact_classes": "1e13"}, "This number is too large."),
        ({"fact_classes": "-inf"}, "Give a number, such as"),
        ({"fact_data": "invented"}, "invented is not one of the available choices"),
        ({"attachments": upload("empty.txt", b"")}, "“empty.txt” is empty: it has 0 bytes."),
    ],
)
def test_an_error_is_told_at_its_field_and_everything_typed_is_there(
    page: Client, priya: Learner, fields: dict[str, Any], error: str
) -> None:
    data = form_data(**{"link": "https://example.org/kept", "minutes": "35", "fact_hours": "25", **fields})
    response = page.post(f"{NEW}?window=w1", data)
    assert response.status_code == 422
    assert error in words_of(response)
    assert not priya.entries.exists()
    shown = values_of(response)
    for name in ("title", "body", "on", "link", "minutes"):
        assert str(data[name]).strip() in shown, name
    assert 'name="competencies" value="C2"' in shown
    kept = priya.drafts.get(key="new::charter").fields if data["title"] or data["body"] else {}
    assert kept.get("link", [data["link"]]) == [data["link"]]


def test_files_are_to_be_attached_again_after_an_error_and_the_page_says_so(page: Client) -> None:
    response = page.post(NEW, form_data(title="", attachments=upload()))
    assert "Attach the files once more" in words_of(response)
    assert "Attach the files once more" not in words_of(page.post(NEW, form_data(title="")))


def test_awkward_text_is_kept_and_shown_harmlessly(page: Client, priya: Learner) -> None:
    fields = {"title": AWKWARD[:190], "body": f"{AWKWARD}\r\nline\x00 two", "link": "https://example.org/<b>"}
    response = page.post(NEW, form_data(**fields), follow=True)
    entry = Entry.objects.get(learner=priya)
    assert entry.body == f"{AWKWARD}\nline two"
    assert "<script>alert(1)</script>" not in response.content.decode()
    for name in ("list-evidence", "write-log"):
        assert "<script>alert" not in page.get(reverse(f"evidence:{name}")).content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("README", "README"),
        ("a\u202eb.txt", "ab.txt"),
        ("Übung „zwei“.pdf", "Übung „zwei“.pdf"),
        ("<b>&.txt", "b&.txt"),
    ],
)
def test_a_file_name_holds_no_folder(page: Client, priya: Learner, sent: str, kept: str) -> None:
    page.post(NEW, form_data(attachments=upload(sent)))
    assert [a.name for a in Entry.objects.get(learner=priya).attachments.all()] == [kept]
    assert all(p.is_relative_to(Path(current_settings.FILES)) for p in Path(current_settings.FILES).rglob("*"))


def test_several_files_and_the_same_one_twice(page: Client, priya: Learner) -> None:
    files = [upload("a.txt", b"a"), upload("b.txt", b"b"), upload("c.txt", b"a")]
    page.post(NEW, form_data(attachments=files))
    assert Entry.objects.get(learner=priya).attachments.count() == 2


def test_too_large_a_file_is_named_and_the_text_is_there(page: Client, priya: Learner, settings: Settings) -> None:
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    response = page.post(NEW, form_data(attachments=upload("film.mov", b"x" * (1024 * 1024 + 1))))
    assert response.status_code == 422
    assert "“film.mov” is larger than 1 MB." in words_of(response)
    assert "Attach the files once more" in words_of(response)
    assert TEXT.strip() in values_of(response)
    assert not priya.entries.exists()


@pytest.mark.parametrize(
    "error",
    [
        UserError("“a.txt” could not be kept: No space left on device.", "Free some."),
        OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_loses_no_text(page: Client, priya: Learner, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(actions, "record_work", refuse)
    response = page.post(NEW, form_data())
    assert response.status_code == 422
    assert str(error) in words_of(response)
    assert TEXT.strip() in values_of(response)


def test_more_text_than_anybody_types_gets_a_plain_answer(page: Client) -> None:
    response = page.post(NEW, form_data(body="x" * 6_000_000))
    assert response.status_code == 413
    assert "more text than a form can take" in words_of(response)
    assert "attach it as a file" in words_of(response)


def test_the_day_of_work_may_be_any_day_that_has_come(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(date(2027, 3, 1))
    page.post(NEW, form_data(on="2027-03-01"))
    page.post(NEW, form_data(on="2000-01-01"))
    assert [e.on for e in priya.entries.order_by("number")] == [date(2027, 3, 1), date(2000, 1, 1)]
