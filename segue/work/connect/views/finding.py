"""What a page is about, found among the learner's own; a stranger's is not there."""

from __future__ import annotations

from django.http import Http404

from segue.accounts.models import Learner
from segue.work.connect.models import Ask, Meeting, Organisation, Person


def person_or_404(learner: Learner, key: str) -> Person:
    """A person by key, with the organisation."""
    found = learner.people.select_related("organisation", "learner").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def organisation_or_404(learner: Learner, key: str) -> Organisation:
    """An organisation by key."""
    found = learner.organisations.select_related("map_entry", "learner").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def meeting_or_404(learner: Learner, key: str) -> Meeting:
    """A meeting by key, with its person."""
    related = ("person__organisation", "learner", "ask", "entry", "prep_entry")
    found = learner.meetings.select_related(*related).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def ask_or_404(learner: Learner, key: str) -> Ask:
    """An ask by key, with its person."""
    found = learner.asks.select_related("person__organisation", "learner", "entry").filter(key=key).first()
    if found is None:
        raise Http404
    return found
