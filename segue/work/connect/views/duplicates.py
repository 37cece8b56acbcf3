"""People who are there twice: found by likeness, compared, made one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.texts import clean_line
from segue.shared.notices import say
from segue.work.connect.actions.merging import merge_people as merge
from segue.work.connect.merging_forms import MergeForm
from segue.work.connect.queries import people as queries
from segue.work.connect.views.finding import person_or_404
from segue.work.connect.views.trail import trail


@require_safe
def list_duplicates(request: HttpRequest) -> HttpResponse:
    """Who may be there twice?"""
    page, rows = queries.alike_page(learner_of(request), request.GET.get("page"))
    crumbs = trail(("People", reverse("connect:list-people")), ("Twice?", ""))
    return render(request, "connect/list_duplicates.html", {"page": page, "rows": rows, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def merge_people(request: HttpRequest, key: str) -> HttpResponse:
    """Two entries side by side, and which value stays where they differ."""
    learner = learner_of(request)
    one = person_or_404(learner, key)
    other_key = clean_line(request.POST.get("other") or request.GET.get("other", ""))
    other = learner.people.select_related("organisation", "learner").filter(key=other_key).first()
    if other is None or other.pk == one.pk:
        raise UserError("The other entry is not there any more.", "It may be merged already: look at the list of people.")
    form = MergeForm(request.POST if request.method == "POST" else None, one=one, other=other)
    if request.method == "POST" and form.is_valid():
        person = merge(one, other, form.chosen())
        say(request, f"{person.name} is there once now, with all that hung on both.")
        return redirect("connect:show-person", person.key)
    crumbs = trail(("People", reverse("connect:list-people")), ("Twice?", reverse("connect:list-duplicates")), ("Merge", ""))
    context = {"pair": (one, other), "other": other, "form": form, "crumbs": crumbs}
    return render(request, "connect/merge_people.html", context, status=422 if form.errors else 200)
