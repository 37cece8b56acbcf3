"""Phrases that fill a spec and say nothing, and what to put in their place. The phrases are data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from segue.work.deepen.signs import FOLDER, has, sentences


@dataclass(frozen=True)
class Phrase:
    """``says``: what is wrong and what to write. ``unless_figure``: it may stand in a sentence that has a figure."""

    pattern: re.Pattern[str]
    says: str
    unless_figure: bool


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases that are looked for."""
    import yaml

    return tuple(
        Phrase(
            re.compile(rf"(?<!\w)(?:{'|'.join(told['words'])})(?!\w)", re.IGNORECASE),
            told["says"],
            told.get("unless") == "figure",
        )
        for told in yaml.safe_load((FOLDER / "phrases.yaml").read_text("utf-8"))
    )


def empty_phrases(text: str) -> Iterator[tuple[str, str]]:
    """Each empty phrase as it stands in the text, with what is wrong with it."""
    seen: set[str] = set()
    # A figure after a semicolon still belongs to what is promised before it.
    for sentence in sentences(text.replace(";", ",")):
        has_figure = has("figure", sentence)
        for phrase in phrases():
            for hit in () if has_figure and phrase.unless_figure else phrase.pattern.finditer(sentence):
                quoted = " ".join(hit.group().split())
                if quoted.casefold() not in seen:
                    seen.add(quoted.casefold())
                    yield quoted, phrase.says
