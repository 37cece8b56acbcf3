"""Redaction: e-mail addresses, telephone numbers and other personal data replaced by placeholders such as ``[EMAIL]``."""

from __future__ import annotations

from feedback_lab.redact.redaction import NOT_CAUGHT, Redacted, preview, redact, redact_rows, redact_texts, result
from feedback_lab.redact.spans import KINDS, STRUCTURED, Span

__all__ = ["KINDS", "NOT_CAUGHT", "STRUCTURED", "Redacted", "Span", "preview", "redact", "redact_rows", "redact_texts", "result"]
