"""Finding the words of the trade in a text: longest first, in any case, plural or spelling, with hyphen or space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Word:
    """A term that may be met in a text: the id of its entry, and how it is written."""

    term: str
    form: str

    @property
    def is_acronym(self) -> bool:
        """Whether it counts in capitals only: RAG is a term, and a rag is none."""
        return len(self.form) <= 5 and self.form.isupper()


@dataclass(frozen=True)
class Found:
    """A term in a text: characters ``start`` to ``end``, and the id of its entry."""

    start: int
    end: int
    term: str


@dataclass(frozen=True)
class Vocabulary:
    """Words to look for. Where two overlap, the longer is found: "large language model", not "model"."""

    words: tuple[Word, ...]

    @cached_property
    def _by_form(self) -> Mapping[str, Word]:
        found: dict[str, Word] = {}
        for word in self.words:
            for form in _written(_plain(word.form)):
                found.setdefault(form, word)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        forms = sorted(self._by_form, key=lambda form: (-len(form), form))
        either = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in forms)
        return re.compile(rf"(?<![\w-])(?:{either})(?![\w]|-\w)", re.IGNORECASE) if forms else None

    def find(self, text: str) -> Iterator[Found]:
        """Every term of a text, in order."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            word = self._by_form[_plain(match.group())]
            if not word.is_acronym or match.group().rstrip("s").isupper():
                yield Found(match.start(), match.end(), word.term)


def _plain(form: str) -> str:
    return re.sub(r"[\s-]+", " ", form.lower()).strip()


def _written(form: str) -> Set[str]:
    """The form, its plural, and the American spelling of both."""
    plural = form[:-1] + "ies" if form.endswith("y") and form[-2:-1] not in "aeiou" else form + "s"
    forms = {form, plural} | ({form + "es"} if form.endswith(("x", "ch", "s")) else set())
    return forms | {each.replace("isation", "ization").replace("labell", "label") for each in forms}
