from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.vault.checking import parse
from segue.vault.document import Document, build

Change = Callable[[Document], object]


@pytest.fixture
def document(priya_with_history: Learner) -> Document:
    return json.loads(json.dumps(build(priya_with_history)))  # type: ignore[no-any-return]


def refusal(document: Any) -> str:
    with pytest.raises(UserError) as caught:
        parse(json.dumps(document).encode())
    assert "Nothing was changed" in caught.value.hint
    return caught.value.message


def test_what_was_exported_is_good(document: Document) -> None:
    assert parse(json.dumps(document).encode()) == document


def setting(path: str, value: Any) -> Change:
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]

    def change(document: Any) -> None:
        for step in steps:
            document = document[step]
        document[last] = value

    return change


FAULTS: list[tuple[Change, str]] = [
    (setting("entries.0.sort", "poem"), "entries 1: “sort” is wrong"),
    (setting("entries.0.on", "yesterday"), "entries 1: “on” is wrong"),
    (setting("entries.0.on", None), "entries 1: “on” is wrong"),
    (setting("entries.0.recorded_at", "2026-11-23T10:00:00"), "entries 1: “recorded_at” has no time zone"),
    (setting("entries.0.title", "x" * 201), "entries 1: “title” is wrong"),
    (setting("entries.0.title", 5), "entries 1: “title” is no text"),
    (setting("entries.0.title", None), "entries 1: “title” is no text"),
    (setting("entries.0.minutes", -1), "entries 1: “minutes” is wrong"),
    (setting("entries.0.minutes", "45"), "entries 1: “minutes” is of the wrong type"),
    (setting("entries.0.competencies", "C1"), "entries 1: “competencies” is no list of str"),
    (setting("entries.0.facts", {"x": [1]}), "entries 1: “facts” is no object of plain values"),
    (setting("entries.4.marks", {"x": 1}), "entries 5: “marks” is no object of plain values"),
    (setting("entries.0.confidentiality", "secret"), "entries 1: “confidentiality” is wrong"),
    (setting("entries.0.number", 9), "not numbered 1, 2, 3"),
    (setting("entries.0.number", True), "“number” is of the wrong type"),
    (setting("entries.3.revises", 4), "entry 4: “revises” names no earlier entry"),
    (setting("entries.3.revises", 0), "entry 4: “revises” names no earlier entry"),
    (setting("entries.4.subject", "1"), "entry 5: “subject” names no earlier entry"),
    (setting("entries.0.attachments", None), "entries 1: “attachments” is no list of objects"),
    (setting("entries.0.attachments.0.sha256", "abc"), "entry 1: “notes.md” is not listed"),
    (setting("entries.0.attachments.0.size", 1), "entry 1: “notes.md” is not listed in “files”, or with another size"),
    (setting("entries.0.attachments.0.sha256", ["x"]), "“sha256” is no text"),
    (setting("entries", {}), "“entries” is no list of objects"),
    (setting("entries", [1]), "“entries” is no list of objects"),
    (setting("learner", None), "“learner” is no object"),
    (setting("hours", []), "“hours” is neither an object nor null"),
    (setting("hours.weekday_minutes", ["1"] * 7), "hours: “weekday_minutes” is no list of int"),
    (setting("hours.session_at", "seven"), "hours: “session_at” is wrong"),
    (setting("time_off.0.first", "2026-13-01"), "time_off 1: “first” is wrong"),
    (setting("choices.0.sort", "ignore"), "choices 1: “sort” is wrong"),
    (setting("drafts.0.fields", "text"), "drafts 1: “fields” is no object"),
    (setting("drafts.0.kept.0.kept_at", "now"), "draft charter, kept text 1: “kept_at”"),
    (setting("files", []), "“files” is no object"),
    (lambda d: d["files"].update(x={}), "files: “x” is no checksum with a path and a size"),
    (lambda d: next(iter(d["files"].values())).update(path="../x"), "is no checksum with a path and a size"),
    (lambda d: d["entries"][0].pop("body"), "entries 1: “body” is missing"),
    (lambda d: d.pop("drafts"), "“drafts” is no list of objects"),
    (setting("format", "other"), "is not an export of Segue"),
    (setting("format_version", 2), "has format 2; this Segue reads format 1"),
]


def test_every_fault_is_told_with_its_place(document: Document) -> None:
    for change, words in FAULTS:
        faulty = copy.deepcopy(document)
        change(faulty)
        assert words in refusal(faulty)


def test_only_the_first_faults_are_told_and_how_many_more_there_are(document: Document) -> None:
    for entry in document["entries"]:
        entry["sort"] = "poem"
    assert refusal(document).endswith("; and 2 more.")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"format": NaN}', b"[]", b"null"])
def test_what_is_no_document_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match=r"^export\.json"):
        parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"format": st.just("segue-export"), "format_version": st.just(1)}
        | dict.fromkeys(("learner", "hours", "time_off", "choices", "entries", "drafts", "files"), JSON)
    )
)
def test_nothing_makes_it_stumble(document: Any) -> None:
    with suppress(UserError):
        parse(json.dumps(document).encode())
