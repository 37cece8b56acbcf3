"""What a figure to play with is: a question asked first, things to turn, and what comes of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from segue.shared.components import Figure, Stat, Table

Given = Mapping[str, Sequence[str]]  # a query string: each name with its values


@dataclass(frozen=True)
class Read:
    """A value as a control takes it, and a word about it where something else had been asked for."""

    value: object
    note: str = ""


class Control(Protocol):
    """Something to turn. ``read`` takes whatever an address may hold and never fails."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> object: ...
    def read(self, given: Sequence[str]) -> Read: ...


@dataclass(frozen=True)
class Slider:
    """A number within a range, ``least`` and ``most`` included, in steps."""

    id: str
    label: str
    least: float
    most: float
    start: float
    step: float = 1
    unit: str = ""
    kind: str = "slider"

    def read(self, given: Sequence[str]) -> Read:
        """The nearest value that the slider can take; ``start`` for what is no number."""
        try:
            number = float(given[-1][:40])
        except ValueError:
            number = math.nan
        if math.isnan(number):
            return Read(self._plain(self.start), f"“{self.label}” takes a number; {self.start:g} is shown.")
        place = round((min(max(number, self.least), self.most) - self.least) / self.step)
        value = self._plain(round(self.least + place * self.step, 6))
        if self.least <= number <= self.most:
            return Read(value)
        return Read(value, f"“{self.label}” goes from {self.least:g} to {self.most:g}; {value:g} is shown.")

    def _plain(self, value: float) -> float:
        return int(value) if self.step == int(self.step) and value == int(value) else value


@dataclass(frozen=True)
class Choice:
    """One of several ways, by id with its words."""

    id: str
    label: str
    options: Mapping[str, str]
    start: str
    kind: str = "choice"

    def read(self, given: Sequence[str]) -> Read:
        """The way that was chosen; ``start`` for one that does not exist."""
        if given[-1] in self.options:
            return Read(given[-1])
        return Read(self.start, f"“{self.label}” does not know what was asked for; “{self.options[self.start]}” is shown.")


@dataclass(frozen=True)
class Switches:
    """Any of several steps, by id with their words."""

    id: str
    label: str
    options: Mapping[str, str]
    start: tuple[str, ...] = ()
    kind: str = "switches"

    def read(self, given: Sequence[str]) -> Read:
        """The steps that are on, in their order. An empty value says that none is."""
        unknown = any(value and value not in self.options for value in given)
        note = f"“{self.label}” does not know all that was asked for; the rest is shown." if unknown else ""
        return Read(tuple(option for option in self.options if option in given), note)


@dataclass(frozen=True)
class TextLine:
    """A line of text to type."""

    id: str
    label: str
    start: str
    most: int = 200
    kind: str = "text"

    def read(self, given: Sequence[str]) -> Read:
        """The text on one line, cut at ``most`` characters; ``start`` for an empty one."""
        text = " ".join(given[-1].replace("\0", " ").split())
        if not text:
            return Read(self.start, "Type a sentence; until then this one is shown.")
        if len(text) > self.most:
            return Read(text[: self.most], f"The first {self.most} characters are looked at.")
        return Read(text)


@dataclass(frozen=True)
class Settings:
    """What the controls are set to."""

    values: Mapping[str, object]

    def number(self, control: str) -> float:
        """The value of a slider."""
        value = self.values[control]
        assert isinstance(value, int | float)
        return value

    def whole(self, control: str) -> int:
        """The value of a slider in whole steps."""
        return int(self.number(control))

    def word(self, control: str) -> str:
        """The id that a choice is set to, or the text of a line."""
        return str(self.values[control])

    def steps(self, control: str) -> tuple[str, ...]:
        """The ids of the switches that are on."""
        value = self.values[control]
        assert isinstance(value, tuple)
        return value


@dataclass(frozen=True)
class Onward:
    """A way from one picture to the next: what it is called, and the settings it changes."""

    label: str
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Outcome:
    """What comes of the settings: in words with the numbers, as figures, as tables, as pictures with tables behind them."""

    says: str
    stats: tuple[Stat, ...]
    pictures: tuple[Figure, ...]
    onward: tuple[Onward, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Guess:
    """An answer to choose before anything is shown. Exactly one of a question's guesses is right."""

    id: str
    says: str
    right: bool = False


@dataclass(frozen=True)
class PlayFigure:
    """A figure to play with. ``because`` says why the right guess is right; ``misleads`` what the picture leaves out."""

    id: str
    title: str
    lede: str
    concepts: tuple[str, ...]
    question: str
    guesses: tuple[Guess, ...]
    because: str
    misleads: str
    controls: tuple[Control, ...]
    show: Callable[[Settings], Outcome]
    needs: tuple[str, ...] = ("numpy", "sklearn")

    def read(self, given: Given) -> tuple[Settings, tuple[str, ...]]:
        """The settings that an address asks for, and a word about each that had to give way."""
        found = {c.id: c.read(given[c.id]) if given.get(c.id) else Read(c.start) for c in self.controls}
        return Settings({i: read.value for i, read in found.items()}), tuple(r.note for r in found.values() if r.note)
