"""Every record comes back from JSON as it was, and a damaged one is said to be."""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
import types
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lab.errors import DamagedRun
from feedback_lab.files import json_text, plain
from feedback_lab.records import figures, findings, models, rows, source
from feedback_lab.records.figures import Estimate
from feedback_lab.records.findings import EmbedResult, SentimentResult
from feedback_lab.records.models import ThresholdPoint
from feedback_lab.records.restoring import restore
from feedback_lab.records.rows import Roles, Segment

# These hold arrays and are stored as Parquet.
TABLES = {rows.Rows, models.Predictions}
RECORDS = [
    kind
    for module in (figures, findings, models, rows, source)
    for _, kind in inspect.getmembers(module, dataclasses.is_dataclass)
    if kind.__module__ == module.__name__ and kind not in TABLES
]

WITHOUT_RATINGS = {"method": "m", "rows": 1, "shares": {}, "against_ratings": None, "majority": None, "says": ""}
FULL = plain(Estimate(0.5, 0.4, 0.6, 10))
EMBEDDED = plain(EmbedResult("adapted", "English", 384, 60, 0.9, 1.0, ("en",)))
# What JSON keeps of a float: nine digits.
FLOATS = st.floats(allow_infinity=False).map(lambda value: float(f"{value:.9g}"))


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of the types that records are made of."""
    origin, inner = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return st.builds(hint, **{name: values_of(each) for name, each in get_type_hints(hint).items()})  # type: ignore[arg-type]
    if origin is types.UnionType:
        return st.one_of([values_of(each) for each in inner])
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values_of(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_of, inner))
    if origin is dict:
        return st.dictionaries(st.text(), values_of(inner[1]), max_size=2).map(lambda made: dict(sorted(made.items())))
    return FLOATS if hint is float else st.from_type(hint)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_come_back(kind: type[Any]) -> None:
    @given(values_of(kind))
    @settings(max_examples=10)
    def comes_back(record: Any) -> None:
        text = json_text(record)
        found = restore(kind, json.loads(text))
        assert json_text(found) == text
        assert repr(found) == repr(record)  # repr, since NaN is not equal to NaN

    comes_back()


def test_all_kinds_of_records_are_tried() -> None:
    assert len(RECORDS) > 30


def test_a_field_that_an_older_version_did_not_write_takes_its_default() -> None:
    assert restore(Roles, {"text": "review"}) == Roles("review")
    assert restore(Segment, {"column": "age", "what a newer version wrote": 1}) == Segment("age")


def test_nothing_stands_for_nan_and_for_nothing() -> None:
    assert math.isnan(restore(Estimate, {"value": None, "low": 0, "high": 1, "n": 3}).value)
    assert restore(SentimentResult, WITHOUT_RATINGS).against_ratings is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Estimate, {name: value for name, value in FULL.items() if name != "n"}),
        (Estimate, FULL | {"n": "10"}),
        (Estimate, FULL | {"n": None}),
        (Estimate, FULL | {"n": 10.5}),
        (Estimate, FULL | {"value": "half"}),
        (Estimate, FULL | {"value": [0.5]}),
        (Estimate, None),
        (Estimate, []),
        (Estimate, "value low high n"),
        (Roles, {"text": "a", "segments": {"column": "b"}}),
        (Roles, {"text": "a", "segments": "bc"}),
        (Roles, {"text": "a", "segments": [{"edges": [1]}]}),
        (Roles, {"text": "a", "time": 3}),
        (Roles, {"text": None}),
        (EmbedResult, EMBEDDED | {"languages": "en"}),
        (ThresholdPoint, {"threshold": 0.5}),
        (SentimentResult, WITHOUT_RATINGS | {"shares": [["negative", FULL]]}),
    ],
)
def test_a_damaged_record_is_said_to_be(kind: type[Any], value: object) -> None:
    with pytest.raises(DamagedRun, match=kind.__name__):
        restore(kind, value)
