"""Everything about one entry, put together for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.activity import EvidenceKind, Programme
from segue.core.competency import Tier
from segue.core.evidence import Artefact, Ledger, Sort
from segue.evidence.comparison import Comparison, compare
from segue.evidence.models import Entry
from segue.evidence.queries import reasons_of, states_of, story_of
from segue.evidence.trust import CountsFor, Reason, artefact_of, counts_for, next_step, thread_of, tier_in_short, tier_reasons
from segue.evidence.vocabulary import SORT_WORDS, activity_title, criterion_of, kind_of, unit_of


@dataclass(frozen=True)
class VersionRow:
    """A version of the artefact in its history. ``name`` counts from 1."""

    entry: Entry
    name: str
    state: str


@dataclass(frozen=True)
class MarkRow:
    """A criterion that a reviewer looked at."""

    id: str
    text: str
    met: bool


@dataclass(frozen=True)
class WordsRow:
    """A review or confirmation."""

    entry: Entry
    sort: str
    version: str
    state: str
    marks: tuple[MarkRow, ...]
    activity: str


@dataclass(frozen=True)
class Step:
    """A line of the history."""

    entry: Entry
    text: str


@dataclass(frozen=True)
class Story:
    """An entry and everything that belongs to it. ``artefact`` is what stands of it, ``None`` where nothing does."""

    entry: Entry
    sort: str
    kind: EvidenceKind
    state: str
    withdrawn_because: str
    activity: str
    artefact: Artefact | None
    tier: Tier
    in_short: str
    reasons: tuple[Reason, ...]
    next_step: str
    faded: bool
    facts: tuple[tuple[str, str], ...]
    versions: tuple[VersionRow, ...]
    words: tuple[WordsRow, ...]
    counts: tuple[CountsFor, ...]
    comparison: Comparison | None
    history: tuple[Step, ...]

    @property
    def newest(self) -> Entry | None:
        """The newest standing version."""
        return next((v.entry for v in reversed(self.versions) if v.state != "withdrawn"), None)

    @property
    def compared(self) -> tuple[VersionRow, ...]:
        """The two versions that are compared."""
        return tuple(v for v in self.versions if v.state != "withdrawn")[-2:]


def tell(learner: Learner, ledger: Ledger, entry: Entry, on: date) -> Story:
    """Puts the page of an entry together. Three queries, however long the ledger."""
    thread = thread_of(ledger.entries, entry.number)
    rows = story_of(learner, (*thread, entry.number))
    states = {number: state for number, (state, _) in states_of(ledger).items()}
    artefact = artefact_of(ledger, entry.number)
    names = {number: f"Version {i}" for i, number in enumerate(thread, 1)}
    versions = tuple(VersionRow(r, names[r.number], states[r.number]) for r in rows if r.number in names)
    return Story(
        entry=entry,
        sort=SORT_WORDS[Sort(entry.sort)],
        kind=kind_of(entry.kind),
        state=states[entry.number],
        withdrawn_because=reasons_of(learner, [entry.number]).get(entry.number, ""),
        activity=activity_title(entry.activity_id, ledger.programme),
        artefact=artefact,
        tier=artefact.tier if artefact else Tier.E0,
        in_short=tier_in_short(artefact) if artefact else "",
        reasons=tier_reasons(artefact) if artefact else (),
        next_step=next_step(artefact) if artefact else "",
        faded=artefact is not None and ledger.expired(artefact, on),
        facts=facts_of(entry),
        versions=versions,
        words=tuple(_words_row(r, names, states, ledger.programme) for r in rows if r.sort in (Sort.REVIEW, Sort.CONFIRMATION)),
        counts=counts_for(artefact, ledger, on) if artefact else (),
        comparison=_comparison(versions),
        history=tuple(Step(r, _told(r, names)) for r in rows),
    )


def facts_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The figures of an entry as label and value with its unit, those of its kind first."""
    fields = {fact.name: fact for fact in kind_of(entry.kind).fields}
    shown = []
    for name in (*(n for n in fields if n in entry.facts), *(n for n in entry.facts if n not in fields)):
        value, fact = entry.facts[name], fields.get(name)
        if fact is None:
            shown.append((name.replace("_", " ").capitalize(), _figure(value)))
        elif fact.sort == "choice":
            shown.append((fact.label, dict(fact.choices).get(str(value), str(value))))
        else:
            shown.append((fact.label, f"{_figure(value)} {unit_of(fact.label, fact.unit)}".strip()))
    return tuple(shown)


def _figure(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:,}" if value == int(value) else f"{value:,.6g}"
    return str(value)


def marks_of(marks: Mapping[str, bool]) -> tuple[MarkRow, ...]:
    """A reviewer's marks with the text of each criterion."""
    found = [(i, criterion_of(i), met) for i, met in marks.items()]
    return tuple(MarkRow(i, criterion.text if criterion else i, met) for i, criterion, met in found)


def _words_row(row: Entry, names: Mapping[int, str], states: Mapping[int, str], programme: Programme) -> WordsRow:
    version = names.get(row.subject.number, "") if row.subject else ""
    activity = activity_title(row.activity_id, programme) if row.activity_id else ""
    return WordsRow(row, SORT_WORDS[Sort(row.sort)], version, states[row.number], marks_of(row.marks), activity)


def _comparison(versions: Sequence[VersionRow]) -> Comparison | None:
    standing = [v for v in versions if v.state != "withdrawn"][-2:]
    return compare(standing[0].entry.body, standing[1].entry.body) if len(standing) == 2 else None


def _told(row: Entry, names: Mapping[int, str]) -> str:
    if row.number in names:
        return f"{names[row.number]} recorded"
    if row.sort == Sort.WITHDRAWAL and row.subject is not None:
        what = names.get(row.subject.number) or f"{SORT_WORDS[Sort(row.subject.sort)]} by {row.subject.reviewer_name}"
        return f"{what} withdrawn: {row.body}" if row.body else f"{what} withdrawn"
    if row.sort in (Sort.REVIEW, Sort.CONFIRMATION):
        return f"{SORT_WORDS[Sort(row.sort)]} by {row.reviewer_name} recorded"
    return f"{SORT_WORDS[Sort(row.sort)]} recorded"
