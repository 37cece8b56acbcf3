"""The log of what left this computer, as pages show it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import Any

from segue.core.wording import written_date
from segue.shared import clock
from segue.work.lab import folders
from segue.work.lab.asking import Ask
from segue.work.lab.models import Analysis

BEGUN = "begun"
OUTCOMES = {"200": "answered", "TimeoutError": "no answer in time"}


@dataclass
class Sent:
    """A text that left. ``outcome`` is empty where nothing came back before the worker ended."""

    at: str
    text: str
    outcome: str = ""
    answer: str = ""
    milliseconds: float | None = None

    @property
    def time(self) -> str:
        """Its time of day."""
        return self.at.rpartition(", ")[2].removesuffix(" UTC")

    @property
    def outcome_words(self) -> str:
        """What came of it."""
        if self.outcome.isdigit() and self.outcome != "200":
            return f"refused with status {self.outcome}"
        return OUTCOMES.get(self.outcome, "no connection" if self.outcome else "no answer noted")


@dataclass
class LeftRun:
    """What left for one judgement. ``job``: the number of its job; ``told``: the instructions that went with each text."""

    job: int
    at: str
    to: str
    name: str
    planned: int
    told: str = ""
    sent: list[Sent] = field(default_factory=list)

    @property
    def texts(self) -> int:
        """How many texts left: one that was tried twice counts once."""
        return len({each.text for each in self.sent})

    def percentile_95(self) -> float | None:
        """Milliseconds within which 95 of 100 answers came."""
        took = sorted(each.milliseconds for each in self.sent if each.outcome == "200" and each.milliseconds is not None)
        return took[ceil(0.95 * len(took)) - 1] if took else None


@dataclass(frozen=True)
class LeftLog:
    """All that left, the newest first. ``broken``: lines that can't be read, such as one that was cut off."""

    runs: tuple[LeftRun, ...]
    broken: int

    @property
    def texts(self) -> int:
        """How many texts left in all runs."""
        return sum(run.texts for run in self.runs)


def begin_log(analysis: Analysis, job: int, address: str, ask: Ask, planned: int) -> None:
    """Notes that a run begins, before anything of it leaves: one that was interrupted is known by this line."""
    path = folders.left_file(analysis)
    line = json.dumps(
        {
            "at": clock.now().astimezone(UTC).isoformat(timespec="milliseconds"),
            "event": BEGUN,
            "job": job,
            "to": address,
            "model": ask.name,
            "texts": planned,
        }
    )
    # A line that was cut off by a kill must not swallow this one.
    cut_off = path.is_file() and not path.read_bytes().endswith(b"\n")
    with path.open("ab") as file:
        file.write(b"\n" * cut_off + line.encode() + b"\n")


def left_of(analysis: Analysis) -> LeftLog:
    """The whole log."""
    runs: list[LeftRun] = []
    broken = 0
    for event in _events(analysis):
        broken += not _take(runs, event)
    return LeftLog(tuple(reversed(runs)), broken)


def run_of(analysis: Analysis, job: int) -> LeftRun | None:
    """What left for one job; ``None`` where it never began to send."""
    return next((run for run in left_of(analysis).runs if run.job == job), None)


def _events(analysis: Analysis) -> Iterator[Mapping[str, Any]]:
    """Lines of the log; an empty one for a line that is broken."""
    try:
        lines = folders.left_file(analysis).read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return
    for line in filter(None, lines):
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        yield event if isinstance(event, dict) else {}


def _take(runs: list[LeftRun], event: Mapping[str, Any]) -> bool:
    """Whether a line says something that is understood."""
    try:
        if event["event"] == BEGUN:
            runs.append(LeftRun(event["job"], _when(event["at"]), event["to"], event["model"], event["texts"]))
        elif event["event"] == "sent":
            _take_text(runs[-1], _when(event["at"]), *event["body"]["messages"])
        else:
            last = runs[-1].sent[-1]
            last.outcome, last.answer = event["outcome"], event.get("content") or last.answer
            last.milliseconds = event.get("milliseconds", last.milliseconds)
    except (LookupError, TypeError, ValueError):
        return False
    return True


def _take_text(run: LeftRun, at: str, told: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    run.told, run.at = told["content"], run.at if run.sent else at
    run.sent.append(Sent(at, asked["content"]))


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{written_date(moment.date())}, {moment:%H:%M:%S} UTC"
