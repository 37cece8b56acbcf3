"""Data and its governance: what follows from a datasheet and from the list of copies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law
from segue.work.deepen.outline import answers_of, fields_of, outlines
from segue.work.deepen.rules.governance import RULES, SECTIONS

SETTING = Setting(date(2026, 12, 1), Law(()))
SHEET = {f"{part}.{item.id}.answer": "Not known." for part in SECTIONS for item in outlines()["datasheet"].by_id[part].items} | {
    "rows": "22,641",
    "fields": "10",
    "data": "realistic",
}
COPY = {
    "copy": "redacted rows, laptop",
    "owner": "Ada",
    "sees": "me",
    "deletes_on": "2027-03-01",
    "how": "button",
    "class": "masked",
}
ACCESS = {
    **{f"copies.{n}.{column}": value for n in (1, 2, 3) for column, value in COPY.items()},
    **{
        f"access.1.{column}": value
        for column, value in (("role", "me"), ("what", "all"), ("why", "labels"), ("until", "2027-03-01"))
    },
    "removal": "By row number; the model is trained anew.",
    **{f"guides.1.{column}": value for column, value in (("version", "1"), ("since", "2026-09-01"), ("again", "first"))},
    "trail": "The manifest.",
}


def outcome(sort: str, fields: Mapping[str, str]) -> Outcome:
    known = {name for name, _ in fields_of(outlines()[sort])}
    assert set(fields) <= known, set(fields) - known
    return RULES[sort](answers_of(outlines()[sort], fields), SETTING)


def says(found: Outcome, words: str) -> list[Level]:
    return [finding.level for finding in found.findings if words in finding.says]


def test_a_datasheet_of_seven_parts() -> None:
    found = outcome("datasheet", SHEET)
    assert found.findings == ()
    assert found.facts == {"sections": 7, "rows": 22641, "fields": 10, "data": "realistic"}
    assert [outlines()["datasheet"].by_id[part].heading for part in SECTIONS] == [
        line.removeprefix("## ")
        for line in current().programme.kinds["data-sheet"].template.splitlines()
        if line.startswith("## ")
    ]


@pytest.mark.parametrize("part", SECTIONS)
def test_a_blank_is_no_answer(part: str) -> None:
    first = outlines()["datasheet"].by_id[part].items[0]
    found = outcome("datasheet", SHEET | {f"{part}.{first.id}.answer": " "})
    assert found.facts["sections"] == 6
    assert [(finding.part, first.label in finding.says) for finding in found.findings] == [(part, True)]


def test_every_copy_has_an_owner_and_an_end() -> None:
    found = outcome("data-access", ACCESS)
    assert found.findings == ()
    assert found.facts == {"copies": 3, "owned": 3}


@pytest.mark.parametrize(
    ("changes", "level", "words", "owned"),
    [
        ({"copies.2.owner": "The team"}, Level.GAP, "who owns it", 2),
        ({"copies.2.deletes_on": ""}, Level.GAP, "holds personal data and has no end", 2),
        ({"copies.2.deletes_on": "", "copies.2.class": "public"}, Level.GAP, "set the day on which it is deleted", 2),
        ({"copies.2.deletes_on": "2026-11-30"}, Level.STOP, "has passed", 3),
        ({"copies.2.sees": "Everyone."}, Level.GAP, "too many for personal data", 3),
        ({"copies.2.class": "special"}, Level.NOTE, "rules of their own", 3),
        ({"copies.2.how": ""}, Level.GAP, "how it is deleted", 3),
        ({"access.1.until": "2026-11-30"}, Level.STOP, "has run out", 3),
        ({"access.1.why": ""}, Level.GAP, "say what for", 3),
        ({"guides.1.again": "left"}, Level.NOTE, "learns two meanings", 3),
        ({"guides.1.since": ""}, Level.GAP, "give its day", 3),
        ({"removal": ""}, Level.GAP, "rows of one person", 3),
    ],
)
def test_what_is_wrong_with_a_copy(changes: dict[str, str], level: Level, words: str, owned: int) -> None:
    found = outcome("data-access", ACCESS | changes)
    assert says(found, words) == [level]
    assert found.facts == {"copies": 3, "owned": owned}


def test_few_copies_are_rare_and_none_is_a_gap() -> None:
    one = {name: value for name, value in ACCESS.items() if not name.startswith(("copies.2", "copies.3"))}
    assert says(outcome("data-access", one), "Fewer than three") == [Level.NOTE]
    assert says(outcome("data-access", {}), "No copy is listed") == [Level.GAP]


@pytest.mark.parametrize("sort", [*RULES])
@given(data=st.data())
def test_any_answers_come_to_something(sort: str, data: st.DataObject) -> None:
    names = [name for name, _ in fields_of(outlines()[sort])]
    texts = st.sampled_from(["", "x", "-1", "0", "everyone", "2026-02-30", "2026-12-01", "special"])
    found = outcome(sort, data.draw(st.dictionaries(st.sampled_from(names), texts, max_size=12)))
    assert all(finding.part in outlines()[sort].by_id for finding in found.findings)
    assert set(found.facts) <= {field.name for field in current().programme.kinds[outlines()[sort].kind].fields}
