"""What the pages of concepts show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.activity import Course, CourseUnit
from segue.core.loop import Turn
from segue.core.mastery import Mastery, State
from segue.curriculum import current
from segue.curriculum.concept import Concept, Module, Source, Term
from segue.shared.components import Column, Figure, Table
from segue.work.learn.concept_map import CLOSE, STATE_WORDS, Lane, Node, draw
from segue.work.learn.figures import figures_about
from segue.work.learn.figures.shape import PlayFigure
from segue.work.learn.models import Explanation
from segue.work.learn.queries.listening import Told, told_about
from segue.work.learn.queries.mastery import current_week, kept_explanations, mastery_of

TIER_WORDS = {1: "the core", 2: "important too", 3: "deep"}


@dataclass(frozen=True)
class ConceptRow:
    """A concept in a list."""

    concept: Concept
    url: str
    state: State
    words: str


@dataclass(frozen=True)
class ParkedRow:
    """A topic that was put off."""

    concept: Concept
    url: str
    until: date
    is_due: bool


@dataclass(frozen=True)
class MapPage:
    """All concepts: the map, what to explain next, what is parked."""

    week: int
    next: tuple[ConceptRow, ...]
    parked: tuple[ParkedRow, ...]
    figure: Figure
    modules: tuple[tuple[Module, tuple[ConceptRow, ...]], ...]
    explained: int
    count: int
    gated: int


@dataclass(frozen=True)
class ConceptPage:
    """A concept, with its neighbours and what one wrote about it."""

    concept: Concept
    module: Module
    text: str
    state: State
    words: str
    tier: str
    lacking: tuple[ConceptRow, ...]
    is_gated: bool
    parked_until: date | None
    before: tuple[ConceptRow, ...]
    after: tuple[ConceptRow, ...]
    figure: Figure | None
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    versions: tuple[Explanation, ...]
    has_open: bool
    play: tuple[PlayFigure, ...]
    told: Told | None
    taught: tuple[Taught, ...]


@dataclass(frozen=True)
class Taught:
    """A course, of the catalogue or one's own, with its first unit that teaches a concept."""

    course: Course
    unit: CourseUnit
    is_taken: bool


def url_of(concept_id: str) -> str:
    """The page of a concept."""
    return reverse("learn:show-concept", args=[concept_id])


def rows_of(ids: Iterable[str], mastery: Mastery) -> tuple[ConceptRow, ...]:
    """Concepts as rows, in the order given."""
    found = current().concept_by_id
    return tuple(ConceptRow(found[i], url_of(i), mastery.state(i), STATE_WORDS[mastery.state(i)]) for i in ids)


def map_page(learner: Learner, turn: Turn, tier: int = 0) -> MapPage:
    """The map of all concepts; with ``tier`` those of the others are faint."""
    mastery, curriculum = mastery_of(learner, turn), current()
    week = current_week(turn)
    by_module = {m.id: [c for c in curriculum.concepts if c.module == m.id] for m in curriculum.modules}
    parked = sorted((until, i) for i, until in mastery.parked.items() if i in mastery.topics)
    return MapPage(
        week=week,
        next=rows_of(mastery.this_week(week), mastery),
        parked=tuple(ParkedRow(curriculum.concept_by_id[i], url_of(i), until, until <= turn.today) for until, i in parked),
        figure=_map_figure(by_module, mastery, tier),
        modules=tuple((m, rows_of((c.id for c in by_module[m.id]), mastery)) for m in curriculum.modules),
        explained=len(mastery.explained),
        count=len(curriculum.concepts),
        gated=sum(1 for i in mastery.topics if mastery.is_gated(i)),
    )


