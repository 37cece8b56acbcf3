"""What is counted while the whole file goes by, and the sentences that are made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from feedback_lab.ingest import times
from feedback_lab.ingest.batches import Batch
from feedback_lab.ingest.lines import LONGEST
from feedback_lab.ingest.ratings import is_missing, rating
from feedback_lab.ingest.unpacking import Notes
from feedback_lab.records.rows import Roles
from feedback_lab.records.source import Rejection

REJECTIONS_KEPT = 1_000
# Characters of a text that are kept.
MOST_TEXT = 20_000


@dataclass
class Tally:
    """Counts over the records: ``forms`` of dates, dates and ratings that can't be read, texts cut, records set aside."""

    roles: Roles
    names: Sequence[str]
    kept: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    by_reason: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    bad_times: int = 0
    bad_ratings: int = 0
    calendar: times.Calendar = field(default_factory=times.Calendar, repr=False)

    @property
    def rows(self) -> int:
        """All records."""
        return self.kept + self.by_reason.total()

    def add(self, batch: Batch) -> None:
        """Count a batch that was sifted."""
        self.kept += len(batch.rows)
        self.by_reason.update(one.reason for one in batch.rejected)
        self.rejected += batch.rejected[: REJECTIONS_KEPT - len(self.rejected)]
        if max(map(len, self._cells(batch, self.roles.text)), default=0) > MOST_TEXT:
            self.cut += sum(len(cell) > MOST_TEXT for cell in self._cells(batch, self.roles.text))
        if self.roles.time is not None:
            self._add_times(Counter(self._cells(batch, self.roles.time)))
        if self.roles.rating is not None:
            self._add_ratings(Counter(self._cells(batch, self.roles.rating)))

    def _cells(self, batch: Batch, name: str) -> list[str]:
        place = self.names.index(name)
        return [row[place] for row in batch.rows]

    def _add_times(self, cells: Counter[str]) -> None:
        for cell, n in cells.items():
            found = self.calendar.moment(cell)
            if found is not None:
                self.forms[found.form] += n
            elif not is_missing(cell):
                self.bad_times += n

    def _add_ratings(self, cells: Counter[str]) -> None:
        self.bad_ratings += sum(n for cell, n in cells.items() if rating(cell) is None and not is_missing(cell))

    def says(self, notes: Notes, day_first: bool) -> list[str]:
        """What the reader should know, as sentences."""
        return [*_bytes_say(notes), *self._cells_say(), *self._dates_say(day_first)]

    def _cells_say(self) -> list[str]:
        said = []
        if self.cut:
            said.append(f"{_count(self.cut, 'text is', 'texts are')} longer than {MOST_TEXT:,} characters; the rest is cut off.")
        for name, what, n in ((self.roles.time, "date", self.bad_times), (self.roles.rating, "rating", self.bad_ratings)):
            if n:
                taken = "is taken" if n == 1 else "are taken"
                said.append(f"{_count(n, 'value', 'values')} in “{name}” can't be read as a {what} and {taken} as missing.")
        return said

    def _dates_say(self, day_first: bool) -> list[str]:
        said = []
        if len(self.forms) > 1:
            listed = ", ".join(f"{n:,} as {form}" for form, n in sorted(self.forms.items(), key=lambda item: (-item[1], item[0])))
            said.append(f"The dates in “{self.roles.time}” come in {len(self.forms)} formats: {listed}.")
        unsure = self.forms[times.EITHER]
        if unsure:
            are = "date such as 3/11/2026 is", "dates such as 3/11/2026 are"
            order = "the day" if day_first else "the month"
            said.append(f"{_count(unsure, *are)} read with {order} first: {self._why(day_first)}.")
        return said

    def _why(self, day_first: bool) -> str:
        sure, other = self.forms[times.DAY_FIRST], self.forms[times.MONTH_FIRST]
        if not day_first:
            sure, other = other, sure
        if sure == other:
            return "no date in the column settles it" if not sure else f"{sure:,} dates of the column speak for each order"
        against = f", though {other:,} had the other order" if other else ""
        return f"{_count(sure, 'date', 'dates')} of the column {'leaves' if sure == 1 else 'leave'} no doubt{against}"


def _bytes_say(notes: Notes) -> list[str]:
    said = []
    if notes.undecodable:
        places = _count(notes.undecodable, "place holds", "places hold")
        said.append(f"{places} bytes that are not {notes.encoding}; each was replaced by “\ufffd”.")
    if notes.nuls:
        said.append(f"{_count(notes.nuls, 'NUL character was', 'NUL characters were')} removed.")
    if notes.long_lines:
        said.append(f"{_count(notes.long_lines, 'line is', 'lines are')} longer than {LONGEST:,} characters and cut there.")
    if notes.late_columns:
        records = _count(notes.late_columns, "record has", "records have")
        said.append(f"{records} keys that the first records don't have; those keys were left out.")
    if notes.breaks_off:
        said.append("The list of records is broken at the last record that was read; what stands behind it could not be read.")
    return said


def _count(n: int, one: str, many: str) -> str:
    return f"One {one}" if n == 1 else f"{n:,} {many}"
