"""Errors that a person can mend. Everything else is a bug and may raise what it likes."""

from __future__ import annotations


class UserError(Exception):
    """Something the person at the keyboard can put right. Shown without a traceback; their input is kept.

    ``message`` says what is wrong and where; ``hint`` says how to mend it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