def _map_figure(by_module: Mapping[str, list[Concept]], mastery: Mastery, tier: int) -> Figure:
    lanes = [
        Lane(
            module.name,
            [Node(c, mastery.state(c.id), url_of(c.id), faint=tier not in (0, c.tier)) for c in by_module[module.id]],
        )
        for module in current().modules
    ]
    rows = [
        [c.name, module.name, c.tier, STATE_WORDS[mastery.state(c.id)], ", ".join(_names(c.prerequisites)) or "nothing"]
        for module in current().modules
        for c in by_module[module.id]
    ]
    columns = [Column("Concept"), Column("Module"), Column("Tier", is_number=True), Column("State"), Column("Builds on")]
    return Figure(
        "concept-map",
        "Each line leads from an idea to one that builds on it.",
        table=Table("Concepts, and what each builds on", columns, rows),
        svg=draw("concept-map", "The map of concepts", lanes),
        note="✓ explained, ◐ known by the diagnostic, ○ ready to explain; a broken outline is early: something before it lacks.",
    )


def _names(ids: Iterable[str]) -> list[str]:
    return [current().concept_by_id[i].name for i in ids]


def concept_page(learner: Learner, turn: Turn, concept: Concept) -> ConceptPage:
    """One concept."""
    mastery, curriculum = mastery_of(learner, turn), current()
    after = [c.id for c in curriculum.concepts if concept.id in c.prerequisites]
    lesson = curriculum.lesson_by_concept.get(concept.id)
    versions = tuple(kept_explanations(learner).filter(concept_id=concept.id).select_related("entry").order_by("-saved_at"))
    return ConceptPage(
        concept=concept,
        module=curriculum.module_by_id[concept.module],
        text=lesson.text if lesson else concept.plain,
        state=mastery.state(concept.id),
        words=STATE_WORDS[mastery.state(concept.id)],
        tier=TIER_WORDS[concept.tier],
        lacking=rows_of(mastery.lacking(concept.id), mastery),
        is_gated=mastery.is_gated(concept.id),
        parked_until=mastery.parked.get(concept.id),
        before=rows_of(concept.prerequisites, mastery),
        after=rows_of(after, mastery),
        figure=_neighbours(concept, after, mastery),
        sources=tuple(curriculum.source_by_id[s] for s in concept.sources),
        terms=tuple(term for term in curriculum.terms if term.concept == concept.id),
        versions=versions,
        has_open=learner.explanations.filter(concept_id=concept.id, entry=None).exclude(text="").exists(),
        play=figures_about(concept.id),
        told=told_about(learner, concept, versions[0].text) if versions else None,
        taught=_taught(turn, concept),
    )


def _taught(turn: Turn, concept: Concept) -> tuple[Taught, ...]:
    taken = {attending.course.id for attending in turn.inputs.attending}
    units = ((course, next((u for u in course.units if concept.id in u.concepts), None)) for course in turn.programme.courses)
    found = [Taught(course, unit, course.id in taken) for course, unit in units if unit]
    return tuple(sorted(found, key=lambda taught: not taught.is_taken))


def _neighbours(concept: Concept, after: list[str], mastery: Mastery) -> Figure | None:
    if not concept.prerequisites and not after:
        return None
    found = current().concept_by_id

    def nodes(ids: Iterable[str], *, strong: bool = False) -> list[Node]:
        return [Node(found[i], mastery.state(i), url_of(i), strong=strong) for i in ids]

    lanes = [Lane("Builds on", nodes(concept.prerequisites))] if concept.prerequisites else []
    lanes.append(Lane("This idea", nodes([concept.id], strong=True)))
    lanes += [Lane("Leads to", nodes(after[:6]))] if after else []
    rows = [
        [heading, ", ".join(_names(ids)) or "nothing"]
        for heading, ids in (("Builds on", concept.prerequisites), ("Leads to", after))
    ]
    return Figure(
        "neighbours",
        "What it builds on, and what it leads to.",
        table=Table("What it builds on and leads to", [Column("Direction"), Column("Concepts")], rows),
        svg=draw("neighbours", f"What {concept.name} builds on and leads to", lanes, CLOSE),
    )
