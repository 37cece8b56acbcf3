"""Who does what: the board of roles, and the map of one organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.connect.actions import roles as actions
from segue.work.connect.coverage_board import board_figure
from segue.work.connect.models import Organisation
from segue.work.connect.queries import roles as queries
from segue.work.connect.queries.coverage import coverage_page
from segue.work.connect.role_forms import PlaceForm, initial_of
from segue.work.connect.role_map import map_figure
from segue.work.connect.views.finding import organisation_or_404
from segue.work.connect.views.trail import trail
from segue.work.connect.vocabulary import roles

Forms = dict[str, PlaceForm]


@require_safe
def show_coverage(request: HttpRequest) -> HttpResponse:
    """How far do I know each role?"""
    learner = learner_of(request)
    page = coverage_page(learner, turn_or_404(learner))
    context = {
        "page": page,
        "figure": board_figure(page.rows),
        "organisations": learner.organisations.filter(places__isnull=False).distinct()[:10],
        "own": learner.organisations.filter(is_own=True).first(),
        "crumbs": trail(("Roles", "")),
    }
    return render(request, "connect/show_coverage.html", context)


def _forms(request: HttpRequest, organisation: Organisation) -> Forms:
    people = queries.people_to_choose(organisation)
    rows = {row.role: row for row in organisation.places.select_related("person")}
    chosen = [row.person for row in rows.values() if row.person is not None]
    choices = [*people, *(person for person in chosen if person not in people)]
    typed = request.POST if request.method == "POST" else None
    return {role: PlaceForm(typed, role=role, people=choices, initial=initial_of(rows.get(role))) for role, _ in roles()}


@require_http_methods(["GET", "HEAD", "POST"])
def show_map(request: HttpRequest, key: str) -> HttpResponse:
    """The map of an organisation: drawn, and a line to write for each role."""
    organisation = organisation_or_404(learner_of(request), key)
    forms = _forms(request, organisation)
    is_sent = request.method == "POST"
    if is_sent and all([form.is_valid() for form in forms.values()]):
        actions.draw_map(organisation, {role: form.told() for role, form in forms.items()})
        say(request, "The map is kept.")
        return redirect("connect:show-map", key)
    found = queries.role_map(organisation)
    words = dict(roles())
    context = {
        "found": found,
        "figure": None if found.is_empty else map_figure(organisation.name, found.places),
        "forms": [(words[role], form, bool(form.errors)) for role, form in forms.items()],
        "refused": [(words[role], form) for role, form in forms.items() if is_sent and form.errors],
        "crumbs": trail(("Roles", reverse("connect:show-coverage")), (organisation.name, "")),
    }
    return render(request, "connect/show_map.html", context, status=422 if is_sent else 200)


@require_POST
def record_map(request: HttpRequest, key: str) -> HttpResponse:
    """Records the map as evidence, with roles in the place of names."""
    organisation = organisation_or_404(learner_of(request), key)
    try:
        entry = actions.record_map(organisation)
    except UserError as error:
        say(request, str(error), kind="care")
    else:
        say(request, f"The map is recorded as entry {entry.number}.{too_short(entry)}")
    return redirect("connect:show-map", key)
