"""The pages of the charter, and the top of month 3."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.evidence.drafts import address_of, typed_fields, whole_number
from segue.schedule.queries import turn_of, turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.build.actions import charter as actions
from segue.work.build.forms import FIRST, CharterForm, initial_of
from segue.work.build.queries import charter as queries
from segue.work.build.queries.month import build_page
from segue.work.build.sheet import Sheet
from segue.work.build.views.trail import trail
from segue.work.workbench.queries import months


def _sheet_or_404(learner: Learner) -> Sheet:
    sheet = queries.sheet_of(queries.charter_of(learner))
    if sheet is None:
        raise Http404
    return sheet


@require_safe
def show_build(request: HttpRequest) -> HttpResponse:
    """Month 3: is the project small enough, and is it going?"""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    page = build_page(learner, turn)
    return render(request, "build/show_build.html", {"name": "Build", "months": months(turn, "build"), "page": page})


@require_safe
def show_charter(request: HttpRequest) -> HttpResponse:
    """The charter: its check line by line, what it says, what came in and went out."""
    learner = learner_of(request)
    page = queries.charter_page(learner, turn_or_404(learner))
    if page.sheet is None:
        return redirect("build:edit-charter")
    return render(request, "build/show_charter.html", {"page": page, "sheet": page.sheet, "crumbs": trail(("Charter", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_charter(request: HttpRequest) -> HttpResponse:
    """Writes the charter. What is typed is saved on the way; what comes in throws something out."""
    learner = learner_of(request)
    turn_or_404(learner)
    row = queries.charter_of(learner)
    before = queries.sheet_of(row)
    if request.method == "POST":
        form = CharterForm(request.POST, before=before)
        revision = whole_number(request.POST.get("revision"))
        if form.is_valid():
            try:
                actions.keep_charter(learner, form.sheet(), revision=revision, typed=typed_fields(request.POST))
            except actions.OtherWindow as error:
                form.add_error(None, str(error))
                revision = row.revision if row else 0
            else:
                say(request, f"The charter is kept: {queries.SCORE_WORDS[form.sheet().score].lower()}.")
                return redirect("build:show-charter")
        return _edit(request, form, revision, before)
    typed = queries.typed_values(row.typed) if row else {}
    form = CharterForm(initial=typed or (initial_of(before) if before else FIRST))
    return _edit(request, form, row.revision if row else 0, before, bool(typed))


def _edit(request: HttpRequest, form: CharterForm, revision: int, before: Sheet | None, is_typed: bool = False) -> HttpResponse:
    there = trail(("Charter", reverse("build:show-charter")), ("Change", "")) if before else trail(("Charter", ""))
    context = {"form": form, "revision": revision, "before": before, "is_typed": is_typed, "crumbs": there}
    return render(request, "build/edit_charter.html", context, status=422 if form.is_bound else 200)


@require_POST
def save_typed(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved a different one."""
    learner = learner_of(request)
    turn_or_404(learner)
    saved = actions.keep_typed(learner, typed_fields(request.POST), whole_number(request.POST.get("revision")))
    if saved.other is not None:
        return render(request, "build/_other_text.html", {"typed": queries.typed_lines(saved.other)}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_safe
def list_cuts(request: HttpRequest) -> HttpResponse:
    """The menu of cuts: what would make it smaller, and what each saves."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    sheet = _sheet_or_404(learner)
    cuts = [(cut, queries.cut_words(cut)) for cut in queries.cuts_of(sheet)]
    crumbs = trail(("Charter", reverse("build:show-charter")), ("Cuts", ""))
    context = {
        "cuts": cuts,
        "sheet": sheet,
        "words": queries.SCORE_WORDS[sheet.score],
        "checkpoint": queries.checkpoint_of(turn),
        "crumbs": crumbs,
    }
    return render(request, "build/list_cuts.html", context)


@require_POST
def make_cut(request: HttpRequest, cut_id: str) -> HttpResponse:
    """Makes the project smaller in one way."""
    learner = learner_of(request)
    _sheet_or_404(learner)
    after = actions.make_cut(learner, cut_id)
    say(request, f"Cut. The charter now takes about {after.scope.hours:.1f} h: {queries.SCORE_WORDS[after.score].lower()}.")
    return redirect("build:list-cuts")


@require_POST
def record_charter(request: HttpRequest) -> HttpResponse:
    """Records the charter as evidence, or a new version of it."""
    learner = learner_of(request)
    turn_or_404(learner)
    entry = actions.record_charter(learner, _sheet_or_404(learner))
    say(request, f"The charter is in the ledger as entry {entry.number}.")
    return redirect("evidence:show-entry", entry.number)


@require_POST
def begin_memo(request: HttpRequest) -> HttpResponse:
    """No AI needed here: the memo that says so, begun from the charter."""
    learner = learner_of(request)
    return redirect(address_of(actions.begin_memo(learner, _sheet_or_404(learner))))


@require_POST
def begin_decision(request: HttpRequest) -> HttpResponse:
    """The decision of the checkpoint, begun from the charter and its cuts."""
    learner = learner_of(request)
    return redirect(address_of(actions.begin_decision(learner, _sheet_or_404(learner))))
