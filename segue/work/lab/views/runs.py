"""The pages of the Lab: bring a file, say what its columns are, watch the run, read what it found."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.drafts import address_of, whole_number
from segue.evidence.uploads import refused_files
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.lab.actions import runs as actions
from segue.work.lab.forms import ColumnsForm, FileForm
from segue.work.lab.overview import overview_of
from segue.work.lab.pieces.making import MAKERS
from segue.work.lab.queries import runs as queries
from segue.work.lab.queries.versions import version_of
from segue.work.lab.queries.workspace import done_or_404, workspace
from segue.work.lab.reading import Look, check_wishes, is_installed, look_at
from segue.work.lab.results import findings_of, report_of
from segue.work.lab.views.watching import over


def _crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    there = reverse("lab:list-analyses") if here else ""
    return [("Build", reverse("build:show-build")), ("Lab", there), *here]


def _list(request: HttpRequest, learner: Learner, form: FileForm, status: int = 200) -> HttpResponse:
    context = {"rows": queries.rows_of(learner), "form": form, "installed": is_installed(), "crumbs": _crumbs()}
    return render(request, "lab/list_analyses.html", context, status=status)


@require_safe
def list_analyses(request: HttpRequest) -> HttpResponse:
    """What was analysed, and a file to bring."""
    learner = learner_of(request)
    turn_or_404(learner)
    return _list(request, learner, FileForm())


@require_POST
def take_file(request: HttpRequest) -> HttpResponse:
    """Takes a file, with the right to use it."""
    learner = learner_of(request)
    turn_or_404(learner)
    form = FileForm(request.POST, request.FILES, refused=refused_files(request))
    if form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["attachments"][0]
        about = {"question": given["question"], "permission": given["permission"], "keep_until": form.keep_until()}
        try:
            analysis = actions.take_file(learner, file.name or "", file.size or 0, file.chunks(), **about)
        except UserError as error:
            form.add_error("attachments", str(error))
        else:
            return redirect("lab:choose-columns", analysis.pk)
    return _list(request, learner, form, status=422)


@require_POST
def take_example(request: HttpRequest) -> HttpResponse:
    """Takes the made-up file, for which nobody has to be asked."""
    learner = learner_of(request)
    turn_or_404(learner)
    return redirect("lab:choose-columns", actions.take_example(learner).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column is for, and what redaction would do; then the run."""
    learner = learner_of(request)
    page, text = queries.run_page(learner, pk), request.GET.get("text", "")[:200]
    if not page.can_start:
        return redirect("lab:show-analysis", pk)
    try:
        look = look_at(page.analysis, text)
    except UserError as error:
        context = {"page": page, "error": error, "text": text, "crumbs": _crumbs((page.analysis.file_name, ""))}
        return render(request, "lab/no_feedback.html", context, status=422)
    columns = [column.name for column in look.ingest.columns]
    first = ColumnsForm.initial_of(columns, [column.role for column in look.ingest.columns], page.analysis.wishes)
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=columns, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            check_wishes(page.analysis, form.wishes())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            actions.start(page.analysis, form.wishes())
            return redirect("lab:show-analysis", pk)
    return _columns(request, page, look, form)


def _columns(request: HttpRequest, page: queries.RunPage, look: Look, form: ColumnsForm) -> HttpResponse:
    context = {
        "page": page,
        "look": look,
        "form": form,
        "columns": list(zip(look.ingest.columns, form.selects, strict=True)),
        "crumbs": _crumbs((page.analysis.file_name, "")),
    }
    return render(request, "lab/choose_columns.html", context, status=422 if form.errors else 200)


@require_safe
def show_analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the run is, or what it found. htmx asks for the fragment alone until the run is over."""
    page = queries.run_page(learner_of(request), pk)
    if page.state == "new" and page.can_start:
        return redirect("lab:choose-columns", pk)
    asks_for_fragment = request.headers.get("HX-Request") == "true"
    if asks_for_fragment and not page.is_open:
        return over()
    if page.state == "done":
        return _overview(request, page)
    context = {"page": page, "crumbs": _crumbs((page.analysis.file_name, ""))}
    return render(request, "lab/_run.html" if asks_for_fragment else "lab/show_analysis.html", context)


def _overview(request: HttpRequest, page: queries.RunPage) -> HttpResponse:
    found, around = findings_of(page.analysis), workspace(page.analysis, "overview")
    context = {"page": page, "found": found, "overview": overview_of(page.analysis), "work": around, "here": "Overview"}
    return render(request, "lab/overview.html", context)


@require_POST
def stop_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancels the run. The file stays, so that it can be started again."""
    if actions.stop(queries.analysis_of(learner_of(request), pk)):
        say(request, "Cancelled. Nothing of the run was kept.", "info")
    return redirect("lab:show-analysis", pk)


@require_POST
def remove_analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes everything of it."""
    analysis = queries.analysis_of(learner_of(request), pk)
    actions.remove(analysis)
    say(request, f"Everything of “{analysis.file_name}” is deleted; only this line of the list stays.")
    return redirect("lab:list-analyses")


@require_POST
def record_piece(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Records figures as evidence."""
    if kind not in MAKERS:
        raise Http404
    analysis = done_or_404(learner_of(request), pk)
    entry = actions.record_piece(analysis, turn_or_404(analysis.learner), kind)
    say(request, f"It is in the ledger as entry {entry.number}, with a file of what it was made of.")
    return redirect("evidence:show-entry", entry.number)


@require_POST
def begin_piece(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Begins a text of the ledger, with the figures of the run in it."""
    if kind not in MAKERS:
        raise Http404
    analysis = done_or_404(learner_of(request), pk)
    key = actions.begin_piece(analysis, turn_or_404(analysis.learner), kind)
    say(request, "What stands in the draft comes from the run, unless you began one before: that stays as it is.", "info")
    return redirect(address_of(key))


@require_safe
def download_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as one file that opens in any browser, without a network."""
    analysis = done_or_404(learner_of(request), pk)
    version = version_of(analysis, whole_number(request.GET.get("version")))
    path = report_of(analysis, version.number)
    if path is None:
        raise Http404
    name = f"report-{analysis.stem}-version-{version.number}-{written_date(clock.day_of(version.made_at))}.html"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name.replace(" ", "-"), content_type="text/html")
