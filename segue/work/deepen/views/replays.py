"""The pages of the drift replay: set it up, see week after week, decide, look back, record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404
from segue.shared.notices import offer_undo, say
from segue.work.deepen.actions import replays as actions
from segue.work.deepen.monitors import CONVENTION, monitors_of
from segue.work.deepen.outline import outlines
from segue.work.deepen.queries import replays as queries
from segue.work.deepen.replay_figure import chances_of, figure_of
from segue.work.deepen.replay_forms import DecisionForm, ReplayForm, ReportForm
from segue.work.deepen.views.trail import trail
from segue.work.lab.reading import is_installed

REMOVED = "removed_replay"  # in the session: what the undo brings back
DECISION = "lifecycle-decision"


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Replays", reverse("deepen:list-replays")), (here, ""))


@require_safe
def list_replays(request: HttpRequest) -> HttpResponse:
    """All replays, and the runs that can be replayed."""
    learner = learner_of(request)
    planned_or_404(learner)
    context = {"page": queries.replay_list(learner), "crumbs": trail(("Replays", ""))}
    return render(request, "deepen/list_replays.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_replay(request: HttpRequest) -> HttpResponse:
    """Sets the split and the monitors, before any week is seen."""
    learner = learner_of(request)
    planned_or_404(learner)
    sent = request.POST if request.method == "POST" else None
    run = whole_number((sent or request.GET).get("run", ""))
    source = queries.source_of(learner, run) if is_installed() else None
    if source is None or source.offer is None:
        context = {"source": source, "installed": is_installed(), "crumbs": _trail("Set one up")}
        return render(request, "deepen/no_replay.html", context, status=200 if sent is None else 422)
    form = ReplayForm(sent, offer=source.offer)
    return _setting(request, learner, source, form)


def _setting(request: HttpRequest, learner: Learner, source: queries.Source, form: ReplayForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        row = actions.begin_replay(learner, source.analysis, form.wish(), form.monitors())
        return redirect("deepen:show-replay", row.key)
    context = {"form": form, "source": source, "convention": CONVENTION, "crumbs": _trail("Set one up")}
    return render(request, "deepen/add_replay.html", context, status=422 if form.errors else 200)


@require_safe
def show_replay(request: HttpRequest, key: str) -> HttpResponse:
    """A replay as far as it was seen. htmx asks for the progress alone while the weeks are worked out."""
    page = queries.replay_page(queries.replay_of(learner_of(request), key))
    if request.headers.get("HX-Request") == "true" and not page.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if page.state != "ready":
        is_part = request.headers.get("HX-Request") == "true"
        context = {"page": page, "crumbs": _trail(page.replay.file_name)}
        return render(request, "deepen/_replay_progress.html" if is_part else "deepen/replay_begun.html", context)
    return _show(request, page)


def _show(
    request: HttpRequest, page: queries.ReplayPage, decision: DecisionForm | None = None, report: ReportForm | None = None
) -> HttpResponse:
    course, plan = page.course, page.replay.plan
    week = course.now
    begins = page.hindsight.begins if page.hindsight else 0
    kept = {"confidentiality": page.entry.confidentiality} if page.entry else {}
    context = {
        "page": page,
        "figure": figure_of(course, monitors_of(plan), begins, page.hindsight is not None) if week else None,
        "mix": chances_of(page.mix) if page.mix and page.has_fair_mix else None,
        "comparison": week is not None and week.trained,
        "decision": decision or DecisionForm(options=course.options),
        "report": report or ReportForm(initial={"words": plan.get("words", ""), **kept}),
        "sheet": DECISION if DECISION in outlines() else "",
        "crumbs": _trail(page.replay.file_name),
    }
    refused = (decision is not None and decision.errors) or (report is not None and report.errors)
    return render(request, "deepen/show_replay.html", context, status=422 if refused else 200)


@require_POST
def replay_again(request: HttpRequest, key: str) -> HttpResponse:
    """Asks a worker again, where the weeks could not be worked out."""
    actions.work_out_again(queries.replay_of(learner_of(request), key))
    return redirect("deepen:show-replay", key)


@require_POST
def next_week(request: HttpRequest, key: str) -> HttpResponse:
    """Shows the next week."""
    row = queries.replay_of(learner_of(request), key)
    actions.show_next_week(row, whole_number(request.POST.get("seen")))
    return redirect(f"{reverse('deepen:show-replay', args=[key])}#week")


@require_POST
def decide_week(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps what was decided in this week, with its reason."""
    row = queries.replay_of(learner_of(request), key)
    page = queries.replay_page(row)
    form = DecisionForm(request.POST, options=page.course.options)
    if not page.course.options:
        raise UserError("This was decided already, or can’t be decided now.", "Look at the week again.")
    if not form.is_valid():
        return _show(request, page, decision=form)
    given = form.cleaned_data
    actions.decide_week(row, whole_number(request.POST.get("week")), given["choice"], given["why"])
    return redirect(f"{reverse('deepen:show-replay', args=[key])}#week")


@require_POST
def record_replay(request: HttpRequest, key: str) -> HttpResponse:
    """Records the report as evidence, or a new version of it."""
    learner = learner_of(request)
    row = queries.replay_of(learner, key)
    planned_or_404(learner)
    page, form = queries.replay_page(row), ReportForm(request.POST)
    if not page.course.is_over:
        raise UserError("The replay is not over yet.", "See all weeks first.")
    if not form.is_valid():
        return _show(request, page, report=form)
    entry = actions.record_replay(row, form.cleaned_data["words"], form.cleaned_data["confidentiality"])
    say(request, f"The report is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)


@require_POST
def remove_replay(request: HttpRequest, key: str) -> HttpResponse:
    """Removes a replay; the undo brings it back."""
    request.session[REMOVED] = actions.remove_replay(queries.replay_of(learner_of(request), key))
    offer_undo(request, "The replay is removed. What you recorded of it stays.", reverse("deepen:restore-replay", args=[key]))
    return redirect("deepen:list-replays")


@require_POST
def restore_replay(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the replay that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    if kept.get("key") != key:
        say(request, "Nothing is left to bring back: another replay was removed since.", kind="care")
        return redirect("deepen:list-replays")
    actions.restore_replay(learner, kept)
    del request.session[REMOVED]
    say(request, "The replay is back.", kind="info")
    return redirect("deepen:show-replay", key)
