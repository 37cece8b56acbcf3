"""What follows from the options sheet: what is compared, what has no price, and whether the cheapest was taken seriously."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from segue.work.deepen.findings import Finding, Level, Outcome, Setting
from segue.work.deepen.outline import Answers, Row, as_number
from segue.work.deepen.signs import has_figure, says

STALE_DAYS = 90
TOLD = ("quality", "cost", "start", "first_test", "leaves", "changer", "vendor")
PARTS = {
    "feature": "Name the feature and how often a month it runs.",
    "choice": "Choose one for the next three months.",
    "why": "Say why not the next best.",
    "later": "Say where you expect to be later.",
    "sign": "Name the sign to switch: a figure or an event.",
}
_PRICE = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


def price_of(row: Row) -> float | None:
    """The first figure of what it costs per 1,000; of a range, that is its lower end."""
    found = _PRICE.search(row["cost"])
    return as_number(found.group()) if found else None


def options(answers: Answers, setting: Setting) -> Outcome:
    """Options compared and priced, what is missing in each, and the choice beside the cheapest."""
    rows = answers.rows("options")
    labels = {item.id: item.label for item in answers.outline.by_id["options"].items}
    priced = [row for row in rows if price_of(row) is not None and _day(row["priced_on"])]
    compared = sum(all(row[column] for column in TOLD) for row in rows)
    findings = [Finding(Level.GAP, told, part) for part, told in PARTS.items() if not answers.text(part)]
    findings += [finding for row in rows for finding in _option(row, labels[row.id], answers, setting.today)]
    findings += _choice(answers, rows, labels)
    lines = [f"{compared} of {len(rows)} options compared in full, {len(priced)} with a dated price.", *_cheapest(rows, labels)]
    return Outcome(tuple(lines), tuple(findings), {"options": compared, "priced": len(priced)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _option(row: Row, label: str, answers: Answers, today: date) -> Iterator[Finding]:
    columns = {column.id: column.label.lower() for column in answers.outline.by_id["options"].columns}
    missing = [columns[column] for column in TOLD if not row[column]]
    if len(missing) == len(TOLD):
        yield Finding(Level.GAP, f"{label}: nothing yet, not even why it is out.", "options")
        return
    if missing:
        yield Finding(Level.GAP, f"{label}: still to say: {', '.join(missing)}.", "options")
    yield from (Finding(Level.GAP, f"{label}: {told}", "options") for told in _unpriced(row, today))
    if row["quality"] and not has_figure(row["quality"]):
        yield Finding(
            Level.GAP, f"{label}: “{row['quality'][:60]}” is no figure of quality. A guess with its reason is one.", "options"
        )


def _unpriced(row: Row, today: date) -> Iterator[str]:
    day = _day(row["priced_on"])
    if row["cost"] and price_of(row) is None:
        yield "it has no price: the cost per 1,000 holds no figure."
    if row["cost"] and day is None:
        yield "its price has no date."
    elif day is not None and (today - day).days > STALE_DAYS:
        yield "its price is more than 90 days old. Look again."


def _choice(answers: Answers, rows: tuple[Row, ...], labels: dict[str, str]) -> Iterator[Finding]:
    choice, sign = answers.text("choice"), answers.text("sign")
    prices = _prices(rows)
    if choice in labels and choice not in prices:
        yield Finding(Level.STOP, f"{labels[choice]} is chosen, but has no price per 1,000.", "options")
    cheapest = min(prices, key=prices.__getitem__, default="")
    if (
        choice in prices
        and prices[choice] > prices[cheapest]
        and labels[cheapest].casefold() not in answers.text("why").casefold()
    ):
        yield Finding(
            Level.NOTE, f"{labels[cheapest]} costs least per 1,000. The reason does not say what speaks against it.", "why"
        )
    if sign and not (has_figure(sign) or says("multiplied", sign) or says("event", sign)):
        yield Finding(Level.GAP, "The sign to switch is neither a figure nor an event that you would notice.", "sign")


def _prices(rows: tuple[Row, ...]) -> dict[str, float]:
    return {row.id: price for row in rows if (price := price_of(row)) is not None}


def _cheapest(rows: tuple[Row, ...], labels: dict[str, str]) -> Iterator[str]:
    prices = _prices(rows)
    if len(prices) > 1:
        cheapest = min(prices, key=prices.__getitem__)
        yield f"Lowest price per 1,000: {labels[cheapest]}, {prices[cheapest]:,g}. Cost to start comes on top."
