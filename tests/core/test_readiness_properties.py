"""What holds for every ledger: evidence never takes away, claims never give, and only what stands counts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segue.core.evidence import Entry, Ledger, Sort
from segue.core.progress import all_progress
from segue.core.readiness import Line, Readiness, assess
from tests.core.random_ledgers import FAIR, LAST_DAY, SCRIBES, Scribe
from tests.core.sample import MONDAY, SAMPLE, day

DAYS = st.sampled_from((0, 20, 36, 45, LAST_DAY, LAST_DAY + 40))


def on(entries: Iterable[Entry], today: date) -> Readiness:
    return assess(SAMPLE, Ledger(entries, SAMPLE, today), today)


def lines(readiness: Readiness) -> Mapping[str, Line]:
    return {line.id: line for r in readiness.results for level in r.levels for line in level.lines}


def gate_figures(readiness: Readiness) -> list[int]:
    return [line.have for gate in readiness.gates for line in gate.lines]


def test_fair_ledgers_reach_the_levels_of_the_gates() -> None:
    # Without this the properties below might only ever see level 0.
    assert on(FAIR, day(36)).levels() == {"C1": 3, "C2": 2, "T": 1}


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_more_evidence_never_lowers_a_level_on_the_same_day(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    before, after = on(entries, today), on([*entries, scribe.more(entries)], today)
    for competency, level in before.levels().items():
        assert after.levels()[competency] >= level
    assert all(now >= then for then, now in zip(gate_figures(before), gate_figures(after), strict=True))
    then, now = lines(before), lines(after)
    assert all(now[i].met for i, line in then.items() if line.met)


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_more_evidence_never_undoes_an_activity(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(withdrawals=False), day(number)
    before = all_progress(Ledger(entries, SAMPLE, today))
    after = all_progress(Ledger([*entries, scribe.more(entries)], SAMPLE, today))
    for activity_id, then in before.items():
        now = after[activity_id]
        assert now.have >= then.have
        assert now.logged_minutes >= then.logged_minutes
        assert now.remaining_minutes <= then.remaining_minutes
        assert now.done or not then.done


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_a_claim_moves_nothing_but_the_self_rating(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    before, after = on(entries, today), on([*entries, scribe.claim(entries)], today)
    assert after.gates == before.gates
    assert after.levels() == before.levels()
    told = {i: replace(line, missing="") for i, line in lines(after).items()}  # a claim is told of where something lacks
    assert told == {i: replace(line, missing="") for i, line in lines(before).items()}


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_a_claim_does_no_activity(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    before = all_progress(Ledger(entries, SAMPLE, today))
    after = all_progress(Ledger([*entries, scribe.claim(entries)], SAMPLE, today))
    assert {i: (p.have, p.done_on) for i, p in after.items()} == {i: (p.have, p.done_on) for i, p in before.items()}


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_withdrawing_is_as_if_it_had_never_been_recorded(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(withdrawals=False), day(number)
    revised = {e.revises for e in entries} | {e.id for e in entries if e.revises is not None}
    alone = [e for e in entries if e.sort is Sort.ARTEFACT and e.id not in revised]
    assume(alone)
    gone = scribe.draw.choice(alone)
    withdrawn = [*entries, Entry(len(entries) + 1, Sort.WITHDRAWAL, MONDAY, subject=gone.id)]
    never = [e for e in entries if e.id != gone.id and e.subject != gone.id]
    assert on(withdrawn, today) == on(never, today)
    assert all_progress(Ledger(withdrawn, SAMPLE, today)) == all_progress(Ledger(never, SAMPLE, today))


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_the_order_of_unrelated_entries_does_not_matter(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    shuffled = _shuffled(scribe.draw, entries)
    before, after = on(entries, today), on(shuffled, today)
    assert after.levels() == before.levels()
    assert after.gates == before.gates
    then, now = lines(before), lines(after)
    assert {i: replace(line, by=(), missing="") for i, line in now.items()} == {
        i: replace(line, by=(), missing="") for i, line in then.items()
    }
    assert {i: set(line.by) for i, line in now.items()} == {i: set(line.by) for i, line in then.items()}


def _shuffled(shuffler: random.Random, entries: list[Entry]) -> list[Entry]:
    """Another order in which what speaks of another entry still comes after it, in the order it was."""
    root: dict[int, int] = {}
    threads: dict[int, list[Entry]] = {}
    for entry in entries:
        about = entry.revises or entry.subject
        root[entry.id] = root[about] if about else entry.id
        threads.setdefault(0 if entry.sort is Sort.SELF_RATING else root[entry.id], []).append(entry)
    turns = [thread for thread, there in threads.items() for _ in there]
    shuffler.shuffle(turns)
    return [threads[thread].pop(0) for thread in turns]


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_what_is_recorded_later_is_not_seen(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    assert on(entries, today) == on([e for e in entries if e.on <= today], today)


@settings(max_examples=400)
@given(SCRIBES, DAYS)
def test_levels_follow_from_the_lines_and_lines_from_standing_entries(scribe: Scribe, number: int) -> None:
    entries, today = scribe.ledger(), day(number)
    readiness = on(entries, today)
    ledger = Ledger(entries, SAMPLE, today)
    standing = {v.id for a in ledger.artefacts for v in a.checked}
    for result in readiness.results:
        met = [level.level.number for level in result.levels if level.met]
        assert result.level == max((n for n in met if set(range(1, n)) <= set(met)), default=0)
        for line in (line for level in result.levels for line in level.lines):
            assert set(line.by) <= standing
            assert line.met is (not line.missing)
            assert line.short == max(0, line.count - line.have)
    for gate in readiness.gates:
        wanted = gate.gate.levels
        opened = all(readiness.levels()[c] >= level for c, level in wanted.items())
        assert opened is (not readiness.open_lines(gate.gate))
        assert opened is all(line.met for line in gate.lines[: len(wanted)])
