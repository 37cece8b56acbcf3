"""The pages of the figures to play with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.curriculum import current
from segue.work.learn import figures
from segue.work.learn.queries import figures as queries


@require_safe
def list_figures(request: HttpRequest) -> HttpResponse:
    """All figures, each by its question."""
    learner_of(request)
    crumbs = [("Learn", reverse("learn:show-learn")), ("Figures", "")]
    names = current().concept_by_id
    rows = [(figure, queries.url_of(figure), names[figure.concepts[0]].name) for figure in figures.FIGURES]
    return render(request, "learn/list_figures.html", {"rows": rows, "crumbs": crumbs})


@require_safe
def show_figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """A figure. Its settings stand in the address, so a link shows the same picture to everybody."""
    learner_of(request)
    figure = figures.BY_ID.get(figure_id)
    if figure is None:
        raise Http404
    page = queries.figure_page(figure, dict(request.GET.lists()))
    if page.outcome is None:
        figures.warm_up(figure)
    crumbs = [("Learn", reverse("learn:show-learn")), ("Figures", reverse("learn:list-figures")), (figure.title, "")]
    return render(request, "learn/show_figure.html", {"page": page, "crumbs": crumbs, "next_url": queries.url_of(page.next)})
