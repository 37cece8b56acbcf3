"""The command ``card``: the documents of a run, written anew."""

from __future__ import annotations

import argparse
import shutil
from datetime import date
from pathlib import Path

from feedback_lab.card import gaps
from feedback_lab.cli.analysing import print_json
from feedback_lab.pipeline.document_steps import NOTES, read_notes, view_of, write_documents
from feedback_lab.pipeline.run import only_one, open_run


def card(parsed: argparse.Namespace) -> int:
    """``feedback-lab card``."""
    folder, manifest = open_run(Path(parsed.run))
    notes = folder.path / NOTES
    with only_one(folder.path):
        if parsed.notes:
            read_notes(Path(parsed.notes))  # refused before it takes the place of the earlier one
            shutil.copyfile(parsed.notes, notes)
        written = write_documents(folder, manifest, date.today())
    missing = gaps(view_of(folder, manifest, date.today()), read_notes(notes))
    if parsed.json:
        print_json({"written": [str(path) for path in written], "gaps": missing})
        return 0
    for path in written:
        print(path)
    if missing:
        print(f"{len(missing)} gaps for a person to fill, as {notes}:")
        for gap in missing:
            print(f"  {gap.key}: {gap.question}")
    return 0
