"""How much one reader of the served pages may ask for: so much at once, then so much a second, by their address.

An address may be that of a school or of a mobile network with hundreds of people behind it, so the limits bound what a
program can do, and no reader meets them. They stand in memory alone, of so many addresses, and in no log.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AT_ONCE: Final = 300
"""Points that an address has saved at most: a page that lies ready costs one."""
A_SECOND: Final = 20.0
"""Points that it gets a second."""
MAKING: Final = 5
"""Points more for a page that has to be made of a hearing."""
ADDRESSES_KNOWN: Final = 20_000
_HIGHEST: Final = 64
"""Bits of an IPv6 address that one connection to the internet has for itself."""


@dataclass(slots=True)
class _Saved:
    points: float
    at: float


class ReaderLimits:
    """The points of each address; ``at_once`` and ``a_second`` are those above."""

    def __init__(
        self,
        *,
        at_once: float = AT_ONCE,
        a_second: float = A_SECOND,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._at_once = at_once
        self._a_second = a_second
        self._monotonic = monotonic
        self._saved: OrderedDict[str, _Saved] = OrderedDict()

    def wait(self, address: str, points: float = 1) -> float:
        """In how many seconds there are enough points; 0 where there are now."""
        if (saved := self._saved.get(address)) is None:
            return 0.0
        now = min(self._at_once, saved.points + (self._monotonic() - saved.at) * self._a_second)
        return max(0.0, (points - now) / self._a_second)

    def take(self, address: str, points: float = 1) -> float:
        """Take points; returns 0, or in how many seconds there are enough, and then none were taken."""
        now = self._monotonic()
        saved = self._saved.pop(address, None) or _Saved(self._at_once, now)
        saved.points = min(self._at_once, saved.points + (now - saved.at) * self._a_second)
        saved.at = now
        self._saved[address] = saved
        if len(self._saved) > ADDRESSES_KNOWN:
            self._saved.popitem(last=False)  # who was longest away has all points again anyway
        if saved.points < points:
            return (points - saved.points) / self._a_second
        saved.points -= points
        return 0.0


def reader_address(peer: str, forwarded: Sequence[str], *, proxies: int) -> str:
    """Of whom the points are: the peer, or whom the nearest of so many ``proxies`` saw that stand before us.

    ``forwarded`` are the values of ``X-Forwarded-For``: each proxy adds at the end whom it saw. What stands further
    left anybody can have written.
    """
    seen = [each.strip() for value in forwarded for each in value.split(",")]
    address = seen[-min(proxies, len(seen))] if proxies and seen else peer
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return peer
    if isinstance(number, IPv6Address):
        return str(number.ipv4_mapped or IPv6Address(int(number) >> (128 - _HIGHEST) << (128 - _HIGHEST)))
    return str(number)
