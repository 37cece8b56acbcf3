"""Random ledgers of the sample programme: work, versions, claims, reviews of all sorts, withdrawals.

Hypothesis chooses a seed and lengths, so that a failing ledger gets shorter; the rest is drawn by ``random``, which is fast.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import strategies as st

from segue.core.evidence import Entry, Sort
from segue.core.projection import project
from tests.core.sample import MONDAY, SAMPLE, day, named

LAST_DAY = 60
# Not the diagnostic: doing it again may show that less is known, which takes back what one explanation confirmed.
KINDS = ("explanation", "quiz", "memo", "note", "report", "talk", "story", "mentor-review", "effect")
CHOICES: Mapping[str, tuple[float | str, ...]] = {
    "score": (50, 80, 95),
    "items": (5, 20, 30),
    "data": ("toy", "realistic", "real"),
    "accuracy": ("unchecked", "sound"),
    "role": ("engineer", "scientist", "lawyer"),
}
COMPETENCIES = ("C1", "C2", "T")
IDS = ("", *SAMPLE.by_id)
# What a learner who does everything leaves behind: from here the other levels are in reach.
FAIR = tuple(replace(e, id=-e.id, subject=-e.subject if e.subject else None) for e in project(SAMPLE, MONDAY))


@dataclass
class Scribe:
    """Writes ledgers: the first ``fair`` entries of somebody who does everything, then ``odd`` ones of any sort."""

    seed: int
    fair: int
    odd: int
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    def ledger(self, withdrawals: bool = True) -> list[Entry]:
        """A ledger, the same for the same numbers."""
        entries = list(FAIR[: self.fair])
        for _ in range(self.odd):
            withdraws = entries and withdrawals and self.draw.random() < 0.15
            entries.append(self._withdrawal(entries) if withdraws else self.more(entries))
        return entries

    def more(self, before: list[Entry]) -> Entry:
        """One more entry that adds something."""
        there = [e for e in before if e.sort is Sort.ARTEFACT]
        if not there or self.draw.random() < 0.3:
            return self._work(before, self.draw.choice(KINDS))
        makes = (self._version, self._words, self._words, self._words)
        return self.draw.choice(makes)(before, self.draw.choice(there))

    def claim(self, before: list[Entry]) -> Entry:
        """What nobody can check: a self-rating, minutes, a bare link as new work or as a new version."""
        there = [e for e in before if e.sort is Sort.ARTEFACT]
        chance = self.draw.random()
        if chance < 0.2:
            return Entry(len(before) + 1, Sort.SELF_RATING, self._day(), competencies=("C1", "C2"), facts={"level": 4})
        if there and chance < 0.7:
            claim = self._version(before, self.draw.choice(there))
        else:
            claim = self._work(before, self.draw.choice(KINDS))
        return replace(claim, sort=Sort.TIME if chance < 0.3 else Sort.ARTEFACT, files=0, words=0)

    def _day(self) -> date:
        return day(self.draw.randint(0, LAST_DAY))

    def _work(self, before: list[Entry], kind: str) -> Entry:
        fields = (*(f.name for f in SAMPLE.kinds[kind].fields), "data")
        return Entry(
            len(before) + 1,
            Sort.ARTEFACT,
            self._day(),
            kind=kind,
            activity_id=self.draw.choice(IDS),
            competencies=tuple(self.draw.sample(COMPETENCIES, self.draw.randint(0, 3))),
            minutes=self.draw.choice((0, 30)),
            words=self.draw.choice((0, 39, 60, 200)),
            files=self.draw.randint(0, 1),
            facts={name: self.draw.choice(CHOICES[name]) for name in fields if self.draw.random() < 0.7},
        )

    def _version(self, before: list[Entry], first: Entry) -> Entry:
        """A version of something, later than it, mostly of its kind."""
        entry = self._work(before, first.kind if self.draw.random() < 0.8 else self.draw.choice(KINDS))
        return replace(entry, revises=first.id, on=max(entry.on, first.on))

    def _words(self, before: list[Entry], subject: Entry) -> Entry:
        """A review, good or bad or without marks, or a confirmation."""
        return Entry(
            len(before) + 1,
            Sort.CONFIRMATION if self.draw.random() < 0.2 else Sort.REVIEW,
            max(subject.on, self._day()),
            activity_id=self.draw.choice(IDS),
            subject=subject.id,
            reviewer=named(self.draw.choice(("Ann", "ANN", "Bo")), self.draw.random() < 0.5),
            marks={mark: self.draw.random() < 0.7 for mark in "abc"[: self.draw.randint(0, 3)]},
        )

    def _withdrawal(self, before: list[Entry]) -> Entry:
        return Entry(len(before) + 1, Sort.WITHDRAWAL, self._day(), subject=self.draw.choice(before).id)


SCRIBES = st.builds(Scribe, st.integers(0, 2**32), st.integers(0, len(FAIR)), st.integers(0, 15))


def ledgers(withdrawals: bool = True) -> st.SearchStrategy[list[Entry]]:
    """Ledgers, where nothing is to be added to them."""
    return SCRIBES.map(lambda scribe: scribe.ledger(withdrawals))


def more(before: list[Entry]) -> st.SearchStrategy[Entry]:
    """One more entry that adds something."""
    return st.integers(0, 2**32).map(lambda seed: Scribe(seed, 0, 0).more(before))
