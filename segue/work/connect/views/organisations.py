"""Where people work: the list of organisations, and keeping it in order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.shared.notices import say
from segue.work.connect.actions import roles as actions
from segue.work.connect.actions.people import organisation_named
from segue.work.connect.models import Organisation
from segue.work.connect.queries.roles import organisations_page
from segue.work.connect.role_forms import NameForm, name_form
from segue.work.connect.views.finding import organisation_or_404
from segue.work.connect.views.trail import trail


@dataclass(frozen=True)
class Refused:
    """A form that could not be taken, and the organisation it would have renamed; none where it would have made one."""

    form: NameForm
    organisation: Organisation | None = None


def _list(request: HttpRequest, learner: Learner, refused: Refused | None = None) -> HttpResponse:
    renamed = refused.organisation if refused else None
    query = renamed.name if renamed else request.GET.get("q", "").strip()[:200]
    page = organisations_page(learner, query, request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, refused.form if refused and row == renamed else name_form(row)) for row in page.object_list],
        "query": query,
        "refused": refused.form if refused else None,
        "new_form": refused.form if refused and renamed is None else NameForm(auto_id="id_new_%s"),
        "crumbs": trail(("Organisations", "")),
    }
    return render(request, "connect/list_organisations.html", context, status=422 if refused else 200)


@require_safe
def list_organisations(request: HttpRequest) -> HttpResponse:
    """Where do they work?"""
    return _list(request, learner_of(request))


@require_POST
def add_organisation(request: HttpRequest) -> HttpResponse:
    """One that nobody is known at yet: a map may be drawn of any firm that one can read about."""
    learner = learner_of(request)
    form = NameForm(request.POST, auto_id="id_new_%s")
    if not form.is_valid():
        return _list(request, learner, Refused(form))
    organisation = organisation_named(learner, form.cleaned_data["name"])
    assert organisation is not None  # the form wants a name
    return redirect("connect:show-map", organisation.key)


@require_POST
def rename_organisation(request: HttpRequest, key: str) -> HttpResponse:
    """Another name; with that of another one, the two become one."""
    learner = learner_of(request)
    organisation = organisation_or_404(learner, key)
    form = NameForm(request.POST, auto_id=f"id_{organisation.pk}_%s")
    if not form.is_valid():
        return _list(request, learner, Refused(form, organisation))
    before = organisation.pk
    kept = actions.rename_organisation(organisation, form.cleaned_data["name"])
    joined = f"It is one with the {kept.name} that was there, with the people and the map of both."
    say(request, f"It is called {kept.name} now." if kept.pk == before else joined)
    return redirect("connect:list-organisations")


@require_POST
def mark_own(request: HttpRequest, key: str) -> HttpResponse:
    """Where one works, or no longer."""
    organisation = organisation_or_404(learner_of(request), key)
    actions.mark_own(organisation, is_own=request.POST.get("own") == "yes")
    return redirect("connect:list-organisations")


@require_POST
def delete_organisation(request: HttpRequest, key: str) -> HttpResponse:
    """It goes with its map; its people stay."""
    organisation = organisation_or_404(learner_of(request), key)
    stay = actions.delete_organisation(organisation)
    people = f" {stay} {'person' if stay == 1 else 'people'} stayed, without an organisation." if stay else ""
    say(request, f"{organisation.name} is deleted.{people}")
    return redirect("connect:list-organisations")
