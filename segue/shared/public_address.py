"""The address under which others reach this Segue, where they do: ``SEGUE_PUBLIC_URL``, checked before anything is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

from segue.core.errors import UserError

VARIABLE = "SEGUE_PUBLIC_URL"
# Names of hosts and nothing else: a "*" or a leading "." would let Django answer to hosts that nobody named.
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
USUAL_PORTS = {"http": 80, "https": 443}
MEND = f"Set {VARIABLE} to an address such as https://segue.example.org, or unset it to work alone on this computer."


@dataclass(frozen=True)
class PublicAddress:
    """Where Segue is reachable: ``url`` without a slash at its end, ``host`` as a browser names it, without the port."""

    url: str
    host: str

    @property
    def is_encrypted(self) -> bool:
        """Whether it is https."""
        return self.url.startswith("https:")


def public_address(told: str) -> PublicAddress | None:
    """The address that a variable holds; ``None`` where it is empty. Raises ``UserError`` where it is none."""
    if not told.strip():
        return None
    try:
        parts = urlsplit(told.strip())
        port = parts.port
    except ValueError as error:
        raise _fault("is no address") from error
    _check_form(parts)
    host = _host(parts.hostname or "")
    ending = "" if port is None or port == USUAL_PORTS[parts.scheme] else f":{port}"
    return PublicAddress(f"{parts.scheme}://{host}{ending}", host)


def _check_form(parts: SplitResult) -> None:
    if parts.scheme not in USUAL_PORTS:
        raise _fault("does not begin with https:// or http://")
    if not parts.hostname:
        raise _fault("names no host")
    if parts.username is not None or parts.password is not None:
        raise _fault("holds a name or a password")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _fault("has something behind the host; Segue needs a host of its own")
    if parts.port == 0:
        raise _fault("names port 0, which none can be")


def _host(told: str) -> str:
    if ":" in told:
        try:
            return f"[{IPv6Address(told)}]"
        except ValueError as error:
            raise _fault("names no host") from error
    try:
        host = told if told.isascii() else told.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _fault("names no host") from error
    if not HOST.fullmatch(host):
        raise _fault("names no host")
    return host


def _fault(what: str) -> UserError:
    return UserError(f"{VARIABLE} {what}.", MEND)
