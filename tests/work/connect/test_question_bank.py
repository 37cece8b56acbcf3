"""Questions for every role and every purpose, each of them one that can be asked."""

from __future__ import annotations

import pytest

from segue.work.connect.models import Purpose
from segue.work.connect.question_bank import bank
from segue.work.connect.vocabulary import roles

ENOUGH = 6


@pytest.mark.parametrize("role", [value for value, _ in roles()])
def test_every_role_has_enough(role: str) -> None:
    assert len(bank().roles[role]) >= ENOUGH


@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_purpose_has_enough(purpose: str) -> None:
    assert len(bank().purposes[purpose]) >= ENOUGH


def test_nothing_is_asked_twice_and_all_of_it_can_be_said() -> None:
    known = bank()
    assert set(known.roles) == {value for value, _ in roles()}
    assert len(known.everyone) >= ENOUGH
    asked = [question for group in (*known.roles.values(), *known.purposes.values(), known.everyone) for question in group]
    assert len(set(asked)) == len(asked)
    for question in asked:
        assert question.endswith(("?", ".")) or "?" in question
        assert 20 <= len(question) <= 120
        assert "!" not in question
