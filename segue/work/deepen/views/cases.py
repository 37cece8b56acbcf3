"""The pages of the cases: one's own analysis first, then the reference beside it."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.shared.pdf import is_available, pdf_of
from segue.work.deepen.actions import cases as actions
from segue.work.deepen.analysis import LEAST_WORDS, reference_of, words_of
from segue.work.deepen.analysis_forms import AnalysisForm, ComparisonForm
from segue.work.deepen.cases import Case
from segue.work.deepen.models import CaseAnalysis
from segue.work.deepen.queries import cases as queries
from segue.work.deepen.views.trail import trail

OTHER = "Another window has changed the analysis meanwhile. Look at it first; sent again, yours is kept."


def _trail(case: Case) -> list[tuple[str, str]]:
    return trail(("Cases", reverse("deepen:list-cases")), (case.name, ""))


def _window(request: HttpRequest) -> str:
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


def _kept_or_404(learner: Learner, case: Case) -> CaseAnalysis:
    row = queries.analysis_row(learner, case)
    if row is None or row.kept_at is None:
        raise Http404
    return row


@require_safe
def list_cases(request: HttpRequest) -> HttpResponse:
    """Twenty products that went well or badly."""
    learner = learner_of(request)
    planned_or_404(learner)
    context = {"page": queries.cases_page(learner), "crumbs": trail(("Cases", ""))}
    return render(request, "deepen/list_cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_analysis(request: HttpRequest, case_id: str) -> HttpResponse:
    """One's own analysis. Nothing of the reference is sent before it is finished."""
    learner, case = learner_of(request), queries.case_or_404(case_id)
    planned_or_404(learner)
    row = queries.analysis_row(learner, case)
    if row is not None and row.kept_at is not None:
        return redirect("deepen:show-case", case_id)
    if request.method != "POST":
        return _edit(request, case, AnalysisForm(initial=row.texts if row else {}), row.revision if row else 0)
    form, revision = AnalysisForm(request.POST), whole_number(request.POST.get("revision"))
    saved = actions.keep_analysis(learner, case, form.typed, revision, _window(request))
    if saved.other is not None:
        form.add_error(None, OTHER)
    elif request.POST.get("do") == "later":
        say(request, "Kept. It is here when you come back.")
        return redirect("deepen:list-cases")
    elif form.is_valid():
        actions.finish_analysis(learner, case)
        return redirect("deepen:show-case", case_id)
    return _edit(request, case, form, saved.revision)


def _edit(request: HttpRequest, case: Case, form: AnalysisForm, revision: int) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "revision": revision,
        "window": _window(request),
        "least": LEAST_WORDS,
        "words": words_of(form.initial),
        "crumbs": _trail(case),
    }
    return render(request, "deepen/edit_analysis.html", context, status=422 if form.errors else 200)


@require_POST
def save_analysis(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved something else."""
    learner, case = learner_of(request), queries.case_or_404(case_id)
    planned_or_404(learner)
    typed = AnalysisForm(request.POST).typed
    saved = actions.keep_analysis(learner, case, typed, whole_number(request.POST.get("revision")), _window(request))
    if saved.other is not None:
        text = "\n\n".join(value for value in saved.other.values() if value.strip())
        return render(request, "deepen/_other_sheet.html", {"text": text}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_http_methods(["GET", "HEAD", "POST"])
def show_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One's own analysis beside the reference, part by part."""
    learner, case = learner_of(request), queries.case_or_404(case_id)
    planned_or_404(learner)
    row = queries.analysis_row(learner, case)
    if row is None or row.kept_at is None:
        return redirect("deepen:edit-analysis", case_id)
    form = ComparisonForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        actions.compare(learner, case, form.points(), form.cleaned_data["lesson"])
        say(request, "The comparison is kept.")
        return redirect("deepen:show-case", case_id)
    page = queries.case_page(row, case)
    fields = [(each, form[f"point_{each.part.id}"]) for each in page.parts]
    context = {"page": page, "case": case, "form": form, "fields": fields, "has_pdf": is_available(), "crumbs": _trail(case)}
    return render(request, "deepen/show_case.html", context, status=422 if form.errors else 200)


def _initial(row: CaseAnalysis) -> dict[str, str]:
    return {"lesson": row.lesson, **{f"point_{name}": verdict for name, verdict in row.points.items()}}


@require_POST
def record_analysis(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records the analysis with its comparison."""
    learner, case = learner_of(request), queries.case_or_404(case_id)
    planned_or_404(learner)
    _kept_or_404(learner, case)
    entry = actions.record_analysis(learner, case)
    say(request, f"The analysis is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)


@require_safe
def download_analysis(request: HttpRequest, case_id: str) -> HttpResponse:
    """The analysis and the reference as a PDF."""
    learner, case = learner_of(request), queries.case_or_404(case_id)
    planned_or_404(learner)
    page = queries.case_page(_kept_or_404(learner, case), case)
    if not is_available():
        raise UserError("PDF needs an extra that is not installed.", "Print the page from your browser instead.")
    content = pdf_of(f"{page.text}\n{reference_of(case)}", case.name, author=learner.name, on=clock.today())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="case-{case.id}.pdf"'
    return answer
