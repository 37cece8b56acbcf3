"""The variants of the résumé: list, begin, look at, finish, record, remove."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404
from segue.shared.notices import offer_undo, say
from segue.shared.pdf import is_available
from segue.work.transition.actions import resume_versions as versions
from segue.work.transition.actions import resumes as actions
from segue.work.transition.models import Resume
from segue.work.transition.queries import resumes as queries
from segue.work.transition.resume.document import Basics, Document
from segue.work.transition.resume_forms import NameForm, NoteForm, RecordForm
from segue.work.transition.views.trail import trail

REMOVED = "removed_resume"  # in the session: what the undo brings back


def resume_trail(row: Resume, *here: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below a variant, or to the variant itself."""
    own = (row.name, reverse("transition:show-resume", args=[row.key]) if here else "")
    return list_trail(own, *here)


def list_trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below the list of variants."""
    return trail(("Résumés", reverse("transition:list-resumes") if here else ""), *here)


@require_safe
def list_resumes(request: HttpRequest) -> HttpResponse:
    """The variants, and what a new one may begin from."""
    learner = learner_of(request)
    planned_or_404(learner)
    context = {"page": queries.resumes_page(learner), "crumbs": list_trail()}
    return render(request, "transition/list_resumes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_resume(request: HttpRequest) -> HttpResponse:
    """A new variant: blank, or a copy of another one."""
    learner = learner_of(request)
    planned_or_404(learner)
    source = _source(learner, request.POST.get("source", "") or request.GET.get("source", ""))
    roles = queries.roles_for(learner)
    begun = {"name": f"{source.name}, copy" if source else "", "role": learner.role_target}
    form = NameForm(request.POST if request.method == "POST" else None, roles=roles, initial=begun)
    if form.is_valid():
        document = queries.document_in(source) if source else Document(Basics(name=learner.name))
        row = actions.add_resume(learner, form.cleaned_data["name"], form.cleaned_data["role"], document)
        return redirect("transition:edit-resume", row.key)
    context = {"form": form, "source": source, "crumbs": list_trail(("New", ""))}
    return render(request, "transition/add_resume.html", context, status=422 if form.is_bound else 200)


def _source(learner: Learner, key: str) -> Resume | None:
    return queries.resume_or_404(learner, key) if key else None


@require_safe
def show_resume(request: HttpRequest, key: str) -> HttpResponse:
    """A variant as its readers see it, with what stands in the way of “final”."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    return shown(request, learner, row)


def shown(request: HttpRequest, learner: Learner, row: Resume, refused: UserError | None = None) -> HttpResponse:
    """The page of a variant; ``refused``: why it could not be finished."""
    page = queries.resume_page(learner, row)
    kept = page.entry.confidentiality if page.entry else None
    context = {
        "page": page,
        "refused": refused,
        "note_form": NoteForm(request.POST if refused else None, auto_id="final_%s"),
        "keep_form": NoteForm(auto_id="keep_%s"),
        "name_form": NameForm(initial={"name": row.name, "role": row.role}, roles=queries.roles_for(learner)),
        "record_form": RecordForm(initial={"confidentiality": kept} if kept else None),
        "has_pdf": is_available(),
        "crumbs": resume_trail(row),
    }
    return render(request, "transition/show_resume.html", context, status=422 if refused else 200)


@require_POST
def name_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Names a variant, and the role it is for."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.resume_or_404(learner, key)
    form = NameForm(request.POST, roles=queries.roles_for(learner))
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise UserError(str(first), "Go back and try it again.")
    actions.name_resume(learner, key, form.cleaned_data["name"], form.cleaned_data["role"])
    say(request, "The name is changed.")
    return redirect("transition:show-resume", key)


@require_POST
def finish_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps a variant as final, unless a line stands in the way."""
    learner = learner_of(request)
    planned_or_404(learner)
    row, form = queries.resume_or_404(learner, key), NoteForm(request.POST)
    if not form.is_valid():
        return shown(request, learner, row, UserError("The note is too long.", "200 characters are the most."))
    try:
        version = versions.finish_resume(learner, key, form.cleaned_data["note"])
    except UserError as error:
        return shown(request, learner, row, error)
    say(request, f"It is final, as version {version.number}. Its downloads carry no DRAFT in their names.")
    return redirect("transition:show-resume", key)


@require_POST
def record_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Records a variant as evidence, or a new version of it."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.resume_or_404(learner, key)
    form = RecordForm(request.POST)
    if not form.is_valid():
        raise UserError("Say who may see it.", "Go back and choose one of the three.")
    entry = actions.record_resume(learner, key, form.cleaned_data["confidentiality"])
    say(request, f"The résumé is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)


@require_POST
def remove_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Removes a variant with its versions; the undo brings it back."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    request.session[REMOVED] = versions.remove_resume(learner, key)
    text = f"“{row.name}” is removed, with its versions. What is in the ledger stays there."
    offer_undo(request, text, reverse("transition:restore-resume", args=[key]))
    return redirect("transition:list-resumes")


@require_POST
def restore_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the variant that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    planned_or_404(learner)
    if kept.get("key") != key:
        say(request, "Nothing is left to bring back: another résumé was removed since.", kind="care")
        return redirect("transition:list-resumes")
    row = versions.restore_resume(learner, kept)
    del request.session[REMOVED]
    say(request, f"“{row.name}” is back.")
    return redirect("transition:show-resume", key)
