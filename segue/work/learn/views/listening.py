"""Listeners: a sheet to send, what came back, and the comparison that becomes evidence."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence.blocks import BEGIN, END
from segue.evidence.forms import AnswerForm
from segue.evidence.replies import RELATIONS
from segue.evidence.uploads import refused_files
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.learn.actions import listening as actions
from segue.work.learn.forms import CompareForm
from segue.work.learn.models import ListenerSheet
from segue.work.learn.queries import listening as queries

MARKS = ("1, lost me", "2", "3", "4", "5, all clear")


def _sheet_or_404(learner: Learner, pk: int) -> ListenerSheet:
    sheet = learner.listener_sheets.select_related("entry", "learner").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    return sheet


def _list(
    request: HttpRequest, learner: Learner, form: AnswerForm, chosen: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    told = queries.told_by(learner).values()
    context = {
        "told": sorted(told, key=lambda each: (not each.is_due, each.heard > 0)),
        "chosen": chosen,
        "rows": queries.sheets_of(learner),
        "form": form,
        "crumbs": [("Learn", reverse("learn:show-learn")), ("Listeners", "")],
    }
    return render(request, "learn/list_sheets.html", context, status=status)


@require_safe
def list_sheets(request: HttpRequest) -> HttpResponse:
    """What can be told, what is on its way, what came back."""
    chosen = request.GET.getlist("idea")
    return _list(request, learner_of(request), AnswerForm(), chosen)


@require_POST
def make_sheet(request: HttpRequest) -> HttpResponse:
    """Makes a sheet of the ideas chosen."""
    sheet = actions.make_sheet(learner_of(request), request.POST.getlist("idea"))
    return redirect("learn:show-sheet", sheet.pk)


@require_POST
def take_reply(request: HttpRequest) -> HttpResponse:
    """Imports what a listener sent back, pasted or as a file."""
    learner = learner_of(request)
    form = AnswerForm(request.POST, request.FILES, refused=refused_files(request))
    if form.is_valid():
        try:
            sheet = actions.take_reply(learner, form.answer())
        except UserError as error:
            form.blame(error)
        else:
            say(request, "The reply is here. Compare it with what you meant.")
            return redirect("learn:show-sheet", sheet.pk)
    return _list(request, learner, form, status=422)


def _show(request: HttpRequest, sheet: ListenerSheet, form: CompareForm, status: int = 200) -> HttpResponse:
    crumbs = [
        ("Learn", reverse("learn:show-learn")),
        ("Listeners", reverse("learn:list-sheets")),
        (f"Sheet of {written_date(sheet.made_on)}", ""),
    ]
    ideas = queries.compared(sheet)
    context = {
        "sheet": sheet,
        "state": queries.state_of(sheet),
        "rows": list(zip(ideas, [form[name] for name in form.names], strict=True)),
        "form": form,
        "crumbs": crumbs,
    }
    return render(request, "learn/show_sheet.html", context, status=status)


@require_safe
def show_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet: how to send it, or what came back beside what was meant."""
    sheet = _sheet_or_404(learner_of(request), pk)
    return _show(request, sheet, CompareForm(ideas=sheet.names))


@require_safe
def download_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as one file that works anywhere, without Segue and without a network."""
    sheet = _sheet_or_404(learner_of(request), pk)
    data = {"sort": "listener", "token": sheet.token, "ideas": sheet.names, "begin": BEGIN, "end": END}
    context = {"sheet": sheet, "data": data, "relations": RELATIONS, "marks": MARKS}
    answer = render(request, "learn/listener_file.html", context)
    answer["Content-Disposition"] = f'attachment; filename="explain-{sheet.made_on}-{sheet.token[:4]}.html"'
    return answer


@require_POST
def extend_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a sheet more time."""
    until = actions.extend(_sheet_or_404(learner_of(request), pk))
    say(request, f"The sheet is open until {written_date(until)}. The file stays the same.")
    return redirect("learn:show-sheet", pk)


@require_POST
def record_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Records what came back as evidence."""
    learner = learner_of(request)
    sheet = _sheet_or_404(learner, pk)
    form = CompareForm(request.POST, ideas=sheet.names)
    if not form.is_valid():
        return _show(request, sheet, form, status=422)
    activity = queries.activity_for(turn_or_404(learner))
    entry = actions.record_session(sheet, form.said_back(), form.cleaned_data["changed"], activity)
    say(request, f"Recorded as entry {entry.number}, with the listener’s own words attached.")
    return redirect("learn:show-sheet", pk)
