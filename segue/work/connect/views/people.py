"""People: the list, one person, what is known of them, and taking them out again."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.evidence.texts import folded
from segue.shared import clock
from segue.shared.notices import say
from segue.work.connect.actions import people as actions
from segue.work.connect.models import Person, Relation
from segue.work.connect.people_forms import PersonForm
from segue.work.connect.queries import dossier
from segue.work.connect.queries import people as queries
from segue.work.connect.views.finding import person_or_404
from segue.work.connect.views.touching import touch_context
from segue.work.connect.views.trail import trail
from segue.work.connect.vocabulary import role_words, roles


def _crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    return trail(("People", reverse("connect:list-people")), *here)


@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Whom do I know?"""
    learner = learner_of(request)
    wanted = {name: request.GET.get(name, "").strip()[:200] for name in queries.FILTERS}
    found = queries.people_page(learner, wanted, request.GET.get("page"))
    query = request.GET.copy()
    query["who"] = found.who  # a file to take along holds those who are shown
    query.pop("page", None)
    context = {
        "found": found,
        "wanted": wanted,
        "filtered": any(wanted[name] for name in ("role", "relation", "organisation", "tag")),
        "roles": roles(),
        "relations": Relation.choices,
        "tags": queries.tag_names(learner),
        "today": clock.today(),
        "query": query.urlencode(),
        "crumbs": trail(("People", "")),
    }
    return render(request, "connect/list_people.html", context)


def _form(request: HttpRequest, learner: Learner, form: PersonForm, person: Person | None) -> HttpResponse:
    crumbs = _crumbs((person.name, reverse("connect:show-person", args=[person.key])), ("Change", "")) if person else None
    context = {
        "form": form,
        "person": person,
        "organisations": queries.organisation_names(learner),
        "crumbs": crumbs or _crumbs(("Add", "")),
    }
    return render(request, "connect/edit_person.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    learner = learner_of(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.add_person(learner, **form.told())
        say(request, f"{person.name} is here.")
        return redirect("connect:show-person", person.key)
    return _form(request, learner, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of somebody."""
    learner = learner_of(request)
    person = person_or_404(learner, key)
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        actions.change_person(person, form.told())
        say(request, f"What you know of {person.name} is kept.")
        return redirect("connect:show-person", key)
    return _form(request, learner, form, person)


@require_safe
def show_person(request: HttpRequest, key: str) -> HttpResponse:
    """Who is it, and what is there between us?"""
    person = person_or_404(learner_of(request), key)
    today = clock.today()
    hanging = queries.hanging_of(person)
    context: dict[str, Any] = {
        "person": person,
        "role": role_words(person.role),
        "hanging": hanging,
        "promises": [(row, queries.is_overdue(row, today)) for row in hanging.commitments],
        "most": queries.MOST,
        "next": request.path,
        "crumbs": _crumbs((person.name, "")),
        **touch_context(person),
    }
    return render(request, "connect/show_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_person(request: HttpRequest, key: str) -> HttpResponse:
    """What goes, what stays; then it is gone for good, which no undo brings back."""
    person = person_or_404(learner_of(request), key)
    if request.method == "POST":
        name = person.name
        actions.delete_person(person)
        _forget(request, person, key)
        say(request, f"{name} is deleted, with all that hung on them.")
        return redirect("connect:list-people")
    found = dossier.dossier_of(person)
    mentions = [(mention.words, reverse(mention.address[0], args=[mention.address[1]])) for mention in found.mentions]
    crumbs = _crumbs((person.name, reverse("connect:show-person", args=[key])), ("Delete", ""))
    return render(request, "connect/delete_person.html", {"found": found, "mentions": mentions, "crumbs": crumbs})


def _forget(request: HttpRequest, person: Person, key: str) -> None:
    """What was kept to undo a removal goes, too, where it is of this person or names them."""
    for kept in [name for name, value in request.session.items() if isinstance(value, dict)]:
        words = json.dumps(request.session[kept], ensure_ascii=False, default=str)
        if key in words or (len(person.name) >= dossier.LEAST_NAME and folded(person.name) in folded(words)):
            del request.session[kept]


@require_safe
def export_person(request: HttpRequest, key: str) -> HttpResponse:
    """Everything about one person, to keep or to give to them."""
    person = person_or_404(learner_of(request), key)
    answer = HttpResponse(dossier.archive_of(person), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="person-{person.key}.zip"'
    return answer
