"""Versions of an analysis: what changed from run to run, and the next run."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.shared.notices import say
from segue.work.lab.actions import versions as actions
from segue.work.lab.forms import NextRunForm
from segue.work.lab.models import Analysis
from segue.work.lab.queries.versions import learns_from, next_run
from segue.work.lab.queries.workspace import done_or_404, workspace
from segue.work.lab.versions import table_of
from segue.work.lab.views.watching import over


def _versions(request: HttpRequest, analysis: Analysis, form: NextRunForm, status: int = 200) -> HttpResponse:
    context = {
        "here": "Versions",
        "work": workspace(analysis, "versions"),
        "versions": analysis.versions.all(),
        "table": table_of(analysis),
        "form": form,
    }
    return render(request, "lab/list_versions.html", context, status=status)


@require_safe
def list_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The runs so far, and what the next one would be told."""
    analysis = done_or_404(learner_of(request), pk)
    first = {"learn_from": learns_from(analysis), "themes": analysis.settings.get("themes")}
    return _versions(request, analysis, NextRunForm(initial=first))


@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the next run; what it is told is noted first, where the form of it was sent."""
    analysis = done_or_404(learner_of(request), pk)
    if "learn_from" in request.POST:
        form = NextRunForm(request.POST)
        if not form.is_valid():
            return _versions(request, analysis, form, status=422)
        actions.set_settings(analysis, **form.settings())
    actions.run_again(analysis)
    say(request, f"Version {analysis.version + 1} is on its way; version {analysis.version} stays as it is.", "info")
    return redirect("lab:list-versions", pk)


@require_safe
def watch_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the next run is, as a fragment; the page is loaded anew when it is over."""
    analysis = done_or_404(learner_of(request), pk)
    if request.headers.get("HX-Request") != "true":
        return redirect("lab:show-analysis", pk)
    if next_run(analysis).job is None:
        return over()
    return render(request, "lab/_again.html", {"work": workspace(analysis, "versions")})
