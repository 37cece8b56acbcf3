"""Names of the plan's pages."""

from __future__ import annotations

from django.urls import path

from segue.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.show_today, name="show-today"),
    path("plan/", views.show_plan, name="show-plan"),
    path("plan/week/<str:monday>/", views.show_week, name="show-week"),
    path("plan/hours/", views.edit_hours, name="edit-hours"),
    path("plan/replan/", views.offer_ways, name="offer-ways"),
    path("plan/replan/<str:way>/", views.take_way, name="take-way"),
    path("plan/courses/", views.list_courses, name="list-courses"),
    path("plan/courses/<str:course_id>/", views.take_course, name="take-course"),
    path("plan/choose/<str:sort>/<path:activity_id>/", views.make_choice, name="make-choice"),
    path("plan/undo/<str:sort>/<path:activity_id>/", views.undo_choice, name="undo-choice"),
    path("plan/calendar.ics", views.export_calendar, name="export-calendar"),
    path("plan/feed/<str:token>.ics", views.serve_feed, name="serve-feed"),
    path("plan/feed/renew/", views.renew_feed, name="renew-feed"),
]
