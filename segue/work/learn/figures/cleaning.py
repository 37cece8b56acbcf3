"""Messy feedback rows before and after each step of cleaning, and what the steps do to the figures one reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Guess, Outcome, PlayFigure, Settings, Switches


@dataclass(frozen=True)
class Row:
    """A row of feedback. ``number`` is its place in the export, so that it can be followed."""

    number: int
    on: str
    rating: str
    text: str


EXPORT = (
    ("2026-03-02", "4", "Delivery was quick, box was dented."),
    ("02.03.2026", "4/5", "Delivery was quick, box was dented. "),
    ("2026-03-02", "1", "I was charged twice for one order!"),
    ("2 March 2026", "1 star", "I WAS CHARGED TWICE FOR ONE ORDER!"),
    ("02.03.2026", "1/5", "  I was charged twice for one order!"),
    ("2026-03-03", "", ""),
    ("2026-03-03", "5", "Love the new filter for vegan meals."),
    ("03/04/2026", "2", "The app logs me out every day."),
    ("2026-03-04", "8/10", "Good recipes, portions a bit small."),
    ("04.03.2026", "★★★★", "Good recipes,  portions a bit small."),
    ("2026-03-05", "n/a", "Where is my order?"),
    ("2026-03-05", "5", "   "),
    ("5 March 2026", "five", "Support answered within minutes. Thank you."),
    ("2026-03-05", "5/5", "Support answered within minutes. Thank you."),
    ("2026-03-06", "3", "Fine."),
    ("2026-03-06", "3", "Fine."),
    ("06.03.2026", "2 stars", "Cancelled because pausing is impossible."),
    ("2026-03-06", "2", "cancelled because pausing is impossible."),
    ("2026-03-07", "-", "-"),
    ("2026-03-07", "4", "The herbs arrived frozen, the rest was great."),
)
STEPS = {
    "trim": "even out spaces and capitals",
    "empty": "drop rows without words",
    "dates": "bring dates into one form",
    "ratings": "bring ratings to 1 to 5",
    "twins": "drop rows that are there twice",
}
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@cache
def raw() -> tuple[Row, ...]:
    """The export as it came."""
    return tuple(Row(n + 1, *parts) for n, parts in enumerate(EXPORT))


def read_date(written: str) -> date | None:
    """A day, where only one can be meant. ``03/04/2026`` is 3 April or 4 March, so it stays unread."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    return None


def read_rating(written: str) -> int | None:
    """Stars from 1 to 5: ``4``, ``4/5``, ``8/10``, ``4 stars``, ``★★★★``, ``four``."""
    text = written.strip().lower()
    if text and not text.strip("★"):
        return len(text)
    if text in WORDS:
        return WORDS[text]
    found = re.fullmatch(r"(\d+)(?:/(5|10)| stars?)?", text)
    if not found:
        return None
    stars = int(found[1]) * 5 / int(found[2] or 5)
    return round(stars) if 1 <= stars <= 5 else None


def trim(rows: Sequence[Row]) -> list[Row]:
    """One space between words, none around them, a capital at the beginning only."""
    evened = [(row, " ".join(row.text.split())) for row in rows]
    return [replace(row, text=text[:1].upper() + (text[1:].lower() if text.isupper() else text[1:])) for row, text in evened]


def drop_empty(rows: Sequence[Row]) -> list[Row]:
    """Only rows that say something."""
    return [row for row in rows if re.search(r"\w", row.text)]


def even_dates(rows: Sequence[Row]) -> list[Row]:
    """Days as YYYY-MM-DD; what could be two days stays as it is."""
    return [replace(row, on=day.isoformat() if (day := read_date(row.on)) else row.on) for row in rows]


def even_ratings(rows: Sequence[Row]) -> list[Row]:
    """Ratings as a number from 1 to 5, or nothing."""
    return [replace(row, rating=str(read_rating(row.rating) or "")) for row in rows]


def drop_twins(rows: Sequence[Row]) -> list[Row]:
    """The first of those rows that are alike in day, rating and text, letter by letter."""
    first: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        first.setdefault((row.on, row.rating, row.text), row)
    return list(first.values())


DO: dict[str, Callable[[Sequence[Row]], list[Row]]] = {
    "trim": trim,
    "empty": drop_empty,
    "dates": even_dates,
    "ratings": even_ratings,
    "twins": drop_twins,
}


