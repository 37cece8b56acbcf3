"""JSON Resume from outside: older versions, unknown parts, values that do not fit."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.work.transition.resume.json_form import from_json, is_document, to_json
from segue.work.transition.resume.json_resume import read_json_resume, to_json_resume
from segue.work.transition.resume.reading import MOST_BYTES


def test_older_names_are_understood_and_said() -> None:
    reading = read_json_resume(
        b'{"basics": {"website": "https://a.example"}, "work": [{"company": "Ada", "startDate": "2020-3"}]}'
    )
    assert reading.document.basics.url == "https://a.example"
    assert reading.document.positions[0].name == "Ada"
    assert reading.document.positions[0].start == "2020-03"
    assert any("work[0].company" in note for note in reading.notes)


def test_another_version_is_named() -> None:
    reading = read_json_resume(b'{"meta": {"version": "v0.0.16"}, "basics": {"name": "Ada"}}')
    assert any("v0.0.16" in note for note in reading.notes)


def test_what_is_not_edited_comes_along_and_goes_out_again() -> None:
    given_ = {"basics": {"name": "Ada"}, "awards": [{"title": "Prize"}], "x-own": {"a": [1, None]}}
    reading = read_json_resume(json.dumps(given_).encode())
    out = json.loads(to_json_resume(reading.document))
    assert (out["awards"], out["x-own"]) == (given_["awards"], given_["x-own"])


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"work": {}}, "work"),
        ({"work": [3]}, "work[0]"),
        ({"work": [{"name": []}]}, "work[0].name"),
        ({"work": [{"name": "A", "startDate": "spring"}]}, "work[0].startDate"),
        ({"work": [{"name": "A", "startDate": "2020-13"}]}, "work[0].startDate"),
        ({"work": [{"name": "A", "highlights": ["a", {}]}]}, "work[0].highlights"),
        ({"basics": []}, "basics"),
        ({"basics": {"profiles": [1]}}, "profiles[0]"),
        ({"skills": [{"keywords": [{}]}]}, "skills[0].keywords"),
        ({"education": [{"courses": [[]]}]}, "education[0].courses"),
    ],
)
def test_a_value_that_does_not_fit_is_left_out_by_its_place(value: object, place: str) -> None:
    reading = read_json_resume(json.dumps(value).encode())
    assert [line for line in reading.rejected if line.startswith(place)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"{", "no JSON at line 1"),
        (b"[]", "no JSON Resume"),
        (b'{"a": 1}', "no JSON Resume"),
        ('{"basics": {"name": "Jürgen"}}'.encode("latin-1"), "UTF-8"),
        (b'{"work": ' + b"[" * 5000 + b"]" * 5000 + b"}", "no JSON|nests"),
        (b'{"basics": {}, "x": ' + b"[" * 40 + b"]" * 40 + b"}", "nests too deep"),
        (b" " * (MOST_BYTES + 1), "10 MB"),
    ],
)
def test_what_is_no_resume_is_said_with_the_mend(content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_json_resume(content)
    assert caught.value.hint


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["basics", "work", "education", "skills", "languages", "projects", "certificates", "volunteer", "meta"])


@given(
    st.dictionaries(NAMES, JSON | st.lists(st.dictionaries(st.sampled_from(["name", "position", "startDate"]), JSON), max_size=2))
)
def test_no_json_breaks_it(value: dict[str, object]) -> None:
    try:
        reading = read_json_resume(json.dumps(value).encode())
    except UserError:
        return
    kept = to_json(reading.document)
    assert from_json(json.loads(json.dumps(kept))) == reading.document
    assert is_document(kept)
    to_json_resume(reading.document)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "the document"),
        ({"x": 1}, "the document.x"),
        ({"positions": [{"id": "a"}]}, "positions[0].name"),
        ({"positions": [{"name": "a"}]}, "positions[0].id"),
        ({"positions": [{"id": "a", "name": "b", "sort": "other"}]}, "positions[0].sort"),
        ({"positions": [{"id": "a", "name": "b", "bullets": [{"id": "a", "text": ""}]}]}, "“a” is there twice"),
        ({"positions": [{"id": "a", "name": "b", "bullets": [{"id": "c", "text": "", "entries": [0]}]}]}, "bullets[0].entries"),
        ({"skills": [{"id": "", "name": ""}]}, "an id is empty"),
        ({"languages": [{"language": 1}]}, "languages[0].language"),
    ],
)
def test_the_database_form_is_strict(value: object, place: str) -> None:
    with pytest.raises(ValueError, match=re.escape(place)):
        from_json(value)
    assert not is_document(value)
