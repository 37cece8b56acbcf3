"""Turns of the loop are shared between the tests of these pages."""

from __future__ import annotations

from tests.remembering import remembered_turns

__all__ = ["remembered_turns"]
