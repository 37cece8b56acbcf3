"""The style guide: every component renders, and only where one builds pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.http import Http404
from django.test import RequestFactory

from segue.shared.views import show_styleguide

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_component_renders(settings: Settings, method: str) -> None:
    settings.DEBUG = True
    response = show_styleguide(getattr(RequestFactory(), method)("/styleguide/"))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1>") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    described = [name for value in re.findall(r'aria-describedby="([^"]+)"', html) for name in value.split()]
    assert set(described) <= set(ids)
    assert set(re.findall(r'<label class="field__label" for="([^"]+)"', html)) <= set(ids)
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)


def test_it_is_no_part_of_the_product(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(Http404):
        show_styleguide(RequestFactory().get("/styleguide/"))
