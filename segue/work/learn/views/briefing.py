"""The page of the briefing: ten minutes in four parts, a look at them, and on to the ledger."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from segue.accounts.queries import learner_of
from segue.evidence.drafts import address_of, long_text, whole_number
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.work.learn.actions.briefing import keep_outline
from segue.work.learn.forms import OutlineForm
from segue.work.learn.queries import briefing as queries
from segue.work.learn.queries.briefing import Look, Outline


def _window(request: HttpRequest) -> str:
    """What tells this page of the browser from others; one that says nothing is nobody's."""
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


def _page(
    request: HttpRequest, outline: Outline, form: OutlineForm, look: Look | None = None, revision: int | None = None
) -> HttpResponse:
    context = {
        "outline": outline,
        "form": form,
        "parts": form.parts,
        "look": look,
        "revision": outline.revision if revision is None else revision,
        "window": _window(request),
        "crumbs": [("Learn", reverse("learn:show-learn")), ("Briefing", "")],
    }
    return render(request, "learn/outline_briefing.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def outline_briefing(request: HttpRequest) -> HttpResponse:
    """The outline. Sent, it is kept; ``check`` looks at it, ``record`` goes on to the form of the ledger."""
    learner = learner_of(request)
    outline = queries.outline_of(learner, turn_or_404(learner), request.GET.get("idea", ""))
    if request.method != "POST":
        return _page(request, outline, OutlineForm(initial=OutlineForm.initial_of(outline.title, outline.texts)))
    form = OutlineForm(request.POST)
    revision = whole_number(request.POST.get("revision"))
    if not form.is_valid():
        return _page(request, outline, form, revision=revision)
    saved = keep_outline(learner, form.cleaned_data["title"], form.texts(), revision, _window(request))
    if saved.kept is not None or request.POST.get("do") == "record":
        return redirect(address_of(queries.KEY))
    return _page(request, outline, form, queries.look_at(form.texts()), saved.revision)


@require_POST
def save_outline(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved a different one."""
    learner, form = learner_of(request), OutlineForm(request.POST)
    turn_or_404(learner)
    if not form.is_valid():
        return JsonResponse({"message": "The text is too long to be saved. Shorten it."}, status=422)
    revision = whole_number(request.POST.get("revision"))
    saved = keep_outline(learner, form.cleaned_data["title"], form.texts(), revision, _window(request))
    if saved.kept is not None and saved.draft is not None:
        return render(request, "learn/_other_text.html", {"text": long_text(saved.draft.fields)}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})
