"""What may be asked of the endpoint: the schema, and requests checked against it with errors that name the place."""

from __future__ import annotations

import json
from typing import Any

from feedback_lab.errors import LabError

MAX_BODY = 1_000_000
MAX_TEXTS = 100
MAX_CHARACTERS = 20_000


class Refusal(LabError):
    """A request that is refused: HTTP ``status``, and ``at``, the place in the request."""

    def __init__(self, status: int, message: str, hint: str = "", at: str = "") -> None:
        super().__init__(message, hint)
        self.status = status
        self.at = at

    def body(self) -> dict[str, Any]:
        """As it is sent."""
        return {"error": {"message": self.message, "hint": self.hint, "at": self.at}}


def texts_of(body: bytes) -> list[str]:
    """The texts of a request. Raises ``Refusal`` (400) for the first thing that is wrong; it never repeats what was sent."""
    try:
        value = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise Refusal(400, "The body is not UTF-8.", "Send JSON in UTF-8.", f"byte {fault.start}") from None
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise Refusal(400, f"The body is not JSON: {fault.msg}.", 'Send {"texts": ["..."]}.', place) from None
    except (RecursionError, ValueError):
        raise Refusal(400, "The body is JSON that nobody would write by hand.", 'Send {"texts": ["..."]}.', "body") from None
    if not isinstance(value, dict) or "texts" not in value:
        raise Refusal(400, "The body has no texts.", 'Send an object: {"texts": ["..."]}.', "texts")
    unknown = len(value) - 1
    if unknown:
        raise Refusal(400, f"The body has {unknown} more fields than “texts”.", 'Send only {"texts": ["..."]}.', "body")
    return _checked(value["texts"])


def _checked(texts: Any) -> list[str]:
    if not isinstance(texts, list) or not texts:
        raise Refusal(400, "“texts” is not a list with at least one text.", 'Send {"texts": ["..."]}.', "texts")
    if len(texts) > MAX_TEXTS:
        raise Refusal(400, f"There are {len(texts):,} texts.", f"Send at most {MAX_TEXTS} at a time.", "texts")
    for at, text in enumerate(texts):
        fault = _fault(text)
        if fault:
            raise Refusal(400, f"A text {fault[0]}.", fault[1], f"texts[{at}]")
    return texts


def _fault(text: Any) -> tuple[str, str] | None:
    if not isinstance(text, str):
        return "is not a string", "Put each text in quotation marks."
    if not text.strip():
        return "is empty", "Leave it out."
    if len(text) > MAX_CHARACTERS:
        return f"has {len(text):,} characters", f"Send at most {MAX_CHARACTERS:,}."
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return "holds half a character (a lone surrogate)", "Send whole characters, such as an emoji as one."
    return None


def schema(classes: tuple[str, ...], version: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of request, answer and error, with the addresses there are."""
    text = {"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS}
    prediction = {
        "label": {"enum": list(classes)},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "redacted": {"type": "boolean", "description": "personal data in the text was replaced before the model saw it"},
    }
    message = {name: {"type": "string"} for name in ("message", "hint", "at")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Feedback Lab: labels for texts",
        "version": version,
        "endpoints": {
            "POST /predict": "request -> answer; Content-Type: application/json",
            "GET /schema": "this",
            "GET /version": "the version that answers, its figures, what it was made from",
            "GET /health": "whether it answers",
            "POST /rollback": "back to the version before; Authorization: Bearer and the token printed at the start",
        },
        "$defs": {
            "request": _object({"texts": {"type": "array", "minItems": 1, "maxItems": MAX_TEXTS, "items": text}}),
            "answer": _object({"version": {"type": "string"}, "predictions": {"type": "array", "items": _object(prediction)}}),
            "error": _object({"error": _object(message)}),
        },
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
