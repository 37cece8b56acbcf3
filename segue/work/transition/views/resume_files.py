"""Résumés come in by a file, with a look at it first, and go out as one."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.uploads import refused_files
from segue.schedule.queries import planned_or_404
from segue.shared.notices import say
from segue.work.transition.actions.resumes import add_resume
from segue.work.transition.queries import resumes as queries
from segue.work.transition.queries.honesty import check_no_gaps
from segue.work.transition.resume.document import Document
from segue.work.transition.resume.json_form import from_json, to_json
from segue.work.transition.resume.reading import Reading
from segue.work.transition.resume_fields import too_many
from segue.work.transition.resume_forms import FileForm, TakeForm
from segue.work.transition.resume_lines import loose_in, with_loose
from segue.work.transition.resume_papers import PAPERS, file_name, paper_of, read_any, read_typed
from segue.work.transition.resume_text import text_of
from segue.work.transition.views.resumes import list_trail

MOST_TOLD = 2_000_000  # bytes of what was read: they travel through the page to look at


@require_http_methods(["GET", "HEAD", "POST"])
def import_resume(request: HttpRequest) -> HttpResponse:
    """A file or a text, or the résumé of week 1, to look at first; nothing is kept yet."""
    learner = learner_of(request)
    planned_or_404(learner)
    form = FileForm()
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, refused=refused_files(request))
        if form.is_valid():
            try:
                return _review(request, learner, _read(form), _name(form))
            except UserError as error:
                form.add_error("attachments" if form.cleaned_data["attachments"] else "text", str(error))
    elif number := whole_number(request.GET.get("entry")):
        entry = queries.baseline_of(learner)
        if entry is None or entry.number != number:
            raise Http404
        return _review(request, learner, read_typed(entry.body), "From my first week")
    context = {"form": form, "baseline": queries.baseline_of(learner), "crumbs": list_trail(("Bring a résumé", ""))}
    return render(request, "transition/import_resume.html", context, status=422 if form.errors else 200)


def _read(form: FileForm) -> Reading:
    files = form.cleaned_data["attachments"]
    return read_any(files[0].read()) if files else read_typed(form.cleaned_data["text"])


def _name(form: FileForm) -> str:
    files = form.cleaned_data["attachments"]
    return (files[0].name or "").rsplit(".", 1)[0][:120] if files else "My résumé"


def _review(request: HttpRequest, learner: Learner, reading: Reading, name: str) -> HttpResponse:
    document = with_loose(reading.document, reading.loose)
    told = json.dumps(to_json(document), ensure_ascii=False)
    if more := too_many(document):
        raise UserError(more.says, "Shorten it where it comes from, and bring it again.")
    if len(told.encode()) > MOST_TOLD:
        raise UserError("It holds more text than a résumé can.", "Take out what is not part of it, and bring it again.")
    form = TakeForm(initial={"name": name, "role": learner.role_target, "document": told}, roles=queries.roles_for(learner))
    return _look(request, form, document, reading)


def _look(request: HttpRequest, form: TakeForm, document: Document, reading: Reading | None) -> HttpResponse:
    context = {
        "form": form,
        "reading": reading,
        "loose": loose_in(document),
        "text": text_of(document),
        "crumbs": list_trail(("Look first", "")),
    }
    return render(request, "transition/review_resume.html", context, status=422 if form.errors else 200)


@require_POST
def take_import(request: HttpRequest) -> HttpResponse:
    """Keeps what was looked at, as a new variant."""
    learner = learner_of(request)
    planned_or_404(learner)
    form = TakeForm(request.POST, roles=queries.roles_for(learner))
    document = _shown(request.POST.get("document", ""))
    if not form.is_valid():
        return _look(request, form, document, None)
    row = add_resume(learner, form.cleaned_data["name"], form.cleaned_data["role"], document)
    say(request, "It is kept. No bullet has evidence behind it yet: choose it for each, or take over what is suggested.")
    return redirect("transition:edit-resume", row.key)


def _shown(text: str) -> Document:
    """What the page showed."""
    try:
        return from_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UserError("What was read did not come back whole.", "Bring the file again.") from error


@require_safe
def download_resume(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """A variant, or a version of it, as a file. A term that an ad asks for and nothing shows stops it, with its place."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    if form not in PAPERS:
        raise Http404
    number = whole_number(request.GET.get("version"))
    version = queries.version_or_404(row, number) if number else None
    document = queries.document_in(version or row)
    check_no_gaps(learner, [*queries.place_lines(document), ("Name of the variant", row.name)])
    is_final = version.is_final if version else queries.final_of(row) is not None
    answer = HttpResponse(paper_of(document, form), content_type=PAPERS[form].content_type)
    name = file_name(document, row.name, form, is_final=is_final, number=number)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
