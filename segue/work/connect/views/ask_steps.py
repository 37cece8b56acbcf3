"""The steps of an ask: sent, reminded of once, answered, each taken back by a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import counted, written_date
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import asking as actions
from segue.work.connect.asking_forms import AnswerForm, DayForm, ReminderForm, TextForm
from segue.work.connect.invitation_texts import gaps_in
from segue.work.connect.models import Answer, Ask
from segue.work.connect.views.asking import ask_response, conflict, kept_text
from segue.work.connect.views.finding import ask_or_404

THEN = {
    Answer.YES: "Good. Plan the meeting while it is fresh.",
    Answer.NO: "Noted. A no that comes quickly is a good one: thank them, and ask the next.",
    Answer.SILENT: "Noted. Half of all asks end so; it says little about you. Ask the next.",
}


@require_POST
def send_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Notes that the learner sent it today; the text comes along, so that what was typed last is kept."""
    learner = learner_of(request)
    ask, form = ask_or_404(learner, key), TextForm(request.POST)
    saved = kept_text(request, ask, form)
    if saved is None:
        return ask_response(request, turn_or_404(learner), ask, text_form=form)
    if saved.other is not None:
        return conflict(request, ask, saved.other)
    sent_on = actions.send_ask(ask, clock.today()).sent_on
    if sent_on == clock.today():
        offer_undo(request, f"Noted: you asked {ask.person.name} today.", reverse("connect:unsend-ask", args=[key]))
    elif sent_on is not None:
        say(request, f"It was sent on {written_date(sent_on)} already; that day stays.", kind="care")
    if gaps := gaps_in(form.cleaned_data["text"]):
        left = f"{counted(len(gaps), 'place')} in the text kept here"
        say(request, f"There {'is' if len(gaps) == 1 else 'are'} {left} to fill. Put in what you really sent.", kind="care")
    return redirect("connect:show-ask", key)


def _step(request: HttpRequest, ask: Ask, name: str, form: Form, action: Callable[[], Any]) -> HttpResponse | None:
    """Runs a step; what a person can mend comes back as the page with the form."""
    if form.is_valid():
        try:
            action()
        except UserError as error:
            form.add_error(None, str(error))
    forms: dict[str, Any] = {name: form}
    return ask_response(request, turn_or_404(ask.learner), ask, **forms) if form.errors else None


@require_POST
def date_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Another day on which it was sent."""
    ask, form = ask_or_404(learner_of(request), key), DayForm(request.POST, auto_id="day_%s")
    refused = _step(request, ask, "day_form", form, lambda: actions.move_sending(ask, form.cleaned_data["on"]))
    if refused is None:
        say(request, "The day is changed.")
    return refused or redirect("connect:show-ask", key)


@require_POST
def remind_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Notes the one reminder."""
    ask, form = ask_or_404(learner_of(request), key), ReminderForm(request.POST, auto_id="reminder_%s")
    refused = _step(request, ask, "reminder_form", form, lambda: actions.remind_ask(ask, form.cleaned_data["on"]))
    if refused is None:
        offer_undo(request, "Noted. One reminder is enough.", reverse("connect:unremind-ask", args=[key]))
    return refused or redirect("connect:show-ask", key)


@require_POST
def answer_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Notes what came of it."""
    ask, form = ask_or_404(learner_of(request), key), AnswerForm(request.POST)
    refused = _step(request, ask, "answer_form", form, lambda: _answer(ask, form))
    if refused is None:
        offer_undo(request, THEN[Answer(form.cleaned_data["answer"])], reverse("connect:unanswer-ask", args=[key]))
    return refused or redirect("connect:show-ask", key)


def _answer(ask: Ask, form: AnswerForm) -> None:
    actions.answer_ask(ask, Answer(form.cleaned_data["answer"]), form.cleaned_data["on"])


def _back(request: HttpRequest, key: str, take_back: Callable[[Ask], Ask], words: str) -> HttpResponse:
    take_back(ask_or_404(learner_of(request), key))
    say(request, words, kind="info")
    return redirect("connect:show-ask", key)


@require_POST
def unsend_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Makes a draft of it again."""
    return _back(request, key, actions.take_sending_back, "It is a draft again.")


@require_POST
def unremind_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Takes the reminder back."""
    return _back(request, key, actions.take_reminder_back, "The reminder is taken back.")


@require_POST
def unanswer_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Takes the answer back."""
    return _back(request, key, actions.take_answer_back, "The answer is taken back.")
