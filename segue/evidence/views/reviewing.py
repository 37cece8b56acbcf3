"""Asking for a review by somebody without an account: the request, its file, and what comes back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import segue.shared
from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.evidence import Ledger, Sort
from segue.core.wording import written_date
from segue.evidence import queries
from segue.evidence.actions import reviewing as actions
from segue.evidence.blocks import BEGIN, END
from segue.evidence.criteria import criteria_for, level_words, open_activities
from segue.evidence.forms import AnswerForm
from segue.evidence.links import link_of
from segue.evidence.models import Entry, ReviewRequest
from segue.evidence.replies import FORMAT, MOST_YEARS
from segue.evidence.requests import Asked, ReviewPage, grouped, page_of, requests_of, review_page, state_of
from segue.evidence.reviewers import AskForm, ReviewerForm
from segue.evidence.story import marks_of
from segue.evidence.trust import artefact_of
from segue.evidence.uploads import refused_files
from segue.evidence.views import form_pages
from segue.evidence.views.opinions import back_to_piece
from segue.shared import clock
from segue.shared.notices import offer_undo, say

HMAC = Path(segue.shared.__file__).parent / "static/shared/vendor/sha256.min.js"


def _request_or_404(learner: Learner, pk: int) -> ReviewRequest:
    found = requests_of(learner).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _crumbs(*last: str) -> list[tuple[str, str]]:
    reviews = [("Reviews", reverse("evidence:list-requests") if last else "")]
    return [("Evidence", reverse("evidence:list-evidence")), *reviews, *((words, "") for words in last)]


@require_http_methods(["GET", "HEAD", "POST"])
def ask_review(request: HttpRequest, number: int) -> HttpResponse:
    """Whom to ask, and what exactly they will see."""
    learner = learner_of(request)
    entry, ledger = form_pages.entry_or_404(learner, number), queries.ledger_of(learner)
    if entry.sort != Sort.ARTEFACT:
        raise Http404
    artefact = artefact_of(ledger, number)
    if artefact is None or number in ledger.withdrawn:
        raise UserError("This version was withdrawn, so a review of it would count for nothing.", "Record the work again first.")
    form = AskForm(
        request.POST or None,
        learner=learner,
        attached=list(entry.attachments.all()),
        activities=open_activities(ledger, artefact),
        initial={"for_name": request.GET.get("name", "")},
    )
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        asked = actions.ask_review(learner, entry, files=typed.pop("enclosed", ()), **typed)
        say(request, "The request is made. Send it to one person.")
        return redirect("evidence:show-request", asked.pk)
    context = {"form": form, "entry": entry, "page": _preview(entry, ledger), "crumbs": _crumbs("Ask for a review")}
    return render(request, "evidence/ask_review.html", context, status=422 if form.is_bound else 200)


def _preview(entry: Entry, ledger: Ledger) -> ReviewPage:
    """What the reviewer will see, but for the files: those are listed in the form."""
    artefact = artefact_of(ledger, entry.number)
    levels = level_words(artefact, entry.number) if artefact else {}
    criteria = [Asked(c.id, c.text, levels[c.id]) for c in criteria_for(artefact, entry.number)] if artefact else []
    return page_of(entry, files=(), criteria=criteria, for_name="", note="", until=clock.today())


def _list(request: HttpRequest, learner: Learner, form: AnswerForm, status: int = 200) -> HttpResponse:
    context = {"groups": grouped(learner, clock.today()), "form": form, "crumbs": _crumbs()}
    return render(request, "evidence/list_requests.html", context, status=status)


@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    """Who was asked, what came back, and where to bring in what a reviewer sent."""
    return _list(request, learner_of(request), AnswerForm())


@require_POST
def take_review(request: HttpRequest) -> HttpResponse:
    """Imports what a reviewer sent back, pasted or as a file."""
    learner = learner_of(request)
    form = AnswerForm(request.POST, request.FILES, refused=refused_files(request))
    taken = form_pages.attempt(form, lambda: actions.take_review(learner, form.answer()))
    if taken is None:
        return _list(request, learner, form, status=422)
    if taken.is_new:
        return back_to_piece(request, taken.request.entry, taken.entry)
    say(request, f"This review came before: it is entry {taken.entry.number}. Nothing changed.", kind="info")
    return redirect("evidence:show-request", taken.request.pk)


@require_safe
def show_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: how to send it, or what came back."""
    asked = _request_or_404(learner_of(request), pk)
    context = {
        "asked": asked,
        "state": state_of(asked, clock.today()),
        "is_over": clock.today() > asked.until,
        "link": link_of(asked),
        "files": asked.entry.attachments.filter(sha256__in=asked.files),
        "marks": marks_of(asked.review.marks) if asked.review else (),
        "crumbs": _crumbs("Request"),
        **{f"{verb}_url": reverse(f"evidence:{verb}-request", args=[pk]) for verb in ("extend", "revoke", "restore")},
    }
    return render(request, "evidence/show_request.html", context)


@require_safe
def download_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The request as one file that works anywhere, without Segue and without a network."""
    asked = _request_or_404(learner_of(request), pk)
    actions.check_open(asked)
    actions.check_askable(asked.entry)  # an import may have brought a request about private work
    page = review_page(asked)
    data = {
        "sort": "review",
        "format": FORMAT,
        "token": asked.token,
        "secret": asked.secret,
        "criteria": [criterion.id for criterion in page.criteria],
        "most_years": MOST_YEARS,
        "begin": BEGIN,
        "end": END,
    }
    context = {"page": page, "form": ReviewerForm(criteria=page.criteria), "data": data, "sha256": _hmac()}
    answer = render(request, "evidence/review_file.html", context)
    answer["Content-Disposition"] = f'attachment; filename="review-{asked.made_on}-{asked.token[:4]}.html"'
    return answer


@cache
def _hmac() -> SafeString:
    """HMAC-SHA256 for the file: a phone that opens it from its storage has none of its own to offer."""
    return mark_safe(HMAC.read_text("utf-8"))  # noqa: S308 - the vendored file, whose checksum a test knows


@require_POST
def extend_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a request more time."""
    asked = actions.extend(_request_or_404(learner_of(request), pk))
    say(request, f"The request is open until {written_date(asked.until)}. What you sent stays good.")
    return redirect("evidence:show-request", pk)


@require_POST
def revoke_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Calls a request back."""
    actions.revoke(_request_or_404(learner_of(request), pk))
    undo = reverse("evidence:restore-request", args=[pk])
    offer_undo(request, "The request is called back. No answer to it is taken any more.", undo)
    return redirect("evidence:show-request", pk)


@require_POST
def restore_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the calling back of a request back."""
    asked = actions.restore(_request_or_404(learner_of(request), pk))
    is_over = clock.today() > asked.until
    say(request, "The request is not called back any more, but its time is over." if is_over else "The request is open again.")
    return redirect("evidence:show-request", pk)
