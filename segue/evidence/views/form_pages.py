"""Where to go after a form, and what a form page needs whatever it records."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.evidence import actions, drafts
from segue.evidence.drafts import Fields, Written
from segue.evidence.forms import LedgerForm
from segue.evidence.models import Draft, Entry
from segue.evidence.queries import draft_of, entry_of
from segue.shared import clock
from segue.shared.addresses import own_address

T = TypeVar("T")
# Fields of which a draft without them says "none", not "as it was at first".
MANY = ("competencies", "keep")


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment."""
    return request.headers.get("HX-Request") == "true"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page a form asked to go back to, where it is one of ours."""
    return own_address(request, request.POST.get("next", ""), request.headers.get("Referer", "")) or otherwise


def entry_or_404(learner: Learner, number: int) -> Entry:
    """An entry of this learner."""
    entry = entry_of(learner, number)
    if entry is None:
        raise Http404
    return entry


def attempt(form: LedgerForm, action: Callable[[], T]) -> T | None:
    """Runs an action where the form is valid; what a person can mend becomes an error of the form, all typed kept."""
    if not form.is_valid():
        return None
    try:
        return action()
    except actions.NewerVersion:
        raise
    except UserError as error:
        form.blame(error)
    except OperationalError as error:
        hint = "Free some space on the disk, wait a moment, and send it again."
        form.blame(UserError(f"It could not be saved: {error}.", hint))
    return None


def keep_typed(learner: Learner, written: Written) -> None:
    """Keeps what was typed although the form had errors, so that a closed window loses nothing."""
    with suppress(UserError, OperationalError):
        actions.save_draft(learner, written)


def initial_from(fields: Fields) -> dict[str, Any]:
    """A draft as the initial values of a form."""
    single = {name: drafts.first(fields, name) for name in fields if name not in MANY}
    return single | {name: list(fields.get(name, ())) for name in MANY}


def draft_context(request: HttpRequest, learner: Learner, key: str) -> dict[str, Any]:
    """What the template of a form with a draft needs: where to save, from which revision on, and texts of other windows."""
    draft = draft_of(learner, key)
    window = request.GET.get(drafts.WINDOW, "")[:20] or secrets.token_hex(4)
    return {
        "draft": draft if draft and drafts.has_text(draft.fields) else None,
        "draft_saved": spoken_moment(draft.saved_at) if draft else "",
        "draft_key": key,
        "revision": draft.revision if draft else actions.first_revision(learner),
        "window": window,
        "autosave_url": f"{reverse('evidence:save-draft', args=[key])}?{drafts.WINDOW}={window}",
        "texts": texts_of(draft) if draft else (),
    }


def texts_of(draft: Draft) -> tuple[dict[str, Any], ...]:
    """The texts that windows disagree on, as the page shows them; none where they agree."""
    beside = [kept for kept in actions.texts_beside(draft) if not drafts.same(kept.fields, draft.fields)]
    if not beside or not drafts.has_text(draft.fields):
        return ()
    own = _text("", draft.saved_at, draft.fields)
    return (own, *(_text(kept.pk, kept.kept_at, kept.fields) for kept in beside))


def _text(number: int | str, at: datetime, fields: Fields) -> dict[str, Any]:
    return {"id": number, "at": spoken_moment(at), "title": drafts.title_of(fields), "text": drafts.long_text(fields)}


def spoken_moment(at: datetime) -> str:
    """``at 19:42``, with the day where it is not today; where the machine stands."""
    local = at.astimezone()
    day = "" if local.date() == clock.today() else f"on {written_date(local.date())} "
    return f"{day}at {local:%H:%M}"


def show_form(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A form page. One with errors says that files are to be attached again: a browser does not keep them."""
    form: LedgerForm = context["form"]
    again = form.is_bound and bool(request.FILES or form.refused)
    return render(request, template, {**context, "attach_again": again}, status=status)


def back_to_draft(key: str) -> HttpResponse:
    """On to the page a draft is written on."""
    return redirect(drafts.address_of(key))
