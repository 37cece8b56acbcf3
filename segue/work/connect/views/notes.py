"""The page that is open during a talk: the questions beside the notes, saved while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import meeting as actions
from segue.work.connect.meeting_forms import NotesForm
from segue.work.connect.models import Meeting
from segue.work.connect.preparing import sheet_from
from segue.work.connect.views.finding import meeting_or_404
from segue.work.connect.views.meetings import meeting_trail

OTHER = (
    "Another window has saved other notes meanwhile. They stand above: take from them what you want, then press the button again."
)


@require_http_methods(["GET", "HEAD", "POST"])
def take_notes(request: HttpRequest, key: str) -> HttpResponse:
    """Notes during a talk; the button at the end says that it was held."""
    learner = learner_of(request)
    turn_or_404(learner)
    meeting = meeting_or_404(learner, key)
    if request.method != "POST":
        return _form(request, meeting, NotesForm(meeting=meeting), meeting.revision)
    is_held, revision, other = request.POST.get("do") == "held", whole_number(request.POST.get("revision")), ""
    form = NotesForm(request.POST, meeting=meeting, is_held=is_held)
    if form.is_valid():
        kept = actions.keep_notes(meeting, form.cleaned_data["notes"], revision)
        if kept.other is None and not is_held:
            say(request, "Kept.")
            return redirect("connect:show-meeting", key)
        if kept.other is not None:
            form.add_error(None, OTHER)
        elif _held(request, meeting, form):
            return redirect(reverse("connect:show-meeting", args=[key]) + "#learnt")
        revision, other = kept.revision, kept.other or ""
    return _form(request, meeting, form, revision, other)


def _held(request: HttpRequest, meeting: Meeting, form: NotesForm) -> bool:
    try:
        actions.hold_meeting(meeting, form.cleaned_data["held_on"])
    except UserError as error:
        form.add_error(None, str(error))
        return False
    undo = reverse("connect:unhold-meeting", args=[meeting.key])
    offer_undo(request, "Well done. Now, while it is fresh: what did you learn, and who promised what?", undo)
    return True


def _form(request: HttpRequest, meeting: Meeting, form: NotesForm, revision: int, other: str = "") -> HttpResponse:
    context = {
        "meeting": meeting,
        "sheet": sheet_from(meeting.preparation),
        "form": form,
        "revision": revision,
        "other": other,
        "crumbs": meeting_trail((meeting.title, reverse("connect:show-meeting", args=[meeting.key])), ("Notes", "")),
    }
    return render(request, "connect/take_notes.html", context, status=422 if form.errors else 200)


@require_POST
def save_notes(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps notes while they are typed. 409 with the other notes where another window saved different ones."""
    learner = learner_of(request)
    meeting = meeting_or_404(learner, key)
    form = NotesForm(request.POST, meeting=meeting, is_held=False)
    form.is_valid()
    if "notes" in form.errors:
        return JsonResponse({"message": form.errors["notes"][0]}, status=422)
    kept = actions.keep_notes(meeting, form.cleaned_data["notes"], whole_number(request.POST.get("revision")))
    if kept.other is not None:
        return render(request, "connect/_other_notes.html", {"text": kept.other}, status=409)
    return JsonResponse({"revision": kept.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def unhold_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back that a talk was held."""
    actions.unhold_meeting(meeting_or_404(learner_of(request), key))
    say(request, "The talk counts as not held. Notes and insights stay.", kind="info")
    return redirect("connect:show-meeting", key)
