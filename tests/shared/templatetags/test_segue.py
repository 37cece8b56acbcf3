"""Template tags: numbers with units, dates written out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from segue.core.competency import Tier
from segue.shared.icons import icon
from segue.shared.templatetags import segue as tags

DAY = date(2026, 11, 24)


def rendered(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 min"), (None, "0 min"), (25, "25 min"), (59.6, "1 h"), (60, "1 h"), (85, "1 h 25 min"), (600, "10 h")],
)
def test_minutes(value: float | None, words: str) -> None:
    assert tags.minutes(value) == words


@given(st.integers(0, 10_000))
def test_minutes_lose_nothing(value: int) -> None:
    found = {unit: int(number) for number, unit in zip(*[iter(tags.minutes(value).split())] * 2, strict=True)}
    assert found.get("h", 0) * 60 + found.get("min", 0) == value


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 h"), (None, "0 h"), (270, "4.5 h"), (300, "5 h"), (85, "1.4 h"), (7800, "130 h")]
)
def test_hours(value: int | None, words: str) -> None:
    assert tags.hours(value) == words


def test_dates_are_written_out() -> None:
    assert tags.longdate(DAY) == "Tuesday 24 November 2026"
    assert tags.longdate(date(2027, 1, 4)) == "Monday 4 January 2027"
    assert tags.longdate(datetime(2026, 11, 24, 12, tzinfo=UTC)) == "Tuesday 24 November 2026"
    assert tags.longdate(None) == ""


def test_short_dates_have_a_year_unless_it_is_this_one() -> None:
    assert tags.shortdate(DAY) == "24 Nov 2026"
    assert tags.shortdate(DAY, date(2026, 1, 1)) == "24 Nov"
    assert tags.shortdate(DAY, date(2027, 1, 1)) == "24 Nov 2026"
    assert tags.shortdate(None) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-6, "6 days ago"),
        (13, "in 13 days"),
        (14, "in 2 weeks"),
        (-15, "2 weeks ago"),
        (60, "in 8 weeks"),
        (61, "in 2 months"),
        (-182, "6 months ago"),
    ],
)
def test_relative_days(days: int, words: str) -> None:
    assert tags.relativeday(DAY + timedelta(days=days), DAY) == words


def test_a_missing_day_is_no_day() -> None:
    assert tags.relativeday(None, DAY) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (None, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (3_400_000, "3.4 MB"),
        (999_999, "1 MB"),
        (999_940, "999.9 kB"),
        (52_428_800, "52.4 MB"),
        (10**12, "1 TB"),
        (10**16, "10000 TB"),
    ],
)
def test_file_sizes(size: int | None, words: str) -> None:
    assert tags.file_size(size) == words


@pytest.mark.parametrize(
    ("count", "words", "told"),
    [(1, "review", "1 review"), (0, "review", "0 reviews"), (3, "person,people", "3 people"), (12_431, "row", "12,431 rows")],
)
def test_plural(count: int, words: str, told: str) -> None:
    assert tags.plural(count, words) == told


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_has_words(tier: Tier) -> None:
    html = rendered('{% include "shared/_tier.html" with tier=tier only %}', tier=tier)
    assert f">E{tier.value}<" in html
    assert tags.tier_words(tier) in html
    assert html.count('class="is-filled"') == tier.value


@pytest.mark.parametrize("state", ["done", "now", "later", "slipped"])
def test_every_state_has_a_shape_and_a_word(state: str) -> None:
    html = rendered('{% include "shared/_state.html" with state=state only %}', state=state)
    assert icon(tags.state_icon(state)) in html
    assert state in html.rsplit("</svg>", 1)[1]
    assert len({tags.state_icon(each) for each in tags.STATE_ICONS}) == 4


@pytest.mark.parametrize("value", ["public", "redacted", "private"])
def test_every_confidentiality_class_has_a_shape_and_a_word(value: str) -> None:
    html = rendered('{% include "shared/_confidentiality.html" with value=value only %}', value=value)
    assert tags.confidentiality_words(value) in html


class Form(forms.Form):
    why = forms.CharField(widget=forms.Textarea, help_text="Closed book.")
    hours = forms.IntegerField(help_text="On a <Tuesday>.", required=False)
    who = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One of them.")
    agree = forms.BooleanField(help_text="Ask first.")
    file = forms.FileField(required=False)


def field(name: str, extra: str = "", **data: str) -> str:
    return rendered(f'{{% include "shared/_field.html" with field=field {extra} only %}}', field=Form(data)[name])


def test_a_field_says_what_describes_it() -> None:
    html = field("hours", 'unit="hours"', hours="x")
    described = 'aria-describedby="id_hours_helptext id_hours_error id_hours_unit"'
    assert described in html
    for part in ("helptext", "error", "unit"):
        assert html.count(f'id="id_hours_{part}"') == 1
    assert 'aria-invalid="true"' in html
    assert "On a &lt;Tuesday&gt;." in html


def test_only_fields_that_may_stay_empty_are_marked() -> None:
    assert "(optional)" in field("hours")
    assert "(optional)" not in field("why")
    assert "(optional)" not in field("hours", "optional=False")


def test_a_text_can_count_its_words() -> None:
    html = field("why", 'words="60-150" rows=4')
    assert 'data-word-range="60-150"' in html
    assert 'rows="4"' in html


def test_choices_are_a_group_with_a_name() -> None:
    html = field("who")
    assert '<fieldset class="field field--error" aria-describedby="id_who_helptext id_who_error">' in html
    assert html.count('<label class="choice">') == 2
    assert "<legend" in html


def test_a_checkbox_stands_inside_its_label() -> None:
    html = field("agree", agree="on")
    assert '<label class="choice" for="id_agree"><input type="checkbox"' in html
    assert "field--error" not in html


def test_the_summary_leads_to_the_fields() -> None:
    html = rendered('{% include "shared/_errors.html" with form=form only %}', form=Form({}))
    assert '<a href="#id_who_0">' in html
    assert '<a href="#id_why">' in html
    assert not rendered('{% include "shared/_errors.html" with form=form only %}', form=Form()).strip()


def test_a_form_with_a_file_is_sent_as_one() -> None:
    assert 'enctype="multipart/form-data"' in rendered('{% include "shared/_form.html" %}', form=Form(), action="Save")
