"""Markdown as a PDF: all of the text is there and in order, a screen reader finds its way, and no text can do anything."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.shared import pdf
from segue.shared.markdown import LONGEST
from segue.shared.pdf import is_available, pdf_of
from tests.architecture.test_imports_are_lazy import loaded_by
from tests.architecture.tree import ROOT
from tests.shared.reading_pdf import count, inside, needs_reader, pages, reader, words

CASE_STUDY = """# Why they leave

**In short:** billing surprises, on *nobody’s* roadmap.

## What we found

| Theme | Tickets | Interval |
|:--|--:|:-:|
| Billing | 612 | 54–62% |
| Exports | 540 | 37–45% |

1. First of all
   - a point inside
2. Second

> A customer’s own words

```
feedback-lab analyse tickets.csv
```

See [the report](https://example.com/report).
"""
ON = date(2027, 3, 3)


def test_file_says_what_it_is() -> None:
    made = pdf_of(CASE_STUDY, "Why they leave", author="Ada Example", on=ON, language="en-GB")
    told = inside(made)
    assert made.startswith(b"%PDF-1.7")
    for said in (b"/StructTreeRoot", b"/Lang(en-GB)", b"/Title(Why they leave)", b"/Author(Ada Example)", b"D:20270303"):
        assert said in told
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told
    assert b"/DisplayDocTitle true" in told


@pytest.mark.parametrize(
    ("kind", "times"),
    [("H1", 1), ("H2", 1), ("Table", 1), ("TH", 3), ("TD", 6), ("THead", 1), ("L", 2), ("LI", 3), ("BlockQuote", 1), ("Link", 1)],
)
def test_structure_is_tagged(kind: str, times: int) -> None:
    assert count(pdf_of(CASE_STUDY, "Why they leave"), kind) == times


@needs_reader
def test_text_is_there_and_in_order() -> None:
    text = words(pdf_of(CASE_STUDY, "Why they leave", author="Ada Example", footer="Case study", on=ON))
    assert text == (
        "Why they leave Ada Example · 3 March 2027 In short: billing surprises, on nobody’s roadmap. What we found "
        "Theme Tickets Interval Billing 612 54–62% Exports 540 37–45% "
        "1. First of all • a point inside 2. Second A customer’s own words feedback-lab analyse tickets.csv See the report. "
        "Case study 1 / 1"
    )


@needs_reader
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a  \nb\\\nc\nd", "a b c d"),
        ("one\n\n***\n\ntwo", "one two"),
        (r"\*not bold\* &amp; &lt;", "*not bold* & <"),
        ("~~gone~~ ***both*** `code`", "gone both code"),
        ("![a *small* chart](https://example.com/x.png)", "a small chart"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("fish, find, office", "fish, find, office"),
        ("-\n- a\n\n0. zero", "• • a 0. zero"),
        ("| a |\n|---|", "a"),
        ("#\n\n# &#8203;\n\nleft", "left"),
    ],
)
def test_each_thing_is_shown(typed: str, shown: str) -> None:
    assert words(pdf_of(typed, "T")) == f"T {shown} 1 / 1"


HOSTILE = [
    '#read("/etc/passwd")',
    '`#read("/etc/passwd")`',
    '```typ\n#read("/etc/passwd")\n```',
    '#import "@preview/cetz:0.1.0": *',
    '#include "document.typ"',
    "$ sum_(i=0)^n $ and $x$",
    r"\u{41} \#x \$y",
    "*a_b* @reference <label> = heading // gone /* gone */ -- ... ~",
    '"); panic("x',
    '{"kind": "code"}',
    '#sys.inputs.about #metadata(1) #eval("1+1") ]]] }}} )))',
]


@needs_reader
@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_runs(text: str) -> None:
    made = pdf_of(f"```\n{text.replace('```', '')}\n```", text, author=text, footer=text)
    told = words(made)
    plain = " ".join(text.replace("```", "").split())
    assert told.count(" ".join(text.split())) >= 3 or told.count(plain) >= 3
    assert "root:" not in told


@needs_reader
@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_runs_as_markdown(text: str) -> None:
    told = words(pdf_of(f"# {text}\n\n{text}\n\n- {text}\n\n| {text.splitlines()[0]} |\n|---|\n", "T"))
    assert "root:" not in told
    assert told.startswith("T ")
    assert len(told) > len(text)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.com/a", True),
        ("http://example.com/a", True),
        ("mailto:ada@example.com", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("ftp://example.com", False),
        ("/plan/", False),
        ("#part", False),
        ("", False),
        ("https://example.com/" + "a" * 3000, False),
    ],
)
def test_links_lead_only_to_pages_and_letters(address: str, leads: bool) -> None:
    made = pdf_of(f"[words]({address})", "T")
    assert (count(made, "Link") == 1) is leads
    assert (address.encode() in inside(made)) is leads or not address.strip("#/")


def within_the_page(made: bytes, folder: Path) -> bool:
    """Whether every word lies between the margins of the page."""
    assert reader
    file = folder / "made.pdf"
    file.write_bytes(made)
    boxes = subprocess.run([reader, "-bbox", str(file), "-"], capture_output=True, check=True, text=True).stdout
    edges = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes)]
    return bool(edges) and max(edges) < 595.3 - 27 * 72 / 25.4 + 6


LONG = "a" * 300


@needs_reader
@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "# {} b",
        "`{}`",
        "```\n{}\n```",
        "> - {}",
        "**{}**",
        "[{}](https://example.com)",
        "| {} | b |\n|---|--:|\n| 1 | {} |",
        "|" + " {} |" * 12 + "\n|" + "---|" * 12 + "\n",
        "|" + " {} |" * 30 + "\n|" + "---|" * 30 + "\n|" + " x |" * 30,
    ],
)
def test_long_word_breaks(place: str, tmp_path: Path) -> None:
    made = pdf_of(place.replace("{}", LONG), LONG, author=LONG, footer=LONG)
    assert within_the_page(made, tmp_path)
    assert words(made).replace(" ", "").count("a") >= 300 * (2 + place.count("{}"))


@needs_reader
@pytest.mark.parametrize("columns", [1, 4, 6, 7, 9, 10, 12, 13, 30])
def test_wide_table_stays_on_the_page(columns: int, tmp_path: Path) -> None:
    head = "|" + "".join(f" characteristic {i} |" for i in range(columns))
    row = "|" + "".join(f" {i}234567 |" for i in range(columns))
    made = pdf_of(f"{head}\n|{'--:|' * columns}\n{row}\n", "T")
    assert within_the_page(made, tmp_path)
    assert all(f"{i}234567" in words(made) for i in range(columns))


@needs_reader
def test_head_of_a_table_stands_on_each_page() -> None:
    made = pdf_of("| Theme | Tickets |\n|---|--:|\n" + "| row | 1 |\n" * 150, "T")
    assert pages(made) > 3
    assert words(made).count("Theme Tickets") == pages(made)
    assert count(made, "THead") == 1


def test_numbers_stand_at_the_right(tmp_path: Path) -> None:
    if reader is None:
        pytest.skip("pdftotext is not installed")
    file = tmp_path / "made.pdf"
    file.write_bytes(pdf_of("| a | figures |\n|---|--:|\n| x | 7 |\n| y | 12345 |\n", "T"))
    boxes = subprocess.run([reader, "-bbox", str(file), "-"], capture_output=True, check=True, text=True).stdout
    ends = [float(re.findall(rf'xMax="([\d.]+)"[^>]*>{word}<', boxes)[0]) for word in ("figures", "7", "12345")]
    assert max(ends) - min(ends) < 1


def test_twenty_pages_are_numbered() -> None:
    made = pdf_of("# Part\n\n" + ("word " * 90 + "\n\n") * 160, "T")
    assert 18 <= pages(made) <= 26
    if reader:
        assert f"{pages(made)} / {pages(made)}" in words(made)


def test_two_pages_stay_small() -> None:
    made = pdf_of(CASE_STUDY * 3, "T")
    assert pages(made) == 2
    assert len(made) < 150_000


@pytest.mark.parametrize("nothing", ["", "  \n\n", "&#8203;", "#", "[a]: https://example.com"])
def test_empty_text_is_a_page_with_its_title(nothing: str) -> None:
    made = pdf_of(nothing, nothing)
    assert pages(made) == 1
    assert b"Untitled" in inside(made) or nothing.strip()


@pytest.mark.parametrize("text", ["### c\n\n# a\n\n#### d\n\n###### f\n\n## b", "> ### q\n\n- # in a list\n  ##### deep"])
def test_headings_never_skip_a_level(text: str) -> None:
    levels = {int(level) for level in re.findall(rb"/S\s*/H(\d)", inside(pdf_of(text, "T")))}
    assert levels == set(range(1, max(levels) + 1))


@needs_reader
def test_heading_that_is_the_title_stands_once() -> None:
    assert words(pdf_of("# The *title*\n\n## Part\n\ntext", "The title", author="The title")) == "The title Part text 1 / 1"
    assert words(pdf_of("text\n\n# The title", "The title")) == "The title text The title 1 / 1"


@needs_reader
@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * depth + f"- L{depth}" for depth in range(40)),
        ">" * 300 + " L0",
        "- " * 100 + "L0",
        "*a " * 60 + "L0" + "*" * 60,
    ],
)
def test_deep_text_is_all_there(text: str) -> None:
    told = words(pdf_of(text, "T"))
    assert all(f"L{depth}" in told for depth in range(text.count("L")))


def test_same_input_gives_the_same_bytes() -> None:
    one = pdf_of(CASE_STUDY, "T", author="A", footer="f", on=ON)
    assert one == pdf_of(CASE_STUDY, "T", author="A", footer="f", on=ON)
    assert one != pdf_of(CASE_STUDY, "T", author="A", footer="f", on=date(2027, 3, 4))
    code = "import sys; from segue.shared.pdf import pdf_of; sys.stdout.buffer.write(pdf_of('a *b*', 'T'))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert run.stdout == pdf_of("a *b*", "T")
    assert b"CreationDate" not in run.stdout


@pytest.mark.parametrize(
    ("language", "told"), [("de", b"(de)"), ("en_us", b"(en-US)"), ("no such tongue", b"(en)"), ("", b"(en)")]
)
def test_language_is_told(language: str, told: bytes) -> None:
    assert re.search(rb"/Lang\s*" + re.escape(told), inside(pdf_of("a", "T", language=language)))


@needs_reader
def test_day_is_a_number_where_the_language_is_another() -> None:
    assert words(pdf_of("", "T", on=ON, language="de")) == "T 2027-03-03 1 / 1"


def test_text_beyond_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_compiled", lambda *_: b"made")
    assert pdf_of("a" * LONGEST, "T") == b"made"
    with pytest.raises(UserError, match="200,001 characters") as told:
        pdf_of("a" * (LONGEST + 1), "T")
    assert told.value.hint


def test_missing_extra_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_available()
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    assert not is_available()
    with pytest.raises(UserError) as told:
        pdf_of("a", "T")
    assert "segue[pdf]" in told.value.hint


def test_import_loads_no_typesetter() -> None:
    loaded = loaded_by(ROOT, "segue.shared.pdf")
    assert "markdown_it" in loaded
    assert "typst" not in loaded


PIECES = [
    *("# ", "###### ", "\n", "\n\n", "> ", "- ", "7. ", "  ", "\t", "| a | b |\n|:-|-:|\n", "|", "*", "**", "~~", "`", "\n```\n"),
    *(
        "[x](https://a.example)",
        "![i](x)",
        "<a@b.example>",
        "\\",
        "&#8203;",
        "&#x202e;",
        "\u00ad",
        "\ufeff",
        "中",
        "😀",
        "\u0627",
        "\u0301",
    ),
    *(
        "□",
        "$",
        "#let",
        "\x00",
        "\ud83d",
        "\u2028",
        LONG[:50],
        "word ",
        "\u00a0",
        "\n---\n",
        "  \n",
        "\U000e0001",
        "\u1160",
        "\u0378",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(PIECES))
@example("~~[x](https://a.example)~~", "\ufeff")
@example("`a\tb` c\td", "\t")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_becomes_a_tagged_page(text: str, title: str) -> None:
    assert b"/StructTreeRoot" in inside(pdf_of(text, title, author=title, footer=title))
