"""Whether an explanation can be followed by somebody outside tech: what a rule can see of it, each finding with its place.

Nothing here judges whether it is true. A check that fails says what to look at; the learner decides, and a listener is the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from segue.core.terms import Found, Vocabulary

LEAST_WORDS, MOST_WORDS = 60, 150
MOST_GRADE = 11.0
LONG_SENTENCE = 35

_WORD = re.compile(r"[^\W_](?:[^\W_]|['’-])*")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]*")  # a full stop inside "3.5" ends nothing
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs|approx|Mr|Mrs|Dr|No)\.", re.IGNORECASE)

# Words that bring in a case: a phrase for it, somebody's own setting, a quotation.
EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g|such as|imagine|suppose|picture (?:a|an|the|this)|an example|the example"
    r"|say,? (?:a|an|you|we|our|your|that|the|\d)|take (?:a|an|the|our|my|your)|think of|let['’]?s say"
    r"|(?:in|at|for|of|with|on|from|about|to) (?:our|my|your)|our (?:app|product|support|customers?|users|help ?desk|inbox|team)"
    r"|when (?:i|we) |we (?:could|can|had|have|saw|use|show)|one day|last (?:week|month|year))\b"
    r"|[\"“][^\"“”]{3,}[\"”]",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"\b(but|however|although|though|unless|except|only (?:as|if|when|works?|helps?|tells?|sees?|knows?)"
    r"|can(?:no|['’])t|can not|(?:does|do|did|will|would|is|are)(?:n['’]t| not)|won['’]t|never|limits?|limited|fails?|failing"
    r"|breaks?|break down|wrong|mistakes?|mislead(?:s|ing)?|not (?:always|everything|all|a|the)|stops? (?:working|helping|being)"
    r"|catch is|watch out|careful|beware|risk)\b",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"\b(like (?:a|an|the|when|how|with|teaching|learning|giving|asking|sorting|reading|having|looking|your|my)|as if|as though"
    r"|just as|the way (?:a|an|you|we|people)|similar to|think of|imagine|picture|reminds|much like|compare)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"""["”’')\]*_]*\s*(?:
        \((?=[^)]*\s)                                    # a bracket with more than a word
      | ,?\s+(?:that\s+is|i\.e\.?|meaning|which\s+(?:means|is|says|shows|tells)
          |or\s+(?:simply|just|a|an|the|how)|in\s+other\s+words)\b
      | \s*[-–—:]\s+\w                                   # a dash or colon, and the words for it
      | ,?\s+(?:\w+ly\s+)?(?:means?|refers?\s+to|stands?\s+for|describes?|tells?\s+(?:you|us|me|how|what|whether)|asks?
          |measures?|counts?|says?\s+(?:how|what|whether)|shows?\s+(?:how|what|whether)|happens?\s+when)\b
      | ,?\s+(?:is|are|was)\s+(?:simply\s+|just\s+|really\s+|basically\s+|the\s+(?:name|word|term)\s+for\s+)?
          (?:a|an|the|how|what|when|where|one|some|any|our|your|like|about|software|people|words?|numbers?|examples?|text|data)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    r"""(?:\b(?:called|known\s+as|named|so-called
        |(?:name|word|term|jargon)(?:\s+(?:for|of)\s+\w+)?\s+(?:is|for\s+(?:this|that|it)\s+is)
        |(?:call|calls|calling)\s+(?:\S+\s+){0,7}\S+)\s+(?:a\s+|an\s+|the\s+)?
        |,\s+or\s+|\s*\()["“‘'*_]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s*(?:that is|that means|this means|it means|this is|in other words|put simply|which means|i mean)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Mark:
    """A term that stands in the text before anything explains it: characters ``start`` to ``end`` of its first use."""

    start: int
    end: int
    term: str


@dataclass(frozen=True)
class Check:
    """One line of the feedback: what was looked for, whether it is there, and what to do where it is not."""

    name: str
    met: bool
    says: str


@dataclass(frozen=True)
class Clarity:
    """What the rules see. ``grade``: Flesch-Kincaid, years of school. ``longest``: words of the longest sentence."""

    words: int
    sentences: int
    grade: float
    longest: int
    marks: tuple[Mark, ...]
    has_comparison: bool
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every check is met."""
        return all(check.met for check in self.checks)


def clarity_of(text: str, vocabulary: Vocabulary, own: Iterable[str] = ()) -> Clarity:
    """The feedback on an explanation. ``own``: ids of terms that it explains as a whole, which are never marked."""
    words = _WORD.findall(text)
    spans = sentences_of(text)
    lengths = [len(_WORD.findall(text[begin:end])) for begin, end in spans]
    marks = unexplained(text, vocabulary, frozenset(own))
    grade = grade_of(words, len(spans))
    longest = max(lengths, default=0)
    checks = (
        _length(len(words)),
        _terms(text, marks),
        _sentences(grade, longest),
        _found("example", EXAMPLE.search(text), "There is an example.", "Add an example: “for instance”, from your product."),
        _found("limit", LIMIT.search(text), "It says where the idea stops.", "Say where it stops helping or goes wrong."),
    )
    return Clarity(len(words), len(spans), grade, longest, marks, bool(COMPARISON.search(text)), checks)


def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends; a line of its own is one."""
    masked = _ABBREVIATION.sub(lambda match: match.group().replace(".", "\u00b7"), text)
    found = (match.span() for match in _SENTENCE.finditer(masked))
    return tuple((begin, end) for begin, end in found if _WORD.search(text[begin:end]))


def grade_of(words: list[str], sentences: int) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59, at least 0."""
    if not words:
        return 0.0
    syllables = sum(map(syllables_of, words))
    return max(0.0, round(0.39 * len(words) / max(sentences, 1) + 11.8 * syllables / len(words) - 15.59, 1))


def syllables_of(word: str) -> int:
    """Syllables by groups of vowels, a silent final e left out: right for most words, and enough for an average."""
    plain = word.lower().strip("'’-")
    groups = len(re.findall(r"[aeiouyàâäéèêëîïôöûü]+", plain))
    silent = plain.endswith(("e", "es", "ed")) and not plain.endswith(
        ("le", "ted", "ded", "ses", "ces", "ges", "xes", "ches", "shes")
    )
    return max(1, groups - (silent and groups > 1))


def unexplained(text: str, vocabulary: Vocabulary, own: frozenset[str] = frozenset()) -> tuple[Mark, ...]:
    """Terms whose first use comes with no words for it: neither in its sentence nor right after it."""
    seen: set[str] = set(own)
    marks = []
    for found in vocabulary.find(text):
        if found.term not in seen:
            seen.add(found.term)
            if not _is_explained(text, found):
                marks.append(Mark(found.start, found.end, found.term))
    return tuple(marks)


def _is_explained(text: str, found: Found) -> bool:
    begin, end = next(((b, e) for b, e in sentences_of(text) if b <= found.start < e), (0, len(text)))
    before, after = text[begin : found.start], text[found.end : end]
    return bool(_BEFORE.search(before) or _AFTER.match(after) or _NEXT.match(text[end:]))


def _length(words: int) -> Check:
    if words < LEAST_WORDS:
        return Check("length", False, f"{words} words: {LEAST_WORDS - words} more are wanted.")
    if words > MOST_WORDS:
        return Check("length", False, f"{words} words: cut {words - MOST_WORDS}. What would the listener not miss?")
    return Check("length", True, f"{words} words.")


def _terms(text: str, marks: tuple[Mark, ...]) -> Check:
    if not marks:
        return Check("terms", True, "No word of the trade is left unexplained.")
    names = ", ".join(f"“{text[mark.start : mark.end]}”" for mark in marks)
    return Check("terms", False, f"Used before it is explained: {names}. Say it in plain words, or explain it at once.")


def _sentences(grade: float, longest: int) -> Check:
    if longest > LONG_SENTENCE:
        return Check("sentences", False, f"The longest sentence has {longest} words. Cut it in two.")
    if grade > MOST_GRADE:
        return Check("sentences", False, f"It reads like year {grade:.0f} of school. Use shorter words and sentences.")
    return Check("sentences", True, f"The sentences are short: it reads like year {max(1, round(grade))} of school.")


def _found(name: str, there: object, yes: str, no: str) -> Check:
    return Check(name, bool(there), yes if there else no)
