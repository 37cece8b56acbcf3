"""The top of month 6: how far each of its parts is, in words, and what stands between the papers and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import counted
from segue.work.transition.decision import option_of
from segue.work.transition.models import Closing, Portfolio, ResumeVersion
from segue.work.transition.queries.decision import decision_of
from segue.work.transition.queries.three_views import closing_of, views_of
from segue.work.transition.three_views import ViewRow

STORIES, TALKS = 12, 3  # what the transition track asks for
COMPARE = "w24-compare"


@dataclass(frozen=True)
class Card:
    """A part of the month. ``url_name``: its page; where it has none, ``activity`` is the one that makes it in the ledger.

    ``more``: other pages beside it, each a name and words.
    """

    title: str
    url_name: str
    says: str
    more: tuple[tuple[str, str], ...] = ()
    activity: str = ""


@dataclass(frozen=True)
class MonthPage:
    """The top of month 6. ``overrated``: competencies in which the self-rating stands above the evidence."""

    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    overrated: tuple[ViewRow, ...]
    gate: str
    lacks: tuple[str, ...]


def month_page(learner: Learner, turn: Turn) -> MonthPage:
    """The parts with how far each is. About a dozen queries, however much there is."""
    closing = closing_of(learner)
    views = views_of(learner, turn, closing)
    gate = turn.readiness.gates[-1]
    return MonthPage(
        groups=(
            ("Your papers", tuple(_papers(learner, turn))),
            ("The market, and the talks", tuple(_talks(learner, turn))),
            ("Where you stand, and what is next", tuple(_closing(learner, turn, closing, len(views.differing)))),
        ),
        overrated=views.overrated,
        gate=gate.gate.name,
        lacks=tuple(f"{line.text} ({line.tally})" for line in gate.lines if not line.met),
    )


def _papers(learner: Learner, turn: Turn) -> Iterator[Card]:
    count = learner.resumes.count()
    final = ResumeVersion.objects.filter(learner=learner, is_final=True).exists()
    state = f"{counted(count, 'variant')}, {'one of them final' if final else 'none final yet'}."
    yield Card("Résumé", "list-resumes", state if count else "Each bullet leads to the evidence behind it.")
    profile = "Recorded." if _recorded(turn, "profile") else "The page people look at before they answer you."
    yield Card("LinkedIn profile", "", profile, activity="w23-profile")
    portfolio = Portfolio.objects.filter(learner=learner).first()
    pieces = len(portfolio.pieces) if portfolio else 0
    empty = "Five to eight pieces that may leave, and a cover page."
    yield Card("Portfolio", "show-portfolio", f"{counted(pieces, 'piece')} chosen." if pieces else empty)


def _recorded(turn: Turn, kind: str) -> int:
    """How many pieces of a kind stand in the ledger."""
    return sum(artefact.kind == kind for artefact in turn.ledger.artefacts)


def _talks(learner: Learner, turn: Turn) -> Iterator[Card]:
    ads, sent = learner.job_ads.count(), learner.applications.exclude(state="thinking").count()
    more = (("show-market", "What the market asks for"), ("list-applications", "Applications"))
    state = f"{counted(ads, 'ad')} taken apart" + (f", {counted(sent, 'application')} sent." if sent else ".")
    yield Card("Job ads", "list-ads", state if ads else "What they ask for: shown, claimed, or a gap.", more)
    stories = _recorded(turn, "star-story")
    told = f"{stories} of {STORIES} stories."
    yield Card("Stories", "", told if stories else "Twelve stories cover most questions.", activity="w24-stories")
    held = _recorded(turn, "mock-interview")
    empty = "Two with partners, scored. The first one is rarely good; let it be one that does not count."
    state = f"{counted(held, 'interview')} held."
    yield Card("Mock interviews", "", state if held else empty, activity="w25-mock-first")
    talks = sum(a.latest.facts.get("purpose") == "informational" for a in turn.ledger.artefacts if a.kind == "conversation")
    heard = f"{talks} of {TALKS} informational interviews."
    state = f"{heard} {'Compared.' if COMPARE in turn.state.done else 'Not compared with what you want yet.'}"
    yield Card("The job, heard and wanted", "", state, activity=COMPARE)


def _closing(learner: Learner, turn: Turn, closing: Closing | None, differing: int) -> Iterator[Card]:
    told = f"They differ by a level or more in {differing} {'competency' if differing == 1 else 'competencies'}."
    state = told if differing else "They agree, as far as they are known."
    recorded = f" Recorded as entry {closing.report.number}." if closing and closing.report else " Not recorded yet."
    yield Card("Three views", "show-views", state + recorded)
    gaps = learner.gap_tasks.filter(closed_on=None).count()
    lacking = counted(len(turn.gaps), "line")
    empty = f"The gate lacks {lacking}; none is in a gap plan." if turn.gaps else "The gate lacks nothing."
    yield Card("Gap plan", "list-gaps", f"{counted(gaps, 'gap')} with a day." if gaps else empty)
    chosen = option_of(decision_of(closing))
    begun = "Begun." if closing and closing.decision else "Apply, go on, move inside, or stay: a date this month."
    recorded = ", recorded." if closing and closing.decided else ", not recorded yet."
    yield Card("Decision", "edit-decision", f"{chosen.label}{recorded}" if chosen else begun)
