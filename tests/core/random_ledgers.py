"""Random ledgers of the sample programme: work, versions, claims, reviews of all sorts, withdrawals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from segue.core.evidence import Entry, Sort
from segue.core.projection import project
from tests.core.sample import MONDAY, SAMPLE, day, named

LAST_DAY = 60
# Not the diagnostic: doing it again may show that less is known, which takes back what one explanation confirmed.
KINDS = ("explanation", "quiz", "memo", "note", "report", "talk", "story", "mentor-review", "effect")
CHOICES: Mapping[str, tuple[float | str, ...]] = {
    "score": (50, 80, 95),
    "items": (5, 20, 30),
    "data": ("toy", "realistic", "real"),
    "accuracy": ("unchecked", "sound"),
    "role": ("engineer", "scientist", "lawyer"),
}
IDS = ("", *SAMPLE.by_id)
FAIR = tuple(replace(e, id=-e.id, subject=-e.subject if e.subject else None) for e in project(SAMPLE, MONDAY))


@st.composite
def artefacts(draw: st.DrawFn, number: int, before: list[Entry], kind: str | None = None) -> Entry:
    """Work that can be checked or not; a version of something before it, or not."""
    fields = {f.name for f in SAMPLE.kinds[kind or "report"].fields} | {"score", "role"}
    return Entry(
        number,
        Sort.ARTEFACT,
        day(draw(st.integers(0, LAST_DAY))),
        kind=kind or draw(st.sampled_from(KINDS)),
        activity_id=draw(st.sampled_from(IDS)),
        competencies=tuple(draw(st.lists(st.sampled_from(("C1", "C2", "T")), max_size=3, unique=True))),
        minutes=draw(st.sampled_from((0, 30))),
        words=draw(st.sampled_from((0, 39, 60, 200))),
        files=draw(st.integers(0, 1)),
        facts={name: draw(st.sampled_from(values)) for name, values in CHOICES.items() if name in fields and draw(st.booleans())},
    )


@st.composite
def versions(draw: st.DrawFn, number: int, before: list[Entry]) -> Entry:
    """A version of an artefact there is, later than it, mostly of its kind."""
    first = draw(st.sampled_from([e for e in before if e.sort is Sort.ARTEFACT]))
    kind = draw(st.sampled_from((first.kind, first.kind, first.kind, "note")))
    entry = draw(artefacts(number, before, kind))
    return replace(entry, revises=first.id, on=max(entry.on, first.on), activity_id=first.activity_id)


@st.composite
def words(draw: st.DrawFn, number: int, before: list[Entry]) -> Entry:
    """A review, good or bad or without marks, or a confirmation, of an artefact there is."""
    subject = draw(st.sampled_from([e for e in before if e.sort is Sort.ARTEFACT]))
    return Entry(
        number,
        draw(st.sampled_from((Sort.REVIEW, Sort.REVIEW, Sort.REVIEW, Sort.CONFIRMATION))),
        max(subject.on, day(draw(st.integers(0, LAST_DAY)))),
        activity_id=draw(st.sampled_from(IDS)),
        subject=subject.id,
        reviewer=named(draw(st.sampled_from(("Ann", "ANN", "Bo"))), draw(st.booleans())),
        marks=draw(st.dictionaries(st.sampled_from(("a", "b", "c")), st.booleans(), max_size=3)),
    )


@st.composite
def claims(draw: st.DrawFn, number: int, before: list[Entry]) -> Entry:
    """What nobody can check: a self-rating, minutes, a bare link as new work or as a new version."""
    sort = draw(st.sampled_from((Sort.SELF_RATING, Sort.TIME, Sort.ARTEFACT)))
    if sort is Sort.SELF_RATING:
        return Entry(number, sort, day(draw(st.integers(0, LAST_DAY))), competencies=("C1", "C2"), facts={"level": 4})
    there = [e for e in before if e.sort is Sort.ARTEFACT]
    make = versions(number, before) if there and draw(st.booleans()) else artefacts(number, before)
    return replace(draw(make), sort=sort, files=0, words=0)


@st.composite
def more(draw: st.DrawFn, before: list[Entry]) -> Entry:
    """One more entry of any sort that adds something."""
    number = len(before) + 1
    makes = [artefacts, claims]
    if any(e.sort is Sort.ARTEFACT for e in before):
        makes += [versions, words, words]
    return draw(draw(st.sampled_from(makes))(number, before))


@st.composite
def ledgers(draw: st.DrawFn, most: int = 12, withdrawals: bool = True) -> list[Entry]:
    """Some of what a learner who does everything leaves behind, then anything."""
    entries = list(FAIR[: draw(st.integers(0, len(FAIR)))])
    for _ in range(draw(st.integers(0, most))):
        if entries and withdrawals and draw(st.integers(0, 7)) == 0:
            subject = draw(st.sampled_from(entries))
            entries.append(Entry(len(entries) + 1, Sort.WITHDRAWAL, day(draw(st.integers(0, LAST_DAY))), subject=subject.id))
        else:
            entries.append(draw(more(entries)))
    return entries
