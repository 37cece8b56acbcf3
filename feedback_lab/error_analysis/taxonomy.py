"""Why a prediction may be wrong: eight reasons, and a first guess by simple rules that a person corrects.

The rules are tried in the order of ``TAXONOMY``'s guesses below, and the first that holds gives the tag. They know English
cues only. Whether the label is wrong is judged as in confident learning (Northcutt, Jiang and Chuang 2021): the model is surer
of the other class than it usually is of rows that do bear that class's label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WRONG_LABEL = "wrong label"
AMBIGUOUS = "ambiguous"
TOO_LITTLE = "too little text"
NEGATION = "negation or sarcasm"
SEVERAL = "several topics"
UNKNOWN = "unknown words"
CONTEXT = "context missing"
MODEL = "the model's fault"

FEW_WORDS = 4
UNKNOWN_SHARE = 0.5
CLOSE = 0.2  # distance of two scores
SURE = 0.9
DOUBT = 0.1

TAXONOMY: dict[str, str] = {
    WRONG_LABEL: (
        "The label is wrong, not the model. Guessed where the model gives its own class at least "
        f"{SURE:.0%} and more than rows of that class usually get, and the label's class at most {DOUBT:.0%}."
    ),
    AMBIGUOUS: f"People could argue for either class. Guessed where the two scores lie less than {CLOSE:.0%} apart.",
    TOO_LITTLE: f"There is too little to go by. Guessed for fewer than {FEW_WORDS} words.",
    NEGATION: (
        "The words say one thing and the sentence another, as in “not bad” or “thanks for nothing”. Guessed where a negation "
        "stands up to three words before a word of praise or blame, or where a usual phrase of sarcasm is found."
    ),
    SEVERAL: (
        "The text speaks of several things, and only one of them became the label. Guessed where it turns with “but” or the "
        f"like, or has three sentences, and the label's class still gets {CLOSE:.0%}."
    ),
    UNKNOWN: (
        "Words or a language that the model hardly knows. "
        f"Guessed where {UNKNOWN_SHARE:.0%} of the words or more occur in no other test text."
    ),
    CONTEXT: (
        "One would need to see what came before, or what is attached. Guessed by phrases such as “see above” or “as I said”."
    ),
    MODEL: (
        "Nothing of these: the text is clear, and the model should have known. "
        "This is what better features or more labels can mend."
    ),
}

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATIONS = frozenset(
    """
    not no never hardly barely without nothing nobody cannot neither nor isnt dont didnt
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_OPINIONS = frozenset(
    """
    good bad great best worst better worse nice poor happy unhappy satisfied disappointed disappointing disappoint recommend like
    love hate perfect terrible awful horrible excellent amazing easy hard problem problems issue issues complaint complaints
    complain fault regret useful useless helpful fit work works worked worth flattering comfortable expensive cheap fast slow
    wrong right
    """.split()  # noqa: SIM905
)
_SARCASM = re.compile(
    r"\b(?:yeah,? right|thanks for nothing|thanks a lot for|oh,? great|just what i (?:needed|wanted)|what a joke|big surprise|"
    r"good luck with|so much for|as if)\b|(?:^|\s)/s\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|although|though|on the other hand|except|otherwise)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_CONTEXT = re.compile(
    r"\b(?:see (?:above|below|attached|picture|photo|screenshot|my (?:last|previous))|as (?:i|we) (?:said|wrote|mentioned)|"
    r"as mentioned|(?:same|like) as (?:before|last time|above)|still no (?:answer|reply|news)|again the same|ditto|"
    r"my (?:last|previous|earlier|other) (?:review|comment|message|mail|email|ticket|order)|attached|screenshot)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """A mistake as the rules see it. Scores are 0-1.

    ``usual``: mean score of the said class among rows that bear it. ``unknown``: share of the words that occur in no other text.
    """

    text: str
    score_said: float
    score_label: float
    usual: float
    unknown: float


def words(text: str) -> list[str]:
    """Lower-case words of a text."""
    return WORD.findall(text.lower())


def guess(case: Case) -> str:
    """The first reason whose rule holds, a key of ``TAXONOMY``."""
    found = words(case.text)
    rules = (
        (TOO_LITTLE, len(found) < FEW_WORDS),
        (UNKNOWN, case.unknown >= UNKNOWN_SHARE),
        (NEGATION, _turned_round(found) or _SARCASM.search(case.text) is not None),
        (CONTEXT, _CONTEXT.search(case.text) is not None),
        (SEVERAL, case.score_label >= CLOSE and _several(case.text)),
        (AMBIGUOUS, case.score_said - case.score_label < CLOSE),
        (WRONG_LABEL, case.score_said >= max(SURE, case.usual) and case.score_label <= DOUBT),
    )
    return next((tag for tag, holds in rules if holds), MODEL)


def _turned_round(found: list[str]) -> bool:
    return any(_negates(word) and not _OPINIONS.isdisjoint(found[at + 1 : at + 4]) for at, word in enumerate(found))


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))


def _several(text: str) -> bool:
    return _TURN.search(text) is not None or len(_SENTENCE.findall(text)) >= 3
