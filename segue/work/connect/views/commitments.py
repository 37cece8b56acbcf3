"""Promises of both sides: written down, kept, taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.addresses import own_address
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import commitments as actions
from segue.work.connect.models import Commitment, Meeting, Owed, Person
from segue.work.connect.queries import commitments as queries
from segue.work.connect.talk_forms import CommitmentForm
from segue.work.connect.views.choosing import choose_person
from segue.work.connect.views.finding import meeting_or_404, person_or_404
from segue.work.connect.views.trail import trail

REMOVED = "removed_commitment"  # in the session: what the undo brings back


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Promises", reverse("connect:list-commitments")), (here, ""))


@require_safe
def list_commitments(request: HttpRequest) -> HttpResponse:
    """What did I promise, and what was I promised?"""
    learner = learner_of(request)
    turn_or_404(learner)
    by = Owed.THEM if request.GET.get("by") == Owed.THEM else Owed.ME
    page = queries.commitments_page(learner, by, clock.today(), request.GET.get("page"))
    here = reverse("connect:list-commitments")
    tabs = [
        {"label": "Mine", "url": here, "current": by == Owed.ME, "count": page.counts[Owed.ME]},
        {"label": "Theirs", "url": f"{here}?by=them", "current": by == Owed.THEM, "count": page.counts[Owed.THEM]},
    ]
    context = {"page": page, "tabs": tabs, "here": request.get_full_path(), "today": clock.today()}
    return render(request, "connect/list_commitments.html", {**context, "crumbs": trail(("Promises", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def add_commitment(request: HttpRequest) -> HttpResponse:
    """Writes a promise down, of a talk or of a person."""
    learner = learner_of(request)
    turn_or_404(learner)
    meeting = meeting_or_404(learner, key) if (key := request.GET.get("meeting", "")) else None
    person = meeting.person if meeting else person_or_404(learner, key) if (key := request.GET.get("person", "")) else None
    if person is None:
        return choose_person(request, learner, "Between you and whom?", _trail("New"))
    form = CommitmentForm(request.POST or None)
    if form.is_valid():
        row = actions.add_commitment(person, {**form.cleaned_data, "meeting": meeting})
        say(request, "Kept." + (" And the next one?" if "more" in request.POST else ""))
        return redirect(request.get_full_path() if "more" in request.POST else _after(row))
    return _form(request, form, person, meeting, None)


def _after(row: Commitment) -> str:
    if row.meeting is not None:
        return f"{reverse('connect:show-meeting', args=[row.meeting.key])}#promised"
    return reverse("connect:list-commitments") + ("?by=them" if row.by == Owed.THEM else "")


def _form(
    request: HttpRequest, form: CommitmentForm, person: Person, meeting: Meeting | None, commitment: Commitment | None
) -> HttpResponse:
    back = f"{reverse('connect:show-meeting', args=[meeting.key])}#promised" if meeting else reverse("connect:list-commitments")
    context = {"form": form, "person": person, "meeting": meeting, "commitment": commitment, "back": back}
    context["crumbs"] = _trail("Change" if commitment else "New")
    return render(request, "connect/edit_commitment.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_commitment(request: HttpRequest, key: str) -> HttpResponse:
    """Says a promise anew."""
    row = queries.commitment_of(learner_of(request), key)
    first = {"by": row.by, "what": row.what, "due_on": row.due_on}
    form = CommitmentForm(request.POST or None, initial=first)
    if form.is_valid():
        say(request, "The promise is changed.")
        return redirect(_after(actions.change_commitment(row, form.cleaned_data)))
    return _form(request, form, row.person, row.meeting, row)


def _back(request: HttpRequest) -> str:
    return own_address(request, request.POST.get("next", "")) or reverse("connect:list-commitments")


@require_POST
def finish_commitment(request: HttpRequest, key: str) -> HttpResponse:
    """Notes that a promise was kept."""
    row = actions.settle_commitment(queries.commitment_of(learner_of(request), key), is_done=True)
    words = "Done. Tell them, if they wait for it." if row.by == Owed.ME else "Done. A word of thanks is never too much."
    offer_undo(request, words, reverse("connect:reopen-commitment", args=[key]))
    return redirect(_back(request))


@require_POST
def reopen_commitment(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back that a promise was kept."""
    actions.settle_commitment(queries.commitment_of(learner_of(request), key), is_done=False)
    say(request, "It is open again.", kind="info")
    return redirect(_back(request))


@require_POST
def drop_commitment(request: HttpRequest, key: str) -> HttpResponse:
    """Drops a promise that was written down by mistake; the undo brings it back."""
    row = queries.commitment_of(learner_of(request), key)
    request.session[REMOVED] = actions.drop_commitment(row)
    offer_undo(request, "The promise is dropped.", reverse("connect:restore-commitment", args=[key]))
    return redirect(_back(request))


@require_POST
def restore_commitment(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the promise that was dropped last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    row = actions.restore_commitment(learner, kept) if kept.get("key") == key else None
    if row is None:
        say(request, "Nothing is left to bring back: another promise was dropped since, or the person is gone.", kind="care")
        return redirect("connect:list-commitments")
    del request.session[REMOVED]
    say(request, "The promise is back.", kind="info")
    return redirect(_after(row))
