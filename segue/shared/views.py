"""Pages about the program itself."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from segue.shared.styleguide import specimens


@require_http_methods(["GET", "HEAD", "POST"])
def show_styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once, for whoever builds pages. Not part of the product."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "shared/styleguide.html", specimens(request))
