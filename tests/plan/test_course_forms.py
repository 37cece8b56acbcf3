from __future__ import annotations

from typing import Any

import pytest

from segue.courses.units import MOST_UNITS, Unit
from segue.curriculum import current
from segue.plan.course_forms import AboutForm, UnitFormSet, Units, about_initial, units_initial


def typed(*rows: dict[str, Any], known: frozenset[str] = frozenset()) -> Units:
    data = {f"units-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    data |= {"units-TOTAL_FORMS": str(len(rows)), "units-INITIAL_FORMS": "0"}
    return UnitFormSet(data, prefix="units", known=known)


def problems(units: Units) -> str:
    assert not units.is_valid()
    rows = [str(problem) for form in units.forms for found in form.errors.values() for problem in found]
    return " ".join([*rows, *map(str, units.non_form_errors())])


def test_empty_rows_are_none_and_order_stays() -> None:
    units = typed({"title": "B", "hours": "2"}, {}, {"title": "A", "hours": "0.5", "sliced": "on"})
    assert units.is_valid()
    assert units.units() == (Unit("B", 2), Unit("A", 0.5, sliced=True))


def test_concepts_are_named_as_on_the_map_or_in_the_glossary() -> None:
    units = typed({"title": "A", "hours": "2", "concepts": "drift, F1, ROC and AUC; Embeddings, embeddings; recall"})
    assert units.is_valid()
    assert units.units()[0].concepts == ("drift", "f1-roc-auc", "embeddings", "precision-and-recall")


@pytest.mark.parametrize("concept", current().concepts, ids=lambda c: c.id)
def test_every_concept_can_be_named_whatever_stands_beside_it(concept: Any) -> None:
    units = typed({"title": "A", "hours": "2", "concepts": f"drift, {concept.name}, embeddings"})
    assert units.is_valid()
    assert concept.id in units.units()[0].concepts


def test_a_new_unit_without_concepts_gets_those_that_its_title_names() -> None:
    units = typed({"title": "Clustering and drift, and no regressions", "hours": "2"})
    assert units.is_valid()
    assert set(units.units()[0].concepts) == {"clustering", "drift"}
    old = typed({"id": "u1", "title": "Clustering", "hours": "2"}, known=frozenset({"u1"}))
    assert old.is_valid()
    assert old.units()[0].concepts == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"title": "A"}, "A unit needs a title and its hours."),
        ({"hours": "2"}, "A unit needs a title and its hours."),
        ({"title": "A", "hours": "0"}, "A number from 0.1 to 200"),
        ({"title": "A", "hours": "201"}, "A number from 0.1 to 200"),
        ({"title": "A", "hours": "two"}, "A number from 0.1 to 200"),
        ({"title": "A", "hours": "nan"}, "A number from 0.1 to 200"),
        ({"title": "A" * 121, "hours": "1"}, "120"),
        ({"title": "A", "hours": "1", "concepts": "embedings"}, "There is no concept “embedings”. Did you mean “Embeddings”?"),
        ({"title": "A", "hours": "1", "concepts": "qqqq"}, "There is no concept “qqqq”. Copy its name from the map."),
        ({"concepts": "drift"}, "These concepts belong to no unit."),
        ({}, "A course needs at least one unit."),
        ({"id": "u9", "title": "A", "hours": "1"}, "The units have changed since this page was opened."),
    ],
)
def test_a_bad_row_says_what_to_mend(row: dict[str, str], words: str) -> None:
    assert words in problems(typed(row))


def test_a_unit_sent_twice_and_too_many_units_are_refused() -> None:
    twice = {"id": "u1", "title": "A", "hours": "1"}
    assert "The units have changed" in problems(typed(twice, twice, known=frozenset({"u1"})))
    assert str(MOST_UNITS) in problems(typed(*[{"title": "A", "hours": "1"}] * (MOST_UNITS + 1)))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "example.org"])
def test_only_addresses_of_the_web(url: str) -> None:
    form = AboutForm({"title": "Course", "url": url})
    assert "begins with https://" in str(form.errors["url"])


def test_a_course_of_the_catalogue_fits_into_the_form() -> None:
    for course in current().programme.courses:
        about = AboutForm(about_initial(course))
        assert about.is_valid(), (course.id, about.errors)
        rows = [{k: v for k, v in row.items() if v not in (False, "")} for row in units_initial(course, with_ids=False)]
        units = typed(*rows)
        assert units.is_valid(), (course.id, units.errors)
        again = [(u.title, u.hours, u.sliced) for u in units.units()]
        assert again == [(u.title, u.hours, u.id in course.slice) for u in course.units]
        taught = [(typed.concepts, there.concepts) for typed, there in zip(units.units(), course.units, strict=True)]
        assert all(mine == theirs for mine, theirs in taught if theirs)


def test_words_of_the_glossary_that_belong_to_no_concept_are_none() -> None:
    words = [word for term in current().terms if not term.concept for word in (term.term, *term.also)]
    assert words
    for word in words:
        units = typed({"title": word, "hours": "1"})
        assert units.is_valid()
        assert "" not in units.units()[0].concepts
    assert "There is no concept" in problems(typed({"title": "A", "hours": "1", "concepts": words[0]}))
