"""The pages of the decision log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.build.actions import decisions as actions
from segue.work.build.decision_forms import DecisionForm, OutcomeForm, initial_of
from segue.work.build.models import LoggedDecision
from segue.work.build.queries import decisions as queries
from segue.work.build.views.trail import trail


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Decisions", reverse("build:list-decisions")), (here, ""))


@require_safe
def list_decisions(request: HttpRequest) -> HttpResponse:
    """What is due to be looked at again, then decisions and changes of scope in one line."""
    learner = learner_of(request)
    page = queries.decisions_page(learner, turn_or_404(learner))
    return render(request, "build/list_decisions.html", {"page": page, "crumbs": trail(("Decisions", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def add_decision(request: HttpRequest) -> HttpResponse:
    """Logs a decision."""
    learner = learner_of(request)
    turn_or_404(learner)
    form = DecisionForm(request.POST) if request.method == "POST" else DecisionForm()
    if form.is_valid():
        row = actions.log_decision(learner, form.told())
        say(request, f"Logged. It comes back on {written_date(row.revisit_on)}.")
        return redirect("build:list-decisions")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Says a decision anew, as long as nobody has looked at what came of it."""
    row = queries.decision_of(learner_of(request), pk)
    if request.method != "POST":
        if row.looked_on is not None:
            return redirect("build:list-decisions")
        return _form(request, DecisionForm(initial=initial_of(row), before=row), row)
    form = DecisionForm(request.POST, before=row)
    if form.is_valid():
        try:
            actions.change_decision(row, form.told())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, "The decision is changed.")
            return redirect("build:list-decisions")
    return _form(request, form, row)


def _form(request: HttpRequest, form: DecisionForm, row: LoggedDecision | None) -> HttpResponse:
    context = {"form": form, "row": row, "crumbs": _trail("Change" if row else "New")}
    return render(request, "build/edit_decision.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def note_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a decision."""
    row = queries.decision_of(learner_of(request), pk)
    if request.method != "POST" and row.looked_on is not None:
        return redirect("build:list-decisions")
    form = OutcomeForm(request.POST) if request.method == "POST" else OutcomeForm(initial={"outcome": row.outcome})
    if form.is_valid():
        given = form.cleaned_data
        try:
            row = actions.note_outcome(row, given["verdict"], given["outcome"], given["weeks"])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            words = "Noted." if row.looked_on else f"Noted. It comes back on {written_date(row.revisit_on)}."
            say(request, words)
            return redirect("build:list-decisions")
    context = {"form": form, "row": row, "crumbs": _trail("What came of it")}
    return render(request, "build/note_outcome.html", context, status=422 if form.errors else 200)


@require_POST
def record_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Records a decision as evidence, for the checkpoint of week 10 where it was asked for."""
    learner = learner_of(request)
    row = queries.decision_of(learner, pk)
    wanted = request.POST.get("made_for") == "checkpoint" and queries.wants_decision(turn_or_404(learner))
    entry = actions.record_decision(row, for_checkpoint=wanted)
    say(request, f"The decision is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)
