"""Courses of the catalogue and of one's own, from the pages: units, progress, the certificate, and what may not be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.courses.models import OwnCourse
from segue.curriculum import current
from segue.evidence.actions import log_time
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

TYPED = {
    "title": "ML reading circle",
    "provider": "Our data team",
    "units-0-title": "Session 1: embeddings and drift",
    "units-0-hours": "2",
    "units-1-title": "Session 2",
    "units-1-hours": "1.5",
    "units-1-concepts": "evals, F1, ROC and AUC",
}


def add(page: Client, **typed: str) -> Page:
    form = visit(page, visit(page, "/plan/courses/").link("Add a course of your own"))
    return press(page, form, "Keep the course", **{**TYPED, **typed})


def test_a_course_of_the_catalogue_is_shown_unit_by_unit(page: Client) -> None:
    for course in current().programme.courses:
        shown = visit(page, visit(page, "/plan/courses/").link(course.title))
        assert shown.status == 200
        assert shown.heading == course.title
        for unit in course.units:
            assert unit.title in shown.text
        links = dict(shown.links)
        for concept in {i for unit in course.units for i in unit.concepts}:
            assert links[current().concept_by_id[concept].name] == f"/learn/concepts/{concept}/"


def test_own_course_is_kept_taken_worked_on_and_certified(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    shown = add(page)
    assert shown.heading == "ML reading circle"
    assert "The course is kept. Nothing of it is in your plan until you take it." in shown.text
    assert "The whole course is about 3.5 h" in shown.text
    assert shown.link("Embeddings") == "/learn/concepts/embeddings/"
    assert not turn().inputs.attending
    before = turn().plan.ends_on
    taken = press(page, shown, "Take it whole")
    assert "The course is in your plan. It moves the end to" in taken.text
    assert "0 of 2 units" in taken.section("ML reading circle")
    assert turn().plan.ends_on != before
    unit = next(i for i in turn().activities if i.startswith("course:own-"))
    log_time(priya, activity_id=unit, minutes=120, on=MONDAY)
    shown = visit(page, shown.path)
    assert "1 of 2 units" in shown.text
    assert "2 h logged on it." in shown.text
    assert (
        "\nSession 2\n" in visit(page, shown.link("Session 2")).text
        or "Session 2" in visit(page, shown.link("Session 2")).heading
    )
    form = visit(page, shown.link("Record the certificate"))
    sent = form.form("Record").values | {"title": "My certificate", "attachments": SimpleUploadedFile("it.pdf", b"%PDF-1.4")}
    entry = page.post(shown.link("Record the certificate"), sent, follow=True)
    assert "ML reading circle: certificate" in entry.content.decode()
    shown = visit(page, shown.path)
    assert "2 of 2 units" in shown.text
    assert "It is in your ledger, and the course counts as done." in shown.text
    assert visit(page, shown.link("See the certificate")).heading == "My certificate"
    assert turn().plan.ends_on == before


def test_a_course_that_does_not_fit_is_warned_of_before_and_after(page: Client) -> None:
    shown = visit(page, "/plan/courses/machine-learning-specialization/")
    assert "The slice fits into the 8 weeks there are for it; the whole course does not." in shown.text
    press(page, shown, "Take it whole")
    assert "A course should fit into 8. Take its slice" in visit(page, "/plan/").text
    press(page, visit(page, shown.path), "Take the slice")
    assert "A course should fit into 8." not in visit(page, "/plan/").text


def test_concepts_lead_to_courses_and_those_taken_come_first(page: Client) -> None:
    shown = visit(page, "/learn/concepts/embeddings/")
    assert "Machine Learning Crash Course" in shown.section("Courses that teach it")
    own = add(page)
    press(page, own, "Take it whole")
    card = visit(page, "/learn/concepts/embeddings/").section("Courses that teach it")
    assert card.strip().startswith("ML reading circle in your plan")


def test_a_copy_of_the_catalogue_has_its_units_and_other_hours(page: Client, turn: Callable[[], Turn]) -> None:
    form = visit(page, visit(page, "/plan/courses/elements-of-ai/").link("Copy it"))
    shown = press(page, form, "Keep the course", **{"units-0-hours": "9"})
    course, copy = next(c for c in turn().programme.courses if c.id == "elements-of-ai"), turn().programme.courses[-1]
    assert [u.title for u in copy.units] == [u.title for u in course.units]
    assert [u.hours for u in copy.units] == [9, 5, 5, 5, 5, 5]
    assert len(copy.slice) == len(course.slice)
    assert "about 34 h" in shown.text


def test_bad_input_is_told_at_its_place_and_nothing_is_lost(page: Client) -> None:
    shown = add(page, **{"title": "", "units-1-concepts": "embedings", "url": "javascript:alert(1)"})
    assert shown.status == 422
    assert "Give the course a title." in shown.text
    assert "There is no concept “embedings”. Did you mean “Embeddings”?" in shown.text
    assert "An address begins with https://" in shown.text
    assert shown.form("Keep the course").values["units-0-title"] == TYPED["units-0-title"]
    assert not OwnCourse.objects.exists()


def test_hostile_words_stay_words(page: Client) -> None:
    shown = add(page, title="<script>alert(1)</script>", **{"units-0-title": "<img src=x onerror=alert(1)>" + "x" * 80})
    assert shown.heading == "<script>alert(1)</script>"
    assert "<script>alert" not in shown.html
    assert "<img" not in shown.html


def test_changed_units_keep_what_was_logged(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    shown = add(page)
    press(page, shown, "Take it whole")
    unit = next(i for i in turn().activities if i.startswith("course:own-"))
    logged = log_time(priya, activity_id=unit, minutes=30, on=MONDAY)
    form = visit(page, visit(page, shown.path).link("Change it"))
    refused = press(page, form, "Keep the course", **{"units-0-title": "", "units-0-hours": "", "units-0-concepts": ""})
    assert refused.status == 422
    assert "There are entries in your ledger for “Session 1: embeddings and drift”." in refused.text
    kept = press(
        page,
        form,
        "Keep the course",
        **{"units-0-title": "Session one", "units-1-title": "", "units-1-hours": "", "units-1-concepts": ""},
    )
    assert "The course is kept, and the plan follows it." in kept.text
    assert "30 min of 2 h" in kept.text
    assert "Session 2" not in kept.text
    assert "ML reading circle: Session one" in visit(page, f"/evidence/{logged.number}/").text


def test_a_course_is_removed_unless_the_ledger_names_it(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    shown = add(page)
    press(page, shown, "Take it whole")
    unit = next(i for i in turn().activities if i.startswith("course:own-"))
    log_time(priya, activity_id=unit, minutes=30, on=MONDAY)
    refused = press(page, visit(page, shown.path), "Remove the course")
    assert "There are entries in your ledger for this course" in refused.text
    other = add(page, title="Another")
    press(page, other, "Take it whole")
    assert len(turn().inputs.attending) == 2
    gone = press(page, visit(page, other.path), "Remove the course")
    assert "“Another” is removed." in gone.text
    assert [a.course.title for a in turn().inputs.attending] == ["ML reading circle"]
    assert visit(page, other.path).status == 404


@pytest.mark.parametrize("course_id", ["no-such-course", "own-0123456789", "elements-of-ai"])
def test_only_ones_own_courses_change(page: Client, course_id: str) -> None:
    assert visit(page, f"/plan/courses/{course_id}/change/").status == 404
    assert visit(page, f"/plan/courses/{course_id}/remove/", {}, "post").status == 404


def test_old_hours_and_costs_are_said_to_be_old(page: Client, on_day: Callable[[date], None]) -> None:
    as_of = date.fromisoformat(current().programme.courses[0].as_of)
    for days, old in ((90, False), (91, True)):
        on_day(as_of + timedelta(days=days))
        shown = visit(page, f"/plan/courses/{current().programme.courses[0].id}/")
        assert ("noted more than 90 days ago" in shown.text) is old


def test_a_window_opened_before_does_not_take_away_what_another_added(page: Client, turn: Callable[[], Turn]) -> None:
    shown = add(page)
    old = visit(page, shown.link("Change it"))
    new = visit(page, shown.link("Change it"))
    press(page, new, "Keep the course", **{"units-2-title": "Session 3", "units-2-hours": "1"})
    refused = press(page, old, "Keep the course", title="Other")
    assert refused.status == 422
    assert "Another window has changed the units meanwhile." in refused.text
    assert [unit.title for unit in turn().programme.courses[-1].units][-1] == "Session 3"
