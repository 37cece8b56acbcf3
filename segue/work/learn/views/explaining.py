"""The closed-book box: write, save, check, keep."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.loop import Turn
from segue.curriculum.concept import Concept
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.learn.actions import explaining as actions
from segue.work.learn.forms import MOST_TEXT, ExplanationForm
from segue.work.learn.queries import explaining as queries
from segue.work.learn.views.concepts import concept_or_404


def _form(request: HttpRequest, turn: Turn, concept: Concept, text: str = "") -> ExplanationForm:
    activities = queries.activities_for(turn, concept)
    first = activities[0][0] if activities else ""
    sent = request.POST if request.method == "POST" else None
    return ExplanationForm(sent, activities=activities, initial={"text": text, "activity": first})


def _page(request: HttpRequest, learner: Learner, concept: Concept, form: ExplanationForm, **more: object) -> HttpResponse:
    mine = queries.open_explanation(learner, concept.id)
    context = {
        "concept": concept,
        "form": form,
        "revision": mine.revision if mine else 0,
        "begun_at": mine.begun_at if mine else clock.now(),
        "has_text": mine is not None,
    }
    return render(request, "learn/explain_concept.html", context | more, status=422 if form.errors else 200)


@require_safe
def explain_concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    """The box, with the text so far. The page of the concept is not linked from here: the book is closed."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    turn = turn_or_404(learner)
    mine = queries.open_explanation(learner, concept.id)
    return _page(request, learner, concept, _form(request, turn, concept, mine.text if mine else ""))


@require_POST
def save_explanation(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved a different one."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    saved = actions.save_text(learner, concept, request.POST.get("text", "")[:MOST_TEXT], revision)
    if saved.other is not None:
        return render(request, "learn/_other_text.html", {"text": saved.other}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def check_explanation(request: HttpRequest, concept_id: str) -> HttpResponse:
    """The feedback: a part of the page for htmx, else the page with it."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    form = _form(request, turn_or_404(learner), concept)
    if not form.is_valid():
        return _page(request, learner, concept, form)
    feedback = queries.feedback_on(form.cleaned_data["text"], concept)
    if request.headers.get("HX-Request"):
        return render(request, "learn/_feedback.html", {"feedback": feedback, "concept": concept})
    return _page(request, learner, concept, form, feedback=feedback)


@require_POST
def keep_explanation(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Records the text as evidence."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    form = _form(request, turn_or_404(learner), concept)
    if not form.is_valid():
        return _page(request, learner, concept, form)
    text = form.cleaned_data["text"]
    clarity = queries.check_clarity(text, concept)
    entry = actions.keep_text(learner, concept, text, form.cleaned_data["activity"], clarity)
    if clarity.passed:
        say(request, f"Recorded as entry {entry.number}: it passes the clarity check. The real test is a listener.")
    else:
        say(request, f"Recorded as entry {entry.number}. Something is still to mend: try again on another day.", kind="care")
    return redirect(reverse("learn:show-concept", args=[concept_id]) + "#versions")
