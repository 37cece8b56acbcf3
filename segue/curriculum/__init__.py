"""The content of the six months: YAML files with stable ids, and the loader that says every fault with file, line and column.

``current()`` gives the content that is shipped. Importing this package reads nothing and does not import YAML.
"""

from __future__ import annotations

from functools import cache

from segue.curriculum.concept import Curriculum

__all__ = ["Curriculum", "current"]


@cache
def current() -> Curriculum:
    """The shipped content, read and checked at the first call. Raises ``ContentError`` where it has faults."""
    from segue.curriculum.loader import load

    return load()
