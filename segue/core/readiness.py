"""How ready somebody is: criteria evaluated from the ledger, line by line. A gate, never an average.

Two properties hold and are tested: more evidence never lowers a level on the same day, and a self-claim never raises one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.core.activity import FactField, Programme
from segue.core.competency import Competency, Condition, Criterion, Gate, Level, LevelRule, Need, Tier
from segue.core.evidence import Artefact, Ledger

REAL_DATA = Condition("data", any_of=("real", "realistic"))


@dataclass(frozen=True)
class Line:
    """One demand and how it stands: ``have`` of ``count``; ``by`` are the ids of the entries that meet it; ``missing`` says what lacks.

    ``need`` is what would meet it, whatever it came from: a criterion, or the rule of a level.
    """

    id: str
    competency: str
    level: int
    text: str
    need: Need
    have: int
    count: int
    by: tuple[int, ...]
    missing: str

    @property
    def met(self) -> bool:
        return self.have >= self.count

    @property
    def tally(self) -> str:
        """``3 of 10``."""
        return f"{self.have} of {self.count}"

    @property
    def short(self) -> int:
        """How many more are needed."""
        return max(0, self.count - self.have)


@dataclass(frozen=True)
class LevelResult:
    """A level with its lines: those of its criteria first, then those of the level's rule."""

    level: Level
    name: str
    lines: tuple[Line, ...]

    @property
    def met(self) -> bool:
        return all(line.met for line in self.lines)


@dataclass(frozen=True)
class CompetencyResult:
    """A competency with the level reached (0 where not even the first is), and the self-rating beside it."""

    competency: Competency
    level: int
    levels: tuple[LevelResult, ...]
    self_level: int | None

    @property
    def overrated(self) -> bool:
        """Whether the self-rating stands a level or more above the evidence."""
        return self.self_level is not None and self.self_level > self.level


@dataclass(frozen=True)
class GateLine:
    """One demand of a gate: a level in a competency, or a number of reviewers."""

    id: str
    text: str
    have: int
    count: int

    @property
    def met(self) -> bool:
        return self.have >= self.count

    @property
    def tally(self) -> str:
        """``2 of 3``."""
        return f"{self.have} of {self.count}"


@dataclass(frozen=True)
class GateResult:
    """A gate and how each of its demands stands."""

    gate: Gate
    lines: tuple[GateLine, ...]

    @property
    def met(self) -> bool:
        return all(line.met for line in self.lines)


@dataclass(frozen=True)
class Readiness:
    """The whole answer for one day."""

    on: date
    results: tuple[CompetencyResult, ...]
    gates: tuple[GateResult, ...]

    def result(self, competency_id: str) -> CompetencyResult:
        """The result of one competency. Raises ``KeyError``."""
        for result in self.results:
            if result.competency.id == competency_id:
                return result
        raise KeyError(competency_id)

    def levels(self) -> Mapping[str, int]:
        """The level reached by competency id."""
        return {r.competency.id: r.level for r in self.results}

    def open_lines(self, gate: Gate) -> tuple[Line, ...]:
        """Every unmet line at or below the level that the gate wants, in order of competency and level."""
        return tuple(
            line
            for result in self.results
            for level in result.levels
            if level.level.number <= gate.levels.get(result.competency.id, 0)
            for line in level.lines
            if not line.met
        )


def assess(programme: Programme, ledger: Ledger, on: date) -> Readiness:
    """Readiness on a day, from the entries of the ledger dated up to it (the caller passes such a ledger)."""
    standing = [a for a in ledger.artefacts if not ledger.expired(a, on)]
    faded = [a for a in ledger.artefacts if ledger.expired(a, on)]
    results = tuple(_competency(programme, c, standing, faded, ledger) for c in programme.competencies)
    gates = tuple(_gate(g, {r.competency.id: r for r in results}, ledger) for g in programme.gates)
    return Readiness(on, results, gates)


def _competency(
    programme: Programme, competency: Competency, standing: Sequence[Artefact], faded: Sequence[Artefact], ledger: Ledger
) -> CompetencyResult:
    mine = [a for a in standing if competency.id in a.competencies]
    lost = [a for a in faded if competency.id in a.competencies]
    levels = tuple(_level(programme, competency, level, mine, lost) for level in competency.levels)
    reached = 0
    for result in levels:
        if not result.met:
            break
        reached = result.level.number
    return CompetencyResult(competency, reached, levels, ledger.self_ratings.get(competency.id))


