"""A report stays small, whatever the size of the file it is about."""

from __future__ import annotations

from dataclasses import replace

from feedback_lab.card import report_html
from feedback_lab.records.source import Count
from tests.card.sample import FULL, PROFILE, THEMES_RESULT, theme

LIMIT = 700_000


def test_report_of_fifty_themes_and_many_values_is_small() -> None:
    broad = tuple(replace(theme(i % 12), id=i, rows=3_000 - 40 * i) for i in range(50))
    fine = tuple(replace(theme(i % 12), id=100 + i, parent=i % 50) for i in range(200))
    labels = tuple(Count(f"label {i}", 500 - i) for i in range(200))
    months = tuple(Count(f"{2000 + i // 12}-{1 + i % 12:02}", 900 + i) for i in range(240))
    profile = replace(PROFILE, labels=labels, by_month=months)
    page = report_html(replace(FULL, themes=replace(THEMES_RESULT, broad=broad, fine=fine), profile=profile))
    assert len(page.encode("utf-8")) < LIMIT
    assert "38 smaller themes" in page
    assert "the largest 24 of 50" in page
