"""What is done and what remains of each activity: derived from the ledger, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from segue.core.activity import Activity, Yield
from segue.core.competency import Tier
from segue.core.evidence import Artefact, Ledger

# Below this an unfinished activity never shrinks: it still has to be written up and attached.
LEAST_MINUTES = 10
CONFIRMATION = "explanation"


@dataclass(frozen=True)
class Progress:
    """Where an activity stands. ``have`` of ``need`` artefacts are there; ``done_on`` is set when all are.

    ``lacking`` says how many of each yield are not there yet, in the order of ``activity.yields``; all 0 once it is done.
    """

    activity: Activity
    known: bool
    have: int
    need: int
    logged_minutes: int
    remaining_minutes: int
    done_on: date | None
    lacking: tuple[int, ...]

    @property
    def done(self) -> bool:
        """Whether everything it should leave behind is there."""
        return self.done_on is not None

    @property
    def begun(self) -> bool:
        """Whether something is there or minutes are logged, but not everything."""
        return not self.done and (self.have > 0 or self.logged_minutes > 0)

    @property
    def ahead(self) -> tuple[Yield, ...]:
        """What it has still to leave behind."""
        return tuple(replace(y, count=n) for y, n in zip(self.activity.yields, self.lacking, strict=True) if n)


def satisfies(artefact: Artefact, wanted: Yield) -> bool:
    """Whether an artefact is what the yield asks for, at its tier and by the right reviewer."""
    if artefact.kind != wanted.kind or artefact.tier < wanted.tier:
        return False
    return not wanted.practitioner or artefact.reviewed_by_practitioner


def is_known(activity: Activity, ledger: Ledger) -> bool:
    """Whether the diagnostic showed every concept of a study activity to be known, so that one explanation confirms it."""
    return activity.known_minutes is not None and bool(activity.concepts) and ledger.known_concepts.issuperset(activity.concepts)


def effective(activity: Activity, ledger: Ledger) -> Activity:
    """The activity as this learner has it: known ground is shortened (not skipped) and confirmed by one explanation."""
    if activity.known_minutes is None or not is_known(activity, ledger):
        return activity
    confirmation = Yield(CONFIRMATION, 1, Tier.E1, activity.competencies)
    return replace(activity, minutes=activity.known_minutes, yields=(confirmation,))


def progress_of(activity: Activity, ledger: Ledger) -> Progress:
    """Where one activity stands on the ledger's last day."""
    mine = effective(activity, ledger)
    found = _found(mine, ledger)
    done_on = _done_on(mine, found)
    if done_on is None and mine is not activity:  # somebody who studied it in full all the same is done too
        done_on = _done_on(activity, _found(activity, ledger))
    have, need = sum(len(days) for days in found), sum(y.count for y in mine.yields)
    logged = ledger.minutes_by_activity.get(activity.id, 0)
    remaining = 0 if done_on else _remaining(mine, have, need, logged)
    lacking = tuple(0 if done_on else y.count - len(days) for y, days in zip(mine.yields, found, strict=True))
    return Progress(mine, mine is not activity, have, need, logged, remaining, done_on, lacking)


def _remaining(activity: Activity, have: int, need: int, logged: int) -> int:
    by_evidence = activity.minutes * (need - have) // need if need else activity.minutes
    return max(min(activity.minutes, LEAST_MINUTES), min(activity.minutes - logged, by_evidence))


def _found(activity: Activity, ledger: Ledger) -> list[list[date]]:
    """For each yield the days on which its artefacts came, the first ones, as many as it wants.

    One artefact counts for one yield of a tier, so that the third of three stories is not there before three are. It may count
    again at a higher tier: what was made here may be reviewed here too.
    """
    found: list[list[date]] = [[] for _ in activity.yields]
    since = {a.ids[0]: (on, a) for a in ledger.by_activity.get(activity.id, ()) if (on := _named_on(a, activity, ledger))}
    used: set[tuple[Tier, int]] = set()
    # What a practitioner reviewed serves either, so the yields that insist on one choose first.
    for i, wanted in sorted(enumerate(activity.yields), key=lambda at: not at[1].practitioner):
        reached = sorted(
            (max(on, artefact.reached_on(wanted.tier, wanted.practitioner)), first)
            for first, (on, artefact) in since.items()
            if satisfies(artefact, wanted) and (wanted.tier, first) not in used
        )[: wanted.count]
        used.update((wanted.tier, first) for _, first in reached)
        found[i] = [on for on, _ in reached]
    return found


def _named_on(artefact: Artefact, activity: Activity, ledger: Ledger) -> date | None:
    """The day from which an artefact belongs to an activity: of the first checkable version, review or confirmation for it."""
    entries = (*artefact.checked, *artefact.reviews, *artefact.confirmations)
    return min((e.on for e in entries if ledger.programme.current_id(e.activity_id) == activity.id), default=None)


def _done_on(activity: Activity, found: list[list[date]]) -> date | None:
    """The day the last of what it should leave came; ``None`` while something lacks, and where it leaves nothing behind."""
    if not activity.yields or any(len(days) < y.count for y, days in zip(activity.yields, found, strict=True)):
        return None
    return max(on for days in found for on in days)


def all_progress(ledger: Ledger) -> Mapping[str, Progress]:
    """Progress of every activity of the programme, by id, in blueprint order."""
    return {activity.id: progress_of(activity, ledger) for activity in ledger.programme.activities}
