"""From a file to a report: the steps by name, and doing them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from feedback_lab.pipeline.config import Config
from feedback_lab.pipeline.data_steps import do_ingest, do_profile, do_redact
from feedback_lab.pipeline.document_steps import do_card, notes_mark
from feedback_lab.pipeline.meaning_steps import do_drivers, do_embed, do_sentiment, do_themes, edits_mark
from feedback_lab.pipeline.model_steps import do_drift, do_errors, do_label, do_select, do_slices, labels_mark
from feedback_lab.pipeline.running import Outcome, Progress, Step, run_steps

__all__ = ["STEPS", "Config", "Outcome", "Step", "analyse", "analyse_again", "run_steps", "up_to"]

_COSTS = ("positive", "cost_false_positive", "cost_false_negative")

# In this order. Log, progress, report and documents use these names. Redaction comes before anything is stored; that is why it
# comes before profile (decision 0014).
STEPS: tuple[Step, ...] = (
    Step(
        "ingest",
        "read the file, give columns their roles, set bad rows aside",
        do_ingest,
        (),
        ("roles",),
        weight=2,
        reads_source=True,
    ),
    Step("redact", "replace personal data, store the rows", do_redact, ("ingest",), (), ("rows",), weight=8, reads_source=True),
    Step("profile", "look at the data and its faults", do_profile, ("ingest", "redact"), weight=6),
    Step("embed", "turn texts into vectors", do_embed, ("redact",), folders=("embed",), weight=10),
    Step("themes", "find what texts are about", do_themes, ("embed",), ("seed", "themes"), ("themes",), edits_mark, weight=12),
    Step("sentiment", "tone by a lexicon, checked against ratings", do_sentiment, ("embed",), weight=4),
    Step(
        "label",
        "what to label next, how far labellers agree",
        do_label,
        ("themes",),
        ("seed", "labels", "gold"),
        ("label",),
        labels_mark,
        2,
    ),
    Step(
        "select",
        "compare models with baselines",
        do_select,
        ("ingest", "embed"),
        ("seed", "target", "labels", "gold", "model_rows"),
        ("select", "model"),
        labels_mark,
        weight=40,
    ),
    Step("errors", "what the model gets wrong", do_errors, ("select",), ("seed", *_COSTS)),
    Step("slices", "the model by group", do_slices, ("select",), ("seed", "positive", "selection")),
    Step("drivers", "themes beside ratings, groups and time", do_drivers, ("ingest", "themes"), ()),
    Step(
        "drift",
        "the newest rows beside the earlier ones",
        do_drift,
        ("select", "themes"),
        ("seed", "target", "labels", "gold", "model_rows"),
        weight=6,
    ),
    Step("card", "report, model card, datasheet", do_card, (), ("seed", "title", "question"), inputs=notes_mark),
)


def up_to(last: str) -> tuple[Step, ...]:
    """The steps up to one, and it."""
    names = [step.name for step in STEPS]
    return STEPS[: names.index(last) + 1]


def analyse(
    source: str | Path, run: str | Path, *, on_progress: Progress | None = None, engine: str = "auto", **settings: Any
) -> Outcome:
    """All steps on a file, into the folder ``run``, which may hold an earlier run.

    ``settings`` are those of ``Config``. ``on_progress`` gets the step's name and its share done, 0-1. Raises ``LabError`` for
    what a person can mend.
    """
    return run_steps(STEPS, Path(source), Path(run), Config(**settings), on_progress or (lambda step, share: None), engine)


def analyse_again(run: str | Path, *, on_progress: Progress | None = None, engine: str = "auto", **settings: Any) -> Outcome:
    """All steps after redaction, on the rows that the run in the folder ``run`` stored; its source is not needed.

    ``settings`` are those of ``Config``. Raises ``LabError`` where the folder holds no run, or its rows are not as they were
    written.
    """
    return run_steps(STEPS, None, Path(run), Config(**settings), on_progress or (lambda step, share: None), engine)
