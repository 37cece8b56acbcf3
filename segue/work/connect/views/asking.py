"""Whom to ask by when; an ask from its first words to the last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.evidence.drafts import whole_number
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import asking as actions
from segue.work.connect.actions.meeting import Kept
from segue.work.connect.asking_forms import AboutForm, AnswerForm, DayForm, ReminderForm, TextForm
from segue.work.connect.asks import need_of, occasion_of
from segue.work.connect.invitation_texts import occasion_like
from segue.work.connect.models import Ask, Person
from segue.work.connect.queries import asking as queries
from segue.work.connect.queries.invitations import ask_page, mail_of, text_to_begin
from segue.work.connect.views.choosing import choose_person
from segue.work.connect.views.finding import ask_or_404, person_or_404
from segue.work.connect.views.trail import trail

REMOVED = "removed_ask"  # in the session: what the undo brings back
REPLACED = "replaced_text"
Crumbs = list[tuple[str, str]]


def ask_trail(*here: tuple[str, str]) -> Crumbs:
    """The way from month 4 by the asks."""
    return trail(("Asks", reverse("connect:list-asks")), *here)


@require_safe
def list_asks(request: HttpRequest) -> HttpResponse:
    """Whom to ask by when, and what came of it?"""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    activity = request.GET.get("activity", "")
    page = queries.asks_page(turn, learner, clock.today(), request.GET.get("page"), activity)
    context = {"page": page, "today": clock.today(), "crumbs": trail(("Asks", ""))}
    return render(request, "connect/list_asks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_ask(request: HttpRequest) -> HttpResponse:
    """Begins an ask: of whom, for what, for which activity."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    key = request.GET.get("person", "")
    if not key:
        return choose_person(request, learner, "Whom do you ask?", ask_trail(("New", "")))
    person = person_or_404(learner, key)
    activity = turn.activities.get(request.GET.get("activity", ""))
    wanted = activity.id if activity else ""
    first = {"occasion": occasion_of(activity), "activity": wanted, "needed_on": turn.plan.start_of(wanted)}
    form = AboutForm(request.POST or None, activities=queries.asking_choices(turn, wanted), initial=first)
    if form.is_valid():
        ask = actions.begin_ask(person, {**form.told(), "text": _text(turn, person, form)})
        return redirect("connect:show-ask", ask.key)
    need = need_of(activity, person.role, person.relation)
    context = {"form": form, "person": person, "activity": activity, "need": need, "crumbs": ask_trail(("New", ""))}
    return render(request, "connect/edit_ask.html", context, status=422 if form.errors else 200)


def _text(turn: Turn, person: Person, form: AboutForm) -> str:
    given = form.cleaned_data
    return text_to_begin(turn, person, given["occasion"], turn.activities.get(given["activity"]))


@require_safe
def show_ask(request: HttpRequest, key: str) -> HttpResponse:
    """One ask: its text, and what came of it."""
    learner = learner_of(request)
    return ask_response(request, turn_or_404(learner), ask_or_404(learner, key))


def ask_response(request: HttpRequest, turn: Turn, ask: Ask, *, other: str | None = None, **forms: Any) -> HttpResponse:
    """The page of an ask. ``forms``: those that were refused; ``other``: what another window saved in between."""
    page = ask_page(turn, ask, clock.today())
    usual = occasion_like(ask.purpose, occasion_of(page.activity))
    about = {"occasion": usual, "activity": ask.activity_id, "needed_on": ask.needed_on}
    choices = queries.asking_choices(turn, ask.activity_id)
    context = {
        "page": page,
        "ask": ask,
        "text_form": TextForm(initial={"text": ask.text}),
        "day_form": DayForm(initial={"on": ask.sent_on}, auto_id="day_%s"),
        "reminder_form": ReminderForm(auto_id="reminder_%s"),
        "answer_form": AnswerForm(initial={"answer": ask.answer or None, "on": ask.answered_on or clock.today()}),
        "about_form": AboutForm(activities=choices, initial=about, auto_id="about_%s"),
        "other": other,
        "today": clock.today(),
        "crumbs": ask_trail((ask.person.name, "")),
    }
    refused = next((form for form in forms.values() if form.errors), None)
    status = 409 if other is not None else 422 if refused else 200
    return render(request, "connect/show_ask.html", context | forms | {"refused": refused}, status=status)


