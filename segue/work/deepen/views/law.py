"""The pages of the law: the rules, what applies when, and the voluntary frameworks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import planned_or_404, turn_or_404
from segue.work.deepen.queries.law import framework_views, law_page, timeline_page
from segue.work.deepen.views.trail import trail

PAGES = (("list-law", "The rules"), ("show-timeline", "What applies when"), ("list-frameworks", "Frameworks"))


def _around(here: str) -> dict[str, object]:
    """What the three pages share: the way up, and the links to each other."""
    tabs = [{"url": reverse(f"deepen:{name}"), "label": label, "current": name == here, "count": None} for name, label in PAGES]
    law = (("The law", reverse("deepen:list-law")), (dict(PAGES)[here], ""))
    return {"tabs": tabs, "crumbs": trail(*law) if here != "list-law" else trail(("The law", ""))}


@require_safe
def list_law(request: HttpRequest) -> HttpResponse:
    """The rules by place: question, consequence, where it stands, from when it applies, and how sure that is."""
    planned_or_404(learner_of(request))
    return render(request, "deepen/list_law.html", {"page": law_page(), **_around("list-law")})


@require_safe
def show_timeline(request: HttpRequest) -> HttpResponse:
    """What applies when, with the days left."""
    planned_or_404(learner_of(request))
    return render(request, "deepen/show_timeline.html", {"page": timeline_page(), **_around("show-timeline")})


@require_safe
def list_frameworks(request: HttpRequest) -> HttpResponse:
    """What nobody has to follow: other ways to look at the sheets."""
    learner = learner_of(request)
    views = framework_views(learner, turn_or_404(learner))
    return render(request, "deepen/list_frameworks.html", {"views": views, **_around("list-frameworks")})
