"""What a résumé is here: the parts of JSON Resume, with bullets that name the evidence behind them.

Days are as JSON Resume writes them: ``2024``, ``2024-03`` or ``2024-03-01``; an empty end is “until now”. What JSON Resume knows
and Segue does not edit travels in ``more``, untouched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bullet:
    """One line of what was done. ``entries``: numbers of the ledger's entries behind it."""

    id: str
    text: str
    entries: tuple[int, ...] = ()


@dataclass(frozen=True)
class Account:
    """A page elsewhere, such as a LinkedIn profile."""

    network: str
    url: str = ""
    username: str = ""


@dataclass(frozen=True)
class Basics:
    """Who it is. ``label`` is the line under the name, ``summary`` the paragraph on top."""

    name: str = ""
    label: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    summary: str = ""
    city: str = ""
    region: str = ""
    country_code: str = ""
    profiles: tuple[Account, ...] = ()


@dataclass(frozen=True)
class Position:
    """A job, paid or not (``volunteer``), or a project (``project``: ``name`` is the project's, ``position`` the role in it)."""

    id: str
    name: str
    position: str = ""
    start: str = ""
    end: str = ""
    location: str = ""
    url: str = ""
    summary: str = ""
    bullets: tuple[Bullet, ...] = ()
    sort: str = "work"  # work, volunteer or project


@dataclass(frozen=True)
class Study:
    """A degree or, with ``sort`` ``certificate``, a certificate: ``institution`` is who gave it, ``area`` what it is called."""

    id: str
    institution: str
    area: str = ""
    degree: str = ""
    start: str = ""
    end: str = ""
    url: str = ""
    courses: tuple[str, ...] = ()
    sort: str = "education"  # education or certificate


@dataclass(frozen=True)
class Skills:
    """A line of skills under one heading, each with the evidence it rests on elsewhere."""

    id: str
    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Language:
    """A language, and how well."""

    language: str
    fluency: str = ""


@dataclass(frozen=True)
class Document:
    """A whole résumé, in the order in which it is printed."""

    basics: Basics = field(default_factory=Basics)
    positions: tuple[Position, ...] = ()
    studies: tuple[Study, ...] = ()
    skills: tuple[Skills, ...] = ()
    languages: tuple[Language, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def bullets(self) -> Iterator[tuple[Position, Bullet]]:
        """Every bullet with the position it belongs to."""
        for position in self.positions:
            for bullet in position.bullets:
                yield position, bullet
