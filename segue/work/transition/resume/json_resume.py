"""JSON Resume (jsonresume.org, schema 1.0.0) in and out. Parts of the schema that Segue does not edit travel along untouched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from segue.core.errors import UserError
from segue.work.transition.resume.document import Account, Basics, Bullet, Document, Language, Position, Skills, Study
from segue.work.transition.resume.json_form import new_id
from segue.work.transition.resume.reading import Minutes, Reading, check_size, tidy

T = TypeVar("T")
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"
# As the schema has it: a year, with a month, with a day.
DAY = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LOOSE_DAY = re.compile(r"([12]\d{3})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:T.*)?")
_NOW = {"", "present", "now", "today", "current", "heute"}
# Names of older versions of the schema, and what they are called now.
OLDER = {"company": "name", "organization": "name", "website": "url", "picture": "image", "releaseDate": "date"}
EDITED = {"basics", "work", "volunteer", "projects", "education", "certificates", "skills", "languages"}
DEEPEST = 30


def read_json_resume(content: bytes) -> Reading:
    """The résumé in a JSON file. Raises ``UserError`` where it is no JSON Resume; a faulty value is left out by its place."""
    check_size(content)
    given = _object(content)
    minutes = Minutes()
    reader = _Reader(minutes)
    version = given.get("meta", {}).get("version") if isinstance(given.get("meta"), dict) else None
    if isinstance(version, str) and version.lstrip("v") != VERSION.lstrip("v"):
        minutes.notes.append(f"The file says that it follows version {version[:20]} of the schema; it was read as {VERSION}.")
    positions = (
        *reader.each(given, "work", reader.position),
        *reader.each(given, "volunteer", lambda each, at: reader.position(each, at, "volunteer")),
        *reader.each(given, "projects", lambda each, at: reader.position(each, at, "project")),
    )
    document = Document(
        basics=reader.basics(given.get("basics")),
        positions=positions,
        studies=(
            *reader.each(given, "education", reader.study),
            *reader.each(given, "certificates", reader.certificate),
        ),
        skills=reader.each(given, "skills", reader.skills),
        languages=reader.each(given, "languages", reader.language),
        more={name: value for name, value in given.items() if name not in EDITED and name not in ("$schema", "meta")},
    )
    minutes.notes += [f"“{name}” came along as it is; it is not edited here." for name in document.more]
    return minutes.reading(document)


def _object(content: bytes) -> dict[str, Any]:
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError("The file is not in UTF-8.", "Save it again as JSON in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        line = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UserError(f"The file is no JSON{line}.", "Export it again from where it comes, or check that line.") from error
    if not isinstance(given, dict) or not EDITED & set(given):
        raise UserError(
            "The file is JSON, but no JSON Resume.",
            "It needs at least one of basics, work, education, skills and the like on top.",
        )
    if _depth(given) > DEEPEST:
        raise UserError("The file nests too deep to be a résumé.", "Export it again from where it comes.")
    return given


def _depth(value: Any) -> int:
    level, now = 0, [value]
    while now and level <= DEEPEST:
        now = [
            inner
            for each in now
            for inner in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
        level += 1
    return level


class _Reader:
    """Reads values with their place; what does not fit is noted and left out."""

    def __init__(self, minutes: Minutes) -> None:
        self.minutes = minutes

    def each(self, given: Mapping[str, Any], name: str, build: Callable[[dict[str, Any], str], T]) -> tuple[T, ...]:
        value = given.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._reject(name, "must be a list")
            return ()
        return tuple(self._built(value, name, build))

    def _built(self, value: list[Any], name: str, build: Callable[[dict[str, Any], str], T]) -> Iterator[T]:
        for number, each in enumerate(value):
            at = f"{name}[{number}]"
            if isinstance(each, str) and name in ("skills", "languages", "certificates"):
                each = {"language" if name == "languages" else "name": each}
            if not isinstance(each, dict):
                self._reject(at, "must be an object")
                continue
            yield build(self._renamed(each, at), at)

    def _renamed(self, each: dict[str, Any], at: str) -> dict[str, Any]:
        for old, new in OLDER.items():
            if old in each and new not in each:
                self.minutes.notes.append(f"{at}.{old} is called “{new}” by now and was read as that.")
        return {**{OLDER.get(name, name): value for name, value in each.items() if name in OLDER}, **each}

    def text(self, given: Mapping[str, Any], name: str, at: str) -> str:
        value = given.get(name)
        if value is None or value == "":
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self._reject(f"{at}.{name}", "must be text")
            return ""
        return tidy(value)

    def texts(self, given: Mapping[str, Any], name: str, at: str) -> tuple[str, ...]:
        value = given.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            value = [value]
        kept = tuple(self.text({name: each}, name, at) for each in value)
        return tuple(each for each in kept if each)

    def day(self, given: Mapping[str, Any], name: str, at: str) -> str:
        value = self.text(given, name, at)
        if DAY.fullmatch(value) or value.casefold() in _NOW:
            return "" if value.casefold() in _NOW else value
        found = _LOOSE_DAY.fullmatch(value)
        if found:
            day = "-".join(part.zfill(2) for part in found.groups() if part)
            if DAY.fullmatch(day):
                return day
        self._reject(f"{at}.{name}", f"“{value[:30]}” is no day such as 2024-03")
        return ""

    def basics(self, value: Any) -> Basics:
        if value is None:
            return Basics()
        if not isinstance(value, dict):
            self._reject("basics", "must be an object")
            return Basics()
        given = self._renamed(value, "basics")
        place = given.get("location") if isinstance(given.get("location"), dict) else {}
        plain = {name: self.text(given, name, "basics") for name in ("name", "label", "email", "phone", "url", "summary")}
        accounts = self.each(given, "profiles", self._account)
        assert isinstance(place, dict)
        return Basics(
            **plain,
            city=self.text(place, "city", "basics.location"),
            region=self.text(place, "region", "basics.location"),
            country_code=self.text(place, "countryCode", "basics.location"),
            profiles=accounts,
        )

    def _account(self, given: dict[str, Any], at: str) -> Account:
        return Account(self.text(given, "network", at), self.text(given, "url", at), self.text(given, "username", at))

    def position(self, given: dict[str, Any], at: str, sort: str = "work") -> Position:
        roles = self.texts(given, "roles", at)
        return Position(
            id=new_id(),
            name=self.text(given, "name", at),
            position=self.text(given, "position", at) or ", ".join(roles),
            start=self.day(given, "startDate", at),
            end=self.day(given, "endDate", at),
            location=self.text(given, "location", at) if isinstance(given.get("location"), str) else "",
            url=self.text(given, "url", at),
            summary=self.text(given, "summary", at) or self.text(given, "description", at),
            bullets=tuple(Bullet(new_id(), text) for text in self.texts(given, "highlights", at)),
            sort=sort,
        )

    def study(self, given: dict[str, Any], at: str) -> Study:
        return Study(
            id=new_id(),
            institution=self.text(given, "institution", at),
            area=self.text(given, "area", at),
            degree=self.text(given, "studyType", at),
            start=self.day(given, "startDate", at),
            end=self.day(given, "endDate", at),
            url=self.text(given, "url", at),
            courses=self.texts(given, "courses", at),
        )

    def certificate(self, given: dict[str, Any], at: str) -> Study:
        return Study(
            id=new_id(),
            institution=self.text(given, "issuer", at),
            area=self.text(given, "name", at),
            start=self.day(given, "date", at),
            url=self.text(given, "url", at),
            sort="certificate",
        )

    def skills(self, given: dict[str, Any], at: str) -> Skills:
        return Skills(new_id(), self.text(given, "name", at), self.texts(given, "keywords", at))

    def language(self, given: dict[str, Any], at: str) -> Language:
        return Language(self.text(given, "language", at), self.text(given, "fluency", at))

    def _reject(self, at: str, why: str) -> None:
        self.minutes.rejected.append(f"{at}: {why}.")


# --- out --------------------------------------------------------------------------------------------------------------------


def to_json_resume(document: Document) -> bytes:
    """The document as a JSON Resume file in UTF-8. What is empty is left out; the evidence behind a line stays at home."""
    made: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _basics(document.basics),
        "work": [_work(each) for each in document.positions if each.sort == "work"],
        "volunteer": [_volunteer(each) for each in document.positions if each.sort == "volunteer"],
        "projects": [_project(each) for each in document.positions if each.sort == "project"],
        "education": [_education(each) for each in document.studies if each.sort == "education"],
        "certificates": [_certificate(each) for each in document.studies if each.sort == "certificate"],
        "skills": [_filled({"name": each.name, "keywords": list(each.keywords)}) for each in document.skills],
        "languages": [_filled({"language": each.language, "fluency": each.fluency}) for each in document.languages],
        **document.more,
        "meta": {"version": VERSION},
    }
    return (json.dumps(_filled(made), ensure_ascii=False, indent=2) + "\n").encode()


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if each not in ("", [], {}, None)}


def _basics(basics: Basics) -> dict[str, Any]:
    names = ("name", "label", "email", "phone", "url", "summary")
    place = _filled({"city": basics.city, "region": basics.region, "countryCode": basics.country_code})
    accounts = [_filled({"network": each.network, "url": each.url, "username": each.username}) for each in basics.profiles]
    return _filled({**{name: getattr(basics, name) for name in names}, "location": place, "profiles": accounts})


def _span(each: Position | Study) -> dict[str, Any]:
    return {"startDate": each.start, "endDate": each.end, "url": each.url}


def _highlights(position: Position) -> list[str]:
    return [bullet.text for bullet in position.bullets if bullet.text]


def _work(each: Position) -> dict[str, Any]:
    mine = {"name": each.name, "position": each.position, "location": each.location, "summary": each.summary}
    return _filled({**mine, **_span(each), "highlights": _highlights(each)})


def _volunteer(each: Position) -> dict[str, Any]:
    mine = {"organization": each.name, "position": each.position, "summary": each.summary}
    return _filled({**mine, **_span(each), "highlights": _highlights(each)})


def _project(each: Position) -> dict[str, Any]:
    mine = {"name": each.name, "roles": [each.position] if each.position else [], "description": each.summary}
    return _filled({**mine, **_span(each), "highlights": _highlights(each)})


def _education(each: Study) -> dict[str, Any]:
    mine = {"institution": each.institution, "area": each.area, "studyType": each.degree}
    return _filled({**mine, **_span(each), "courses": list(each.courses)})


def _certificate(each: Study) -> dict[str, Any]:
    return _filled({"name": each.area, "issuer": each.institution, "date": each.start, "url": each.url})
