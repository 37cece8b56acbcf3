"""Names of the plan's pages."""

from __future__ import annotations

from django.urls import path

from segue.plan.views import courses, plan

app_name = "plan"
urlpatterns = [
    path("", plan.show_today, name="show-today"),
    path("plan/", plan.show_plan, name="show-plan"),
    path("plan/week/<str:monday>/", plan.show_week, name="show-week"),
    path("plan/hours/", plan.edit_hours, name="edit-hours"),
    path("plan/replan/", plan.offer_ways, name="offer-ways"),
    path("plan/replan/<str:way>/", plan.take_way, name="take-way"),
    path("plan/courses/", courses.list_courses, name="list-courses"),
    path("plan/courses/add/", courses.add_course, name="add-course"),
    path("plan/courses/<str:course_id>/", courses.show_course, name="show-course"),
    path("plan/courses/<str:course_id>/take/", courses.take_course, name="take-course"),
    path("plan/courses/<str:course_id>/change/", courses.change_course, name="change-course"),
    path("plan/courses/<str:course_id>/remove/", courses.remove_course, name="remove-course"),
    path("plan/choose/<str:sort>/<path:activity_id>/", plan.make_choice, name="make-choice"),
    path("plan/undo/<str:sort>/<path:activity_id>/", plan.undo_choice, name="undo-choice"),
    path("plan/calendar.ics", plan.export_calendar, name="export-calendar"),
    path("plan/feed/<str:token>.ics", plan.serve_feed, name="serve-feed"),
    path("plan/feed/renew/", plan.renew_feed, name="renew-feed"),
]
