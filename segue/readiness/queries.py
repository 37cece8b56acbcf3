"""What the readiness pages show: levels with their reasons, the gates, what lacks, and how it grew."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.evidence import Ledger
from segue.core.loop import Gap, Turn
from segue.core.readiness import CompetencyResult, GateLine, GateResult, Line, assess
from segue.core.wording import counted
from segue.evidence.models import Entry
from segue.shared.components import Column, Figure, Table

LEVELS = ("not yet", "Aware", "Working", "Practitioner", "Lead")
MOST_POINTS = 27


@dataclass(frozen=True)
class Row:
    """A competency in the overview."""

    result: CompetencyResult
    url: str
    needed: int
    level_name: str
    needed_name: str
    self_name: str
    gap: Gap | None

    @property
    def enough(self) -> bool:
        return self.result.level >= self.needed


@dataclass(frozen=True)
class Proof:
    """A piece of evidence that meets a line."""

    number: int
    title: str
    url: str


@dataclass(frozen=True)
class LineRow:
    """A line of a level with what meets it, what lacks, and what will close it."""

    line: Line
    proofs: tuple[Proof, ...]
    closing: str
    closing_url: str


@dataclass(frozen=True)
class LevelRow:
    """A level with its lines. ``met``: it is reached, the levels below it too."""

    number: int
    name: str
    observable: str
    met: bool
    wanted: bool
    lines: tuple[LineRow, ...]


@dataclass(frozen=True)
class GapRow:
    """One line that the gate still lacks."""

    gap: Gap
    competency: str
    url: str
    closing: str
    closing_url: str


@dataclass(frozen=True)
class GateCard:
    """A gate with the demands that the gate before it does not make."""

    result: GateResult
    lines: tuple[GateLine, ...]
    after: str


@dataclass(frozen=True)
class Overview:
    """Everything on the page of readiness."""

    rows: tuple[Row, ...]
    track: Row | None
    gates: tuple[GateCard, ...]
    gaps: tuple[GapRow, ...]
    figure: Figure
    history: Figure | None
    opens_on: date | None
    is_open: bool


def overview(turn: Turn) -> Overview:
    """The page that answers how ready, and what binds."""
    wanted = turn.programme.gates[-1].levels
    first_gaps = {gap.line.competency: gap for gap in reversed(turn.gaps)}
    rows = [_row(r, wanted.get(r.competency.id, 0), first_gaps.get(r.competency.id)) for r in turn.readiness.results]
    scored = tuple(r for r in rows if not r.result.competency.is_track)
    return Overview(
        rows=scored,
        track=next((r for r in rows if r.result.competency.is_track), None),
        gates=gate_cards(turn.readiness.gates),
        gaps=tuple(_gap_row(turn, gap) for gap in _by_day(turn.gaps)),
        figure=levels_figure(scored),
        history=history_figure(turn),
        opens_on=turn.gate_opens_on,
        is_open=turn.readiness.gates[-1].met,
    )


def gate_cards(gates: Sequence[GateResult]) -> tuple[GateCard, ...]:
    """The gates in their order, none repeating what the one before it asks for."""
    cards: list[GateCard] = []
    for before, gate in zip([None, *gates], gates, strict=False):
        known = {(line.id, line.count) for line in before.lines} if before else set()
        lines = tuple(line for line in gate.lines if (line.id, line.count) not in known)
        cards.append(GateCard(gate, lines, before.gate.name if before else ""))
    return tuple(cards)


def _row(result: CompetencyResult, needed: int, gap: Gap | None) -> Row:
    track = result.competency.is_track
    return Row(
        result=result,
        url=reverse("readiness:show-competency", args=[result.competency.id]),
        needed=needed,
        level_name=("complete" if result.level else "not yet") if track else LEVELS[result.level],
        needed_name="complete" if track else LEVELS[needed],
        self_name="" if result.self_level is None else LEVELS[result.self_level],
        gap=gap,
    )


def _by_day(gaps: Sequence[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: (gap.on or date.max, gap.line.competency, gap.line.level))


def _gap_row(turn: Turn, gap: Gap) -> GapRow:
    competency = turn.programme.competency_by_id[gap.line.competency]
    closing, url = closing_of(turn, gap)
    return GapRow(
        gap, f"{competency.id} {competency.short}", reverse("readiness:show-competency", args=[competency.id]), closing, url
    )


def closing_of(turn: Turn, gap: Gap) -> tuple[str, str]:
    """What will close a gap, in words, and the page of it."""
    titles = [turn.activities[i].title for i in gap.activity_ids if i in turn.activities]
    url = reverse("workbench:show-activity", args=[gap.activity_ids[-1]]) if gap.activity_ids else ""
    if not titles:
        return "", url
    more = f" and {len(titles) - 1} before it" if len(titles) > 1 else ""
    if gap.status == "skipped":
        return f"Left out: {titles[-1]}{more}", url
    return f"{titles[-1]}{more}", url


def levels_figure(rows: Sequence[Row]) -> Figure:
    """Evidence, self-rating and what the gate wants, side by side."""
    enough = sum(1 for r in rows if r.enough)
    chart: Mapping[str, object] = {
        "radar": {
            "indicator": [{"name": f"{r.result.competency.id}\n{r.result.competency.short}", "max": 4} for r in rows],
            "splitNumber": 4,
            "radius": "74%",
            "center": ["50%", "48%"],
        },
        "legend": {"data": ["Evidence", "Self-rating", "The gate"], "bottom": 0},
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "radar",
                "data": [
                    {"name": "Evidence", "value": [r.result.level for r in rows], "areaStyle": {"opacity": 0.2}},
                    {"name": "Self-rating", "value": [r.result.self_level or 0 for r in rows], "lineStyle": {"type": "dotted"}},
                    {"name": "The gate", "value": [r.needed for r in rows], "lineStyle": {"type": "dashed"}},
                ],
            }
        ],
    }
    columns = [Column("Competency"), Column("Evidence", True), Column("Self-rating", True), Column("The gate", True)]
    table_rows = [
        [r.result.competency.name, r.result.level, "none" if r.result.self_level is None else r.result.self_level, r.needed]
        for r in rows
    ]
    caption = f"{enough} of {len(rows)} competencies are at the level that the gate wants."
    return Figure(
        "levels",
        caption,
        Table("Levels, 0 to 4", columns, table_rows),
        chart=chart,
        note="Levels 0 to 4. Self-ratings are shown, never counted.",
    )


def history_figure(turn: Turn) -> Figure | None:
    """The levels week by week, computed again from the ledger as it stood; nothing where there is only one day."""
    points = history(turn)
    if len(points) < 2:
        return None
    ids = [c.id for c in turn.programme.competencies if not c.is_track]
    names = [f"{c.id} {c.short}" for c in turn.programme.competencies if not c.is_track]
    days = [f"{day.day} {day:%b %Y}" for day, _ in points]
    series = [
        {
            "type": "line",
            "step": "end",
            "name": name,
            "symbol": "none",
            "clip": False,
            "data": [levels[i] for _, levels in points],
        }
        for i, name in zip(ids, names, strict=True)
    ]
    chart: Mapping[str, object] = {
        "tooltip": {"trigger": "axis"},
        "legend": {"bottom": 0, "type": "scroll"},
        "grid": {"left": 32, "right": 16, "top": 16, "bottom": 64},
        "xAxis": {"type": "category", "data": days},
        "yAxis": {"type": "value", "min": 0, "max": 4, "interval": 1},
        "series": series,
    }
    rows = [[day, *(levels[i] for i in ids)] for day, (_, levels) in zip(days, points, strict=True)]
    table = Table("Level by week", [Column("Day"), *(Column(name, True) for name in names)], rows)
    gained = sum(points[-1][1][i] for i in ids) - sum(points[0][1][i] for i in ids)
    caption = f"{counted(abs(gained), 'level')} {'gained' if gained >= 0 else 'fewer'} since {days[0]}."
    return Figure(
        "history", caption, table, chart=chart, note="Each point is computed from the evidence as it stood on that day."
    )


def history(turn: Turn) -> tuple[tuple[date, Mapping[str, int]], ...]:
    """The levels week by week up to today, at most about half a year of them.

    A week in which nothing came and nothing faded repeats the one before.
    """
    entries = turn.ledger.entries
    if not entries:
        return ()
    first = max(min(e.on for e in entries), turn.today - timedelta(weeks=MOST_POINTS - 1))
    days = [turn.today - timedelta(weeks=n) for n in range((turn.today - first).days // 7 + 1)][::-1]
    fading = _last_days(turn)
    found: list[tuple[date, Mapping[str, int]]] = []
    seen = (-1, -1)
    for day in days:
        ledger = Ledger(entries, turn.programme, day)
        now = (len(ledger.entries), bisect_left(fading, day))
        levels = found[-1][1] if now == seen else assess(turn.programme, ledger, day).levels()
        found.append((day, levels))
        seen = now
    return tuple(found)


def _last_days(turn: Turn) -> list[date]:
    """The last days on which an entry of a kind that fades may count, in order."""
    lasting = {k.id: k.expires_after for k in turn.programme.kinds.values() if k.expires_after is not None}
    return sorted(e.on + timedelta(days=lasting[e.kind]) for e in turn.ledger.entries if e.kind in lasting)


def competency_levels(turn: Turn, learner: Learner, competency_id: str) -> tuple[LevelRow, ...]:
    """The levels of one competency, line by line."""
    result = turn.readiness.result(competency_id)
    wanted = turn.programme.gates[-1].levels.get(competency_id, 0)
    titles = _titles(learner, [n for level in result.levels for line in level.lines for n in line.by])
    gaps = {gap.line.id: gap for gap in turn.gaps}
    return tuple(
        LevelRow(
            number=level.level.number,
            name=level.name,
            observable=level.level.observable,
            met=level.level.number <= result.level,
            wanted=level.level.number <= wanted,
            lines=tuple(_line_row(turn, line, titles, gaps.get(line.id)) for line in level.lines),
        )
        for level in result.levels
    )


def _titles(learner: Learner, numbers: Sequence[int]) -> Mapping[int, str]:
    rows = Entry.objects.filter(learner=learner, number__in=set(numbers)).values_list("number", "title")
    return dict(rows)


def _line_row(turn: Turn, line: Line, titles: Mapping[int, str], gap: Gap | None) -> LineRow:
    proofs = tuple(Proof(n, titles.get(n) or f"Entry {n}", reverse("evidence:show-entry", args=[n])) for n in line.by)
    closing, url = closing_of(turn, gap) if gap else ("", "")
    if gap and gap.on:
        closing = f"{closing}, planned by {gap.on.day} {gap.on:%B %Y}"
    return LineRow(line, proofs, closing, url)
