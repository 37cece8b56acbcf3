"""Ways to predict, compared with a baseline, and what the next model predicts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.shared.notices import say
from segue.work.lab.actions.versions import set_settings
from segue.work.lab.comparing import models_of, targets_of
from segue.work.lab.model_forms import TargetForm
from segue.work.lab.models import Analysis
from segue.work.lab.queries.versions import LABELS, learns_from
from segue.work.lab.queries.workspace import done_or_404, workspace


def _models(request: HttpRequest, analysis: Analysis, form: TargetForm, status: int = 200) -> HttpResponse:
    found = models_of(analysis)
    context = {
        "here": "Models",
        "work": workspace(analysis, "models"),
        "found": None if isinstance(found, str) else found,
        "skipped": found if isinstance(found, str) else "",
        "form": form,
        "by_hand": learns_from(analysis) == LABELS,
    }
    return render(request, "lab/show_models.html", context, status=status)


@require_safe
def show_models(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidates beside a baseline, their costs, the classes, and what more labels would bring."""
    analysis = done_or_404(learner_of(request), pk)
    targets = targets_of(analysis)
    first = {"target": analysis.settings.get("target") or targets.chosen}
    return _models(request, analysis, TargetForm(columns=targets.columns, initial=first))


@require_POST
def choose_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes what the next model predicts. A class of another column would mean nothing there, so it is forgotten."""
    analysis = done_or_404(learner_of(request), pk)
    targets = targets_of(analysis)
    form = TargetForm(request.POST, columns=targets.columns)
    if not form.is_valid():
        return _models(request, analysis, form, status=422)
    chosen = form.cleaned_data["target"]
    if chosen != (analysis.settings.get("target") or targets.chosen):
        set_settings(analysis, target=chosen)
        say(request, f"The next model predicts “{chosen[:60]}”. Run again to see how well.", "info")
    return redirect("lab:show-models", pk)
