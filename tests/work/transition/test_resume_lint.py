"""What stands in the way of a résumé that holds: each fault with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from segue.work.transition.resume.document import Basics, Bullet, Document, Position
from segue.work.transition.resume_lint import Finding, findings_of

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Card:
    number: int = 7
    title: str = "Model card"
    body: str = "Reached 0.8134 on 1,200 comments."
    facts: dict[str, float | str] = field(default_factory=dict)
    is_private: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        return (self.number - 1, self.number)


@dataclass(frozen=True)
class Gap:
    place: str
    term: str
    words: str


def said(text: str, *entries: int, summary: str = "") -> Document:
    position = Position("p", "Northwind", start="2021-03", bullets=(Bullet("b", text, entries),))
    return Document(Basics(name="Priya", summary=summary), (position,))


def faults(document: Document, *cards: Card, gaps: tuple[Gap, ...] = ()) -> list[Finding]:
    return [*findings_of(document, cards, gaps, TODAY)]


def test_a_bullet_that_its_evidence_shows_has_no_fault() -> None:
    assert faults(said("Reached 0.81 on 1,200 comments in 2024", 7), Card()) == []


def test_an_older_version_of_the_evidence_is_the_evidence() -> None:
    assert faults(said("Reached 0.81", 6), Card()) == []


def test_a_bullet_without_evidence_stops() -> None:
    (fault,) = faults(said("Led it"), Card())
    assert (fault.level, fault.anchor, fault.place) == ("stop", "bullet-b", "Northwind, bullet 1")


def test_withdrawn_evidence_stops_alone_and_is_named_beside_other() -> None:
    (alone,) = faults(said("Led it", 3), Card())
    assert (alone.stops, "withdrawn" in alone.says) == (True, True)
    (beside,) = faults(said("Led it", 3, 7), Card())
    assert (beside.stops, "entry 3, withdrawn since" in beside.says) == (False, True)


def test_a_number_without_evidence_stops_wherever_it_stands() -> None:
    (bullet,) = faults(said("Grew it by 40%", 7), Card())
    assert "“40%”" in bullet.says
    (summary,) = faults(said("Led it", 7, summary="I saved 3 million."), Card())
    assert (summary.anchor, "“3 million”" in summary.says) == ("basics-summary", True)
    assert faults(said("Led it", 7, summary="6 years of it; 1,200 comments read."), Card()) == []
    (years,) = faults(said("Led it", 7, summary="20 years of it."), Card())
    assert "“20”" in years.says


def test_private_evidence_empty_phrases_and_length_are_worth_a_look() -> None:
    found = faults(said("Leveraged the unreleased roadmap for stakeholders. " + "x" * 240, 7), Card(is_private=True))
    assert {each.level for each in found} == {"gap"}
    text = "\n".join(each.says for each in found)
    for words in ("private evidence", "“Leveraged”", "“unreleased”", "characters"):
        assert words in text
    assert "stakeholders" not in text


def test_a_term_that_nothing_shows_stops_with_its_line() -> None:
    gap = Gap("Northwind, bullet 1", "computer vision", "image recognition")
    (fault,) = faults(said("Did image recognition", 7), Card(), gaps=(gap,))
    assert (fault.stops, fault.anchor, fault.place) == (True, "bullet-b", "Northwind, bullet 1")
    assert "image recognition" in fault.says


def test_an_empty_resume_says_what_it_needs() -> None:
    says = [each.says for each in faults(Document(positions=(Position("p", ""),)))]
    assert len(says) == 3
    assert all(each.stops for each in faults(Document()))


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_bullet_is_no_bullet(text: str) -> None:
    assert "no bullet yet" in faults(said(text))[0].says
