"""The role that a position suggests."""

from __future__ import annotations

import pytest

from segue.work.connect.role_guesses import _WORDS, guessed_role
from segue.work.connect.vocabulary import roles


@pytest.mark.parametrize(
    ("position", "role"),
    [
        ("Senior Data Scientist", "data-scientist"),
        ("データサイエンティスト", "data-scientist"),
        ("Datenwissenschaftlerin (m/w/d)", "data-scientist"),
        ("ML Engineer", "ml-engineer"),
        ("機械学習エンジニア", "ml-engineer"),
        ("Dateningenieur", "data-engineer"),
        ("データエンジニア", "data-engineer"),
        ("Ingénieure data", "data-engineer"),
        ("AI Product Manager", "ai-pm"),
        ("Head of Data Science", "leader"),
        ("部長", "leader"),
        ("Leiterin Datenschutz", "legal-privacy"),
        ("UX-Designer", "designer"),
        ("Sicherheitsbeauftragter", ""),
        ("Luxury Retail", ""),
        ("Product Manager", ""),
        ("Wholesales", ""),
        ("", ""),
    ],
)
def test_a_position_suggests_a_role_or_none(position: str, role: str) -> None:
    assert guessed_role(position) == role


def test_every_role_that_is_guessed_is_one() -> None:
    assert set(_WORDS) <= dict(roles()).keys()
