"""What taking an entry back would change, computed beforehand: the rules run on a ledger that has the withdrawal already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from segue.core.evidence import Artefact, Entry, Ledger, Sort
from segue.core.progress import progress_of
from segue.core.readiness import assess
from segue.core.wording import spoken_minutes
from segue.evidence.trust import artefact_of
from segue.evidence.vocabulary import activity_title


def consequences(ledger: Ledger, numbers: Sequence[int], on: date) -> tuple[str, ...]:
    """Sentences that say what withdrawing these entries on a day changes."""
    after = without(ledger, numbers, on)
    entries = [e for e in ledger.entries if e.id in numbers]
    return tuple(
        (
            *_artefact(ledger, after, numbers[0]),
            *_minutes(entries),
            *_activities(ledger, after, entries),
            *_levels(ledger, after, on),
        )
    )


def without(ledger: Ledger, numbers: Sequence[int], on: date) -> Ledger:
    """The ledger as it would be."""
    last = max((e.id for e in ledger.entries), default=0)
    gone = [Entry(last + i, Sort.WITHDRAWAL, on, subject=number) for i, number in enumerate(numbers, 1)]
    return Ledger((*ledger.entries, *gone), ledger.programme)


def _artefact(before: Ledger, after: Ledger, number: int) -> Iterator[str]:
    then = artefact_of(before, number)
    if then is None:
        return
    now = next((a for a in after.artefacts if set(a.ids) & set(then.ids)), None)
    words = _words(then) - (_words(now) if now else 0)
    if now is None:
        yield f"The piece no longer counts; it stood at {then.tier.name}."
    elif now.tier < then.tier:
        yield f"The piece goes from {then.tier.name} to {now.tier.name}."
    if now is not None and now.latest.id != then.latest.id:
        yield f"The version before it, entry {now.latest.id}, is the newest again."
    if words and number in then.ids:
        yield (
            "What one person said of it falls with it."
            if words == 1
            else f"What others said of it, {words} times, falls with it."
        )


def _words(artefact: Artefact) -> int:
    return len(artefact.reviews) + len(artefact.confirmations)


def _minutes(entries: Iterable[Entry]) -> Iterator[str]:
    minutes = sum(e.minutes for e in entries)
    if minutes:
        yield f"{spoken_minutes(minutes)} no longer count as logged."


def _activities(before: Ledger, after: Ledger, entries: Iterable[Entry]) -> Iterator[str]:
    programme = before.programme
    artefacts = {a.latest.id: a for e in entries if (a := artefact_of(before, e.id))}.values()
    spoken = [w for a in artefacts for w in (*a.versions, *a.reviews, *a.confirmations)]
    for activity_id in dict.fromkeys(programme.current_id(e.activity_id) for e in (*entries, *spoken)):
        activity = programme.by_id.get(activity_id)
        if activity and progress_of(activity, before).done and not progress_of(activity, after).done:
            yield f"“{activity_title(activity_id, programme)}” is open again."


def _levels(before: Ledger, after: Ledger, on: date) -> Iterator[str]:
    then: Mapping[str, int] = assess(before.programme, before, on).levels()
    now = assess(before.programme, after, on).levels()
    for competency in before.programme.competencies:
        if now[competency.id] < then[competency.id]:
            yield f"{competency.id} {competency.name} goes from level {then[competency.id]} to level {now[competency.id]}."
