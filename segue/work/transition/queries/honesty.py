"""The guard of month 6: what an ad asks for and nothing shows must not get into a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.transition.ad_parsing import terms_asked
from segue.work.transition.queries.backing import backing_of
from segue.work.transition.terms import terms_by_id, terms_in

Line = tuple[str, str]  # a place such as “Ada Ltd, bullet 2”, and its text


@dataclass(frozen=True)
class Found:
    """A gap term in a paper: where, which term, and the words that name it."""

    place: str
    term: str
    words: str


def gap_words(learner: Learner) -> Mapping[str, str]:
    """Term id -> name of each term that is a gap: a saved ad asks for it, no evidence shows it, and the papers did not claim it
    when that ad came in. What is asked of any product manager is no gap: it was there before Segue.
    """
    asked: set[str] = set()
    for text, title, claimed in learner.job_ads.values_list("text", "title", "claimed"):
        asked |= terms_asked(text, title) - set(claimed)
    if not asked:
        return {}
    backed = backing_of(learner)
    known = terms_by_id()
    return {name: known[name].name for name in sorted(asked) if not known[name].is_classic and name not in backed}


def gap_terms_in(learner: Learner, lines: Iterable[Line]) -> tuple[Found, ...]:
    """Every gap term in some lines of a paper, in their order."""
    gaps = gap_words(learner)
    return tuple(_found(gaps, lines)) if gaps else ()


def _found(gaps: Mapping[str, str], lines: Iterable[Line]) -> Iterator[Found]:
    for place, text in lines:
        for name, spans in terms_in(text).items():
            if name in gaps:
                yield Found(place, gaps[name], text[slice(*spans[0])])


def check_no_gaps(learner: Learner, lines: Iterable[Line]) -> None:
    """Raises ``UserError`` with the first place where a gap term stands in a paper."""
    found = gap_terms_in(learner, lines)
    if not found:
        return
    first, more = found[0], len(found) - 1
    others = f" There {'is 1 more such place' if more == 1 else f'are {more} more such places'}." if more else ""
    raise UserError(
        f"{first.place} says “{first.words}”. An ad asks for {first.term}, and no evidence of yours shows it.{others}",
        "Record what shows it, or take the words out. It stands in your gaps, with a day, and not in your papers.",
    )
