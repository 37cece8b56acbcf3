"""Reading ``content/terms.yaml``: every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from segue.curriculum import current
from segue.curriculum.document import parse
from segue.curriculum.faults import ContentError, Fault
from segue.curriculum.reading import Placed, Reader, as_built
from segue.curriculum.values import Sheet, did_you_mean, suggestion
from segue.work.transition.terms import Form, Term

PATH = Path(__file__).parent / "content" / "terms.yaml"


def read_terms(raw: bytes, path: str = PATH.name) -> tuple[Term, ...]:
    """The terms in a file. Raises ``ContentError`` with every fault, each at its line."""
    root, faults = parse(path, raw)
    sheet = Sheet(path, faults)
    placed = as_built(sheet, root, "the file", _lists) if root else ()
    if not faults:
        faults += [*_unknown(placed), *_repeated(placed)]
    if faults:
        raise ContentError(sorted(set(faults)))
    return tuple(each.value for each in placed)


def _lists(reader: Reader) -> tuple[Placed[Term], ...]:
    return (*reader.placed("ai", lambda each: _term(each, False)), *reader.placed("classic", lambda each: _term(each, True)))


def _term(reader: Reader, is_classic: bool) -> Term:
    return Term(
        id=reader.identifier("id"),
        name=reader.text("name"),
        competencies=reader.identifiers("competencies", least=1),
        forms=(
            *(Form(text) for text in reader.texts("words", least=1)),
            *(Form(text, german=True) for text in reader.texts("german")),
            *reader.items("doubtful", _doubtful),
        ),
        kinds=reader.identifiers("kinds"),
        concepts=reader.identifiers("concepts"),
        is_classic=is_classic,
    )


def _doubtful(reader: Reader) -> Form:
    form = Form(
        text=reader.text("word"),
        only_if=reader.texts("if"),
        unless=reader.texts("unless"),
        not_after=tuple(text.casefold() for text in reader.texts("not_after")),
        not_before=tuple(text.casefold() for text in reader.texts("not_before")),
    )
    if form.text and not form.is_doubtful:
        reader.fault("word", f"'{form.text}' has no 'if', 'unless', 'not_after' or 'not_before': it belongs under 'words'")
    return form


def _unknown(placed: Sequence[Placed[Term]]) -> Iterator[Fault]:
    programme = current().programme
    known = {
        "competencies": frozenset(programme.competency_by_id),
        "kinds": frozenset(programme.kinds),
        "concepts": frozenset(concept.id for concept in current().concepts),
    }
    for each in placed:
        for key, ids in known.items():
            for name in getattr(each.value, key):
                if name not in ids:
                    yield each.fault(f"there is no '{name}'{did_you_mean(suggestion(name, ids))}", key)


def _repeated(placed: Sequence[Placed[Term]]) -> Iterator[Fault]:
    ids: set[str] = set()
    written: dict[str, str] = {}
    for each in placed:
        if each.value.id in ids:
            yield each.fault(f"the id '{each.value.id}' was given before", "id")
        ids.add(each.value.id)
        for form in each.value.forms:
            other = written.setdefault(form.text, each.value.id)
            if other != each.value.id and not form.is_doubtful:
                yield each.fault(f"'{form.text}' stands under '{other}' too", "words")
