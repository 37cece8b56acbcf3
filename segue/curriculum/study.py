"""What the files of months 1 and 2 must hold - concepts, glossary, diagnostic - and the register of ids."""

from __future__ import annotations

from segue.curriculum.concept import Concept, DiagnosticItem, KeyPoint, Misconception, Module, Source, Term
from segue.curriculum.document import MapNode, Node
from segue.curriculum.draft import Draft, Registered
from segue.curriculum.reading import Reader, as_built, place_all
from segue.curriculum.values import Sheet, as_choice, as_text

MODULE_WEEKS = 8
OPTIONS = 4
TIERS = 3
SECTIONS = ("activities", "criteria", "kinds", "competencies", "diagnostic", "courses", "concepts", "items")


def read_concepts(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``concepts.yaml``: modules, sources and concepts."""

    def build(reader: Reader) -> None:
        reader.needed("meta", _meta)
        draft.modules = reader.placed("modules", module)
        draft.sources = reader.placed_entries("sources", source)
        draft.concepts = reader.placed("concepts", concept)

    as_built(sheet, root, "the file", build)


def _meta(reader: Reader) -> None:
    for key in ("version", "language", "status"):
        reader.text(key)


def module(reader: Reader) -> Module:
    """A group of concepts."""
    return Module(id=reader.identifier("id"), name=reader.text("name"), week=reader.integer("week", 1, MODULE_WEEKS))


def source(sheet: Sheet, node: Node, name: str) -> Source:
    """A place to read; ``name`` is the key it stands under."""
    return as_built(sheet, node, name, lambda reader: Source(name, reader.text("title"), reader.address("url")))


def concept(reader: Reader) -> Concept:
    """One concept."""
    return Concept(
        id=reader.identifier("id"),
        name=reader.text("name"),
        module=reader.identifier("module"),
        week=reader.integer("week", 1, MODULE_WEEKS),
        tier=reader.integer("tier", 1, TIERS),
        plain=reader.text("plain"),
        key_points=reader.items("key_points", key_point, 3, 6),
        example=reader.text("example"),
        jargon=reader.mapping("jargon", as_text, 0),
        misconceptions=reader.items("misconceptions", misconception, 1),
        pm_relevance=reader.text("pm_relevance"),
        prerequisites=reader.identifiers("prerequisites"),
        sources=reader.identifiers("sources"),
    )


def key_point(reader: Reader) -> KeyPoint:
    """An idea that a right explanation holds."""
    return KeyPoint(say=reader.text("say"), cues=reader.texts("cues", 1))


def misconception(reader: Reader) -> Misconception:
    """A wrong belief, and what is right."""
    return Misconception(wrong=reader.text("wrong"), right=reader.text("right"))


def read_glossary(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``glossary.yaml``: the words of the trade."""
    draft.terms = place_all(sheet, root, "the file", term)


def term(reader: Reader) -> Term:
    """A word of the trade."""
    return Term(
        id=reader.identifier("id"),
        term=reader.text("term"),
        plain=reader.text("plain"),
        also=reader.texts("also"),
        concept=reader.identifier("concept", ""),
        everyday=reader.texts("everyday"),
    )


def read_diagnostic(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``diagnostic.yaml``: the questions that find the start point."""
    draft.diagnostic = place_all(sheet, root, "the file", item)


def item(reader: Reader) -> DiagnosticItem:
    """A question with four options."""
    found = DiagnosticItem(
        id=reader.identifier("id"),
        concept=reader.identifier("concept"),
        question=reader.text("question"),
        options=reader.texts("options", OPTIONS, OPTIONS),
        answer=reader.integer("answer", 0, OPTIONS - 1),
        because=reader.text("because"),
    )
    if len(set(filter(None, found.options))) < len([o for o in found.options if o]):
        reader.fault("options", "two options say the same")
    return found


def read_ids(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``ids.yaml``: every id ever used, section by section."""

    def build(reader: Reader) -> None:
        for section in SECTIONS:
            draft.registry[section] = reader.placed_entries(section, registered)

    as_built(sheet, root, "the file", build)


def registered(sheet: Sheet, node: Node, name: str) -> Registered:
    """The standing of the id ``name``: ``active``, or when it was retired and what replaces it."""
    if isinstance(node, MapNode):
        return as_built(sheet, node, name, lambda r: Registered(name, r.day("retired") or "?", r.text_or_empty("replaced_by")))
    as_choice(sheet, node, name, ("active",))
    return Registered(name)
