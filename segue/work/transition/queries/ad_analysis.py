"""The analysis of the ads as it is recorded: what they ask for, what stands behind it, what becomes of each gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from segue.core.wording import written_date
from segue.work.transition.ad_fit import CLAIMED, GAP
from segue.work.transition.ad_words import MUST, NICE

if TYPE_CHECKING:
    from segue.work.transition.models import JobAd
    from segue.work.transition.queries.ads import TermRow

Ads = Sequence[tuple["JobAd", Sequence["TermRow"]]]


def analysis_text(ads: Ads) -> str:
    """The text, in the parts of its kind."""
    parts = (("Ads", _ads(ads)), ("Must have", _terms(ads, MUST)), ("Nice to have", _terms(ads, NICE)), ("Gaps", _gaps(ads)))
    return "\n\n".join(f"## {heading}\n" + "\n".join(lines or ["None."]) for heading, found in parts for lines in [list(found)])


def _ads(ads: Ads) -> Iterator[str]:
    for row, _ in ads:
        firm = f"{row.company}: " if row.company else ""
        yield f"- {firm}{row.title}, {written_date(row.found_on)}"


def _merged(ads: Ads) -> Mapping[str, list[TermRow]]:
    found: dict[str, list[TermRow]] = {}
    for _, rows in ads:
        for each in rows:
            if not each.term.is_classic:
                found.setdefault(each.term.id, []).append(each)
    return found


def _terms(ads: Ads, importance: str) -> Iterator[str]:
    for rows in _merged(ads).values():
        best = MUST if any(each.asked.importance == MUST for each in rows) else rows[0].asked.importance
        if best == importance:
            yield f"- {rows[0].term.name}: {_standing(rows[0])}"


def _standing(row: TermRow) -> str:
    if row.backings:
        numbers = ", ".join(f"entry {each.proof.number}" for each in row.backings)
        return f"{row.backings[0].words} ({numbers})"
    return "a claim without evidence" if row.state == CLAIMED else "a gap"


def _gaps(ads: Ads) -> Iterator[str]:
    for rows in _merged(ads).values():
        if all(each.state != GAP for each in rows):
            continue
        task = rows[0].task
        if task is None:
            yield f"- {rows[0].term.name}: nothing decided yet"
        elif task.closed_on:
            yield f"- {rows[0].term.name}: left, because {task.what}"
        else:
            hours = f", {task.hours:g} h" if task.hours else ""
            yield f"- {rows[0].term.name}: {task.what}{hours}, by {written_date(task.due_on)}"
