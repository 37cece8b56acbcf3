"""Three views of each competency: what I think, what the evidence shows, what reviewers said; and the report of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from segue.core.competency import Competency
from segue.core.wording import counted, written_date

KIND = "readiness-report"
ACTIVITY = "w26-report-and-plan"
VIEWS = (("me", "I"), ("evidence", "The evidence"), ("reviewers", "The reviewers"), ("open", "I can’t tell yet"))
MOST_TITLES = 6


@dataclass(frozen=True)
class Judgement:
    """What somebody said to a report about one competency. ``named``: the level that the report named; ``None`` where none was.

    ``agrees``: they found that the evidence shows it.
    """

    name: str
    role: str
    practises_ai: bool
    on: date
    named: int | None
    agrees: bool
    number: int

    @property
    def level(self) -> int | None:
        """Where they see the learner, at most: the level that was named, or the one below it."""
        return self.named if self.named is None or self.agrees else max(0, self.named - 1)


@dataclass(frozen=True)
class Marked:
    """How somebody marked work of one competency: criteria that they found met, of those they looked at."""

    name: str
    role: str
    practises_ai: bool
    met: int
    looked: int


@dataclass(frozen=True)
class Shown:
    """A piece of evidence behind a level. ``title`` is empty where it is private: nobody else reads what it is called."""

    number: int
    title: str
    kind: str
    on: date


@dataclass(frozen=True)
class ViewRow:
    """One competency from three sides. ``names``: level -> its name; ``lacks``: the first line that the gate still wants.

    ``who`` and ``why``: which view is probably right, as the learner typed it. ``self_on``: the day of the self-rating.
    """

    competency: Competency
    level: int
    needed: int
    self_level: int | None
    names: Mapping[int, str]
    shown: tuple[Shown, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    marked: tuple[Marked, ...] = ()
    lacks: str = ""
    who: str = ""
    why: str = ""
    self_on: date | None = None

    def named(self, level: int | None) -> str:
        """``2 Working``; ``not rated`` where there is none."""
        return "not rated" if level is None else f"{level} {self.names[level]}"

    @property
    def level_words(self) -> str:
        """What the evidence shows."""
        return self.named(self.level)

    @property
    def self_words(self) -> str:
        """What the learner thinks."""
        return self.named(self.self_level)

    @property
    def needed_words(self) -> str:
        """What the gate wants."""
        return self.named(self.needed)

    @property
    def current(self) -> tuple[Judgement, ...]:
        """Judgements of the level that the evidence shows today; others spoke of an older state."""
        return tuple(each for each in self.judgements if each.named == self.level)

    @property
    def reviewed_level(self) -> int | None:
        """Where the most careful of the reviewers sees the learner today."""
        return min((each.level for each in self.current if each.level is not None), default=None)

    @property
    def overrated(self) -> bool:
        """Whether the learner sees themself a level or more above the evidence."""
        return self.self_level is not None and self.self_level > self.level

    @property
    def differs(self) -> bool:
        """Whether two of the views are a level or more apart."""
        known = [level for level in (self.self_level, self.level, self.reviewed_level) if level is not None]
        return max(known) > min(known)

    @property
    def right_words(self) -> str:
        """Which view is probably right, as far as it was settled."""
        return dict(VIEWS).get(self.who, "not settled")

    @property
    def is_compared(self) -> bool:
        """Whether there is a second view beside the evidence."""
        return self.self_level is not None or bool(self.judgements)


@dataclass(frozen=True)
class Verdict:
    """What a mentor answered to “would you put me forward today”. ``by``: who confirmed the note of it, where somebody did."""

    number: int
    on: date
    says: str
    gaps: int
    by: str
    practises_ai: bool


@dataclass(frozen=True)
class Views:
    """All of it for one day. ``gates``: name -> the demands that are not met."""

    on: date
    rows: tuple[ViewRow, ...]
    verdicts: tuple[Verdict, ...] = ()
    holds: str = ""
    gates: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def differing(self) -> tuple[ViewRow, ...]:
        """Where two views are a level or more apart."""
        return tuple(row for row in self.rows if row.differs)

    @property
    def overrated(self) -> tuple[ViewRow, ...]:
        """Where the self-rating stands above the evidence."""
        return tuple(row for row in self.rows if row.overrated)

    @property
    def facts(self) -> dict[str, float | str]:
        """The figures of the report: how many were compared, how many differ, and the level named for each."""
        counts: dict[str, float | str] = {"compared": sum(row.is_compared for row in self.rows), "differ": len(self.differing)}
        return counts | {row.competency.id.lower(): row.level for row in self.rows}


# --- in words ---------------------------------------------------------------------------------------------------------------


def differences(row: ViewRow) -> tuple[str, ...]:
    """Where the views of a competency differ, in kind words."""
    return (*_of_self(row), *_of_reviewers(row))


def _of_self(row: ViewRow) -> Iterator[str]:
    if row.self_level is None or row.self_level == row.level:
        return
    apart = counted(abs(row.self_level - row.level), "level")
    apart = "a level" if apart == "1 level" else apart
    between = f"{row.self_words} against {row.level_words}"
    if row.overrated:
        more = f" First on the list: {row.lacks[:1].lower()}{row.lacks[1:]}." if row.lacks else ""
        yield (
            f"You see yourself {apart} above what the evidence shows: {between}. You may well be right, and what would show it "
            f"is not recorded yet; or it is worth a question to somebody who knows.{more}"
        )
    else:
        yield f"The evidence shows {apart} more than you give yourself: {level_pair(row)}. It was earned; you may say so."


def level_pair(row: ViewRow) -> str:
    """The evidence first, then oneself."""
    return f"{row.level_words} against {row.self_words}"


def _of_reviewers(row: ViewRow) -> Iterator[str]:
    for each in row.current:
        if not each.agrees:
            yield (
                f"{each.name} does not find level {row.level} in this evidence yet, though every line of it is met. "
                "Ask what made them hesitate: that is worth more than the level."
            )
        elif row.self_level is not None and row.self_level < row.level:
            yield f"{each.name} finds level {row.level} in the evidence, too."


def past(row: ViewRow) -> tuple[str, ...]:
    """Judgements of a level that the evidence does not show today any more."""
    return tuple(
        f"{each.name} spoke of level {each.named} on {written_date(each.on)}; the evidence shows level {row.level} today."
        for each in row.judgements
        if each.named is not None and each.named != row.level
    )


def binding_words(sort: str, competency: str, line: str, title: str, reviewers: str) -> str:
    """The one thing that holds most, from the rules; a draft of what the learner writes."""
    if sort == "none":
        return "Nothing of the gate: every line is met."
    if sort == "reviewers":
        return f"People who looked at my work: {reviewers}."
    how = {"skipped": "what would close it was left out of the plan", "behind": "I am behind the plan there"}.get(sort, title)
    return f"{competency}: {line}" + (f" ({how})." if how else ".")


# --- the report -------------------------------------------------------------------------------------------------------------


def text_of(views: Views) -> str:
    """The report as it is recorded. It may be sent: reviewers are told by their role, private work by its kind."""
    parts = [f"Levels by the rules of the programme as of {written_date(views.on)}, from 0 to 4, with the evidence behind each."]
    parts += ["## Side by side", *(_row_text(row) for row in views.rows)]
    parts += ["## Where they differ", _differences_text(views)]
    parts += ["## What holds me most", views.holds or "Not settled yet."]
    if views.verdicts:
        parts += ["## What mentors answered", "\n".join(f"- {_verdict_text(each)}" for each in views.verdicts)]
    parts += ["## The gates", "\n".join(_gate_text(name, lacks) for name, lacks in views.gates.items())]
    return "\n\n".join(parts) + "\n"


def _row_text(row: ViewRow) -> str:
    lines = [f"- What I think: {row.self_words}", f"- What the evidence shows: {row.level_words}. {_shown_text(row)}"]
    lines.append(f"- What reviewers said: {_reviewers_text(row)}")
    return f"### {row.competency.id} {row.competency.name}\n\n" + "\n".join(lines)


def _shown_text(row: ViewRow) -> str:
    if not row.shown:
        return "Nothing that counts is recorded yet."
    named = [each for each in row.shown if each.title]
    parts = [_piece(each) for each in named[:MOST_TITLES]]
    if len(named) > MOST_TITLES:
        parts.append(f"{len(named) - MOST_TITLES} more")
    if secret := [each for each in row.shown if not each.title]:
        kinds = ", ".join(sorted({each.kind.lower() for each in secret}))
        parts.append(f"{counted(len(secret), 'private piece')} ({kinds})")
    return f"{'; '.join(parts)}."


def _piece(shown: Shown) -> str:
    """A piece by its name, and its day."""
    return f"“{' '.join(shown.title.split())}”, {shown.on.day} {shown.on:%b %Y}"


def _reviewers_text(row: ViewRow) -> str:
    said = [f"{_role(each)} {'finds' if each.agrees else 'does not find'} level {each.named} shown" for each in row.current]
    said += [f"{_role(each)} found {each.met} of {each.looked} criteria met" for each in row.marked]
    return "; ".join(said) + "." if said else "nobody has yet."


def _role(who: Judgement | Marked) -> str:
    role = who.role or "a reviewer"
    return f"{role} (practises AI)" if who.practises_ai else role


def _differences_text(views: Views) -> str:
    words = dict(VIEWS)
    lines = []
    for row in views.differing:
        sides = f"I say {row.self_words}, the evidence shows {row.level_words}"
        if row.reviewed_level is not None:
            sides += f", reviewers say {row.named(row.reviewed_level)}"
        right = f" Probably right: {words[row.who]}." if row.who else ""
        lines.append(f"- {row.competency.id}: {sides}.{right}{f' {row.why}' if row.why else ''}")
    return "\n".join(lines) or "Nowhere by a level or more."


def _verdict_text(verdict: Verdict) -> str:
    who = "confirmed by the mentor" if verdict.by else "my note of it, not confirmed yet"
    return f"{written_date(verdict.on)}: {verdict.says}; {counted(verdict.gaps, 'gap')} named ({who})"


def _gate_text(name: str, lacks: Sequence[str]) -> str:
    return f"- {name}: {'open' if not lacks else 'not open yet; ' + '; '.join(lacks)}."
