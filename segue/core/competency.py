"""What there is to be good at: competencies, their levels, and the criteria that evidence must meet.

All thresholds are data (``segue/curriculum/content/competencies.yaml``); this module only gives them names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """How much a piece of evidence can be trusted. A higher tier includes what the lower ones ask for."""

    E0 = 0  # self-claim: shown, never counts
    E1 = 1  # the program can check it: a file, a text of the length asked for, figures from a run
    E2 = 2  # a named person reviewed it against criteria published beforehand
    E3 = 3  # a stakeholder confirmed an effect outside


@dataclass(frozen=True)
class Condition:
    """One demand on a fact of an entry, such as ``items`` at least 200, or ``data`` one of real, realistic.

    Exactly one of ``at_least`` and ``any_of`` is set.
    """

    fact: str
    at_least: float | None = None
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Distinct:
    """At least ``count`` different values of ``fact`` among the entries that are counted."""

    fact: str
    count: int


@dataclass(frozen=True)
class Need:
    """What evidence meets a criterion: ``count`` standing artefacts of these kinds, at this tier, under these conditions."""

    kinds: tuple[str, ...]
    count: int = 1
    tier: Tier = Tier.E1
    practitioner: bool = False
    where: tuple[Condition, ...] = ()
    distinct: Distinct | None = None


@dataclass(frozen=True)
class Criterion:
    """One line of a level. ``id`` is stable for ever: reviews and history point at it."""

    id: str
    text: str
    need: Need


@dataclass(frozen=True)
class Level:
    """One of the levels of a competency; reached when every criterion and the level's rule hold."""

    number: int
    observable: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class LevelRule:
    """What a level asks for whatever the competency: how many artefacts of which trust, and how they are spread.

    ``e1``, ``e2``, ``e3`` are counts of artefacts that list the competency at that tier or above; ``practitioner`` wants one of
    the reviewed ones reviewed by somebody who practises AI; ``weeks`` is the number of different calendar weeks the artefacts
    come from; ``real_data`` wants one of them made with real or realistic data.
    """

    number: int
    name: str
    e1: int = 0
    e2: int = 0
    e3: int = 0
    practitioner: bool = False
    weeks: int = 0
    real_data: bool = False


@dataclass(frozen=True)
class Competency:
    """A competency (C1 to C8), or the transition track T, which has a single level and no level rule."""

    id: str
    name: str
    short: str
    summary: str
    levels: tuple[Level, ...]
    is_track: bool = False

    def level(self, number: int) -> Level:
        """The level with this number. Raises ``KeyError`` where the competency has none such."""
        for level in self.levels:
            if level.number == number:
                return level
        raise KeyError(f"{self.id} has no level {number}")


@dataclass(frozen=True)
class Gate:
    """A door: the level wanted in each competency, and the people who must have reviewed. Not an average."""

    id: str
    name: str
    opens: str
    levels: Mapping[str, int]
    reviewers: int
    practitioners: int


@dataclass(frozen=True)
class RoleTarget:
    """A kind of AI product manager. ``weights`` order the gaps (they sum to 1); they never change the gate."""

    id: str
    name: str
    summary: str
    weights: Mapping[str, float]
