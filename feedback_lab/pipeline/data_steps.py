"""Steps on the data itself: ingest, redact, profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feedback_lab.engines.noting import Plain, map_noted
from feedback_lab.files import read_json
from feedback_lab.ingest import look, read
from feedback_lab.parts import PART_ROWS, write_rows
from feedback_lab.pipeline.run import Run
from feedback_lab.pipeline.running import Done
from feedback_lab.profile import profile
from feedback_lab.records.rows import Rows
from feedback_lab.records.source import IngestResult
from feedback_lab.redact import redact_rows, result

OnShare = Callable[[float], None]
# A part of long texts has fewer rows, so that memory is bounded by bytes too.
PART_BYTES = 32_000_000
LEAST_PART = 1_000


def do_ingest(run: Run, on_share: OnShare) -> Done:
    """Look at the source: format, columns, roles, rows kept and set aside. Nothing of the rows is stored."""
    return Done(look(run.read_from(), run.config.roles, on_share))


def do_redact(run: Run, on_share: OnShare) -> Done:
    """Read the source again, replace personal data, and only then store the rows, part by part."""
    seen = run.result(IngestResult)
    folder = run.folder.rows
    done = 0

    def count(part: Plain) -> None:
        nonlocal done
        done += part["rows"]
        on_share(done / max(seen.kept, 1))

    parts = map_noted(run.engine, _redacted, _tasks(run.read_from(), seen, folder), count)
    found: Counter[str] = Counter()
    for part in parts:
        found.update(part["found"])
    total = result(sum(part["rows"] for part in parts), sum(part["changed"] for part in parts), found)
    return Done(total, tuple(sorted(folder.glob("part-*"))))


def _tasks(source: Path, seen: IngestResult, folder: Path) -> Iterator[tuple[Path, tuple[Rows, Path]]]:
    for number, rows in enumerate(read(source, seen, part_rows(seen))):
        part = folder / f"part-{number:05}.parquet"
        yield part.with_suffix(".json"), (rows, part)


def part_rows(seen: IngestResult) -> int:
    """Rows of a part: at most ``PART_ROWS``, fewer where rows are long."""
    return max(LEAST_PART, min(PART_ROWS, PART_BYTES * max(seen.rows, 1) // max(seen.size_bytes, 1)))


def _redacted(task: tuple[Rows, Path]) -> Plain:
    rows, part = task
    clean, found, changed = redact_rows(rows)
    write_rows(part, clean)
    return {"rows": len(rows), "changed": changed, "found": dict(found)}


def part_sizes(run: Run) -> list[int]:
    """Rows of each part, from the notes of the step ``redact``."""
    return [int(read_json(part.with_suffix(".json"))["rows"]) for part in run.parts()]


def do_profile(run: Run, on_share: OnShare) -> Done:
    """Look at the data: gaps, doubles, languages, lengths, dates, ratings, labels, leaks."""
    roles = run.result(IngestResult).roles
    found: Any = profile(run.parts(), roles, run.engine, run.config.seed, on_share)
    return Done(found)
