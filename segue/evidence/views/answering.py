"""The page behind the link that was sent to a reviewer. Whoever knows its address may answer, once; a guess learns nothing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from segue.accounts.queries import learner_of_user
from segue.core.errors import UserError
from segue.evidence.actions.reviewing import answer_request, mark_opened
from segue.evidence.links import request_behind
from segue.evidence.models import Channel, Confidentiality, ReviewRequest
from segue.evidence.requests import review_page, state_of
from segue.evidence.reviewers import ReviewerForm
from segue.shared import clock
from segue.shared.attempts import attempts


# The address is the only authority here: no cookie adds to it, so there is none, and two tabs do not spoil each other's. A form
# of another site is refused all the same (segue.shared.middleware.same_origin).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked of the reviewer, and their answer. 404 for a guess, and for everything once somebody guessed too often."""
    if settings.SINGLE_USER or attempts.are_spent(request):
        raise Http404
    asked = request_behind(token)
    if asked is None:
        attempts.count(request)
        raise Http404
    state = _state(asked)
    is_own = learner_of_user(request.user) == asked.learner
    may_send = request.method == "POST" and not is_own
    if state != "open" and not (state == "answered" and may_send):  # the same answer, sent again, is still thanked for
        return _closed(request, state)
    if may_send:
        return _take(request, asked, state)
    if request.method == "GET" and not is_own:
        mark_opened(asked)
    return _ask(asked, None, is_own=is_own, status=403 if request.method == "POST" else 200)


def _state(asked: ReviewRequest) -> str:
    """As ``state_of``. What is private by now, or ever was, is shown to nobody, whoever made a request for it."""
    return "withdrawn" if asked.entry.confidentiality == Confidentiality.PRIVATE else state_of(asked, clock.today())


def _take(request: HttpRequest, asked: ReviewRequest, state: str) -> HttpResponse:
    """Records what was sent. Sent again it is thanked for again, and changes nothing."""
    form = ReviewerForm(request.POST, criteria=review_page(asked).criteria)
    if not form.is_valid():
        return _ask(asked, form, status=422) if state == "open" else _closed(request, state)
    try:
        answer_request(asked, form.marked(clock.today()), Channel.LINK)
    except UserError as error:
        asked.refresh_from_db()
        if _state(asked) != "open":  # called back, over, or answered by another window while this one was being filled in
            return _closed(request, _state(asked))
        form.blame(error)
        return _ask(asked, form, status=422)
    return _page("thank_reviewer", 200, draft_key=_draft_key(asked), learner_name=asked.learner.name)


def _ask(asked: ReviewRequest, form: ReviewerForm | None, *, is_own: bool = False, status: int = 200) -> HttpResponse:
    page = review_page(asked)
    form = form or ReviewerForm(criteria=page.criteria)
    return _page("answer_review", status, page=page, form=form, is_own=is_own, draft_key=_draft_key(asked))


def _draft_key(asked: ReviewRequest) -> str:
    """Under which the browser keeps what is typed, until it was sent."""
    return f"review:{asked.token}"


def _closed(request: HttpRequest, state: str) -> HttpResponse:
    """410: the link is a true one, and nothing is behind it any more. What was typed too late is given back."""
    return _page("closed_review", 410, state=state, typed=request.POST.get("comment", ""))


def _page(template: str, status: int, **words: object) -> HttpResponse:
    """A page rendered without request: it knows nothing of who asks, and sets no cookie.

    The referrer stays ``same-origin``: nobody else is told the address, and with ``no-referrer`` the browser would not say to
    us either where the form comes from.
    """
    response = HttpResponse(render_to_string(f"evidence/{template}.html", words), status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "private, no-store"
    return response
