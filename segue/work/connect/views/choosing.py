"""The step before a form that needs a person: choosing one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from segue.accounts.models import Learner
from segue.work.connect.queries.choosing import people_like
from segue.work.connect.vocabulary import role_words

Crumbs = list[tuple[str, str]]


def choose_person(request: HttpRequest, learner: Learner, heading: str, crumbs: Crumbs) -> HttpResponse:
    """A search for somebody; each found leads back to the same address with ``person`` set, everything else kept."""
    query = request.GET.get("q", "")[:200].strip()
    found, is_more = people_like(learner, query)
    kept = request.GET.copy()
    for name in ("q", "person"):
        kept.pop(name, None)
    rows = [(person, role_words(person.role), _address(request, person.key)) for person in found]
    context = {"heading": heading, "query": query, "rows": rows, "is_more": is_more, "kept": [*kept.items()], "crumbs": crumbs}
    return render(request, "connect/choose_person.html", context)


def _address(request: HttpRequest, key: str) -> str:
    asked = request.GET.copy()
    asked.pop("q", None)
    asked["person"] = key
    return f"{request.path}?{asked.urlencode()}"
