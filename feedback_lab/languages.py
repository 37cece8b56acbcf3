"""Which language a text is in, offline, by py3langid (Lui and Baldwin 2012)."""

from __future__ import annotations

from functools import cache
from typing import Any

from feedback_lab.records.rows import Texts

UNKNOWN = "und"  # ISO 639-3: undetermined
# Below this probability a guess is no better than none: with all languages to choose from, "ok" is taken for Serbian.
SURE = 0.6
LEAST_WORDS = 3  # of the Latin script; languages that share words can't be told from one or two
LATIN_TO = "\u024f"
MOST_CHARACTERS = 1_000
_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv "
    "mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh zu"
)
# Languages that customers write in. Those that are rare in writing are left out: Latin, Esperanto or Nigerian Pidgin is nearly
# always a short English text that was taken for it.
LANGUAGES = tuple(_CODES.split())


def languages_of(texts: Texts) -> list[str]:
    """The language of each text as ISO 639-1, ``und`` where it can't be told: a word or two, numbers, emoji only."""
    return [_language_of(text[:MOST_CHARACTERS]) for text in texts]


def forget() -> None:
    """Let go of the tables, which hold about 70 MB. They are loaded again when they are needed."""
    _identifier.cache_clear()


def _language_of(text: str) -> str:
    letters = [sign for sign in text if sign.isalpha()]
    if not letters or (max(letters) <= LATIN_TO and len(text.split()) < LEAST_WORDS):
        return UNKNOWN
    language, probability = _identifier().classify(text)
    return UNKNOWN if probability < SURE else str(language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
