"""The gate: rows that no model sees, the score from which a version passes, and the verdicts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.shared.notices import say
from segue.work.lab.actions import gate as actions
from segue.work.lab.gate_forms import ThresholdForm
from segue.work.lab.left import left_of
from segue.work.lab.models import Analysis
from segue.work.lab.queries.gate import gate_page, judgement_page, open_jobs
from segue.work.lab.queries.workspace import below, done_or_404, workspace
from segue.work.lab.views.watching import over


def _gate(request: HttpRequest, analysis: Analysis, form: ThresholdForm | None = None, status: int = 200) -> HttpResponse:
    page = gate_page(analysis)
    offered = page.offer.unseen.pass_at if page.offer is not None else None
    first = page.eval_set.pass_at if page.eval_set is not None else offered
    context = {
        "here": "Gate",
        "work": workspace(analysis, "gate"),
        "page": page,
        "form": form or ThresholdForm(initial={"pass_at": first}),
        "left": left_of(analysis).texts,
    }
    return render(request, "lab/show_gate.html", context, status=status)


@require_safe
def show_gate(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest verdict, all verdicts, and what can be judged."""
    return _gate(request, done_or_404(learner_of(request), pk))


@require_POST
def put_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the set of rows that no model has seen."""
    analysis = done_or_404(learner_of(request), pk)
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        return _gate(request, analysis, form, status=422)
    made = actions.put_aside(analysis, **form.cleaned_data)
    say(request, f"{len(made.rows):,} rows are put aside. No later version learns from them.")
    return redirect("lab:show-gate", pk)


@require_POST
def remake_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the rows of the set the labels that they have now."""
    analysis = done_or_404(learner_of(request), pk)
    made = actions.make_anew(analysis, request.POST.get("set", ""))
    say(request, f"The set has {len(made.rows):,} rows with the labels of now. Verdicts by the old labels stay in the history.")
    return redirect("lab:show-gate", pk)


@require_POST
def return_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the set apart."""
    actions.give_back(done_or_404(learner_of(request), pk))
    say(request, "The rows may be learnt from again, and their verdicts are deleted.")
    return redirect("lab:show-gate", pk)


@require_POST
def set_threshold(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the score from which a version passes, with the reason."""
    analysis = done_or_404(learner_of(request), pk)
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        return _gate(request, analysis, form, status=422)
    actions.set_threshold(analysis, request.POST.get("was", ""), **form.cleaned_data)
    say(request, "The threshold is set. Verdicts so far keep the one that they were given by.")
    return redirect("lab:show-gate", pk)


@require_POST
def judge_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a judgement of the newest version."""
    analysis = done_or_404(learner_of(request), pk)
    actions.judge_version(analysis)
    return redirect("lab:show-gate", pk)


@require_POST
def stop_judging(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancels a judgement."""
    if actions.stop(done_or_404(learner_of(request), pk)):
        say(request, "Cancelled. What had left by then stands in the log.", "info")
    return redirect("lab:show-gate", pk)


@require_safe
def watch_gate(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a judgement is, as a fragment; the page is loaded anew when it is over."""
    analysis = done_or_404(learner_of(request), pk)
    if request.headers.get("HX-Request") != "true":
        return redirect("lab:show-gate", pk)
    job = open_jobs(analysis).first()
    if job is None:
        return over()
    return render(request, "lab/_gate_job.html", {"analysis": analysis, "job": job})


@require_safe
def show_judgement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One verdict: by label, and the rows that were wrong."""
    analysis = done_or_404(learner_of(request), pk)
    page = judgement_page(analysis, whole_number(str(number)))
    work = below(analysis, "gate", page.row.run.name)
    return render(request, "lab/show_gate_judgement.html", {"here": page.row.run.name, "work": work, "page": page})
