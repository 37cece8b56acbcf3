"""Commands that run steps on a file: analyse, profile, redact."""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

from feedback_lab.cli.progress import ProgressLine
from feedback_lab.errors import LabError
from feedback_lab.files import plain, whole_file
from feedback_lab.ingest import Wishes, look, read
from feedback_lab.languages import UNKNOWN
from feedback_lab.pipeline import STEPS, Config, Outcome, run_steps, up_to
from feedback_lab.pipeline.data_steps import part_rows
from feedback_lab.pipeline.run import stored
from feedback_lab.records.findings import ThemesResult
from feedback_lab.records.models import SelectResult
from feedback_lab.records.rows import Segment
from feedback_lab.records.source import IngestResult, ProfileResult, RedactResult
from feedback_lab.redact import redact_rows, result
from feedback_lab.spreadsheets import safe_cell

ROLES = ("text", "time", "rating", "label", "segment")


def wishes(parsed: argparse.Namespace) -> Wishes:
    """Roles of columns as the options give them."""
    segments = None if parsed.segment is None else tuple(_segment(text) for text in parsed.segment if text)
    return Wishes(
        text=parsed.text,
        time=parsed.time,
        rating=parsed.rating,
        label=parsed.label,
        segments=segments,
        sheet=parsed.sheet,
        delimiter={"\\t": "\t", "tab": "\t"}.get(parsed.delimiter, parsed.delimiter),
        encoding=parsed.encoding,
    )


def _segment(text: str) -> Segment:
    """``Age:25,35`` is a column with edges; a colon without numbers behind it belongs to the name."""
    column, colon, edges = text.rpartition(":")
    if not colon:
        return Segment(text)
    try:
        found = tuple(float(edge) for edge in edges.split(","))
    except ValueError:
        return Segment(text)
    if list(found) != sorted(set(found)):
        raise LabError(f"The edges of {column} must rise: {edges}.", f"For example --segment {column}:25,35,50.")
    return Segment(column, found)


def folder_of(parsed: argparse.Namespace) -> Path:
    """The folder of the run: as given, else named after the file, in the present folder."""
    if parsed.run:
        return Path(parsed.run)
    name = Path(parsed.file).name
    # A model of other labels must not take the place of the one that a report describes.
    ending = "-model-lab" if parsed.command == "train" else "-lab"
    return Path(f"{name.split('.')[0] or 'run'}{ending}")


def config_of(parsed: argparse.Namespace) -> Config:
    """Settings as the options give them; what a command does not ask for keeps its default."""
    given = vars(parsed)
    names = {
        "seed": "seed",
        "question": "question",
        "title": "title",
        "themes": "themes",
        "target": "target",
        "positive": "positive",
        "selection": "selects_people",
        "cost_false_positive": "cost_alarm",
        "cost_false_negative": "cost_miss",
        "model_rows": "model_rows",
    }
    chosen: dict[str, Any] = {name: given[option] for name, option in names.items() if option in given}
    labels = tuple(str(Path(path).resolve()) for path in given.get("labels") or ())
    if len(labels) > 2:
        raise LabError("More than two files of labels.", "Give one, or two to see how far labellers agree.")
    return Config(roles=wishes(parsed), labels=labels, **chosen)


def carry_out(parsed: argparse.Namespace, last: str) -> Outcome:
    """Do the steps up to one, with progress as asked for."""
    steps = up_to(last)
    line = ProgressLine({step.name: step.weight for step in steps}, parsed.quiet or parsed.json)
    try:
        return run_steps(
            steps, Path(parsed.file), folder_of(parsed), config_of(parsed), line, parsed.engine, parsed.workers, parsed.scheduler
        )
    finally:
        line.close()


