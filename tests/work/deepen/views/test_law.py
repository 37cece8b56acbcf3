"""The pages of the law, read on the day of the facts and on later ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.work.deepen.actions.sheets import keep_sheet
from segue.work.deepen.law import law
from segue.work.deepen.outline import outlines
from tests.browsing import press, visit
from tests.counting import queries_of

LIST, TIMELINE, FRAMEWORKS = "/deepen/law/", "/deepen/law/timeline/", "/deepen/law/frameworks/"


@pytest.mark.parametrize("path", [LIST, TIMELINE, FRAMEWORKS])
def test_each_says_that_it_is_no_legal_advice_and_leads_to_the_others(page: Client, path: str) -> None:
    shown = visit(page, path)
    assert "Not legal advice" in shown.text
    assert shown.link("Deepen") == "/deepen/"
    assert [visit(page, shown.link(label)).status for label in ("The rules", "What applies when", "Frameworks")] == [
        200,
        200,
        200,
    ]


def test_every_rule_that_binds_stands_in_the_list_with_all_that_belongs_to_it(page: Client) -> None:
    text = " ".join(visit(page, LIST).text.split())
    for fact in law().facts:
        is_there = fact.topic != "Frameworks"
        for words in (fact.asks, fact.says, fact.citation, fact.source, fact.stale) if is_there else (fact.asks,):
            assert (" ".join(words.split()) in text) is is_there, fact.id
    assert "Uncertain, or likely to have changed" in text
    assert "From Thursday 2 December 2027, in 374 days" in text
    assert "Since Sunday 2 August 2026" in text


def test_what_is_wrong_by_now_leads_to_what_holds(page: Client) -> None:
    shown = visit(page, LIST)
    wrong = shown.section("What older material gets wrong")
    for fact in law().facts:
        if fact.stale:
            assert fact.stale in wrong
            assert shown.link(f"What holds: {fact.name}").endswith(f"#{fact.id}")
            assert f'id="{fact.id}"' in shown.html


def test_on_the_day_of_the_facts_the_prohibitions_are_nine_days_ahead(page: Client) -> None:
    shown = visit(page, TIMELINE)
    following = shown.section("Next: in nine days")
    assert "On Wednesday 2 December 2026, in nine days" in following
    assert "Two new prohibitions" in following
    assert "Marking by generative systems" in following
    assert "High risk by area of use (Annex III) applies from Thursday 2 December 2027, in 374 days" in following
    ahead, past = shown.section("Ahead"), shown.section("Applies already")
    assert ahead.index("2 December 2026") < ahead.index("1 January 2027") < ahead.index("1 April 2028") < ahead.index("2030")
    assert "Telling people (Art. 50)" in past
    assert "Two new prohibitions" not in past


def test_days_pass(page: Client, on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 12, 1))
    assert "Two new prohibitions" in visit(page, TIMELINE).section("Next: tomorrow")
    on_day(date(2026, 12, 2))
    shown = visit(page, TIMELINE)
    assert "Automated decisions in Colorado" in shown.section("Next: in 30 days")
    assert "Two new prohibitions" in shown.section("Applies already")
    on_day(date(2031, 1, 6))
    shown = visit(page, TIMELINE)
    assert "Annex III) applies since Thursday 2 December 2027" in shown.section("Nothing more is ahead")
    assert "\n# Ahead" not in shown.text


def test_what_was_not_checked_for_long_is_marked(page: Client, on_day: Callable[[date], None]) -> None:
    words = "before you rely on them"
    for path in (LIST, TIMELINE):
        assert words not in visit(page, path).text
    on_day(date(2026, 12, 24))
    early = visit(page, LIST).text
    assert "Check these 2 rules before you rely on them" in early
    assert early.count("check it again") == 2
    on_day(date(2027, 2, 22))
    late = visit(page, LIST).text
    binding = sum(1 for fact in law().facts if fact.topic != "Frameworks")
    assert f"Check these {binding} rules before you rely on them" in late
    assert words in visit(page, TIMELINE).text
    assert "check it again" in visit(page, FRAMEWORKS).text


def test_a_framework_is_a_view_of_ones_sheets(page: Client, priya: Learner) -> None:
    shown = visit(page, FRAMEWORKS)
    risks = outlines()["risk-register"]
    assert "Not begun" in shown.section("NIST AI Risk Management Framework")
    assert visit(page, shown.link(risks.title)).heading == risks.title
    part = next(part for part in risks.parts if part.is_open)
    form = visit(page, f"/deepen/sheets/{risks.sort}/edit/")
    press(page, form, "Keep it and see what follows", **{part.name("1", part.columns[0].id): "Spanish is read badly"})
    text = visit(page, FRAMEWORKS).section("ISO/IEC 42001:2023")
    assert f"{risks.title} Begun" in text
    assert "Sources disagree" in text
    assert priya.deepen_sheets.get().sort == risks.sort


def test_the_pages_ask_the_database_no_more_for_more_rules(page: Client, priya: Learner) -> None:
    assert queries_of(page, TIMELINE) == queries_of(page, LIST)
    bare = queries_of(page, FRAMEWORKS)
    for sort in ("triage", "impact", "ai-act"):
        keep_sheet(priya, outlines()[sort], {"about": "A list.", "need": "It is needed."}, 0, "w")
    assert queries_of(page, FRAMEWORKS) == bare
