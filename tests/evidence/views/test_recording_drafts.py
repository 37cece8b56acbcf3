"""The form, its template, its kinds and its draft."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.curriculum import current
from tests.evidence.pieces import TEXT, form_data, words_of

NEW = reverse("evidence:record-work")


def test_the_template_goes_below_what_was_typed(page: Client, priya: Learner) -> None:
    response = page.post(NEW, form_data(body="Mine first.", do="template"), follow=True)
    body = response.context["form"]["body"].value()
    assert body == f"Mine first.\n\n{current().programme.kinds['charter'].template}"
    assert not priya.entries.exists()


def test_the_template_is_offered_by_a_link_too(page: Client) -> None:
    response = page.get(NEW, {"kind": "charter", "template": "1"})
    assert response.context["form"]["body"].value() == current().programme.kinds["charter"].template


def test_changing_the_kind_takes_the_text_along(page: Client, priya: Learner) -> None:
    response = page.post(NEW, form_data(kind="decision", title="Mine", link="https://example.org"), follow=True)
    form = response.context["form"]
    assert form.kind.id == "decision"
    assert (form["title"].value(), form["body"].value().strip(), form["link"].value()) == (
        "Mine",
        TEXT.strip(),
        "https://example.org",
    )
    assert not priya.entries.exists()


def test_a_draft_is_restored_and_said_to_be_one(page: Client, priya: Learner) -> None:
    page.post(f"{reverse('evidence:save-draft', args=['new::charter'])}?window=a", form_data(title="Half", competencies=["C3"]))
    response = page.get(NEW, {"kind": "charter"})
    assert response.context["form"]["title"].value() == "Half"
    assert response.context["form"]["competencies"].value() == ["C3"]
    assert "Your draft, saved at" in words_of(response)
    assert "It is not recorded yet." in words_of(response)


def test_recording_clears_the_draft(page: Client, priya: Learner) -> None:
    address = f"{reverse('evidence:save-draft', args=['new::charter'])}?window=a"
    revision = page.post(address, form_data()).json()["revision"]
    page.post(f"{NEW}?window=a", form_data(revision=str(revision)))
    assert priya.entries.count() == 1
    assert not priya.drafts.exists()
