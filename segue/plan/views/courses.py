"""Courses beside the programme: which would fit, how far one has come, and courses of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.activity import Course, Programme
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.courses import actions
from segue.courses.models import OwnCourse
from segue.courses.queries import course_from, programme_of
from segue.courses.units import mark_of
from segue.curriculum import current
from segue.evidence.queries import recorded_for
from segue.plan.course_forms import AboutForm, CourseForm, UnitFormSet, Units, about_initial, units_initial
from segue.plan.courses import course_page, offers
from segue.schedule.actions import choose, undo_choice
from segue.schedule.models import ChoiceSort
from segue.schedule.queries import turn_or_404
from segue.shared.notices import offer_undo, say


@require_safe
def list_courses(request: HttpRequest) -> HttpResponse:
    """Would a course beside the programme fit?"""
    found = offers(turn_or_404(learner_of(request)))
    taken, others = [o for o in found if o.is_begun], [o for o in found if not o.is_begun]
    return render(request, "plan/courses.html", {"taken": taken, "others": others, "crumbs": _crumbs()})


@require_safe
def show_course(request: HttpRequest, course_id: str) -> HttpResponse:
    """One course, unit by unit."""
    found = turn_or_404(learner_of(request))
    page = course_page(found, _course_or_404(found.programme, course_id))
    crumbs = _crumbs(page.offer.course.title)
    return render(request, "plan/course.html", {"page": page, "offer": page.offer, "course": page.offer.course, "crumbs": crumbs})


@require_POST
def take_course(request: HttpRequest, course_id: str) -> HttpResponse:
    """Puts a course, or its slice, into the plan."""
    learner = learner_of(request)
    form = CourseForm(request.POST)
    course = _course_or_404(programme_of(learner), course_id)
    if not form.is_valid():
        raise Http404
    before = turn_or_404(learner).plan.ends_on
    choose(learner, ChoiceSort.COURSE, course.id, scope=form.cleaned_data["scope"])
    text = _taken_words(turn_or_404(learner), before)
    offer_undo(request, text, reverse("plan:undo-choice", args=["course", course.id]))
    return redirect("plan:list-courses")


def _taken_words(turn: Turn, before: object) -> str:
    ends, kept = turn.plan.ends_on, "The course is in your plan."
    if ends is None:
        return f"{kept} With it the plan does not end any more: give the week more hours, or take the course out again."
    return f"{kept} The end stays where it was." if ends == before else f"{kept} It moves the end to {written_date(ends)}."


@require_http_methods(["GET", "HEAD", "POST"])
def add_course(request: HttpRequest) -> HttpResponse:
    """A course of one's own; with ``copy``, one of the catalogue to put right."""
    learner = learner_of(request)
    turn_or_404(learner)
    copied = next((c for c in programme_of(learner).courses if c.id == request.GET.get("copy")), None)
    rows = units_initial(copied, with_ids=False) if copied else []
    about = AboutForm(request.POST or None, initial=about_initial(copied) if copied else {})
    units = UnitFormSet(request.POST or None, prefix="units", initial=rows)
    if request.method == "POST" and about.is_valid() and units.is_valid():
        row = _kept(about, lambda: actions.add_course(learner, about.about(), units.units()))
        if row is not None:
            say(request, "The course is kept. Nothing of it is in your plan until you take it.")
            return redirect("plan:show-course", row.key)
    context = {"copied": copied, "crumbs": _crumbs("A course of your own"), "cancel": reverse("plan:list-courses")}
    return _form_page(request, "plan/add_course.html", about, units, context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_course(request: HttpRequest, course_id: str) -> HttpResponse:
    """Other hours, other units, another title."""
    learner = learner_of(request)
    row = _own_or_404(learner, course_id)
    course = course_from(row)
    about = AboutForm(request.POST or None, initial=about_initial(course))
    known = frozenset(unit.id for unit in course.units)
    units = UnitFormSet(request.POST or None, prefix="units", initial=units_initial(course, with_ids=True), known=known)
    if request.method == "POST" and about.is_valid() and units.is_valid():
        recorded, seen = _recorded(learner, course), request.POST.get("seen", "")
        if _kept(about, lambda: actions.change_course(row, about.about(), units.units(), recorded, seen)):
            say(request, "The course is kept, and the plan follows it.")
            return redirect("plan:show-course", row.key)
    seen = request.POST.get("seen", "") or mark_of(row.units)
    context = {
        "course": course,
        "seen": seen,
        "crumbs": _crumbs(course.title),
        "cancel": reverse("plan:show-course", args=[course.id]),
    }
    return _form_page(request, "plan/change_course.html", about, units, context)


@require_POST
def remove_course(request: HttpRequest, course_id: str) -> HttpResponse:
    """A course of one's own goes; entries of the ledger hold it."""
    learner = learner_of(request)
    row = _own_or_404(learner, course_id)
    try:
        actions.remove_course(row, _recorded(learner, course_from(row)))
    except UserError as error:
        say(request, str(error), kind="problem")
        return redirect("plan:show-course", course_id)
    undo_choice(learner, ChoiceSort.COURSE, course_id)
    say(request, f"“{row.title}” is removed.")
    return redirect("plan:list-courses")


def _kept(about: AboutForm, act: Callable[[], OwnCourse]) -> OwnCourse | None:
    try:
        return act()
    except UserError as error:
        about.add_error(None, str(error))
        return None


def _form_page(request: HttpRequest, template: str, about: AboutForm, units: Units, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    names = sorted(concept.name for concept in current().concept_by_id.values())
    return render(request, template, {**context, "about": about, "units": units, "names": names}, status=status)


def _recorded(learner: Learner, course: Course) -> frozenset[str]:
    prefix = f"course:{course.id}:"
    return frozenset(found.removeprefix(prefix) for found in recorded_for(learner, prefix))


def _own_or_404(learner: Learner, course_id: str) -> OwnCourse:
    return get_object_or_404(learner.own_courses, key=course_id)


def _course_or_404(programme: Programme, course_id: str) -> Course:
    for course in programme.courses:
        if course.id == course_id:
            return course
    raise Http404


def _crumbs(here: str = "") -> list[tuple[str, str]]:
    courses = [("Courses", reverse("plan:list-courses") if here else "")]
    return [("Plan", reverse("plan:show-plan")), *courses, *([(here, "")] if here else [])]
