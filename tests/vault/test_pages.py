from __future__ import annotations

from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.readiness import assess
from segue.curriculum import current
from segue.evidence.queries import ledger_of
from segue.schedule.queries import turn_of
from segue.vault.document import build
from segue.vault.pages import name_of, pages_of
from tests.vault.conftest import MONDAY


@pytest.fixture
def pages(priya_with_history: Learner) -> dict[str, str]:
    ledger = ledger_of(priya_with_history, MONDAY)
    readiness = assess(current().programme, ledger, MONDAY)
    return pages_of(build(priya_with_history), ledger, readiness, turn_of(priya_with_history))


def entry(**more: Any) -> dict[str, Any]:
    return {"number": 12, "sort": "artefact", "title": ""} | more


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Charter", "0012-charter.md"),
        ("../../etc/passwd", "0012-etc-passwd.md"),
        ("  ", "0012-artefact.md"),
        ("日本", "0012-artefact.md"),
        ("x" * 200, f"0012-{'x' * 60}.md"),
        ("CON", "0012-con.md"),
    ],
)
def test_names_are_plain_and_led_by_the_number(title: str, name: str) -> None:
    assert name_of(entry(title=title)) == name


def test_an_entry_has_its_facts_its_text_and_links_to_its_files(pages: dict[str, str]) -> None:
    page = next(text for name, text in pages.items() if name.startswith("evidence/0001"))
    head, _, body = page.removeprefix("---\n").partition("\n---\n")
    assert 'title: "What a model is / Ümläute: “quoted”"' in head
    assert "minutes: 45" in head
    assert 'facts: {"data": "real", "items": 120, "share": 0.25}' in head
    assert "A model is a *function*.\n\n- fitted\n- not written" in body
    assert "](<../files/" in body
    assert "reviewer_name" not in head


def test_a_review_says_who_and_of_what(pages: dict[str, str]) -> None:
    page = pages["evidence/0005-review.md"]
    assert 'reviewer_name: "Marco"' in page
    assert "subject: 4" in page
    assert 'marks: {"plain": true, "complete": false}' in page


def test_a_title_can_forge_neither_head_nor_table(priya_with_history: Learner) -> None:
    document = build(priya_with_history)
    document["entries"][0]["title"] = "a\n---\nsort: review\n# b | c"
    ledger = ledger_of(priya_with_history, MONDAY)
    made = pages_of(document, ledger, assess(current().programme, ledger, MONDAY), None)
    page = next(text for name, text in made.items() if name.startswith("evidence/0001"))
    assert page.count("\n---\n") == 1
    assert "# a --- sort: review \\# b \\| c" in page


def test_the_log_goes_by_days_and_says_minutes(pages: dict[str, str]) -> None:
    assert "## Monday 23 November 2026" in pages["log.md"]
    assert "- 1, artefact: What a model is / Ümläute: “quoted” (45 min)" in pages["log.md"]
    assert "- 2, time: Reading (30 min)" in pages["log.md"]


def test_readiness_goes_line_by_line(pages: dict[str, str]) -> None:
    programme = current().programme
    for competency in programme.competencies:
        assert f"## {competency.id} {competency.name}: level " in pages["readiness.md"]
    criteria = sum(len(level.criteria) for competency in programme.competencies for level in competency.levels)
    assert pages["readiness.md"].count("\n- [") >= criteria
    assert "self-rated 2" in pages["readiness.md"]
    assert "Not meant for decisions about staff" in pages["readiness.md"]


def test_the_plan_has_every_session(pages: dict[str, str], priya_with_history: Learner) -> None:
    turn = turn_of(priya_with_history)
    assert turn is not None
    assert pages["plan.md"].count("\n- ") == len(turn.plan.sessions) + len(turn.plan.unplaced)
