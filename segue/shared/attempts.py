"""How often somebody guessed wrong, passwords and links alike, by the address they come from.

Counted in the memory of this process: one process serves Segue (segue.server), and a count that a restart forgets gives away
nothing. The table is bounded, so that somebody with many addresses can't fill it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.http import HttpRequest

from segue.shared import clock

MOST, WINDOW = 20, timedelta(minutes=10)
MOST_ADDRESSES = 10_000
LONGEST = 64  # letters of an address that is none
NETWORK = 64  # bits: what one household or one rented machine gets of IPv6, and may change its address within at will


@dataclass
class _Count:
    began: datetime
    wrong: int = 0


class Attempts:
    """Wrong attempts by address. After ``most`` of them an address is ``spent`` until ``window`` has passed since the first."""

    def __init__(self, most: int = MOST, window: timedelta = WINDOW, most_addresses: int = MOST_ADDRESSES) -> None:
        self._most, self._window, self._most_addresses = most, window, most_addresses
        self._counts: OrderedDict[str, _Count] = OrderedDict()  # the oldest first
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._counts)

    def are_spent(self, request: HttpRequest) -> bool:
        """Whether nothing more is tried for whoever asks."""
        with self._lock:
            self._forget_old()
            count = self._counts.get(address_of(request))
            return count is not None and count.wrong >= self._most

    def count(self, request: HttpRequest) -> None:
        """Notes a wrong attempt. Where the table is full, the oldest count gives way."""
        address = address_of(request)
        with self._lock:
            self._forget_old()
            if address not in self._counts:
                while len(self._counts) >= self._most_addresses:
                    self._counts.popitem(last=False)
                self._counts[address] = _Count(clock.now())
            self._counts[address].wrong += 1

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._counts.clear()

    def _forget_old(self) -> None:
        """Counts lie in the order in which they began, so those that are over lie first. A clock put back ends them too."""
        now = clock.now()
        while self._counts:
            address, first = next(iter(self._counts.items()))
            if first.began <= now < first.began + self._window:
                return
            del self._counts[address]


attempts = Attempts()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as it is counted: the IPv4 address, or the network of an IPv6 address.

    Behind a proxy it is what the proxy says, since segue.server believes the one on this machine.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return told[:LONGEST]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, NETWORK), strict=False))
    return str(address)
