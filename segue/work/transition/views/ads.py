"""The pages of the job ads: list, add, take apart, edit, remove, turn a gap into a task, record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.models import Confidentiality
from segue.evidence.standing import too_short
from segue.evidence.uploads import refused_files
from segue.schedule.queries import planned_or_404
from segue.shared.notices import offer_undo, say
from segue.work.transition.actions import ads as actions
from segue.work.transition.ad_forms import AdForm
from segue.work.transition.closing_forms import RecordForm
from segue.work.transition.models import JobAd
from segue.work.transition.queries import ads as queries
from segue.work.transition.views.trail import trail

REMOVED = "transition-removed-ad"  # in the session: what the undo brings back


def ads_trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below the list of ads."""
    return trail(("Job ads", reverse("transition:list-ads") if here else ""), *here)


def ad_trail(row: JobAd, *here: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to an ad, or to a page below it."""
    return ads_trail((row.title, reverse("transition:show-ad", args=[row.key]) if here else ""), *here)


@require_safe
def list_ads(request: HttpRequest) -> HttpResponse:
    """The ads, how well each fits, and their analysis as evidence."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = queries.ads_page(learner)
    kept = page.entry.confidentiality if page.entry else Confidentiality.PRIVATE
    context = {"page": page, "record": RecordForm(initial={"confidentiality": kept}), "crumbs": ads_trail()}
    return render(request, "transition/list_ads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_ad(request: HttpRequest) -> HttpResponse:
    """Keeps an ad, pasted or from a file."""
    learner = learner_of(request)
    planned_or_404(learner)
    form = _form(request, None)
    if form.is_bound and form.is_valid():
        row = actions.add_ad(learner, form.cleaned_data)
        return redirect("transition:show-ad", row.key)
    return _edit(request, form, None)


def _form(request: HttpRequest, row: JobAd | None) -> AdForm:
    first = {name: getattr(row, name) for name in actions.COLUMNS} if row else None
    if request.method != "POST":
        return AdForm(initial=first)
    return AdForm(request.POST, request.FILES, initial=first, refused=refused_files(request))


def _edit(request: HttpRequest, form: AdForm, row: JobAd | None) -> HttpResponse:
    crumbs = ad_trail(row, ("Edit", "")) if row else ads_trail(("Add", ""))
    context = {"form": form, "row": row, "crumbs": crumbs}
    return render(request, "transition/edit_ad.html", context, status=422 if form.errors else 200)


@require_safe
def show_ad(request: HttpRequest, key: str) -> HttpResponse:
    """An ad taken apart: supported by evidence, claimed, gaps."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = queries.ad_page(learner, queries.ad_or_404(learner, key))
    context = {
        "page": page,
        "years": queries.years_words(page),
        "level": queries.level_words(page),
        "crumbs": ad_trail(page.row),
    }
    return render(request, "transition/show_ad.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_ad(request: HttpRequest, key: str) -> HttpResponse:
    """Changes an ad."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = queries.ad_or_404(learner, key)
    form = _form(request, row)
    if form.is_bound and form.is_valid():
        actions.change_ad(row, form.cleaned_data)
        say(request, "The ad is changed.")
        return redirect("transition:show-ad", row.key)
    return _edit(request, form, row)


@require_POST
def remove_ad(request: HttpRequest, key: str) -> HttpResponse:
    """Removes an ad; the undo brings it back."""
    learner = learner_of(request)
    planned_or_404(learner)
    request.session[REMOVED] = actions.remove_ad(queries.ad_or_404(learner, key))
    text = "The ad is removed, with what you noted about applying. Tasks that came from it stay."
    offer_undo(request, text, reverse("transition:restore-ad", args=[key]))
    return redirect("transition:list-ads")


@require_POST
def restore_ad(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the ad that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    planned_or_404(learner)
    if kept.get("key") != key:
        say(request, "Nothing is left to bring back: another ad was removed since.", "care")
        return redirect("transition:list-ads")
    actions.restore_ad(learner, kept)
    del request.session[REMOVED]
    say(request, "The ad is back.", "info")
    return redirect("transition:show-ad", key)


@require_POST
def record_ads(request: HttpRequest) -> HttpResponse:
    """Records what the ads ask for as evidence."""
    learner = learner_of(request)
    planned_or_404(learner)
    form = RecordForm(request.POST)
    chosen = form.cleaned_data["confidentiality"] if form.is_valid() else Confidentiality.PRIVATE
    entry = actions.record_ads(learner, chosen)
    say(request, f"The analysis is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)
