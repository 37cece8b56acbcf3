"""Which language a text is in, offline, by py3langid (Lui and Baldwin 2012)."""

from __future__ import annotations

from functools import cache
from typing import Any

from feedback_lab.records.rows import Texts

UNKNOWN = "und"  # ISO 639-3: undetermined
# Below this probability a guess is no better than none: "ok" is taken for Serbian with 0.01.
SURE = 0.5
MOST_CHARACTERS = 1_000
NOT_LANGUAGES = frozenset({"zxx"})  # ISO 639-3: no linguistic content


def languages_of(texts: Texts) -> list[str]:
    """The language of each text as ISO 639-1, ``und`` where it can't be told: a word or two, numbers, emoji only."""
    return [_language_of(text[:MOST_CHARACTERS]) for text in texts]


def forget() -> None:
    """Let go of the tables, which hold about 70 MB. They are loaded again when they are needed."""
    _identifier.cache_clear()


def _language_of(text: str) -> str:
    if not any(sign.isalpha() for sign in text):
        return UNKNOWN
    language, probability = _identifier().classify(text)
    return UNKNOWN if probability < SURE or language in NOT_LANGUAGES else str(language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
