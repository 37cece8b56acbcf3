"""The data of a run as its page shows it: figures with their sentence, faults with their mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.lab.bars import Bar, lying, standing
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.pictures import Picture
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.source import Count, Finding, ProfileResult

SEVERITY_WORDS = {"stop": "mend first", "warning": "take care", "info": "good to know"}
MOST_BARS, MOST_GROUPS = 10, 6
MISSING_WORDS = {"time": "when it was said", "rating": "rating", "label": "label"}


@dataclass(frozen=True)
class FaultShown:
    """A fault of the data with its mend; ``words``: how grave it is."""

    fault: Finding
    words: str


@dataclass(frozen=True)
class Profile:
    """The data as it is; ``skipped`` is the reason where there is no profile."""

    stats: tuple[Stat, ...] = ()
    pictures: tuple[Picture, ...] = ()
    missing: Table | None = None
    faults: tuple[FaultShown, ...] = ()
    skipped: str = ""


def profile_of(analysis: Analysis) -> Profile:
    """The profile of the newest run. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.run import open_run

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        entry = manifest.steps["profile"]
        return Profile(skipped=entry.reason) if entry.state == "skipped" else _profile(folder)


def _profile(folder: Folder) -> Profile:
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.source import IngestResult, ProfileResult

    found, ingest = stored(folder, "profile", ProfileResult), stored(folder, "ingest", IngestResult)
    faults = tuple(FaultShown(fault, SEVERITY_WORDS[fault.severity]) for fault in found.findings)
    rating, label = ingest.roles.rating or "rating", ingest.roles.label or "label"
    return Profile(tuple(_stats(found)), tuple(_pictures(found, rating, label)), _missing(found), faults)


def _stats(found: ProfileResult) -> Iterator[Stat]:
    yield Stat(f"{found.rows:,}", "", "rows with a text", f"{found.empty_texts:,} of them without a letter or digit")
    yield Stat(f"{found.duplicates:,}", "", "doubles", "rows whose text stood in an earlier row")
    near = f"in {found.sampled:,} rows looked at" if found.sampled < found.rows else "in all rows"
    yield Stat(f"{found.near_duplicates:,}", "", "near doubles", near)
    if found.words:
        between = f"from {found.words['min']:,.0f} to {found.words['max']:,.0f}"
        yield Stat(f"{found.words['median']:,.0f}", "words", "in the median text", between)
    if found.first_on and found.last_on:
        yield Stat(_day(found.last_on), "", "the newest row", f"the oldest: {_day(found.first_on)}")


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def _pictures(found: ProfileResult, rating: str, label: str) -> Iterator[Picture]:
    yield _picture(
        "lengths",
        found.words_histogram,
        f"Half of the texts have up to {found.words['median']:,.0f} words, one in ten has more than {found.words['p90']:,.0f}.",
        "Words in a text",
        "long texts often say several things, and one label each loses all but one.",
    )
    if found.languages:
        shown = sum(count.rows for count in found.languages)
        first = found.languages[0]
        says = f"{first.rows:,} of {shown:,} texts looked at are in one language ({first.value})."
        yield _picture("languages", found.languages, says, "Language", "the language of texts of two or three words is a guess.")
    if found.ratings:
        top = max(found.ratings, key=lambda count: count.rows)
        rated = max(sum(count.rows for count in found.ratings), 1)
        says = f"The rating given most is {top.value}: {top.rows / rated:.0%} of the rated rows."
        yield _picture("ratings", found.ratings, says, rating, "who is delighted or angry writes; who is neither does not.", True)
    if found.labels:
        top, labelled = found.labels[0], sum(count.rows for count in found.labels)
        says = f"“{top.value}” is the commonest of {len(found.labels)} labels: {top.rows / labelled:.0%} of the labelled rows."
        yield _picture("labels", found.labels, says, label, "a model that always says the commonest label is right that often.")
    if len(found.by_month) > 1:
        top = max(found.by_month, key=lambda count: count.rows)
        says = f"Most rows are of {top.value}: {top.rows:,} of {sum(count.rows for count in found.by_month):,} with a date."
        yield _picture("months", found.by_month, says, "Month", "a month without rows may be one that was never exported.", True)
    for place, (name, counts) in enumerate([*found.segments.items()][:MOST_GROUPS]):
        yield _group(f"group-{place}", name, counts)


def _group(key: str, name: str, counts: Sequence[Count]) -> Picture:
    values = f"{len(counts)} value{'s' if len(counts) != 1 else ''}"
    says = f"“{name}” has {values}; the commonest is “{counts[0].value}”." if counts else f"“{name}” is empty."
    return _picture(key, counts, says, name, "figures of a group with few rows move much by chance.")


def _picture(key: str, counts: Sequence[Count], says: str, name: str, misleads: str, is_scale: bool = False) -> Picture:
    total = max(sum(count.rows for count in counts), 1)
    rows = [[count.value, f"{count.rows:,}", f"{count.rows / total:.1%}"] for count in counts]
    table = Table(name, [Column(name), Column("Rows", is_number=True), Column("Share", is_number=True)], rows)
    draw = standing if is_scale or key == "lengths" else lying
    shown = counts if draw is standing else counts[:MOST_BARS]
    bars = [Bar(count.value, count.rows, f"{count.rows:,} ({count.rows / total:.1%})") for count in shown]
    left = len(counts) - len(shown)
    note = f"{name}. The {MOST_BARS} commonest; {left} more in the table." if left else f"{name}."
    return Picture(Figure(key, says, table, draw(key, says, bars), note=note), misleads)


def _missing(found: ProfileResult) -> Table | None:
    gaps = [(name, rows) for name, rows in found.missing.items() if rows]
    if not gaps:
        return None
    columns = [Column("Column"), Column("Rows without it", is_number=True), Column("Share", is_number=True)]
    rows = [[MISSING_WORDS.get(name, name), f"{count:,}", f"{count / max(found.rows, 1):.1%}"] for name, count in gaps]
    return Table("Cells that are empty", columns, rows)
