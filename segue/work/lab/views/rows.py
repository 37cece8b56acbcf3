"""The data as it is: its profile, and a hundred rows read by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.shared.notices import say
from segue.work.lab.actions.rows import mark_row, unmark_row
from segue.work.lab.models import Analysis
from segue.work.lab.profile import profile_of
from segue.work.lab.queries.rows import ENOUGH_READ, FAULTS, findings_of_walk, kinds_of, place_of, row_page
from segue.work.lab.queries.workspace import done_or_404, workspace
from segue.work.lab.row_forms import RowForm


@require_safe
def show_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile, and what reading by hand has found so far."""
    analysis = done_or_404(learner_of(request), pk)
    context = {
        "here": "Rows",
        "work": workspace(analysis, "rows"),
        "profile": profile_of(analysis),
        "walk": findings_of_walk(analysis),
        "enough": ENOUGH_READ,
    }
    return render(request, "lab/show_rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row at a time: read it, say what is wrong with it, on to the next."""
    analysis = done_or_404(learner_of(request), pk)
    at = whole_number(request.GET.get("at"))
    if request.method != "POST":
        return _row(request, analysis, at)
    page = row_page(analysis, at)
    form = RowForm(request.POST)
    if whole_number(request.POST.get("row")) != page.row.row:
        raise Http404
    if not form.is_valid():
        return _row(request, analysis, at, form)
    mark_row(analysis, page.row.row, form.cleaned_data["kinds"], form.cleaned_data["words"])
    if not page.after:
        found = findings_of_walk(analysis)
        still = f"That was the last one; {found.drawn - found.read} are still unread."
        say(request, "All of them are read." if found.is_over else still)
        return redirect("lab:show-rows", pk)
    return redirect(f"{reverse('lab:read-row', args=[pk])}?at={page.after}")


def _row(request: HttpRequest, analysis: Analysis, at: int, form: RowForm | None = None) -> HttpResponse:
    page = row_page(analysis, at)
    said = {"kinds": kinds_of(page.mark), "words": page.mark.words} if page.mark else {}
    shown = form or RowForm(initial=said)
    context = {
        "here": "Rows",
        "work": workspace(analysis, "rows"),
        "page": page,
        "form": shown,
        "kinds": [(fault, fault.value in (shown["kinds"].value() or ())) for fault in FAULTS],
    }
    return render(request, "lab/read_row.html", context, status=422 if form else 200)


@require_POST
def unread_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what was said of a row."""
    analysis = done_or_404(learner_of(request), pk)
    row = whole_number(request.POST.get("row"))
    if unmark_row(analysis, row):
        say(request, f"Row {row:,} is unread again.", "info")
    return redirect(f"{reverse('lab:read-row', args=[pk])}?at={place_of(analysis, row)}")
