"""Drafts as data: their keys, what of a form they keep, and when two of them say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from segue.core.errors import UserError
from segue.evidence.texts import clean_text, short_title

Fields = Mapping[str, Sequence[str]]

KEY = re.compile(
    r"new:(?P<activity>([\w.-]+(:[\w.-]+)*)?):(?P<kind>[\w-]{0,30})|(?P<page>entry|review|confirm):(?P<number>[1-9]\d{0,8})",
    re.ASCII,
)
MOST_KEY = 120
PAGES = {"entry": "evidence:revise-work", "review": "evidence:record-review", "confirm": "evidence:record-confirmation"}
WINDOW, DISCARDED = "window", "discarded"
LEFT_OUT = {"csrfmiddlewaretoken", "revision", "do", "next", WINDOW, DISCARDED}
TYPED = ("title", "body", "comment", "link", "reviewer_name", "reviewer_role")
LONG = ("body", "comment")
MOST_FIELDS = 200
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Written:
    """What stands in a form when it is sent. ``revision`` is that of the draft it began from; ``window`` tells windows apart."""

    key: str
    revision: int = 0
    window: str = ""
    fields: Fields = field(default_factory=dict)


def new_key(activity_id: str, kind: str) -> str:
    """The key of the draft of new work."""
    return f"new:{activity_id}:{kind}"


def is_key(key: str) -> bool:
    """Whether a draft may have this key."""
    return len(key) <= MOST_KEY and KEY.fullmatch(key) is not None


def written_in(request: HttpRequest, key: str) -> Written:
    """What a form that was sent holds."""
    return Written(key, whole_number(request.POST.get("revision")), request.GET.get(WINDOW, "")[:20], typed_fields(request.POST))


def whole_number(text: str | None) -> int:
    """A number that fits the database, from whatever came in its place."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def typed_fields(post: QueryDict) -> dict[str, list[str]]:
    """The fields of a form worth keeping. Raises ``UserError`` where they are more than anybody types."""
    found = {name[:80]: [clean_text(v) for v in values] for name, values in post.lists() if name not in LEFT_OUT}
    if len(found) > MOST_FIELDS or sum(len(v) for values in found.values() for v in values) > MOST_CHARACTERS:
        raise UserError("The text is too long to be kept as a draft.", "Attach it as a file instead.")
    return found


def first(fields: Fields, name: str) -> str:
    """The first value of a field, or nothing."""
    return next(iter(fields.get(name, ())), "")


def long_text(fields: Fields) -> str:
    """The text of a draft."""
    return next((text for name in LONG if (text := first(fields, name))), "")


def has_text(fields: Fields) -> bool:
    """Whether anything was typed, rather than chosen."""
    return any(value.strip() for name in TYPED for value in fields.get(name, ()))


def same(one: Fields, other: Fields) -> bool:
    """Whether two drafts say the same; which window they come from makes no difference."""
    return _said(one) == _said(other)


def _said(fields: Fields) -> dict[str, list[str]]:
    return {name: [*values] for name, values in fields.items() if name not in LEFT_OUT and any(values)}


def title_of(fields: Fields) -> str:
    """What a draft may be called in a list."""
    return first(fields, "title") or first(fields, "reviewer_name") or short_title(long_text(fields)) or "Without a title"


def address_of(key: str) -> str:
    """The page on which a draft is written on."""
    found = KEY.fullmatch(key)
    if found is None:
        return reverse("evidence:record-work")
    if found["page"]:
        return reverse(PAGES[found["page"]], args=[int(found["number"])])
    if (found["activity"], found["kind"]) == ("", "log"):
        return reverse("evidence:write-log")
    asked = {name: found[name] for name in ("activity", "kind") if found[name]}
    return reverse("evidence:record-work") + (f"?{urlencode(asked)}" if asked else "")
