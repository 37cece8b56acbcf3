"""The pages of recall: today's cards, a rating, the pause, how it goes, the deck."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.learn.actions import recall as actions
from segue.work.learn.cards import Card, Choice
from segue.work.learn.decks import deck_of
from segue.work.learn.forms import AwayForm
from segue.work.learn.queries import recall as queries
from segue.work.learn.scheduling import RATINGS

GOOD, AGAIN = 3, 1


def _said(card: Card | None, text: str) -> Choice | None:
    """The choice that was made, where the page was asked for with one."""
    if card is None or not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) >= len(card.choices):
        return None
    return card.choices[int(text)]


@require_safe
def show_recall(request: HttpRequest) -> HttpResponse:
    """The card to look at now; with ``said`` what came of the choice that was made."""
    learner = learner_of(request)
    session = queries.session_of(learner, turn_or_404(learner))
    # An answer belongs to the card that it was given to.
    said = (
        _said(session.card, request.GET.get("said", "")) if session.card and request.GET.get("card") == session.card.id else None
    )
    context = {
        "session": session,
        "said": said,
        "ratings": RATINGS.items(),
        "proposed": (GOOD if said.right else AGAIN) if said else 0,
        "form": AwayForm(),
        "crumbs": [("Learn", reverse("learn:show-learn")), ("Recall", "")],
    }
    return render(request, "learn/recall.html", context)


@require_POST
def rate_card(request: HttpRequest) -> HttpResponse:
    """Notes how well a card was remembered, and goes on to the next."""
    learner, card = learner_of(request), request.POST.get("card", "")
    turn_or_404(learner)
    numbers = [request.POST.get(name, "") for name in ("rating", "reviews")]
    if card not in queries.cards_for(learner):
        raise Http404
    if not all(number.isascii() and number.isdigit() and len(number) < 7 for number in numbers):
        raise UserError("The rating is not complete.", "Go back to recall and choose one of the four buttons.")
    actions.rate_card(learner, card, int(numbers[0]), int(numbers[1]))
    return redirect("learn:show-recall")


@require_POST
def undo_rating(request: HttpRequest) -> HttpResponse:
    """Takes the last rating of today back; pressed again, the one before it."""
    learner = learner_of(request)
    turn_or_404(learner)
    if actions.undo_rating(learner) is None:
        say(request, "There is no rating of today to take back.", kind="info")
    return redirect("learn:show-recall")


@require_POST
def set_away(request: HttpRequest) -> HttpResponse:
    """Nothing is asked until a day; without a day the pause ends."""
    learner = learner_of(request)
    turn_or_404(learner)
    if "back" in request.POST:
        actions.set_away(learner, None)
        say(request, "Welcome back. Whatever has gathered, a day takes ten minutes at most.")
        return redirect("learn:show-recall")
    form = AwayForm(request.POST)
    if not form.is_valid():
        raise UserError("Recall goes on as before: the day is missing or wrong.", " ".join(map(str, form.errors["until"])))
    until = form.cleaned_data["until"]
    actions.set_away(learner, until)
    say(request, f"Nothing is asked before {written_date(until)}. You may come back sooner.")
    return redirect("learn:show-recall")


@require_safe
def show_statistics(request: HttpRequest) -> HttpResponse:
    """Does it stay?"""
    learner = learner_of(request)
    turn_or_404(learner)
    crumbs = [("Learn", reverse("learn:show-learn")), ("Recall", reverse("learn:show-recall")), ("Statistics", "")]
    return render(request, "learn/recall_statistics.html", {"page": queries.statistics_of(learner), "crumbs": crumbs})


@require_safe
def export_deck(request: HttpRequest) -> HttpResponse:
    """All cards as a deck for Anki."""
    learner = learner_of(request)
    turn_or_404(learner)
    response = HttpResponse(deck_of(tuple(queries.cards_for(learner).values())), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="segue.apkg"'
    return response
