"""A replay so far: which model was in use in which week, what fired, what was decided, and what may be decided now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from segue.work.deepen.monitors import Signal, monitors_of, signals_of

HOLD, RETRAIN, BACK, SHIP = "hold", "retrain", "roll-back", "ship"
CHOICES: Mapping[str, str] = {HOLD: "Hold", RETRAIN: "Retrain", BACK: "Roll back", SHIP: "Ship"}
FIRST, SIMPLE = "m0", "base"
WEEKS = 12


@dataclass(frozen=True)
class Decision:
    """What was decided in a week, and why. ``uses``: the model in use after it."""

    week: int
    choice: str
    why: str
    uses: str

    @property
    def words(self) -> str:
        """The decision in a word."""
        return CHOICES[self.choice]


@dataclass(frozen=True)
class Option:
    """Something that may be decided now, with what it means here."""

    choice: str
    label: str
    help: str


@dataclass(frozen=True)
class Week:
    """A week that was seen. ``model``: in use when it began; ``found``: what was measured; ``decisions``: in their order."""

    number: int
    model: str
    found: Mapping[str, Any]
    signals: tuple[Signal, ...]
    decisions: tuple[Decision, ...]

    @property
    def alarms(self) -> tuple[Signal, ...]:
        """The signals that say that something is wrong."""
        return tuple(signal for signal in self.signals if signal.is_alarm)

    @property
    def score(self) -> list[float]:
        """Macro-F1 of the model in use on the rows labelled by hand, with its interval."""
        figure: list[float] = self.found["models"][self.model]["score"]
        return figure

    @property
    def true_score(self) -> float:
        """Its macro-F1 on all rows of the week, which nobody knows while it runs."""
        value: float = self.found["models"][self.model]["all"]
        return value

    @property
    def trained(self) -> bool:
        """Whether a challenger was trained in it."""
        return any(decision.choice == RETRAIN for decision in self.decisions)


@dataclass(frozen=True)
class Course:
    """The weeks seen so far. ``uses``: the model in use now. ``options``: what may be decided; ``must``: before the next week."""

    weeks: tuple[Week, ...]
    uses: str
    options: tuple[Option, ...]
    must: bool

    @property
    def now(self) -> Week | None:
        """The week that was seen last."""
        return self.weeks[-1] if self.weeks else None

    @property
    def is_over(self) -> bool:
        """Whether all weeks were seen and nothing waits."""
        return len(self.weeks) == WEEKS and not self.must

    @property
    def can_go_on(self) -> bool:
        """Whether the next week may be shown."""
        return len(self.weeks) < WEEKS and not self.must


@dataclass
class _Standing:
    """The models that were put in use and not rolled back, the last on top; ``trained``: in which week the last one was."""

    stack: list[str] = field(default_factory=lambda: [FIRST])
    is_simple: bool = False
    trained: int = 0

    @property
    def uses(self) -> str:
        return SIMPLE if self.is_simple else self.stack[-1]

    def take(self, week: int, choice: str, challenger: bool) -> None:
        if choice == RETRAIN:
            self.trained = week
        elif choice == BACK and len(self.stack) > 1:
            self.stack.pop()
        elif choice == BACK:
            self.is_simple = True
        elif choice == SHIP:
            self.is_simple = False
            self.stack += [f"c{week}"] if challenger else []


def course_of(
    plan: Mapping[str, Any], weeks: Sequence[Mapping[str, Any]], decisions: Sequence[Mapping[str, Any]], shown: int
) -> Course:
    """The replay so far, from what is stored."""
    standing, monitors, seen = _Standing(), monitors_of(plan), []
    for number, found in enumerate(weeks[:shown], 1):
        model, since = standing.uses, standing.trained
        labels = sum(week["labels"] for week in weeks[since:number])
        signals = signals_of(monitors, found, model, labels, number - since)
        taken = tuple(_taken(standing, number, decisions))
        seen.append(Week(number, model, found, signals, taken))
    if not seen:
        return Course((), standing.uses, (), False)
    return Course(tuple(seen), standing.uses, _options(seen[-1], standing), _must(seen[-1]))


def _taken(standing: _Standing, number: int, decisions: Sequence[Mapping[str, Any]]) -> Iterator[Decision]:
    before = ""
    for each in decisions:
        if each["week"] == number:
            standing.take(number, each["choice"], before == RETRAIN)
            before = each["choice"]
            yield Decision(number, each["choice"], each["why"], standing.uses)


def _must(week: Week) -> bool:
    """Something fired and nothing was decided, or a challenger waits for its verdict."""
    if not week.decisions:
        return bool(week.signals)
    return week.decisions[-1].choice == RETRAIN


def _options(week: Week, standing: _Standing) -> tuple[Option, ...]:
    if week.decisions:
        waits = week.decisions[-1].choice == RETRAIN
        return tuple(_verdicts(week.number, standing.uses)) if waits else ()
    if week.number == WEEKS and not week.signals:
        return ()  # no week is left in which it would show
    return tuple(_first(week, standing))


def _verdicts(number: int, uses: str) -> Iterator[Option]:
    yield Option(SHIP, "Ship the challenger", f"From the next week on {name_of(f'c{number}').lower()} is in use.")
    yield Option(HOLD, "Hold", f"{name_of(uses)} stays in use, and the challenger is put away.")


def _first(week: Week, standing: _Standing) -> Iterator[Option]:
    yield Option(HOLD, "Hold", f"{name_of(standing.uses)} stays in use. Say what would change your mind.")
    batch = week.found["batch"]
    learns = (
        f"A challenger learns from the older rows and {batch:,} newly labelled ones, and is compared before anything changes."
    )
    yield Option(RETRAIN, "Retrain", learns)
    if standing.is_simple:
        yield Option(SHIP, "Ship the last model again", f"{name_of(standing.stack[-1])} is in use again from the next week on.")
        return
    back = standing.stack[-2] if len(standing.stack) > 1 else SIMPLE
    yield Option(BACK, "Roll back", f"From the next week on it is {name_of(back).lower()}.")


def name_of(model: str) -> str:
    """What a model is called on the page."""
    if model == SIMPLE:
        return "The rule “always the commonest class”"
    return "The first model" if model == FIRST else f"The model of week {model[1:]}"


@dataclass(frozen=True)
class Hindsight:
    """What could be known only afterwards. ``begins`` is 0 where no shift was put in: then nobody knows when it began.

    ``noticed``: the first week from then on with an alarm, 0 where there was none; ``false_alarms``: weeks before it with one.
    ``used``, ``held``, ``best``: mean true scores of what was in use, of the first model throughout, of the best each week.
    """

    begins: int
    says: str
    noticed: int
    false_alarms: tuple[int, ...]
    alarms: tuple[int, ...]
    used: float
    held: float
    best: float
    labels: int
    trained: int

    @property
    def delay(self) -> int:
        """Weeks from the shift to the first alarm."""
        return self.noticed - self.begins


def hindsight_of(plan: Mapping[str, Any], course: Course) -> Hindsight:
    """What the whole course looks like when all rows are known."""
    about = plan["about"]
    begins, alarms = about["begins"], tuple(week.number for week in course.weeks if week.alarms)
    noticed = next((number for number in alarms if number >= begins), 0) if begins else 0
    models = [week.found["models"] for week in course.weeks]
    by_hand = sum(week.found["labels"] for week in course.weeks)
    batches = [week.found["batch"] for week in course.weeks if week.trained]
    return Hindsight(
        begins=begins,
        says=about["shift_says"],
        noticed=noticed,
        false_alarms=tuple(number for number in alarms if number < begins),
        alarms=alarms,
        used=_mean([week.true_score for week in course.weeks]),
        held=_mean([each[FIRST]["all"] for each in models]),
        best=_mean([max(one["all"] for one in each.values()) for each in models]),
        labels=by_hand + sum(batches),
        trained=len(batches),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
