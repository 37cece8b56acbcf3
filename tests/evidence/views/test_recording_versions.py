"""New versions, and two windows that write them at once."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence import actions, drafts
from segue.evidence.models import Entry
from tests.conftest import MONDAY
from tests.evidence.pieces import form_data, piece, stored, upload, words_of, work


def version_data(**fields: Any) -> dict[str, Any]:
    return {**form_data(**fields), "based_on": str(fields.get("based_on", 1))}


def test_a_new_version_begins_with_the_newest_and_keeps_its_files(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One", files=(stored("a.txt"), stored("b.txt", b"b")), facts={"classes": 8})
    form = page.get(reverse("evidence:revise-work", args=[first.number])).context["form"]
    assert (form["title"].value(), form["fact_classes"].value()) == ("One", 8)
    assert form["on"].value() == MONDAY
    keep = form["keep"].value()
    page.post(
        reverse("evidence:revise-work", args=[1]), version_data(title="Two", keep=keep[:1], attachments=upload("c.txt", b"c"))
    )
    second = Entry.objects.get(learner=priya, number=2)
    assert second.revises == first
    assert [a.name for a in second.attachments.all()] == ["a.txt", "c.txt"]
    assert [a.name for a in first.attachments.all()] == ["a.txt", "b.txt"]


def test_the_template_can_be_put_into_a_version_without_recording_it(page: Client, priya: Learner) -> None:
    piece(priya)
    response = page.post(reverse("evidence:revise-work", args=[1]), version_data(do="template", body="Mine."), follow=True)
    template = current().programme.kinds["charter"].template.strip()
    assert response.context["form"]["body"].value().strip() == f"Mine.\n\n{template}"
    assert response.context["based_on"] == 1
    assert priya.entries.count() == 1


def test_editing_an_older_version_begins_with_the_newest(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One")
    actions.record_work(priya, work(title="Two"), first)
    response = page.get(reverse("evidence:revise-work", args=[1]))
    assert response.context["form"]["title"].value() == "Two"
    assert response.context["based_on"] == 2


def test_two_windows_that_edit_one_thing_both_keep_their_text(page: Client, priya: Learner) -> None:
    piece(priya, title="One")
    address = reverse("evidence:revise-work", args=[1])
    page.post(f"{address}?window=a", version_data(title="Theirs", body="Their text. " * 100))
    response = page.post(f"{address}?window=b", version_data(title="Mine", body="My text. " * 100))
    assert response.status_code == 409
    assert "A newer version, entry 2, was recorded" in words_of(response)
    assert "Their text." in words_of(response)
    assert response.context["form"]["title"].value() == "Mine"
    assert priya.entries.count() == 2
    assert drafts.long_text(priya.drafts.get(key="entry:1").fields).startswith("My text.")
    again = page.post(
        f"{address}?window=b", version_data(title="Mine", body="My text. " * 100, based_on=response.context["based_on"])
    )
    assert again.status_code == 302
    assert [e.title for e in priya.entries.order_by("number")] == ["One", "Theirs", "Mine"]
    assert not priya.drafts.exists()


def test_a_draft_begun_before_the_newest_version_is_told_when_it_is_opened(page: Client, priya: Learner) -> None:
    first = piece(priya, title="One")
    address = reverse("evidence:save-draft", args=["entry:1"])
    page.post(address, version_data(title="Mine"))
    actions.record_work(priya, work(title="Theirs"), first)
    response = page.get(reverse("evidence:revise-work", args=[1]))
    assert "There is a newer version" in words_of(response)
    assert response.context["form"]["title"].value() == "Mine"
    assert response.context["based_on"] == 2


def test_withdrawn_work_can_be_recorded_again(page: Client, priya: Learner) -> None:
    actions.withdraw(piece(priya, title="One"), MONDAY, "By mistake.")
    response = page.get(reverse("evidence:revise-work", args=[1]))
    assert response.context["form"]["title"].value() == "One"
    assert page.post(reverse("evidence:revise-work", args=[1]), version_data(title="Again")).status_code == 302
    assert Entry.objects.get(learner=priya, number=3).revises_id == Entry.objects.get(learner=priya, number=1).pk


def test_only_work_has_versions(page: Client, priya: Learner) -> None:
    actions.log_time(priya, activity_id="w09-charter", minutes=5, on=MONDAY)
    assert page.get(reverse("evidence:revise-work", args=[1])).status_code == 404
