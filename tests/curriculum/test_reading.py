from __future__ import annotations

from segue.curriculum.document import MapNode, parse
from segue.curriculum.reading import Placed, Reader, as_built
from segue.curriculum.values import Sheet


def read(text: str) -> tuple[tuple[str, int, tuple[str, ...]], list[str]]:
    root, faults = parse("a.yaml", text.encode())
    assert root is not None
    sheet = Sheet("a.yaml", faults)

    def build(reader: Reader) -> tuple[str, int, tuple[str, ...]]:
        return reader.text("title"), reader.integer("minutes", 10, default=30), reader.identifiers("requires")

    built = as_built(sheet, root, "the file", build)
    return built, [str(fault) for fault in sheet.faults]


def test_values_and_defaults() -> None:
    assert read("title: A\nrequires: [b, c]\n") == (("A", 30, ("b", "c")), [])


def test_missing_key_is_told_of_at_the_mapping() -> None:
    assert read("\nminutes: 20\n")[1] == ["a.yaml:2:1: 'title' is missing"]


def test_unknown_key_is_told_of_at_the_key() -> None:
    assert read("title: A\nzzz: 1\n")[1] == ["a.yaml:2:1: unknown key 'zzz'"]


def test_misspelt_key_is_told_of_once_with_the_near_one() -> None:
    assert read("minutes: 20\ntitel: A\n")[1] == ["a.yaml:2:1: unknown key 'titel'; did you mean 'title'?"]


def test_misspelt_optional_key_is_told_of_too() -> None:
    assert read("title: A\nminuts: 20\n")[1] == ["a.yaml:2:1: unknown key 'minuts'; did you mean 'minutes'?"]


def test_merge_key_is_an_unknown_key() -> None:
    assert read("title: A\n<<: {minutes: 20}\n")[1] == ["a.yaml:2:1: unknown key '<<'"]


def test_id_named_twice_in_a_list() -> None:
    assert read("title: A\nrequires: [b, b]\n")[1] == ["a.yaml:2:11: 'requires' names 'b' twice"]


def test_wrong_item_keeps_the_positions_of_the_others() -> None:
    built, faults = read("title: A\nrequires: [b, [], c]\n")
    assert built == ("A", 30, ("b", "", "c"))
    assert faults == ["a.yaml:2:15: 'requires' must be an id, not a list"]


def test_something_else_than_a_mapping_gives_one_fault_and_a_stand_in() -> None:
    assert read("- a\n") == (("", 30, ()), ["a.yaml:1:1: 'the file' must be a mapping (key: value)"])


def test_places_are_found_by_trail_as_deep_as_it_leads() -> None:
    root, _ = parse("a.yaml", b"a:\n  - {b: c}\n")
    placed = Placed("anything", "a.yaml", root or MapNode(1, 1))
    assert str(placed.fault("x", "a", 0, "b")) == "a.yaml:2:9: x"
    assert str(placed.key_fault("x", "a", 0, "b")) == "a.yaml:2:6: x"
    assert str(placed.fault("x", "a", 7, "b")) == "a.yaml:2:3: x"
    assert str(placed.key_fault("x", "nowhere")) == "a.yaml:1:1: x"
