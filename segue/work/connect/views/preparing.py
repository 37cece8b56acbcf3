"""Preparing a talk: what one takes along, what one asks, what one can offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.connect.actions import meeting as actions
from segue.work.connect.actions.talks import record_preparation as record
from segue.work.connect.asks import revision_of
from segue.work.connect.models import Meeting
from segue.work.connect.preparing import FIT_HALF_AN_HOUR, sheet_from
from segue.work.connect.queries.meetings import when_words
from segue.work.connect.queries.preparing import along, sheet_of
from segue.work.connect.talk_forms import SheetForm
from segue.work.connect.views.finding import meeting_or_404
from segue.work.connect.views.meetings import meeting_trail
from segue.work.connect.vocabulary import role_words


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """The prep sheet: one's own evidence beside the questions to ask. Printed, it is what one takes along."""
    learner = learner_of(request)
    turn, meeting = turn_or_404(learner), meeting_or_404(learner, key)
    form = SheetForm(request.POST or None, role=meeting.person.role, purpose=meeting.purpose, sheet=sheet_of(meeting))
    if form.is_valid() and _kept(request, meeting, form):
        return redirect("connect:prepare-meeting", key)
    context = {
        "meeting": meeting,
        "role": role_words(meeting.person.role),
        "there": when_words(meeting)[0],
        "sheet": sheet_from(meeting.preparation),
        "along": along(turn, meeting),
        "form": form,
        "revision": revision_of(meeting.preparation),
        "is_other": bool(form.non_field_errors()),
        "crumbs": meeting_trail((meeting.title, reverse("connect:show-meeting", args=[key])), ("Prepare", "")),
    }
    return render(request, "connect/prepare_meeting.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, meeting: Meeting, form: SheetForm) -> bool:
    sheet = form.sheet()
    try:
        actions.keep_preparation(meeting, sheet, whole_number(request.POST.get("revision")))
    except UserError as error:
        form.add_error(None, str(error))
        meeting.refresh_from_db(fields=["preparation"])  # it may have been saved while this was read
        return False
    many = len(sheet.questions) > FIT_HALF_AN_HOUR
    say(request, "Kept." + (" Half an hour holds five questions well: mark those you would ask first." if many else ""))
    return True


@require_POST
def record_preparation(request: HttpRequest) -> HttpResponse:
    """Records the prep sheets that are chosen as one piece of evidence."""
    learner = learner_of(request)
    turn_or_404(learner)
    entry = record(learner, request.POST.getlist("meeting"))
    say(request, f"The sheets are in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)
