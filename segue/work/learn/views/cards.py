"""One's own cards: a list, one at a time, or a whole file of notes with a look at it first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.uploads import refused_files
from segue.schedule.queries import turn_or_404
from segue.shared.notices import offer_undo, say
from segue.work.learn.actions import cards as actions
from segue.work.learn.forms import CardForm, NotesForm
from segue.work.learn.queries.cards import Preview, cards_page, preview_of

WORDS = {
    "new": "The card is kept: it comes with the new ones.",
    "changed": "The card has its new back.",
    "same": "It was there already.",
}


def _page(request: HttpRequest, learner: Learner, status: int = 200, **forms: Any) -> HttpResponse:
    query = request.GET.get("q", "")[:200]
    crumbs = [("Learn", reverse("learn:show-learn")), ("Recall", reverse("learn:show-recall")), ("Your cards", "")]
    shown = {"card_form": CardForm(), "notes_form": NotesForm(), "crumbs": crumbs, "query": query}
    page = cards_page(learner, query, request.GET.get("page"))
    return render(request, "learn/list_cards.html", {**shown, "page": page, **forms}, status=status)


@require_safe
def list_cards(request: HttpRequest) -> HttpResponse:
    """One's own cards, and how more come."""
    learner = learner_of(request)
    turn_or_404(learner)
    return _page(request, learner)


@require_POST
def add_card(request: HttpRequest) -> HttpResponse:
    """Keeps one card; with the front of one that there is, it gets the other back."""
    learner, form = learner_of(request), CardForm(request.POST)
    turn_or_404(learner)
    if form.is_valid():
        try:
            (change,) = actions.keep_notes(learner, [form.note()])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, WORDS[change.state])
            return redirect("learn:list-cards")
    return _page(request, learner, 422, card_form=form)


@require_POST
def preview_notes(request: HttpRequest) -> HttpResponse:
    """What keeping these notes would do; nothing is kept yet."""
    learner = learner_of(request)
    turn_or_404(learner)
    form = NotesForm(request.POST, request.FILES, refused=refused_files(request))
    if form.is_valid():
        try:
            text, notes = form.notes()
        except UserError as error:
            form.blame(error)
        else:
            return _preview(request, text, preview_of(learner, notes))
    return _page(request, learner, 422, notes_form=form)


def _preview(request: HttpRequest, text: str, preview: Preview) -> HttpResponse:
    crumbs = [
        ("Learn", reverse("learn:show-learn")),
        ("Recall", reverse("learn:show-recall")),
        ("Your cards", reverse("learn:list-cards")),
        ("Look first", ""),
    ]
    context = {"preview": preview, "counts": preview.counts, "text": text, "crumbs": crumbs}
    return render(request, "learn/preview_notes.html", context)


@require_POST
def keep_notes(request: HttpRequest) -> HttpResponse:
    """Keeps the notes of a preview."""
    learner, form = learner_of(request), NotesForm(request.POST)
    turn_or_404(learner)
    if form.is_valid():
        _, notes = form.notes()
        try:
            preview = Preview(actions.keep_notes(learner, notes.notes), notes.rejected, notes.remarks)
        except UserError as error:
            form.blame(error)
        else:
            say(request, _kept_words(preview.counts))
            return redirect("learn:list-cards")
    return _page(request, learner, 422, notes_form=form)


def _kept_words(counts: Any) -> str:
    said = [f"{count} {state}" for state, count in counts.items() if count]
    return f"Your notes: {', '.join(said)}." if said else "There was nothing in these notes."


@require_POST
def drop_card(request: HttpRequest, key: str) -> HttpResponse:
    """A card is asked no more."""
    card = actions.set_kept(learner_of(request), key, kept=False)
    if card is None:
        raise Http404
    offer_undo(request, f"“{card.front}” is asked no more.", reverse("learn:restore-card", args=[key]))
    return redirect("learn:list-cards")


@require_POST
def restore_card(request: HttpRequest, key: str) -> HttpResponse:
    """A card is asked again."""
    if actions.set_kept(learner_of(request), key, kept=True) is None:
        raise Http404
    say(request, "The card is back, with what you remember of it.")
    return redirect("learn:list-cards")
