"""A résumé as the lines that somebody reads, in reading order. Every paper is made of these, so that all say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segue.work.transition.resume.document import Basics, Document, Position, Study

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HEADINGS = {
    "work": "Experience",
    "project": "Projects",
    "volunteer": "Volunteering",
    "education": "Education",
    "certificate": "Certificates",
}
BETWEEN = " · "


@dataclass(frozen=True)
class Line:
    """A line. ``sort``: ``name``, ``label``, ``contact``, ``heading``, ``title``, ``detail``, ``text`` or ``bullet``."""

    sort: str
    text: str


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines in the order in which they are printed. Every text is one line; what is empty is left out."""
    found = (
        *_top(document.basics),
        *_positions(document, "work"),
        *_positions(document, "project"),
        *_positions(document, "volunteer"),
        *_studies(document, "education"),
        *_studies(document, "certificate"),
        *_skills(document),
        *_languages(document),
    )
    lines = (Line(line.sort, " ".join(line.text.split())) for line in found)
    return tuple(line for line in lines if line.text)


def _top(basics: Basics) -> Iterator[Line]:
    yield Line("name", basics.name)
    yield Line("label", basics.label)
    place = ", ".join(part for part in (basics.city, basics.region, basics.country_code) if part)
    yield Line("contact", _joined(basics.email, basics.phone, basics.url, place))
    yield Line("contact", _joined(*(f"{each.network}: {each.url or each.username}" for each in basics.profiles)))
    yield Line("text", basics.summary)


def _positions(document: Document, sort: str) -> Iterator[Line]:
    mine = [position for position in document.positions if position.sort == sort]
    if mine:
        yield Line("heading", HEADINGS[sort])
    for position in mine:
        yield from _position(position)


def _position(position: Position) -> Iterator[Line]:
    yield Line("title", ", ".join(part for part in (position.position, position.name) if part))
    yield Line("detail", _joined(span_in_words(position.start, position.end), position.location, position.url))
    yield Line("text", position.summary)
    for bullet in position.bullets:
        yield Line("bullet", bullet.text)


def _studies(document: Document, sort: str) -> Iterator[Line]:
    mine = [study for study in document.studies if study.sort == sort]
    if mine:
        yield Line("heading", HEADINGS[sort])
    for study in mine:
        yield from _study(study)


def _study(study: Study) -> Iterator[Line]:
    learnt = " ".join(part for part in (study.degree, study.area) if part)
    yield Line("title", ", ".join(part for part in (learnt, study.institution) if part))
    days = day_in_words(study.start) if study.sort == "certificate" else span_in_words(study.start, study.end)
    yield Line("detail", _joined(days, study.url))
    yield Line("text", ", ".join(study.courses))


def _skills(document: Document) -> Iterator[Line]:
    if document.skills:
        yield Line("heading", "Skills")
    for each in document.skills:
        words = ", ".join(each.keywords)
        yield Line("text", f"{each.name}: {words}" if each.name and words else each.name or words)


def _languages(document: Document) -> Iterator[Line]:
    if document.languages:
        yield Line("heading", "Languages")
        spoken = (f"{each.language} ({each.fluency})" if each.fluency else each.language for each in document.languages)
        yield Line("text", ", ".join(spoken))


def _joined(*parts: str) -> str:
    return BETWEEN.join(part for part in parts if part)


def span_in_words(start: str, end: str) -> str:
    """``March 2021 to present``; only the end where the start is not known, nothing where neither is."""
    if not start:
        return day_in_words(end)
    return f"{day_in_words(start)} to {day_in_words(end) if end else 'present'}"


def day_in_words(day: str) -> str:
    """``2021-03`` as ``March 2021``, ``2021`` as it is; what is no such day as it was typed."""
    year, _, rest = day.partition("-")
    month = rest[:2]
    if year.isdigit() and month.isdigit() and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}"
    return day
