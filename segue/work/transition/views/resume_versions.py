"""The versions of a résumé: kept, listed, compared, gone back to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.comparison import compare
from segue.evidence.drafts import whole_number
from segue.schedule.queries import planned_or_404
from segue.shared.notices import say
from segue.work.transition.actions import resume_versions as actions
from segue.work.transition.models import Resume, ResumeVersion
from segue.work.transition.queries import resumes as queries
from segue.work.transition.resume_forms import NoteForm
from segue.work.transition.resume_text import text_of
from segue.work.transition.views.resumes import resume_trail

NOW = 0  # the number under which what stands now is compared


@require_safe
def list_versions(request: HttpRequest, key: str) -> HttpResponse:
    """What a résumé said on which day."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    versions = queries.versions_of(row)
    is_kept = bool(versions) and versions[0].document == row.document
    context = {
        "row": row,
        "versions": versions,
        "is_kept": is_kept,
        "form": NoteForm(),
        "crumbs": resume_trail(row, ("Versions", "")),
    }
    return render(request, "transition/list_versions.html", context)


@require_POST
def keep_version(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps what stands now as a version, with a note."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.resume_or_404(learner, key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise UserError("The note is too long.", "Go back; 200 characters are the most.")
    version = actions.keep_version(learner, key, form.cleaned_data["note"])
    say(request, f"Kept as version {version.number}.")
    return redirect("transition:list-versions", key)


@require_safe
def compare_versions(request: HttpRequest, key: str) -> HttpResponse:
    """What changed between two versions, or between one and what stands now."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    versions = queries.versions_of(row)
    newest = versions[0].number if versions else NOW
    older = whole_number(request.GET.get("from")) or newest
    newer = whole_number(request.GET.get("to", ""))
    texts = [text_of(queries.document_in(_of(row, number))) for number in (older, newer)]
    context = {
        "row": row,
        "versions": versions,
        "older": older,
        "newer": newer,
        "comparison": compare(*texts),
        "crumbs": resume_trail(row, ("Versions", reverse("transition:list-versions", args=[key])), ("Compare", "")),
    }
    return render(request, "transition/compare_versions.html", context)


def _of(row: Resume, number: int) -> Resume | ResumeVersion:
    return queries.version_or_404(row, number) if number != NOW else row


@require_POST
def restore_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Goes back to a version. What stood before is kept as one."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.version_or_404(queries.resume_or_404(learner, key), number)
    kept = actions.restore_version(learner, key, number)
    before = f" What stood there before is version {kept}." if kept else ""
    say(request, f"The résumé says what version {number} said.{before}")
    return redirect("transition:show-resume", key)
