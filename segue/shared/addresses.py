"""Addresses that a request brings along: whether they lead to a page of ours."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, *wanted: str) -> str:
    """The first of these that leads to a page of this Segue; empty where none does, so that nobody is sent elsewhere."""
    hosts, secure = {request.get_host()}, request.is_secure()
    fits = (url for url in wanted if url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=secure))
    return next(fits, "")
