"""Addresses of the workbench: five areas and no other word, and ids with what ids may hold."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from segue.curriculum import current
from segue.work.workbench.views import AREAS


def test_areas_are_those_of_the_programme() -> None:
    assert list(AREAS) == list(dict.fromkeys(phase.area for phase in current().programme.phases))


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_an_address_of_one_word(area: str) -> None:
    assert reverse("workbench:show-area", args=[area]) == f"/{area}/"
    match = resolve(f"/{area}/")
    assert match.view_name == f"{area}:show-{area}"  # all months have pages of their own


@pytest.mark.parametrize("area", ["learning", "Learn", "lear", "work", "learn|build", ""])
def test_no_other_word_is_taken(area: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("workbench:show-area", args=[area])
    with pytest.raises(Resolver404):
        resolve(f"/{area or 'x'}/")


@pytest.mark.parametrize("activity_id", ["w01-why", "gap:c1-2-rule-e2", "course:ai-for-everyone:w1", "a/b", "é"])
def test_id_of_an_activity_comes_back_as_it_went(activity_id: str) -> None:
    path = reverse("workbench:show-activity", args=[activity_id])
    assert path.startswith("/activity/")
    match = resolve(path if activity_id.isascii() else f"/activity/{activity_id}/")
    assert (match.view_name, match.kwargs) == ("workbench:show-activity", {"activity_id": activity_id})


def test_every_other_page_keeps_its_address() -> None:
    for path, name in {
        "/": "plan:show-today",
        "/plan/": "plan:show-plan",
        "/start/": "start:begin",
        "/evidence/": "evidence:list-evidence",
        "/readiness/": "readiness:show-readiness",
        "/glossary/": "workbench:list-terms",
        "/data/": "vault:show-data",
    }.items():
        assert resolve(path).view_name == name
        assert reverse(name) == path
