"""The way from the top of month 6 to a page below it."""

from __future__ import annotations

from django.urls import reverse


def trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumb: names with their addresses, the last one without."""
    return [("Transition", reverse("transition:show-transition")), *here]
