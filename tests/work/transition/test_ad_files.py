"""The text of an ad in a file: only the text, whatever else is in it."""

from __future__ import annotations

import io

import pytest

from segue.core.errors import UserError
from segue.work.transition.ad_files import text_of_file, text_of_html
from segue.work.transition.ad_parsing import read_ad

PAGE = b"""<html><head><title>Job</title><style>p {color: red}</style><script>var python = "machine learning";</script></head>
<body onload="steal()"><h2>Requirements</h2><ul><li>SQL<li>Large language models &amp; evals</li></ul><h2>Nice to have</h2>
<p>Python<img src="http://tracker.example/x.png"></p></body></html>"""


def test_a_web_page_keeps_its_lists_and_loses_everything_else() -> None:
    text = text_of_file("ad.html", PAGE)
    assert "- SQL" in text
    assert "models & evals" in text
    assert "tracker" not in text
    assert "steal" not in text
    assert "var python" not in text
    asked = {each.term: each.importance for each in read_ad(text).asked}
    assert asked == {"sql": "must", "large-language-model": "must", "model-evaluation": "must", "python": "nice"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_the_usual_encodings(encoding: str) -> None:
    assert text_of_file("ad.txt", "Qualität und Sprache".encode(encoding)) == "Qualität und Sprache"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ad.exe", b"MZ", "of a kind that is not read"),
        ("ad.txt", b"  \n 123", "no text"),
        ("ad.html", b"<script>alert(1)</script>", "no text"),
        ("ad.pdf", b"not a pdf", "no PDF"),
        ("ad.docx", b"not a zip", "Word file"),
    ],
)
def test_what_can_not_be_read_is_told(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        text_of_file(name, content)


def test_a_word_file() -> None:
    docx = pytest.importorskip("docx")
    made = io.BytesIO()
    document = docx.Document()
    document.add_heading("Requirements", 1)
    document.add_paragraph("SQL", style="List Bullet")
    document.save(made)
    assert text_of_file("ad.docx", made.getvalue()).split("\n") == ["Requirements", "- SQL"]


def test_nested_and_broken_pages_end_in_time() -> None:
    assert text_of_html("<div>" * 20_000 + "SQL").strip() == "SQL"
