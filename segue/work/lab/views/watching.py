"""Pages that watch a job."""

from __future__ import annotations

from django.http import HttpResponse


def over() -> HttpResponse:
    """What a page gets in place of the fragment it asked for when the job is over: it loads itself anew."""
    return HttpResponse(headers={"HX-Refresh": "true"})
