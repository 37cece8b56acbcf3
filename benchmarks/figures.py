"""How long the server computes each figure to play with: at first, and for settings it has not shown before.

    python benchmarks/figures.py

Prints a table in milliseconds: the first picture of a figure in this process (loading libraries counts for the first one that
needs them), then the median and the worst of new settings. The budget of a picture is 300 ms.
"""

from __future__ import annotations

import itertools
import os
import random
import statistics
import tempfile
import time

MOST = 25  # new settings of each figure


def main() -> None:
    """Prints the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "segue.settings"
    with tempfile.TemporaryDirectory() as home:
        os.environ["SEGUE_HOME"] = home
        import django

        django.setup()
        measure()


def measure() -> None:
    """Each figure at its start, then at a seeded draw of all its settings."""
    from segue.work.learn.figures import FIGURES

    print(f"{'figure':14} {'first ms':>9} {'median ms':>10} {'worst ms':>9} {'settings':>9}")
    for figure in FIGURES:
        first = _milliseconds(figure, {})
        everything = list(itertools.product(*(_values(control) for control in figure.controls)))
        drawn = random.Random(1).sample(everything, min(MOST, len(everything)))
        names = [control.id for control in figure.controls]
        times = [_milliseconds(figure, dict(zip(names, values, strict=True))) for values in drawn]
        print(f"{figure.id:14} {first:9.0f} {statistics.median(times):10.0f} {max(times):9.0f} {len(times):9}")


def _milliseconds(figure, given) -> float:
    began = time.perf_counter()
    figure.show(figure.read(given)[0])
    return 1000 * (time.perf_counter() - began)


def _values(control) -> list[list[str]]:
    if control.kind == "slider":
        count = round((control.most - control.least) / control.step)
        return [[f"{control.least + n * control.step:g}"] for n in range(count + 1)]
    if control.kind == "choice":
        return [[option] for option in control.options]
    if control.kind == "switches":
        picks = itertools.product((False, True), repeat=len(control.options))
        return [["", *(o for o, on in zip(control.options, pick, strict=True) if on)] for pick in picks]
    return [[f"Where is my order number {n}, and who answers?"] for n in range(MOST)]


if __name__ == "__main__":
    main()
