"""Contacts come in by a file, with a look at it first, and go out as one."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.uploads import refused_files
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.components import Tab
from segue.shared.notices import offer_undo, say
from segue.shared.templatetags.segue import plural
from segue.work.connect.actions import importing as actions
from segue.work.connect.contact_exports import csv_of, vcards_of
from segue.work.connect.importing_forms import ColumnsForm, ContactFileForm
from segue.work.connect.models import ContactImport
from segue.work.connect.queries import importing as queries
from segue.work.connect.queries.people import RELATED, people_fitting
from segue.work.connect.vcards import CONTENT_TYPE
from segue.work.connect.views.trail import trail

PEOPLE = "person,people"
CSV_TYPE = "text/csv; charset=utf-8"
AT_ONCE = 500


def _import_or_404(learner: Learner, key: str, *, whole: bool = False) -> ContactImport:
    rows = learner.contact_imports.select_related("learner")
    found = (rows if whole else rows.defer("rows", "rejected")).filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def import_contacts(request: HttpRequest) -> HttpResponse:
    """A file of contacts to look at first; nothing is taken in yet."""
    learner = learner_of(request)
    turn_or_404(learner)
    form = ContactFileForm()
    if request.method == "POST":
        form = ContactFileForm(request.POST, request.FILES, refused=refused_files(request))
        if form.is_valid():
            try:
                kept = actions.keep_file(learner, form.contacts())
            except UserError as error:
                form.add_error("attachments", str(error))
            else:
                return redirect("connect:preview-import", kept.key)
    context = {"form": form, "earlier": queries.earlier_imports(learner), "crumbs": trail(("Import contacts", ""))}
    return render(request, "connect/import_contacts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview_import(request: HttpRequest, key: str) -> HttpResponse:
    """What taking the file in would do, after its columns were said where they are not known."""
    kept = _import_or_404(learner_of(request), key, whole=True)
    if kept.taken_at is not None:
        say(request, "This file was taken in already.", "info")
        return redirect("connect:import-contacts")
    if queries.needs_columns(kept):
        return _columns(request, kept)
    if request.method == "POST":
        return redirect("connect:preview-import", key)
    preview = queries.preview_of(kept, request.GET.get("show", ""), request.GET.get("page"))
    tabs = [
        Tab(words, f"?show={state}", state == preview.state, preview.counts[state]) for state, words in queries.STATES.items()
    ]
    context = {"preview": preview, "tabs": tabs, "crumbs": _crumbs("Look first")}
    return render(request, "connect/preview_import.html", context)


def _columns(request: HttpRequest, kept: ContactImport) -> HttpResponse:
    table = queries.table_of(kept)
    typed = request.POST if request.method == "POST" else None
    form = ColumnsForm(typed, columns=queries.examples_of(table), guess=table.heading.columns)
    if form.is_bound and form.is_valid():
        try:
            actions.set_columns(kept, table, form.chosen())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return redirect("connect:preview-import", kept.key)
    context = {"form": form, "contacts": kept, "count": len(table.rows), "crumbs": _crumbs("Columns")}
    return render(request, "connect/choose_contact_columns.html", context, status=422 if form.errors else 200)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return trail(("Import contacts", reverse("connect:import-contacts")), (here, ""))


@require_POST
def take_import(request: HttpRequest, key: str) -> HttpResponse:
    """Takes the contacts in."""
    kept = _import_or_404(learner_of(request), key)
    try:
        taken = actions.take_import(kept)
    except UserError as error:
        say(request, str(error), "care")
        return redirect("connect:import-contacts")
    words = f"{plural(taken.new, PEOPLE)} came new, {taken.changed:,} changed."
    if taken.new:
        offer_undo(request, words, reverse("connect:undo-import", args=[key]))
    else:
        say(request, words)
    return redirect(f"{reverse('connect:list-people')}?who=all")


@require_POST
def drop_import(request: HttpRequest, key: str) -> HttpResponse:
    """Forgets a file that was only looked at."""
    actions.drop_import(_import_or_404(learner_of(request), key))
    say(request, "The file is forgotten. Nothing was taken in.", "info")
    return redirect("connect:import-contacts")


@require_POST
def undo_import(request: HttpRequest, key: str) -> HttpResponse:
    """Removes the people that a file brought, but those to whom something was added since."""
    gone, left = actions.undo_import(_import_or_404(learner_of(request), key))
    stays = f" {plural(left, PEOPLE)} stay: something was added to them since." if left else ""
    say(request, f"{plural(gone, PEOPLE)} of this file removed.{stays}", "care" if left else "good")
    return redirect("connect:import-contacts")


@require_safe
def export_vcards(request: HttpRequest) -> StreamingHttpResponse:
    """People as vCards: all, those with a relation, or those that the query of the list chooses."""
    people = people_fitting(learner_of(request), request.GET.dict()).iterator(AT_ONCE)
    return _file(request, vcards_of(people), "vcf", CONTENT_TYPE)


@require_safe
def export_people(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV."""
    people = people_fitting(learner_of(request), request.GET.dict()).iterator(AT_ONCE)
    return _file(request, csv_of(people), "csv", CSV_TYPE)


def _file(request: HttpRequest, lines: Iterator[str], ending: str, content_type: str) -> StreamingHttpResponse:
    who = "-with-a-relation" if request.GET.get("who") == RELATED else ""
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="people{who}-{clock.today().isoformat()}.{ending}"'
    return response
