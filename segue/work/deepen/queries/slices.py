"""What the pages of slices show: a run, cut by groups, and the report that is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.deepen.models import Sheet
from segue.work.deepen.sheet_text import checksum_of
from segue.work.deepen.slicing import PARTS, SORT, text_of
from segue.work.lab.figures import runs_of
from segue.work.lab.models import Analysis
from segue.work.lab.slicing import Sliced, sliced_of

NO_RUN = "No run is finished yet."


@dataclass(frozen=True)
class Chosen:
    """Which run is cut, and how. ``run``: of the newest where it is 0."""

    run: int = 0
    metric: str = "macro_f1"
    positive: str = ""
    cuts: tuple[str, ...] = ()

    def as_answers(self) -> dict[str, str]:
        """As a sheet keeps it."""
        return {"run": str(self.run), "metric": self.metric, "positive": self.positive, "cuts": "\n".join(self.cuts)}


@dataclass(frozen=True)
class SlicesPage:
    """A run by groups. ``reason``: why there is none; ``words``: the learner’s own; ``is_changed``: since it was recorded."""

    runs: Sequence[Analysis]
    sliced: Sliced | None
    reason: str
    row: Sheet | None
    words: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    entry: Entry | None = None
    is_changed: bool = True

    @property
    def revision(self) -> int:
        """How often it was kept."""
        return self.row.revision if self.row else 0


def kept_choice(row: Sheet | None) -> Chosen:
    """What was chosen last."""
    kept: Mapping[str, str] = row.answers if row else {}
    run = kept.get("run", "")
    cuts = tuple(filter(None, kept.get("cuts", "").split("\n")))
    return Chosen(int(run) if run.isdigit() else 0, kept.get("metric", ""), kept.get("positive", ""), cuts)


def slices_row(learner: Learner) -> Sheet | None:
    """What was kept of the page."""
    return learner.deepen_sheets.filter(sort=SORT).select_related("entry").first()


def sliced_run(runs: Sequence[Analysis], chosen: Chosen) -> Sliced | str:
    """The chosen run by groups, the newest where it is not there; or why not."""
    analysis = next((run for run in runs if run.pk == chosen.run), runs[0] if runs else None)
    return sliced_of(analysis, chosen.cuts, chosen.metric, chosen.positive) if analysis else NO_RUN


def slices_page(learner: Learner, chosen: Chosen | None = None) -> SlicesPage:
    """The page, by what is asked for or else by what was kept. Raises ``UserError`` where the folder of the run was damaged."""
    runs, row = runs_of(learner), slices_row(learner)
    found = sliced_run(runs, chosen or kept_choice(row))
    if isinstance(found, str):
        return SlicesPage(runs, None, found, row)
    words = {name: str(row.answers.get(name, "")) for name in PARTS} if row else {}
    text = text_of(found, words)
    entry = standing(row.entry) if row else None
    is_same = entry is not None and row is not None and is_newest(row.entry_id, entry) and row.recorded == checksum_of(text)
    return SlicesPage(runs, found, "", row, words, text, entry, not is_same)


@dataclass(frozen=True)
class PairChoice:
    """A slice that can be compared with another. ``value``: places of its column and itself."""

    value: str
    label: str


def pair_choices(sliced: Sliced) -> tuple[PairChoice, ...]:
    """All slices of all columns."""
    return tuple(
        PairChoice(f"{at}.{place}", f"{cut.column}: {group.name} (n = {group.n:,})")
        for at, cut in enumerate(sliced.cuts)
        for place, group in enumerate(cut.groups)
    )


def all_cuts(learner: Learner, positive: str = "") -> Sliced | str:
    """The run that was chosen for the report, by all its columns."""
    runs, chosen = runs_of(learner), kept_choice(slices_row(learner))
    first = sliced_run(runs, Chosen(chosen.run, "accuracy", positive or chosen.positive))
    if isinstance(first, str):
        return first
    return sliced_run(runs, Chosen(first.analysis, "accuracy", positive or chosen.positive, first.columns))
