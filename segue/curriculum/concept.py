"""The content as the program uses it: the programme, and the concepts, terms and questions of months 1 and 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from segue.core.activity import Programme


@dataclass(frozen=True)
class Source:
    """A public place where a concept can be read up."""

    id: str
    title: str
    url: str


@dataclass(frozen=True)
class Module:
    """A group of concepts that are taught in one week of the blueprint (1 to 8)."""

    id: str
    name: str
    week: int


@dataclass(frozen=True)
class KeyPoint:
    """An idea that a right explanation holds. ``cues`` are word stems, any of them; a missing one is a hint, no proof."""

    say: str
    cues: tuple[str, ...]


@dataclass(frozen=True)
class Misconception:
    """A wrong belief, and what is right."""

    wrong: str
    right: str


@dataclass(frozen=True)
class Concept:
    """One concept, with a model explanation in plain words.

    ``tier`` 1 comes before month 3, 2 is important. ``prerequisites`` are ids of concepts, the direct ones only. ``jargon`` maps
    words to avoid to plain ones. ``sources`` are ids of sources.
    """

    id: str
    name: str
    module: str
    week: int
    tier: int
    plain: str
    key_points: tuple[KeyPoint, ...]
    example: str
    jargon: Mapping[str, str]
    misconceptions: tuple[Misconception, ...]
    pm_relevance: str
    prerequisites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A word of the trade in plain words. ``also`` are other ways to write it; ``concept`` is a concept's id or ``""``.

    ``everyday`` are those forms that need no explaining to a listener outside tech.
    """

    id: str
    term: str
    plain: str
    also: tuple[str, ...] = ()
    concept: str = ""
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiagnosticItem:
    """A question on one concept. ``answer`` is the index of the right one among the four ``options``; ``because`` says why."""

    id: str
    concept: str
    question: str
    options: tuple[str, ...]
    answer: int
    because: str


@dataclass(frozen=True)
class Lesson:
    """The text of a concept's page, Markdown of 150 to 300 words."""

    concept: str
    text: str

    @property
    def id(self) -> str:
        """A concept has one lesson, which goes by its id."""
        return self.concept


@dataclass(frozen=True)
class Option:
    """An answer that one may choose, and why it is right or what is wrong with it."""

    say: str
    right: bool
    because: str


@dataclass(frozen=True)
class Item:
    """A question of the bank, on one concept. ``sort``: ``choice``, ``metric`` (which fits?) or ``leak`` (where is it?)."""

    id: str
    concept: str
    sort: str
    question: str
    options: tuple[Option, ...]

    @property
    def answer(self) -> int:
        """The place of the right option, counted from 0."""
        return next(place for place, option in enumerate(self.options) if option.right)


@dataclass(frozen=True)
class Curriculum:
    """The whole content, checked: whatever one part names, another part has. Immutable."""

    programme: Programme
    modules: tuple[Module, ...]
    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    diagnostic: tuple[DiagnosticItem, ...]
    lessons: tuple[Lesson, ...] = ()
    items: tuple[Item, ...] = ()

    @cached_property
    def module_by_id(self) -> Mapping[str, Module]:
        """Modules by id."""
        return {module.id: module for module in self.modules}

    @cached_property
    def concept_by_id(self) -> Mapping[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def term_by_id(self) -> Mapping[str, Term]:
        """Glossary terms by id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def item_by_id(self) -> Mapping[str, DiagnosticItem]:
        """Questions of the diagnostic by id."""
        return {item.id: item for item in self.diagnostic}

    @cached_property
    def lesson_by_concept(self) -> Mapping[str, Lesson]:
        """Lessons by the id of their concept."""
        return {lesson.concept: lesson for lesson in self.lessons}

    @cached_property
    def bank_by_id(self) -> Mapping[str, Item]:
        """Questions of the bank by id."""
        return {item.id: item for item in self.items}
