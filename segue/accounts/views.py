"""Signing in and out. Single-user mode needs neither."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from segue.accounts.forms import SignInForm
from segue.shared.addresses import own_address
from segue.shared.attempts import WINDOW, attempts


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; it does not exist where nobody needs to sign in."""
    if settings.SINGLE_USER:
        raise Http404
    if attempts.are_spent(request):
        return _refuse(request)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        # Not by redirect, which looks for a page of such a name, and breaks where a word is none.
        return HttpResponseRedirect(own_address(request, request.POST.get("next", "")) or "/")
    if form.non_field_errors():  # both were given, and they do not belong together
        attempts.count(request)
    return render(request, "accounts/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


def _refuse(request: HttpRequest) -> HttpResponse:
    """429: nothing is tried, so a right password is not let in either. What was typed as name and aim stays."""
    form = SignInForm(request, initial={"username": request.POST.get("username", "")})
    wanted = {"next": request.POST.get("next", request.GET.get("next", "")), "minutes": WINDOW.seconds // 60}
    response = render(request, "accounts/sign_in.html", {"form": form, "is_refused": True, **wanted}, status=429)
    response.headers["Retry-After"] = str(WINDOW.seconds)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("/")
