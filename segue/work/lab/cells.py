"""Cells of spreadsheets that no program runs as a formula, for other months: the Lab's own rule."""

from __future__ import annotations

from feedback_lab.spreadsheets import bare_cell, safe_cell

__all__ = ["bare_cell", "safe_cell"]
