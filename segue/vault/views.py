"""Pages about the data: where it lies, taking it along, what a job does."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.jobs.actions import cancel
from segue.jobs.queries import job_of
from segue.shared.notices import say
from segue.vault import actions, queries


@require_safe
def show_data(request: HttpRequest) -> HttpResponse:
    """Where is my data, and how do I take it along?"""
    learner_of(request)
    return render(request, "vault/data.html", {"page": queries.data_page()})


@require_POST
def make_export(request: HttpRequest) -> HttpResponse:
    """Everything of the learner as one zip, made by the worker."""
    return redirect("vault:show-job", actions.ask_for_export(learner_of(request)).pk)


@require_POST
def make_backup(request: HttpRequest) -> HttpResponse:
    """A full backup, made by the worker."""
    return redirect("vault:show-job", actions.ask_for_backup(learner_of(request)).pk)


@require_safe
def show_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far it is. htmx asks for the fragment alone, again and again until the job is over."""
    page = queries.job_page(learner_of(request), job_id)
    template = "vault/_job.html" if request.headers.get("HX-Request") == "true" else "vault/job.html"
    return render(request, template, {"page": page})


@require_POST
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stops it; nothing of it is kept."""
    if cancel(job_of(learner_of(request), job_id)):
        say(request, "Cancelled. Your data is as it was.", "info")
    return redirect("vault:show-job", job_id)


@require_safe
def download_result(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """The finished file, streamed."""
    file = queries.job_page(learner_of(request), job_id).file
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, filename=file.name, content_type="application/zip")


@require_safe
def show_health(request: HttpRequest) -> JsonResponse:
    """Says that this is Segue, which one, and with which data folder. Needs no database."""
    is_public = urlsplit(f"//{request.get_host()}").hostname == urlsplit(settings.PUBLIC_URL).hostname
    return JsonResponse(queries.health(is_near=not is_public))
