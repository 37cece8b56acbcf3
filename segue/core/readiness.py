"""How ready somebody is: criteria evaluated from the ledger, line by line. A gate, never an average.

Two properties hold and are tested: more evidence never lowers a level on the same day, and a self-claim never raises one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.core.activity import FactField, Programme
from segue.core.competency import Competency, Condition, Criterion, Gate, Level, LevelRule, Need, Tier
from segue.core.evidence import Artefact, Ledger

REAL_DATA = Condition("data", any_of=("real", "realistic"))


@dataclass(frozen=True)
class Line:
    """One demand and how it stands: ``have`` of ``count``.

    ``by`` are the ids of the entries that meet it; ``missing`` says what lacks, and is empty where nothing does.
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
        """Whether nothing lacks."""
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
        """Whether every line is met."""
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
        """Whether nothing lacks."""
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
        """Whether every line is met, so that the gate is open."""
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
    standing: dict[str, list[Artefact]] = {c.id: [] for c in programme.competencies}
    faded: dict[str, list[Artefact]] = {c.id: [] for c in programme.competencies}
    for artefact in ledger.artefacts:
        there = faded if ledger.expired(artefact, on) else standing
        for competency_id in artefact.competencies:
            there.setdefault(competency_id, []).append(artefact)
    results = tuple(_competency(programme, c, standing[c.id], faded[c.id], ledger) for c in programme.competencies)
    gates = tuple(_gate(g, {r.competency.id: r for r in results}, ledger) for g in programme.gates)
    return Readiness(on, results, gates)


def _competency(
    programme: Programme, competency: Competency, mine: Sequence[Artefact], lost: Sequence[Artefact], ledger: Ledger
) -> CompetencyResult:
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
    by = _ids(fitting)
    missing = "" if have >= count else _missing(programme, need, mine, lost, have, count)
    return Line(criterion.id, competency_id, level, criterion.text, need, have, count, by, missing)


def _ids(artefacts: Sequence[Artefact]) -> tuple[int, ...]:
    return tuple(a.checked[-1].id for a in artefacts)


def fits(artefact: Artefact, need: Need) -> bool:
    """Whether an artefact is of a kind, tier, reviewer and with facts as the need wants them."""
    return artefact.kind in need.kinds and not _lacks(artefact, need)


def _lacks(artefact: Artefact, need: Need) -> str:
    """What an artefact of the right kind lacks: ``tier``, ``practitioner``, the name of a fact, or nothing.

    One version has to hold all facts: a good score of one try and the length of another don't add up.
    """
    if artefact.tier < max(need.tier, Tier.E1):  # a claim never counts, whatever is asked for
        return "tier"
    if need.practitioner and not artefact.reviewed_by_practitioner:
        return "practitioner"
    if not need.where:
        return ""
    open_facts = [[c.fact for c in need.where if not holds(c, version.facts)] for version in artefact.checked]
    nearest = min(open_facts, key=len)
    return nearest[0] if nearest else ""


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
    different = _different(fitting, need.distinct.fact)
    if need.count - len(fitting) >= need.distinct.count - different:
        return len(fitting), need.count
    return different, need.distinct.count


def _different(artefacts: Sequence[Artefact], fact: str) -> int:
    """How many different values of a fact there are where each artefact stands for one, whatever its versions say."""
    values = [list(dict.fromkeys(str(v.facts[fact]) for v in a.checked if fact in v.facts)) for a in artefacts]
    owner: dict[str, int] = {}

    def claims(i: int, asked: set[str]) -> bool:
        for value in values[i]:
            if value not in asked:
                asked.add(value)
                if value not in owner or claims(owner[value], asked):
                    owner[value] = i
                    return True
        return False

    return sum(claims(i, set()) for i in range(len(values)))


