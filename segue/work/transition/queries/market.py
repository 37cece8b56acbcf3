"""What many ads together ask for, and which gap pays most."""

from __future__ import annotations

from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.work.transition.ad_fit import GAP
from segue.work.transition.ad_words import MUST
from segue.work.transition.models import GapTask, JobAd
from segue.work.transition.queries.ads import TermRow, Way, tasks_by_term, term_rows, ways_for
from segue.work.transition.queries.backing import backing_of
from segue.work.transition.terms import Term

WORST = ("gap", "claimed", "explained", "supported")


@dataclass(frozen=True)
class MarketRow:
    """A term over all ads. ``points``: one for each ad that asks for it, two where it is a must."""

    term: Term
    ads: int
    musts: int
    state: str
    points: int
    task: GapTask | None
    way: Way | None
    ad: JobAd

    @property
    def others(self) -> int:
        """Ads that name it without needing it."""
        return self.ads - self.musts


@dataclass(frozen=True)
class MarketPage:
    """All terms by how many ads ask for them; ``gaps``: those that pay most first."""

    ads: int
    trade: tuple[MarketRow, ...]
    classic: tuple[MarketRow, ...]
    gaps: tuple[MarketRow, ...]


def market_page(learner: Learner, turn: Turn) -> MarketPage:
    """What the market asks for, as far as the saved ads show it."""
    ads = list(learner.job_ads.all())
    backing, tasks = backing_of(learner) if ads else {}, tasks_by_term(learner)
    found: dict[str, list[tuple[JobAd, TermRow]]] = {}
    for ad in ads:
        for each in term_rows(ad, backing, tasks):
            found.setdefault(each.term.id, []).append((ad, each))
    rows = sorted((_row(turn, told) for told in found.values()), key=lambda row: (-row.points, -row.ads, row.term.name))
    trade = tuple(row for row in rows if not row.term.is_classic)
    return MarketPage(
        ads=len(ads),
        trade=trade,
        classic=tuple(row for row in rows if row.term.is_classic),
        gaps=tuple(sorted((row for row in trade if row.state == GAP), key=_pays)),
    )


def _row(turn: Turn, told: list[tuple[JobAd, TermRow]]) -> MarketRow:
    term, musts = told[0][1].term, sum(row.asked.importance == MUST for _, row in told)
    state = min((row.state for _, row in told), key=WORST.index)
    ways = ways_for(turn, term) if state == GAP else ()
    return MarketRow(
        term=term,
        ads=len(told),
        musts=musts,
        state=state,
        points=len(told) + musts,
        task=told[0][1].task,
        way=ways[0] if ways else None,
        ad=next((ad for ad, row in told if row.asked.importance == MUST), told[0][0]),
    )


def _pays(row: MarketRow) -> tuple[float, float, str]:
    """Most points first; of two alike the one that takes fewer hours, those that no activity closes last."""
    return -row.points, row.way.hours if row.way else float("inf"), row.term.name
