"""The lint of the spec finds what is missing, exactly that, and what is only a phrase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law
from segue.work.deepen.outline import FOLDER, answers_of, outlines
from segue.work.deepen.rules.spec import AROUND, NEEDS, RULES
from tests.work.deepen.rules.spec_texts import CLAIMS, LIBRARY, OF_GOOD, OF_LIBRARY, SCHOOLS

SETTING = Setting(date(2026, 12, 1), Law(()))
EXAMPLES: Mapping[str, Mapping[str, str]] = yaml.safe_load((FOLDER.parent / "spec_examples.yaml").read_text("utf-8"))
BAD, GOOD = EXAMPLES["bad"], EXAMPLES["good"]
HEADINGS = {part.id: part.heading for part in outlines()["spec"].parts}
# The fault of each AI part of the bad spec: each in another way.
FAULTS = {
    "evaluation": {"add the number of cases", "add the bar", "“high accuracy” is an adjective"},
    "data": {"add the right to use it"},
    "baseline": {"add the figure of the baseline"},
    "threshold": {"add which of the two errors"},
    "failures": {"add what the user sees", "add the fallback", "“fails gracefully” shows nothing"},
    "slices": {"add at least two groups", "add the number of cases in each group", "“works well for all customers” is a verdict"},
    "monitoring": {"add a signal", "add the line", "“We will closely monitor the model” promises nothing"},
    "retraining": {"add the owner", "“The team is responsible” is nobody"},
    "cost": {"add the waiting time", "“fast” is an adjective"},
    "rollback": {"nothing yet. It needs who rolls it back: one person or role; how long that takes"},
    "oversight": {"add who can overrule", "“Status: done” is no state"},
    "problem": {"“AI-powered” says nothing"},
    "success": {"a score of the model, “The model reaches an accuracy of 92%”, is the only success"},
    "not_now": {"add why it is left out"},
}


def lint(fields: Mapping[str, str]) -> Outcome:
    return RULES["spec"](answers_of(outlines()["spec"], fields), SETTING)


def found(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Part and words of each finding, without the heading before them."""
    return [(each.part, each.says.removeprefix(f"{HEADINGS[each.part]}: ")) for each in lint(fields).findings]


def test_every_part_of_the_sheet_has_its_needs_and_eleven_of_them_are_of_ai() -> None:
    assert {*NEEDS, *AROUND} == set(HEADINGS)
    assert len(NEEDS) == 11


@pytest.mark.parametrize("part", FAULTS)
def test_all_faults_of_the_bad_spec_are_found_and_no_other(part: str) -> None:
    says = [words for where, words in found(BAD) if where == part]
    assert len(says) == len(FAULTS[part])
    assert {fault for fault in FAULTS[part] if any(each.startswith(fault) for each in says)} == FAULTS[part]


def test_bad_spec_fails_in_eleven_of_eleven_parts() -> None:
    outcome = lint(BAD)
    assert outcome.facts["sections"] == 0
    assert {each.part for each in outcome.findings} == set(HEADINGS)
    assert "Still open: Evaluation plan, Data and rights," in outcome.lines[1]


@pytest.mark.parametrize("good", [GOOD, LIBRARY, CLAIMS, SCHOOLS], ids=["shop", "library", "claims", "schools"])
def test_nothing_is_found_in_a_good_spec(good: Mapping[str, str]) -> None:
    outcome = lint(good)
    assert outcome.findings == ()
    assert outcome.facts["sections"] == 11
    assert outcome.lines[0] == "11 of 11 AI parts say what they must."


@pytest.mark.parametrize(
    ("good", "part", "need", "old", "new"),
    [
        (good, part, need, old, new)
        for good, mutations in ((GOOD, OF_GOOD), (LIBRARY, OF_LIBRARY))
        for (part, need), (old, new) in mutations.items()
    ],
)
def test_what_is_taken_out_of_a_good_spec_is_asked_for_and_nothing_else(
    good: Mapping[str, str], part: str, need: str, old: str, new: str
) -> None:
    assert old in good[part]
    says = found({**good, part: good[part].replace(old, new)})
    assert [(where, words.removeprefix("add ")[: len(need)]) for where, words in says] == [(part, need)]


def test_every_need_is_taken_out_of_a_good_spec_once() -> None:
    asked = {(part, need.add) for part, needs in {**NEEDS, **AROUND}.items() for need in needs}
    tried = {(part, add) for part, add in asked for at, need in [*OF_GOOD, *OF_LIBRARY] if at == part and add.startswith(need)}
    assert asked - tried == {("evaluation", "the measure, such as recall or the share that a person accepts unchanged")}


def test_measure_is_asked_for() -> None:
    says = found({**LIBRARY, "evaluation": "Two hundred real questions are put to it. Somebody reads what comes back."})
    assert [words[:15] for _, words in says] == ["add the measure", "add the bar: th"]


@pytest.mark.parametrize("part", [*NEEDS, *AROUND])
def test_empty_part_asks_for_all_that_it_must_say(part: str) -> None:
    says = found({**GOOD, part: "  "})
    needs = {**NEEDS, **AROUND}[part]
    assert says == [(part, f"nothing yet. It needs {'; '.join(need.add for need in needs)}.")]


