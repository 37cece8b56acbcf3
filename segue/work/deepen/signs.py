"""Signs by which the lint of the spec sees what a text says: figures, prices, times, people, and more words.

The words are data (``content/lint/words.yaml``) for English prose. Most signs are looked for sentence by sentence, so that a
figure here and a word there do not make one claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "content" / "lint"
_LIST = re.compile(r"<([a-z_]+)>")
_END = re.compile(r"(?<=[.!?…])[”’\")]*\s+|;\s+|\n+")
_DENIED = re.compile(
    r"\b(?:no|without|lacking|missing|not|isn[’']t|don[’']t|nor)\s+(?:an?\s+|any\s+|have\s+|yet\s+)*$|\bno\s+\w+\s+$",
    re.IGNORECASE,
)
# A word with a capital letter that acts, or by whom something is done: a name. Not every such word is one.
_NAMED = re.compile(
    r"\b(?!(?:We|The|They|It|This|That|Nobody|Everyone|Everybody|Someone|Who|Each|Team|Users?|Nothing|You|No|AI|What|All)\b)"
    r"[A-Z][a-zà-ÿ]+ "
    r"(?:owns|decides|signs|switches|rolls|does|starts|can|may|is responsible|is told|checks|answers)\b"
    r"|\b(?:by|[Oo]wner is|[Oo]wner:|asks|calls|tells|with) (?!(?:The|AI|We)\b)[A-Z][a-zà-ÿ]+"
)
# What may stand between a number and what it counts, as in “300 labelled support messages”.
_BETWEEN = (
    r"(?:\s+of (?:the|these|our|those))?"
    r"(?:\s+(?!(?:on|of|in|for|to|at|per|out|percent|and|or|with|from|right)\b)[\w’'-]+){0,3}?\s+"
)
_COMPOSED = {
    "figure": r"(?<![\w.])\.?\d[\d,.]{0,20}|\b(?:<numbers>)\b",
    "case_figure": (
        r"(?:(?<![\d.,€$£])\d{1,3}(?:,\d{3}){1,4}|(?<![\d.,€$£])\d{1,12}(?![.,]?\d|\s?%)|\b(?:<numbers>)\b)"
        + _BETWEEN
        + r"(?:<cases>)\b|\bn\s{0,3}(?:=|:|of)\s{0,3}\d"
    ),
    "money": (
        r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|INR|JPY|CAD|AUD|SEK|PLN))\s?\d"
        r"|(?:\d|\b(?:one|an?|<numbers>))\s?(?:[$€£¥₹]|(?:<currency>)\b)|\bcosts? nothing\b|\bfree of charge\b"
    ),
    "time": (
        r"(?:\d|\b(?:<numbers>))[\s-]?(?:<units>)\b|\b(?:an|one|the) hour\b|\bthe same (?:day|hour)\b"
        r"|\b(?:within|in|under|takes?|about|after|than|half|least|most)\s+(?:an?|one)\s+"
        r"(?:second|minute|quarter of an hour|day|week)\b"
    ),
    "side": r"[<>≥≤]|\b(?:<compared>)\b",
    # A share, such as 60%, 0.6, 6 of 10 or two thirds of them.
    "share": (
        r"(?<![\d.,])\d[\d.,]{0,20}\s?(?:%|percent|per cent|points?\b)|(?<![\d.])0?\.\d+|\b(?:<numbers>) (?:percent|per cent)\b"
        r"|\b(?:\d{1,12}|one|<numbers>) (?:of|out of|in) (?:every )?(?:\d+|<numbers>)\b"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters) (?:of|the)\b"
    ),
    "counted_group": r"\bn\s{0,3}(?:=|:|of)\s{0,3}\d"
    r"|(?<![A-Za-z’'-])[A-Za-z’'-]{1,40}\s{0,3}[:(]\s{0,3}\d[\d,]{0,12}(?!\s?%|[.,]?\d)",
    "numbered_spread": r"±|\d\s?(?:%|percent)? to \d",
    # A score of a model with the words between it and its measure.
    "scored": (
        r"(?:\b(?:<metric>)\b)[^.;,\d]{0,40}?(?:\.?\d[\d,.]{0,20}\s?%?|\b(?:<numbers>)\b)"
        r"|(?:(?<![\d.,])\.?\d[\d,.]{0,20}\s?%?|\b(?:<numbers>)\b)\s?(?:percent |of )?\b(?:<metric>)\b"
    ),
}


@cache
def words() -> Mapping[str, str]:
    """The lists of words, each as one regular expression without its limits."""
    import yaml

    told: Mapping[str, list[str]] = yaml.safe_load((FOLDER / "words.yaml").read_text("utf-8"))
    return {name: "|".join(each) for name, each in told.items()}


@cache
def sign(name: str) -> re.Pattern[str]:
    """What to look for, by its name: a list of words, or a figure of some sort."""
    pattern = _COMPOSED.get(name) or rf"(?<!\w)(?:{words()[name]})(?!\w)"
    while _LIST.search(pattern):
        pattern = _LIST.sub(lambda hit: f"(?:{words()[hit[1]]})", pattern)
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=64)  # every sign of a part goes through the same sentences
def sentences(text: str) -> tuple[str, ...]:
    """The sentences, without numbers that measure nothing."""
    return tuple(each for each in _END.split(sign("no_figure").sub(" ", text)) if each.strip())


def has(name: str, text: str) -> bool:
    """Whether the sign stands there, in any sense."""
    return bool(sign(name).search(text))


def says(name: str, text: str) -> bool:
    """Whether it says so, and not that there is none."""
    return any(not _DENIED.search(text[: hit.start()][-40:]) for hit in sign(name).finditer(text))


def together(text: str, *names: str) -> bool:
    """Whether one sentence says all of these."""
    return any(all(says(name, sentence) for name in names) for sentence in sentences(text))


def has_figure(text: str) -> bool:
    """Whether it holds a number that measures something."""
    return any(has("figure", each) for each in sentences(text))


def has_score(text: str) -> bool:
    """Whether a figure stands there by which two things can be compared."""
    plain = " ".join(sentences(text))
    return any(has(name, plain) for name in ("share", "money", "time")) or together(text, "metric", "figure")


def has_line(text: str) -> bool:
    """Whether a figure stands there with the side on which something happens."""
    return any(has("side", each) and has("figure", each) for each in sentences(text)) or says("multiplied", text)


def has_person(text: str) -> bool:
    """Whether it names a person or a role."""
    return says("person", text) or has_name(text)


def has_name(text: str) -> bool:
    """Whether somebody acts in it by name."""
    return bool(_NAMED.search(text))


def has_spread(text: str) -> bool:
    """Whether it says how many cases there are, or how far a figure may be off."""
    return says("spread", text) or any(has(name, text) for name in ("case_figure", "counted_group", "numbered_spread"))


def groups(text: str) -> int:
    """How many groups it names, at the least."""
    named = {hit.group().casefold() for hit in sign("group").finditer(text)}
    return max(len(named), len(sign("counted_group").findall(text)))


def without_scores(sentence: str) -> str:
    """A sentence without the scores of a model in it."""
    return sign("scored").sub(" ", sentence)
