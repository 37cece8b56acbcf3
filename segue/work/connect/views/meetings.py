"""Meetings: planned, changed, called off, taken into other calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.actions import keep_email
from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import meeting as actions
from segue.work.connect.invitation import build_invitation, invitation_of
from segue.work.connect.meeting_forms import AddressForm, MeetingForm
from segue.work.connect.models import Ask, Meeting, Person, Purpose
from segue.work.connect.queries import meetings as queries
from segue.work.connect.queries import talks
from segue.work.connect.queries.preparing import prepared
from segue.work.connect.talk import USUAL_MINUTES, invitation_title
from segue.work.connect.views.choosing import choose_person
from segue.work.connect.views.finding import meeting_or_404, person_or_404
from segue.work.connect.views.trail import trail
from segue.work.connect.zones import offered_zones, own_zone


def meeting_trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from month 4 by the meetings."""
    return trail(("Meetings", reverse("connect:list-meetings")), *here)


@require_safe
def list_meetings(request: HttpRequest) -> HttpResponse:
    """What is coming, and what waits to be followed up?"""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    page = queries.meetings_page(turn, learner, clock.now(), request.GET.get("page"))
    context = {"page": page, "prepared": prepared(turn, learner), "today": clock.today(), "crumbs": trail(("Meetings", ""))}
    return render(request, "connect/list_meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request: HttpRequest) -> HttpResponse:
    """Plans a meeting with somebody, for an ask where there is one."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    ask = _ask_or_none(learner, request.GET.get("ask", ""))
    person = ask.person if ask else person_or_404(learner, key) if (key := request.GET.get("person", "")) else None
    if person is None:
        return choose_person(request, learner, "Plan a meeting", meeting_trail(("New", "")))
    first = _first(request, turn, person, ask)
    choices = talks.activity_choices(turn, person.role, first["purpose"])
    form = MeetingForm(request.POST or None, activities=choices, initial=first)
    if form.is_valid():
        meeting = actions.plan_meeting(learner, person, {**form.told(), "ask": ask, "title": _title(form, person)})
        _say_when(request, form, "The meeting is planned.")
        return redirect("connect:show-meeting", meeting.key)
    return _form(request, form, person, None)


def _title(form: MeetingForm, person: Person) -> str:
    """The title that was typed; the one that the form began with follows what the meeting is for."""
    title, purpose = form.cleaned_data["title"], form.cleaned_data["purpose"]
    is_begun = title == form.initial["title"]
    return invitation_title(purpose, person.name, person.learner.name) if is_begun else title


def _ask_or_none(learner: Learner, key: str) -> Ask | None:
    if not key:
        return None
    ask = learner.asks.select_related("person__organisation", "person__learner").filter(key=key).first()
    if ask is None:
        raise Http404
    return ask


def _first(request: HttpRequest, turn: Turn, person: Person, ask: Ask | None) -> dict[str, Any]:
    """What the form begins with: from the ask, the activity it is for, and the meeting planned last."""
    asked = request.GET.get("activity", "") or (ask.activity_id if ask else "")
    known = {activity.id: activity for activity in talks.talk_activities(turn)}
    expected: Mapping[str, Any] = known[asked].yields[0].expected if asked in known else {}
    purpose = ask.purpose if ask else str(expected.get("purpose", Purpose.WORKFLOW))
    return {
        "title": invitation_title(purpose, person.name, person.learner.name),
        "purpose": purpose,
        "activity": talks.activity_for(turn, asked, person.role, purpose),
        "zone": queries.last_zone(person.learner) or own_zone(),
    }


def _form(request: HttpRequest, form: MeetingForm, person: Person, meeting: Meeting | None) -> HttpResponse:
    here = [(meeting.title, reverse("connect:show-meeting", args=[meeting.key])), ("Change", "")] if meeting else [("New", "")]
    context = {"form": form, "person": person, "meeting": meeting, "zones": offered_zones(), "crumbs": meeting_trail(*here)}
    return render(request, "connect/edit_meeting.html", context, status=422 if form.errors else 200)


def _say_when(request: HttpRequest, form: MeetingForm, done: str) -> None:
    """What was done; what the clock makes of the time; and that half an hour is enough to ask for."""
    say(request, done)
    if form.taken and form.taken.said:
        say(request, form.taken.said, kind="care")
    if form.cleaned_data["minutes"] > USUAL_MINUTES:
        say(request, "Half an hour is what people give gladly. For more, say what the rest is for.", kind="info")


@require_safe
def show_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting: when, with whom, and what is to be done next."""
    learner = learner_of(request)
    turn_or_404(learner)
    meeting = meeting_or_404(learner, key)
    return render(request, "connect/show_meeting.html", meeting_context(meeting, AddressForm()))


def meeting_context(meeting: Meeting, form: AddressForm) -> dict[str, Any]:
    """What the page of a meeting takes."""
    there, here = queries.when_words(meeting)
    return {
        "meeting": meeting,
        "there": there,
        "here": here,
        "invitation": invitation_of(meeting),
        "was_sent": bool(meeting.sequence or meeting.invited_at),
        "talk": queries.talk_page(meeting, clock.now()),
        "address_form": form,
        "today": clock.today(),
        "crumbs": meeting_trail((meeting.title, "")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Moves a meeting, or changes what it is about; an invitation that was sent gets a new file."""
    learner = learner_of(request)
    turn, meeting = turn_or_404(learner), meeting_or_404(learner, key)
    choices = talks.activity_choices(turn, meeting.person.role, meeting.purpose)
    form = MeetingForm(request.POST or None, activities=choices, initial=_initial_of(meeting))
    if form.is_valid():
        try:
            changed = actions.change_meeting(meeting, form.told())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            is_new = changed.sequence > 0 and changed.invited_at is None and changed.held_on is None
            _say_when(request, form, "The meeting is changed." + (" Send the new file." if is_new else ""))
            return redirect("connect:show-meeting", key)
    return _form(request, form, meeting.person, meeting)


def _initial_of(meeting: Meeting) -> dict[str, Any]:
    local: datetime = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    same = {name: getattr(meeting, name) for name in ("title", "purpose", "minutes", "zone", "place", "agenda")}
    return same | {"activity": meeting.activity_id, "on": local.date(), "at": local.time()}


@require_POST
def cancel_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Calls a meeting off; the undo takes that back."""
    row = actions.cancel_meeting(meeting_or_404(learner_of(request), key))
    words = "The meeting is called off." + (" Send the file that says so." if row.sequence else "")
    offer_undo(request, words, reverse("connect:restore-meeting", args=[key]))
    return redirect("connect:show-meeting", key)


@require_POST
def restore_meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back that a meeting was called off."""
    row = actions.restore_meeting(meeting_or_404(learner_of(request), key))
    say(request, "The meeting stands again." + (" Send the new file." if row.sequence and not row.invited_at else ""))
    return redirect("connect:show-meeting", key)


@require_POST
def download_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The meeting as a file for calendars: an invitation, a change of it, or the message that it is off."""
    meeting = meeting_or_404(learner_of(request), key)
    invitation = invitation_of(meeting)
    content = build_invitation(invitation, clock.now())
    actions.mark_invited(meeting)
    answer = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={invitation.method}")
    name = "cancellation" if invitation.is_off else f"change-{invitation.sequence}" if invitation.sequence else "invitation"
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@require_POST
def keep_address(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps one's own e-mail address, without which nobody can answer an invitation."""
    meeting = meeting_or_404(learner_of(request), key)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "connect/show_meeting.html", meeting_context(meeting, form), status=422)
    keep_email(meeting.learner.user, form.cleaned_data["email"])
    say(request, "Kept. Invitations can be answered now.")
    return redirect("connect:show-meeting", key)
