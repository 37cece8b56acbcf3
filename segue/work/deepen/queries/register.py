"""What the pages of the model register show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.deepen.models import ModelItem, ModelState
from segue.work.deepen.register import SHORT, Change, changes_of, is_due, review_words
from segue.work.lab.lineage import RunVersion, run_versions


@dataclass(frozen=True)
class ModelRow:
    """A model in the list."""

    item: ModelItem
    review: str
    is_due: bool


@dataclass(frozen=True)
class ModelsPage:
    """The register: those whose review is due, the others, and those that are retired. ``runs``: from which one can begin."""

    due: tuple[ModelRow, ...]
    others: tuple[ModelRow, ...]
    retired: tuple[ModelRow, ...]
    runs: tuple[RunVersion, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no model is in it."""
        return not (self.due or self.others or self.retired)


@dataclass(frozen=True)
class ModelPage:
    """A model. ``run``: the one that it comes from, where its files are there."""

    row: ModelRow
    changes: tuple[Change, ...]
    run: RunVersion | None
    data: str
    manifest: str


def models_page(learner: Learner, today: date) -> ModelsPage:
    """The register, the longest due first, then by the day of the next review. Two queries."""
    rows = [_row(item, today) for item in learner.model_items.order_by("next_review_on", "name", "id")]
    living = [row for row in rows if row.item.state != ModelState.RETIRED]
    return ModelsPage(
        due=tuple(row for row in living if row.is_due),
        others=tuple(row for row in living if not row.is_due),
        retired=tuple(row for row in rows if row.item.state == ModelState.RETIRED),
        runs=tuple(run_versions(learner)),
    )


def _row(item: ModelItem, today: date) -> ModelRow:
    return ModelRow(item, review_words(item, today), is_due(item, today))


def item_or_404(learner: Learner, key: str) -> ModelItem:
    """A model of this learner; 404 for anybody else's."""
    item = learner.model_items.filter(key=key).first()
    if item is None:
        raise Http404
    return item


def model_page(learner: Learner, key: str) -> ModelPage:
    """A model with its history. Two queries."""
    item = item_or_404(learner, key)
    run = run_of(run_versions(learner), f"{item.analysis}.{item.lab_version}")
    row = _row(item, clock.today())
    return ModelPage(row, changes_of(item.history), run, item.data_sha256[:SHORT], item.manifest_sha256[:SHORT])


def run_of(runs: list[RunVersion], named: str) -> RunVersion | None:
    """The run that is named so; ``None`` where there is none."""
    return next((run for run in runs if run.id == named), None)
