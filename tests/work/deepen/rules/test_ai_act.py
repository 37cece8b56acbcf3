"""The path through the EU AI Act, way by way, with every date from the law’s data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law, law
from segue.work.deepen.outline import answers_of, fields_of, outlines
from segue.work.deepen.rules.ai_act import RULES, class_of, is_provider, since

DAY = date(2026, 11, 23)
SETTING = Setting(DAY, law())
OUTLINE = outlines()["ai-act"]
PRACTICES = [item.id for item in OUTLINE.by_id["prohibited"].items]
# A provider of something harmless, all questions answered.
CLEAN = {
    "scope": "yes", "role": "provider", "annex_i": "no", "area": "none", "gpai": "no", "person": "no",
    **{f"prohibited.{name}.answer": "no" for name in PRACTICES},
    **{f"meets.{item.id}.answer": "no" for item in OUTLINE.by_id["meets"].items},
}  # fmt: skip


def judge(**changes: str) -> Outcome:
    return under(SETTING, **changes)


def under(setting: Setting, **changes: str) -> Outcome:
    typed = CLEAN | {name.replace("__", "."): value for name, value in changes.items()}
    return RULES["ai-act"](answers_of(OUTLINE, typed), setting)


def sort_of(**changes: str) -> str:
    return class_of(answers_of(OUTLINE, CLEAN | {name.replace("__", "."): value for name, value in changes.items()}))


def said(outcome: Outcome) -> str:
    return "\n".join([*outcome.lines, *(finding.says for finding in outcome.findings)])


def test_days_come_from_the_law_and_not_from_code() -> None:
    assert since("ai-act-prohibited-new", SETTING) == "from Wednesday 2 December 2026, in 9 days"
    assert since("ai-act-annex-iii", SETTING).startswith("from Thursday 2 December 2027, in 374 days")
    assert since("ai-act-transparency", SETTING) == "applies since Sunday 2 August 2026"
    moved = Law(tuple(replace(f, applies_from=date(2029, 1, 1)) if f.id == "ai-act-annex-iii" else f for f in law().facts))
    assert "1 January 2029" in said(under(Setting(DAY, moved), area="employment"))
    assert since("oecd", SETTING) == "no day is known"
    assert since("ai-act-prohibited-new", Setting(date(2026, 12, 1), law())).endswith("in 1 day")
    assert since("ai-act-prohibited-new", Setting(date(2026, 12, 2), law())).startswith("applies since")


def test_outside_is_the_end_of_the_path() -> None:
    found = judge(scope="no", area="employment")
    assert found.lines == ("Class: outside the AI Act, by these answers.",)
    assert [finding.law for finding in found.findings] == [("ai-act-scope",)]


def test_nothing_found_leaves_literacy_alone() -> None:
    found = judge()
    assert sort_of() == "minimal"
    assert [finding.law for finding in found.findings] == [("ai-act-literacy",)]
    assert "Literacy: applies since Sunday 2 February 2025." in found.lines
    assert judge(role="neither").findings == ()


@pytest.mark.parametrize("practice", PRACTICES)
def test_each_prohibited_practice_stops_with_its_date(practice: str) -> None:
    found = judge(**{f"prohibited__{practice}__answer": "yes"})
    is_new = practice in ("abuse", "intimate")
    stops = [finding for finding in found.findings if finding.level == Level.STOP]
    assert stops[0].law[0] == ("ai-act-prohibited-new" if is_new else "ai-act-prohibited")
    assert ("2 December 2026, in 9 days" if is_new else "applies since Sunday 2 February 2025") in stops[0].says
    assert sort_of(**{f"prohibited__{practice}__answer": "yes"}) == "prohibited"
    assert sort_of(**{f"prohibited__{practice}__answer": "unsure"}) == "open"


def test_there_are_ten_practices_and_eight_areas() -> None:
    assert len(PRACTICES) == 10
    field = OUTLINE.by_id["area"].field
    assert field is not None
    assert len(field.choices) == 8 + 2  # none of them, not sure


@pytest.mark.parametrize(
    "area", ["biometrics", "infrastructure", "education", "employment", "services", "police", "migration", "justice"]
)
def test_each_area_is_high_risk_but_for_an_exception_and_profiling_beats_it(area: str) -> None:
    assert sort_of(area=area) == "high"
    assert sort_of(area=area, exception="none", profiling="no") == "high"
    for exception in ("procedural", "improves", "patterns", "preparatory"):
        assert sort_of(area=area, exception=exception, profiling="no") == "minimal"
        assert sort_of(area=area, exception=exception, profiling="yes") == "high"
        assert sort_of(area=area, exception=exception, profiling="unsure") == "open"
    relied = judge(area=area, exception="procedural", profiling="no")
    assert "write down why, and register it" in said(relied)
    beaten = judge(area=area, exception="procedural", profiling="yes")
    assert "no exception of Art. 6(3) helps" in said(beaten)


def test_duties_by_role_and_date() -> None:
    provider = said(judge(area="employment"))
    assert "Duties of the provider, from Thursday 2 December 2027" in provider
    assert "Duties of the deployer" not in provider
    deployer = said(judge(area="employment", role="deployer", becomes="no"))
    assert "Duties of the deployer, from Thursday 2 December 2027" in deployer
    assert "Duties of the provider" not in deployer
    product = said(judge(annex_i="yes"))
    assert "from Wednesday 2 August 2028" in product


def test_a_deployer_who_makes_it_their_own_is_the_provider() -> None:
    found = judge(area="employment", role="deployer", becomes="yes")
    assert "Role: deployer who becomes the provider." in found.lines
    assert "Duties of the provider" in said(found)
    assert "Duties of the deployer" in said(found)
    assert not is_provider(answers_of(OUTLINE, CLEAN | {"area": "employment", "role": "deployer", "becomes": "unsure"}))


def test_art_25_speaks_of_high_risk_systems_only() -> None:
    assert not is_provider(answers_of(OUTLINE, CLEAN | {"role": "deployer", "becomes": "yes"}))
    low = judge(role="deployer", becomes="")
    assert "Role: deployer." in low.lines
    assert "high-risk purpose" not in said(low)
    high = judge(role="deployer", becomes="", area="employment")
    assert "high-risk purpose: not answered." in said(high)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("chatbot", "people are told that it is AI"),
        ("synthetic", "a mark that machines can read"),
        ("reading", "tell the people who are exposed"),
        ("deepfake", "disclose it"),
    ],
)
def test_what_people_meet(name: str, words: str) -> None:
    found = judge(**{f"meets__{name}__answer": "yes"}, older="yes")
    assert words in said(found)
    assert "Telling people: applies since Sunday 2 August 2026." in found.lines
    assert sort_of(**{f"meets__{name}__answer": "yes"}) == "limited"
    assert ("the mark is due from Wednesday 2 December 2026" in said(found)) is (name == "synthetic")


@pytest.mark.parametrize(
    ("answer", "words"),
    [("yes", "copyright policy"), ("systemic", "report serious incidents"), ("api", "does not make you a provider of one")],
)
def test_general_purpose_models(answer: str, words: str) -> None:
    assert words in said(judge(gpai=answer))


def test_a_general_purpose_model_is_a_class_of_its_own() -> None:
    assert sort_of(gpai="yes") == sort_of(gpai="systemic", meets__chatbot__answer="yes") == "general"
    assert sort_of(gpai="api") == "minimal"
    assert sort_of(gpai="unsure") == "open"


def test_what_one_is_not_sure_of_never_passes_silently() -> None:
    found = judge(meets__chatbot__answer="unsure")
    assert found.lines[0].startswith("Class: open.")
    assert "They talk or write with it: not sure" in said(found)


def test_outside_still_tells_of_a_prohibited_practice() -> None:
    found = judge(scope="no", prohibited__faces__answer="yes")
    assert [finding.level for finding in found.findings] == [Level.STOP, Level.NOTE]


def test_a_decision_about_a_person_leads_to_the_gdpr_too() -> None:
    found = next(finding for finding in judge(person="yes").findings if finding.part == "person")
    assert found.law == ("gdpr-automated-decisions", "schufa", "dun-bradstreet")


def test_an_open_question_leaves_the_class_open_and_is_named() -> None:
    for part in ("scope", "annex_i", "area"):
        assert sort_of(**{part: "unsure"}) == "open"
        assert any(finding.part == part and "not sure" in finding.says for finding in judge(**{part: "unsure"}).findings)
    empty = RULES["ai-act"](answers_of(OUTLINE, {}), SETTING)
    assert empty.lines[0].startswith("Class: open.")
    assert empty.facts == {"questions": 0}


@given(
    st.dictionaries(
        st.sampled_from([n for n, _ in fields_of(OUTLINE)]), st.sampled_from(["yes", "no", "unsure", "none", "x", "both"])
    )
)
def test_no_answers_break_the_path(typed: dict[str, str]) -> None:
    found = RULES["ai-act"](answers_of(OUTLINE, typed), SETTING)
    assert {part for f in found.findings if (part := f.part)} <= set(OUTLINE.by_id)
    assert {each for f in found.findings for each in f.law} <= set(law().by_id)
    assert found.lines[0].startswith("Class: ")
