"""A counterpart's word: what one is like to work with, as they say it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from segue.accounts.queries import learner_of
from segue.evidence.standing import too_short
from segue.shared.notices import say
from segue.work.connect.actions.word import record_word
from segue.work.connect.views.finding import person_or_404
from segue.work.connect.views.trail import trail
from segue.work.connect.word_forms import WordForm


@require_http_methods(["GET", "HEAD", "POST"])
def write_word(request: HttpRequest, key: str) -> HttpResponse:
    """Would they work with me again?"""
    person = person_or_404(learner_of(request), key)
    form = WordForm(request.POST or None, initial={"role": person.role})
    if form.is_valid():
        entry = record_word(person, form.cleaned_data)
        say(request, f"Written down as entry {entry.number}. It counts once they confirm it: ask them now.{too_short(entry)}")
        return redirect(f"{reverse('evidence:ask-review', args=[entry.number])}?{urlencode({'name': person.name})}")
    context = {"person": person, "form": form, "crumbs": trail(("Feedback", reverse("connect:list-points")), (person.name, ""))}
    return render(request, "connect/write_word.html", context, status=422 if form.errors else 200)
