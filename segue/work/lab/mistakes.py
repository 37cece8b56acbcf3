"""Mistakes of a model to be read one by one, and what they are when sorted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Table
from segue.work.lab.errors import errors_result
from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.pictures import OURS, REPORTS, Picture
from segue.work.lab.queries.labels import place_of
from segue.work.lab.queries.marks import marks_of
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.records.models import Mistake

MISLEADS = (
    "These mistakes are no random sample: each pair of classes gets its turn, and half are those of which the model was surest. "
    "The shares are of the mistakes that you read. One reader’s kinds are one opinion; let somebody else sort ten of them."
)
LABEL, GUIDE, DATA, MODEL = "label", "guide", "data", "model"
# By kind, in the order of its key: where such errors come from, and what they would need.
SOURCES: Mapping[str, tuple[str, str]] = {
    "wrong label": (LABEL, "Labels put right: look at rows of this kind again, and label them anew."),
    "ambiguous": (
        GUIDE,
        "A clearer class: a line in the guide that says which of two it is, with an example, or one class for both.",
    ),
    "too little text": (DATA, "A person, or nothing: let the model say that it does not know where a text has a few words only."),
    "negation or sarcasm": (MODEL, "More labelled sentences of this sort, or a model that goes by the order of words."),
    "several topics": (GUIDE, "A guide that says which topic counts, or more than one label for a row."),
    "unknown words": (DATA, "More labelled rows with such words or in this language, or a rule for names."),
    "context missing": (DATA, "The message before, or what was attached, as part of the text; else a person."),
    "the model's fault": (
        MODEL,
        "More labels of the two classes, or better features. The learning curve says what labels would bring.",
    ),
}


@dataclass(frozen=True)
class Kind:
    """A kind of error. ``key`` presses it; ``name`` is stored, ``label`` shown; ``source``: label, guide, data or model."""

    key: str
    name: str
    label: str
    says: str
    source: str
    needs: str


@dataclass(frozen=True)
class Reading:
    """The mistake at a place, from 1. ``guess``: the first guess of the rules, told only once a kind is chosen.

    ``label_at``: where its label can be put right, where the label is by hand and was found to be wrong; else 0.
    """

    at: int
    of: int
    read: int
    mistake: Mistake
    sure: str
    words: str
    kind: Kind | None
    guess: str
    before: int
    after: int
    label_at: int


@dataclass(frozen=True)
class Sorted:
    """The mistakes that were read, by kind. ``stale``: marks of mistakes that are none any more, or others."""

    read: int
    of: int
    kinds: int
    largest: Kind | None
    largest_rows: int
    picture: Picture | None
    sources: Sequence[str]
    stale: int
    counts: Sequence[tuple[Kind, int]]

    @property
    def words(self) -> str:
        """How many were read."""
        return f"{self.read} of {self.of}"

    @property
    def largest_share(self) -> float:
        """The share of the largest kind, 0-1."""
        return self.largest_rows / self.read if self.read else 0.0


def kinds() -> Sequence[Kind]:
    """The kinds in the order of their keys."""
    from feedback_lab.error_analysis import TAXONOMY

    return [
        Kind(str(place), name, name.replace("'", "’"), says.partition(" Guessed ")[0], *SOURCES[name])
        for place, (name, says) in enumerate(TAXONOMY.items(), 1)
    ]


def mistakes_of(analysis: Analysis) -> Sequence[Mistake]:
    """The mistakes of the newest version that are to be read; none where there is no model."""
    found = errors_result(analysis)
    return () if isinstance(found, str) else found.mistakes


def about(mistake: Mistake) -> str:
    """Which mistake it is, apart from its row: a later model may get the row wrong in another way."""
    return f"{mistake.truth}\n{mistake.predicted}"[:400]


def marks_on(analysis: Analysis, mistakes: Sequence[Mistake]) -> dict[int, RowMark]:
    """What was said of these very mistakes, by row."""
    marks = marks_of(analysis, Purpose.ERROR)
    return {each.row: marks[each.row] for each in mistakes if each.row in marks and marks[each.row].about == about(each)}


def open_place(mistakes: Sequence[Mistake], marks: Mapping[int, RowMark], after: int = 0) -> int:
    """The next place, from 1, whose mistake has no kind yet, beginning again at the end; 0 where all have one."""
    places = [*range(after + 1, len(mistakes) + 1), *range(1, after + 1)]
    return next((place for place in places if not _has_kind(marks.get(mistakes[place - 1].row))), 0)


def _has_kind(mark: RowMark | None) -> bool:
    return mark is not None and mark.value in SOURCES


def reading_at(analysis: Analysis, mistakes: Sequence[Mistake], marks: Mapping[int, RowMark], at: int) -> Reading:
    """The mistake at a place, with what was said of it."""
    mistake = mistakes[at - 1]
    mark = marks.get(mistake.row)
    kind = next((each for each in kinds() if mark is not None and each.name == mark.value), None)
    return Reading(
        at=at,
        of=len(mistakes),
        read=sum(_has_kind(marks.get(each.row)) for each in mistakes),
        mistake=mistake,
        sure=f"{mistake.confidence:.0%}",
        words=mark.words if mark else "",
        kind=kind,
        guess=mistake.tag.replace("'", "’") if kind else "",
        before=at - 1,
        after=at + 1 if at < len(mistakes) else 0,
        label_at=_label_place(analysis, mistake.row) if kind is not None and kind.source == LABEL else 0,
    )


def _label_place(analysis: Analysis, row: int) -> int:
    """The place of a row among those drawn to be labelled, from 1; 0 where nobody labelled it by hand."""
    if row not in marks_of(analysis, Purpose.OWN):
        return 0
    return place_of(analysis, row)


def sorted_of(analysis: Analysis, mistakes: Sequence[Mistake]) -> Sorted:
    """What was read of these mistakes, by kind, the largest first."""
    marks, here = marks_of(analysis, Purpose.ERROR), marks_on(analysis, mistakes)
    counts = Counter(mark.value for mark in here.values() if _has_kind(mark))
    read = sum(counts.values())
    found = sorted(((each, counts[each.name]) for each in kinds() if counts[each.name]), key=lambda pair: (-pair[1], pair[0].key))
    largest, largest_rows = found[0] if found else (None, 0)
    stale = sum(_has_kind(mark) for row, mark in marks.items() if row not in here)
    picture = _picture(found, read) if found else None
    return Sorted(read, len(mistakes), len(found), largest, largest_rows, picture, _sources(found, read), stale, found)


def _sources(found: Sequence[tuple[Kind, int]], read: int) -> list[str]:
    """How many come from label, guide, data and model, in words."""
    counts: Counter[str] = Counter()
    for kind, rows in found:
        counts[kind.source] += rows
    return [
        f"{rows} of {read} from the {source}" for source, rows in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _picture(found: Sequence[tuple[Kind, int]], read: int) -> Picture:
    from feedback_lab.card import wording as w
    from feedback_lab.card.charts import Bar, bars
    from feedback_lab.card.drawing import Frame
    from feedback_lab.intervals import wilson

    title = "Mistakes that you read, by kind"
    with spoken():
        shares = [(kind, rows, w.short(wilson(rows, read), w.percent)) for kind, rows in found]
    drawn = [Bar(kind.label, rows, f"{rows} of {read}") for kind, rows, _ in shares]
    svg = bars(Frame("chart-kinds", title, f"{len(found)} kinds, {read} mistakes read."), drawn)
    columns = [Column("Kind"), Column("Mistakes", is_number=True), Column("Share (95% interval)", is_number=True)]
    columns += [Column("Comes from"), Column("Would need")]
    rows = [[kind.label, rows, share, f"the {kind.source}", kind.needs] for kind, rows, share in shares]
    largest, count, share = shares[0]
    says = f"The largest kind is “{largest.label}”: {w.count(count, 'mistake')} of {read}, {share}."
    return Picture(Figure("kinds", says, Table(title, columns, rows), svg.replace(REPORTS, OURS, 1)), MISLEADS)
