"""The pages of the model register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.deepen.actions import register as actions
from segue.work.deepen.models import ModelItem
from segue.work.deepen.queries import register as queries
from segue.work.deepen.register import review_words
from segue.work.deepen.register_forms import ModelForm, begun_from, initial_of
from segue.work.deepen.views.trail import trail
from segue.work.lab.lineage import RunVersion, lineage_of, run_versions


def _trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    return trail(("Models", reverse("deepen:list-models")), *here)


@require_safe
def list_models(request: HttpRequest) -> HttpResponse:
    """The register: what is due to be looked at first, then the others."""
    learner = learner_of(request)
    planned_or_404(learner)
    context = {"page": queries.models_page(learner, clock.today()), "crumbs": trail(("Models", ""))}
    return render(request, "deepen/list_models.html", context)


@require_safe
def show_model(request: HttpRequest, key: str) -> HttpResponse:
    """A model with its data, owner, next review and history."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = queries.model_page(learner, key)
    return render(request, "deepen/show_model.html", {"page": page, "crumbs": _trail((page.row.item.name, ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def add_model(request: HttpRequest) -> HttpResponse:
    """Enters a model, begun from a run of the Lab or from nothing."""
    learner = learner_of(request)
    planned_or_404(learner)
    runs = run_versions(learner)
    if request.method != "POST":
        run = queries.run_of(runs, request.GET.get("run", ""))
        return _edit(request, ModelForm(initial=_begun(run) if run else None, runs=runs), None)
    form = ModelForm(request.POST, runs=runs)
    if form.is_valid():
        item = actions.add_model(learner, form.told(), form.chosen, form.cleaned_data["says"])
        say(request, f"{item.name} is in the register. {review_words(item, clock.today())}.")
        return redirect("deepen:show-model", item.key)
    return _edit(request, form, None)


def _begun(run: RunVersion) -> dict[str, object]:
    found = lineage_of(run)
    return begun_from(run, found.model if found else "")


@require_http_methods(["GET", "HEAD", "POST"])
def change_model(request: HttpRequest, key: str) -> HttpResponse:
    """Changes a model. What changed, and why, goes into its history."""
    learner = learner_of(request)
    planned_or_404(learner)
    item, runs = queries.item_or_404(learner, key), run_versions(learner)
    if request.method != "POST":
        return _edit(request, ModelForm(initial=initial_of(item), runs=runs, before=item), item)
    form = ModelForm(request.POST, runs=runs, before=item)
    if form.is_valid():
        given = form.cleaned_data
        try:
            item = actions.change_model(item, form.told(), form.chosen, given["says"], given["seen"] or 0)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, f"Changed. {review_words(item, clock.today())}.")
            return redirect("deepen:show-model", item.key)
    return _edit(request, form, item)


def _edit(request: HttpRequest, form: ModelForm, item: ModelItem | None) -> HttpResponse:
    here = ((item.name, reverse("deepen:show-model", args=[item.key])), ("Change", "")) if item else (("New", ""),)
    context = {"form": form, "item": item, "crumbs": _trail(*here)}
    return render(request, "deepen/edit_model.html", context, status=422 if form.errors else 200)
