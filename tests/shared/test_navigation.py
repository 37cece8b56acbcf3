"""Navigation: the loop in order, one place marked, nothing that does not exist, nothing for people outside."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from segue.shared.navigation import NavigationItem, main_items, navigation, quiet_items

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


def page(*_: object, **__: object) -> HttpResponse:
    return HttpResponse()


def urls(**apps: list[URLPattern]) -> ModuleType:
    """A URL configuration with these apps."""
    patterns: list[URLResolver] = [path("", include((patterns, app))) for app, patterns in apps.items()]
    module = ModuleType("made_up_urls")
    module.urlpatterns = patterns  # type: ignore[attr-defined]
    return module


ALL = urls(
    plan=[
        path("", page, name="show-today"),
        path("plan/", page, name="show-plan"),
        path("plan/hours/", page, name="edit-hours"),
    ],
    evidence=[path("evidence/", page, name="list-evidence")],
    readiness=[path("readiness/", page, name="show-readiness")],
    vault=[path("data/", page, name="show-data")],
    workbench=[path("glossary/", page, name="list-terms"), path("<slug:area>/", page, name="show-area")],
)


@pytest.fixture
def everything(settings: Settings) -> None:
    settings.ROOT_URLCONF = ALL


def marked(path_: str) -> list[str]:
    """Labels of what is marked as the current page, children included."""
    items: list[NavigationItem] = [*main_items(path_), *quiet_items(path_)]
    return [item.label for top in items for item in (top, *top.children) if item.current]


@pytest.mark.usefixtures("everything")
def test_the_loop_in_its_order() -> None:
    items = main_items("/")
    assert [item.label for item in items] == ["Today", "Plan", "Work", "Evidence", "Readiness"]
    assert [(item.label, item.url, item.note) for item in items[2].children] == [
        ("Learn", "/learn/", "1-2"),
        ("Build", "/build/", "3"),
        ("Connect", "/connect/", "4"),
        ("Deepen", "/deepen/", "5"),
        ("Transition", "/transition/", "6"),
    ]
    assert [item.url for item in quiet_items("/")] == ["/glossary/", "/data/", "/plan/hours/"]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("path_", "label"),
    [
        ("/", "Today"),
        ("/plan/", "Plan"),
        ("/plan/week/2026-11-23/", "Plan"),
        ("/plan/hours/", "Hours and settings"),
        ("/learn/concepts/recall/", "Learn"),
        ("/connect/people/0a1b/touch/", "Connect"),
        ("/connect/feedback/", "Connect"),
        ("/evidence/12/", "Evidence"),
    ],
)
def test_one_place_is_marked(path_: str, label: str) -> None:
    assert marked(path_) == [label]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("path_", ["/start/", "/planning/", "/nothing/"])
def test_elsewhere_nothing_is_marked(path_: str) -> None:
    assert marked(path_) == []


@pytest.mark.usefixtures("everything")
def test_work_is_open_where_one_works() -> None:
    assert main_items("/build/")[2].is_open
    assert not main_items("/plan/")[2].is_open


def test_a_page_that_does_not_exist_is_left_out(settings: Settings) -> None:
    settings.ROOT_URLCONF = urls(plan=[path("plan/", page, name="show-plan")])
    assert [item.label for item in main_items("/")] == ["Plan"]
    assert quiet_items("/") == ()


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("single", "learner", "user", "inside"),
    [
        (True, None, None, True),
        (False, None, None, False),
        (False, None, AnonymousUser(), False),
        (False, SimpleNamespace(), None, True),
        (False, None, SimpleNamespace(is_authenticated=True), True),
    ],
)
def test_people_outside_see_none(settings: Settings, single: bool, learner: object, user: object, inside: bool) -> None:
    settings.SINGLE_USER = single
    request = RequestFactory().get("/review/abc/")
    request.learner = learner  # type: ignore[attr-defined]
    if user is not None:
        request.user = user  # type: ignore[assignment]
    context = navigation(request)
    assert bool(context["navigation"]) is inside
    assert bool(context["quiet_navigation"]) is inside
    assert context["is_server"] is not single


@pytest.mark.parametrize("path_", ["/lab/", "/lab/3/columns/"])
def test_the_lab_is_part_of_month_3(path_: str) -> None:
    assert marked(path_) == ["Build"]
