"""What the pages of the sheets show: the answers, what follows from them, and where the sheet stands in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.deepen.findings import Finding, Outcome, Setting
from segue.work.deepen.law import Fact, law
from segue.work.deepen.models import Sheet
from segue.work.deepen.outline import GROUPS, Answers, Outline, answers_of, outlines
from segue.work.deepen.rules.registry import outcome_of
from segue.work.deepen.sheet_text import checksum_of, ranked, rests_on, said_in, text_of


@dataclass(frozen=True)
class Said:
    """A finding with the heading of the part where it is mended, and the rules it rests on."""

    finding: Finding
    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class SheetPage:
    """A sheet. ``changed_law``: rules that say something else than when it was kept; ``stale``: rules to be checked again."""

    row: Sheet | None
    outline: Outline
    answers: Answers
    outcome: Outcome
    said: tuple[Said, ...]
    text: str
    entry: Entry | None
    is_changed: bool
    changed_law: tuple[Fact, ...]
    stale: tuple[Fact, ...]

    @property
    def is_written(self) -> bool:
        """Whether anything stands in it."""
        return not self.answers.is_empty

    @property
    def said_text(self) -> str:
        """What was answered, without what follows."""
        return said_in(self.answers)


def outline_or_404(sort: str) -> Outline:
    """The sheet of a sort; 404 where there is none."""
    found = outlines().get(sort)
    if found is None:
        raise Http404
    return found


def sheet_row(learner: Learner, sort: str) -> Sheet | None:
    """The row, where one was begun."""
    return learner.deepen_sheets.filter(sort=sort).select_related("entry").first()


def answers_in(outline: Outline, row: Sheet | None) -> Answers:
    """What was typed into it."""
    return answers_of(outline, row.answers if row else {})


def sheet_page(learner: Learner, outline: Outline) -> SheetPage:
    """A sheet with all that its page shows."""
    row = sheet_row(learner, outline.sort)
    answers, rules = answers_in(outline, row), law()
    today = clock.today()
    outcome = outcome_of(answers, Setting(today, rules))
    text = text_of(answers, outcome, rules)
    entry = standing(row.entry) if row else None
    is_same = entry is not None and row is not None and is_newest(row.entry_id, entry) and row.recorded == checksum_of(text)
    rests = [rules.by_id[each] for each in rests_on(outcome) if each in rules.by_id]
    return SheetPage(
        row=row,
        outline=outline,
        answers=answers,
        outcome=outcome,
        said=tuple(_said(outline, finding) for finding in ranked(outcome.findings)),
        text=text,
        entry=entry,
        is_changed=not is_same,
        changed_law=changed_since(row.law) if row else (),
        stale=tuple(fact for fact in rests if fact.is_stale(today)) if outline.is_legal else (),
    )


def _said(outline: Outline, finding: Finding) -> Said:
    part = outline.by_id.get(finding.part)
    by_id = law().by_id
    return Said(finding, part.heading if part else "", tuple(by_id[each] for each in finding.law if each in by_id))


def changed_since(kept: Mapping[str, str]) -> tuple[Fact, ...]:
    """The rules that say something else than when they were kept."""
    return tuple(fact for fact in law().facts if kept.get(fact.id, fact.checksum) != fact.checksum)


@dataclass(frozen=True)
class SheetCard:
    """A sheet in a list. ``words``: how far it is; ``number``: its entry, or 0; ``is_marked``: its law has changed."""

    outline: Outline
    words: str
    number: int
    is_marked: bool


def sheet_cards(learner: Learner, turn: Turn) -> tuple[tuple[str, tuple[SheetCard, ...]], ...]:
    """The sheets by group, with how far each is. One query."""
    rows = {row.sort: row for row in learner.deepen_sheets.select_related("entry")}
    written = {sort: _written(turn, outline) for sort, outline in outlines().items()}
    cards = [_card(outline, rows.get(sort), written[sort]) for sort, outline in outlines().items()]
    found = [(heading, tuple(card for card in cards if card.outline.group == group)) for group, heading in GROUPS]
    return tuple((heading, of_group) for heading, of_group in found if of_group)


def _written(turn: Turn, outline: Outline) -> int:
    """The newest entry of this kind for its task, which may have been written in the ledger; 0 where there is none."""
    made = turn.ledger.by_activity.get(outline.activity, ()) if outline.activity else ()
    return max((artefact.latest.id for artefact in made if artefact.latest.kind == outline.kind), default=0)


def _card(outline: Outline, row: Sheet | None, written: int) -> SheetCard:
    number = row.entry.number if row and row.entry else written
    if row is None or answers_in(outline, row).is_empty:
        return SheetCard(outline, f"In the ledger as entry {number}" if number else "Not begun", number, False)
    words = f"Recorded as entry {number}" if row.entry else "Begun"
    return SheetCard(outline, words, number if row.entry else 0, bool(changed_since(row.law)))


def marked_sheets(learner: Learner) -> tuple[Outline, ...]:
    """Sheets that rest on a rule that has changed since. One query."""
    rows = learner.deepen_sheets.exclude(law={}).only("sort", "law")
    known = outlines()
    return tuple(known[row.sort] for row in rows if row.sort in known and changed_since(row.law))
