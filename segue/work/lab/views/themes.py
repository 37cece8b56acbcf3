"""What the texts are about: themes, read, and mended by hand."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.drafts import whole_number
from segue.shared.notices import say
from segue.work.lab.actions import themes as actions
from segue.work.lab.models import Analysis
from segue.work.lab.queries.themes import edit_words
from segue.work.lab.queries.workspace import below, done_or_404, workspace
from segue.work.lab.theme_forms import MergeForm, RenameForm, SplitForm
from segue.work.lab.themes import ThemeShown, ThemesPage, themes_of


def _list(request: HttpRequest, analysis: Analysis, page: ThemesPage, form: MergeForm | None = None) -> HttpResponse:
    ticked = form.data.getlist("theme") if form else []  # type: ignore[attr-defined]
    context = {
        "here": "Themes",
        "work": workspace(analysis, "themes"),
        "page": page,
        "form": form,
        "ticked": [whole_number(text) for text in ticked],
    }
    return render(request, "lab/show_themes.html", context, status=422 if form else 200)


@require_safe
def show_themes(request: HttpRequest, pk: int) -> HttpResponse:
    """All themes, what they are made of, and what was changed by hand."""
    analysis = done_or_404(learner_of(request), pk)
    return _list(request, analysis, themes_of(analysis))


@require_safe
def show_theme(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """One theme: what is typical, what is in it by chance, and how to mend it."""
    analysis = done_or_404(learner_of(request), pk)
    return _theme(request, analysis, *_found(analysis, theme))


def _found(analysis: Analysis, number: int) -> tuple[ThemesPage, ThemeShown]:
    page = themes_of(analysis)
    theme = page.numbered(number)
    if theme is None:
        raise Http404
    return page, theme


def _theme(request: HttpRequest, analysis: Analysis, page: ThemesPage, theme: ThemeShown, **bound: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "here": theme.name,
        "work": below(analysis, "themes", theme.name),
        "page": page,
        "theme": theme,
        "rename": RenameForm(initial={"name": page.name_ahead(theme.number)}),
        "split": SplitForm(finer=len(theme.finer)),
        **bound,
    }
    return render(request, "lab/show_theme.html", context, status=422 if bound else 200)


@require_POST
def rename_theme(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """Gives a theme another name."""
    analysis = done_or_404(learner_of(request), pk)
    page, shown = _found(analysis, theme)
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            actions.rename_theme(analysis, theme, form.cleaned_data["name"])
        except UserError as error:
            form.add_error("name", str(error))
        else:
            say(request, f"“{shown.name}” will be “{form.cleaned_data['name']}” with the next run.")
            return redirect("lab:show-themes", pk)
    return _theme(request, analysis, page, shown, rename=form)


@require_POST
def split_theme(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """Parts a theme."""
    analysis = done_or_404(learner_of(request), pk)
    page, shown = _found(analysis, theme)
    form = SplitForm(request.POST, finer=len(shown.finer))
    if form.is_valid():
        try:
            actions.split_theme(analysis, theme, form.cleaned_data["into"])
        except UserError as error:
            form.add_error("into", str(error))
        else:
            say(request, f"“{shown.name}” will be split into {form.cleaned_data['into']} with the next run.")
            return redirect("lab:show-themes", pk)
    return _theme(request, analysis, page, shown, split=form)


@require_POST
def merge_themes(request: HttpRequest, pk: int) -> HttpResponse:
    """Joins themes that are one."""
    analysis = done_or_404(learner_of(request), pk)
    page = themes_of(analysis)
    form = MergeForm(request.POST, choices=list(page.names.items()))
    if form.is_valid():
        try:
            edit = actions.merge_themes(analysis, form.cleaned_data["theme"])
        except UserError as error:
            form.add_error("theme", str(error))
        else:
            say(request, f"Noted for the next run: {edit_words(edit, page.names)}.")
            return redirect("lab:show-themes", pk)
    return _list(request, analysis, page, form)


@require_POST
def undo_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the last edit by hand back."""
    analysis = done_or_404(learner_of(request), pk)
    page = themes_of(analysis)
    edit = actions.undo_edit(analysis, whole_number(request.POST.get("of")))
    say(request, f"Taken back: {edit_words(edit, page.names)}.", "info")
    return redirect("lab:show-themes", pk)
