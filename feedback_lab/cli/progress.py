"""How far a run is: the step, the share of the whole, the time left. On the error stream, so that results can be piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import TextIO


class ProgressLine:
    """Shows progress: on a terminal one line that is written over, elsewhere a line when a step is done.

    ``weights``: each step's share of the time of a usual run. The time left is worked out from the time that has gone.
    """

    def __init__(self, weights: Mapping[str, float], quiet: bool = False, stream: TextIO | None = None) -> None:
        self._weights = weights
        self._quiet = quiet
        self._stream = stream or sys.stderr
        self._begun = time.monotonic()
        self._shown = 0.0
        self._resumed = 0.0  # share that was there already and took no time
        self._step_begun = self._begun
        self._ended = ""

    def __call__(self, step: str, share: float) -> None:
        """Note that a step is done to a share, 0-1."""
        if self._quiet:
            return
        now = time.monotonic()
        if share == 0.0:
            self._step_begun = now
        ended = share >= 1.0 and step != self._ended
        self._ended = step if ended else self._ended
        if ended and now - self._step_begun < 0.05:
            self._resumed += self._weights.get(step, 0) / sum(self._weights.values())
        if self._stream.isatty():
            if ended or now - self._shown > 0.1:
                self._shown = now
                self._stream.write(f"\r\033[K{self._line(step, share, now)}")
                self._stream.flush()
        elif ended:
            print(self._line(step, share, now), file=self._stream, flush=True)

    def _line(self, step: str, share: float, now: float) -> str:
        names = list(self._weights)
        total = sum(self._weights.values())
        before = sum(self._weights[name] for name in names[: names.index(step)])
        whole = (before + self._weights[step] * share) / total
        worked = whole - self._resumed
        left = (now - self._begun) * (1 - whole) / worked if worked > 0.02 else None
        return f"{whole:4.0%}  {step:<10}{'' if left is None or whole >= 1 else f'  about {_duration(left)} left'}"

    def close(self) -> None:
        """Leave the line clean for what is printed next."""
        if not self._quiet and self._stream.isatty():
            self._stream.write("\r\033[K")
            self._stream.flush()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"