def show(settings: Settings) -> Outcome:
    """The rows after the steps that are on, in their order."""
    rows: Sequence[Row] = raw()
    left = [("as exported", len(rows))]
    for step in settings.steps("steps"):
        rows = DO[step](rows)
        left.append((STEPS[step], len(rows)))
    plain = [int(row.rating) for row in rows if row.rating.isdecimal()]
    mean = sum(plain) / len(plain) if plain else 0
    days = sum(1 for row in rows if re.fullmatch(r"\d{4}-\d\d-\d\d", row.on))
    return Outcome(
        f"{len(rows)} of {len(raw())} rows are left. A spreadsheet reads {counted(len(plain), 'rating')} as a number; their "
        "mean is "
        f"{mean:.1f}. {_word(settings.steps('steps'), len(rows))}",
        (
            Stat(len(rows), label="rows left", note=f"of {len(raw())}"),
            Stat(f"{mean:.1f}", label="mean rating", note=f"of {counted(len(plain), 'rating')} that can be read"),
            Stat(days, label="rows with a day that sorts", note=f"of {len(rows)}"),
        ),
        (_left(left),),
        tables=(_rows(rows),),
    )


def _word(steps: Sequence[str], left: int) -> str:
    if not steps:
        return "Nothing is cleaned yet: the same complaint counts three times because it was sent from three tools."
    if "twins" in steps and left > fully_cleaned():
        return "Twins that differ by a space, a date or the way a rating is written are not found as long as these differ."
    if "twins" in steps:
        return "One row stays open: 03/04/2026 is 3 April or 4 March, and only the person who exported it can say which."
    return "The same words still stand there more than once."


@cache
def fully_cleaned() -> int:
    """How many rows are left when all steps are on."""
    rows: Sequence[Row] = raw()
    for step in STEPS:
        rows = DO[step](rows)
    return len(rows)


def _rows(rows: Sequence[Row]) -> Table:
    lines = []
    for row in rows:
        before = raw()[row.number - 1]
        changed = (before.on, before.rating, before.text) != (row.on, row.rating, row.text)
        lines.append(
            [row.number, row.on, row.rating or "none", row.text.strip() or "(nothing)", "evened out" if changed else "as it was"]
        )
    columns = [Column("Row", is_number=True), Column("Day"), Column("Rating"), Column("Text"), Column("Cleaning")]
    return Table("The rows as they stand now", columns, lines)


def _left(left: Sequence[tuple[str, int]]) -> Figure:
    plot = Plot(
        "left",
        "Rows left after each step",
        Axis("", 0, len(left), [(n + 0.5, str(n)) for n in range(len(left))]),
        Axis("Rows", 0, 24, (0, 5, 10, 15, 20)),
        height=260,
    )
    plot.bars([(n + 0.5, count, 0) for n, (_, count) in enumerate(left)], 340 / max(len(left), 5))
    for n, (_, count) in enumerate(left):
        plot.words((n + 0.5, count), str(count))
    lines = [[n, step, count] for n, (step, count) in enumerate(left)]
    columns = [Column("Step", is_number=True), Column("What it does"), Column("Rows left", is_number=True)]
    words = "; ".join(f"{n} {step}" for n, (step, _) in enumerate(left))
    return Figure(
        "left", "Rows left after each step.", Table("Rows left after each step", columns, lines), plot.svg(), note=f"{words}."
    )


FIGURE = PlayFigure(
    "cleaning",
    "Cleaning feedback",
    "A week of feedback on a made-up meal box, exported from three tools into one file of 20 rows.",
    ("data-preprocessing", "data-quality", "structured-and-unstructured-data"),
    "The file has 20 rows: the same messages come from up to three tools, some rows are empty. About how many messages did "
    "customers "
    "really send?",
    (
        Guess("all", "20: each row is a message."),
        Guess("some", "About 17: a few empty ones fall out."),
        Guess("half", "About 10: half of the rows are doubles or empty.", right=True),
    ),
    "Three rows are empty and seven repeat another one, most of them in another spelling. A program that compares letter by "
    "letter sees "
    "only the doubles that are exactly alike, so the order of the steps matters: even out first, then look for doubles.",
    "Every step throws something away. Whoever writes “FINE” in capitals may mean it; keep the raw file.",
    (Switches("steps", "Steps", STEPS),),
    show,
    needs=(),
)
