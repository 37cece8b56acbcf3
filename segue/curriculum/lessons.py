"""What the files of lessons and of the bank of questions must hold."""

from __future__ import annotations

import re

from segue.curriculum.concept import Item, Lesson, Option
from segue.curriculum.document import Node
from segue.curriculum.draft import Draft
from segue.curriculum.reading import Reader, place_all
from segue.curriculum.values import Sheet

LEAST_WORDS, MOST_WORDS = 150, 300
OPTIONS = 4
SORTS = ("choice", "metric", "leak")
WORD = re.compile(r"[^\W_](?:[^\W_]|['’-])*")


def read_lessons(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``lessons.yaml``: the texts of the concepts' pages."""
    draft.lessons = place_all(sheet, root, "the file", lesson)


def lesson(reader: Reader) -> Lesson:
    """The text of one page."""
    found = Lesson(concept=reader.identifier("concept"), text=reader.text("text"))
    words = len(WORD.findall(found.text))
    if found.text and not LEAST_WORDS <= words <= MOST_WORDS:
        reader.fault("text", f"a lesson has {LEAST_WORDS} to {MOST_WORDS} words; this one has {words}")
    return found


def read_items(sheet: Sheet, root: Node, draft: Draft) -> None:
    """``items.yaml``: the bank of questions."""
    draft.items = place_all(sheet, root, "the file", item)


def item(reader: Reader) -> Item:
    """One question with its options."""
    found = Item(
        id=reader.identifier("id"),
        concept=reader.identifier("concept"),
        sort=reader.choice("sort", SORTS),
        question=reader.text("question"),
        options=reader.items("options", option, OPTIONS, OPTIONS),
    )
    if len([each for each in found.options if each.right]) != 1:
        reader.fault("options", "exactly one option is right")
    says = [each.say for each in found.options if each.say]
    if len(set(says)) < len(says):
        reader.fault("options", "two options say the same")
    return found


def option(reader: Reader) -> Option:
    """An answer that one may choose."""
    return Option(say=reader.text("say"), right=reader.flag("right"), because=reader.text("because"))
