"""What the page of the three views shows, and the report that is recorded of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.evidence import Artefact, Sort, is_favourable
from segue.core.evidence import Entry as CoreEntry
from segue.core.loop import Turn
from segue.core.readiness import CompetencyResult, GateLine
from segue.evidence.criteria import named_level
from segue.evidence.models import Confidentiality, Entry
from segue.evidence.standing import is_newest, standing
from segue.evidence.vocabulary import kind_of, question_id
from segue.shared.components import Figure
from segue.work.transition.decision import checksum_of
from segue.work.transition.models import Closing
from segue.work.transition.three_views import (
    KIND,
    Judgement,
    Marked,
    Shown,
    Verdict,
    ViewRow,
    Views,
    binding_words,
    differences,
    past,
    text_of,
)
from segue.work.transition.views_figure import figure_of

MENTOR = "readiness-review"
Titles = Mapping[int, Shown]


@dataclass(frozen=True)
class RowPage:
    """A competency on the page: its views, where they differ, and what was said of an older state."""

    row: ViewRow
    said: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True)
class ViewsPage:
    """The page. ``suggested``: what holds most by the rules; ``seen``: tells whether another window changed what is typed."""

    views: Views
    rows: tuple[RowPage, ...]
    figure: Figure
    suggested: str
    text: str
    entry: Entry | None
    is_changed: bool
    seen: str


def closing_of(learner: Learner) -> Closing | None:
    """What was typed at the end of the six months, with its newest entries."""
    return Closing.objects.filter(learner=learner).select_related("report", "plan", "decided").first()


def views_page(learner: Learner, turn: Turn, closing: Closing | None) -> ViewsPage:
    """Three views of each competency. Two queries, and two for the entry."""
    suggested = _suggested(turn)
    views = views_of(learner, turn, closing)
    rows = tuple(RowPage(row, differences(row), past(row)) for row in views.rows)
    text, entry = text_of(views), standing(closing.report if closing else None)
    is_same = entry is not None and closing is not None and is_newest(closing.report_id, entry)
    is_same = is_same and closing is not None and closing.recorded.get("report") == checksum_of(undated(text))
    return ViewsPage(views, rows, figure_of(views), suggested, text, entry, not is_same, seen_of(closing))


def undated(text: str) -> str:
    """The report without the line that says of which day it is."""
    return text.partition("\n")[2]


def seen_of(closing: Closing | None) -> str:
    """Tells whether what is typed on the page is what was read."""
    return checksum_of(repr((sorted(closing.right.items()), closing.holds)) if closing else "")[:16]


def right_of(closing: Closing | None) -> Mapping[str, Mapping[str, str]]:
    """Which view is probably right, by competency; an import may have brought something else."""
    given = closing.right if closing else {}
    said = {competency: each for competency, each in given.items() if isinstance(each, dict)}
    return {competency: {name: str(each.get(name, "")) for name in ("who", "why")} for competency, each in said.items()}


def views_of(learner: Learner, turn: Turn, closing: Closing | None) -> Views:
    """The views of one day. Two queries."""
    titles = _titles(learner, turn)
    judged, marked = _judged(turn), _marked(turn)
    right = right_of(closing)
    rows = [
        _row(turn, result, titles, judged.get(result.competency.id, ()), marked.get(result.competency.id, ()), right)
        for result in turn.readiness.results
        if not result.competency.is_track
    ]
    return Views(
        on=turn.today,
        rows=tuple(rows),
        verdicts=tuple(_verdicts(turn)),
        holds=(closing.holds if closing else "") or _suggested(turn),
        gates={gate.gate.name: _lacks(gate.lines) for gate in turn.readiness.gates},
    )


def _lacks(lines: Sequence[GateLine]) -> list[str]:
    return [f"{line.text} ({line.tally})" for line in lines if not line.met]


def _row(
    turn: Turn,
    result: CompetencyResult,
    titles: Titles,
    judged: Sequence[Judgement],
    marked: Sequence[Marked],
    right: Mapping[str, Mapping[str, str]],
) -> ViewRow:
    competency, said = result.competency, right.get(result.competency.id, {})
    needed = turn.programme.gates[-1].levels.get(competency.id, 0)
    lacks = (line for level in result.levels for line in level.lines if level.level.number <= needed and not line.met)
    return ViewRow(
        competency=competency,
        level=result.level,
        needed=needed,
        self_level=result.self_level,
        names={0: "not yet"} | {number: rule.name for number, rule in turn.programme.level_rules.items()},
        shown=tuple(titles[n] for n in _behind(result) if n in titles),
        judgements=tuple(judged),
        marked=tuple(marked),
        lacks=next((line.text for line in lacks), ""),
        who=said.get("who", ""),
        why=said.get("why", ""),
        self_on=_rated_on(turn, competency.id),
    )


def _rated_on(turn: Turn, competency: str) -> date | None:
    rated = (e for e in reversed(turn.ledger.entries) if e.sort is Sort.SELF_RATING and e.id not in turn.ledger.withdrawn)
    return next((entry.on for entry in rated if competency in entry.competencies), None)


def _behind(result: CompetencyResult) -> list[int]:
    """The entries that meet the lines of the levels reached, those of the highest first."""
    lines = [line for level in reversed(result.levels) if level.level.number <= result.level for line in level.lines]
    return list(dict.fromkeys(number for line in lines for number in reversed(line.by)))


def _titles(learner: Learner, turn: Turn) -> Titles:
    numbers = {number for result in turn.readiness.results for number in _behind(result)}
    found = learner.entries.filter(number__in=numbers).values_list("number", "title", "kind", "on", "confidentiality")
    return {
        number: Shown(number, "" if secret == Confidentiality.PRIVATE else title or kind_of(kind).name, kind_of(kind).name, on)
        for number, title, kind, on, secret in found
    }


def _suggested(turn: Turn) -> str:
    binding = turn.binding
    competency = turn.programme.competency_by_id.get(binding.competency)
    name = f"{competency.id} {competency.name}" if competency else ""
    gap = binding.gap
    titles = [turn.activities[i].title for i in gap.activity_ids if i in turn.activities] if gap else []
    reviewers = "; ".join(_lacks(turn.readiness.gates[-1].lines))
    return binding_words(binding.sort, name, gap.line.text if gap else "", titles[-1] if titles else "", reviewers)


# --- what others said -------------------------------------------------------------------------------------------------------


def _judged(turn: Turn) -> Mapping[str, Sequence[Judgement]]:
    """By competency, what reviewers of a report said last, the newest first."""
    found: dict[str, dict[str, Judgement]] = defaultdict(dict)
    reports = [artefact for artefact in turn.ledger.artefacts if artefact.kind == KIND]
    said = sorted(((review, report) for report in reports for review in report.reviews), key=lambda pair: pair[0].id)
    for review, report in said:
        for competency in turn.programme.competency_by_id:
            mark = review.marks.get(question_id(KIND, competency))
            if mark is not None and review.reviewer is not None:
                found[competency].pop(_folded(review), None)
                found[competency][_folded(review)] = _judgement(review, report, competency, mark)
    return {competency: tuple(reversed(each.values())) for competency, each in found.items()}


def _folded(review: CoreEntry) -> str:
    return " ".join(review.reviewer.name.casefold().split()) if review.reviewer else ""


def _judgement(review: CoreEntry, report: Artefact, competency: str, mark: bool) -> Judgement:
    who = review.reviewer
    assert who is not None
    version = next((v for v in report.versions if v.id == review.subject), report.latest)
    named = named_level(version, competency)
    return Judgement(who.name, who.role, who.practises_ai, review.on, named, mark, review.id)


def _marked(turn: Turn) -> Mapping[str, Sequence[Marked]]:
    """By competency, how people marked the work that counts for it."""
    published = {c.id: each.id for each in turn.programme.competencies for level in each.levels for c in level.criteria}
    found: dict[str, dict[str, Marked]] = defaultdict(dict)
    for review in (review for artefact in turn.ledger.artefacts for review in artefact.reviews):
        who = review.reviewer
        for criterion, is_met in review.marks.items():
            if who is not None and (competency := published.get(criterion)):
                before = found[competency].get(_folded(review), Marked(who.name, who.role, who.practises_ai, 0, 0))
                counts = (before.met + is_met, before.looked + 1)
                found[competency][_folded(review)] = Marked(who.name, who.role, before.practises_ai or who.practises_ai, *counts)
    return {competency: tuple(each.values()) for competency, each in found.items()}


def _verdicts(turn: Turn) -> Iterator[Verdict]:
    """What mentors answered, the newest first."""
    words = dict(next((f.choices for f in kind_of(MENTOR).fields if f.name == "verdict"), ()))
    for artefact in sorted((a for a in turn.ledger.artefacts if a.kind == MENTOR), key=lambda a: a.latest.on, reverse=True):
        facts = artefact.latest.facts
        good = [review for review in artefact.reviews if review.reviewer is not None and is_favourable(review)]
        who = good[-1].reviewer if good and artefact.tier >= Tier.E2 else None
        gaps = facts.get("gaps", 0)
        yield Verdict(
            number=artefact.latest.id,
            on=artefact.latest.on,
            says=words.get(str(facts.get("verdict", "")), "No answer noted"),
            gaps=int(gaps) if isinstance(gaps, (int, float)) else 0,
            by=who.name if who else "",
            practises_ai=bool(who and who.practises_ai),
        )
