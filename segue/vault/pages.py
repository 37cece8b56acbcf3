"""The readable side of an export: the same content as Markdown, for whoever has no Segue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from segue.core.evidence import Ledger
from segue.core.loop import Turn
from segue.core.readiness import Readiness
from segue.core.wording import counted, spoken_minutes, written_date
from segue.vault.document import Document

_HEAD = ("number", "sort", "on", "kind", "activity_id", "competencies", "minutes", "facts", "confidentiality", "link")
_WORDS = ("reviewer_name", "reviewer_relation", "reviewer_role", "reviewer_practises_ai", "marks", "revises", "subject")


def pages_of(document: Document, ledger: Ledger, readiness: Readiness, turn: Turn | None) -> dict[str, str]:
    """Name in the archive -> text."""
    pages = {
        "README.md": _readme(document),
        "log.md": _log(document),
        "readiness.md": _readiness(readiness, ledger),
        "plan.md": _plan(turn) if turn else "# Plan\n\nThere is no plan yet: it is made in the first hour with Segue.\n",
    }
    for entry in document["entries"]:
        pages[f"evidence/{name_of(entry)}"] = _entry(entry, document["files"])
    return pages


def name_of(entry: Document) -> str:
    """``0012-charter-of-the-feedback-project.md``: the number leads, so that a folder shows them in order."""
    words = re.sub(r"[^a-z0-9]+", "-", (entry["title"] or entry["sort"]).lower()).strip("-")[:60].strip("-")
    return f"{entry['number']:04d}-{words or entry['sort']}.md"


def _readme(document: Document) -> str:
    whose = document["learner"]["name"] or "a learner"
    entries, files = len(document["entries"]), len(document["files"])
    return f"""# Segue: everything of {_line(whose)}

Made on {_day(document["exported_at"][:10])} by Segue {document["segue"]}: {counted(entries, "piece")} of the ledger,
{counted(files, "attached file")}.

| File | What it is |
|---|---|
| `evidence/` | every entry of the ledger as a page, in the order recorded |
| `log.md` | what was done on which day, and how long it took |
| `readiness.md` | how ready, line by line, on the day of the export |
| `plan.md` | what was planned from that day on |
| `files/` | what was attached, each file called after its SHA-256 checksum and its name |
| `export.json` | all of it as data; only this and `files/` are read when it is imported |

To bring it into another Segue, which must still be empty: `segue import FILE.zip`. The format of `export.json` is described in
Segue's documentation (docs/reference/data-files.md); it is plain JSON.

Entries marked private may name people or hold what your company keeps to itself: look before you pass this on.
"""


def _entry(entry: Document, files: Document) -> str:
    head = {name: entry[name] for name in _HEAD if entry[name] not in ("", None, [], {}, 0)}
    head |= {name: entry[name] for name in _WORDS if entry[name]}
    attached = [f"- [{_line(f['name'])}](<../{files[f['sha256']]['path']}>) ({f['size']} bytes)" for f in entry["attachments"]]
    parts = [
        "---",
        f"title: {json.dumps(entry['title'], ensure_ascii=False)}",
        *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()),
        f"recorded_at: {entry['recorded_at']}",
        "---",
        "",
        f"# {_line(entry['title'] or entry['sort'].capitalize())}",
        "",
        entry["body"],
        *(["", "## Attached", "", *attached] if attached else []),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _log(document: Document) -> str:
    lines = ["# Log", ""]
    day = ""
    for entry in sorted(document["entries"], key=lambda e: (e["on"], e["number"])):
        if entry["on"] != day:
            day = entry["on"]
            lines += ["", f"## {_day(day)}", ""]
        minutes = f" ({spoken_minutes(entry['minutes'])})" if entry["minutes"] else ""
        what = _line(entry["title"] or entry["body"][:80] or entry["activity_id"])
        lines.append(f"- {entry['number']}, {entry['sort']}: {what}{minutes}")
    return "\n".join(lines) + "\n"


def _readiness(readiness: Readiness, ledger: Ledger) -> str:
    lines = [
        "# Readiness",
        "",
        f"As of {written_date(readiness.on)}, from {counted(len(ledger.artefacts), 'piece')} of standing evidence. Computed by "
        "published rules; a self-rating is shown and never counts. Not meant for decisions about staff.",
    ]
    for gate in readiness.gates:
        lines += ["", f"## {gate.gate.name}: {'open' if gate.met else 'not yet open'}", ""]
        lines += [f"- [{_tick(line.met)}] {line.text} ({line.have} of {line.count})" for line in gate.lines]
    for result in readiness.results:
        own = f", self-rated {result.self_level}" if result.self_level is not None else ""
        lines += ["", f"## {result.competency.id} {result.competency.name}: level {result.level}{own}"]
        for level in result.levels:
            lines += ["", f"### Level {level.level.number}", ""]
            lines += [f"- [{_tick(line.met)}] {line.text} {_reason(line)}".rstrip() for line in level.lines]
    return "\n".join(lines) + "\n"


def _reason(line: Any) -> str:
    if line.met:
        return f"(entries {', '.join(map(str, line.by))})" if line.by else ""
    return f"(missing: {line.missing})"


def _plan(turn: Turn) -> str:
    return "\n".join(_plan_lines(turn)) + "\n"


def _plan_lines(turn: Turn) -> Iterator[str]:
    plan = turn.plan
    yield "# Plan"
    yield ""
    end = f"It ends on {written_date(plan.ends_on)}." if plan.ends_on else "It has no end date: some tasks have no day."
    yield f"As of {written_date(plan.today)}. {end}"
    day: date | None = None
    for session in plan.sessions:
        if session.on != day:
            day = session.on
            yield from ("", f"## {written_date(day)}", "")
        part = f", part {session.part} of {session.parts}" if session.parts > 1 else ""
        yield f"- {_line(turn.activities[session.task_id].title)}{part} ({spoken_minutes(session.minutes)})"
    if plan.unplaced:
        yield from ("", "## Without a day", "")
        yield from (f"- {unplaced.reason}" for unplaced in plan.unplaced)


def _tick(met: bool) -> str:
    return "x" if met else " "


def _day(text: str) -> str:
    return written_date(date.fromisoformat(text))


def _line(text: str) -> str:
    """On one line, and no markup: it stands in a heading or a list."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
