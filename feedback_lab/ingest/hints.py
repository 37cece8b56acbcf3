"""Names of columns that say what they are for. They are compared as words: "Review Text" is "reviewText" is "review_text"."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEXT = _words(
    """text texts review reviews comment comments feedback message messages body description content verbatim response answer note
    notes complaint tweet opinion remark remarks utterance sentence query question kommentar bewertung commentaire comentario"""
)
TIME = _words("date time datetime timestamp created submitted posted updated day month received published datum fecha")
RATING = _words("rating ratings rated star stars score nps csat satisfaction overall grade note bewertung")
# Ratings that may go to 100.
PERCENT = _words("score nps csat satisfaction")
# In the order in which they are taken.
LABEL = ("label", "labels", "intent", "category", "topic", "sentiment", "class", "target", "theme", "tag", "reason")
# "product category" and "user class" say what was bought or by whom, not what the feedback is about.
NOT_LABEL = _words("product item department division customer user age price pay business shipping store")
# Numbers that say who or what kind; other numbers are no groups unless one asks for them.
GROUP_NUMBER = _words("age tenure income price spend salary seats employees size")
IDENTIFIER = _words("id ids uuid guid index idx key row record ticket order number no nr")
PERSON = _words(
    """name firstname lastname surname fullname username user author customer reviewer email mail phone telephone mobile address
    handle nickname"""
)
# Of these, a name is no person's.
THING = _words("product item department division class brand category store shop city country region plan team app")


def words_of(name: str) -> list[str]:
    """A column name as lower-case words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W_]+", spaced.casefold())


def any_in(name: str, hints: frozenset[str]) -> bool:
    """Whether one of the words of the name is a hint."""
    return not hints.isdisjoint(words_of(name))


def last_in(name: str, hints: frozenset[str]) -> bool:
    """Whether the last word of the name, the one that says what it is, is a hint."""
    return not hints.isdisjoint(words_of(name)[-1:])


def label_rank(name: str) -> int | None:
    """How clearly a name says that the column is the label, 0 the clearest; None where it does not."""
    words = words_of(name)
    if not words or words[-1] not in LABEL or not NOT_LABEL.isdisjoint(words[:-1]):
        return None
    return LABEL.index(words[-1]) * 2 + (len(words) > 1)


def names_rows(name: str) -> bool:
    """Whether the numbers of the column tell rows or things apart, such as "order id"."""
    return last_in(name, IDENTIFIER)


def may_name_person(name: str) -> bool:
    """Whether the column may say who somebody is. Such a column is not kept unless one asks for it."""
    words = words_of(name)
    return words[-1:] != [] and words[-1] in PERSON and not (words[-1] == "name" and THING.intersection(words[:-1]))