@require_POST
def save_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Keeps what is typed: by the script while one types, or by the button. 409 where another window saved a different text."""
    learner = learner_of(request)
    ask, form = ask_or_404(learner, key), TextForm(request.POST)
    saved = kept_text(request, ask, form)
    if "X-Segue-Autosave" in request.headers:
        return _told_the_script(request, form, saved)
    if saved is None:
        return ask_response(request, turn_or_404(learner), ask, text_form=form)
    if saved.other is not None:
        return conflict(request, ask, saved.other)
    say(request, "The text is kept.")
    return redirect("connect:show-ask", key)


def _told_the_script(request: HttpRequest, form: TextForm, saved: Kept | None) -> HttpResponse:
    if saved is None:
        return JsonResponse({"message": " ".join(map(str, form.errors.get("text", [])))}, status=422)
    if saved.other is not None:
        return render(request, "connect/_other_text.html", {"text": saved.other}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


def kept_text(request: HttpRequest, ask: Ask, form: TextForm) -> Kept | None:
    """Keeps a text that came with a form; ``None`` where it can't be, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return actions.keep_text(ask, form.cleaned_data["text"], whole_number(request.POST.get("revision")))
    except UserError as error:
        form.add_error("text", str(error))
        return None


def conflict(request: HttpRequest, ask: Ask, other: str) -> HttpResponse:
    """Two texts: the typed one stays in the form, the other one is shown. Keeping it once more takes the place of the other."""
    typed = TextForm(initial={"text": request.POST.get("text", "")})
    return ask_response(request, turn_or_404(ask.learner), ask, other=other, text_form=typed)


@require_POST
def change_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Changes what an ask is for; the text is begun anew where that is asked, with an undo."""
    learner = learner_of(request)
    turn, ask = turn_or_404(learner), ask_or_404(learner, key)
    form = AboutForm(request.POST, activities=queries.asking_choices(turn, ask.activity_id), auto_id="about_%s")
    if not form.is_valid():
        return ask_response(request, turn, ask, about_form=form)
    row = actions.change_ask(ask, form.told())
    if "anew" in request.POST:
        before = actions.replace_text(row, _text(turn, row.person, form))
        request.session[REPLACED] = {"key": key, "text": before}
        offer_undo(request, "The text is begun anew.", reverse("connect:restore-text", args=[key]))
    else:
        say(request, "Kept.")
    return redirect("connect:show-ask", key)


@require_POST
def restore_text(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the text that was replaced last."""
    ask, kept = ask_or_404(learner_of(request), key), request.session.get(REPLACED, {})
    if kept.get("key") == key:
        request.session[REPLACED] = {"key": key, "text": actions.replace_text(ask, kept["text"])}
        say(request, "Your text is back.", kind="info")
    else:
        say(request, "There is nothing left to bring back: another text was replaced since.", kind="care")
    return redirect("connect:show-ask", key)


@require_POST
def remove_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Removes a draft; the undo brings it back."""
    request.session[REMOVED] = actions.remove_ask(ask_or_404(learner_of(request), key))
    offer_undo(request, "The draft is removed.", reverse("connect:restore-ask", args=[key]))
    return redirect("connect:list-asks")


@require_POST
def restore_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the draft that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    back = actions.restore_ask(learner, kept) if kept.get("key") == key else None
    if back is None:
        say(request, "There is nothing left to bring back.", kind="care")
        return redirect("connect:list-asks")
    del request.session[REMOVED]
    say(request, "The draft is back.", kind="info")
    return redirect("connect:show-ask", key)


@require_safe
def mail_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Opens the text as it is kept in one's own mail program. Nothing is sent by Segue."""
    ask = ask_or_404(learner_of(request), key)
    link = mail_of(ask)
    if link:
        answer = HttpResponse(status=302)  # redirect() leads to web pages only
        answer["Location"] = link
        return answer
    say(request, "This can't travel in a link to your mail program. Copy the text instead.", kind="care")
    return redirect("connect:show-ask", key)
