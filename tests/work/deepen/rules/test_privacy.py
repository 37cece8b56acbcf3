"""What follows from triage, data map and impact questions: every question, every count, every gap by its row."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.deepen.findings import Finding, Level, Outcome, Setting
from segue.work.deepen.law import law
from segue.work.deepen.outline import answers_of, fields_of, outlines
from segue.work.deepen.rules.privacy import CRITERIA, OFF, RULES, TRIAGE, is_outside
from tests.conftest import MONDAY

SETTING = Setting(MONDAY, law())
# So that no two of the first make a case that the law names.
NINE = ["innovative", "matching", "vulnerable", "barring", "scoring", "monitoring", "sensitive", "scale", "automated"]


def judge(sort: str, **fields: str) -> Outcome:
    typed = {name.replace("__", "."): value for name, value in fields.items()}
    return RULES[sort](answers_of(outlines()[sort], typed), SETTING)


def of_level(outcome: Outcome, level: Level) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.level == level]


def said(outcome: Outcome) -> str:
    return "\n".join(finding.says for finding in outcome.findings)


# --- triage -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 11))
def test_each_question_has_its_consequence_with_its_law(number: int) -> None:
    name = [*TRIAGE, "off"][number - 1]
    told = TRIAGE.get(name, OFF)
    bites, harmless = ("no", "yes") if name == "off" else ("yes", "no")
    found = next(f for f in judge("triage", **{f"questions__{name}__answer": bites}).findings if f.law)
    assert found.says == f"Question {number}: {told.says}"
    assert found.level == told.level
    assert set(found.law) <= set(law().by_id)
    unsure = judge("triage", **{f"questions__{name}__answer": "unsure"})
    assert f"Question {number}, not sure: {told.find_out}" in said(unsure)
    assert told.says not in said(judge("triage", **{f"questions__{name}__answer": harmless}))


def test_what_is_not_answered_is_never_a_no() -> None:
    empty = judge("triage")
    assert len([f for f in empty.findings if "is open" in f.says]) == 10
    assert empty.facts == {"questions": 0, "stops": 0}
    assert "10 are open" in empty.lines[0]


def test_all_harmless_and_reasoned_is_clean() -> None:
    fields = {f"questions__{name}__answer": "no" for name in TRIAGE} | {"questions__off__answer": "yes"}
    fields |= {f"questions__{name}__because": "We looked." for name in (*TRIAGE, "off")} | {
        "switch": "The lead; logs for a year."
    }
    clean = judge("triage", **fields)
    assert clean.findings == ()
    assert clean.facts == {"questions": 10, "stops": 0}
    assert clean.lines == ("10 of 10 questions answered. All are answered.", "Nothing found that must be settled first.")


def test_stops_are_counted() -> None:
    fields = {f"questions__{name}__answer": "yes" for name in TRIAGE} | {"questions__off__answer": "no"}
    found = judge("triage", **fields)
    stops = [name for name, told in (*TRIAGE.items(), ("off", OFF)) if told.level == Level.STOP]
    assert stops == ["special", "criteria", "decision", "prohibited", "off"]
    assert found.facts["stops"] == len(stops)
    assert "5 points to settle" in found.lines[1]
    assert "Write who can switch it off" in said(found)


# --- the data map -----------------------------------------------------------------------------------------------------------

WHOLE = {
    "place": "Warehouse", "whose": "Comments of customers", "purpose": "Mend products", "basis": "contract",
    "retention": "90 days", "sees": "Two analysts", "vendor": "none", "country": "Germany",
}  # fmt: skip
REST = {"rights": "Ask Lena; within a month.", "checked": "2026-11-23"}


def stop(number: int = 1, **changes: str) -> dict[str, str]:
    return {f"stops__{number}__{name}": value for name, value in {**WHOLE, **changes}.items() if value}


def test_a_whole_place_is_clean_and_counted() -> None:
    found = judge("data-map", **stop(), **stop(2, place="Laptop", country="France"), **REST)
    assert found.findings == ()
    assert found.facts == {"stops": 2, "bases": 2, "retention": 2}


@pytest.mark.parametrize(
    ("changes", "level", "words"),
    [
        ({"basis": ""}, Level.STOP, "no lawful basis"),
        ({"basis": "always"}, Level.STOP, "“we always did” is no basis"),
        ({"basis": "unknown"}, Level.STOP, "nobody knows the basis"),
        ({"basis": "none"}, Level.NOTE, "how you know that nobody can find the person"),
        ({"retention": ""}, Level.GAP, "no day on which it is deleted"),
        ({"retention": "none"}, Level.GAP, "no day on which it is deleted"),
        ({"vendor": "CloudCo"}, Level.GAP, "name the contract with the vendor"),
        ({"country": "USA"}, Level.STOP, "no safeguard for the transfer"),
        ({"whose": "", "sees": ""}, Level.GAP, "say whose data and which fields, who sees it"),
    ],
)
def test_each_gap_is_named_with_its_place(changes: dict[str, str], level: Level, words: str) -> None:
    found = judge("data-map", **stop(), **stop(2, **{"place": "Laptop", **changes}), **REST)
    named = [finding for finding in found.findings if words in finding.says]
    assert [finding.level for finding in named] == [level]
    assert named[0].says.startswith("Place 2 (Laptop)")


def test_a_contract_and_a_safeguard_mend_it() -> None:
    fields = stop(vendor="CloudCo, processor agreement, no training", country="USA", transfer="standard contractual clauses")
    assert judge("data-map", **fields, **REST).findings == ()


def test_consent_must_be_withdrawn_somewhere() -> None:
    assert "say how it is withdrawn" in said(judge("data-map", **stop(basis="consent"), **REST))
    mended = judge("data-map", **stop(basis="consent"), **{**REST, "rights": "Whoever withdraws is deleted in a week."})
    assert mended.findings == ()


def test_rights_and_an_empty_map() -> None:
    assert "see or delete their data" in said(judge("data-map", **stop()))
    assert "No place is named yet." in said(judge("data-map"))


@pytest.mark.parametrize(
    ("country", "outside"),
    [
        ("Germany", False),
        ("DE", False),
        ("Ireland (AWS)", False),
        ("EU and USA", True),
        ("USA and Germany", True),
        ("", False),
        ("USA", True),
        ("United Kingdom", True),
        ("it is in India", True),
    ],
)
def test_countries_as_people_write_them(country: str, outside: bool) -> None:
    assert is_outside(country) is outside


# --- impact -----------------------------------------------------------------------------------------------------------------


def criteria(met: int, unsure: int = 0) -> dict[str, str]:
    given = ["yes"] * met + ["unsure"] * unsure + ["no"] * (CRITERIA - met - unsure)
    return {f"criteria__{name}__answer": answer for name, answer in zip(NINE, given, strict=True)}


def test_the_nine_are_those_of_the_sheet() -> None:
    assert sorted(NINE) == sorted(item.id for item in outlines()["impact"].by_id["criteria"].items)


@pytest.mark.parametrize("met", range(CRITERIA + 1))
def test_each_count_of_criteria(met: int) -> None:
    found = judge("impact", **criteria(met))
    assert found.facts == {"questions": 9, "met": met}
    assert f"{met} of 9 criteria met." in found.lines[0]
    assert bool(of_level(found, Level.STOP)) is (met >= 2)


@pytest.mark.parametrize(
    ("met", "outcome", "reasons"), [*product([1, 2], ["needed", "not-needed", "asked"], ["", "Small and masked."])]
)
def test_the_outcome_fits_the_count(met: int, outcome: str, reasons: str) -> None:
    found = judge("impact", **criteria(met), outcome=outcome, reasons=reasons, asked="DPO, 3 May", need="Less will not do.")
    stops = of_level(found, Level.STOP)
    assert bool(stops) is (met == 2 and (outcome == "needed" or (outcome == "not-needed" and not reasons)))
    assert found.facts["outcome"] == outcome


def test_feedback_analysis_on_a_large_scale_is_the_worked_example() -> None:
    fields = {"criteria__innovative__answer": "yes", "criteria__scale__answer": "yes"}
    found = judge("impact", **{**criteria(0), **fields}, outcome="not-needed")
    assert "2 criteria are met and you do none: write the reasons, or do one." in said(found)
    assert judge("impact", **{**criteria(0), "criteria__innovative__answer": "yes"}).facts["met"] == 1


@pytest.mark.parametrize("pair", [("scoring", "automated"), ("sensitive", "scale"), ("monitoring", "scale")])
def test_cases_that_the_law_names_stop_whatever_the_outcome(pair: tuple[str, str]) -> None:
    fields = {**criteria(0), **{f"criteria__{name}__answer": "yes" for name in pair}}
    found = judge("impact", **fields, outcome="not-needed", reasons="Small.", asked="DPO", need="Needed.")
    assert [finding.law for finding in of_level(found, Level.STOP)] == [("gdpr-dpia",)]


def test_what_counts_as_a_basis_and_an_end() -> None:
    found = judge("data-map", **stop(basis="none", retention="For ever"), **REST)
    assert found.facts == {"stops": 1, "bases": 0, "retention": 0}


def test_what_one_is_not_sure_of_may_tip_it() -> None:
    found = judge("impact", **criteria(1, unsure=1), outcome="not-needed", reasons="Small.")
    assert "it may be two or more" in said(found)
    assert "Not sure of 1 more" in found.lines[0]


def test_a_risk_that_stays_high_goes_to_the_authority() -> None:
    found = judge("impact", **criteria(0), risks__1__risk="Names leak", risks__1__remains="high")
    high = of_level(found, Level.STOP)
    assert [finding.law for finding in high] == [("gdpr-dpia",)]
    assert "consult the authority" in high[0].says
    assert "Risk 1: say what is done about it." in said(found)


@given(st.data())
def test_no_answers_break_a_rule(data: st.DataObject) -> None:
    for sort in RULES:
        outline = outlines()[sort]
        names = [name for name, _ in fields_of(outline)]
        typed = data.draw(
            st.dictionaries(st.sampled_from(names), st.sampled_from(["yes", "no", "unsure", "x", "high", "2026-01-01"]))
        )
        found = RULES[sort](answers_of(outline, typed), SETTING)
        assert {part for f in found.findings if (part := f.part)} <= set(outline.by_id)
        assert {each for f in found.findings for each in f.law} <= set(law().by_id)
