"""How good redaction is, against texts whose personal data somebody has marked.

A marked span is **found** where at least 80% of its letters and digits lie inside spans of a kind that fits (*typed*), or of any
kind (*any*: it is out of the text, if under the wrong name). A replacement is **right** where it overlaps a marked span whose
type fits (*typed*), or one of any type (*any*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback_lab.intervals import wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.redact.redaction import redact
from feedback_lab.redact.spans import Span

ENOUGH = 0.8
# Type of the gold set -> our kind. A town or postcode alone is no address, but it is right to take it out as part of one.
KIND_OF = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "US_SSN": "SSN",
    "DOMAIN_NAME": "URL",
    "US_DRIVER_LICENSE": "ID",
    "STREET_ADDRESS": "ADDRESS",
    "ZIP_CODE": "ADDRESS",
    "GPE": "ADDRESS",
    "PERSON": "NAME",
}
TARGETED = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "US_SSN")


@dataclass(frozen=True)
class KindScore:
    """One row of the table. ``gold`` is a type of the gold set; precision is that of our ``kind``, the same for all its types."""

    gold: str
    kind: str
    marked: int
    predicted: int
    recall: Estimate  # typed
    recall_any: Estimate
    precision: Estimate  # typed
    precision_any: Estimate

    @property
    def f1(self) -> float:
        """Harmonic mean of typed precision and recall, 0-1."""
        total = self.precision.value + self.recall.value
        return 2 * self.precision.value * self.recall.value / total if total else 0.0


def measure(texts: Sequence[str], gold: Sequence[Sequence[Span]]) -> tuple[KindScore, ...]:
    """Redact the texts and compare with ``gold``: for each text its marked spans, ``kind`` being a key of ``KIND_OF``.

    Other types count for the *any* figures only. One row for each type, then one for all of ``TARGETED`` together.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for text, marked in zip(texts, gold, strict=True):
        predicted = redact(text).spans
        _count_found(counts, text, marked, predicted)
        _count_right(counts, marked, predicted)
    rows = [_score(counts, gold_type, (gold_type,), (kind,), kind) for gold_type, kind in KIND_OF.items()]
    kinds = [KIND_OF[gold_type] for gold_type in TARGETED]
    return (*rows, _score(counts, "all structured", TARGETED, kinds, "these six"))


def _count_found(counts: Counter[tuple[str, str]], text: str, marked: Sequence[Span], predicted: Sequence[Span]) -> None:
    for gold in marked:
        counts[gold.kind, "marked"] += 1
        counts[gold.kind, "found"] += _covers(text, gold, [span for span in predicted if span.kind == KIND_OF.get(gold.kind)])
        counts[gold.kind, "found any"] += _covers(text, gold, predicted)


def _covers(text: str, gold: Span, spans: Sequence[Span]) -> bool:
    places = {at for at in range(gold.start, gold.end) if text[at].isalnum()}
    covered = sum(any(span.start <= at < span.end for span in spans) for at in places)
    return covered >= ENOUGH * len(places)


def _count_right(counts: Counter[tuple[str, str]], marked: Sequence[Span], predicted: Sequence[Span]) -> None:
    for span in predicted:
        touched = {gold.kind for gold in marked if gold.start < span.end and span.start < gold.end}
        counts[span.kind, "predicted"] += 1
        counts[span.kind, "right"] += span.kind in {KIND_OF.get(gold_type) for gold_type in touched}
        counts[span.kind, "right any"] += bool(touched)


def _score(counts: Counter[tuple[str, str]], name: str, types: Iterable[str], kinds: Iterable[str], kind: str) -> KindScore:
    marked, found, found_any = (sum(counts[gold_type, what] for gold_type in types) for what in ("marked", "found", "found any"))
    predicted, right, right_any = (sum(counts[one, what] for one in kinds) for what in ("predicted", "right", "right any"))
    return KindScore(
        name,
        kind,
        marked,
        predicted,
        wilson(found, marked),
        wilson(found_any, marked),
        wilson(right, predicted),
        wilson(right_any, predicted),
    )
