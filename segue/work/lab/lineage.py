"""Where a run comes from: its source, each step with what it was told and what it wrote, as its manifest says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.lab.folders import eval_file, run_folder
from segue.work.lab.models import Analysis, EvalSet, LabelPlan, Version
from segue.work.lab.queries.versions import INPUT_WORDS
from segue.work.lab.reading import is_installed, spoken

if TYPE_CHECKING:
    from feedback_lab.pipeline import Step
    from feedback_lab.pipeline.manifest import Entry, Manifest

MOST_VALUE = 120  # letters of a setting that are shown
UNSET: tuple[object, ...] = ("", 0, False, None, [], {})  # what a setting is where nobody chose
# Which step goes by which of the learner's decisions, by the names under which a version keeps their hashes.
DECISIONS: Mapping[str, tuple[str, ...]] = {
    "label": ("labels",),
    "select": ("labels",),
    "drift": ("labels",),
    "themes": ("themes",),
    "card": ("notes",),
}


@dataclass(frozen=True)
class RunVersion:
    """A finished run whose files are there. ``id``: how a form names it."""

    analysis: Analysis
    number: int
    made_on: date
    manifest_sha256: str

    @property
    def id(self) -> str:
        """Analysis and number."""
        return f"{self.analysis.pk}.{self.number}"


@dataclass(frozen=True)
class LineageStep:
    """A step. ``needs``: steps whose result it uses; ``told``: settings with their values; ``sha256``: over all it wrote.

    ``decided``: names of the learner's decisions that it goes by. ``reason``: why it was left out, empty where it was done.
    """

    name: str
    says: str
    needs: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    decided: tuple[str, ...]
    fingerprint: str
    sha256: str
    files: int
    size: int
    reason: str


@dataclass(frozen=True)
class Decided:
    """Something that the learner decided and the run goes by: labels, edits, answers. Empty ``sha256``: nothing yet."""

    name: str
    says: str
    sha256: str


@dataclass(frozen=True)
class Lineage:
    """A run from its source file to its report. ``rows``: with a text, of ``rows_in_file``; 0 where the look at it is gone.

    ``model``: which was recommended, with a hash over its files; empty without one. ``guide``: of the labels as it stands today,
    with a hash; ``held``: rows put aside to judge versions by.
    """

    run: RunVersion
    program: str
    source_sha256: str
    rows: int
    rows_in_file: int
    steps: tuple[LineageStep, ...]
    decided: tuple[Decided, ...]
    model: str
    model_sha256: str
    report_sha256: str
    guide: str
    guide_sha256: str
    held: int
    held_sha256: str


def run_versions(learner: Learner) -> list[RunVersion]:
    """All finished runs whose files are there, the newest first. One query."""
    rows = Version.objects.filter(analysis__learner=learner, analysis__gone_on=None).select_related("analysis")
    there = [row for row in rows.order_by("-analysis_id", "-number") if run_folder(row.analysis, row.number).is_dir()]
    return [RunVersion(row.analysis, row.number, clock.day_of(row.made_at), row.manifest_sha256) for row in there]


def lineage_of(run: RunVersion) -> Lineage | None:
    """The lineage of a run; ``None`` where the parts that read it are not installed. Raises ``UserError`` for a damaged one."""
    if not is_installed():
        return None
    from feedback_lab.pipeline import STEPS
    from feedback_lab.pipeline.run import open_run

    with spoken():
        folder, manifest = open_run(run_folder(run.analysis, run.number))
    row = Version.objects.get(analysis=run.analysis, number=run.number)
    steps = tuple(_step(step, manifest) for step in STEPS if step.name in manifest.steps)
    ingest = _read(folder.result("ingest"))
    return Lineage(
        run=run,
        program=manifest.version,
        source_sha256=manifest.source_sha256,
        rows=int(ingest.get("kept", 0)),
        rows_in_file=int(ingest.get("rows", 0)),
        steps=steps,
        decided=tuple(Decided(name, says, row.inputs.get(name, "")) for name, says in INPUT_WORDS.items()),
        model=str(_read(folder.result("select")).get("recommended", "")) if _is_done(manifest, "select") else "",
        model_sha256=_hash_of(manifest, "select", "model/"),
        report_sha256=_hash_of(manifest, "card", "report.html"),
        **_labels(run.analysis),
    )


def _read(path: Any) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_done(manifest: Manifest, step: str) -> bool:
    return step in manifest.steps and manifest.steps[step].state == "done"


def _step(step: Step, manifest: Manifest) -> LineageStep:
    entry = manifest.steps[step.name]
    return LineageStep(
        name=step.name,
        says=step.says,
        needs=step.needs,
        told=tuple(_told(step.settings, manifest.config)),
        decided=DECISIONS.get(step.name, ()),
        fingerprint=entry.fingerprint,
        sha256=_all_of(_outputs(entry)),
        files=len(entry.outputs),
        size=sum(output.bytes for output in entry.outputs.values()),
        reason=(entry.reason or "The data was not enough.") if entry.state == "skipped" else "",
    )


def _told(names: Iterable[str], config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Settings as somebody would read them; those that nobody chose say so."""
    for name in names:
        value = config.get(name)
        if isinstance(value, dict):
            chosen = {key: each for key, each in value.items() if each not in UNSET}
            value = "; ".join(f"{key}: {_plain(each)}" for key, each in chosen.items())
        text = _plain(value) if name == "seed" or value not in UNSET else "left to the Lab"
        yield name.replace("_", " "), text if len(text) <= MOST_VALUE else f"{text[:MOST_VALUE]}…"


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _outputs(entry: Entry, under: str = "") -> list[str]:
    return [f"{name} {output.sha256}" for name, output in sorted(entry.outputs.items()) if name.startswith(under)]


def _all_of(lines: list[str]) -> str:
    """One hash over names and hashes of files; that of none is empty."""
    return sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def _hash_of(manifest: Manifest, step: str, under: str) -> str:
    """The hash of the one file under a name, or one hash over all of them."""
    if step not in manifest.steps:
        return ""
    lines = _outputs(manifest.steps[step], under)
    return lines[0].rpartition(" ")[2] if len(lines) == 1 else _all_of(lines)


def _labels(analysis: Analysis) -> dict[str, Any]:
    plan = LabelPlan.objects.filter(analysis=analysis).first()
    held = EvalSet.objects.filter(analysis=analysis).first()
    is_there = held is not None and eval_file(analysis).is_file()
    return {
        "guide": f"{len(plan.classes)} classes, revision {plan.revision}" if plan and plan.classes else "",
        "guide_sha256": sha256(plan.guide.encode()).hexdigest() if plan and plan.guide else "",
        "held": len(held.rows) if held and is_there else 0,
        "held_sha256": held.sha256 if held and is_there else "",
    }
