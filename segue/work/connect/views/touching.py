"""Staying in touch: contacts logged and taken back, and whose turn it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.wording import written_date
from segue.evidence.drafts import address_of
from segue.shared import clock
from segue.shared.addresses import own_address
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import touching as actions
from segue.work.connect.models import Person, Touch, TouchSort
from segue.work.connect.queries import touching as queries
from segue.work.connect.touch_forms import TouchForm
from segue.work.connect.views.finding import person_or_404
from segue.work.connect.views.trail import trail

PAGE = 50
REMOVED = "removed_contact"  # in the session: what the undo brings back


@require_safe
def list_touches(request: HttpRequest) -> HttpResponse:
    """Whom do I lose touch with?"""
    learner = learner_of(request)
    today = clock.today()
    found = queries.touches_page(learner, today)
    everybody = Paginator(found.contacts, PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "everybody": everybody, "today": today, "crumbs": trail(("Staying in touch", ""))}
    return render(request, "connect/list_touches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def log_touch(request: HttpRequest, key: str) -> HttpResponse:
    """A contact with somebody: how it stands, and one more."""
    person = person_or_404(learner_of(request), key)
    form = TouchForm(request.POST) if request.method == "POST" else TouchForm()
    if form.is_valid():
        given = form.cleaned_data
        touch = actions.log_touch(person, given["on"], TouchSort(given["sort"]), given["note"])
        offer_undo(request, _logged_words(person), reverse("connect:remove-touch", args=[key, touch.pk]))
        return redirect(_back(request, key))
    context = {
        "person": person,
        "crumbs": trail(("Staying in touch", reverse("connect:list-touches")), (person.name, "")),
        **touch_context(person, form),
    }
    return render(request, "connect/log_touch.html", context, status=422 if form.errors else 200)


def touch_context(person: Person, form: TouchForm | None = None) -> dict[str, Any]:
    """What ``connect/_person_touch.html`` takes."""
    return {"panel": queries.touch_panel(person), "touch_form": form or TouchForm(), "today": clock.today()}


def _logged_words(person: Person) -> str:
    contact = queries.touch_panel(person).contact
    return f"Logged. Next touch with {person.name}: {written_date(contact.next_on)}." if contact else "Logged."


def _back(request: HttpRequest, key: str) -> str:
    return own_address(request, request.POST.get("next", "")) or reverse("connect:log-touch", args=[key])


def _touch_or_404(learner: Learner, key: str, pk: int) -> Touch:
    touch = queries.touch_of(learner, key, pk)
    if touch is None:
        raise Http404
    return touch


@require_POST
def remove_touch(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Takes a contact back that was logged by mistake; the undo brings it back."""
    touch = _touch_or_404(learner_of(request), key, pk)
    request.session[REMOVED] = {"person": key, "on": touch.on.isoformat(), "sort": touch.sort, "note": touch.note}
    actions.remove_touch(touch)
    offer_undo(request, "The contact is taken back.", reverse("connect:restore-touch", args=[key]))
    return redirect(_back(request, key))


@require_POST
def restore_touch(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the contact that was taken back last."""
    person, kept = person_or_404(learner_of(request), key), request.session.get(REMOVED, {})
    if kept.get("person") == key:
        del request.session[REMOVED]
        actions.log_touch(person, date.fromisoformat(kept["on"]), TouchSort(kept["sort"]), kept["note"])
        say(request, "The contact is back.", kind="info")
    else:
        say(request, "There is nothing left to bring back: another contact was taken back since.", kind="care")
    return redirect(_back(request, key))


@require_POST
def begin_contribution(request: HttpRequest, key: str) -> HttpResponse:
    """Begins the page about something useful done for a team, from a contact where one is named."""
    learner = learner_of(request)
    person, number = person_or_404(learner, key), request.POST.get("touch", "")
    touch = queries.touch_of(learner, key, int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    return redirect(address_of(actions.begin_contribution(person, touch)))
