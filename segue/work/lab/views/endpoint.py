"""A language model on the same rows: off, until somebody has looked at what would leave and set the switch."""

from __future__ import annotations

from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.queries import learner_of
from segue.shared.notices import say
from segue.work.lab import folders
from segue.work.lab.actions import gate as actions
from segue.work.lab.asking import MOST_ROWS, ask_of, guide_of, preview_of
from segue.work.lab.forms import PERMISSIONS
from segue.work.lab.gate_forms import AskForm, SendForm
from segue.work.lab.left import left_of
from segue.work.lab.models import EXAMPLE, Analysis, EvalSet
from segue.work.lab.queries.gate import open_jobs
from segue.work.lab.queries.marks import eval_set_of
from segue.work.lab.queries.workspace import below, done_or_404

PERMISSION_WORDS = {**dict(PERMISSIONS), EXAMPLE: "Made-up data that comes with the Lab"}
RUNS_A_PAGE = 3


def _set_or_404(analysis: Analysis) -> EvalSet:
    eval_set = eval_set_of(analysis)
    if eval_set is None:
        raise Http404
    return eval_set


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask, and how. Nothing leaves by it."""
    analysis = done_or_404(learner_of(request), pk)
    eval_set = _set_or_404(analysis)
    before = ask_of(analysis)
    fresh = {"guide": guide_of(analysis), "rows": min(MOST_ROWS, len(eval_set.rows))}
    form = AskForm(request.POST or None, initial=asdict(before) if before is not None else fresh)
    if request.method == "POST" and form.is_valid():
        actions.prepare(analysis, form.ask())
        return redirect("lab:preview-endpoint", pk)
    work = below(analysis, "gate", "A language model")
    context = {"here": "A language model", "work": work, "form": form, "total": len(eval_set.rows), "most": MOST_ROWS}
    return render(request, "lab/prepare_endpoint.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("key")
@require_http_methods(["GET", "HEAD", "POST"])
def preview_endpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what would leave, and the switch."""
    analysis = done_or_404(learner_of(request), pk)
    eval_set, ask = _set_or_404(analysis), ask_of(analysis)
    if ask is None:
        return redirect("lab:prepare-endpoint", pk)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.send(analysis, given["mark"], given["key"])
        say(request, f"{ask.host} is being asked. All that leaves stands in the log.", "info")
        return redirect("lab:show-gate", pk)
    preview = preview_of(analysis, eval_set, ask)
    context = {
        "here": "What would leave",
        "work": below(analysis, "gate", "What would leave"),
        "preview": preview,
        "form": form if form.is_bound else SendForm(initial={"mark": preview.mark}),
        "permission": PERMISSION_WORDS.get(analysis.permission, analysis.permission),
        "under_way": open_jobs(analysis).exists(),
    }
    return render(request, "lab/preview_endpoint.html", context, status=422 if form.is_bound else 200)


@require_safe
def show_left(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text that left, when, to whom, and what came back."""
    analysis = done_or_404(learner_of(request), pk)
    log = left_of(analysis)
    context = {
        "here": "What left",
        "work": below(analysis, "gate", "What left"),
        "log": log,
        "page": Paginator(log.runs, RUNS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "lab/show_endpoint_log.html", context)


@require_safe
def download_left(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The log as it was written, a line each."""
    analysis = done_or_404(learner_of(request), pk)
    try:
        file = folders.left_file(analysis).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=f"left-{analysis.pk}.jsonl", content_type="application/jsonl")