def _level(
    programme: Programme, competency: Competency, level: Level, mine: Sequence[Artefact], lost: Sequence[Artefact]
) -> LevelResult:
    lines = [_criterion_line(programme, competency.id, level.number, c, mine, lost) for c in level.criteria]
    rule = programme.level_rules.get(level.number)
    if rule is None or competency.is_track:
        return LevelResult(level, "Complete", tuple(lines))
    return LevelResult(level, rule.name, (*lines, *_rule_lines(competency.id, rule, mine)))


# --- criteria ---------------------------------------------------------------------------------------------------------------


def _criterion_line(
    programme: Programme, competency_id: str, level: int, criterion: Criterion, mine: Sequence[Artefact], lost: Sequence[Artefact]
) -> Line:
    need = criterion.need
    fitting = [a for a in mine if fits(a, need)]
    have, count = _have(fitting, need)
    by = tuple(a.latest.id for a in fitting)
    missing = "" if have >= count else _missing(programme, need, mine, lost, have, count)
    return Line(criterion.id, competency_id, level, criterion.text, need, have, count, by, missing)


def fits(artefact: Artefact, need: Need) -> bool:
    """Whether an artefact is of a kind, tier, reviewer and with facts as the need wants them."""
    return artefact.kind in need.kinds and not _lacks(artefact, need)


def _lacks(artefact: Artefact, need: Need) -> str:
    """What an artefact of the right kind lacks: ``tier``, ``practitioner``, the name of a fact, or nothing."""
    if artefact.tier < need.tier:
        return "tier"
    if need.practitioner and not artefact.reviewed_by_practitioner:
        return "practitioner"
    for condition in need.where:
        if not any(holds(condition, version.facts) for version in artefact.versions):
            return condition.fact
    return ""


def holds(condition: Condition, facts: Mapping[str, float | str]) -> bool:
    """Whether the facts fulfil a condition; a fact that is not given does not."""
    value = facts.get(condition.fact)
    if value is None:
        return False
    if condition.at_least is not None:
        return isinstance(value, (int, float)) and value >= condition.at_least
    return str(value) in condition.any_of


def _have(fitting: Sequence[Artefact], need: Need) -> tuple[int, int]:
    """How many of how many; where different values are asked for too, whichever of the two lacks more is told."""
    if need.distinct is None:
        return len(fitting), need.count
    different = len({str(v.facts[need.distinct.fact]) for a in fitting for v in a.versions if need.distinct.fact in v.facts})
    if need.count - len(fitting) >= need.distinct.count - different:
        return len(fitting), need.count
    return different, need.distinct.count


def _missing(
    programme: Programme, need: Need, mine: Sequence[Artefact], lost: Sequence[Artefact], have: int, count: int
) -> str:
    kind = programme.kinds[need.kinds[0]]
    more = count - have
    parts = [f"{more} more {kind.plural if more > 1 else kind.name.lower()} needed"]
    if need.distinct is not None:
        parts.append(f"with {need.distinct.count} different answers to “{_label(programme, need, need.distinct.fact)}”")
    near: dict[str, int] = {}
    for artefact in mine:
        lack = _lacks(artefact, need) if artefact.kind in need.kinds else ""
        if lack:
            near[lack] = near.get(lack, 0) + 1
    parts += [f"{n} recorded {'lacks' if n == 1 else 'lack'} {_what(programme, need, lack)}" for lack, n in near.items()]
    faded = sum(1 for a in lost if a.kind in need.kinds)
    if faded:
        parts.append(f"{faded} faded: check {'it' if faded == 1 else 'them'} again by a new version")
    return "; ".join(parts) + "."


def _what(programme: Programme, need: Need, lack: str) -> str:
    if lack == "tier":
        wanted = {Tier.E1: "something to check", Tier.E2: "a review that finds it good", Tier.E3: "a confirmed effect"}
        return wanted.get(need.tier, "evidence")
    if lack == "practitioner":
        return "a review by somebody who practises AI"
    condition = next(c for c in need.where if c.fact == lack)
    label = _label(programme, need, lack)
    if condition.at_least is not None:
        return f"“{label}” of {condition.at_least:g} or more"
    return f"“{label}” as wanted"


