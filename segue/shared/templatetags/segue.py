"""Filters and tags of every template; ``settings.TEMPLATES`` makes them built in."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, Textarea
from django.utils.safestring import SafeString

from segue.core.competency import Tier
from segue.shared import clock, glossary, icons, notices
from segue.shared import markdown as markdown_module

register = template.Library()

TIER_WORDS = {Tier.E0: "self-claim", Tier.E1: "checked", Tier.E2: "reviewed", Tier.E3: "confirmed"}
STATE_ICONS = {"done": "tick", "now": "dot", "later": "ring", "slipped": "slipped"}
CONFIDENTIALITY = {
    "public": ("open", "Public"),
    "redacted": ("half-lock", "Shareable when redacted"),
    "private": ("lock", "Private"),
}
_WEEK = 7
_MONTH = 61  # days from which "in 9 weeks" reads worse than "in 2 months"


@register.filter
def markdown(text: str | None, lower_by: int = 1) -> SafeString:
    """Safe HTML of Markdown; ``#`` becomes the heading ``lower_by`` levels further down."""
    return markdown_module.render(text or "", lower_by)


@register.filter
def terms(text: str | None) -> str:
    """Markdown in which the first use of each term of the glossary is a link to it, with the definition as its title."""
    return glossary.linked(text or "")


@register.filter
def minutes(value: float | None) -> str:
    """``85`` as ``1 h 25 min``."""
    whole = round(value or 0)
    hours_part, rest = divmod(whole, 60)
    if not hours_part:
        return f"{rest} min"
    return f"{hours_part} h {rest} min" if rest else f"{hours_part} h"


@register.filter
def hours(value: float | None) -> str:
    """Minutes as hours with at most one decimal: ``270`` as ``4.5 h``."""
    return f"{round((value or 0) / 60, 1):g} h"


def _day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


@register.filter
def longdate(value: date | datetime | None) -> str:
    """``Tuesday 24 November 2026``."""
    return f"{_day(value):%A} {_day(value).day} {_day(value):%B %Y}" if value else ""


@register.filter
def shortdate(value: date | datetime | None, today: date | None = None) -> str:
    """``24 Nov 2026``; with ``today`` of the same year ``24 Nov``."""
    if not value:
        return ""
    day = _day(value)
    short = f"{day.day} {day:%b}"
    return short if today and today.year == day.year else f"{short} {day.year}"


def _span(days: int) -> str:
    if days < 2 * _WEEK:
        return plural(days, "day")
    if days < _MONTH:
        return plural(days // _WEEK, "week")
    return plural(round(days / 30.44), "month")


@register.filter
def relativeday(value: date | datetime | None, today: date) -> str:
    """How far a day is from ``today``: ``tomorrow``, ``in 3 days``, ``2 weeks ago``."""
    if not value:
        return ""
    days = (_day(value) - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {_span(days)}" if days > 0 else f"{_span(-days)} ago"


@register.filter(name="bytes")
def file_size(value: int | None) -> str:
    """A file size in steps of 1000: ``3400000`` as ``3.4 MB``."""
    size = max(0, value or 0)
    if size < 1000:
        return plural(size, "byte")
    power = min(4, int(math.log10(size) // 3))
    if round(size / 1000**power, 1) >= 1000 and power < 4:
        power += 1
    amount = size / 1000**power
    return f"{amount:.1f}".removesuffix(".0") + f" {('kB', 'MB', 'GB', 'TB')[power - 1]}"


@register.filter
def number(value: float | None) -> str:
    """``23486`` as ``23,486``."""
    return f"{value:,}" if value is not None else ""


@register.filter
def share(value: float | None) -> str:
    """``0.071`` as ``7%``; what is there and rounds to nothing is ``<1%``."""
    if value is None:
        return ""
    return "<1%" if 0 < value < 0.005 else f"{value:.0%}"


@register.filter
def plural(count: int, words: str) -> str:
    """A number with its noun: ``3|plural:"review"`` as ``3 reviews``. Where ``s`` is wrong, both forms: ``"person,people"``."""
    one, _, many = words.partition(",")
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An inline SVG icon; names in ``segue/shared/icons.py``."""
    return icons.icon(name)


@register.filter
def tier_name(tier: int) -> str:
    """``E2``."""
    return Tier(tier).name


@register.filter
def tier_words(tier: int) -> str:
    """What a tier means, in a word or two."""
    return TIER_WORDS[Tier(tier)]


@register.filter
def state_icon(state: str) -> str:
    """The icon of a state of an activity."""
    return STATE_ICONS[state]


@register.filter
def confidentiality_icon(value: str) -> str:
    """The icon of a confidentiality class."""
    return CONFIDENTIALITY[value][0]


@register.filter
def confidentiality_words(value: str) -> str:
    """The name of a confidentiality class."""
    return CONFIDENTIALITY[value][1]


@register.filter
def undo_url(message: Message) -> str:
    """Where a message can be undone; empty where it can't."""
    return notices.undo_url(message)


@register.filter
def notice_kind(message: Message) -> str:
    """The kind of notice that a message is shown as."""
    return notices.kind_of(message)


@register.filter
def widget_kind(field: BoundField) -> str:
    """``checkbox``, ``select``, ``file`` and so on: decides how label and input stand together."""
    return str(getattr(field.field.widget, "input_type", "textarea"))


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the first input of a field: where a link to its error leads."""
    return str(field.subwidgets[0].id_for_label) if field.use_fieldset and field.subwidgets else str(field.id_for_label)


@register.simple_tag
def field_widget(field: BoundField, words: str = "", rows: int | str = "", unit: str = "") -> SafeString:
    """The input of a form field with the attributes that our script and the screen reader need."""
    attributes: dict[str, Any] = {}
    if words:
        attributes["data-word-range"] = words
    if rows and isinstance(field.field.widget, Textarea):
        attributes["rows"] = rows
    if unit and field.auto_id:
        described = field.aria_describedby or ""
        attributes["aria-describedby"] = f"{described} {field.auto_id}_unit".strip()
    return field.as_widget(attrs=attributes)
