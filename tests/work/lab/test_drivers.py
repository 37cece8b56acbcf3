"""What goes with ratings, groups and time, on its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from segue.work.lab.drivers import DriversPage, drivers_of
from segue.work.lab.models import Analysis
from tests.browsing import press, visit
from tests.work.lab.made_run import LONG, SCRIPT, driven, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def related(bring: Callable[..., Analysis]) -> Analysis:
    """A run with themes beside ratings, groups and time."""
    return make(bring(), drivers=driven(), roles={"rating": "stars"})


def test_themes_stand_beside_ratings_and_association_is_no_cause(page: Client, related: Analysis) -> None:
    shown = visit(page, f"/lab/{related.pk}/drivers/")
    assert "nothing here says that one brings the other about" in shown.text
    assert "Texts about “delivery” rate lower." in shown.section("In short")
    ratings = shown.section("Themes and ratings")
    assert "1 of 2 themes clearly go with lower ratings and 0 with higher ones." in ratings
    assert "A filled dot is settled, a hollow one is not" in ratings
    assert 'class="dot faint"' in shown.html, "what is not settled differs by its shape"


def test_what_is_settled_comes_first(related: Analysis) -> None:
    found = drivers_of(related)
    assert isinstance(found, DriversPage)
    region, other = (next(each for each in found.segments if each.name.startswith(name)) for name in ("region", "NNN"))
    assert region.says == "Of the strongest 2 pairs 1 differs by more than chance explains."
    assert other.says == "Of the strongest 1 pair none differs by more than chance explains."
    assert region.first is not None
    assert [row[1] for row in region.first.rows] == ["delivery"]
    assert region.rest is not None
    assert len(region.rest.rows) == 2
    assert other.first is None


def test_the_line_of_a_theme_is_drawn_that_was_chosen(page: Client, related: Analysis) -> None:
    shown = visit(page, f"/lab/{related.pk}/drivers/")
    assert shown.form("Draw its line").values["line"] == "0", "the largest first"
    assert "Share of the texts about “delivery” by month: highest in 2026-03, 50.0% (45.0% to 55.0%)." in shown.text
    other = press(page, shown, "Draw its line", line="3")
    assert f"Share of the texts about “{SCRIPT}” by month" in other.text
    assert other.form("Draw its line").values["line"] == "3"
    assert visit(page, f"/lab/{related.pk}/drivers/", {"line": "77"}).form("Draw its line").values["line"] == "0"


def test_hostile_names_stay_words(page: Client, related: Analysis) -> None:
    shown = visit(page, f"/lab/{related.pk}/drivers/")
    assert SCRIPT not in shown.html
    assert LONG not in shown.html, "long names are cut"


def test_what_the_file_has_not_is_said(page: Client, bring: Callable[..., Analysis]) -> None:
    bare = replace(driven(), by_rating=(), by_segment={}, by_time=(), period="", overall=None)
    shown = visit(page, f"/lab/{make(bring(), drivers=bare).pk}/drivers/")
    for words in ("No column of the file is a rating.", "No column cuts the rows into groups.", "No column says when"):
        assert words in shown.text


def test_a_run_that_related_nothing_says_why(page: Client, bring: Callable[..., Analysis]) -> None:
    made = make(bring())
    assert drivers_of(made) == "No column says anything."
    shown = visit(page, f"/lab/{made.pk}/drivers/")
    assert "Nothing was related" in shown.text
    assert "A column with a rating, a group or a time gives it." in shown.text


@pytest.mark.slow
def test_a_real_run_has_its_drivers(page: Client, done: Analysis) -> None:
    found = drivers_of(done)
    assert isinstance(found, DriversPage)
    shown = visit(page, f"/lab/{done.pk}/drivers/")
    for line in found.says:
        assert line in shown.text
    assert {crossed.name for crossed in found.segments} == {"age", "region"}
