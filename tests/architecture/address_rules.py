"""Addresses: each has a name, and each name says who may open it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.urls import URLPattern, URLResolver

NAME = re.compile(r"([a-z]+:)?[a-z]+(-[a-z]+)*")


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every address below a resolver, as ``app:verb-noun``; of one without a name, its route in angle brackets."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + pattern.name if pattern.name else f"<{pattern.pattern}>"
        else:
            yield from names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def without_a_row(found: Collection[str], matrix: Collection[str]) -> list[str]:
    """Names that the access matrix does not know, and rows of it whose address is gone."""
    missing = [f"{name} has no row in tests/access/matrix.py" for name in sorted(set(found) - set(matrix))]
    return missing + [f"{name} has a row in tests/access/matrix.py but no address" for name in sorted(set(matrix) - set(found))]


def badly_named(found: Collection[str]) -> list[str]:
    """Addresses without a name, or with one that is not ``app:verb-noun``."""
    return [f"{name} is not named app:verb-noun" for name in sorted(found) if not NAME.fullmatch(name)]
