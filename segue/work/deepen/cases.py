"""The case studies: what is public before one's own analysis, and the reference that is compared with it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from segue.curriculum import current
from segue.curriculum.document import parse
from segue.curriculum.faults import ContentError, Fault
from segue.curriculum.reading import Placed, Reader, place_all
from segue.curriculum.values import Sheet, did_you_mean, suggestion

FOLDER = Path(__file__).parent / "content" / "cases"
OUTCOMES = {"success": "Success", "failure": "Failure", "mixed": "Mixed or disputed"}
# How far a statement can be trusted, in words that are shown beside it.
CERTAINTIES = {
    "checked": "checked by a court, an authority, a filing or an independent study",
    "company": "said by the company, checked by nobody else",
    "association": "association only, no cause was shown",
    "undisclosed": "not disclosed, so nobody outside knows",
    "disputed": "disputed",
    "press": "reported by the press",
    "ours": "our own conclusion",
}
KINDS = {"primary": "by those who did it or ruled on it", "secondary": "by others"}
MARKS = {"S": "seen", "K": "well known, not looked up for this", "?": "uncertain"}


@dataclass(frozen=True)
class Part:
    """A part of an analysis, with the question to ask oneself."""

    id: str
    heading: str
    asks: str


PARTS = (
    Part("problem", "Problem", "Whose problem was it, and what did they do about it before?"),
    Part("data", "Data", "Which data could they learn from, and who is missing in it?"),
    Part("model", "Role of the model", "What does the model decide, what do people decide, and could a rule do it?"),
    Part("metric", "What it was judged by", "Which figure would tell success for users, and which for the business?"),
    Part("privacy", "Privacy", "Whose data is it, and what must nobody get to see?"),
    Part("bias", "Bias and harm", "For whom would it work worse, and how would one notice?"),
    Part("happened", "What happened", "What do you expect went well or badly, and when?"),
    Part("lesson", "Lesson for a product manager", "What would you do on Monday because of it?"),
)
VERDICTS = (("had", "I had it"), ("partly", "Partly"), ("missed", "I missed it"), ("differ", "I see it differently"))


@dataclass(frozen=True)
class Statement:
    """One statement of the reference. ``certainty``: how far it can be trusted; ``note``: what is not known about it."""

    text: str
    certainty: str
    note: str = ""

    @property
    def trust(self) -> str:
        """The certainty in words."""
        return CERTAINTIES[self.certainty]


@dataclass(frozen=True)
class Source:
    """Where it can be read. ``kind``: primary (the makers, a court, an authority) or secondary. ``address``: or a citation."""

    title: str
    publisher: str
    on: str
    address: str
    kind: str
    mark: str


@dataclass(frozen=True)
class Case:
    """A case. ``summary`` and ``given`` can be seen before the analysis; ``parts`` only after it was kept.

    ``teaches``: tasks of weeks 9 to 20 that would have caught it, or that it shows done well.
    """

    id: str
    name: str
    company: str
    years: str
    outcome: str
    summary: str
    given: tuple[str, ...]
    parts: Mapping[str, tuple[Statement, ...]]
    teaches: tuple[str, ...]
    sources: tuple[Source, ...]
    as_of: date


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the order of their files. Raises ``ContentError`` with every fault of every file."""
    return read_cases({path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))})


def read_cases(files: Mapping[str, bytes]) -> tuple[Case, ...]:
    """The cases in some files, by name. Raises ``ContentError`` with every fault, each at its line."""
    placed: list[Placed[Case]] = []
    faults: list[Fault] = []
    for name, raw in files.items():
        root, broken = parse(name, raw)
        sheet = Sheet(name, broken)
        placed += place_all(sheet, root, "the file", _case) if root else ()
        faults += sheet.faults
    faults += _repeated(placed)
    if faults:
        raise ContentError(sorted(set(faults)))
    return tuple(each.value for each in placed)


def _case(reader: Reader) -> Case:
    found = Case(
        id=reader.identifier("id"),
        name=reader.text("name"),
        company=reader.text("company"),
        years=reader.text("years"),
        outcome=reader.choice("outcome", tuple(OUTCOMES)),
        summary=reader.text("summary"),
        given=reader.texts("given", least=2),
        parts=reader.needed("parts", _parts),
        teaches=reader.identifiers("teaches", least=1),
        sources=reader.items("sources", _source, least=1),
        as_of=date.fromisoformat(reader.day("as_of") or date.min.isoformat()),  # what is no date was told of
    )
    known = current().programme.by_id
    for name in filter(None, found.teaches):
        if name not in known:
            reader.fault("teaches", f"'{name}' is no activity{did_you_mean(suggestion(name, known))}")
    return found


def _parts(reader: Reader) -> Mapping[str, tuple[Statement, ...]]:
    return {part.id: reader.items(part.id, _statement, least=1) for part in PARTS}


def _statement(reader: Reader) -> Statement:
    return Statement(reader.text("text"), reader.choice("certainty", tuple(CERTAINTIES)), reader.text("note", ""))


def _source(reader: Reader) -> Source:
    return Source(
        title=reader.text("title"),
        publisher=reader.text("publisher"),
        on=reader.text("on"),
        address=reader.text("address"),
        kind=reader.choice("kind", tuple(KINDS)),
        mark=reader.choice("mark", tuple(MARKS)),
    )


def _repeated(placed: Sequence[Placed[Case]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in placed:
        if each.value.id in seen and each.value.id:
            yield each.fault(f"the id '{each.value.id}' was given before", "id")
        seen.add(each.value.id)


def is_comparison(value: object) -> bool:
    """Whether a value from outside compares parts as a row may hold it."""
    known, verdicts = {part.id for part in PARTS}, [verdict for verdict, _ in VERDICTS]  # a verdict from outside may be no word
    return isinstance(value, dict) and all(name in known and verdict in verdicts for name, verdict in value.items())
