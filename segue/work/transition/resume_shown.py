"""The editor of a résumé as its page shows it: each field with its label, what stands in it and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segue.work.transition.resume_fields import BASICS, POSITION, POSITION_SORTS, STUDY, STUDY_SORTS

DATES = "2024 or 2024-03"
BASICS_LABELS = {
    "name": "Name",
    "label": "Line under your name",
    "email": "E-mail",
    "phone": "Phone",
    "url": "Your page",
    "city": "City",
    "region": "Region",
    "country_code": "Country, two letters",
    "summary": "Summary",
}
POSITION_LABELS = {
    "name": "Firm, or name of the project",
    "position": "Your role there",
    "start": "From",
    "end": "To",
    "location": "Place",
    "url": "Page",
    "summary": "In a sentence",
    "sort": "What it is",
}
STUDY_LABELS = {
    "institution": "School, or who gave it",
    "area": "Subject, or name of the course",
    "degree": "Degree",
    "start": "From",
    "end": "To",
    "url": "Page",
    "sort": "What it is",
}
HELP = {
    "label": "What you do, for whom.",
    "summary": "Two or three sentences.",
    "start": DATES,
    "end": "Empty: until now",
}
SORTS = {"position": POSITION_SORTS, "study": STUDY_SORTS}


@dataclass(frozen=True)
class Shown:
    """A field of the page. ``rows``: lines of a text, 0 for one line; ``choices``: value and label."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    help: str = ""
    rows: int = 0
    choices: Sequence[tuple[str, str]] = ()

    @property
    def described(self) -> str:
        """Ids of the elements that describe it."""
        ids = (f"{self.name}_help" if self.help else "", f"{self.name}_error" if self.error else "")
        return " ".join(each for each in ids if each)


class Page:
    """What stands in the form, and what is wrong with it."""

    def __init__(self, fields: Mapping[str, str], wrong: Mapping[str, str]) -> None:
        self.fields, self.wrong = fields, wrong

    def field(self, name: str, label: str, help: str = "", rows: int = 0) -> Shown:
        """One field."""
        return Shown(name, label, self.fields.get(name, ""), self.wrong.get(name, ""), help, rows)

    def basics(self) -> tuple[Shown, ...]:
        """Who it is, on single lines."""
        return tuple(
            self.field(f"basics-{each}", BASICS_LABELS[each], HELP.get(each, "")) for each in BASICS if each != "summary"
        )

    def long_basics(self) -> tuple[Shown, ...]:
        """Summary and pages elsewhere."""
        pages = self.field("accounts", "Pages elsewhere", "One a line: LinkedIn https://www.linkedin.com/in/…", 2)
        return (self.field("basics-summary", BASICS_LABELS["summary"], HELP["summary"], 4), pages)

    def position(self, id: str) -> tuple[Shown, ...]:
        """The fields of a position without its bullets."""
        return tuple(self._part("position", id, each, POSITION_LABELS[each]) for each in POSITION)

    def study(self, id: str) -> tuple[Shown, ...]:
        """The fields of a school or a certificate."""
        courses = self.field(f"study-{id}-courses", "Courses", "One a line", 2)
        return (*(self._part("study", id, each, STUDY_LABELS[each]) for each in STUDY), courses)

    def skill(self, id: str) -> tuple[Shown, ...]:
        """The fields of a line of skills."""
        words = self.field(f"skill-{id}-keywords", "Skills", "With commas between them")
        return (self.field(f"skill-{id}-name", "Heading", "Such as Evaluation"), words)

    def languages(self) -> Shown:
        """The languages."""
        return self.field("languages", "Languages", "One a line: German: mother tongue", 3)

    def bullet(self, id: str, number: int) -> Shown:
        """A bullet."""
        return self.field(f"bullet-{id}", f"Bullet {number}", rows=2)

    def _part(self, what: str, id: str, each: str, label: str) -> Shown:
        name = f"{what}-{id}-{each}"
        choices = tuple(SORTS[what].items()) if each == "sort" else ()
        help, rows = ("", 2) if each == "summary" else (HELP.get(each, ""), 0)
        return Shown(name, label, self.fields.get(name, ""), self.wrong.get(name, ""), help, rows, choices)
