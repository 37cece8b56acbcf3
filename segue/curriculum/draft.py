"""The content as read, before it is checked: everything with its place, whole or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from segue.core.activity import Activity, Course, EvidenceKind, Phase, Programme, Week
from segue.core.competency import Competency, Gate, LevelRule, RoleTarget
from segue.curriculum.concept import Concept, Curriculum, DiagnosticItem, Item, Lesson, Module, Source, Term
from segue.curriculum.reading import Placed

PROGRAMME = "programme.yaml"
ACTIVITIES = tuple(f"activities/month-{number}.yaml" for number in range(1, 7))
COMPETENCIES = "competencies.yaml"
KINDS = "kinds.yaml"
COURSES = "courses.yaml"
CONCEPTS = "concepts.yaml"
GLOSSARY = "glossary.yaml"
DIAGNOSTIC = "diagnostic.yaml"
LESSONS = "lessons.yaml"
ITEMS = "items.yaml"
IDS = "ids.yaml"


@dataclass(frozen=True)
class Registered:
    """A line of ``ids.yaml``: an id in use, or one ``retired`` on a day, with the id that took its place, if any."""

    id: str
    retired: str = ""
    replaced_by: str = ""

    @property
    def active(self) -> bool:
        """Whether the id is in use."""
        return not self.retired


@dataclass
class Draft:
    """All that the files hold. ``broken`` are the files that could not be read at all; ``unsound`` those with any fault."""

    version: str = ""
    phases: tuple[Placed[Phase], ...] = ()
    weeks: tuple[Placed[Week], ...] = ()
    activities: tuple[Placed[Activity], ...] = ()
    kinds: tuple[Placed[EvidenceKind], ...] = ()
    level_rules: tuple[Placed[LevelRule], ...] = ()
    competencies: tuple[Placed[Competency], ...] = ()
    gates: tuple[Placed[Gate], ...] = ()
    roles: tuple[Placed[RoleTarget], ...] = ()
    courses: tuple[Placed[Course], ...] = ()
    modules: tuple[Placed[Module], ...] = ()
    concepts: tuple[Placed[Concept], ...] = ()
    sources: tuple[Placed[Source], ...] = ()
    terms: tuple[Placed[Term], ...] = ()
    diagnostic: tuple[Placed[DiagnosticItem], ...] = ()
    lessons: tuple[Placed[Lesson], ...] = ()
    items: tuple[Placed[Item], ...] = ()
    registry: dict[str, tuple[Placed[Registered], ...]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    unsound: set[str] = field(default_factory=set)

    def is_sound(self, *paths: str) -> bool:
        """Whether these files can be relied on: figures that are added up, and things whose absence would be told of."""
        return not self.unsound.intersection(paths)

    def names(self, group: str) -> dict[str, Placed[Any]] | None:
        """The things of a group (``activities``, ``kinds``, ...) by id, the first of each.

        ``None`` where not all ids could be read, so that nobody is told of a dangling id which is only unreadable.
        """
        if self.broken.intersection(FILES_OF[group]):
            return None
        found: dict[str, Placed[Any]] = {}
        for thing in getattr(self, group):
            found.setdefault(thing.value.id, thing)
        return None if "" in found else found


FILES_OF = {
    "phases": (PROGRAMME,),
    "activities": ACTIVITIES,
    "kinds": (KINDS,),
    "competencies": (COMPETENCIES,),
    "gates": (COMPETENCIES,),
    "roles": (COMPETENCIES,),
    "courses": (COURSES,),
    "modules": (CONCEPTS,),
    "concepts": (CONCEPTS,),
    "sources": (CONCEPTS,),
    "terms": (GLOSSARY,),
    "diagnostic": (DIAGNOSTIC,),
    "lessons": (LESSONS,),
    "items": (ITEMS,),
}


def assemble(draft: Draft) -> Curriculum:
    """The curriculum from a draft without faults."""
    return Curriculum(
        programme=assemble_programme(draft),
        modules=_values(draft.modules),
        concepts=_values(draft.concepts),
        sources=_values(draft.sources),
        terms=_values(draft.terms),
        diagnostic=_values(draft.diagnostic),
        lessons=_values(draft.lessons),
        items=_values(draft.items),
    )


def assemble_programme(draft: Draft) -> Programme:
    """The programme from a draft without faults."""
    retired = (line.value for line in draft.registry.get("activities", ()) if not line.value.active)
    return Programme(
        version=draft.version,
        phases=_values(draft.phases),
        weeks=_values(draft.weeks),
        activities=_values(draft.activities),
        kinds={kind.value.id: kind.value for kind in draft.kinds},
        competencies=_values(draft.competencies),
        level_rules={rule.value.number: rule.value for rule in draft.level_rules},
        gates=_values(draft.gates),
        roles=_values(draft.roles),
        courses=_values(draft.courses),
        replaced={line.id: line.replaced_by for line in retired},
    )


def _values(placed: tuple[Placed[Any], ...]) -> tuple[Any, ...]:
    return tuple(thing.value for thing in placed)
