"""Words in which the rules of several sheets speak of what is there and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from segue.work.deepen.findings import Finding, Level
from segue.work.deepen.outline import Answers, Row
from segue.work.deepen.rules.bias import NOBODY, NONE_YET, as_day

LONGEST_REVIEW = 183  # days after which a review is far away


def is_somebody(text: str) -> bool:
    """Whether it names one person or role."""
    return text.strip().strip(".").casefold() not in NOBODY


def is_something(text: str) -> bool:
    """Whether it says more than that there is nothing yet."""
    return text.strip().strip(".").casefold() not in NONE_YET


def has_figure(text: str) -> bool:
    """Whether a digit stands in it."""
    return any(letter.isdigit() for letter in text)


def short(text: str, most: int = 60) -> str:
    """Its beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 copy``, ``2 copies``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def joined(words: Iterable[str]) -> str:
    """``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def figure(value: float, places: int = 2) -> str:
    """A number as it is printed: ``1,200``, ``0.4``. One that would round to nothing keeps two digits that count."""
    if value and abs(value) < 0.5 / 10**places:
        return f"{value:.2g}"
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unsaid(answers: Answers, parts: Mapping[str, str]) -> Iterator[Finding]:
    """A gap for each of the parts in which nothing stands."""
    return (Finding(Level.GAP, says, part) for part, says in parts.items() if not answers.text(part))


def missing(row: Row, columns: Mapping[str, str], name: str, part: str) -> Iterator[Finding]:
    """One gap that names all the columns of a row in which nothing stands."""
    found = [says for column, says in columns.items() if not row[column]]
    if found:
        yield Finding(Level.GAP, f"{name}: {joined(found)}.", part)


def next_review(answers: Answers, part: str, today: date) -> Iterator[Finding]:
    """What is wrong with the day on which it is looked at again."""
    day = as_day(answers.text(part))
    if day is None:
        yield Finding(Level.STOP, "Set the day of the next review. A model has no “done”.", part)
    elif day <= today:
        yield Finding(Level.STOP, "The day of the next review has come. Look at the model, or set a day ahead.", part)
    elif (day - today).days > LONGEST_REVIEW:
        yield Finding(Level.NOTE, "The next review is more than half a year away. Much can change until then.", part)
