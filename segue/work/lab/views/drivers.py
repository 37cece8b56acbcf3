"""What goes with ratings, groups and time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.work.lab.drivers import drivers_of
from segue.work.lab.queries.workspace import done_or_404, workspace


@require_safe
def show_drivers(request: HttpRequest, pk: int) -> HttpResponse:
    """Themes beside ratings, groups and time. The theme whose line is drawn stands in the address."""
    analysis = done_or_404(learner_of(request), pk)
    found = drivers_of(analysis, whole_number(request.GET.get("line")) if "line" in request.GET else None)
    context = {
        "here": "Drivers",
        "work": workspace(analysis, "drivers"),
        "found": None if isinstance(found, str) else found,
        "skipped": found if isinstance(found, str) else "",
    }
    return render(request, "lab/show_drivers.html", context)
