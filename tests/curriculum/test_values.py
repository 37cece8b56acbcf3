from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from segue.curriculum.document import ListNode, MapNode, Node, ScalarNode
from segue.curriculum.values import (
    Sheet,
    as_address,
    as_choice,
    as_day,
    as_fact,
    as_flag,
    as_identifier,
    as_integer,
    as_list,
    as_mapping,
    as_number,
    as_text,
)


def plain(text: str) -> ScalarNode:
    return ScalarNode(text, True, 3, 5)


def quoted(text: str) -> ScalarNode:
    return ScalarNode(text, False, 3, 5)


def within(least: int, most: int | None) -> Callable[[Sheet, Node, str], int]:
    return lambda sheet, node, name: as_integer(sheet, node, name, least, most)


def between(least: float, most: float) -> Callable[[Sheet, Node, str], float]:
    return lambda sheet, node, name: as_number(sheet, node, name, least, most)


def colour(sheet: Sheet, node: Node, name: str) -> str:
    return as_choice(sheet, node, name, ("red", "green"))


def two_or_three(sheet: Sheet, node: Node, name: str) -> tuple[str, ...]:
    return as_list(sheet, node, name, as_text, 2, 3)


def some(sheet: Sheet, node: Node, name: str) -> dict[str, str]:
    return as_mapping(sheet, node, name, as_text, 1)


def listed(count: int) -> ListNode:
    return ListNode(3, 5, [plain("x") for _ in range(count)])


@pytest.mark.parametrize(
    ("value", "node", "expected"),
    [
        (as_text, plain(" a text "), "a text"),
        (as_text, plain("no"), "no"),
        (as_text, plain("2026-11-23"), "2026-11-23"),
        (as_text, quoted("null"), "null"),
        (as_identifier, plain("w01-first_one"), "w01-first_one"),
        (as_day, plain("2026-11-23"), "2026-11-23"),
        (as_address, quoted("https://example.org/a"), "https://example.org/a"),
        (within(1, 26), plain("26"), 26),
        (within(1, None), plain("+7"), 7),
        (between(0, 1), plain("0.25"), 0.25),
        (between(0, 1), plain("1"), 1),
        (as_flag, plain("true"), True),
        (as_flag, plain("false"), False),
        (colour, plain("green"), "green"),
        (as_fact, plain("70"), 70),
        (as_fact, plain("0.5"), 0.5),
        (as_fact, quoted("70"), "70"),
        (as_fact, plain("real"), "real"),
        (two_or_three, listed(3), ("x", "x", "x")),
        (some, MapNode(3, 5, {"a": (plain("a"), plain("b"))}), {"a": "b"}),
    ],
)
def test_right_values_are_taken(value: Callable[[Sheet, Node, str], Any], node: Node, expected: object) -> None:
    sheet = Sheet("a.yaml")
    assert value(sheet, node, "it") == expected
    assert sheet.faults == []


@pytest.mark.parametrize(
    ("value", "node", "words"),
    [
        (as_text, plain(""), "'it' is empty"),
        (as_text, plain("~"), "'it' is empty"),
        (as_text, quoted("  "), "'it' is empty"),
        (as_text, listed(1), "'it' must be a text, not a list"),
        (as_text, MapNode(3, 5), "'it' must be a text, not a mapping"),
        (as_identifier, plain("two words"), "'two words' is no id"),
        (as_identifier, plain("../up"), "is no id"),
        (as_identifier, plain("-x"), "is no id"),
        (as_day, plain("23.11.2026"), "must be a date such as 2026-11-23"),
        (as_day, plain("2026-02-30"), "must be a date"),
        (as_address, plain("example.org"), "must begin with https://"),
        (as_address, plain("javascript:alert(1)"), "must begin with https://"),
        (within(1, 26), plain("27"), "must be from 1 to 26, not 27"),
        (within(10, None), plain("9"), "must be 10 or more, not 9"),
        (within(1, 26), plain("1.5"), "must be a whole number from 1 to 26, not '1.5'"),
        (within(1, 26), quoted("5"), "without quotes"),
        (within(1, 26), plain("ten"), "not 'ten'"),
        (within(1, None), plain("1:30"), "not '1:30'"),
        (within(1, None), plain("0x1F"), "not '0x1F'"),
        (within(1, None), plain("9" * 5000), "must be a whole number"),
        (within(1, None), plain(""), "'it' is empty; it must be a whole number"),
        (between(0, 1), plain("1.5"), "must be from 0 to 1, not 1.5"),
        (between(0, 1), plain(".nan"), "must be a number from 0 to 1"),
        (between(0, 1), plain(".inf"), "must be a number"),
        (as_flag, plain("yes"), "must be true or false, not 'yes'"),
        (as_flag, quoted("true"), "must be true or false"),
        (colour, plain("gren"), "must be one of red, green, not 'gren'; did you mean 'green'?"),
        (colour, listed(1), "must be one of red, green, not a list"),
        (as_fact, MapNode(3, 5), "must be a number or a text"),
        (two_or_three, listed(1), "must list 2 to 3, not 1"),
        (two_or_three, listed(4), "must list 2 to 3, not 4"),
        (two_or_three, plain("x"), "must be a list"),
        (some, plain("x"), "must be a mapping"),
        (some, MapNode(3, 5), "is empty"),
    ],
)
def test_wrong_values_are_faults_at_their_place(value: Callable[[Sheet, Node, str], Any], node: Node, words: str) -> None:
    sheet = Sheet("a.yaml")
    value(sheet, node, "it")
    assert len(sheet.faults) == 1
    assert str(sheet.faults[0]).startswith("a.yaml:3:5: ")
    assert words in sheet.faults[0].message


@pytest.mark.parametrize(
    "value", [as_text, as_identifier, as_day, as_address, as_integer, as_number, as_flag, colour, as_fact, two_or_three, some]
)
def test_what_was_told_of_is_not_told_of_twice(value: Callable[[Sheet, Node, str], Any]) -> None:
    sheet = Sheet("a.yaml")
    value(sheet, ScalarNode("", True, 1, 1, faulted=True), "it")
    assert sheet.faults == []