@pytest.mark.parametrize(
    "phrase",
    [
        "We leverage AI", "leveraging the power of machine learning", "an AI-driven feature", "state-of-the-art",
        "state of the art", "cutting edge", "seamlessly", "intuitive", "as accurate as possible", "on a best-effort basis",
        "best effort", "high accuracy", "low latency", "very accurate", "it is reliable", "we will monitor",
        "We’ll closely watch it", "will be monitored", "retrained when needed", "regularly", "TBD", "to be defined",
        "everyone is responsible", "it can easily be rolled back", "industry standards", "GDPR-compliant", "fail gracefully",
        "a friendly error message", "status: done", "Project complete", "the model is finished", "works for everyone",
        "significantly better", "users will love it", "set and forget",
    ],
)  # fmt: skip
def test_empty_phrase_is_quoted(phrase: str) -> None:
    says = [
        words
        for part, words in found({**GOOD, "oversight": f"{GOOD['oversight']} Note that {phrase}, of course."})
        if part == "oversight"
    ]
    assert len(says) == 1
    quoted = says[0].partition("”")[0].removeprefix("“")
    assert quoted
    assert quoted in phrase


@pytest.mark.parametrize(
    "sentence",
    [
        "High precision, at least 0.9, matters more here.",
        "The work is done by the agents on Monday.",
        "The list is complete once 40 rows are read.",
        "We will monitor the share of rejected flags; line: 12%.",
        "We will monitor 3 signals.",
        "Training is finished in 20 minutes.",
        "It is fast: 300 ms.",
        "She reviews the labels every Monday.",
        "The model is completed with a rule for numbers.",
        "The seams are checked by hand.",
    ],
)
def test_same_words_with_a_figure_or_another_meaning_are_no_phrase(sentence: str) -> None:
    assert found({**GOOD, "oversight": f"{GOOD['oversight']} {sentence}"}) == []


@pytest.mark.parametrize(
    ("part", "text", "need"),
    [
        ("retraining", "Every quarter. Owner: TBD", "the owner"),
        ("retraining", "Every quarter. No owner yet, but a data scientist is sought.", "the owner"),
        ("retraining", "Every quarter. We own it together.", "the owner"),
        ("retraining", "The data scientist owns it and trains it when quality drops.", "the trigger"),
        ("data", "Exported from the help desk. There is no permission yet.", "the right"),
        ("data", "With the permission from the head of support.", "the source"),
        ("baseline", "A keyword rule with 12 words.", "the figure"),
        ("baseline", "What agents do today; measured in March 2027.", "the figure"),
        ("evaluation", "At least 300 messages, by recall.", "the bar"),
        ("evaluation", "Recall must be above 80% on a fair number of messages.", "the number of cases"),
        ("oversight", "Nobody can overrule the score, not even a manager.", "who can overrule"),
        ("oversight", "A human in the loop approves it.", "who can overrule"),
        ("slices", "Recall by language and region, with intervals.", "at least two groups"),
        ("slices", "English and Polish.", "the number of cases"),
        ("rollback", "The engineer on duty goes back to version 2.", "how long"),
        ("cost", "About 90 per 1,000; answers within 3 seconds.", "a price"),
        ("cost", "€3 per 1,000.", "the waiting time"),
        ("monitoring", "Share of flags that agents reject, on a dashboard.", "the line"),
        ("threshold", "From 0.6 upwards. Both errors are bad.", "which of the two"),
        ("success", "Buyers save 4 hours a week.", "a figure for the business"),
        ("success", "Returns fall by 2 points; macro-F1 of 0.8 for buyers.", "a figure for users"),
    ],
)
def test_almost_is_not_enough(part: str, text: str, need: str) -> None:
    assert need in [words.removeprefix("add ")[: len(need)] for where, words in found({**GOOD, part: text}) if where == part]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("evaluation", "n = 250. F1 >= 0.7."),
        ("evaluation", "Three hundred tickets; nine in ten must be right, and at least 85% in each language."),
        ("data", "Help desk tickets; the customers’ contract covers this use."),
        ("baseline", "Always guessing the most frequent class is right 6 times out of 10, that is 60%."),
        ("threshold", "70% sure. A miss costs us £40, a false alarm £2."),
        ("threshold", "The cut is at two in ten. False alarms are worse."),
        ("failures", "A banner says so, and the old search comes up."),
        ("slices", "iOS (210) and Android (180)"),
        ("slices", "Women: 81% to 88%. Men: 80% to 86%."),
        ("monitoring", "Volume doubles within a day."),
        ("retraining", "Quarterly, or when a new category appears. Priya owns it."),
        ("cost", "A quarter of an hour for all of them, so under two seconds each. 3 cents each."),
        ("rollback", "Tom, our engineer, within half an hour."),
        ("rollback", "The on-call developer; ten minutes."),
        ("oversight", "The duty doctor has the last word."),
        ("success", "Patients wait 3 days less. We save 20,000 euros of overtime."),
    ],
)
def test_common_words_are_enough(part: str, text: str) -> None:
    assert found({**GOOD, part: text}) == []


@given(st.dictionaries(st.sampled_from([*HEADINGS]), st.text(max_size=200)))
def test_any_text_has_an_outcome(fields: dict[str, str]) -> None:
    outcome = lint(fields)
    open_parts = {each.part for each in outcome.findings} & set(NEEDS)
    assert outcome.facts["sections"] == 11 - len(open_parts)
    assert {each.level for each in outcome.findings} <= {Level.GAP}


def test_facts_are_the_figures_of_the_kind_of_evidence() -> None:
    kind = current().programme.kinds[outlines()["spec"].kind]
    assert set(lint(GOOD).facts) == {field.name for field in kind.fields}
