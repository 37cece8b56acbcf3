"""Texts that are being written: saved as they are typed, chosen between, discarded and taken back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from segue.accounts.queries import learner_of
from segue.evidence import actions, drafts
from segue.evidence.models import Draft
from segue.evidence.views import form_pages
from segue.shared.notices import offer_undo, say


def _draft_or_404(request: HttpRequest, key: str) -> Draft:
    return get_object_or_404(learner_of(request).drafts.select_related("learner"), key=key)


@require_POST
def save_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps what is typed. 200 with the new revision; 409 with both texts where another window saved a different one."""
    learner = learner_of(request)
    if not drafts.is_key(key):
        raise Http404
    saved = actions.save_draft(learner, drafts.written_in(request, key))
    if saved.kept is None or saved.draft is None:
        at = saved.draft.saved_at.astimezone() if saved.draft else None
        return JsonResponse({"revision": saved.revision, "saved_at": f"{at:%H:%M}" if at else ""})
    texts = [{**text, "is_here": text["id"] == saved.kept.pk} for text in form_pages.texts_of(saved.draft)]
    heading = "Another window saved a different text"
    context = {"texts": texts, "draft_key": key, "heading": heading}
    return render(request, "evidence/_two_texts.html", context, status=409)


@require_POST
def choose_text(request: HttpRequest, key: str) -> HttpResponse:
    """Goes on with one of two texts."""
    draft = _draft_or_404(request, key)
    wanted = drafts.whole_number(request.POST.get("use"))
    kept = get_object_or_404(draft.kept, pk=wanted) if wanted else None
    actions.choose_text(draft, kept)
    say(request, "You go on with the text you chose.", kind="info")
    return form_pages.back_to_draft(key)


@require_POST
def discard_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Starts afresh; the undo brings the text back."""
    draft = _draft_or_404(request, key)
    actions.discard_draft(draft)
    offer_undo(request, "The draft is discarded.", reverse("evidence:restore-draft", args=[key]))
    return redirect(form_pages.way_back(request, drafts.address_of(key)))


@require_POST
def restore_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a discarded draft back."""
    actions.restore_draft(_draft_or_404(request, key))
    say(request, "The draft is back.", kind="info")
    return form_pages.back_to_draft(key)
