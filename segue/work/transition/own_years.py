"""How long somebody has worked in product, and at which level, by the positions of their résumés."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segue.shared import clock
from segue.work.transition.ad_words import SENIORITIES

_PRODUCT = re.compile(r"\bproduct|produkt|\bP[MO]\b", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2}))?")


@dataclass(frozen=True)
class Career:
    """``years``: in product, ``None`` where no résumé says. ``seniority``: of the newest position."""

    years: int | None
    seniority: str


def career_in(documents: Sequence[Mapping[str, Any]]) -> Career:
    """The career that the résumés show."""
    positions = [each for document in documents for each in _positions(document)]
    months: set[int] = set()
    for each in positions:
        months |= _months(each)
    newest = max(positions, key=lambda each: (str(each.get("end") or "9999"), str(each.get("start") or "")), default={})
    title = str(newest.get("position") or "")
    level = next((name for name, _, pattern in SENIORITIES if pattern.search(title)), "")
    return Career(len(months) // 12 if months else None, level)


def _positions(document: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    found = document.get("positions")
    for each in found if isinstance(found, list) else ():
        is_work = isinstance(each, Mapping) and each.get("sort", "work") == "work"
        if is_work and _PRODUCT.search(str(each.get("position") or "")):
            yield each


def _months(position: Mapping[str, Any]) -> set[int]:
    """The months of a position, counted from the year nought; overlapping ones count once."""
    start, end = _month(str(position.get("start") or "")), _month(str(position.get("end") or ""))
    today = clock.today()
    last = today.year * 12 + today.month - 1 if end is None else end
    return set(range(start, min(last, start + 720) + 1)) if start is not None and start <= last else set()


def _month(day: str) -> int | None:
    found = _MONTH.match(day)
    return int(found[1]) * 12 + min(int(found[2] or 1), 12) - 1 if found else None
