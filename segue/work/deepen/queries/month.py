"""The top of month 5: what is begun, what the law brings next, what is due."""

from __future__ import annotations

from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.shared import clock
from segue.work.deepen.law import Fact, distance, law
from segue.work.deepen.models import ModelItem, ModelState
from segue.work.deepen.outline import Outline
from segue.work.deepen.queries.sheets import SheetCard, marked_sheets, sheet_cards

MOST_AHEAD = 3


@dataclass(frozen=True)
class DeepenPage:
    """The top of month 5. ``marked``: sheets whose law has changed; ``ahead``: rules that begin to apply, and how far off.

    ``analyses``: cases whose analysis was finished; ``due``: models to be looked at by today.
    """

    groups: tuple[tuple[str, tuple[SheetCard, ...]], ...]
    marked: tuple[Outline, ...]
    ahead: tuple[tuple[Fact, str], ...]
    analyses: int
    replays: int
    models: int
    due: tuple[ModelItem, ...]


def deepen_page(learner: Learner, turn: Turn) -> DeepenPage:
    """The sheets, the law ahead, cases, replays, models. Five queries."""
    today = clock.today()
    coming = ((fact, fact.days_until(today)) for fact in law().facts)
    ahead = sorted(((fact, days) for fact, days in coming if days is not None and days > 0), key=lambda pair: pair[1])
    models = [model for model in learner.model_items.all() if model.state != ModelState.RETIRED]
    return DeepenPage(
        groups=sheet_cards(learner, turn),
        marked=marked_sheets(learner),
        ahead=tuple((fact, distance(days)) for fact, days in ahead[:MOST_AHEAD]),
        analyses=learner.case_analyses.exclude(kept_at=None).count(),
        replays=learner.replays.count(),
        models=len(models),
        due=tuple(model for model in models if model.next_review_on and model.next_review_on <= today),
    )
