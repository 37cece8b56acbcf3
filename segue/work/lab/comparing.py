"""How the candidates of a run compare, as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segue.shared.components import Column, Table
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.pictures import Picture, brief, names_in, picture_of, table_of, without_commands
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.records.models import Candidate, SelectResult

COLUMNS = (
    Column("Candidate"),
    Column("Macro-F1", is_number=True),
    Column("Accuracy", is_number=True),
    Column("Folds", is_number=True),
    Column("1,000 texts", is_number=True),
    Column("Training", is_number=True),
    Column("Size", is_number=True),
)


@dataclass(frozen=True)
class ModelsPage:
    """The comparison of a run. ``reason``: why the recommended one; ``ways``: what each candidate is, by name.

    ``folded``: how ratings became classes, where the reason does not say it.
    """

    column: str
    kind: str
    folded: str
    n_train: int
    n_test: int
    recommended: str
    reason: str
    candidates: Picture
    table: Table
    ways: Sequence[tuple[str, str]]
    classes: Table | None
    dropped: str
    curve: Picture | None


@dataclass(frozen=True)
class Targets:
    """What can be predicted: columns of the file, by what they are. ``chosen``: which the newest run learnt."""

    columns: Sequence[tuple[str, str]]
    chosen: str


def models_of(analysis: Analysis) -> ModelsPage | str:
    """The comparison of the newest run, or why there is none. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.document_steps import with_costs
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        if manifest.steps["select"].state == "skipped":
            return without_commands(manifest.steps["select"].reason)
        return _page(with_costs(stored(folder, "select", SelectResult), manifest.steps["select"].measured))


def targets_of(analysis: Analysis) -> Targets:
    """The columns of label and rating in the file."""
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult
    from feedback_lab.records.source import IngestResult

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        roles = stored(folder, "ingest", IngestResult).roles
        left_out = manifest.steps["select"].state == "skipped"
        chosen = "" if left_out else stored(folder, "select", SelectResult).target.column
    columns = [
        (name, f"{brief(name)}, {what}") for name, what in ((roles.label, "the label"), (roles.rating, "the rating")) if name
    ]
    return Targets(columns, chosen)


def _page(found: SelectResult) -> ModelsPage:
    from feedback_lab.card.models_section import candidates_figure, classes_table, curve_figure

    best = next((each for each in found.candidates if each.name == found.recommended), None)
    curve = curve_figure(found)
    ordered = _ordered(found.candidates)
    return ModelsPage(
        column=brief(found.target.column),
        kind=found.target.kind,
        folded="" if found.target.says in found.reason else found.target.says,
        n_train=found.n_train,
        n_test=found.n_test,
        recommended=found.recommended,
        reason=found.reason,
        candidates=picture_of(candidates_figure(found), "candidates", with_table=False),
        table=_table(found, ordered),
        ways=[(each.name, each.says) for each in ordered],
        classes=table_of(classes_table(best)) if best is not None and best.classes else None,
        dropped=names_in(found.dropped_classes) if found.dropped_classes else "",
        curve=picture_of(curve, "curve") if curve is not None else None,
    )


def _ordered(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best first, as the picture has them; a score that is not known comes last."""
    return sorted(candidates, key=lambda each: (-each.macro_f1.value if each.macro_f1.value >= 0 else 1.0, each.name))


def _table(found: SelectResult, ordered: Sequence[Candidate]) -> Table:
    from feedback_lab.card import wording as w

    costs = {cost.name: cost for cost in found.costs}
    rows = []
    for each in ordered:
        cost = costs.get(each.name)
        measured = (
            [w.milliseconds(cost.milliseconds_per_1000), w.seconds(cost.fit_seconds), w.size(cost.size_bytes)]
            if cost
            else ["–"] * 3
        )
        name = f"{each.name} (recommended)" if each.name == found.recommended else each.name
        folds = f"{w.figure(min(each.folds))} to {w.figure(max(each.folds))}" if each.folds else "–"
        rows.append([name, w.short(each.macro_f1), w.short(each.accuracy), folds, *measured])
    return Table(
        "Candidates on the same test rows, with 95% intervals; times as measured on the machine of the run", COLUMNS, rows
    )
