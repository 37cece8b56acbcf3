"""A résumé as the fields of its form, and back.

The order of the fields is the order of the résumé, and a bullet belongs to the position before it: so text that a browser has
kept can be put back into the form without changing what the résumé is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from segue.evidence.texts import clean_line, clean_text
from segue.work.transition.resume.document import (
    Account,
    Basics,
    Bullet,
    Document,
    Language,
    Position,
    Skills,
    Study,
)
from segue.work.transition.resume_lines import name_of

BASICS = ("name", "label", "email", "phone", "url", "city", "region", "country_code", "summary")
POSITION = ("name", "position", "start", "end", "location", "url", "summary", "sort")
STUDY = ("institution", "area", "degree", "start", "end", "url", "sort")
POSITION_SORTS = {"work": "Work", "volunteer": "Unpaid work", "project": "Project"}
STUDY_SORTS = {"education": "School or university", "certificate": "Certificate or course"}
ID = r"([A-Za-z0-9_-]{1,40})"
# The field with which each part begins.
CLOSED = "closed"  # a position that the page shows by its name alone stays as it is stored
PARTS = {
    "position": re.compile(rf"position-{ID}-(?:name|{CLOSED})"),
    "bullet": re.compile(rf"bullet-{ID}"),
    "study": re.compile(rf"study-{ID}-institution"),
    "skill": re.compile(rf"skill-{ID}-name"),
}
DAY = re.compile(r"(?:(?:19|20)\d\d)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|[\w.-]+\.\w{2,}(?:/\S*)?")
MOST_LINE, MOST_BULLET, MOST_TEXT = 300, 2_000, 5_000
MOST_POSITIONS, MOST_BULLETS, MOST_OTHERS = 60, 30, 60
WHOLE = "whole"  # the last field: a form without it was cut off on its way
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """What can’t be kept as it was typed. ``name``: the field."""

    name: str
    place: str
    says: str


def fields_of(document: Document) -> dict[str, str]:
    """What the form shows of a résumé."""
    basics = document.basics
    found = {f"basics-{name}": getattr(basics, name) for name in BASICS}
    found["accounts"] = "\n".join(map(_account_line, basics.profiles))
    found["languages"] = "\n".join(map(_language_line, document.languages))
    for position in document.positions:
        found |= {f"position-{position.id}-{name}": getattr(position, name) for name in POSITION}
        found |= {f"bullet-{bullet.id}": bullet.text for bullet in position.bullets}
    for study in document.studies:
        found |= {f"study-{study.id}-{name}": getattr(study, name) for name in STUDY}
        found[f"study-{study.id}-courses"] = "\n".join(study.courses)
    for skill in document.skills:
        found |= {f"skill-{skill.id}-name": skill.name, f"skill-{skill.id}-keywords": ", ".join(skill.keywords)}
    found["links"] = " ".join(f"{bullet.id}:{','.join(map(str, bullet.entries))}" for _, bullet in document.bullets())
    return found


def _account_line(account: Account) -> str:
    return " ".join(part for part in (account.network, account.url or account.username) if part)


def _language_line(language: Language) -> str:
    return f"{language.language}: {language.fluency}" if language.fluency else language.language


def document_of(fields: Fields, stored: Document) -> Document:
    """The résumé that stands in the form. What a form can’t change comes from the stored one: links to evidence, other parts."""
    if WHOLE not in fields:
        return stored  # what is not there was not taken out
    reader = _Reader(fields, stored)
    return Document(
        basics=reader.basics(),
        positions=tuple(reader.positions()),
        studies=tuple(map(reader.study, reader.ids("study"))),
        skills=tuple(map(reader.skill, reader.ids("skill"))),
        languages=tuple(reader.languages()),
        more=stored.more,
    )


class _Reader:
    def __init__(self, fields: Fields, stored: Document) -> None:
        self.fields, self.stored = fields, stored
        self.parts = [found for name in fields if (found := _part(name)) is not None]
        self.bullets: dict[str, list[str]] = {}
        position = ""
        for what, id in self.parts:
            position = id if what == "position" else position
            if what == "bullet" and position:
                self.bullets.setdefault(position, []).append(id)
        self.links = _links(fields.get("links", "")) | {bullet.id: bullet.entries for _, bullet in stored.bullets()}

    def line(self, name: str) -> str:
        return clean_line(self.fields.get(name, ""))

    def text(self, name: str) -> str:
        return clean_text(self.fields.get(name, "")).strip()

    def ids(self, what: str) -> Sequence[str]:
        return [id for each, id in self.parts if each == what]

    def basics(self) -> Basics:
        typed = {name: self.line(f"basics-{name}") for name in BASICS if name != "summary"}
        known = {_account_line(each): each for each in self.stored.basics.profiles}
        lines = [clean_line(line) for line in self.text("accounts").splitlines() if line.strip()]
        accounts = tuple(known.get(line) or _account(line) for line in lines)
        return Basics(**typed, summary=self.text("basics-summary"), profiles=accounts)

    def positions(self) -> Iterator[Position]:
        known = {position.id: position for position in self.stored.positions}
        for id in self.ids("position"):
            if f"position-{id}-{CLOSED}" not in self.fields:
                yield self.position(id)
            elif id in known:
                yield known[id]

    def position(self, id: str) -> Position:
        name = f"position-{id}-"
        sort = self.line(f"{name}sort")
        return Position(
            id=id,
            **{each: self.line(name + each) for each in POSITION if each not in ("summary", "sort")},
            summary=self.text(f"{name}summary"),
            sort=sort if sort in POSITION_SORTS else "work",
            bullets=tuple(map(self.bullet, self.bullets.get(id, ()))),
        )

    def bullet(self, id: str) -> Bullet:
        return Bullet(id, self.line(f"bullet-{id}"), self.links.get(id, ()))

    def study(self, id: str) -> Study:
        name = f"study-{id}-"
        sort = self.line(f"{name}sort")
        courses = tuple(clean_line(line) for line in self.text(f"{name}courses").splitlines() if line.strip())
        typed = {each: self.line(name + each) for each in STUDY if each != "sort"}
        return Study(id=id, **typed, courses=courses, sort=sort if sort in STUDY_SORTS else "education")

    def skill(self, id: str) -> Skills:
        known = {skill.id: skill for skill in self.stored.skills}.get(id)
        typed = self.text(f"skill-{id}-keywords")
        if known is not None and ", ".join(known.keywords) == typed:
            return replace(known, name=self.line(f"skill-{id}-name"))  # one that holds a comma stays one
        words = (clean_line(word) for word in re.split(r"[,;\n]", typed))
        return Skills(id, self.line(f"skill-{id}-name"), tuple(word for word in words if word))

    def languages(self) -> Iterator[Language]:
        known = {_language_line(each): each for each in self.stored.languages}
        for line in (clean_line(line) for line in self.text("languages").splitlines() if line.strip()):
            language, _, fluency = line.partition(":")
            yield known.get(line) or Language(language.strip(), fluency.strip())


def _part(name: str) -> tuple[str, str] | None:
    """What part of a résumé a field begins, with its id."""
    for what, pattern in PARTS.items():
        if match := pattern.fullmatch(name):
            return what, match[1]
    return None


def _links(text: str) -> dict[str, tuple[int, ...]]:
    """What the page knew of the links, for bullets that another window has removed meanwhile."""
    found = (each.partition(":") for each in text.split()[:2_000])
    return {
        id: tuple(int(number) for number in numbers.split(",") if number.isascii() and number.isdigit() and len(number) < 10)
        for id, _, numbers in found
    }


def _account(line: str) -> Account:
    network, _, rest = line.rpartition(" ")
    if not network:
        return Account("", line) if ADDRESS.fullmatch(line) else Account(line)
    network = network.rstrip(":")
    return Account(network, rest) if ADDRESS.fullmatch(rest) else Account(network, username=rest)


def faults_of(document: Document) -> tuple[Fault, ...]:
    """What can’t be kept: too long, no date, no address. Each by its field."""
    return (*_basics_faults(document.basics), *_position_faults(document), *_other_faults(document))


def too_many(document: Document, before: Document | None = None) -> Fault | None:
    """What a résumé has more of than is kept; nothing where it had as many ``before``."""
    counts, had = _counts(document), _counts(before or Document())
    for (name, words), (number, most) in counts.items():
        if number > max(most, had.get((name, words), (0, 0))[0]):
            return Fault(name, words.capitalize(), f"There are {number} {words}; {most} are the most. Take some out first.")
    return None


def _counts(document: Document) -> dict[tuple[str, str], tuple[int, int]]:
    """How many there are of each part, and how many may be; by the field where it is mended, and its name."""
    found = {
        ("positions", "positions"): (len(document.positions), MOST_POSITIONS),
        ("studies", "lines of education"): (len(document.studies), MOST_OTHERS),
        ("skills", "lines of skills"): (len(document.skills), MOST_OTHERS),
        ("accounts", "pages elsewhere"): (len(document.basics.profiles), MOST_OTHERS),
        ("languages", "languages"): (len(document.languages), MOST_OTHERS),
    }
    for position in document.positions:
        words = f"bullets of {position.name[:60] or 'a position'}"
        found[f"position-{position.id}", words] = (len(position.bullets), MOST_BULLETS)
    return found


def _basics_faults(basics: Basics) -> Iterator[Fault]:
    for name in BASICS:
        yield from _long(f"basics-{name}", "About you", getattr(basics, name), MOST_TEXT if name == "summary" else MOST_LINE)
    yield from _address("basics-url", "About you", basics.url)
    for account in basics.profiles:
        yield from _long("accounts", "Pages elsewhere", _account_line(account), MOST_LINE)
        yield from _address("accounts", "Pages elsewhere", account.url)


def _position_faults(document: Document) -> Iterator[Fault]:
    for number, position in enumerate(document.positions, 1):
        name, place = f"position-{position.id}-", name_of(position, number)[:80]
        for each in POSITION:
            yield from _long(name + each, place, getattr(position, each), MOST_TEXT if each == "summary" else MOST_LINE)
        yield from _days(name, place, position.start, position.end)
        yield from _address(f"{name}url", place, position.url)
        for index, bullet in enumerate(position.bullets, 1):
            yield from _long(f"bullet-{bullet.id}", f"{place}, bullet {index}", bullet.text, MOST_BULLET)


def _other_faults(document: Document) -> Iterator[Fault]:
    for study in document.studies:
        name, place = f"study-{study.id}-", (study.institution or "Education")[:80]
        for each in STUDY:
            yield from _long(name + each, place, getattr(study, each), MOST_LINE)
        yield from _long(f"{name}courses", place, "\n".join(study.courses), MOST_TEXT)
        yield from _days(name, place, study.start, study.end)
        yield from _address(f"{name}url", place, study.url)
    for skill in document.skills:
        yield from _long(f"skill-{skill.id}-name", "Skills", skill.name, MOST_LINE)
        yield from _long(f"skill-{skill.id}-keywords", "Skills", ", ".join(skill.keywords), MOST_TEXT)
    yield from _long("languages", "Languages", "\n".join(map(_language_line, document.languages)), MOST_TEXT)


def _long(name: str, place: str, text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        yield Fault(name, place, f"This has {len(text):,} characters; {most:,} is the most. Shorten it.")


def _days(name: str, place: str, start: str, end: str) -> Iterator[Fault]:
    for each, day in (("start", start), ("end", end)):
        if day and not DAY.fullmatch(day):
            yield Fault(
                f"{name}{each}", place, "Write the date as 2024, 2024-03 or 2024-03-01; leave the end empty for “until now”."
            )
            return
    if start and end and end < start[: len(end)]:
        yield Fault(f"{name}end", place, "It ends before it begins. Check the two dates.")


def _address(name: str, place: str, text: str) -> Iterator[Fault]:
    if text and not ADDRESS.fullmatch(text):
        yield Fault(name, place, "This is no address. Write it as https://example.org.")
