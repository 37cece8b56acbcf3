"""How well job ads are read: 30 invented ads with a key made by hand, 20 to tune on and 10 held out.

    python benchmarks/job_ads.py [-v]

Prints precision and recall of the terms, how often must, nice and other are told apart, and how many years are right; with ``-v``
each mistake too. The ads and their key lie in ``tests/work/transition/ads``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ADS = ROOT / "tests" / "work" / "transition" / "ads"
TUNED = 20
IMPORTANCES = ("must", "nice", "other")


@dataclass(frozen=True)
class Result:
    """One ad: what was found and what should have been, term -> importance."""

    name: str
    wanted: Mapping[str, str]
    found: Mapping[str, str]
    years: tuple[int, int]

    @property
    def right(self) -> set[str]:
        """Terms that stand in both."""
        return set(self.wanted) & set(self.found)

    def mistakes(self) -> Iterator[str]:
        """Each mistake in a line."""
        yield from (f"missed {term} ({self.wanted[term]})" for term in sorted(set(self.wanted) - self.right))
        yield from (f"extra  {term} ({self.found[term]})" for term in sorted(set(self.found) - self.right))
        for term in sorted(self.right):
            if self.wanted[term] != self.found[term]:
                yield f"{term}: {self.found[term]}, should be {self.wanted[term]}"
        if self.years[0] != self.years[1]:
            yield f"years: {self.years[1]}, should be {self.years[0]}"


@dataclass(frozen=True)
class Figures:
    """Over several ads."""

    ads: int
    terms: int
    precision: float
    recall: float
    split: float
    years: float

    def __str__(self) -> str:
        return (
            f"{self.ads} ads, {self.terms} terms: precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"must/nice/other right {self.split:.3f}, years right {self.years:.2f}"
        )


def results() -> list[Result]:
    """Every ad as it is read, beside its key."""
    from segue.work.transition.ad_parsing import read_ad

    keys: Mapping[str, Any] = yaml.safe_load((ADS / "keys.yaml").read_text("utf-8"))
    found = []
    for name, key in sorted(keys.items()):
        ad = read_ad((ADS / f"{name}.txt").read_text("utf-8"))
        wanted = {term: importance for importance in IMPORTANCES for term in key[importance]}
        found.append(Result(name, wanted, {each.term: each.importance for each in ad.asked}, (key["years"], ad.years)))
    return found


def figures(ads: Sequence[Result]) -> Figures:
    """The figures of some ads together."""
    right = sum(len(ad.right) for ad in ads)
    placed = sum(ad.wanted[term] == ad.found[term] for ad in ads for term in ad.right)
    return Figures(
        ads=len(ads),
        terms=sum(len(ad.wanted) for ad in ads),
        precision=right / sum(len(ad.found) for ad in ads),
        recall=right / sum(len(ad.wanted) for ad in ads),
        split=placed / right,
        years=sum(ad.years[0] == ad.years[1] for ad in ads) / len(ads),
    )


def main() -> None:
    """Prints the figures of both sets."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "segue.settings")
    import django

    django.setup()
    start = time.perf_counter()
    ads = results()
    print(f"tuned on  {figures(ads[:TUNED])}")
    print(f"held out  {figures(ads[TUNED:])}")
    print(f"{len(ads)} ads in {1000 * (time.perf_counter() - start):.0f} ms, the terms read in once")
    if "-v" in sys.argv:
        for ad in ads[:TUNED]:
            print(ad.name, *ad.mistakes(), sep="\n    ")


if __name__ == "__main__":
    main()
