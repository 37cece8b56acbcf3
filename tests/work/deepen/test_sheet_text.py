"""A sheet as text: what was said, what follows, and the rules with their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from segue.shared.markdown import render
from segue.work.deepen.findings import Finding, Level, Outcome
from segue.work.deepen.law import Fact, Law
from segue.work.deepen.outline import answers_of
from segue.work.deepen.sheet_text import NOT_ADVICE, checksum_of, ranked, rests_on, text_of
from tests.work.deepen.test_outline import OUTLINE, answers

DAY = date(2026, 11, 23)
FACT = Fact(
    "dpia", "EU", "GDPR", "Impact assessment", "High risk?", "Do one.", "Art. 35", date(2018, 5, 25), DAY, DAY, "x", "seen"
)
LAW = Law((FACT,))


def test_what_was_said_stands_under_its_heading() -> None:
    text = text_of(
        answers(note="Ours.", asked__new__answer="yes", asked__new__why="a|b", stops__1__place="Laptop"), Outcome(), LAW
    )
    assert "## A note\n\nOurs." in text
    assert "| Is it new? | Yes | a\\|b |" in text
    assert "| Is it personal? | – | – |" in text
    assert "| Laptop | – |" in text


def test_parts_without_words_are_left_out() -> None:
    assert text_of(answers(), Outcome(), LAW) == "\n"


def test_a_table_of_hostile_cells_stays_a_table() -> None:
    typed = {"stops.1.place": "a | b \\", "stops.1.days": "7", "stops.2.place": "<script>alert(1)</script>"}
    html = render(text_of(answers_of(OUTLINE, typed), Outcome(), LAW), 1)
    assert html.count("<tr>") == 3
    assert "<script" not in html


def test_findings_come_gravest_first_with_their_law() -> None:
    found = (
        Finding(Level.NOTE, "Good."),
        Finding(Level.STOP, "Stop.", law=("dpia",)),
        Finding(Level.GAP, "More.", law=("dpia",)),
    )
    outcome = Outcome(lines=("Two met.",), findings=found)
    text = text_of(answers(note="x"), outcome, LAW)
    assert [each.says for each in ranked(found)] == ["Stop.", "More.", "Good."]
    assert text.index("Two met.") < text.index("## A note") < text.index("Settle first: Stop.") < text.index("Missing: More.")
    assert rests_on(outcome) == ("dpia",)
    assert NOT_ADVICE not in text


def test_a_sheet_of_law_says_what_it_rests_on() -> None:
    legal = answers_of(replace(OUTLINE, is_legal=True), {"note": "x"})
    text = text_of(legal, Outcome(findings=(Finding(Level.STOP, "Stop.", law=("dpia", "unknown")),)), LAW)
    assert NOT_ADVICE in text
    assert "as of 23 November 2026" in text or "23 November 2026" in text
    assert "Impact assessment: Art. 35, from " in text
    assert checksum_of(text) != checksum_of(text + "x")
