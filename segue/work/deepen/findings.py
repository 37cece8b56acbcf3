"""What follows from the answers of a sheet: the rule of each sort says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from segue.work.deepen.outline import Answers

if TYPE_CHECKING:
    from segue.work.deepen.law import Law


class Level(StrEnum):
    """How grave a finding is."""

    STOP = "stop"  # not before this is settled
    GAP = "gap"  # something is missing
    NOTE = "note"  # good to know


@dataclass(frozen=True)
class Finding:
    """One consequence of the answers. ``part``: where it is mended; ``law``: ids of the rules that it rests on."""

    level: Level
    says: str
    part: str = ""
    law: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a sheet comes to. ``lines``: results in sentences, printed first; ``facts``: the figures of its kind of evidence."""

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """What a rule may know beside the answers."""

    today: date
    law: Law


Rule = Callable[[Answers, Setting], Outcome]