def _missing(programme: Programme, need: Need, mine: Sequence[Artefact], lost: Sequence[Artefact], have: int, count: int) -> str:
    more = count - have
    kinds = [programme.kinds[k] for k in need.kinds]
    parts = [f"{more} more {_either([k.plural if more > 1 else _noun(k.name) for k in kinds])} needed"]
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
    field = _field(programme, need, lack)
    words = dict(field.choices) if field else {}
    return f"“{label}”: {_either([words.get(value, value) for value in condition.any_of])}"


def _either(words: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _noun(name: str) -> str:
    """A name within a sentence: ``AI-fit score`` keeps its capitals, ``Charter`` does not."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _label(programme: Programme, need: Need, fact: str) -> str:
    field = _field(programme, need, fact)
    return field.label if field else fact


def _field(programme: Programme, need: Need, fact: str) -> FactField | None:
    return next((f for k in need.kinds for f in programme.kinds[k].fields if f.name == fact), None)


# --- the rule of a level -----------------------------------------------------------------------------------------------------


def _rule_lines(competency_id: str, rule: LevelRule, mine: Sequence[Artefact]) -> tuple[Line, ...]:
    wanted: list[tuple[str, int, Tier, str, Callable[[Artefact], bool]]] = [
        ("e1", rule.e1, Tier.E1, "that Segue can check", lambda a: a.tier >= Tier.E1),
        ("e2", rule.e2, Tier.E2, "reviewed by a named person", lambda a: a.tier >= Tier.E2),
        ("e3", rule.e3, Tier.E3, "with an effect that a stakeholder confirmed", lambda a: a.tier >= Tier.E3),
        ("practitioner", int(rule.practitioner), Tier.E2, "reviewed by somebody who practises AI", _by_practitioner),
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
    more = count - len(fitting)
    missing = f"{more} more {_pieces(more)} {text}." if more > 0 else ""
    return Line(
        f"{competency_id.lower()}-{rule.number}-rule-{name}",
        competency_id,
        rule.number,
        f"{count} {_pieces(count)} of evidence {text}",
        need,
        len(fitting),
        count,
        _ids(fitting),
        missing,
    )


def _pieces(count: int) -> str:
    return "piece" if count == 1 else "pieces"


def _by_practitioner(artefact: Artefact) -> bool:
    return artefact.reviewed_by_practitioner


def _has_real_data(artefact: Artefact) -> bool:
    return any(holds(REAL_DATA, v.facts) for v in artefact.checked)


def _weeks_line(competency_id: str, rule: LevelRule, fitting: Sequence[Artefact]) -> Line:
    weeks = {v.on.isocalendar()[:2] for a in fitting for v in a.checked}
    text = f"Evidence from {rule.weeks} different weeks"
    more = rule.weeks - len(weeks)
    missing = f"{more} more {'week' if more == 1 else 'weeks'} with evidence." if more > 0 else ""
    line_id = f"{competency_id.lower()}-{rule.number}-rule-weeks"
    return Line(line_id, competency_id, rule.number, text, Need((), rule.weeks), len(weeks), rule.weeks, _ids(fitting), missing)


# --- gates -------------------------------------------------------------------------------------------------------------------


def _gate(gate: Gate, results: Mapping[str, CompetencyResult], ledger: Ledger) -> GateResult:
    lines = [
        GateLine(c, f"{results[c].competency.name}: level {wanted}", results[c].level, wanted)
        if not results[c].competency.is_track
        else GateLine(c, f"{results[c].competency.name}: complete", results[c].level, wanted)
        for c, wanted in gate.levels.items()
    ]
    reviewers = reviewer_names(ledger)
    wanted = f"{gate.reviewers} {'person has' if gate.reviewers == 1 else 'people have'} reviewed your work"
    lines.append(GateLine("reviewers", wanted, len(reviewers), gate.reviewers))
    wanted = f"{gate.practitioners} of them {'practises' if gate.practitioners == 1 else 'practise'} AI"
    lines.append(GateLine("practitioners", wanted, sum(reviewers.values()), gate.practitioners))
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