def print_json(value: Any) -> None:
    """A record or plain value as JSON on standard output."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=1))


def analyse(parsed: argparse.Namespace) -> int:
    """``feedback-lab analyse``."""
    outcome = carry_out(parsed, STEPS[-1].name)
    if parsed.json:
        print_json(_summary(outcome))
        return 0
    ingest = stored(outcome.folder, "ingest", IngestResult)
    _print_columns(ingest)
    if "themes" not in outcome.skipped:
        _print_themes(stored(outcome.folder, "themes", ThemesResult))
    if "select" not in outcome.skipped:
        print_candidates(stored(outcome.folder, "select", SelectResult))
    print_skipped(outcome)
    print(f"\nReport: {outcome.folder.report}")
    return 0


def _summary(outcome: Outcome) -> dict[str, Any]:
    results = {
        name: json.loads(outcome.folder.result(name).read_text("utf-8"))
        for name in outcome.manifest.steps
        if outcome.folder.result(name).exists()
    }
    return {"run": str(outcome.folder.path), "report": str(outcome.folder.report), "skipped": outcome.skipped, "results": results}


def _print_columns(ingest: IngestResult) -> None:
    print(f"{ingest.name}: {ingest.rows:,} rows, {ingest.kept:,} kept ({ingest.format}, {ingest.encoding})")
    for reason, count in ingest.rejected_by_reason.items():
        first = next((rejected.row for rejected in ingest.rejected if rejected.reason == reason), None)
        where = "" if not first else f" (row {first:,})" if count == 1 else f" (first: row {first:,})"
        print(f"  {count:,} set aside: {reason}{where}")
    for warning in ingest.warnings:
        print(f"  {warning}")
    roles = {role: [column.name for column in ingest.columns if column.role == role] for role in ROLES}
    used = [f"{role}: {', '.join(names)}" for role, names in roles.items() if names]
    print(f"  Columns used as {'; '.join(used)}. Others are not kept.")


def _print_themes(themes: ThemesResult) -> None:
    themes_found = "1 theme" if len(themes.broad) == 1 else f"{len(themes.broad)} themes"
    print(f"\n{themes_found}, {len(themes.fine)} finer ones. {themes.reason}")
    for theme in themes.broad[:12]:
        print(f"  {theme.id:>3}  {theme.share:5.1%}  {theme.rows:>7,}  {theme.name}")
    if len(themes.broad) > 12:
        print(f"  and {len(themes.broad) - 12} more in the report")


def print_candidates(select: SelectResult) -> None:
    """Candidates with their scores as a table."""
    print(f"\nPredicting {select.target.column} ({len(select.target.classes)} classes), {select.n_test:,} test rows: macro-F1")
    for each in select.candidates:
        mark = "  <- recommended" if each.name == select.recommended else ""
        print(f"  {each.name:<22}{each.macro_f1.value:.3f}  ({each.macro_f1.low:.3f} to {each.macro_f1.high:.3f}){mark}")
    print(f"  {select.reason}")
    if select.dropped_classes:
        print(f"  Too rare to learn or to test, and left out: {', '.join(select.dropped_classes)}.")


def print_skipped(outcome: Outcome) -> None:
    """Steps that were left out, and why."""
    for name, reason in outcome.skipped.items():
        print(f"Left out {name}: {reason}")


def profile(parsed: argparse.Namespace) -> int:
    """``feedback-lab profile``."""
    outcome = carry_out(parsed, "profile")
    found = stored(outcome.folder, "profile", ProfileResult)
    if parsed.json:
        print_json({"ingest": stored(outcome.folder, "ingest", IngestResult), "profile": found})
        return 0
    _print_columns(stored(outcome.folder, "ingest", IngestResult))
    told = max(sum(language.rows for language in found.languages), 1)
    languages = ", ".join(
        f"{'not told' if language.value == UNKNOWN else language.value} {language.rows / told:.0%}"
        for language in found.languages[:5]
    )
    print(f"  Words in a text: median {found.words.get('median', 0):.0f}. Languages: {languages or 'not told'}.")
    near = f"Nearly the same, in {found.sampled:,} rows: {found.near_duplicates:,}."
    print(f"  The same text as an earlier row: {found.duplicates:,}. {near}")
    for finding in found.findings:
        print(f"  {finding.severity}: {finding.says} {finding.mend}")
    return 0


def redact(parsed: argparse.Namespace) -> int:
    """``feedback-lab redact``."""
    source = Path(parsed.file)
    out = Path(parsed.out or f"{source.name.split('.')[0]}-redacted.csv")
    if out.exists() and source.exists() and out.samefile(source):
        raise LabError("The copy would take the place of the file itself.", "Name another file: --out.")
    seen = look(source, wishes(parsed))
    total = _write_redacted(source, seen, out)
    if parsed.json:
        print_json({"out": str(out), "redact": total})
        return 0
    _print_columns(seen)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(total.found.items())) or "nothing"
    print(f"Replaced in {total.rows_changed:,} of {total.rows:,} rows: {kinds}.")
    for sentence in total.not_caught:
        print(f"  {sentence}")
    print(f"Written: {out}")
    return 0


def _write_redacted(source: Path, seen: IngestResult, out: Path) -> RedactResult:
    found: Counter[str] = Counter()
    changed = rows = 0
    segments = [segment.column for segment in seen.roles.segments]
    with whole_file(out) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "text", "time", "rating", "label", *segments])
        for part in read(source, seen, part_rows(seen)):
            clean, kinds, count = redact_rows(part)
            found.update(kinds)
            changed += count
            rows += len(part)
            for place in range(len(clean)):
                time = "" if clean.times is None or str(clean.times[place]) == "NaT" else str(clean.times[place])
                rating = (
                    "" if clean.ratings is None or clean.ratings[place] != clean.ratings[place] else f"{clean.ratings[place]:g}"
                )
                label = "" if clean.labels is None else clean.labels[place]
                others = [clean.segments[name][place] for name in segments]
                writer.writerow([clean.number[place], *map(safe_cell, [clean.texts[place], time, rating, label, *others])])
    return result(rows, changed, found)
