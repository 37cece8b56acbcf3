"""What one answer of a model costs, what a month comes to, and how long people wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from segue.work.deepen.findings import Finding, Level, Outcome, Setting
from segue.work.deepen.outline import Answers
from segue.work.deepen.rules.bias import as_day
from segue.work.deepen.rules.remarks import figure

MILLION, THOUSAND = 1_000_000, 1_000
PRICES_STALE = 90  # days after which prices should be looked up again
SCENARIOS = (("Today", 1, 1), ("Ten times as many", 10, 1), ("A model twice as dear", 1, 2))
SAME_PEOPLE = "Labelling and hours are the same in all three scenarios. Check whether ten times as many uses need more of them."
TOKENS = ("tokens-in", "tokens-out", "price-in", "price-out")
FIGURES = {
    "volume": ("uses",),
    "price": (*TOKENS, "each", "extra"),
    "people": ("labels", "hours", "rate"),
    "waiting": ("typical", "slow", "accepted"),
}


@dataclass(frozen=True)
class Tokens:
    """What one use sends and gets back, and what a million tokens of either cost."""

    sent: float
    got: float
    price_sent: float
    price_got: float

    @property
    def cost(self) -> float:
        """Cost of one use."""
        return (self.sent * self.price_sent + self.got * self.price_got) / MILLION


@dataclass(frozen=True)
class Month:
    """A scenario. ``model``: cost of all answers; ``people``: labelling and hours, which do not grow with the uses here."""

    name: str
    uses: float
    model: float
    people: float

    @property
    def total(self) -> float:
        """What the month costs."""
        return self.model + self.people


def months(uses: float, each: float, people: float) -> tuple[Month, ...]:
    """The three scenarios."""
    return tuple(Month(name, uses * times, uses * times * each * dearer, people) for name, times, dearer in SCENARIOS)


def cost(answers: Answers, setting: Setting) -> Outcome:
    """The sums of a month in three scenarios, cost of 1,000 answers, and the waiting time against what users accept."""
    uses, each, people = _figure(answers, "volume", "uses"), cost_of_one(answers), _people(answers)
    found = months(uses, each, people) if uses and each is not None else ()
    findings = [*_sum(answers, uses, each), *_prices(answers, setting.today), *_around(answers), *_waiting(answers)]
    if found and people:
        findings.append(Finding(Level.NOTE, SAME_PEOPLE, "people"))
    slow = _figure(answers, "waiting", "slow")
    facts: dict[str, float | str] = {"scenarios": len(found)}
    if each is not None:
        facts["cost"] = round(each * THOUSAND, 6)
    if slow is not None:
        facts["latency"] = slow
    lines = (*_tokens_a_month(answers, uses), *_of_one(answers, uses, each, people), *(_month(m, answers) for m in found))
    return Outcome((*lines, *_wait(answers)), tuple(findings), facts)


def _figure(answers: Answers, part: str, row: str) -> float | None:
    """A figure that may be 0; what is below makes no sense in any of them."""
    number = answers.number(part, row, "figure")
    return number if number is not None and number >= 0 else None


def tokens(answers: Answers) -> Tokens | None:
    """Tokens and their prices, where all four are there."""
    sent, got, price_sent, price_got = (_figure(answers, "price", name) for name in TOKENS)
    if sent is None or got is None or price_sent is None or price_got is None:
        return None
    return Tokens(sent, got, price_sent, price_got)


def cost_of_one(answers: Answers) -> float | None:
    """Cost of one use with what comes on top: by tokens where they are there, else as it was given."""
    told = tokens(answers)
    each = told.cost if told else _figure(answers, "price", "each")
    return None if each is None else each * (1 + (_figure(answers, "price", "extra") or 0) / 100)


def _people(answers: Answers) -> float:
    labels, hours, rate = (_figure(answers, "people", name) or 0 for name in FIGURES["people"])
    return labels + hours * rate


def _money(answers: Answers, value: float, places: int = 2) -> str:
    return f"{figure(value, places)} {answers.text('currency')}".strip()


def _tokens_a_month(answers: Answers, uses: float | None) -> Iterator[str]:
    told = tokens(answers)
    if told and uses:
        sent, got = uses * told.sent / MILLION, uses * told.got / MILLION
        yield (
            f"{figure(uses)} uses a month × ({figure(told.sent)} tokens in + {figure(told.got)} out) = "
            f"{figure(sent)} million in + {figure(got)} million out."
        )


def _of_one(answers: Answers, uses: float | None, each: float | None, people: float) -> Iterator[str]:
    if each is None:
        return
    alone = f"1,000 answers cost {_money(answers, each * THOUSAND)} for the model alone"
    whole = f"; with labelling and people {_money(answers, (each + people / uses) * THOUSAND)}" if uses and people else ""
    yield f"{alone}{whole}."
    if uses:
        yield f"One use has to be worth {_money(answers, each + people / uses, 4)} or more to pay for itself."


def _month(month: Month, answers: Answers) -> str:
    total, model, people = (_money(answers, value) for value in (month.total, month.model, month.people))
    return f"{month.name} ({figure(month.uses)} uses): {total} a month, {model} for the model and {people} for people."


def _sum(answers: Answers, uses: float | None, each: float | None) -> Iterator[Finding]:
    for part, names in FIGURES.items():
        if any((answers.number(part, name, "figure") or 0) < 0 for name in names):
            yield Finding(Level.GAP, "A figure below 0 is left out of the sums.", part)
    if not uses:
        yield Finding(Level.GAP, "Say how many uses a month there are, or will be.", "volume")
    if each is None:
        begun = any(_figure(answers, "price", name) is not None for name in TOKENS)
        says = "One of the four is missing: tokens in and out, and the price of each." if begun else "Price one use."
        yield Finding(Level.GAP, says, "price")
    elif tokens(answers) and _figure(answers, "price", "each") is not None:
        yield Finding(Level.NOTE, "Tokens and a cost of one use are both there; the sums go by the tokens.", "price")
    if uses and not answers.value("volume", "uses", "source"):
        yield Finding(Level.GAP, "Say where the number of uses comes from, and how sure it is.", "volume")


def _prices(answers: Answers, today: date) -> Iterator[Finding]:
    day = as_day(answers.text("priced-on"))
    if day is None:
        yield Finding(Level.GAP, "Give the day of the prices.", "priced-on")
    elif day > today:
        yield Finding(Level.GAP, "The day of the prices lies ahead. Give the day on which you looked them up.", "priced-on")
    elif (today - day).days > PRICES_STALE:
        yield Finding(Level.NOTE, f"The prices are {(today - day).days} days old. Look them up again.", "priced-on")
    if not answers.text("currency"):
        yield Finding(Level.GAP, "Name the currency.", "currency")


def _around(answers: Answers) -> Iterator[Finding]:
    if not _people(answers):
        yield Finding(
            Level.GAP, "Labelling and people’s hours are not in the sum. They are often the larger part of it.", "people"
        )
    elif _figure(answers, "people", "hours") and not _figure(answers, "people", "rate"):
        yield Finding(Level.GAP, "Hours are there, but not what an hour costs.", "people")
    if not answers.text("worth"):
        yield Finding(Level.GAP, "Say what one use has to be worth, and why you believe that it is.", "worth")


def _waiting(answers: Answers) -> Iterator[Finding]:
    typical, slow, accepted = (_figure(answers, "waiting", name) for name in FIGURES["waiting"])
    for value, says in ((typical, "the typical one"), (slow, "the slow end"), (accepted, "what users accept")):
        if value is None:
            yield Finding(Level.GAP, f"Of the waiting time, {says} is missing.", "waiting")
    if typical is not None and slow is not None and slow < typical:
        yield Finding(Level.GAP, "The slow end is faster than the typical time. One of the two is wrong.", "waiting")
    if slow is not None and accepted is not None and slow > accepted:
        yield Finding(Level.STOP, f"At the slow end users wait {figure(slow)} ms; they accept {figure(accepted)} ms.", "waiting")


def _wait(answers: Answers) -> Iterator[str]:
    typical, slow, accepted = (_figure(answers, "waiting", name) for name in FIGURES["waiting"])
    if slow is not None:
        rest = [f"{figure(typical)} ms typically"] if typical is not None else []
        rest += [f"{figure(accepted)} ms are accepted"] if accepted is not None else []
        yield f"95 of 100 answers are there within {figure(slow)} ms" + "".join(f"; {each}" for each in rest) + "."
