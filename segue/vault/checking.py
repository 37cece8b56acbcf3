"""Reads ``export.json`` as what it is, a file that anybody may have edited: every fault is said with the place where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.models import Attachment, Draft, Entry, KeptText
from segue.schedule.models import Choice, Hours, TimeOff
from segue.vault.document import ATTACHMENT, CHOICE, DRAFT, ENTRY, FORMAT, HOURS, KEPT, LEARNER, TIME_OFF, VERSION, Document
from segue.vault.learning import FREE, SECTIONS, faults_between, rows_in

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_SHOWN = 5

_MAPS: Mapping[str, tuple[type, ...]] = {"facts": (str, int, float), "marks": (bool,)}
_LISTS: Mapping[str, type] = {"competencies": str, "weekday_minutes": int}


def parse(data: bytes) -> Document:
    """The document, checked. Raises ``UserError`` that names the first faults and their places."""
    try:
        document = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"export.json can't be read: {error}.", "Nothing was changed. Export anew, or take another file."
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UserError("export.json is not an export of Segue.", "Nothing was changed. Give the file that “segue export” made.")
    if document.get("format_version") != VERSION:
        raise UserError(
            f"export.json has format {document.get('format_version')}; this Segue reads format {VERSION}.",
            "Nothing was changed. It was made by a newer Segue; install that version.",
        )
    faults = _faults(document)
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise UserError(f"export.json has faults: {'; '.join(faults[:_SHOWN])}{more}.", "Nothing was changed. Export anew.")
    return document


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _faults(document: Document) -> list[str]:
    """The faults of the first kind of which there are any: a check may rely on those before it."""
    return list(_shape_faults(document)) or list(_value_faults(document)) or list(_ledger_faults(document))


def _shape_faults(document: Document) -> Iterator[str]:
    rows = [name for name in ("time_off", "choices", "entries", "drafts") if not _is_rows(document.get(name))]
    yield from (f"“{name}” is no list of objects" for name in rows)
    objects = [name for name in ("learner", "files") if not isinstance(document.get(name), dict)]
    yield from (f"“{name}” is no object" for name in objects)
    learning = document.get("learning", {})
    if not isinstance(learning, dict):
        yield "“learning” is no object"
    else:
        wrong = [section.name for section in SECTIONS if not _is_rows(learning.get(section.name, []))]
        yield from (f"learning: “{name}” is no list of objects" for name in wrong)
    if not isinstance(document.get("hours", 0), dict | None):
        yield "“hours” is neither an object nor null"
    for name, inner in (("entries", "attachments"), ("drafts", "kept")):
        if name not in rows:
            bad = [i for i, row in enumerate(document[name], 1) if not _is_rows(row.get(inner))]
            yield from (f"{name} {i}: “{inner}” is no list of objects" for i in bad)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _value_faults(document: Document) -> Iterator[str]:
    yield from _row_faults("learner", Learner, document["learner"], LEARNER)
    if document["hours"] is not None:
        yield from _row_faults("hours", Hours, document["hours"], HOURS)
    for place, model, rows, names in _tables(document):
        for i, row in enumerate(rows, 1):
            yield from _row_faults(f"{place} {i}", model, row, names)


def _tables(document: Document) -> Iterator[tuple[str, type[models.Model], list[Document], tuple[str, ...]]]:
    yield "time_off", TimeOff, document["time_off"], TIME_OFF
    yield "choices", Choice, document["choices"], CHOICE
    yield "entries", Entry, document["entries"], ENTRY
    yield "drafts", Draft, document["drafts"], DRAFT
    for section in SECTIONS:
        yield section.name, section.model, rows_in(document, section), section.fields
    for entry in document["entries"]:
        yield f"entry {entry.get('number')}, attachment", Attachment, entry["attachments"], ATTACHMENT
    for draft in document["drafts"]:
        yield f"draft {draft.get('key')}, kept text", KeptText, draft["kept"], KEPT


# --- one row --------------------------------------------------------------------------------------------------------------------


def _row_faults(place: str, model: type[models.Model], row: Document, names: tuple[str, ...]) -> Iterator[str]:
    """What the model says of the values: types, lengths, choices."""
    absent = [name for name in names if name not in row]
    if absent:
        yield f"{place}: “{absent[0]}” is missing"
        return
    for name in names:
        fault = _fault_of(model, name, row[name])
        if fault:
            yield f"{place}: “{name}” {fault}"


def _fault_of(model: type[models.Model], name: str, value: Any) -> str:
    if name in _LISTS:
        good = isinstance(value, list) and all(type(item) is _LISTS[name] for item in value)
        return "" if good else f"is no list of {_LISTS[name].__name__}"
    if name in _MAPS:
        good = isinstance(value, dict) and all(type(item) in _MAPS[name] for item in value.values())
        return "" if good else "is no object of plain values"
    if name in FREE:
        return ""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return _type_fault(field, value) or _model_fault(field, value)


def _type_fault(field: models.Field[Any, Any], value: Any) -> str:
    """What JSON allows and the model would quietly turn into something else."""
    if isinstance(field, models.JSONField):
        return "" if isinstance(value, dict) else "is no object"
    if isinstance(field, models.DateTimeField):
        return "has no time zone" if isinstance(value, str) and not _ZONE.search(value) else ""
    if isinstance(field, models.CharField | models.TextField):
        return "" if isinstance(value, str) else "is no text"
    if isinstance(field, models.IntegerField) and type(value) not in (int, NoneType):
        return "is of the wrong type"
    if isinstance(field, models.BooleanField) and not isinstance(value, bool):
        return "is of the wrong type"
    return ""


def _model_fault(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(field, models.JSONField):
        return ""  # its own check takes an empty object for none
    try:
        field.clean(value, None)
    except (ValidationError, ValueError, TypeError) as error:
        return f"is wrong ({'; '.join(error.messages) if isinstance(error, ValidationError) else error})"
    return ""


# --- the ledger -----------------------------------------------------------------------------------------------------------------


def _ledger_faults(document: Document) -> Iterator[str]:
    entries: list[Document] = document["entries"]
    if [entry["number"] for entry in entries] != list(range(1, len(entries) + 1)):
        yield "the entries are not numbered 1, 2, 3 and so on"
    yield from faults_between(document, len(entries))
    for entry in entries:
        yield from (f"entry {entry['number']}: {fault}" for fault in _entry_faults(entry, document["files"]))
    yield from (
        f"files: “{sha}” is no checksum with a path and a size" for sha, f in document["files"].items() if not _is_file(sha, f)
    )


def _entry_faults(entry: Document, files: Document) -> Iterator[str]:
    for name in ("revises", "subject"):
        other = entry.get(name)
        if other is not None and not (type(other) is int and 1 <= other < entry["number"]):
            yield f"“{name}” names no earlier entry"
    for file in entry["attachments"]:
        listed = files.get(file["sha256"])
        if not isinstance(listed, dict) or listed.get("size") != file["size"]:
            yield f"“{file['name']}” is not listed in “files”, or with another size"


def _is_file(sha256: str, file: Any) -> bool:
    path = file.get("path") if isinstance(file, dict) else None
    named = isinstance(path, str) and path.startswith(f"files/{sha256}-") and path.count("/") == 1
    return bool(_SHA256.fullmatch(sha256)) and named and type(file.get("size")) is int
