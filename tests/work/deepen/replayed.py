"""A replay whose weeks are written by hand, so that a test decides what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.deepen.models import Replay
from segue.work.deepen.monitors import Monitors
from segue.work.deepen.replaying import WEEKS

SCRIPT = "<script>alert(1)</script>"
BEGINS = 5


def figure(value: float, half: float = 0.08) -> list[float]:
    return [value, round(value - half, 4), round(value + half, 4)]


def week_of(number: int, *, good: float = 0.7, bad: float = 0.5, begins: int = BEGINS) -> dict[str, Any]:
    """A week in which the first model does worse from ``begins`` on, and every challenger since does well again."""
    late = number >= begins
    scores = {"base": 0.3, "m0": bad if late else good}
    scores |= {f"c{earlier}": good if earlier >= begins or not late else bad for earlier in range(1, number)}
    models: dict[str, Any] = {
        name: {"score": figure(value), "all": value, "mix": [0.7, 0.3], "psi": [0.3 if late else 0.02, 0.05]}
        for name, value in scores.items()
    }
    models["base"].pop("psi")
    new = good if late else scores["m0"]
    recent = {name: figure(value) for name, value in scores.items()} | {f"c{number}": figure(new)}
    gains = {name: figure(round(new - value, 4), 0.04) for name, value in scores.items()}
    return {
        "from": "",
        "to": "",
        "rows": 300,
        "labels": 60,
        "batch": 250,
        "words": 40.0,
        "length": [0.04, 0.12],
        "models": models,
        "recent": {"n": 60 * min(4, number), "scores": recent, "gains": gains},
    }


def weeks_of(**about: Any) -> list[dict[str, Any]]:
    return [week_of(number, **about) for number in range(1, WEEKS + 1)]


def plan_of(monitors: Monitors, begins: int = BEGINS) -> dict[str, Any]:
    about = {
        "target": "topic",
        "classes": ["fine", SCRIPT],
        "older": 800,
        "held": 200,
        "score": figure(0.72, 0.05),
        "simple": figure(0.31, 0.02),
        "mix": [0.75, 0.25],
        "words": 41.0,
        "older_until": "",
        "begins": begins,
        "shift_says": "The class “bad” went from 10% of rows to 20%." if begins else "",
    }
    return {"monitors": monitors.as_json, "labels": 60, "batch": 300, "data": "realistic", "job": 0, "about": about}


FLOOR = Monitors(floor=0.6, owner="Ines, data scientist", fallback="A person reads them.")


def replay_row(learner: Learner, key: str = "replay", monitors: Monitors = FLOOR, **fields: Any) -> Replay:
    """A replay that was worked out, and of which no week was seen."""
    told: Mapping[str, Any] = {"analysis": 1, "version": 1, "file_name": f"{SCRIPT}.csv", "split": "seeded", "shift": "class"}
    about = {**told, "seed": 7, "plan": plan_of(monitors), "weeks": weeks_of(), "made_at": clock.now(), **fields}
    return Replay.objects.create(learner=learner, key=key, **about)
