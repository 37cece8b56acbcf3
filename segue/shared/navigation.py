"""The navigation: the loop, and the months inside Work."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavigationItem:
    """A link of the navigation, or a group of links (``url`` empty). ``note`` is its month, ``icon`` a name of ``icons``."""

    label: str
    url: str = ""
    current: bool = False
    children: tuple[NavigationItem, ...] = ()
    note: str = ""
    icon: str = ""

    @property
    def is_open(self) -> bool:
        """Whether one is in it, or in one of its children."""
        return self.current or any(child.current for child in self.children)


Place = tuple[str, str, tuple[str, ...]]  # label, URL name, its arguments

_LOOP: tuple[Place, ...] = (("Today", "plan:show-today", ()), ("Plan", "plan:show-plan", ()))
_AREAS: tuple[Place, ...] = tuple(
    (area.capitalize(), "workbench:show-area", (area,)) for area in ("learn", "build", "connect", "deepen", "transition")
)
_PROOF: tuple[Place, ...] = (
    ("Evidence", "evidence:list-evidence", ()),
    ("Readiness", "readiness:show-readiness", ()),
)
_QUIET: tuple[Place, ...] = (
    ("Glossary", "workbench:list-terms", ()),
    ("Your data", "vault:show-data", ()),
    ("Hours and settings", "plan:edit-hours", ()),
)
# Pages with an address of their own that are part of an area.
_WITHIN: tuple[tuple[Place, Place], ...] = ((("Lab", "lab:list-analyses", ()), _AREAS[1]),)
_MONTHS = {"Learn": "1-2", "Build": "3", "Connect": "4", "Deepen": "5", "Transition": "6"}


def _address(place: Place) -> str:
    """The URL of a place; empty where its page does not exist."""
    try:
        return reverse(place[1], args=place[2])
    except NoReverseMatch:
        return ""


def _here(path: str) -> str:
    """The address in the navigation that ``path`` lies under: the longest one, so that /plan/hours/ is not also /plan/."""
    for page, area in _WITHIN:
        if (url := _address(page)) and path.startswith(url):
            return _address(area)
    addresses = [_address(place) for place in (*_LOOP, *_AREAS, *_PROOF, *_QUIET)]
    under = [url for url in addresses if url and (path == url if url == "/" else path.startswith(url))]
    return max(under, key=len, default="")


def _items(places: tuple[Place, ...], here: str) -> tuple[NavigationItem, ...]:
    found = ((place[0], url) for place in places if (url := _address(place)))
    return tuple(NavigationItem(label, url, url == here, note=_MONTHS.get(label, ""), icon=label.lower()) for label, url in found)


def main_items(path: str) -> tuple[NavigationItem, ...]:
    """Today, Plan, Work with its five areas, Evidence, Readiness. A page that does not exist is left out."""
    here = _here(path)
    areas = _items(_AREAS, here)
    work = (NavigationItem("Work", children=areas, icon="work"),) if areas else ()
    return (*_items(_LOOP, here), *work, *_items(_PROOF, here))


def quiet_items(path: str) -> tuple[NavigationItem, ...]:
    """What one needs now and then."""
    return _items(_QUIET, _here(path))


def _is_inside(request: HttpRequest) -> bool:
    """Whether the reader has the loop at all: reviewers and people who have not signed in do not."""
    if getattr(request, "learner", None) is not None or settings.SINGLE_USER:
        return True
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``navigation`` and ``quiet_navigation``, empty for who may not use them; ``is_server``; ``is_demo``."""
    known: dict[str, object] = {"is_server": not settings.SINGLE_USER, "is_demo": settings.DEMO}
    if not _is_inside(request):
        return known | {"navigation": (), "quiet_navigation": ()}
    return known | {"navigation": main_items(request.path), "quiet_navigation": quiet_items(request.path)}
