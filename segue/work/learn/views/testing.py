"""The pages of tier tests."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_or_404
from segue.work.learn.actions import testing as actions
from segue.work.learn.forms import TestForm
from segue.work.learn.models import Sitting
from segue.work.learn.queries import testing as queries
from segue.work.learn.queries.mastery import PASS_AT


def _tier_or_404(number: int) -> queries.Tier:
    tier = queries.TIERS.get(number)
    if tier is None:
        raise Http404
    return tier


def _sitting_or_404(learner: Learner, tier: int) -> Sitting:
    sitting = queries.open_sitting(learner, tier)
    if sitting is None:
        raise Http404
    return sitting


@require_safe
def list_tests(request: HttpRequest) -> HttpResponse:
    """The three tests and what came of them."""
    learner = learner_of(request)
    turn_or_404(learner)
    crumbs = [("Learn", reverse("learn:show-learn")), ("Tests", "")]
    context = {"rows": queries.tier_rows(learner), "pass_at": PASS_AT, "crumbs": crumbs}
    return render(request, "learn/list_tests.html", context)


@require_POST
def begin_test(request: HttpRequest, tier: int) -> HttpResponse:
    """Draws a test, or goes on with the one that is open."""
    learner, wanted = learner_of(request), _tier_or_404(tier)
    turn_or_404(learner)
    actions.begin_test(learner, wanted)
    return redirect("learn:answer-test", tier, 1)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_test(request: HttpRequest, tier: int, part: int) -> HttpResponse:
    """Ten questions at a time."""
    learner, wanted = learner_of(request), _tier_or_404(tier)
    turn = turn_or_404(learner)
    sitting = _sitting_or_404(learner, tier)
    items, count = queries.part_of(sitting, part), queries.parts_in(sitting)
    if not items:
        raise Http404
    given = {item: "" if place is None else str(place) for item, place in sitting.answers.items()}
    form = TestForm(items, request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        actions.answer_part(sitting, form.answers())
        if part < count:
            return redirect("learn:answer-test", tier, part + 1)
        return redirect("learn:show-result", actions.finish_test(learner, sitting, wanted, turn).pk)
    context = {"form": form, "tier": wanted, "part": part, "count": count, "back": part - 1}
    return render(request, "learn/answer_test.html", context, status=422 if form.errors else 200)


@require_safe
def show_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was right, what was missed, and why."""
    learner = learner_of(request)
    sitting = get_object_or_404(learner.sittings.select_related("entry").exclude(entry=None), pk=pk)
    answers = queries.answers_of(sitting)
    tier = _tier_or_404(sitting.tier)
    context = {
        "sitting": sitting,
        "tier": tier,
        "missed": [answer for answer in answers if not answer.is_right],
        "right": [answer for answer in answers if answer.is_right],
        "passed": (sitting.score or 0) >= PASS_AT,
        "pass_at": PASS_AT,
        "crumbs": [("Learn", reverse("learn:show-learn")), ("Tests", reverse("learn:list-tests")), ("Result", "")],
    }
    return render(request, "learn/show_result.html", context)
