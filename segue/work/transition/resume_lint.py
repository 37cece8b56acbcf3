"""What stands in the way of a résumé that holds: each fault with its line, and the mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from segue.work.transition.resume.document import Bullet, Document
from segue.work.transition.resume_lines import Line, lines_of, name_of, place_of_bullet
from segue.work.transition.resume_numbers import Figure, facts_in, figures_in, is_shown

LONG_BULLET, LONG_SUMMARY = 240, 700
PRIVATE_WORDS = re.compile(
    r"\b(confidential|internal[- ]only|for internal use|do not share|don[’']t share|under (?:an )?NDA|non-disclosure"
    r"|unreleased|unannounced|code ?name[ds]?|trade secrets?|proprietary|customer list)\b",
    re.IGNORECASE,
)
EMPTY_PHRASES = re.compile(
    r"\b(results?[- ]driven|team player|self[- ]starter|go[- ]getter|think(?:ing)? outside the box|synerg(?:y|ies|istic)"
    r"|guru|ninja|rock ?star|wizard|passionate about|proven track record|detail[- ]oriented|hard[- ]working"
    r"|dynamic (?:leader|professional)|best[- ]in[- ]class|world[- ]class|cutting[- ]edge|game[- ]chang(?:er|ing)"
    r"|thought leader(?:ship)?|visionary|AI (?:evangelist|expert)|responsible for|was involved in|helped (?:to|with)"
    r"|spearheaded|leverag(?:e|ed|ing)|utili[sz](?:e|ed|ing))\b",
    re.IGNORECASE,
)
YEARS = re.compile(r"\+?\s*years?\b", re.IGNORECASE)
SETTLE, CARE = "stop", "gap"


class Ground(Protocol):
    """Evidence as far as a bullet needs it."""

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def facts(self) -> dict[str, float | str]: ...
    @property
    def is_private(self) -> bool: ...
    @property
    def number(self) -> int: ...
    @property
    def numbers(self) -> tuple[int, ...]: ...


class Missing(Protocol):
    """A term that nothing supports, where it stands."""

    @property
    def place(self) -> str: ...
    @property
    def term(self) -> str: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Finding:
    """A fault. ``level`` ``stop`` stands in the way of “final”; ``gap`` is worth a look."""

    level: str
    anchor: str
    place: str
    says: str
    mend: str

    @property
    def stops(self) -> bool:
        """Whether it is to be settled before the résumé is final."""
        return self.level == SETTLE


class Grounds:
    """The evidence that stands, by each of its numbers."""

    def __init__(self, proofs: Sequence[Ground]) -> None:
        self.by_number = {number: proof for proof in proofs for number in proof.numbers}
        self._said: dict[int, tuple[Figure, ...]] = {}

    def of(self, bullet: Bullet) -> tuple[Ground, ...]:
        """What stands behind a bullet, each piece once."""
        found = {proof.number: proof for number in bullet.entries if (proof := self.by_number.get(number)) is not None}
        return tuple(found.values())

    def show(self, figure: Figure, proofs: Sequence[Ground]) -> bool:
        """Whether one of them has the number."""
        return any(is_shown(figure, self._figures(proof), facts_in(proof.facts)) for proof in proofs)

    def _figures(self, proof: Ground) -> tuple[Figure, ...]:
        if proof.number not in self._said:
            self._said[proof.number] = figures_in(f"{proof.title}\n{proof.body}")
        return self._said[proof.number]


def findings_of(document: Document, proofs: Sequence[Ground], missing: Sequence[Missing], today: date) -> tuple[Finding, ...]:
    """Every fault, what stands in the way of “final” first, otherwise in the order of the page."""
    grounds, lines = Grounds(proofs), lines_of(document)
    found = [
        *_whole(document),
        *_bullets(document, grounds, today),
        *_numbers_elsewhere(document, lines, grounds, today),
        *(_of_term(each, lines) for each in missing),
        *_wording(lines),
    ]
    order = {line.anchor: number for number, line in enumerate(lines)}
    return tuple(sorted(found, key=lambda each: (not each.stops, order.get(each.anchor, -1))))


def _whole(document: Document) -> Iterator[Finding]:
    if not document.basics.name.strip():
        yield Finding(SETTLE, "basics-name", "Name", "Nobody’s name stands on top.", "Put in your name.")
    if not any(bullet.text.strip() for _, bullet in document.bullets()):
        mend = "Write one, or take over a suggestion."
        yield Finding(SETTLE, "positions", "Positions", "There is no bullet yet that says what you did.", mend)
    for number, position in enumerate(document.positions, 1):
        if not position.name.strip():
            anchor = f"position-{position.id}-name"
            yield Finding(SETTLE, anchor, name_of(position, number), "It does not say where this was.", "Name it, or remove it.")


def _bullets(document: Document, grounds: Grounds, today: date) -> Iterator[Finding]:
    span = years_of(document, today)
    for number, position in enumerate(document.positions, 1):
        for index, bullet in enumerate(position.bullets, 1):
            if bullet.text.strip():
                line = Line(f"bullet-{bullet.id}", place_of_bullet(position, number, index), bullet.text)
                yield from _bullet(line, bullet, grounds, span)


def _bullet(line: Line, bullet: Bullet, grounds: Grounds, span: Span) -> Iterator[Finding]:
    proofs = grounds.of(bullet)
    if not proofs:
        says = "Its evidence was withdrawn or is not there." if bullet.entries else "No evidence stands behind it."
        mend = "Choose what shows it, or take the bullet out and make it a task."
        yield Finding(SETTLE, line.anchor, line.place, says, mend)
        return
    yield from _unshown(line, grounds, proofs, span)
    gone = [number for number in bullet.entries if number not in grounds.by_number]
    if gone:
        says = f"It also leans on {_entries(gone)}, withdrawn since."
        yield Finding(CARE, line.anchor, line.place, says, "Take that off, or choose its new version.")
    private = [proof.number for proof in proofs if proof.is_private]
    if private:
        says = f"It leans on private evidence, {_entries(private)}: nobody can be shown it."
        mend = "Check that the bullet gives nothing away; record a redacted version if you want to show it."
        yield Finding(CARE, line.anchor, line.place, says, mend)


def _entries(numbers: Sequence[int]) -> str:
    return f"{'entry' if len(numbers) == 1 else 'entries'} {', '.join(map(str, numbers))}"


def _unshown(line: Line, grounds: Grounds, proofs: Sequence[Ground], span: Span) -> Iterator[Finding]:
    for figure in figures_in(line.text):
        if not (span.covers(figure) or grounds.show(figure, proofs)):
            says = f"“{figure.words}” is not in the evidence behind it, {_entries([proof.number for proof in proofs])}."
            mend = "Give the number as it stands there, choose the evidence that has it, or leave it out."
            yield Finding(SETTLE, line.anchor, line.place, says, mend)


def _numbers_elsewhere(document: Document, lines: Sequence[Line], grounds: Grounds, today: date) -> Iterator[Finding]:
    """Numbers in summaries: they rest on what stands behind any bullet."""
    span = years_of(document, today)
    behind = [proof for _, bullet in document.bullets() for proof in grounds.of(bullet)]
    proofs = tuple({proof.number: proof for proof in behind}.values())
    for line in lines:
        if not line.anchor.startswith("basics-label") and not line.anchor.endswith("-summary"):
            continue
        for figure in figures_in(line.text):
            if not (span.covers(figure) or grounds.show(figure, proofs)):
                says = f"“{figure.words}” is in no evidence behind your bullets."
                yield Finding(SETTLE, line.anchor, line.place, says, "Link the evidence to a bullet, or leave the number out.")


@dataclass(frozen=True)
class Span:
    """The years that the positions and studies cover."""

    first: int
    last: int

    def covers(self, figure: Figure) -> bool:
        """Whether the number is one of these years, or a count of years that fits in them."""
        if figure.is_year and self.first <= figure.value <= self.last:
            return True
        return YEARS.match(figure.after) is not None and figure.value <= self.last - self.first + 1


def years_of(document: Document, today: date) -> Span:
    """From the first year that is named as a beginning to this one."""
    begun = [*(each.start for each in document.positions), *(each.start for each in document.studies)]
    years = [int(start[:4]) for start in begun if start[:4].isascii() and start[:4].isdigit()]
    return Span(min(years, default=today.year), today.year)


def _of_term(each: Missing, lines: Sequence[Line]) -> Finding:
    here = [line for line in lines if line.place == each.place]
    anchor = next((line.anchor for line in here if each.words in line.text), here[0].anchor if here else "positions")
    says = f"“{each.words}” ({each.term}): an ad asks for it, and no evidence of yours shows it."
    return Finding(SETTLE, anchor, each.place, says, "Record what shows it, or take it out. It stops every download until then.")


def _wording(lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        yield from _said(line)
        limit = LONG_BULLET if line.anchor.startswith("bullet-") else LONG_SUMMARY if line.anchor.endswith("summary") else 0
        if limit and len(line.text) > limit:
            says = f"It has {len(line.text):,} characters; readers skim beyond {limit}."
            yield Finding(CARE, line.anchor, line.place, says, "Say one thing and its result.")


def _said(line: Line) -> Iterator[Finding]:
    if line.anchor == "along":
        return
    for words in dict.fromkeys(match[0] for match in PRIVATE_WORDS.finditer(line.text)):
        says = f"“{words}” sounds like something that may not leave the firm."
        yield Finding(CARE, line.anchor, line.place, says, "Take names and raw numbers out, or ask who may decide.")
    for words in dict.fromkeys(match[0] for match in EMPTY_PHRASES.finditer(line.text)):
        says = f"“{words}” says nothing that could be checked."
        yield Finding(CARE, line.anchor, line.place, says, "Say what you did instead.")
