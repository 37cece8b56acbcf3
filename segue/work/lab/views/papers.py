"""Model card and datasheet: what only a person can answer, what they look like, and all files to take away."""

from __future__ import annotations

import secrets

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import WINDOW, whole_number
from segue.shared import clock
from segue.shared.notices import say
from segue.shared.pdf import is_available
from segue.work.lab.actions.papers import Typed, keep_answers
from segue.work.lab.exports import csv_of, parquet_of
from segue.work.lab.models import Analysis
from segue.work.lab.paper_forms import ANSWER, AnswersForm
from segue.work.lab.papers import FORMATS, NAMES, Paper, file_of, first_texts, markdown_of, paper_of, papers_of
from segue.work.lab.queries.papers import suggestions_of
from segue.work.lab.queries.workspace import below, done_or_404, workspace
from segue.work.lab.results import report_of
from segue.work.lab.results_paper import WHO_MAY_SEE, results_pdf

ROWS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


def _analysis(request: HttpRequest, pk: int, paper: str = "") -> Analysis:
    if paper and paper not in NAMES:
        raise Http404
    return done_or_404(learner_of(request), pk)


@require_safe
def show_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """How far card and datasheet are, and everything that can be taken away."""
    analysis = _analysis(request, pk)
    context = {
        "here": "Papers",
        "work": workspace(analysis, "papers"),
        "papers": papers_of(analysis).values(),
        "report": report_of(analysis) is not None,
        "can_pdf": is_available(),
        "who": WHO_MAY_SEE.get(analysis.permission, ""),
    }
    return render(request, "lab/show_papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write_paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The questions of a document. The later word counts, and what another window wrote stays beside it."""
    analysis = _analysis(request, pk, paper)
    page = paper_of(analysis, paper)
    if request.method != "POST":
        initial = {f"{ANSWER}{key}": text for key, text in first_texts(analysis, page).items()}
        return _write(request, analysis, page, _form(analysis, page, initial=initial))
    form = _form(analysis, page, data=request.POST)
    if not form.is_valid():
        return _write(request, analysis, page, form, whole_number(request.POST.get("revision")))
    if keep_answers(analysis, _typed(request, form), pressed=True):
        say(request, "Kept. Another window had answered some of these otherwise: its text stands beside yours.", "care")
        return redirect("lab:write-paper", pk, paper)
    say(request, "The answers are kept.")
    return redirect("lab:show-papers", pk)


def _form(analysis: Analysis, page: Paper, **about: object) -> AnswersForm:
    questions = {question.key: question.asks for question in page.questions}
    open_ones = [question.key for question in page.questions if not question.answer]
    suggested = suggestions_of(analysis).keys() & set(open_ones)
    return AnswersForm(questions=questions, suggested=suggested, **about)


def _typed(request: HttpRequest, form: AnswersForm) -> Typed:
    return Typed(form.texts(), whole_number(request.POST.get("revision")), request.GET.get(WINDOW, "")[:20])


def _write(request: HttpRequest, analysis: Analysis, page: Paper, form: AnswersForm, revision: int | None = None) -> HttpResponse:
    window = request.GET.get(WINDOW, "")[:20] or secrets.token_hex(4)
    sections = [(each, [(form[f"{ANSWER}{q.key}"], q.other) for q in each.questions]) for each in page.sections if each.questions]
    context = {
        "here": page.name,
        "work": below(analysis, "papers", page.name),
        "paper": page,
        "form": form,
        "sections": sections,
        "revision": page.revision if revision is None else revision,
        "window": window,
    }
    return render(request, "lab/write_paper.html", context, status=422 if form.is_bound else 200)


@require_POST
def save_answers(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Keeps what is typed. 409 with the other texts where another window has answered the same question otherwise."""
    analysis = _analysis(request, pk, paper)
    page = paper_of(analysis, paper)
    form = _form(analysis, page, data=request.POST)
    if not form.is_valid():
        return JsonResponse({"message": form.first_error()}, status=422)
    typed = _typed(request, form)
    other = keep_answers(analysis, typed, pressed=False)
    if other:
        asks = {question.key: question.asks for question in page.questions}
        return render(request, "lab/_other_answers.html", {"others": [(asks[key], other[key]) for key in other]}, status=409)
    # The window goes on from what it knows: it has not seen what others wrote meanwhile.
    return JsonResponse({"revision": typed.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_safe
def show_paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """What a document looks like now, gaps included."""
    analysis = _analysis(request, pk, paper)
    name = NAMES[paper]
    context = {"here": name, "work": below(analysis, "papers", name), "slug": paper, "can_pdf": is_available()}
    return render(request, "lab/show_paper.html", {**context, "text": markdown_of(analysis, paper)})


@require_safe
def download_paper(request: HttpRequest, pk: int, paper: str, form: str) -> HttpResponse:
    """A document as a file, with the answers as they are now."""
    if form not in FORMATS:
        raise Http404
    analysis = _analysis(request, pk, paper)
    return _file(file_of(analysis, paper, form), _name(analysis, paper, form), FORMATS[form])


@require_safe
def download_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The results on two or three pages."""
    analysis = _analysis(request, pk)
    return _file(results_pdf(analysis), _name(analysis, "results", "pdf"), FORMATS["pdf"])


@require_safe
def download_rows(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """All rows with theme, label and prediction."""
    if form not in ROWS:
        raise Http404
    analysis = _analysis(request, pk)
    name = _name(analysis, "rows", form)
    if form == "parquet":
        return FileResponse(parquet_of(analysis), as_attachment=True, filename=name, content_type=ROWS[form])
    response = StreamingHttpResponse(csv_of(analysis), content_type=ROWS[form])
    return _attached(response, name)


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    _attached(response, name)
    return response


def _attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    from django.utils.http import content_disposition_header

    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _name(analysis: Analysis, what: str, form: str) -> str:
    return f"{what}-{analysis.stem}-version-{analysis.version}.{form}".replace(" ", "-")
