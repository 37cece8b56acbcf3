"""What there is to call: each command with its options, its help and its examples. The reference in docs is written from this."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

EXIT_CODES = (
    (0, "done"),
    (1, "a bug (a traceback follows)"),
    (2, "something you can mend: the message says what and how"),
    (3, "the check that you asked for did not pass: a gate, or figures that can't be reproduced"),
    (130, "stopped with Ctrl-C; the same command goes on from where it was"),
)


@dataclass(frozen=True)
class Option:
    """An argument of a command: its names, its help, and what else ``argparse`` is told."""

    names: tuple[str, ...]
    help: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """As it is typed."""
        choices = "{" + ",".join(self.more["choices"]) + "}" if "choices" in self.more else ""
        value = str(self.more.get("metavar") or choices)
        if not self.names[0].startswith("-"):
            return value or self.names[0]
        return f"{self.names[0]} {value}".rstrip()


@dataclass(frozen=True)
class Command:
    """A command. ``run``: module and function, called with the parsed arguments; it returns the exit code."""

    name: str
    run: str
    summary: str
    details: str
    options: tuple[Option, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


def _whole(low: int, high: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"a number from {low} to {high}, not {number}")
        return number

    return whole


def _share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"a number between 0 and 1, not {text}")
    return number


def _cost(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 <= number < 1e12:
        raise argparse.ArgumentTypeError(f"a cost is 0 or more, not {text}")
    return number


FILE = Option(("file",), "the feedback: CSV, TSV, JSON lines, XLSX or Parquet", {"metavar": "FILE"})
RUN = Option(("run",), "the folder of a run", {"metavar": "RUN"})
INTO = Option(
    ("--run",), "the folder of the run; without it one named after FILE, ending in -lab, in this folder", {"metavar": "FOLDER"}
)
OUT = Option(("--out",), "the file to write", {"metavar": "FILE"})
SEED = Option(
    ("--seed",), "the seed of all that is drawn at random (0)", {"type": _whole(0, 2**31), "default": 0, "metavar": "N"}
)
TARGET = Option(
    ("--target",), "the column to predict; without it the label column, else the rating", {"metavar": "COLUMN", "default": ""}
)
ROLES = (
    Option(("--text",), "the column with the text", {"metavar": "COLUMN"}),
    Option(("--time",), "the column with the time; '' for none", {"metavar": "COLUMN"}),
    Option(("--rating",), "the column with the rating; '' for none", {"metavar": "COLUMN"}),
    Option(("--label",), "the column with the label; '' for none", {"metavar": "COLUMN"}),
    Option(
        ("--segment",),
        "a column that cuts rows into groups, for numbers with edges as in Age:25,35,50; may be given several times; '' for none",
        {"metavar": "COLUMN", "action": "append"},
    ),
    Option(("--sheet",), "the sheet of an XLSX file", {"metavar": "NAME"}),
    Option(("--delimiter",), "what parts the cells of a CSV file", {"metavar": "SIGN"}),
    Option(("--encoding",), "the encoding of a text file", {"metavar": "NAME"}),
)
COSTS = (
    Option(("--positive",), "the class whose threshold is chosen by cost", {"metavar": "CLASS", "default": ""}),
    Option(("--cost-miss",), "what a missed case costs (1)", {"type": _cost, "default": 1.0, "metavar": "COST"}),
    Option(("--cost-alarm",), "what a false alarm costs (1)", {"type": _cost, "default": 1.0, "metavar": "COST"}),
)
LABELS = Option(
    ("--labels",),
    "a file of labels by hand (columns row and label); two files measure agreement",
    {"metavar": "FILE", "action": "append"},
)
COMMON = (
    Option(("--engine",), "what does the work (auto)", {"choices": ("auto", "serial", "pool", "dask"), "default": "auto"}),
    Option(
        ("--workers",), "worker processes; 0 takes one for each core (0)", {"type": _whole(0, 256), "default": 0, "metavar": "N"}
    ),
    Option(
        ("--scheduler",),
        "address of a Dask scheduler, for --engine dask; its workers get rows as they are and redact them",
        {"metavar": "ADDRESS", "default": ""},
    ),
)
OUTPUT = (
    Option(("--json",), "print the result as JSON, nothing else", {"action": "store_true"}),
    Option(("--quiet",), "no progress", {"action": "store_true"}),
)
ANALYSIS = (
    Option(("--question",), "what the analysis is for, in a sentence; it opens the report", {"metavar": "TEXT", "default": ""}),
    Option(("--title",), "the title of the report", {"metavar": "TEXT", "default": ""}),
    Option(
        ("--themes",), "how many broad themes; 0 leaves it to the data (0)", {"type": _whole(0, 50), "default": 0, "metavar": "N"}
    ),
    TARGET,
    LABELS,
    *COSTS,
    Option(("--selects-people",), "CLASS means that a person is selected: show the four-fifths view", {"action": "store_true"}),
    Option(("--model-rows",), "rows for models at most (20000)", {"type": _whole(50, 50_000), "default": 20_000, "metavar": "N"}),
    SEED,
)

COMMANDS = (
    Command(
        "analyse",
        "feedback_lab.cli.analysing:analyse",
        "from a file of feedback to a report: all steps",
        "Guesses what each column is for and says so, replaces personal data before anything is stored, finds themes, compares\n"
        "models with simple baselines, reads the errors, and writes report.html, model-card.md and datasheet.md into the folder\n"
        "of the run. Killed or stopped, the same command goes on from the last finished step. The same file with the same\n"
        "settings gives the same figures. Nothing leaves this machine, unless you name a Dask scheduler on another.",
        (FILE, INTO, *ROLES, *ANALYSIS, *COMMON, *OUTPUT),
        (
            ("feedback-lab analyse reviews.csv", "all steps, into reviews-lab/"),
            ("feedback-lab analyse reviews.csv --target Department --themes 12", "other settings; unchanged steps are kept"),
        ),
    ),
    Command(
        "profile",
        "feedback_lab.cli.analysing:profile",
        "the data as it is: gaps, doubles, languages, leaks",
        "The steps ingest, redact and profile.",
        (FILE, INTO, *ROLES, SEED, *COMMON, *OUTPUT),
        (("feedback-lab profile reviews.csv", "what is in the file, and what is wrong with it"),),
    ),
    Command(
        "redact",
        "feedback_lab.cli.analysing:redact",
        "a copy of the file's used columns without personal data",
        "Replaces e-mail addresses, phone numbers, cards and so on by placeholders such as [EMAIL]. Names and addresses are\n"
        "found only in part; the command says what is not caught. Writes CSV.",
        (FILE, OUT, *ROLES, *OUTPUT),
        (("feedback-lab redact reviews.csv --out clean.csv", "a file that is safer to share"),),
    ),
    Command(
        "themes",
        "feedback_lab.cli.editing:themes",
        "list themes, and mend them by hand: rename, merge, split, undo",
        "Edits are kept in the folder of the run and are applied when the analysis runs anew, also on more data. Give the\n"
        "command analyse again afterwards: it does only the steps that the edits change.",
        (
            RUN,
            Option(
                ("action",),
                "what to do (list)",
                {"nargs": "?", "choices": ("list", "rename", "merge", "split", "undo"), "default": "list"},
            ),
            Option(
                ("about",),
                "the number of the theme (merge: of all that join it), then for rename the name",
                {"nargs": "*", "metavar": "WHAT"},
            ),
            Option(("--into",), "pieces of a split (2)", {"type": _whole(2, 20), "default": 2, "metavar": "N"}),
            *OUTPUT,
        ),
        (
            ("feedback-lab themes reviews-lab", "numbers, names, rows"),
            ('feedback-lab themes reviews-lab rename 3 "Sizes run small"', "a name of your own"),
            ("feedback-lab themes reviews-lab merge 3 7", "7 joins 3"),
            ("feedback-lab themes reviews-lab split 3 --into 2", "one becomes two"),
        ),
    ),
    Command(
        "label",
        "feedback_lab.cli.labelling:label",
        "what to label next, how far two labellers agree, the gold set",
        "Without options: writes the queue (a CSV to fill in) and a draft of the labelling guide. With --labels twice: Cohen's\n"
        "kappa. With --gold: writes the gold set, of one labeller, or of two where they agree, with --decisions for the rest.",
        (
            RUN,
            LABELS,
            Option(("--queue",), "where to write the queue (RUN/label/queue.csv)", {"metavar": "FILE"}),
            Option(("--gold",), "write the gold set into this file", {"metavar": "FILE"}),
            Option(("--decisions",), "labels that settle where two labellers differ", {"metavar": "FILE"}),
            *OUTPUT,
        ),
        (
            ("feedback-lab label reviews-lab", "the queue and the guide"),
            ("feedback-lab label reviews-lab --labels ann.csv --labels ben.csv", "how far they agree"),
            (
                "feedback-lab label reviews-lab --labels ann.csv --labels ben.csv --decisions settled.csv --gold gold.csv",
                "the gold set",
            ),
        ),
    ),
    Command(
        "train",
        "feedback_lab.cli.modelling:train",
        "compare models with baselines, on labels or ratings",
        "The steps up to select and errors, in a folder of their own (FILE's name with -model-lab, unless --run names one).\n"
        "With --labels, the labels by hand are the target.",
        (FILE, INTO, *ROLES, TARGET, LABELS, *COSTS, SEED, *COMMON, *OUTPUT),
        (("feedback-lab train reviews.csv --labels gold.csv", "a model of your own labels"),),
    ),
    Command(
        "evaluate",
        "feedback_lab.cli.modelling:evaluate",
        "check a run's figures again, or hold its model against an eval set",
        "Without --eval-set: computes the figures again from the stored predictions and compares hashes of all files. With it:\n"
        "the gate, which ends with code 3 where the model is below --pass-at.",
        (
            RUN,
            Option(("--eval-set",), "JSON lines or CSV with text and label", {"metavar": "FILE"}),
            Option(
                ("--pass-at",), "macro-F1 that the model must reach (0.5)", {"type": _share, "default": 0.5, "metavar": "SHARE"}
            ),
            *OUTPUT,
        ),
        (
            ("feedback-lab evaluate reviews-lab", "are the figures true?"),
            ("feedback-lab evaluate reviews-lab --eval-set eval.jsonl --pass-at 0.7", "a gate"),
        ),
    ),
    Command(
        "slices",
        "feedback_lab.cli.modelling:slices",
        "the model by group, with intervals",
        "Figures of the recommended model for each group of each segment column, on its test rows.",
        (
            RUN,
            Option(
                ("--positive",),
                "the class that means being selected: adds selection rates and four fifths",
                {"metavar": "CLASS", "default": ""},
            ),
            *OUTPUT,
        ),
        (("feedback-lab slices reviews-lab", "whom the model fails"),),
    ),
    Command(
        "drift",
        "feedback_lab.cli.drifting:drift",
        "new rows against those of a run: what moved, and whether to retrain",
        "With FILE: its rows against the run's. Without: the run's own rows, split by time, order or a column, or replayed.",
        (
            RUN,
            Option(("file",), "new feedback", {"metavar": "FILE", "nargs": "?"}),
            Option(
                ("--by",),
                "how to split the run's own rows: time, order or a column (time)",
                {"metavar": "HOW", "default": "time"},
            ),
            Option(
                ("--share",), "share of rows that are the reference (0.7)", {"type": _share, "default": 0.7, "metavar": "SHARE"}
            ),
            Option(("--periods",), "replay in so many periods (1)", {"type": _whole(1, 52), "default": 1, "metavar": "N"}),
            Option(("--decide",), "log a decision", {"choices": ("ship", "hold", "retrain", "roll back")}),
            Option(("--because",), "its reason", {"metavar": "TEXT", "default": ""}),
            Option(("--who",), "who decided", {"metavar": "NAME", "default": ""}),
            *OUTPUT,
        ),
        (
            ("feedback-lab drift reviews-lab newer.csv", "did the world move?"),
            ("feedback-lab drift reviews-lab --by order --periods 6", "a replay"),
            ('feedback-lab drift reviews-lab newer.csv --decide retrain --because "F1 fell"', "with the decision on record"),
        ),
    ),
    Command(
        "predict",
        "feedback_lab.cli.serving:predict",
        "label a file with the model of a run",
        "Texts are redacted first, as in training. Writes CSV or Parquet, by the ending of --out.",
        (
            RUN,
            FILE,
            OUT,
            Option(("--with-text",), "write the redacted text too", {"action": "store_true"}),
            *ROLES,
            *OUTPUT,
        ),
        (("feedback-lab predict reviews-lab newer.csv --out labelled.csv", "label and confidence for each row"),),
    ),
    Command(
        "serve",
        "feedback_lab.cli.serving:serve",
        "answer requests with the model of a run, on this machine only",
        "GET /schema describes the requests. Models are kept as versions in RUN/versions; --roll-back goes to the one before.",
        (
            RUN,
            Option(("--port",), "the port (8766)", {"type": _whole(0, 65535), "default": 8766, "metavar": "PORT"}),
            Option(("--roll-back",), "go back to the version before, and serve it", {"action": "store_true"}),
            OUTPUT[1],
        ),
        (("feedback-lab serve reviews-lab", "http://127.0.0.1:8766/schema"),),
    ),
    Command(
        "card",
        "feedback_lab.cli.documenting:card",
        "write report, model card and datasheet of a run anew",
        "With --notes: what only a person can know, as JSON from the names that the cards ask for to your words.",
        (RUN, Option(("--notes",), "JSON file", {"metavar": "FILE"}), *OUTPUT),
        (("feedback-lab card reviews-lab --notes notes.json", "with your words in the gaps"),),
    ),
)
