"""The editor of a résumé: what is typed, what its buttons do, the evidence behind a bullet, bullets suggested."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.evidence.texts import finds
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.transition.actions import resumes as actions
from segue.work.transition.models import Resume
from segue.work.transition.queries import resumes as queries
from segue.work.transition.queries.resume_suggestions import suggestions_for
from segue.work.transition.queries.resumes import BulletRow, PositionRow
from segue.work.transition.resume.document import Bullet, Document, Position
from segue.work.transition.resume.json_form import from_json, new_id, to_json
from segue.work.transition.resume_edits import NAMES, Removed, edited
from segue.work.transition.resume_fields import Fault, document_of, faults_of, fields_of, too_many
from segue.work.transition.resume_lines import lines_of, loose_in, name_of
from segue.work.transition.resume_shown import Page, Shown
from segue.work.transition.resume_text import span_of, text_of
from segue.work.transition.views.resumes import resume_trail

REMOVED = "removed_resume_part"  # in the session: what the undo brings back
ANCHOR = re.compile(r"[A-Za-z0-9_-]{1,80}")
FEW, FIRST_STOPS, MOST_LOOSE = 3, 5, 60
UNFOLDED = 8  # beyond so many positions only those that are open are on the page with their fields
OTHER = "Another window has changed this résumé meanwhile. Look at it first; sent again, yours is kept."


@dataclass(frozen=True)
class Refused:
    """Why what was typed is not kept: faults of fields, or another window."""

    faults: tuple[Fault, ...] = ()
    other: bool = False


def _window(request: HttpRequest) -> str:
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


def _at(text: str) -> str:
    """The element of the page that was looked at; nothing from a text that names none."""
    return text if ANCHOR.fullmatch(text) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def edit_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Writes a résumé. Each button keeps all that is typed."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    if request.method != "POST":
        return _edit(request, learner, row, queries.document_in(row), row.revision)
    stored, do = queries.document_in(row), request.POST.get("do", "")[:100]
    document, revision = document_of(request.POST.dict(), stored), whole_number(request.POST.get("revision"))
    edit = edited(document, do, new_id, request.POST.get("into", "")[:40])
    more = too_many(edit.document, stored)
    if faults := (*faults_of(document), *([more] if more else [])):
        return _edit(request, learner, row, document, revision, Refused(faults))
    saved = actions.keep_resume(learner, key, edit.document, revision, _window(request))
    if saved.other is not None:
        return _edit(request, learner, row, document, saved.revision, Refused(other=True))
    if edit.removed is not None:
        _offer_back(request, key, edit.removed)
    return redirect(_next(key, do, edit.anchor or _at(request.POST.get("at", ""))))


def _next(key: str, do: str, anchor: str) -> str:
    if do.startswith("proof:"):
        return reverse("transition:link-bullet", args=[key, do.removeprefix("proof:")[:40] or "-"])
    if do == "show":
        return reverse("transition:show-resume", args=[key])
    edit = reverse("transition:edit-resume", args=[key])
    return f"{edit}?at={anchor}#{anchor}" if anchor else edit


def _offer_back(request: HttpRequest, key: str, removed: Removed) -> None:
    kept = {"resume": key, "what": removed.what, "parent": removed.parent, "at": removed.at, "part": to_json(removed.part)}
    request.session[REMOVED] = kept
    offer_undo(request, f"The {NAMES[removed.what]} is out.", reverse("transition:restore-part", args=[key]))


@require_POST
def restore_part(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back what was taken out of a résumé last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    planned_or_404(learner)
    queries.resume_or_404(learner, key)
    anchor = ""
    if kept.get("resume") == key:
        removed = Removed(kept["what"], kept["parent"], kept["at"], from_json(kept["part"]))
        anchor = actions.put_back_part(learner, key, removed)
        del request.session[REMOVED]
    say(request, "It is back." if anchor else "Nothing is left to bring back.", "good" if anchor else "care")
    return redirect(_next(key, "", anchor))


@dataclass(frozen=True)
class EditorPosition:
    """A position with its fields. ``bullets``: each with its field."""

    row: PositionRow
    fields: tuple[Shown, ...]
    bullets: tuple[tuple[BulletRow, Shown], ...]
    is_shown: bool = True

    @property
    def span(self) -> str:
        """From when to when."""
        return span_of(self.row.position.start, self.row.position.end)

    @property
    def is_wrong(self) -> bool:
        """Whether a field of it can’t be kept."""
        return any(field.error for field in (*self.fields, *(field for _, field in self.bullets)))


def _position(form: Page, row: PositionRow, few: bool) -> EditorPosition:
    bullets = tuple((each, form.bullet(each.bullet.id, each.number)) for each in row.bullets)
    shown = EditorPosition(row, form.position(row.position.id), bullets)
    return replace(shown, is_shown=few or row.is_open or shown.is_wrong)


def _edit(
    request: HttpRequest, learner: Learner, row: Resume, document: Document, revision: int, refused: Refused | None = None
) -> HttpResponse:
    page = queries.resume_page(learner, row, document, _at(request.POST.get("at") or request.GET.get("at", "")))
    fields = fields_of(document)
    form = Page(fields, {fault.name: fault.says for fault in refused.faults} if refused else {})
    context = {
        "page": page,
        "fields": fields,
        "form": form,
        "positions": [_position(form, each, len(page.positions) <= UNFOLDED) for each in page.positions],
        "at": page.opened,
        "studies": [(each, form.study(each.id)) for each in document.studies],
        "few_studies": len(document.studies) <= FEW,
        "skills": [(each, form.skill(each.id)) for each in document.skills],
        "first_stops": page.stops[:FIRST_STOPS],
        "loose": loose_in(document)[:MOST_LOOSE],
        "along": [line for line in lines_of(document) if line.anchor == "along"],
        "refused": refused,
        "other": OTHER,
        "revision": revision,
        "window": _window(request),
        "crumbs": resume_trail(row, ("Write", "")),
    }
    return render(request, "transition/edit_resume.html", context, status=422 if refused else 200)


@require_POST
def save_resume(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps what is typed on the way. 409 with the other text where another window saved something else."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    document = document_of(request.POST.dict(), queries.document_in(row))
    if faults := faults_of(document):
        return JsonResponse({"message": f"{faults[0].place}: {faults[0].says}"}, status=422)
    saved = actions.keep_resume(learner, key, document, whole_number(request.POST.get("revision")), _window(request))
    if saved.other is not None:
        return render(request, "transition/_other_resume.html", {"text": text_of(saved.other)}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


# --- evidence behind a bullet -----------------------------------------------------------------------------------------------


def _bullet_or_404(document: Document, bullet_id: str) -> tuple[Position, int, Bullet]:
    for position in document.positions:
        for number, bullet in enumerate(position.bullets, 1):
            if bullet.id == bullet_id:
                return position, number, bullet
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def link_bullet(request: HttpRequest, key: str, bullet_id: str) -> HttpResponse:
    """Chooses what stands behind a bullet."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    document = queries.document_in(row)
    position, number, bullet = _bullet_or_404(document, bullet_id)
    if request.method == "POST":
        chosen = [int(name.removeprefix("entry-")) for name in request.POST if name[6:].isdecimal() and name[:6] == "entry-"]
        actions.link_bullet(learner, key, bullet_id, [each for each in chosen if each < 10**9])
        return redirect(_next(key, "", f"bullet-{bullet_id}"))
    page, query = queries.resume_page(learner, row, document), request.GET.get("q", "").strip()[:200]
    behind = set(bullet.entries)
    found = [each for each in page.proofs if behind & set(each.numbers) or finds(query, each.title, each.kind_name, each.body)]
    context = {
        "row": row,
        "bullet": bullet,
        "place": f"{name_of(position, document.positions.index(position) + 1)}, bullet {number}",
        "query": query,
        "chosen": [each for each in found if behind & set(each.numbers)],
        "others": [each for each in found if not behind & set(each.numbers)],
        "has_any": bool(page.proofs),
        "crumbs": resume_trail(row, ("Write", reverse("transition:edit-resume", args=[key])), ("Evidence", "")),
    }
    return render(request, "transition/link_bullet.html", context)


# --- suggestions ------------------------------------------------------------------------------------------------------------


@require_safe
def suggest_bullets(request: HttpRequest, key: str) -> HttpResponse:
    """Bullets that the evidence and the stories would give."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.resume_or_404(learner, key)
    document = queries.document_in(row)
    context = {
        "row": row,
        "page": suggestions_for(learner, document),
        "positions": [(each.id, name_of(each, number)) for number, each in enumerate(document.positions, 1)],
        "into": request.GET.get("into", "")[:40],
        "crumbs": resume_trail(row, ("Suggested bullets", "")),
    }
    return render(request, "transition/suggest_bullets.html", context)


@require_POST
def take_suggestion(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a suggested bullet over into a position."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.resume_or_404(learner, key)
    into = request.POST.get("into", "")[:40]
    bullet = actions.take_suggestion(learner, key, request.POST.get("take", "")[:80], into)
    row = queries.resume_or_404(learner, key)
    position, number, _ = _bullet_or_404(queries.document_in(row), bullet.id)
    say(request, f"It is bullet {number} of {position.name or 'the position'}. Put it in your own words in the editor.")
    return redirect(f"{reverse('transition:suggest-bullets', args=[key])}?into={position.id}")
