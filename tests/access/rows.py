"""A row of the access matrix, and the sorts of rows that come most often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse

SIGN_IN = 302


@dataclass(frozen=True)
class Row:
    """Statuses by person; ``args`` makes the address from what Priya owns."""

    priya: int
    sam: int
    marco: int = 404
    lena: int = 404
    anonymous: int = SIGN_IN
    method: str = "get"
    args: tuple[object, ...] = ()
    query: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    def statuses(self) -> Mapping[str, int]:
        return {"priya": self.priya, "sam": self.sam, "marco": self.marco, "lena": self.lena, "anonymous": self.anonymous}

    def address(self, name: str, owned: Mapping[str, object]) -> str:
        args = [owned.get(a, a) if isinstance(a, str) else a for a in self.args]
        return reverse(name, args=args) + self.query


def own(status: int = 200, **more: object) -> Row:
    """A page that shows everybody their own."""
    return Row(status, status, **more)  # type: ignore[arg-type]


def hers(status: int = 200, stranger: int = 404, **more: object) -> Row:
    """An object of Priya's: a stranger does not learn that it exists."""
    return Row(status, stranger, **more)  # type: ignore[arg-type]


def everybody(status: int, **more: object) -> Row:
    """The same for all."""
    return Row(status, status, status, status, status, **more)  # type: ignore[arg-type]
