"""The pages of the portfolio, and the site and the PDF that it becomes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.evidence.models import Confidentiality
from segue.schedule.queries import planned_or_404
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.shared.pdf import is_available, pdf_of
from segue.work.transition.actions import portfolio as actions
from segue.work.transition.closing_forms import RecordForm
from segue.work.transition.portfolio_forms import CoverForm, PieceForm
from segue.work.transition.queries import portfolio as queries
from segue.work.transition.views.trail import trail

REMOVED = "transition-removed-piece"
OTHER = "Another window has changed it meanwhile. Look at it first; sent again, yours is kept."


def _trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    return trail(("Portfolio", reverse("transition:show-portfolio")), *here)


@require_safe
def show_portfolio(request: HttpRequest) -> HttpResponse:
    """The pieces, what may still come in, what stays out and why."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = queries.portfolio_page(learner)
    kept = page.entry.confidentiality if page.entry else Confidentiality.PRIVATE
    context = {
        "page": page,
        "has_pdf": is_available(),
        "record": RecordForm(initial={"confidentiality": kept}),
        "few": queries.FEWEST,
        "many": queries.MOST,
        "crumbs": trail(("Portfolio", "")),
    }
    return render(request, "transition/show_portfolio.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_portfolio(request: HttpRequest) -> HttpResponse:
    """The cover."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.portfolio_page(learner).row
    form = CoverForm(request.POST or None, initial={name: getattr(row, name) for name in CoverForm.base_fields})
    if request.method == "POST" and form.is_valid():
        if actions.keep_cover(learner, form.cleaned_data, whole_number(request.POST.get("revision")) or 0):
            say(request, "The cover is kept.")
            return redirect("transition:show-portfolio")
        form.add_error(None, OTHER)
        row = queries.portfolio_page(learner).row
    context = {"form": form, "revision": row.revision, "crumbs": _trail(("Cover", ""))}
    return render(request, "transition/edit_portfolio.html", context, status=422 if form.errors else 200)


@require_POST
def add_piece(request: HttpRequest) -> HttpResponse:
    """Takes a piece in."""
    learner = learner_of(request)
    planned_or_404(learner)
    actions.add_piece(learner, whole_number(request.POST.get("number")) or 0)
    return redirect(f"{reverse('transition:show-portfolio')}#pieces")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_piece(request: HttpRequest, number: int) -> HttpResponse:
    """What is said of a piece and masked in it, with how it will look."""
    learner = learner_of(request)
    planned_or_404(learner)
    piece = queries.piece_or_404(queries.portfolio_page(learner), number)
    form = PieceForm(request.POST or None, initial={"says": piece.says, "hidden": "\n".join(piece.hidden)})
    if request.method == "POST" and form.is_valid():
        actions.keep_piece(learner, number, form.cleaned_data["says"], form.cleaned_data["hidden"])
        say(request, "Kept. This is how it looks.")
        return redirect("transition:edit-piece", number)
    context = {"piece": piece, "form": form, "crumbs": _trail((piece.title, ""))}
    return render(request, "transition/edit_piece.html", context, status=422 if form.errors else 200)


@require_POST
def move_piece(request: HttpRequest, number: int) -> HttpResponse:
    """Moves a piece up or down."""
    learner = learner_of(request)
    planned_or_404(learner)
    queries.piece_or_404(queries.portfolio_page(learner), number)
    actions.move_piece(learner, number, -1 if request.POST.get("way") == "up" else 1)
    return redirect(f"{reverse('transition:show-portfolio')}#pieces")


@require_POST
def remove_piece(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a piece out, with a way back."""
    learner = learner_of(request)
    planned_or_404(learner)
    piece = queries.piece_or_404(queries.portfolio_page(learner), number)
    request.session[REMOVED] = actions.remove_piece(learner, number)
    offer_undo(request, f"“{piece.title}” is out of the portfolio.", reverse("transition:restore-piece"))
    return redirect("transition:show-portfolio")


@require_POST
def restore_piece(request: HttpRequest) -> HttpResponse:
    """Brings back what was taken out last."""
    learner = learner_of(request)
    planned_or_404(learner)
    kept = request.session.pop(REMOVED, None)
    if kept:
        actions.restore_piece(learner, kept)
        say(request, "It is back.")
    return redirect("transition:show-portfolio")


@require_safe
def download_site(request: HttpRequest) -> HttpResponse:
    """The site as a ZIP that opens from disk."""
    learner = learner_of(request)
    planned_or_404(learner)
    answer = HttpResponse(actions.packed_site(learner), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{actions.FILE_NAME}"'
    return answer


@require_safe
def download_portfolio(request: HttpRequest) -> HttpResponse:
    """All pieces as one PDF."""
    learner = learner_of(request)
    planned_or_404(learner)
    actions.check_ready(learner)
    if not is_available():
        raise UserError("PDF needs an extra that is not installed.", "Download the site instead, and print its pages.")
    page = queries.portfolio_page(learner)
    content = pdf_of(page.text, page.cover.title, author=page.cover.author, on=clock.today())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="portfolio.pdf"'
    return answer


@require_POST
def record_portfolio(request: HttpRequest) -> HttpResponse:
    """Records the portfolio with its site."""
    learner = learner_of(request)
    planned_or_404(learner)
    entry = actions.record_portfolio(learner, request.POST.get("confidentiality", ""))
    say(request, f"The portfolio is in the ledger as entry {entry.number}.")
    return redirect("evidence:show-entry", entry.number)
