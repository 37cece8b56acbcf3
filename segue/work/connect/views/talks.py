"""After a talk: thanks within two days, and the talk as evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
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
from segue.work.connect.actions.talks import record_talk as record
from segue.work.connect.asks import revision_of
from segue.work.connect.meeting_forms import ThanksForm
from segue.work.connect.models import Direction, Meeting, Owed
from segue.work.connect.queries import talks as queries
from segue.work.connect.queries.meetings import talk_page
from segue.work.connect.talk import is_unfinished, quotes_in, thanks_to_begin
from segue.work.connect.talk_forms import RecordForm
from segue.work.connect.views.finding import meeting_or_404
from segue.work.connect.views.meetings import meeting_trail


def _trail(meeting: Meeting, here: str) -> list[tuple[str, str]]:
    return meeting_trail((meeting.title, reverse("connect:show-meeting", args=[meeting.key])), (here, ""))


@require_http_methods(["GET", "HEAD", "POST"])
def write_thanks(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks, begun with one thing that one learnt; sent by hand, then noted here."""
    learner = learner_of(request)
    turn_or_404(learner)
    meeting = meeting_or_404(learner, key)
    if meeting.held_on is None:
        return redirect("connect:show-meeting", key)
    is_sent = request.POST.get("do") == "sent"
    form = ThanksForm(request.POST or None, is_sent=is_sent, initial=_begun(meeting))
    if form.is_valid():
        if not _words_kept(request, meeting, form):
            meeting.refresh_from_db(fields=["thanks"])  # it may have been saved while this was read
        elif not is_sent:
            say(request, "Kept. Copy it, send it, then come back and note it.")
            return redirect("connect:write-thanks", key)
        elif _sent(request, meeting, form):
            return redirect("connect:show-meeting", key)
    talk = talk_page(meeting, clock.now())
    context = {"meeting": meeting, "form": form, "talk": talk, "crumbs": _trail(meeting, "Thanks")}
    context |= {"revision": revision_of(meeting.thanks), "other": meeting.thanks if form.non_field_errors() else ""}
    return render(request, "connect/write_thanks.html", context, status=422 if form.errors else 200)


def _begun(meeting: Meeting) -> dict[str, object]:
    """The words kept so far, or some to begin with, and the moment when they went out."""
    sent_at = (meeting.thanked_at or clock.now()).astimezone().replace(tzinfo=None)
    if meeting.thanks:
        return {"text": meeting.thanks, "sent_at": sent_at}
    learnt = meeting.insights.filter(direction=Direction.RECEIVED).order_by("id").first()
    promised = list(meeting.commitments.filter(by=Owed.ME).order_by("id").values_list("what", flat=True))
    text = thanks_to_begin(meeting.person.name, meeting.learner.name, meeting, learnt.text if learnt else "", promised)
    return {"text": text, "sent_at": sent_at}


def _words_kept(request: HttpRequest, meeting: Meeting, form: ThanksForm) -> bool:
    try:
        kept = actions.keep_thanks(meeting, form.cleaned_data["text"], whole_number(request.POST.get("revision")))
    except UserError as error:
        form.add_error(None, str(error))
        return False
    meeting.thanks = kept.thanks
    return True


def _sent(request: HttpRequest, meeting: Meeting, form: ThanksForm) -> bool:
    try:
        row = actions.send_thanks(meeting, form.cleaned_data["text"], form.cleaned_data["sent_at"])
    except UserError as error:
        form.add_error("sent_at", str(error))
        return False
    page = talk_page(row, clock.now())
    late = "" if page.follow_up and page.follow_up.state == "within-48h" else " Later than 48 hours, and still better than never."
    again = " The talk in the ledger does not know of it yet: record a new version." if row.entry_id else ""
    undo = reverse("connect:unsend-thanks", args=[meeting.key])
    offer_undo(request, f"Noted, and logged as a contact.{late}{again}", undo)
    if is_unfinished(row.thanks):
        say(request, "A sentence of the text kept here is not finished. Put in what you really sent.", kind="care")
    return True


@require_POST
def unsend_thanks(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back that thanks went out."""
    actions.take_thanks_back(meeting_or_404(learner_of(request), key))
    say(request, "The thanks count as not sent. The words stay.", kind="info")
    return redirect("connect:show-meeting", key)


@require_http_methods(["GET", "HEAD", "POST"])
def record_talk(request: HttpRequest, key: str) -> HttpResponse:
    """The talk as evidence: looked at first, then recorded, or recorded as a new version."""
    learner = learner_of(request)
    turn, meeting = turn_or_404(learner), meeting_or_404(learner, key)
    if meeting.held_on is None:
        return redirect("connect:show-meeting", key)
    stands = queries.evidence_of(meeting, clock.now())
    planned = stands.entry.activity_id if stands.entry else meeting.activity_id
    first: dict[str, Any] = {
        "activity": queries.activity_for(turn, planned, meeting.person.role, meeting.purpose),
        "quotes": queries.allowed_quotes(meeting, stands.entry),
        "is_named": stands.entry is not None and meeting.person.name in stands.composed.title,
    }
    choices = queries.activity_choices(turn, meeting.person.role, meeting.purpose)
    form = RecordForm(request.POST or None, activities=choices, quotes=quotes_in(meeting.notes), initial=first)
    chosen = form.cleaned_data if form.is_valid() else first
    quotes, is_named = chosen.get("quotes", ()), bool(chosen["is_named"])
    if form.is_valid() and request.POST.get("do") == "record":
        try:
            entry = record(meeting, chosen["activity"], quotes, is_named=is_named)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, f"The talk is in the ledger as entry {entry.number}.")
            return redirect("connect:show-meeting", key)
    composed = queries.composed(meeting, clock.now(), quotes, is_named=is_named)
    context = {"meeting": meeting, "form": form, "stands": stands, "composed": composed, "crumbs": _trail(meeting, "Record")}
    return render(request, "connect/record_talk.html", context, status=422 if form.errors else 200)
