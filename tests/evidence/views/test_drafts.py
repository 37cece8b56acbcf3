"""The address that saves while one types, as segue.js talks to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from segue.accounts.models import Learner
from segue.evidence import drafts
from tests.evidence.pieces import upload

KEY = "new::charter"
NEW = reverse("evidence:record-work") + "?kind=charter"


def save(page: Client, text: str, revision: int = 0, window: str = "a", key: str = KEY, **fields: Any) -> HttpResponse:
    address = f"{reverse('evidence:save-draft', args=[key])}?window={window}"
    data = {"title": "Mine", "body": text, "revision": str(revision), **fields}
    headers = {"X-Segue-Autosave": "1", "Accept": "application/json"}
    return page.post(address, data, headers=headers)  # type: ignore[return-value]


def act(page: Client, name: str, key: str = KEY, **data: Any) -> HttpResponse:
    return page.post(reverse(f"evidence:{name}", args=[key]), data, follow=True)  # type: ignore[return-value]


def test_saving_answers_with_the_revision_and_the_time(page: Client) -> None:
    first: Any = save(page, "one")
    second: Any = save(page, "one two", first.json()["revision"])
    assert second.json()["revision"] == first.json()["revision"] + 1
    assert len(second.json()["saved_at"]) == 5


def test_the_form_shows_the_revision_that_the_next_save_begins_from(page: Client) -> None:
    revision = save(page, "one").json()["revision"]  # type: ignore[attr-defined]
    response = page.get(NEW)
    assert f'name="revision" value="{revision}"' in response.content.decode()
    assert 'data-autosave-key="new::charter"' in response.content.decode()


def test_an_older_revision_from_another_window_gets_409_with_both_texts(page: Client, priya: Learner) -> None:
    save(page, "mine here")
    response = save(page, "the other text", window="b")
    html = response.content.decode()
    assert response.status_code == 409
    assert response.headers["Content-Type"].startswith("text/html")
    assert "<html" not in html
    for words in ("mine here", "the other text", "Keep mine", "Use this one"):
        assert words in html


@pytest.mark.parametrize("choice", ["mine", "other"])
def test_one_goes_on_with_the_text_one_chose(page: Client, priya: Learner, choice: str) -> None:
    save(page, "mine")
    save(page, "other", window="b")
    response: Any = page.get(NEW)
    assert "Two windows hold two texts" in response.content.decode()
    kept = priya.drafts.get().kept.get()
    response = act(page, "choose-text", use=kept.pk if choice == "other" else "")
    assert response.context["form"]["body"].value() == choice
    assert "Two windows hold two texts" not in response.content.decode()


def test_a_draft_is_discarded_and_taken_back(page: Client, priya: Learner) -> None:
    save(page, "mine")
    response: Any = act(page, "discard-draft", next=NEW)
    assert response.redirect_chain == [(NEW, 302)]
    assert response.context["form"]["body"].value() == ""
    assert reverse("evidence:restore-draft", args=[KEY]) in response.content.decode()
    response = act(page, "restore-draft")
    assert response.context["form"]["body"].value() == "mine"


def test_files_do_not_come_along(page: Client, priya: Learner) -> None:
    assert save(page, "mine", attachments=upload()).status_code == 200
    assert "attachments" not in priya.drafts.get().fields


OTHERS = ["start:diagnostic", "nonsense", "entry:0", "entry:x", "new:a", "new:::", f"new:{'x' * 130}:", "entry:9999999999"]


@pytest.mark.parametrize("key", OTHERS)
def test_other_keys_are_not_found(page: Client, key: str) -> None:
    assert save(page, "mine", key=key).status_code == 404


def test_actions_on_a_draft_that_is_not_there(page: Client) -> None:
    for name in ("choose-text", "discard-draft", "restore-draft"):
        assert page.post(reverse(f"evidence:{name}", args=[KEY])).status_code == 404


def test_awkward_text_is_kept(page: Client, priya: Learner) -> None:
    text = "nul\x00 half\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + " שלום <b>" + "x" * 10_000
    assert save(page, text).status_code == 200
    kept = drafts.long_text(priya.drafts.get().fields)
    assert "\x00" not in kept
    assert kept.endswith("x" * 10_000)
    assert "<b>" in kept


def test_too_much_text_is_told(page: Client, settings: Settings) -> None:
    response: Any = save(page, "x" * 2_000_001)
    assert response.status_code == 400
    assert response.json()["message"] == "The text is too long to be kept as a draft."


def test_wrong_revisions_do_no_harm(page: Client, priya: Learner) -> None:
    for revision in ("", "x", "-1", "9" * 30, "1.5"):
        assert page.post(reverse("evidence:save-draft", args=[KEY]), {"body": "mine", "revision": revision}).status_code == 200
    assert drafts.long_text(priya.drafts.get().fields) == "mine"


def test_a_draft_is_nobody_elses(page: Client, make_learner: Any, client_of: Any) -> None:
    save(page, "mine")
    sam = client_of(make_learner("Sam"))
    assert sam.get(NEW).context["draft"] is None
    assert sam.post(reverse("evidence:discard-draft", args=[KEY])).status_code == 404


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("new::charter", "/evidence/new/?kind=charter"),
        ("new:w09-charter:charter", "/evidence/new/?activity=w09-charter&kind=charter"),
        ("new:gap:c1-2-x:log", "/evidence/new/?activity=gap%3Ac1-2-x&kind=log"),
        ("new::log", "/evidence/log/"),
        ("new::", "/evidence/new/"),
        ("entry:7", "/evidence/7/edit/"),
        ("review:7", "/evidence/7/review/"),
        ("confirm:7", "/evidence/7/confirm/"),
    ],
)
def test_a_draft_knows_the_page_it_is_written_on(key: str, address: str) -> None:
    assert drafts.is_key(key)
    assert drafts.address_of(key) == address
