"""What component templates make of what they are given."""

from __future__ import annotations

import json
import re

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from segue.shared.components import Column, Figure, Stat, Step, Tab, Table, TimelineRow

TABLE = Table("Hours", (Column("Week"), Column("Done, h", is_number=True)), [("W1", 5), ("<b>", 4.5)])


def test_the_first_cell_of_a_row_is_its_header() -> None:
    html = render_to_string("shared/_table.html", {"table": TABLE})
    assert html.count('<th scope="row">') == 2
    assert '<th scope="col" class="number">Done, h</th>' in html
    assert '<td class="number">4.5</td>' in html
    assert "&lt;b&gt;" in html
    assert "<caption>Hours</caption>" in html


def test_a_row_of_the_wrong_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        _ = Table("x", (Column("a"),), [(1, 2)]).body


def test_a_chart_is_data_with_a_table_beside_it() -> None:
    chart = {"title": "</script><script>alert(1)</script>", "series": [1, 2]}
    html = render_to_string("shared/_figure.html", {"figure": Figure("f1", "It <grew>.", TABLE, chart=chart)})
    data = re.search(r'<script id="f1-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    assert json.loads(data[1]) == chart
    assert 'data-chart="f1-data"' in html
    assert "Show as table" in html
    assert "It &lt;grew&gt;." in html


def test_a_drawing_is_shown_as_it_is() -> None:
    html = render_to_string("shared/_figure.html", {"figure": Figure("f1", "It grew.", svg='<svg viewBox="0 0 1 1"></svg>')})
    assert '<svg viewBox="0 0 1 1"></svg>' in html
    assert "Show as table" not in html


def test_the_current_tab_and_step_are_announced() -> None:
    tabs = render_to_string("shared/_tabs.html", {"tabs": [Tab("One", "/1", True, 0), Tab("Two", "/2")]})
    assert '<a href="/1" aria-current="page">One <span class="tabs__count">0</span></a>' in tabs
    assert tabs.count("aria-current") == 1
    steps = render_to_string("shared/_stepper.html", {"steps": [Step("A", "done", "/a"), Step("B", "now"), Step("C", "later")]})
    assert steps.count('aria-current="step"') == 1
    assert '<a href="/a">A</a>' in steps
    assert ">done</span>" in steps


def test_a_figure_has_its_unit_and_its_note() -> None:
    html = render_to_string("shared/_stats.html", {"stats": [Stat("4.5", "h", "this week", "of 5")]})
    assert [part in html for part in ("4.5", ">h<", "this week", "of 5")] == [True] * 4


def test_a_timeline_row_says_its_state_in_words() -> None:
    html = render_to_string("shared/_timeline.html", {"rows": [TimelineRow("Week 9", "Charter", 3, "slipped", minutes=85)]})
    assert '<li class="timeline__row phase-3 is-slipped">' in html
    assert ">slipped</span>" in html
    assert "1 h 25 min" in html


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/evidence/?kind=note&page=2")
    html = render_to_string("shared/_pagination.html", {"page": Paginator(range(50), 20).page(2)}, request)
    assert 'href="?kind=note&amp;page=1"' in html
    assert 'href="?kind=note&amp;page=3"' in html
    assert "Page 2 of 3, 21 to 40 of 50" in html
    assert not render_to_string("shared/_pagination.html", {"page": Paginator(range(5), 20).page(1)}, request).strip()


def test_progress_needs_no_style() -> None:
    html = render_to_string("shared/_progress.html", {"value": 3.5, "max": 5, "label": "Hours"})
    assert '<progress value="3.5" max="5" aria-label="Hours">' in html
    waiting = render_to_string("shared/_progress.html", {"label": "Reading", "indeterminate": True})
    assert "value=" not in waiting
