"""The part of an export that month 5 keeps: sheets, analyses of cases, replays, models that are looked after."""

from __future__ import annotations

import re
from datetime import datetime

from segue.vault.section import ENTRY, Row, Section
from segue.work.deepen.cases import cases, is_comparison
from segue.work.deepen.models import CaseAnalysis, ModelItem, ModelState, Replay, Sheet
from segue.work.deepen.monitors import monitors_of
from segue.work.deepen.outline import outlines
from segue.work.deepen.register import changes_of
from segue.work.deepen.replay_figure import figure_of
from segue.work.deepen.replay_text import report_of
from segue.work.deepen.replaying import course_of, hindsight_of
from segue.work.deepen.slicing import SORT as SLICES

_CHECKSUM = re.compile(r"(?:[0-9a-f]{64})?")
_KEY = re.compile(r"[\w-]{1,16}", re.ASCII)


def _are_words(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(name, str) and isinstance(text, str) for name, text in value.items())


def _is_checksum(value: object) -> bool:
    return isinstance(value, str) and bool(_CHECKSUM.fullmatch(value))


def _is_key(value: object) -> bool:
    return isinstance(value, str) and bool(_KEY.fullmatch(value))


def _is_sheet(row: Row) -> bool:
    known = isinstance(row["sort"], str) and row["sort"] in {*outlines(), SLICES}
    return known and _are_words(row["answers"]) and _are_words(row["law"]) and _is_checksum(row["recorded"])


def _is_analysis(row: Row) -> bool:
    known = isinstance(row["case_id"], str) and row["case_id"] in {case.id for case in cases()}
    return known and _are_words(row["texts"]) and is_comparison(row["points"]) and _is_checksum(row["recorded"])


def _is_replay(row: Row) -> bool:
    sums = _is_checksum(row["recorded"]) and _is_checksum(row["manifest_sha256"])
    return _is_key(row["key"]) and sums and _can_be_played(row)


def _can_be_played(row: Row) -> bool:
    """Whether its pages could be shown: the figures nest too deep to be checked one by one."""
    plain = ("file_name", "version", "split", "shift", "seed", "plan", "weeks", "shown", "decisions")
    replay = Replay(made_at=datetime.fromisoformat(str(row["made_at"])), **{name: row[name] for name in plain})
    try:
        monitors = monitors_of(replay.plan)
        course = course_of(replay.plan, replay.weeks, replay.decisions, len(replay.weeks))
        if not replay.weeks:
            return not replay.decisions and replay.shown == 0
        figure_of(course, monitors), hindsight_of(replay.plan, course), report_of(replay, course)
    except (TypeError, KeyError, ValueError, AttributeError, IndexError, ZeroDivisionError):
        return False
    return 0 <= replay.shown <= len(replay.weeks)


def _is_model(row: Row) -> bool:
    sums = _is_checksum(row["data_sha256"]) and _is_checksum(row["manifest_sha256"])
    is_looked_at = row["state"] == ModelState.RETIRED or row["next_review_on"] is not None
    return _is_key(row["key"]) and sums and is_looked_at and _is_history(row["history"])


def _is_history(value: object) -> bool:
    if not isinstance(value, list) or not all(map(_are_words, value)):
        return False
    try:
        return len(changes_of(value)) == len(value)
    except (KeyError, ValueError):
        return False


SECTIONS = (
    Section(
        "sheets",
        Sheet,
        ("sort", "answers", "window", "revision", "saved_at", "law", "recorded"),
        links=(ENTRY,),
        once=lambda row: row["sort"],
        is_sound=_is_sheet,
    ),
    Section(
        "case_analyses",
        CaseAnalysis,
        ("case_id", "texts", "window", "revision", "saved_at", "kept_at", "points", "lesson", "recorded"),
        links=(ENTRY,),
        once=lambda row: row["case_id"],
        is_sound=_is_analysis,
    ),
    Section(
        "replays",
        Replay,
        (
            *("key", "analysis", "version", "file_name", "manifest_sha256", "split", "shift", "seed"),
            *("plan", "weeks", "shown", "decisions", "made_at", "recorded"),
        ),
        links=(ENTRY,),
        once=lambda row: row["key"],
        is_sound=_is_replay,
    ),
    Section(
        "models",
        ModelItem,
        (
            *("key", "name", "purpose", "version", "state", "owner", "next_review_on", "analysis", "lab_version"),
            *("data_sha256", "manifest_sha256", "note", "history"),
        ),
        once=lambda row: row["key"],
        is_sound=_is_model,
    ),
)
FREE = frozenset({"plan", "weeks", "decisions", "history", "law", "points"})