def _label(programme: Programme, need: Need, fact: str) -> str:
    fields: Iterable[FactField] = (f for k in need.kinds for f in programme.kinds[k].fields)
    return next((f.label for f in fields if f.name == fact), fact)


# --- the rule of a level -----------------------------------------------------------------------------------------------------


def _rule_lines(competency_id: str, rule: LevelRule, mine: Sequence[Artefact]) -> tuple[Line, ...]:
    wanted: list[tuple[str, int, Tier, str, Callable[[Artefact], bool]]] = [
        ("e1", rule.e1, Tier.E1, "that Segue can check", lambda a: a.tier >= Tier.E1),
        ("e2", rule.e2, Tier.E2, "reviewed by a named person", lambda a: a.tier >= Tier.E2),
        ("e3", rule.e3, Tier.E3, "with an effect that a stakeholder confirmed", lambda a: a.tier >= Tier.E3),
        ("practitioner", int(rule.practitioner), Tier.E2, "reviewed by somebody who practises AI", lambda a: a.reviewed_by_practitioner),
        ("data", int(rule.real_data), Tier.E1, "made with real or realistic data", _has_real_data),
    ]
    lines = [
        _rule_line(competency_id, rule, name, count, tier, text, [a for a in mine if test(a)])
        for name, count, tier, text, test in wanted
        if count
    ]
    if rule.weeks:
        lines.append(_weeks_line(competency_id, rule, [a for a in mine if a.tier >= Tier.E1]))
    return tuple(lines)


def _rule_line(
    competency_id: str, rule: LevelRule, name: str, count: int, tier: Tier, text: str, fitting: Sequence[Artefact]
) -> Line:
    where = (REAL_DATA,) if name == "data" else ()
    need = Need((), count, tier, practitioner=name == "practitioner", where=where)
    pieces = "piece" if count == 1 else "pieces"
    missing = "" if len(fitting) >= count else f"{count - len(fitting)} more {text}."
    return Line(
        f"{competency_id.lower()}-{rule.number}-rule-{name}",
        competency_id,
        rule.number,
        f"{count} {pieces} of evidence {text}",
        need,
        len(fitting),
        count,
        tuple(a.latest.id for a in fitting),
        missing,
    )


def _has_real_data(artefact: Artefact) -> bool:
    return artefact.tier >= Tier.E1 and any(holds(REAL_DATA, v.facts) for v in artefact.versions)


def _weeks_line(competency_id: str, rule: LevelRule, fitting: Sequence[Artefact]) -> Line:
    weeks = {v.on.isocalendar()[:2] for a in fitting for v in a.versions}
    text = f"Evidence from {rule.weeks} different weeks"
    missing = "" if len(weeks) >= rule.weeks else f"{rule.weeks - len(weeks)} more week with evidence."
    ids = tuple(a.latest.id for a in fitting)
    line_id = f"{competency_id.lower()}-{rule.number}-rule-weeks"
    return Line(line_id, competency_id, rule.number, text, Need((), rule.weeks), len(weeks), rule.weeks, ids, missing)


# --- gates -------------------------------------------------------------------------------------------------------------------


def _gate(gate: Gate, results: Mapping[str, CompetencyResult], ledger: Ledger) -> GateResult:
    lines = [
        GateLine(c, f"{results[c].competency.name}: level {wanted}", results[c].level, wanted)
        if not results[c].competency.is_track
        else GateLine(c, f"{results[c].competency.name}: complete", results[c].level, wanted)
        for c, wanted in gate.levels.items()
    ]
    reviewers = reviewer_names(ledger)
    lines.append(GateLine("reviewers", f"{gate.reviewers} people have reviewed your work", len(reviewers), gate.reviewers))
    practising = sum(reviewers.values())
    lines.append(GateLine("practitioners", f"{gate.practitioners} of them practises AI", practising, gate.practitioners))
    return GateResult(gate, tuple(lines))


def reviewer_names(ledger: Ledger) -> Mapping[str, bool]:
    """Those whose reviews stand, and whether they practise AI; one name counts once however it is written in capitals."""
    found: dict[str, bool] = {}
    for artefact in ledger.artefacts:
        for review in artefact.reviews:
            if review.reviewer is not None:
                name = " ".join(review.reviewer.name.casefold().split())
                found[name] = found.get(name, False) or review.reviewer.practises_ai
    return found
