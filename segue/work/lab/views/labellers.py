"""Second labellers: a sheet to send as a file or a spreadsheet, and what came back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.blocks import BEGIN, END
from segue.evidence.forms import AnswerForm
from segue.evidence.uploads import refused_files
from segue.shared.notices import say
from segue.work.lab.actions import labellers as actions
from segue.work.lab.label_forms import SheetForm, SpreadsheetForm
from segue.work.lab.label_replies import SORT
from segue.work.lab.labelling import rows_file
from segue.work.lab.models import LabellerSheet
from segue.work.lab.queries import labels as queries
from segue.work.lab.queries.marks import UNSURE
from segue.work.lab.queries.workspace import done_or_404
from segue.work.lab.views.labels import crumbs_of, labels_context


def _page_or_404(request: HttpRequest, pk: int, sheet: int) -> queries.SheetPage:
    analysis = done_or_404(learner_of(request), pk)
    found = LabellerSheet.objects.select_related("analysis__learner").filter(analysis=analysis, pk=sheet).first()
    plan = queries.plan_of(analysis)
    if found is None or plan is None:
        raise Http404
    return queries.sheet_page(found, plan)


@require_POST
def make_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a sheet for a second labeller."""
    analysis = done_or_404(learner_of(request), pk)
    form = SheetForm(request.POST, auto_id="sheet_%s")
    if not form.is_valid():
        return render(request, "lab/show_labels.html", {**labels_context(analysis), "sheet_form": form}, status=422)
    sheet = actions.make_sheet(analysis, form.cleaned_data["count"])
    return redirect("lab:show-labeller-sheet", pk, sheet.pk)


@require_POST
def take_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Imports what a second labeller sent back, pasted or as a file."""
    analysis = done_or_404(learner_of(request), pk)
    form = AnswerForm(request.POST, request.FILES, refused=refused_files(request), auto_id="answer_%s")
    if form.is_valid():
        try:
            sheet, new = actions.take_block(analysis, form.answer())
        except UserError as error:
            form.add_error("text", str(error))
        else:
            return _taken(request, sheet, new)
    return render(request, "lab/show_labels.html", labels_context(analysis, form), status=422)


def _taken(request: HttpRequest, sheet: LabellerSheet, new: int) -> HttpResponse:
    if new:
        say(request, f"{new:,} label{'' if new == 1 else 's'} of {sheet.name} are here. Settle the rows on which you differ.")
    else:
        say(request, "This answer was here already: nothing has changed.", "info")
    return redirect(reverse("lab:show-labels", args=[sheet.analysis_id]) + "#second")


def _show(request: HttpRequest, page: queries.SheetPage, form: SpreadsheetForm, status: int = 200) -> HttpResponse:
    analysis = page.sheet.analysis
    crumbs = crumbs_of(analysis, f"Sheet of {written_date(page.sheet.made_on)}")
    context = {"page": page, "analysis": analysis, "form": form, "crumbs": crumbs}
    return render(request, "lab/show_labeller_sheet.html", context, status=status)


@require_safe
def show_sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """A sheet: how to send it, or who answered."""
    return _show(request, _page_or_404(request, pk, sheet), SpreadsheetForm())


@require_safe
def download_sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """The sheet as one file that works anywhere, without Segue and without a network. The first labels are not in it."""
    page = _page_or_404(request, pk, sheet)
    data = {
        "sort": SORT,
        "token": page.sheet.token,
        "classes": [*page.sheet.classes, UNSURE],
        "keys": [*queries.KEYS[: len(page.sheet.classes)], "u"],
        "rows": [{"row": each.row, "text": each.text} for each in page.rows],
        "begin": BEGIN,
        "end": END,
    }
    context = {"page": page, "plan": page.plan, "learner": page.sheet.analysis.learner, "data": data}
    answer = render(request, "lab/labeller_file.html", context)
    answer["Content-Disposition"] = f'attachment; filename="label-{page.sheet.made_on}-{page.sheet.token[:4]}.html"'
    return answer


@require_safe
def download_rows(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """The sheet as CSV with an empty column for the label."""
    page = _page_or_404(request, pk, sheet)
    answer = HttpResponse(rows_file(page.rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="label-{page.sheet.made_on}-{page.sheet.token[:4]}.csv"'
    return answer


@require_POST
def take_spreadsheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """Imports a sheet that was filled in with a spreadsheet."""
    page = _page_or_404(request, pk, sheet)
    form = SpreadsheetForm(request.POST, request.FILES, refused=refused_files(request))
    if form.is_valid():
        try:
            new = actions.take_csv(page.sheet, form.cleaned_data["name"], form.content())
        except UserError as error:
            form.add_error("attachments", str(error))
        else:
            page.sheet.refresh_from_db()
            return _taken(request, page.sheet, new)
    return _show(request, page, form, status=422)


@require_POST
def remove_sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """Takes a sheet back that has no answer."""
    page = _page_or_404(request, pk, sheet)
    actions.remove_sheet(page.sheet)
    say(request, "The sheet is taken back. An answer to it will be refused.", "info")
    return redirect("lab:show-labels", pk)
