from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import document
from segue.curriculum.document import MAX_DEPTH, ListNode, MapNode, ScalarNode, parse


@pytest.fixture(params=["C", "Python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LOADER", yaml.CSafeLoader if request.param == "C" else yaml.SafeLoader)


pytestmark = pytest.mark.usefixtures("_loader")


def faults(raw: bytes) -> list[str]:
    return [str(fault) for fault in parse("a.yaml", raw)[1]]


def test_nodes_know_their_place() -> None:
    root, found = parse("a.yaml", "größe: [1, 'zwei']\nb:\n  - c: |\n      text\n".encode())
    assert found == []
    assert root == MapNode(
        1,
        1,
        {
            "größe": (
                ScalarNode("größe", True, 1, 1),
                ListNode(1, 8, [ScalarNode("1", True, 1, 9), ScalarNode("zwei", False, 1, 12)]),
            ),
            "b": (
                ScalarNode("b", True, 2, 1),
                ListNode(3, 3, [MapNode(3, 5, {"c": (ScalarNode("c", True, 3, 5), ScalarNode("text\n", False, 3, 8))})]),
            ),
        },
    )


def test_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    root, found = parse("a.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert found == []
    assert isinstance(root, MapNode)
    assert [(key.line, key.column, name) for name, (key, _) in root.entries.items()] == [(1, 1, "a"), (2, 1, "b")]


@pytest.mark.parametrize(
    ("raw", "place", "words"),
    [
        (b"", "1:1", "empty"),
        (b"# only a remark\n", "1:1", "empty"),
        (b"a: 1\nb: x: y\n", "2:5", "not valid YAML (mapping values are not allowed"),
        (b'a: "never closed\n', "", "not valid YAML"),
        (b"a: [1, 2\nb: 3\n", "", "not valid YAML"),
        (b"a:\n  b: 1\n c: 2\n", "3:2", "not valid YAML"),
        (b"a: 1\nb: \xff\n", "2:4", "not UTF-8 (byte 0xff)"),
        ("a: grün\nb: ü".encode("latin-1"), "1:6", "not UTF-8"),
        ("a: 1".encode("utf-16"), "1:1", "not UTF-8"),
        (b"a: 1\nb: x\x00y\n", "2:5", "control character (U+0000)"),
        (b'a: "x\\x07"\n', "1:4", "control character"),
        (b'a: "\\UFFFFFFFF"\n', "", "not valid YAML"),
        (b"a: &x 1\nb: [*x]\n", "2:5", "alias (*x)"),
        (b"a: &x [*x]\n", "1:8", "alias (*x)"),
        (b"a: !!python/object/apply:os.system [ls]\n", "1:4", "tag (tag:yaml.org,2002:python/object/apply:os.system)"),
        (b"a: !mine 1\n", "1:4", "tag (!mine)"),
        (b"a: 1\nb: 2\na: 3\n", "3:1", "'a' is there twice (first in line 1)"),
        (b"? [a, b]\n: c\n", "1:3", "a key must be a single word"),
        (b"a: 1\n---\nb: 2\n", "2:1", "second document"),
        (b"%YAML 3.1\n---\na: 1\n", "1:1", "not valid YAML"),
    ],
)
def test_every_fault_of_form_has_its_place(raw: bytes, place: str, words: str) -> None:
    found = faults(raw)
    assert len(found) == 1
    assert found[0].startswith(f"a.yaml:{place}")
    assert words in found[0]


def test_each_line_with_a_tab_is_told_of_and_reading_goes_on() -> None:
    root, found = parse("a.yaml", b"a:\n\tb: 1\nc:\td\nc: e\n")
    assert isinstance(root, MapNode)
    assert [str(fault)[:11] for fault in found] == ["a.yaml:2:1:", "a.yaml:3:3:", "a.yaml:4:1:"]
    assert "tab" in found[0].message
    assert "twice" in found[2].message


@pytest.mark.parametrize("unit", [b"[", b"- ", b"? ", b"{a: "])
def test_deep_nesting_is_a_fault_and_kills_nothing(unit: bytes) -> None:
    assert f"more than {MAX_DEPTH} levels" in faults(unit * 50_000)[-1]


def test_alias_bomb_is_told_of_without_being_blown_up() -> None:
    bomb = b"a0: &a0 x\n" + b"".join(b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 12))
    assert len(faults(bomb)) == 99


@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(raw: bytes) -> None:
    root, found = parse("a.yaml", raw)
    assert found or root is not None
    assert all(fault.line >= 1 and fault.column >= 1 for fault in found)


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@,?~\n\t \\0"), max_size=60))
def test_no_signs_of_the_grammar_give_a_traceback(text: str) -> None:
    root, found = parse("a.yaml", text.encode())
    assert found or root is not None
