"""From the content folder to a ``Curriculum``: all files in one pass, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from segue.curriculum import draft as files
from segue.curriculum import lessons, schema, study
from segue.curriculum.concept import Curriculum
from segue.curriculum.document import Node, parse
from segue.curriculum.draft import Draft, assemble
from segue.curriculum.faults import ContentError, Fault
from segue.curriculum.validation import validate
from segue.curriculum.values import Sheet, did_you_mean, suggestion

CONTENT = Path(__file__).parent / "content"

READERS: dict[str, Callable[[Sheet, Node, Draft], None]] = {
    files.PROGRAMME: schema.read_programme,
    **dict.fromkeys(files.ACTIVITIES, schema.read_activities),
    files.COMPETENCIES: schema.read_competencies,
    files.KINDS: schema.read_kinds,
    files.COURSES: schema.read_courses,
    files.CONCEPTS: study.read_concepts,
    files.GLOSSARY: study.read_glossary,
    files.DIAGNOSTIC: study.read_diagnostic,
    files.LESSONS: lessons.read_lessons,
    files.ITEMS: lessons.read_items,
    files.IDS: study.read_ids,
}


def read(folder: Path) -> tuple[Curriculum | None, tuple[Fault, ...]]:
    """The content of a folder, or ``None`` with every fault of all its files, sorted by path, line and column."""
    if not folder.is_dir():
        return None, (Fault(".", 1, 1, f"there is no folder {folder}"),)
    draft = Draft()
    faults = list(_strangers(folder))
    for path, reader in READERS.items():
        faults += _read_file(folder, path, reader, draft)
    faults += validate(draft)
    return (None if faults else assemble(draft)), tuple(sorted(set(faults)))


def load(folder: Path = CONTENT) -> Curriculum:
    """The content of a folder. Raises ``ContentError`` with every fault."""
    curriculum, faults = read(folder)
    if curriculum is None:
        raise ContentError(faults)
    return curriculum


def _read_file(folder: Path, path: str, reader: Callable[[Sheet, Node, Draft], None], draft: Draft) -> list[Fault]:
    root, faults = _parse_file(folder, path)
    if root is None:
        draft.broken.add(path)
    else:
        sheet = Sheet(path, faults)
        reader(sheet, root, draft)
    if faults:
        draft.unsound.add(path)
    return faults


def _parse_file(folder: Path, path: str) -> tuple[Node | None, list[Fault]]:
    try:
        raw = (folder / path).read_bytes()
    except FileNotFoundError:
        return None, [Fault(path, 1, 1, "the file is missing")]
    except OSError as error:
        return None, [Fault(path, 1, 1, f"the file can't be read: {error.strerror or error}")]
    return parse(path, raw)


def _strangers(folder: Path) -> Iterator[Fault]:
    """YAML files that nothing reads are misspelt or misplaced; their content would be lost without a word."""
    for found in sorted(folder.rglob("*")):
        path = found.relative_to(folder).as_posix()
        if found.suffix in (".yaml", ".yml") and path not in READERS:
            yield Fault(path, 1, 1, f"no file of this name is read{did_you_mean(suggestion(path, READERS))}")
