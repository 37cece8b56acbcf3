"""Where labelling stands: classes, rows, what two people said, and the gold set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segue.work.lab.label_queue import HARD, RANDOM, DrawnRow, drawn_rows
from segue.work.lab.labelling import TO_WRITE, Agreed, agreement_of, sha256_of
from segue.work.lab.models import Analysis, LabellerSheet, LabelPlan, Purpose, RowMark
from segue.work.lab.queries.marks import UNSURE, Labels, all_labels, labels_of
from segue.work.lab.queries.versions import ENOUGH_LABELS

FEW = 20  # rows of a class, below which a model hardly learns it and a score says little
LEAST_SENT, SENT, MOST_SENT = 20, 50, 100
SECONDS_A_ROW = 45  # that a second labeller takes
# Keys of the classes in their order; ``u`` is unsure, ``z`` takes back, arrows go to and fro.
KEYS = "1234567890qw"


@dataclass(frozen=True)
class ClassRow:
    """A class with the key that says it, how many rows have it, and how many of the gold set."""

    name: str
    key: str
    own: int = 0
    gold: int = 0

    @property
    def is_few(self) -> bool:
        """Whether it has too few rows."""
        return self.own < FEW


@dataclass(frozen=True)
class GoldFacts:
    """The gold set in figures. ``hard``: rows of it that were not drawn at random."""

    n: int
    classes: int
    smallest: int
    hard: int
    sha256: str


@dataclass(frozen=True)
class LabelsPage:
    """Where labelling stands. ``step``: what comes next; ``unsaid``: classes that the guide does not name."""

    plan: LabelPlan | None
    classes: Sequence[ClassRow]
    unsure: int
    random: int
    hard: int
    labelled: int
    sheets: Sequence[LabellerSheet]
    to_send: int
    both: Agreed | None
    differ: int
    open_differences: int
    gold: GoldFacts | None
    missing: int
    left_unsure: int
    step: str
    unsaid: Sequence[str]

    @property
    def is_draft(self) -> bool:
        """Whether the guide still says what is to be written into it."""
        return self.plan is not None and TO_WRITE in self.plan.guide

    @property
    def is_waiting(self) -> bool:
        """Whether a sheet is out."""
        return any(sheet.replied_at is None for sheet in self.sheets)

    @property
    def drawn(self) -> int:
        """Rows drawn in all."""
        return self.random + self.hard

    @property
    def few(self) -> Sequence[ClassRow]:
        """Classes with too few rows, once there are labels."""
        return [each for each in self.classes if each.is_few] if self.labelled else ()


def plan_of(analysis: Analysis) -> LabelPlan | None:
    """How rows are labelled, where that is written."""
    return LabelPlan.objects.filter(analysis=analysis).first()


def class_rows(classes: Sequence[str], own: Mapping[int, str], gold: Mapping[int, str]) -> list[ClassRow]:
    """Classes with their keys and counts."""
    said, settled = Counter(own.values()), Counter(gold.values())
    return [ClassRow(name, key, said[name], settled[name]) for name, key in zip(classes, KEYS, strict=False)]


def to_send(analysis: Analysis, labels: Labels) -> list[int]:
    """Rows that a second labeller can be asked about: labelled, seen by nobody else, and on no sheet that is out."""
    out = {row for sheet in analysis.labeller_sheets.filter(replied_at=None) for row in sheet.rows}
    return [row for row in labels.own if row not in labels.second and row not in out]


def labels_page(analysis: Analysis) -> LabelsPage:
    """Where labelling stands."""
    plan, drawn, labels = plan_of(analysis), drawn_rows(analysis), all_labels(analysis)
    sheets = list(analysis.labeller_sheets.all())
    gold, counts = labels.gold, Counter(each.drawn for each in drawn)
    done = sum(each.row in labels.own for each in drawn)
    return LabelsPage(
        plan=plan,
        classes=class_rows(plan.classes if plan else (), labels.own, gold),
        unsure=Counter(labels.own.values())[UNSURE],
        random=counts[RANDOM],
        hard=counts[HARD],
        labelled=done,
        sheets=sheets,
        to_send=len(to_send(analysis, labels)),
        both=agreement_of(labels.own, labels.second),
        differ=len(labels.differ),
        open_differences=len(labels.unsettled),
        gold=_gold_facts(gold, drawn),
        missing=max(0, ENOUGH_LABELS - len(gold)),
        left_unsure=len(labels.own.keys() - gold.keys()) - len(labels.unsettled),
        step=_step(plan, len(drawn), done, sheets, labels),
        unsaid=[name for name in plan.classes if name.casefold() not in plan.guide.casefold()] if plan else (),
    )


def _step(plan: LabelPlan | None, drawn: int, done: int, sheets: Sequence[LabellerSheet], labels: Labels) -> str:
    """What comes next."""
    steps = (
        ("guide", plan is None),
        ("draw", not drawn),
        ("label", done < drawn),
        ("settle", bool(labels.unsettled)),
        ("wait", any(sheet.replied_at is None for sheet in sheets)),
        ("ask", not labels.second),
        ("more", len(labels.gold) < ENOUGH_LABELS),
    )
    return next((name for name, is_next in steps if is_next), "run")


def _gold_facts(gold: Mapping[int, str], drawn: Sequence[DrawnRow]) -> GoldFacts | None:
    if not gold:
        return None
    counts, hard = Counter(gold.values()), {each.row for each in drawn if each.drawn == HARD}
    return GoldFacts(len(gold), len(counts), min(counts.values()), sum(row in hard for row in gold), sha256_of(gold))


@dataclass(frozen=True)
class LabelPage:
    """One row to label. ``mark``: its label so far; ``is_fixed``: the second labeller has said theirs, so it stays."""

    plan: LabelPlan
    classes: Sequence[ClassRow]
    row: DrawnRow | None
    at: int
    total: int
    done: int
    mark: RowMark | None
    is_fixed: bool
    can_undo: bool

    @property
    def left(self) -> int:
        """Rows without a label."""
        return self.total - self.done


def label_page(analysis: Analysis, plan: LabelPlan, at: int) -> LabelPage:
    """The row at a place, from 1; the first without a label where ``at`` is 0, and no row where all have one."""
    drawn, labels = drawn_rows(analysis), labels_of(analysis, Purpose.OWN)
    numbers = [each.row for each in drawn]
    place = min(at, len(drawn)) or next_open(numbers, labels, 0)
    row = drawn[place - 1] if place else None
    newest = analysis.marks.filter(purpose=Purpose.OWN).order_by("-at", "-id").first()
    about = [each for each in (row.row if row else None, newest.row if newest else None) if each is not None]
    fixed = set(analysis.marks.filter(purpose=Purpose.SECOND, row__in=about).values_list("row", flat=True))
    mark = analysis.marks.filter(purpose=Purpose.OWN, row=row.row).first() if row else None
    return LabelPage(
        plan=plan,
        classes=class_rows(plan.classes, labels, {}),
        row=row,
        at=place,
        total=len(drawn),
        done=sum(number in labels for number in numbers),
        mark=mark,
        is_fixed=row is not None and row.row in fixed,
        can_undo=newest is not None and newest.row not in fixed,
    )


def next_open(numbers: Sequence[int], labels: Mapping[int, str], after: int) -> int:
    """The place, from 1, of the next row without a label behind a place, from the start again at the end; 0 without any."""
    places = [*range(after, len(numbers)), *range(min(after, len(numbers)))]
    return next((place + 1 for place in places if numbers[place] not in labels), 0)


def place_of(analysis: Analysis, row: int) -> int:
    """The place of a row among those drawn, from 1; 0 where it is none of them."""
    return next((place for place, each in enumerate(drawn_rows(analysis), 1) if each.row == row), 0)


def place_after(analysis: Analysis, row: int, is_new: bool) -> int:
    """Where labelling goes on behind a row: at the next without a label, or at the next of all for who looks through them.

    0 where there is none.
    """
    numbers = [each.row for each in drawn_rows(analysis)]
    place = numbers.index(row) + 1 if row in numbers else 0
    if is_new:
        return next_open(numbers, labels_of(analysis, Purpose.OWN), place)
    return place + 1 if place < len(numbers) else 0


@dataclass(frozen=True)
class SettlePage:
    """One difference to settle. ``place``: of how many; ``settled``: what was settled on it before, for a second thought."""

    plan: LabelPlan
    classes: Sequence[ClassRow]
    row: DrawnRow | None
    first: str
    second: str
    first_words: str
    second_words: str
    settled: RowMark | None
    at: int
    total: int
    left: int
    open_at: int


def settle_page(analysis: Analysis, plan: LabelPlan, at: int) -> SettlePage:
    """The difference at a place, from 1; the first that is not settled where ``at`` is 0, and none where all are."""
    labels = all_labels(analysis)
    differ = labels.differ
    first_open = next_open(differ, labels.settled, 0)
    place = min(at, len(differ)) or first_open
    number = differ[place - 1] if place else 0
    found = {mark.purpose: mark for mark in analysis.marks.filter(row=number)} if place else {}
    said = [found.get(purpose, RowMark()) for purpose in (Purpose.OWN, Purpose.SECOND)]
    return SettlePage(
        plan=plan,
        classes=class_rows(plan.classes, labels.own, {}),
        row=text_of(analysis, number) if place else None,
        first=said[0].value,
        second=said[1].value,
        first_words=said[0].words,
        second_words=said[1].words,
        settled=found.get(Purpose.SETTLED),
        at=place,
        total=len(differ),
        left=len(labels.unsettled),
        open_at=first_open,
    )


def text_of(analysis: Analysis, row: int) -> DrawnRow:
    """A drawn row with its text; without one where the file of the drawn rows lost it."""
    return next((each for each in drawn_rows(analysis) if each.row == row), DrawnRow(row, "", RANDOM))


@dataclass(frozen=True)
class SheetPage:
    """A sheet for a second labeller. ``labelled``: how many of its rows came back with a label."""

    sheet: LabellerSheet
    plan: LabelPlan
    rows: Sequence[DrawnRow]
    labelled: int

    @property
    def minutes(self) -> int:
        """About how long it takes, in steps of five minutes."""
        return max(5, 5 * round(len(self.sheet.rows) * SECONDS_A_ROW / 300))


def sheet_page(sheet: LabellerSheet, plan: LabelPlan) -> SheetPage:
    """A sheet with its texts, in the order in which they are shown."""
    texts = {each.row: each for each in drawn_rows(sheet.analysis)}
    rows = [texts[row] for row in sheet.rows if row in texts]
    said = sheet.analysis.marks.filter(purpose=Purpose.SECOND, row__in=sheet.rows).count() if sheet.replied_at else 0
    return SheetPage(sheet, plan, rows, said)
