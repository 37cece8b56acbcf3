"""Why an artefact has the tier it has, what would lift it, and what it counts for: sentences for the pages, from the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from segue.core.activity import EvidenceKind
from segue.core.competency import Condition, Criterion, Need, Tier
from segue.core.evidence import Artefact, Entry, Ledger, is_favourable, own_tier
from segue.core.progress import progress_of
from segue.core.readiness import Line, assess, fits, holds
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.vocabulary import activity_title, kind_of


@dataclass(frozen=True)
class Reason:
    """One line of why: ``lifts`` where it speaks for the tier."""

    text: str
    lifts: bool


@dataclass(frozen=True)
class CountsFor:
    """A criterion and how the artefact stands to it. ``lacks`` is empty where the artefact counts."""

    id: str
    competency: str
    level: int
    text: str
    lacks: str
    met: bool
    have: int
    count: int


def tier_in_short(artefact: Artefact) -> str:
    """Why it has its tier, in one sentence without a full stop."""
    if artefact.tier is Tier.E3:
        return f"{_name(artefact.confirmations[-1])} confirmed an effect outside"
    if artefact.tier is Tier.E2:
        good = [r for r in artefact.reviews if r.reviewer is not None and is_favourable(r)]
        people = len({r.reviewer.name.casefold() for r in good if r.reviewer is not None})
        more = f" and {people - 1} more" if people > 1 else ""
        return f"{_name(good[-1])}{more} reviewed it and found it good"
    kind = current().programme.kinds.get(artefact.kind)
    return max((own_tier(v, kind) for v in reversed(artefact.versions)), key=lambda found: found[0])[1]


def tier_reasons(artefact: Artefact) -> tuple[Reason, ...]:
    """Why it has its tier, line by line: versions first, then what others said."""
    kind = current().programme.kinds.get(artefact.kind)
    words = (*map(_of_review, artefact.reviews), *map(_of_confirmation, artefact.confirmations))
    return (*_of_versions(artefact.versions, kind), *words)


def _of_versions(versions: Sequence[Entry], kind: EvidenceKind | None) -> Iterator[Reason]:
    for i, version in enumerate(versions, 1):
        tier, why = own_tier(version, kind)
        which = f"Version {i}: " if len(versions) > 1 else ""
        yield Reason(f"{which}{why}." if which else f"{why[0].upper()}{why[1:]}.", tier >= Tier.E1)


def _of_review(review: Entry) -> Reason:
    met, looked = sum(review.marks.values()), len(review.marks)
    who = f"{_name(review)} reviewed it on {written_date(review.on)}"
    if not looked:
        return Reason(f"{who} without marking a criterion, so it does not lift the tier.", False)
    counted = f"{met} of {looked} {'criterion' if looked == 1 else 'criteria'} met"
    if is_favourable(review):
        return Reason(f"{who}: {counted}.", True)
    return Reason(f"{who}: {counted}. At least half are needed to lift the tier.", False)


def _of_confirmation(confirmation: Entry) -> Reason:
    return Reason(f"{_name(confirmation)} confirmed an effect outside on {written_date(confirmation.on)}.", True)


def _name(entry: Entry) -> str:
    if entry.reviewer is None:
        return "Somebody"
    return f"{entry.reviewer.name} ({entry.reviewer.role})" if entry.reviewer.role else entry.reviewer.name


def next_step(artefact: Artefact) -> str:
    """What would lift it to the next tier."""
    if artefact.tier is Tier.E0:
        kind = current().programme.kinds.get(artefact.kind)
        length = f", or write at least {kind.min_words} words" if kind and kind.min_words else ""
        return f"It does not count yet. Attach a file{length}: record a new version."
    if artefact.tier is Tier.E1:
        return "A review by a named person, with their own words attached, lifts it to E2."
    if artefact.tier is Tier.E2:
        return "If it changed something outside, a stakeholder's confirmation lifts it to E3."
    return ""


def counts_for(artefact: Artefact, ledger: Ledger, on: date) -> tuple[CountsFor, ...]:
    """The criteria that it meets, and those for which its kind would count, with what lacks."""
    readiness = assess(current().programme, ledger, on)
    lines = [
        (criterion, line)
        for result in readiness.results
        if result.competency.id in artefact.competencies
        for level in result.levels
        for criterion, line in zip(level.level.criteria, level.lines, strict=False)
        if artefact.kind in criterion.need.kinds
    ]
    return tuple(_count(artefact, criterion, line) for criterion, line in lines)


def _count(artefact: Artefact, criterion: Criterion, line: Line) -> CountsFor:
    counts = bool(set(artefact.ids) & set(line.by))
    lacks = "" if counts else what_lacks(artefact, criterion.need)
    return CountsFor(criterion.id, line.competency, line.level, criterion.text, lacks, line.met, line.have, line.count)


def what_lacks(artefact: Artefact, need: Need) -> str:
    """What keeps an artefact of the right kind from counting."""
    if fits(artefact, need):
        return "it faded: record a new version to check it again"
    if artefact.tier < max(need.tier, Tier.E1):
        wanted = {Tier.E2: "a review that finds it good", Tier.E3: "a confirmed effect"}
        return wanted.get(need.tier, "something to check")
    if need.practitioner and not artefact.reviewed_by_practitioner:
        return "a review by somebody who practises AI"
    unmet = [[c for c in need.where if not holds(c, version.facts)] for version in artefact.checked]
    nearest = min(unmet, key=len, default=[])  # one version has to hold all of them
    return " and ".join(_wanted(artefact.kind, condition) for condition in nearest) or "more than it has"


def _wanted(kind_id: str, condition: Condition) -> str:
    fact = next((f for f in kind_of(kind_id).fields if f.name == condition.fact), None)
    label = fact.label if fact else condition.fact
    if condition.at_least is not None:
        return f"“{label}” of {condition.at_least:g} or more"
    names = dict(fact.choices) if fact else {}
    return f"“{label}”: {' or '.join(names.get(value, value) for value in condition.any_of)}"


def what_it_moved(entry_id: int, ledger: Ledger) -> str:
    """What an entry just recorded did to its activity, for the message on the next page."""
    entry = next((e for e in ledger.entries if e.id == entry_id), None)
    if entry is None or not entry.activity_id:
        return ""
    programme = ledger.programme
    title = activity_title(entry.activity_id, programme)
    activity = programme.by_id.get(programme.current_id(entry.activity_id))
    if activity is None:
        return f"It is kept with “{title}”."
    progress = progress_of(activity, ledger)
    if progress.done:
        return f"“{title}” is done."
    return f"“{title}” has {progress.have} of {progress.need} {'piece' if progress.need == 1 else 'pieces'} it asks for."


def artefact_of(ledger: Ledger, entry_id: int) -> Artefact | None:
    """The standing artefact that an entry is a version of, or speaks of."""
    for artefact in ledger.artefacts:
        about = (*artefact.versions, *artefact.reviews, *artefact.confirmations)
        if any(entry.id == entry_id for entry in about):
            return artefact
    return None


def thread_of(entries: Sequence[Entry], entry_id: int) -> tuple[int, ...]:
    """Ids of every version of the artefact that an entry belongs to, withdrawn ones too, oldest first."""
    roots: dict[int, int] = {}
    for entry in entries:
        if entry.sort == "artefact":
            roots[entry.id] = roots.get(entry.revises, entry.id) if entry.revises is not None else entry.id
    subjects = {e.id: e.subject for e in entries if e.subject is not None}
    root = roots.get(entry_id)
    while root is None and entry_id in subjects:
        entry_id = subjects[entry_id]
        root = roots.get(entry_id)
    return tuple(i for i, found in roots.items() if found == root) if root is not None else ()
