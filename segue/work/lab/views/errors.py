"""Where a model is wrong: pairs of classes, how sure it is, a threshold by cost, and mistakes read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.shared.notices import say
from segue.work.lab.actions import errors as actions
from segue.work.lab.actions.versions import set_settings
from segue.work.lab.errors import ErrorsPage, errors_of, threshold_of
from segue.work.lab.mistakes import SOURCES, about, kinds, marks_on, mistakes_of, open_place, reading_at, sorted_of
from segue.work.lab.model_forms import CostsForm, ReasonForm
from segue.work.lab.models import Analysis
from segue.work.lab.queries.versions import OF_A_CLASS
from segue.work.lab.queries.workspace import done_or_404, workspace

if TYPE_CHECKING:
    from feedback_lab.records.models import Mistake


def _errors(request: HttpRequest, analysis: Analysis, found: ErrorsPage, form: CostsForm) -> HttpResponse:
    valid = form.is_bound and form.is_valid()
    context = {
        "here": "Errors",
        "work": workspace(analysis, "errors"),
        "found": found,
        "form": form,
        "threshold": threshold_of(analysis, form.costs()) if valid else None,
        "asked": valid,
        "is_kept": valid and form.costs() == found.costs,
        "sorted": sorted_of(analysis, found.mistakes),
    }
    return render(request, "lab/show_errors.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, analysis: Analysis) -> ErrorsPage | HttpResponse:
    """What the model gets wrong, or the page that says why nothing is known of it."""
    found = errors_of(analysis)
    if isinstance(found, ErrorsPage):
        return found
    context = {"here": "Errors", "work": workspace(analysis, "errors"), "skipped": found}
    return render(request, "lab/no_errors.html", context)


@require_safe
def show_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The errors of the newest model. Costs that are asked for stand in the address."""
    analysis = done_or_404(learner_of(request), pk)
    found = _found(request, analysis)
    if isinstance(found, HttpResponse):
        return found
    data = request.GET if "positive" in request.GET else CostsForm.data_of(found.costs)
    return _errors(request, analysis, found, CostsForm(data, classes=found.classes))


@require_POST
def keep_costs(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps costs for the next run and for the memo, or forgets those that were kept."""
    analysis = done_or_404(learner_of(request), pk)
    found = _found(request, analysis)
    if isinstance(found, HttpResponse):
        return found
    kept = dict.fromkeys(OF_A_CLASS)
    if "forget" not in request.POST:
        form = CostsForm(request.POST, classes=found.classes)
        if not form.is_valid():
            return _errors(request, analysis, found, form)
        costs = form.costs()
        chosen = (costs.positive, costs.false_positive, costs.false_negative, costs.threshold)
        kept = dict(zip(kept, chosen, strict=True))
    set_settings(analysis, **kept)
    say(request, "Forgotten." if "forget" in request.POST else "Kept for the next run, and for the memo.")
    return redirect(reverse("lab:show-errors", args=[pk]) + "#threshold")


def _reading(
    request: HttpRequest, analysis: Analysis, mistakes: Sequence[Mistake], at: int, form: ReasonForm | None = None
) -> HttpResponse:
    """The mistake at a place, or what all of them are where there is none. ``form``: one that was sent and is not right yet."""
    marks = marks_on(analysis, mistakes)
    reading = reading_at(analysis, mistakes, marks, at) if at else None
    last = whole_number(request.GET.get("last"))
    context = {
        "here": "Read the errors",
        "work": workspace(analysis, "errors"),
        "reading": reading,
        "last": reading_at(analysis, mistakes, marks, last) if 1 <= last <= len(mistakes) else None,
        "changing": reading is not None and (not reading.words or "change" in request.GET or form is not None),
        "form": form or ReasonForm(initial={"words": reading.words if reading else ""}),
        "kinds": kinds(),
        "sorted": sorted_of(analysis, mistakes),
        "can_undo": bool(marks),
    }
    return render(request, "lab/read_errors.html", context, status=422 if form else 200)


@require_safe
def read_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """One mistake at a time: the reason in free words first, then a kind. At the end, what they are."""
    analysis = done_or_404(learner_of(request), pk)
    mistakes = mistakes_of(analysis)
    if "at" in request.GET:
        return _reading(request, analysis, mistakes, _place(mistakes, request.GET.get("at")))
    return _reading(request, analysis, mistakes, open_place(mistakes, marks_on(analysis, mistakes)))


def _place(mistakes: Sequence[Mistake], at: str | None) -> int:
    """The place of the mistake that is meant, from 1; 404 where there is none."""
    place = whole_number(at)
    if not 1 <= place <= len(mistakes):
        raise Http404
    return place


def _reading_url(pk: int, at: int, last: int = 0) -> str:
    where = [f"{name}={place}" for name, place in (("at", at), ("last", last)) if place]
    return reverse("lab:read-errors", args=[pk]) + (f"?{'&'.join(where)}" if where else "")


@require_POST
def note_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the reason in free words."""
    analysis = done_or_404(learner_of(request), pk)
    mistakes, form = mistakes_of(analysis), ReasonForm(request.POST)
    at = _place(mistakes, request.POST.get("at"))
    if not form.is_valid():
        return _reading(request, analysis, mistakes, at, form)
    mistake = mistakes[at - 1]
    actions.note_reason(analysis, mistake.row, form.cleaned_data["words"], about(mistake))
    return redirect(_reading_url(pk, at))


@require_POST
def choose_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Sorts a mistake into a kind, and goes on to the next that has none."""
    analysis = done_or_404(learner_of(request), pk)
    mistakes, kind = mistakes_of(analysis), request.POST.get("kind", "")
    at = _place(mistakes, request.POST.get("at"))
    if kind not in SOURCES:
        raise Http404
    actions.choose_kind(analysis, mistakes[at - 1].row, kind, about(mistakes[at - 1]))
    return redirect(_reading_url(pk, open_place(mistakes, marks_on(analysis, mistakes), at), at))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the last step of reading back, and shows the mistake it was about."""
    analysis = done_or_404(learner_of(request), pk)
    row = actions.take_back(analysis)
    at = next((place for place, each in enumerate(mistakes_of(analysis), 1) if each.row == row), 0)
    return redirect(_reading_url(pk, at))
