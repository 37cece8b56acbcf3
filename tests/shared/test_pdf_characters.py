"""Characters of all scripts in a PDF: shown, or visibly missing; never dropped, never a crash."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from segue.shared import pdf
from segue.shared.pdf import UNSHOWN, pdf_of
from tests.shared.reading_pdf import inside, needs_reader, pages, words


@needs_reader
def test_fonts_of_the_typesetter_show_three_alphabets() -> None:
    text = "Füße, œuvre, Łódź – Привет мир – Ελληνικά – κ = 0.71 ≥ ½ → “x”"
    assert words(pdf_of(text, "T")) == f"T {text} 1 / 1"


@needs_reader
@pytest.mark.parametrize(
    "text", ["中文", "日本語、テスト。", "한국어", "हिन्दी", "😀", "👩🏽‍🚀", "\U00012000", "\ue000", "\x07", "\ufffe", "\ud83d"]
)
def test_character_is_shown_or_visibly_missing(text: str) -> None:
    told = words(pdf_of(f"before {text} **{text}** `{text}` after\n\n# {text}\n\n| {text} |\n|--|\n", text, footer=text))
    assert "before " in told
    assert " after" in told
    assert UNSHOWN in told or text in told


@needs_reader
def test_character_without_a_font_is_marked_and_the_title_of_the_file_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    bundled = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_fonts", lambda _: bundled)
    made = pdf_of('a 中 "文\u0301" \\中 *中*', "中")
    assert words(made) == f'{UNSHOWN} a {UNSHOWN} "{UNSHOWN}\u0301" \\{UNSHOWN} {UNSHOWN} 1 / 1'
    assert re.search("<dc:title>.*>中<.*</dc:title>", inside(made).decode("utf-8", "replace"))


@needs_reader
def test_text_from_right_to_left_is_there() -> None:
    assert "العربية" in words(pdf_of("العربية", "T", language="ar"))


def test_fonts_of_the_machine_that_fail_are_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    whole: Callable[..., bytes] = pdf._typeset
    bundled = typst.Fonts(include_system_fonts=False)
    broken = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_fonts", lambda of_the_machine: broken if of_the_machine else bundled)

    def fails(shown: str, about: str, fonts: typst.Fonts, template: Path) -> bytes:
        if fonts is broken:
            raise typst.TypstError("this font can’t be embedded", "")
        return whole(shown, about, fonts, template)

    monkeypatch.setattr(pdf, "_typeset", fails)
    assert pages(pdf_of("中", "T")) == 1
