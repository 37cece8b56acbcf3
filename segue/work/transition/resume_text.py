"""A résumé as Markdown: to be read, to be compared, to be recorded in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from segue.work.transition.resume.document import Document, Position, Study

MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
HEADINGS = {"work": "Experience", "project": "Projects", "volunteer": "Unpaid work"}
STUDIES = {"education": "Education", "certificate": "Certificates and courses"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_of(document: Document, *, with_evidence: bool = False) -> str:
    """The whole résumé. ``with_evidence``: each bullet with the numbers of the entries behind it."""
    blocks = (*_head(document), *_positions(document, with_evidence), *_studies(document), *_skills(document))
    return "\n\n".join(block for block in blocks if block)


def _plain(text: str) -> str:
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def _joined(*parts: str, by: str = ", ") -> str:
    return by.join(_plain(part) for part in parts if part.strip())


def span_of(start: str, end: str) -> str:
    """``Mar 2024 – now``; nothing where neither is known."""
    if not start:
        return day_of(end)
    return f"{day_of(start)} – {day_of(end) if end else 'now'}"


def day_of(day: str) -> str:
    """``2024-03`` as ``Mar 2024``; what is no date as it was typed."""
    year, _, rest = day.partition("-")
    month = rest[:2]
    return f"{MONTHS[int(month) - 1]} {year}" if month.isascii() and month.isdigit() and 1 <= int(month) <= 12 else day


def _head(document: Document) -> Iterator[str]:
    basics = document.basics
    yield f"**{_plain(basics.name)}**" if basics.name else ""
    yield _plain(basics.label)
    pages = [each.url or f"{each.network} {each.username}".strip() for each in basics.profiles]
    yield _joined(basics.email, basics.phone, basics.url, *pages, by=" · ")
    yield _joined(basics.city, basics.region, basics.country_code)
    yield _plain(basics.summary)


def _positions(document: Document, with_evidence: bool) -> Iterator[str]:
    before = ""
    for position in document.positions:
        heading = HEADINGS.get(position.sort, HEADINGS["work"])
        if heading != before:
            yield f"## {heading}"
        before = heading
        yield from _position(position, with_evidence)


def _position(position: Position, with_evidence: bool) -> Iterator[str]:
    yield f"### {_joined(position.position, position.name) or 'Position'}"
    yield _joined(span_of(position.start, position.end), position.location, by=" · ")
    yield _plain(position.summary)
    lines = (_bullet(bullet.text, bullet.entries if with_evidence else ()) for bullet in position.bullets if bullet.text)
    yield "\n".join(lines)


def _bullet(text: str, entries: tuple[int, ...]) -> str:
    behind = f" (evidence: {', '.join(map(str, entries))})" if entries else ""
    return f"- {_plain(text)}{behind}"


def _studies(document: Document) -> Iterator[str]:
    for sort, heading in STUDIES.items():
        found = [study for study in document.studies if study.sort == sort]
        if found:
            yield f"## {heading}"
            yield "\n".join(f"- {_study(study)}" for study in found)


def _study(study: Study) -> str:
    said = _joined(
        study.degree, study.area, study.institution, span_of(study.start, study.end) if study.start else day_of(study.end)
    )
    return f"{said} ({_joined(*study.courses)})" if study.courses else said


def _skills(document: Document) -> Iterator[str]:
    if document.skills:
        yield "## Skills"
        yield "\n".join(f"- {_joined(skill.name, ', '.join(skill.keywords), by=': ')}" for skill in document.skills)
    if document.languages:
        yield "## Languages"
        yield "\n".join(f"- {_joined(each.language, each.fluency, by=': ')}" for each in document.languages)
