"""The options sheet: what is compared and priced, and the cheapest taken seriously."""

from __future__ import annotations

from datetime import date

import pytest

from segue.curriculum import current
from segue.work.deepen.findings import Level, Outcome, Setting
from segue.work.deepen.law import Law
from segue.work.deepen.outline import answers_of, outlines
from segue.work.deepen.rules.options import options

SETTING = Setting(date(2026, 12, 1), Law(()))
WAYS = ("build", "buy", "fine-tune", "retrieve", "prompt")
ROW = {
    "quality": "recall about 80%, a guess",
    "cost": "€4.20",
    "start": "6 weeks, €30,000",
    "first_test": "2 weeks",
    "leaves": "none",
    "changer": "the data scientist",
    "vendor": "no vendor",
    "priced_on": "2026-11-20",
}
PARTS = {
    "feature": "Flags reviews about size, 11,000 a month.",
    "choice": "buy",
    "why": "Prompt costs 3 times as much at this volume.",
    "later": "Build, with 5,000 labels.",
    "sign": "Above 400,000 reviews a month.",
}


def sheet(**others: str) -> Outcome:
    """A sheet that says all; ``others`` change fields, with ``__`` for a dot."""
    fields = {f"options.{way}.{column}": value for way in WAYS for column, value in ROW.items()} | PARTS
    fields |= {"options.buy.cost": "€1.10 to €1.40"} | {name.replace("__", "."): value for name, value in others.items()}
    return options(answers_of(outlines()["options"], fields), SETTING)


def test_sheet_that_says_all_has_no_findings() -> None:
    outcome = sheet()
    assert outcome.findings == ()
    assert outcome.facts == {"options": 5, "priced": 5}
    assert outcome.lines == (
        "5 of 5 options compared in full, 5 with a dated price.",
        "Lowest price per 1,000: Buy, 1.1. Cost to start comes on top.",
    )


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_asked_for(part: str) -> None:
    assert [(each.level, each.part) for each in sheet(**{part: ""}).findings] == [(Level.GAP, part)]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("cost", "cheap", "Build: it has no price: the cost per 1,000 holds no figure."),
        ("priced_on", "", "Build: its price has no date."),
        ("priced_on", "2026-09-01", "Build: its price is more than 90 days old. Look again."),
        ("quality", "good", "Build: “good” is no figure of quality. A guess with its reason is one."),
        ("vendor", "", "Build: still to say: if the vendor changes it."),
    ],
)
def test_option_is_priced_dated_and_told_in_full(column: str, value: str, says: str) -> None:
    assert [each.says for each in sheet(**{f"options__build__{column}": value}).findings] == [says]


def test_unpriced_and_undated_options_do_not_count_as_priced() -> None:
    assert sheet(options__build__cost="cheap", options__prompt__priced_on="").facts == {"options": 5, "priced": 3}


def test_row_left_empty_is_one_finding() -> None:
    outcome = sheet(**{f"options__build__{column}": "" for column in ROW})
    assert [each.says for each in outcome.findings] == ["Build: nothing yet, not even why it is out."]
    assert outcome.facts["options"] == 4


def test_choice_without_a_price_stops() -> None:
    assert Level.STOP in [each.level for each in sheet(options__buy__cost="ask sales").findings]


def test_cheapest_is_taken_seriously() -> None:
    assert [each.part for each in sheet(choice="build").findings] == ["why"]
    assert sheet(choice="build", why="We do not buy: the data may not leave.").findings == ()
    assert sheet(choice="none", why="No model is worth it yet.").findings == ()


@pytest.mark.parametrize("sign", ["When it feels right.", "In version 2."])
def test_sign_to_switch_is_a_figure_or_an_event(sign: str) -> None:
    assert [each.part for each in sheet(sign=sign).findings] == ["sign"]


@pytest.mark.parametrize("sign", ["A new language comes in.", "Volume doubles.", "Over €2,000 a month."])
def test_event_or_figure_is_a_sign(sign: str) -> None:
    assert sheet(sign=sign).findings == ()


def test_facts_are_the_figures_of_the_kind_of_evidence() -> None:
    kind = current().programme.kinds[outlines()["options"].kind]
    assert set(sheet().facts) == {field.name for field in kind.fields}
