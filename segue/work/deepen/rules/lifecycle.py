"""What follows from the sheets about the life of a model."""

from __future__ import annotations

from collections.abc import Mapping

from segue.work.deepen.findings import Rule

RULES: Mapping[str, Rule] = {}
