"""Names go out of texts, however a contact was written; words that are none stay."""

from __future__ import annotations

import pytest

from segue.work.connect.unnamed import without_name, without_names


@pytest.mark.parametrize(
    ("name", "text", "without"),
    [
        ("Ines Duarte", "INES  DUARTE and Ines, not Inesita", "somebody and somebody, not Inesita"),
        ("JANA ROTH", "Thank you, Jana. Roth said so.", "Thank you, somebody. somebody said so."),
        ("jana roth", "Thank you, Jana.", "Thank you, somebody."),
        ("jan van der berg", "Der Jan war da, Herr Berg.", "Der somebody war da, Herr somebody."),
        ("田中 太郎", "田中さん、ありがとう。太郎より", "somebodyさん、ありがとう。somebodyより"),
        ("山田花子", "山田花子さんへ", "somebodyさんへ"),
        ("Jo Li", "Jo and a jolly Li Jo Li", "Jo and a jolly Li somebody"),
        ("", "Nobody", "Nobody"),
    ],
)
def test_names_go_out(name: str, text: str, without: str) -> None:
    assert without_names(text, [(name, "somebody")]) == without


def test_what_stands_instead_is_taken_as_it_is() -> None:
    assert without_name("Ines said so", "Ines", r"\\1") == r"\\1 said so"
    assert without_names("Ines Duarte, Ines", [("Ines Duarte", "\\g<0>")]) == "\\g<0>, \\g<0>"
