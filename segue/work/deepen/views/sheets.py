"""The pages of the sheets: writing one, looking at what follows from it, printing and recording it."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.shared.pdf import is_available, pdf_of
from segue.work.deepen.actions import sheets as actions
from segue.work.deepen.law import law
from segue.work.deepen.outline import Outline
from segue.work.deepen.queries import sheets as queries
from segue.work.deepen.sheet_forms import MORE_ROWS, RecordForm, SheetForm, initial_of
from segue.work.deepen.sheet_text import NOT_ADVICE
from segue.work.deepen.views.trail import trail

OTHER = "Another window has changed the sheet meanwhile. Look at it first; sent again, yours is kept."


def _window(request: HttpRequest) -> str:
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


def _trail(outline: Outline, here: str) -> list[tuple[str, str]]:
    return trail((outline.title, reverse("deepen:show-sheet", args=[outline.sort])), (here, ""))


@require_safe
def show_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """A sheet as others would read it, with what follows from it."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    page = queries.sheet_page(learner, outline)
    if not page.is_written:
        return redirect("deepen:edit-sheet", sort)
    kept = page.entry.confidentiality if page.entry else None
    context = {
        "page": page,
        "form": RecordForm(initial={"confidentiality": kept} if kept else None),
        "not_advice": NOT_ADVICE,
        "as_of": law().as_of,
        "has_pdf": is_available(),
        "crumbs": trail((outline.title, "")),
    }
    return render(request, "deepen/show_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """Writes a sheet. What is typed is saved on the way; more rows are there on demand, and nothing typed is lost."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    row = queries.sheet_row(learner, sort)
    if request.method != "POST":
        form = SheetForm(initial=initial_of(queries.answers_in(outline, row)), outline=outline)
        return _edit(request, outline, form, row.revision if row else 0)
    form, revision = SheetForm(request.POST, outline=outline), whole_number(request.POST.get("revision"))
    if form.is_valid():
        saved = actions.keep_sheet(learner, outline, form.typed, revision, _window(request))
        if saved.other is None:
            return _kept(request, outline, saved.revision)
        form.add_error(None, OTHER)
        revision = saved.revision
    return _edit(request, outline, form, revision)


def _kept(request: HttpRequest, outline: Outline, revision: int) -> HttpResponse:
    if request.POST.get("do") != "more":
        return redirect("deepen:show-sheet", outline.sort)
    row = queries.sheet_row(learner_of(request), outline.sort)
    form = SheetForm(initial=initial_of(queries.answers_in(outline, row)), outline=outline, more=MORE_ROWS)
    return _edit(request, outline, form, revision)


def _edit(request: HttpRequest, outline: Outline, form: SheetForm, revision: int) -> HttpResponse:
    is_written = not queries.answers_in(outline, queries.sheet_row(learner_of(request), outline.sort)).is_empty
    context = {
        "form": form,
        "outline": outline,
        "is_written": is_written,
        "revision": revision,
        "window": _window(request),
        "not_advice": NOT_ADVICE,
        "as_of": law().as_of,
        "crumbs": _trail(outline, "Write") if is_written else trail((outline.title, "")),
    }
    return render(request, "deepen/edit_sheet.html", context, status=422 if form.errors else 200)


@require_POST
def save_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved something else."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    form = SheetForm(request.POST, outline=outline)
    saved = actions.keep_sheet(learner, outline, form.typed, whole_number(request.POST.get("revision")), _window(request))
    if saved.other is not None:
        text = "\n\n".join(value for value in saved.other.values() if value.strip())
        return render(request, "deepen/_other_sheet.html", {"text": text}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def record_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """Records a sheet as evidence, or a new version of it."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    form = RecordForm(request.POST)
    if not form.is_valid():
        raise UserError("Say who may see it.", "Go back and choose one of the three.")
    entry = actions.record_sheet(learner, outline, form.cleaned_data["confidentiality"])
    say(request, f"The sheet is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)


@require_POST
def review_law(request: HttpRequest, sort: str) -> HttpResponse:
    """Says that a sheet was looked at again after the law had changed."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    actions.review_law(learner, outline)
    say(request, "Noted: the sheet was looked at under the rules of today.")
    return redirect("deepen:show-sheet", sort)


@require_safe
def print_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """The sheet alone, to print."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    page = queries.sheet_page(learner, outline)
    context = {"page": page, "learner": learner, "today": clock.today(), "crumbs": _trail(outline, "Print")}
    return render(request, "deepen/print_sheet.html", context)


@require_safe
def download_sheet(request: HttpRequest, sort: str) -> HttpResponse:
    """The sheet as a PDF."""
    learner = learner_of(request)
    outline = queries.outline_or_404(sort)
    planned_or_404(learner)
    page = queries.sheet_page(learner, outline)
    footer = NOT_ADVICE.split(".")[0] if outline.is_legal else ""
    content = pdf_of(page.text, outline.title, author=learner.name, footer=footer, on=clock.today())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{outline.sort}.pdf"'
    return answer
