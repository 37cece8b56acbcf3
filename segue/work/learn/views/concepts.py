"""The pages of concepts: the doors of the two months, the map, a concept, the parking lot."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.schedule.queries import turn_of, turn_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.learn.actions import parking
from segue.work.learn.forms import ParkForm
from segue.work.learn.queries import concepts as queries
from segue.work.workbench.queries import months

PARK_FOR = timedelta(days=28)
TIERS = {"1": 1, "2": 2, "3": 3}


def concept_or_404(concept_id: str) -> Concept:
    """A concept by its id."""
    concept = current().concept_by_id.get(concept_id)
    if concept is None:
        raise Http404
    return concept


@require_safe
def show_learn(request: HttpRequest) -> HttpResponse:
    """Months 1 and 2: what to take up next, the doors to everything, and the weeks."""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    context = {"name": "Learn", "months": months(turn, "learn"), "page": queries.map_page(learner, turn)}
    return render(request, "learn/show_learn.html", context)


@require_safe
def list_concepts(request: HttpRequest) -> HttpResponse:
    """Do I understand it? The map and the list of all concepts."""
    learner = learner_of(request)
    tier = TIERS.get(request.GET.get("tier", ""), 0)
    page = queries.map_page(learner, turn_or_404(learner), tier)
    return render(request, "learn/list_concepts.html", {"page": page, "tier": tier, "tiers": queries.TIER_WORDS})


@require_safe
def show_concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    """One concept in plain words."""
    learner = learner_of(request)
    page = queries.concept_page(learner, turn_or_404(learner), concept_or_404(concept_id))
    form = ParkForm(initial={"until": clock.today() + PARK_FOR})
    crumbs = [("Learn", reverse("learn:show-learn")), ("Concepts", reverse("learn:list-concepts")), (page.concept.name, "")]
    return render(request, "learn/show_concept.html", {"page": page, "form": form, "crumbs": crumbs})


@require_POST
def park_topic(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Puts a concept off to a day."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    form = ParkForm(request.POST)
    if not form.is_valid():
        raise UserError(f"“{concept.name}” is not parked: the day is missing or wrong.", " ".join(map(str, form.errors["until"])))
    until = form.cleaned_data["until"]
    parking.park(learner, concept_id, until)
    text = f"“{concept.name}” is parked until {written_date(until)}. It comes back on that day."
    offer_undo(request, text, reverse("learn:unpark-topic", args=[concept_id]))
    return redirect("learn:show-concept", concept_id)


@require_POST
def unpark_topic(request: HttpRequest, concept_id: str) -> HttpResponse:
    """Takes a concept out of the parking lot."""
    learner, concept = learner_of(request), concept_or_404(concept_id)
    parking.unpark(learner, concept_id)
    say(request, f"“{concept.name}” is no longer parked.")
    return redirect("learn:show-concept", concept_id)
