"""The ledger, as the rules see it: what was recorded, what stands, and how far each piece can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from segue.core.activity import EvidenceKind, Programme
from segue.core.competency import Tier
from segue.core.wording import counted


class Sort(StrEnum):
    """What an entry of the ledger is."""

    ARTEFACT = "artefact"  # work: a text, a file, a link, with figures
    TIME = "time"  # minutes spent, nothing to show yet
    SELF_RATING = "self-rating"  # E0: shown beside the evidence, never counted
    REVIEW = "review"  # a named person's marks on an artefact
    CONFIRMATION = "confirmation"  # a stakeholder's word that it had an effect outside
    WITHDRAWAL = "withdrawal"  # takes an artefact, review or confirmation back


MAX_COMPETENCIES = 3


@dataclass(frozen=True)
class Reviewer:
    """Who reviewed. ``practises_ai``: AI PM, data scientist, ML engineer, or responsible-AI or legal specialist."""

    name: str
    relation: str
    role: str
    practises_ai: bool


@dataclass(frozen=True)
class Entry:
    """One line of the ledger, in the order it was appended. Nothing in it ever changes.

    ``subject`` is the id of the entry that a review, confirmation or withdrawal speaks of; ``revises`` the id of the version that
    this artefact follows. ``words`` and ``files`` count what is attached (``link`` alone can't be checked). ``facts`` are the
    figures of the kind. ``marks`` are criterion id -> whether the reviewer found it met. A review's ``files`` hold the reviewer's
    own words.
    """

    id: int
    sort: Sort
    on: date
    kind: str = ""
    activity_id: str = ""
    competencies: tuple[str, ...] = ()
    minutes: int = 0
    words: int = 0
    files: int = 0
    facts: Mapping[str, float | str] = field(default_factory=dict)
    revises: int | None = None
    subject: int | None = None
    reviewer: Reviewer | None = None
    marks: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Artefact:
    """An artefact with its standing versions, oldest first, and the standing reviews and confirmations of any of them.

    Its tier is the best any standing version reached: a new version never takes away what an older one proved. ``checked`` are
    the versions that the program can check: only their facts, days and competencies count, since the others are claims.
    """

    versions: tuple[Entry, ...]
    reviews: tuple[Entry, ...]
    confirmations: tuple[Entry, ...]
    tier: Tier
    checked: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The newest standing version."""
        return self.versions[-1]

    @cached_property
    def kind(self) -> str:
        """The id of its kind, the same in all versions."""
        return self.latest.kind

    @cached_property
    def competencies(self) -> tuple[str, ...]:
        """What it may prove: the competencies of its versions in order, three at the most."""
        versions = self.checked or self.versions
        return tuple(dict.fromkeys(c for v in versions for c in v.competencies))[:MAX_COMPETENCIES]

    @cached_property
    def reviewed_by_practitioner(self) -> bool:
        """Whether it was found good by somebody who practises AI, and can be checked."""
        return bool(self.checked) and any(_counts(r) and _practises(r) for r in self.reviews)

    def reached_on(self, tier: Tier, practitioner: bool = False) -> date:
        """The day on which it reached a tier that it has: when it could first be checked, was first found good, or confirmed.

        ``practitioner``: and was found good by somebody who practises AI.
        """
        days = [min(v.on for v in self.checked or self.versions)]
        good = [r for r in self.reviews if _counts(r)]
        if tier >= Tier.E2:
            words = self.confirmations if tier is Tier.E3 else (*good, *self.confirmations)
            days.append(min(word.on for word in words))
        if practitioner:
            days.append(min(r.on for r in good if _practises(r)))
        return max(days)

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of its standing versions."""
        return tuple(v.id for v in self.versions)


def is_favourable(review: Entry) -> bool:
    """Whether a review found what it looked at good: at least one mark, and at least half of the marks met."""
    return bool(review.marks) and 2 * sum(review.marks.values()) >= len(review.marks)


def _counts(review: Entry) -> bool:
    return review.reviewer is not None and is_favourable(review)


def _practises(review: Entry) -> bool:
    return review.reviewer is not None and review.reviewer.practises_ai


def own_tier(entry: Entry, kind: EvidenceKind | None) -> tuple[Tier, str]:
    """The tier that an artefact reaches by what is attached to it alone (E0 or E1), and why in one sentence."""
    if entry.files:
        return Tier.E1, "a file is attached"
    if kind is not None and kind.min_words is not None:
        has = f"its text has {counted(entry.words, 'word')}"
        if entry.words < kind.min_words:
            return Tier.E0, f"{has}; {kind.min_words} are needed, or a file"
        if kind.max_words is not None and entry.words > kind.max_words:
            return Tier.E0, f"{has}; at most {kind.max_words} are wanted"
        return Tier.E1, f"{has} ({kind.min_words} are needed)" if kind.min_words > 1 else has
    return Tier.E0, "a file is needed: a note or a link alone can't be checked"


class Ledger:
    """The entries up to a day, and what stands of them. Immutable; cheap to build; everything else is derived from it."""

    def __init__(self, entries: Iterable[Entry], programme: Programme, on: date | None = None) -> None:
        """``on``: only entries dated up to that day are seen, so that the past can be computed again."""
        self.programme = programme
        self.entries: Sequence[Entry] = tuple(e for e in entries if on is None or e.on <= on)

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """Ids of entries that were taken back."""
        return frozenset(e.subject for e in self.entries if e.sort is Sort.WITHDRAWAL and e.subject is not None)

    @cached_property
    def artefacts(self) -> tuple[Artefact, ...]:
        """What stands, in the order first recorded; every version of one artefact together, counted once."""
        roots: dict[int, int] = {}
        kinds: dict[int, str] = {}
        threads: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.sort is not Sort.ARTEFACT:
                continue
            root = roots.get(entry.revises, entry.id) if entry.revises is not None else entry.id
            if kinds.setdefault(root, entry.kind) != entry.kind:  # another kind is another artefact
                root = entry.id
            roots[entry.id], kinds[entry.id] = root, entry.kind
            if entry.id not in self.withdrawn:
                threads.setdefault(root, []).append(entry)
        words = self._words_about(roots)
        return tuple(self._artefact(versions, words.get(root, [])) for root, versions in threads.items())

    def _words_about(self, roots: Mapping[int, int]) -> dict[int, list[Entry]]:
        """Standing reviews and confirmations by the artefact they speak of; those of a withdrawn version fall with it."""
        about: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.sort not in (Sort.REVIEW, Sort.CONFIRMATION) or entry.id in self.withdrawn:
                continue
            if entry.subject is not None and entry.subject in roots and entry.subject not in self.withdrawn:
                about.setdefault(roots[entry.subject], []).append(entry)
        return about

    def _artefact(self, versions: list[Entry], words: list[Entry]) -> Artefact:
        reviews = tuple(w for w in words if w.sort is Sort.REVIEW)
        confirmations = tuple(w for w in words if w.sort is Sort.CONFIRMATION)
        kind = self.programme.kinds.get(versions[0].kind)
        checked = tuple(v for v in versions if own_tier(v, kind)[0] >= Tier.E1)
        tier = Tier.E1 if checked else Tier.E0
        if checked and confirmations:
            tier = Tier.E3
        elif checked and any(_counts(r) for r in reviews):
            tier = Tier.E2
        return Artefact(tuple(versions), reviews, confirmations, tier, checked)

    @cached_property
    def by_activity(self) -> Mapping[str, tuple[Artefact, ...]]:
        """Standing artefacts by the activity they, or words about them, were made for; retired ids followed to the current ones.

        A review may answer another activity than the one the artefact was made in ("have the charter reviewed").
        """
        found: dict[str, list[Artefact]] = {}
        for artefact in self.artefacts:
            entries = (*artefact.versions, *artefact.reviews, *artefact.confirmations)
            for activity_id in dict.fromkeys(self.programme.current_id(e.activity_id) for e in entries):
                if activity_id:
                    found.setdefault(activity_id, []).append(artefact)
        return {activity_id: tuple(found_there) for activity_id, found_there in found.items()}

    @cached_property
    def minutes_by_activity(self) -> Mapping[str, int]:
        """Minutes logged by activity, from artefacts and time entries that stand."""
        total: dict[str, int] = {}
        for entry in self.entries:
            activity_id = self.programme.current_id(entry.activity_id)
            if activity_id and entry.minutes and entry.id not in self.withdrawn:
                total[activity_id] = total.get(activity_id, 0) + entry.minutes
        return total

    @cached_property
    def self_ratings(self) -> Mapping[str, int]:
        """The last self-rating of each competency. Shown beside the evidence, never counted."""
        rated: dict[str, int] = {}
        for entry in self.entries:
            if entry.sort is Sort.SELF_RATING and entry.id not in self.withdrawn:
                for competency in entry.competencies:
                    rated[competency] = int(entry.facts.get("level", 0))
        return rated

    @cached_property
    def known_concepts(self) -> frozenset[str]:
        """Ids of the concepts that the last diagnostic showed to be known."""
        for artefact in reversed(self.artefacts):
            if artefact.kind == "diagnostic":
                return frozenset(str(artefact.latest.facts.get("known", "")).split())
        return frozenset()

    @cached_property
    def minutes_by_day(self) -> Mapping[date, int]:
        """Minutes logged by day, from entries that stand; days without any are left out."""
        total: dict[date, int] = {}
        for entry in self.entries:
            if entry.minutes and entry.id not in self.withdrawn:
                total[entry.on] = total.get(entry.on, 0) + entry.minutes
        return total

    def minutes_between(self, first: date, last: date) -> int:
        """Minutes logged on days from ``first`` to ``last``, both included."""
        return sum(minutes for day, minutes in self.minutes_by_day.items() if first <= day <= last)

    def expired(self, artefact: Artefact, on: date) -> bool:
        """Whether an artefact of a kind that fades was last checked too long ago to count on that day."""
        kind = self.programme.kinds.get(artefact.kind)
        if kind is None or kind.expires_after is None:
            return False
        return max(v.on for v in artefact.checked or artefact.versions) + timedelta(days=kind.expires_after) < on
