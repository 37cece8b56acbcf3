"""Parsing of what people type about themselves."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Name and password; Django's own checks and messages."""
