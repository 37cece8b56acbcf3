"""Risks, trade-offs, failures and guidelines: what is counted, what is asked for, what may not stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law
from segue.work.deepen.outline import answers_of, fields_of, outlines
from segue.work.deepen.rules.bias import PHASES, RULES

SETTING = Setting(date(2026, 12, 1), Law(()))
RISK = {
    "who": "customers who write in Polish",
    "how": "their complaints are not found",
    "likelihood": "4",
    "severity": "3",
    "measure": "recall per language",
    "action": "a hand-read sample of 40 a month",
    "owner": "data scientist",
    "due": "2027-01-15",
    "remains": "medium",
    "accepted_by": "head of support",
    "accepted_until": "2027-06-30",
}
AROUND = {"outsiders": "Staff named in reviews; names are masked.", "removed": "A ranking of buyers."}
OPTION = {
    "option": "one threshold",
    "gains": "1,900 writers in English",
    "loses": "140 in Polish",
    "figures": "84% and 71%",
    "range": "n = 140",
}
TRADE = {
    "trade": "English gains, Polish loses.",
    "choice": "Two thresholds.",
    "fairness": "opportunity",
    "losers": "More false alarms.",
    "data": "real",
}
FAILURE = {
    "failure": "wrong theme",
    "sees": "“may be about size”",
    "can": "one click",
    "falls": "keyword list",
    "told": "nobody",
    "noticed": "yes",
}


def of(sort: str, fields: Mapping[str, str]) -> Outcome:
    return RULES[sort](answers_of(outlines()[sort], fields), SETTING)


def rows(part: str, row: Mapping[str, str], count: int, **others: str) -> dict[str, str]:
    """Rows that are alike; ``others`` change the first."""
    told = {f"{part}.{n}.{column}": value for n in range(1, count + 1) for column, value in row.items()}
    return told | {f"{part}.1.{column}": value for column, value in others.items()}


def register(**others: str) -> Outcome:
    return of("risk-register", rows("risks", RISK, 5, **others) | AROUND)


def says(outcome: Outcome) -> list[str]:
    return [each.says for each in outcome.findings]


FULL = {
    "risk-register": rows("risks", RISK, 5) | AROUND,
    "trade-off": rows("options", OPTION, 2) | TRADE,
    "fallback": rows("failures", FAILURE, 5),
    "hax": {"start.g1.verdict": "met"},
}


@pytest.mark.parametrize("sort", RULES)
def test_facts_are_the_figures_of_the_kind_of_evidence(sort: str) -> None:
    kind = current().programme.kinds[outlines()[sort].kind]
    assert set(of(sort, FULL[sort]).facts) == {field.name for field in kind.fields}


# --- the risk register ---


def test_register_that_says_all_has_no_findings() -> None:
    outcome = register()
    assert outcome.findings == ()
    assert outcome.facts == {"risks": 5, "measured": 5, "owned": 5, "accepted": 5}


@pytest.mark.parametrize(
    "column", ["who", "how", "likelihood", "severity", "measure", "action", "owner", "due", "remains", "accepted_until"]
)
def test_each_gap_of_a_risk_is_found(column: str) -> None:
    found = register(**{column: ""}).findings
    assert [(each.level, each.part) for each in found] == [(Level.GAP, "risks")]
    assert found[0].says.startswith("Risk 1 (")


@pytest.mark.parametrize("owner", ["everyone", "The team", "TBD", "nobody", "we"])
def test_nobody_is_no_owner(owner: str) -> None:
    outcome = register(owner=owner)
    assert says(outcome) == [f"Risk 1 (customers who write in Polish): “{owner}” is no owner. Name one person or role."]
    assert outcome.facts["owned"] == 4


def test_none_yet_is_no_measure_but_honest() -> None:
    outcome = register(measure="None yet.")
    assert [each.level for each in outcome.findings] == [Level.NOTE]
    assert outcome.facts["measured"] == 4


@pytest.mark.parametrize(
    ("remains", "severity", "level"),
    [
        ("high", "1", [Level.STOP]),
        ("high", "5", [Level.STOP]),
        ("medium", "3", [Level.NOTE]),
        ("low", "5", [Level.NOTE]),
        ("low", "4", []),
    ],
)
def test_what_is_left_is_accepted_by_somebody(remains: str, severity: str, level: list[Level]) -> None:
    outcome = register(remains=remains, severity=severity, accepted_by="", accepted_until="")
    assert [each.level for each in outcome.findings] == level
    assert outcome.facts["accepted"] == 4


def test_high_remainder_accepted_by_nobody_in_words() -> None:
    assert [each.level for each in register(remains="high", accepted_by="nobody").findings] == [Level.STOP]


@pytest.mark.parametrize(("until", "count"), [("2026-11-30", 1), ("2026-12-01", 0), ("2026-12-02", 0)])
def test_acceptance_runs_out(until: str, count: int) -> None:
    assert [each.level for each in register(accepted_until=until).findings] == [Level.STOP] * count


def test_owner_who_accepts_own_risk_is_noted() -> None:
    assert [each.level for each in register(accepted_by="Data Scientist").findings] == [Level.NOTE]


def test_day_that_has_passed_is_noted() -> None:
    assert [each.level for each in register(due="2026-11-30").findings] == [Level.NOTE]


def test_fewer_than_five_risks_no_outsiders_and_nothing_taken_out_are_gaps() -> None:
    outcome = of("risk-register", rows("risks", RISK, 4))
    assert [(each.level, each.part) for each in outcome.findings] == [
        (Level.GAP, "risks"),
        (Level.GAP, "outsiders"),
        (Level.GAP, "removed"),
    ]


def test_top_risks_are_sorted_by_weight_then_by_severity() -> None:
    grades = [("1", "5"), ("5", "1"), ("5", "5"), ("2", "2"), ("5", "3"), ("3", "5"), ("", "5")]
    fields: dict[str, str] = {}
    for n, (likelihood, severity) in enumerate(grades, 1):
        fields |= {f"risks.{n}.{c}": v for c, v in {"who": f"group {n}", "likelihood": likelihood, "severity": severity}.items()}
    lines = of("risk-register", fields).lines
    assert lines == ("25 of 25: group 3", "15 of 25: group 6", "15 of 25: group 5", "5 of 25: group 1", "5 of 25: group 2")


# --- the memo, the failures, the guidelines ---


def test_memo_that_says_all_has_no_findings() -> None:
    outcome = of("trade-off", rows("options", OPTION, 2) | TRADE)
    assert outcome.findings == ()
    assert outcome.facts == {"options": 2, "data": "real"}
    assert "true cases found equally often in each group" in outcome.lines[1]


@pytest.mark.parametrize("part", TRADE)
def test_each_part_of_the_memo_is_asked_for(part: str) -> None:
    found = of("trade-off", rows("options", OPTION, 2) | {**TRADE, part: ""}).findings
    assert [(each.level, each.part) for each in found] == [(Level.GAP, part)]


@pytest.mark.parametrize("column", ["gains", "loses", "figures", "range"])
def test_each_column_of_an_option_is_asked_for(column: str) -> None:
    assert len(says(of("trade-off", rows("options", OPTION, 2, **{column: ""}) | TRADE))) == 1


@pytest.mark.parametrize("column", ["figures", "range"])
def test_words_are_no_figures(column: str) -> None:
    found = says(of("trade-off", rows("options", OPTION, 2, **{column: "rather good"}) | TRADE))
    assert found == ["Option 1 (one threshold): “rather good” holds no figure."]


def test_one_option_is_no_trade_off_and_toy_data_is_noted() -> None:
    outcome = of("trade-off", rows("options", OPTION, 1) | {**TRADE, "data": "toy", "fairness": "none"})
    assert [each.level for each in outcome.findings] == [Level.GAP, Level.NOTE]
    assert outcome.lines == ("1 option weighed.",)


def test_failures_that_are_designed_have_no_findings() -> None:
    outcome = of("fallback", rows("failures", FAILURE, 5, noticed="no", sees="") | {"unnoticed": "40 rows each Monday"})
    assert outcome.findings == ()
    assert outcome.facts == {"failures": 5, "unnoticed": 1}


@pytest.mark.parametrize("column", FAILURE)
def test_each_column_of_a_failure_is_asked_for(column: str) -> None:
    fields = rows("failures", FAILURE, 6, **{column: ""}) | {"failures.6.noticed": "no", "unnoticed": "a sample"}
    assert [each.part for each in of("fallback", fields).findings] == ["failures"]


def test_few_failures_all_noticed_and_no_way_to_find_one_are_gaps() -> None:
    found = of("fallback", rows("failures", FAILURE, 4)).findings
    assert [each.part for each in found] == ["failures", "failures", "unnoticed"]


def guidelines(verdict: str = "met", reason: str = "seen", **others: str) -> dict[str, str]:
    items = [(part, item.id) for part in PHASES for item in outlines()["hax"].by_id[part].items]
    told = {f"{part}.{item}.verdict": verdict for part, item in items} | {f"{part}.{item}.reason": reason for part, item in items}
    return told | {name.replace("__", "."): value for name, value in others.items()}


def test_there_are_eighteen_guidelines_in_four_phases() -> None:
    counts = {part: len(outlines()["hax"].by_id[part].items) for part in PHASES}
    assert counts == {"start": 2, "during": 4, "wrong": 5, "time": 7}
    assert [item.id for part in PHASES for item in outlines()["hax"].by_id[part].items] == [f"g{n}" for n in range(1, 19)]


def test_verdicts_are_counted() -> None:
    fields = guidelines(start__g1__verdict="gap", start__g1__mend="a line", wrong__g9__verdict="partial", time__g13__verdict="na")
    outcome = of("hax", fields | {f"first.{n}.sketch": "a line" for n in (1, 2)})
    assert outcome.findings == ()
    assert outcome.lines == ("18 of 18 judged: 15 met, 1 partly met, 1 a gap, 1 not applicable.",)
    assert outcome.facts == {"rows": 18, "failing": 1}


@pytest.mark.parametrize("verdict", ["met", "partial", "gap", "na"])
def test_verdict_needs_a_reason(verdict: str) -> None:
    fields = guidelines(during__g4__verdict=verdict, during__g4__reason="", during__g4__mend="a line")
    found = [each for each in of("hax", fields | {"first.1.sketch": "a line"}).findings if each.level is Level.GAP]
    assert [each.part for each in found] == ["during"]
    assert found[0].says.startswith("Guideline 4 (")


def test_gap_needs_a_mend_and_comes_first_somewhere() -> None:
    found = says(of("hax", guidelines(wrong__g7__verdict="gap")))
    assert found[0] == "Guideline 7 (a gap): sketch a mend in words."
    assert found[1] == "Say what to mend first, with a sketch of each: 1 row; 0 so far."


def test_guidelines_without_verdict_are_named_by_phase() -> None:
    found = says(of("hax", guidelines(start__g2__verdict="", time__g12__verdict="", time__g18__verdict="")))
    assert found == ["No verdict yet on guideline 2.", "No verdict yet on guidelines 12 and 18."]


def test_all_met_is_doubted() -> None:
    assert [each.level for each in of("hax", guidelines()).findings] == [Level.NOTE]


@given(st.data())
def test_whatever_was_typed_has_an_outcome(data: st.DataObject) -> None:
    sort = data.draw(st.sampled_from([*RULES]))
    names = [name for name, _ in fields_of(outlines()[sort])]
    fields = data.draw(
        st.dictionaries(st.sampled_from(names), st.one_of(st.text(max_size=20), st.sampled_from("12345")), max_size=12)
    )
    outcome = of(sort, fields)
    parts = set(outlines()[sort].by_id)
    assert all(each.part in parts | {""} for each in outcome.findings)
