"""The example file of the Lab: feedback on Pantrywick, a meal planner that does not exist, made by chance with a fixed seed.

It is made so that an analysis has something to find: sync gets worse over the year, customers who pay complain of the price,
ratings follow tone but not always, and some texts are doubled, empty, sarcastic or hold (made-up) personal data.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from segue.work.lab import phrases
from segue.work.lab.phrases import ASPECTS, Aspect

NAME = "made-up-pantrywick-feedback.csv"
QUESTION = "What lowers the ratings of Pantrywick (a made-up meal planner), and what should be mended first?"
COLUMNS = ("date", "rating", "channel", "plan", "comment")
ROWS, SEED = 1200, 12
FIRST, DAYS = date(2026, 1, 5), 273
CHANNELS = {"app store": 5.0, "survey": 3.0, "e-mail": 2.0}
STARS = {
    "bad": {1: 5.0, 2: 3.5, 3: 0.8, 4: 0.3, 5: 0.2},
    "mixed": {2: 2.5, 3: 6.0, 4: 2.5},
    "good": {3: 0.5, 4: 3.5, 5: 6.5, 1: 0.1},
}
# How often an aspect is spoken of, and how often badly. Sync and the price are worked out: by day, and by plan.
WEIGHTS = {"search": 1.1, "export": 0.8, "sharing": 1.1, "notifications": 0.9, "speed": 1.0, "support": 0.8}
BAD = {"search": 0.4, "export": 0.5, "sharing": 0.2, "notifications": 0.5, "speed": 0.4, "support": 0.35}
Item = TypeVar("Item")


class Chance(random.Random):
    """Draws from ``random()`` alone, the one method whose numbers Python promises to keep from version to version."""

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of them, each as likely."""
        return items[int(self.random() * len(items))]

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One of them, by weight."""
        left = self.random() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return list(weights)[-1]

    def happens(self, share: float) -> bool:
        """Whether it happens this time."""
        return self.random() < share


def write_example() -> bytes:
    """The file: CSV, UTF-8, the same bytes each time and on every machine."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return out.getvalue().encode()


def rows() -> list[dict[str, str]]:
    """The rows, the oldest first."""
    chance = Chance(SEED)
    days = sorted(int(chance.random() * DAYS) for _ in range(ROWS))
    made: list[dict[str, str]] = []
    for day in days:
        row = _row(chance, day)
        if made and chance.happens(0.03):
            _double(chance, row, chance.one_of(made))
        made.append(row)
    return made


def _row(chance: Chance, day: int) -> dict[str, str]:
    plan = chance.weighted({"free": 6.0, "paid": 4.0})
    channel = chance.weighted(CHANNELS)
    aspect, tone = _topic(chance, day / DAYS, plan)
    text = "" if chance.happens(0.01) else _text(chance, aspect, tone, channel)
    rating = str(chance.weighted(STARS[tone]))
    return {
        "date": (FIRST + timedelta(days=day)).isoformat(),
        "rating": rating,
        "channel": channel,
        "plan": plan,
        "comment": _typed(chance, text),
    }


def _topic(chance: Chance, year: float, plan: str) -> tuple[str, str]:
    """What is spoken of and how. ``year``: how much of the year has gone, 0 to 1."""
    weights = {"sync": 0.6 + 4 * year**3, "price": 1.8 if plan == "paid" else 0.6, **WEIGHTS}
    bad = {"sync": 0.25 + 0.65 * year, "price": 0.85 if plan == "paid" else 0.5, **BAD}
    aspect = chance.weighted(weights)
    if chance.happens(0.12):
        return aspect, "mixed"
    return aspect, "bad" if chance.happens(bad[aspect]) else "good"


def _text(chance: Chance, aspect: str, tone: str, channel: str) -> str:
    if chance.happens(0.07 if channel == "app store" else 0.03):
        return chance.one_of(phrases.SHORT[tone])
    says = [_about(chance, aspect, tone)]
    if chance.happens(0.4):
        says.insert(0, chance.one_of(phrases.OPENINGS[tone]))
    if chance.happens(0.18):
        says.insert(0, chance.one_of(phrases.LIVES))
    if chance.happens(0.2 if tone == "mixed" else 0.12):
        says.append(_about(chance, chance.one_of(list(ASPECTS)), tone))
    if tone == "bad" and chance.happens(0.08):
        says.append(f"{chance.one_of(phrases.SARCASM)}.")
    if chance.happens(0.4):
        says.append(chance.one_of(phrases.CLOSINGS[tone]))
    if chance.happens(0.2 if channel == "e-mail" else 0.03):
        says.append(_contact(chance))
    return " ".join(says)


def _about(chance: Chance, name: str, tone: str) -> str:
    aspect = ASPECTS[name]
    if tone == "mixed":
        other = ASPECTS[chance.one_of([each for each in ASPECTS if each != name])]
        return f"{_praise(chance, other)}, but {_lowered(_complaint(chance, aspect))}."
    return f"{_complaint(chance, aspect) if tone == 'bad' else _praise(chance, aspect)}{chance.one_of(('.', '.', '!', '...'))}"


def _praise(chance: Chance, aspect: Aspect) -> str:
    return f"{chance.one_of(aspect.subjects)} {chance.one_of(aspect.praises)}"


def _complaint(chance: Chance, aspect: Aspect) -> str:
    if chance.happens(0.2):
        return chance.one_of(aspect.complaints)
    said = f"{chance.one_of(aspect.subjects)} {chance.one_of(aspect.faults)}"
    return f"{said} {chance.one_of(aspect.when)}" if chance.happens(0.35) else said


def _lowered(text: str) -> str:
    """As the second half of a sentence. “I” and abbreviations stay."""
    return text if text[:2].isupper() or text[1:2] in " ’" else text[0].lower() + text[1:]


def _contact(chance: Chance) -> str:
    """Personal data that belongs to nobody: domains and numbers that are reserved for examples and for fiction."""
    mail = f"{chance.one_of(phrases.NAMES)}{int(chance.random() * 90) + 10}@example.{chance.one_of(('com', 'org'))}"
    number = int(chance.random() * 1000)
    phone = chance.one_of((f"+44 7700 900{number:03}", f"020 7946 0{number:03}", f"(202) 555-01{number % 100:02}"))
    return chance.one_of(phrases.CONTACT).format(mail=mail, phone=phone, order=f"PW-{10000 + 7 * number}")


def _typed(chance: Chance, text: str) -> str:
    """As typed on a telephone: now and then small letters only, no apostrophes, letters swapped, lost or doubled."""
    if chance.happens(0.12):
        text = text.lower()
    if chance.happens(0.15):
        text = text.replace("’", "")
    elif chance.happens(0.5):
        text = text.replace("’", "'")
    for _ in range(int(chance.random() * 3) if chance.happens(0.2) else 0):
        text = _slip(chance, text)
    return text


def _slip(chance: Chance, text: str) -> str:
    at = int(chance.random() * max(1, len(text) - 1))
    pair = text[at : at + 2]
    if not (pair.isascii() and pair.isalpha()):
        return text  # figures and signs stay: an address with a slip would be nobody's any more
    return text[:at] + chance.one_of((pair[::-1], pair[0], pair[0] * 2 + pair[1])) + text[at + 2 :]


def _double(chance: Chance, row: dict[str, str], earlier: Mapping[str, str]) -> None:
    """The same words again, or almost, as when somebody sends a review twice."""
    near = f"{earlier['comment'].rstrip('.!')}!!" if earlier["comment"] else ""
    row["rating"] = earlier["rating"]
    row["comment"] = near if chance.happens(0.5) else earlier["comment"]
