"""The pages of the case study: writing it, looking at it, and letting it out."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.loop import Turn
from segue.evidence.drafts import Fields, typed_fields, whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.shared.pdf import is_available, pdf_of
from segue.work.build.actions import case_study as actions
from segue.work.build.actions.charter import OtherWindow, Typed
from segue.work.build.case import LEAST_WORDS, MOST_WORDS, Case
from segue.work.build.case_forms import CaseForm, GuardForm, initial_of, only_own
from segue.work.build.models import CaseStudy
from segue.work.build.queries import case_study as queries
from segue.work.build.views.trail import trail

PRIVATE = "Private draft: not to be passed on"
TYPES = {"md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf"}
OTHER_WORDS = "Another window guards other words. Those of both stand here now. Look at them, then send again."
WANTED = {"least": LEAST_WORDS, "most": MOST_WORDS}


def _window(request: HttpRequest) -> str:
    """What tells this page of the browser from others; one that says nothing is nobody's."""
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Case study", reverse("build:show-case")), (here, ""))


@require_safe
def show_case(request: HttpRequest) -> HttpResponse:
    """The case study as others would read it, with what is still missing."""
    learner = learner_of(request)
    turn_or_404(learner)
    page = queries.case_page(learner)
    if not page.is_written:
        return redirect("build:edit-case")
    context = {"page": page, "case": page.case, "wanted": WANTED, "has_pdf": is_available(), "crumbs": trail(("Case study", ""))}
    return render(request, "build/show_case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_case(request: HttpRequest) -> HttpResponse:
    """Writes the case study. What is typed is saved on the way; figures are taken without losing any of it."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    row = queries.case_row(learner)
    if request.method != "POST":
        form = CaseForm(initial=initial_of(queries.fields_to_edit(learner, turn, row)))
        return _edit(request, learner, form, row.revision if row else 0)
    form, revision = CaseForm(request.POST), whole_number(request.POST.get("revision"))
    if form.is_valid():
        saved = _kept(request, learner)
        if saved.other is None:
            return _taken(request, learner, turn)
        form.add_error(None, str(OtherWindow("case study")))
        revision = saved.revision
    return _edit(request, learner, form, revision)


def _kept(request: HttpRequest, learner: Learner) -> Typed:
    revision = whole_number(request.POST.get("revision"))
    return actions.keep_case(learner, _own(request.POST), revision, _window(request))


def _own(post: QueryDict) -> Fields:
    return only_own(typed_fields(post))


def _taken(request: HttpRequest, learner: Learner, turn: Turn) -> HttpResponse:
    """After the text was kept: on to the page that shows it, or back to it with the figures that were asked for."""
    if "run" not in request.POST:
        return redirect("build:show-case")
    _take(request, learner, turn)
    return redirect("build:edit-case")


def _take(request: HttpRequest, learner: Learner, turn: Turn) -> None:
    analysis, _, version = request.POST.get("run", "").partition(":")
    row = actions.take_figures(learner, turn, whole_number(analysis), whole_number(version))
    say(request, f"The figures are those of version {row.version} now. What you wrote stays.")


def _edit(request: HttpRequest, learner: Learner, form: CaseForm, revision: int) -> HttpResponse:
    page = queries.case_page(learner)
    here = _trail("Write") if page.is_written else trail(("Case study", ""))
    context = {
        "form": form,
        "page": page,
        "case": page.case,
        "wanted": WANTED,
        "revision": revision,
        "window": _window(request),
        "crumbs": here,
    }
    return render(request, "build/edit_case.html", context, status=422 if form.errors else 200)


@require_POST
def save_case(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved a different one."""
    learner = learner_of(request)
    turn_or_404(learner)
    saved = _kept(request, learner)
    if saved.other is not None:
        text = "\n\n".join(value for values in saved.other.values() for value in values if value.strip())
        return render(request, "build/_other_case.html", {"text": text}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def take_figures(request: HttpRequest) -> HttpResponse:
    """Feeds the case study from another version of a run."""
    learner = learner_of(request)
    _take(request, learner, turn_or_404(learner))
    return redirect("build:show-case")


def _row_or_404(learner: Learner) -> CaseStudy:
    turn_or_404(learner)
    return queries.written_row(learner)


@require_http_methods(["GET", "HEAD", "POST"])
def export_case(request: HttpRequest) -> HttpResponse:
    """May this leave? Guarded words, personal data, quotations, and what only a person can say; then a file."""
    learner = learner_of(request)
    row = _row_or_404(learner)
    form, row, told = _guarded(request, learner, row)
    gate, case, sort = queries.gate_of(learner, row), queries.case_of(row), request.POST.get("do", "")
    ticked, stays = request.POST.getlist("tick"), request.POST.getlist("stays")
    lines = [*told, *queries.faults_of(case), *gate.against(ticked, stays)]
    if form.is_valid() and sort in TYPES and not lines:
        return _file(request, case, sort, queries.author_of(learner, row))
    refused = lines if sort in TYPES else told
    seen = request.POST.get("seen", "") if form.errors else "\n".join(row.guarded)
    context: dict[str, Any] = {"seen": seen, "form": form, "gate": gate, "case": case, "refused": refused, "lines": lines}
    context |= {"ticked": ticked, "stays": stays, "has_pdf": is_available(), "crumbs": _trail("May this leave?")}
    return render(request, "build/export_case.html", context, status=422 if refused or form.errors else 200)


def _guarded(request: HttpRequest, learner: Learner, row: CaseStudy) -> tuple[GuardForm, CaseStudy, list[str]]:
    """The form of the guarded words and the row that keeps them; with a line where another window had kept others."""
    told: list[str] = []
    if request.method == "POST":
        form = GuardForm(request.POST)
        if not form.is_valid():
            return form, row, told
        seen = request.POST.get("seen", "").splitlines()
        row, is_other = actions.guard_words(learner, form.cleaned_data["guarded"], seen)
        if not is_other:
            return form, row, told
        told = [OTHER_WORDS]
    return GuardForm(initial={"guarded": "\n".join(row.guarded)}), row, told


def _file(request: HttpRequest, case: Case, sort: str, author: str, footer: str = "") -> HttpResponse:
    title = case.shown_title or "Case study"
    content: str | bytes = case.markdown
    if sort == "html":
        content = render(request, "build/case_file.html", {"title": title, "case": case, "author": author}).content
    elif sort == "pdf":
        content = pdf_of(case.body, title, author=author, footer=footer, on=clock.today())
    answer = HttpResponse(content, content_type=TYPES[sort])
    answer["Content-Disposition"] = f'attachment; filename="{slugify(title)[:60] or "case-study"}.{sort}"'
    return answer


@require_safe
def download_private(request: HttpRequest) -> HttpResponse:
    """A PDF for oneself, at any time, with a mark on each page that says so."""
    learner = learner_of(request)
    row = _row_or_404(learner)
    return _file(request, queries.case_of(row), "pdf", learner.name, PRIVATE)


@require_POST
def record_case(request: HttpRequest) -> HttpResponse:
    """Records the case study as evidence, or a new version of it."""
    learner = learner_of(request)
    _row_or_404(learner)
    entry = actions.record_case(learner)
    say(request, f"The case study is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)
