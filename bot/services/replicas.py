"""Several processes of one bot on PostgreSQL: which there are, and which part of the budget is this one's.

Each renews its row once a second and tells in it what the others should know. A part that it gives away it keeps
reserved until what left before counts no more; one that it gets was nobody's before. So all parts together are never
more than the whole, however the processes' clocks go: nothing here compares a time of one with that of another.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.replicas import PARTS, Replica, shared_out
from bot.ports.replicas import Renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.domain.notices import Claim
    from bot.ports.replicas import ReplicaLink
    from bot.services.held_people import HeldPeople

log = structlog.get_logger(__name__)

RENEWED_EACH: Final = 1.0
"""Seconds."""
RENEWED_SOON: Final = 0.3
"""Seconds until the next renewal while parts change hands."""
LASTS: Final = 4.0
"""Seconds after the last renewal for which a process may use its part."""
SILENT: Final = 7.0
"""Seconds without a renewal, as another process sees it, after which it is gone."""
DISCONNECTED: Final = 1.2
"""Seconds without its connection: what it sent before counts no more."""
HUNGRY_FOR: Final = 5.0
"""Seconds for which a process is taken to want more after it did: parts that went to and fro would be nobody's."""
RESERVED: Final = 2.0
"""Seconds for which a part that was given away is kept reserved."""


class ToldToOthers(Protocol):
    """What a process tells the others with each renewal, and what it does when it hears the same of them."""

    @property
    def hungry(self) -> bool:
        """True where it has more to send than its part lets through."""

    def told(self) -> Mapping[str, Any]:
        """What the others should know; to be written as JSON."""

    def hear(self, told: Mapping[str, Any]) -> None:
        """Take note of what another process has told."""


class Replicas:
    """The processes of the bot, seen by the one that is named by ``link``. ``run`` goes on until ``stop``.

    ``on_gone(claims)`` is called when another process has left something behind, or has taken this one for gone;
    ``claims`` are notices that the dead had claimed. Before this process may send anything again, ``on_mistaken()`` is
    called where others have taken it for gone: what it had claimed may be theirs. ``on_handed()`` is called when an
    update was handed to this one.
    """

    def __init__(
        self,
        link: ReplicaLink,
        people: HeldPeople,
        shared: ToldToOthers,
        *,
        monotonic: Callable[[], float],
        on_gone: Callable[[Sequence[Claim]], None],
        on_mistaken: Callable[[], None],
        on_handed: Callable[[], None],
    ) -> None:
        self._link = link
        self._people = people
        self._shared = shared
        self._monotonic = monotonic
        self._on_gone, self._on_mistaken, self._on_handed = on_gone, on_mistaken, on_handed
        link.on_news, link.on_cut = self._hear, self._cut
        self._using = self._held = 0
        self._given_away_at = self._until = self._hungry_until = float("-inf")
        self._unsettled = True
        self._left_behind = self._mistaken = False
        self._others: tuple[Replica, ...] = ()
        self._seen: dict[str, tuple[int, float]] = {}
        self._disconnected: dict[str, float] = {}
        self._woken = asyncio.Event()
        self._stopping = False
        self.refusal = ""
        """Why the last renewal failed; empty while they succeed."""

    @property
    def part(self) -> float:
        """Which part of the bot's budget this process may use at this moment, from 0 to 1."""
        return self._using / PARTS if self._monotonic() < self._until else 0.0

    @property
    def others(self) -> int:
        """How many other processes there are."""
        return len(self._others)

    @property
    def ready(self) -> bool:
        """True where this process has a part, and all others know that people may be another's."""
        return self.part > 0 and self._people.admitted

    async def join(self) -> None:
        """Return when this process may take updates: the others know of it. Raises StoreUnavailable."""
        self._people.sharing = True
        await self._link.open()
        await self._renew()
        while not self.ready:
            await self._link.tell(json.dumps({"news": "renew"}))
            await self._pause(RENEWED_SOON)
            await self._renew()

    async def run(self) -> None:
        """Renew until ``stop``; what fails is tried again."""
        while not self._stopping:
            try:
                await self._link.open()
                await self._renew()
            except StoreUnavailable as failure:
                if not self.refusal:
                    log.error("other processes cannot be reached", reason=failure.reason)  # noqa: TRY400
                self.refusal = failure.reason
                await self._pause(RENEWED_SOON)
            else:
                self.refusal = ""
                await self._pause(RENEWED_SOON if self._unsettled else RENEWED_EACH)

    async def stop(self) -> None:
        """Leave: what was this process's is the others'."""
        self._stopping = True
        self._woken.set()
        self._until = float("-inf")
        with suppress(StoreUnavailable):  # then they see that it is gone
            await self._link.close()

    async def tell(self, news: str, **facts: Any) -> None:
        """Tell all processes at once. Raises StoreUnavailable."""
        await self._link.tell(json.dumps({"news": news, "by": self._link.name, **facts}))

    async def _renew(self) -> None:
        began = self._monotonic()
        claims = await self._link.meet(self._decide)
        if self._mistaken:
            self._on_mistaken()
        self._until = began + LASTS
        self._people.admitted |= all(_says(each).get("sharing") for each in self._others)
        if self._left_behind:
            self._on_gone(claims)
        for each in self._others:
            self._shared.hear(_says(each))
        if not self._others:
            self._people.end_sharing()
        elif not self._people.sharing:
            await self._people.begin_sharing()
            self._woken.set()
        self._people.sweep()

    def _decide(self, rows: Sequence[Replica]) -> Renewal:
        """What this process stores of itself, as all rows are now."""
        now = self._monotonic()
        own = next((row for row in rows if row.name == self._link.name), None)
        if own is None:
            self._using = self._held = 0
            self._people.forget_all()
        gone = [row for row in rows if row is not own and self._is_gone(row, now)]
        others = self._others = tuple(row for row in rows if row is not own and row not in gone)
        self._mistaken = own is None
        self._left_behind = bool(gone) or self._mistaken
        if gone:
            log.warning("another process is gone, and what waited for it is taken up", processes=len(gone))
        if self._shared.hungry:
            self._hungry_until = now + HUNGRY_FOR
        wants = now < self._hungry_until
        hungry = {row.name: bool(_says(row).get("hungry")) for row in others}
        parts = shared_out(hungry | {self._link.name: wants})
        self._take(parts[self._link.name], PARTS - sum(row.parts for row in others), now)
        self._unsettled = self._using != parts[self._link.name] or self._held != self._using
        self._unsettled |= any(row.parts > parts[row.name] for row in others)
        told = {**self._shared.told(), "hungry": wants, "sharing": self._people.sharing and bool(others)}
        return Renewal(self._held, json.dumps(told), gone)

    def _take(self, wanted: int, most: int, now: float) -> None:
        """Give away what is above ``wanted``, or take of what is nobody's; ``most`` is what others do not hold."""
        if wanted < self._using:
            self._using, self._given_away_at = wanted, now
        elif now - self._given_away_at >= RESERVED:
            self._held = self._using
        self._held = max(self._held, min(wanted, most))
        self._using = max(self._using, min(wanted, self._held))

    def _is_gone(self, row: Replica, now: float) -> bool:
        renewals, since = self._seen.get(row.name, (-1, now))
        if row.renewals != renewals:
            since = now
        self._seen[row.name] = row.renewals, since
        if row.connected:
            self._disconnected.pop(row.name, None)
        elif now - self._disconnected.setdefault(row.name, now) >= DISCONNECTED:
            return True
        return now - since >= SILENT

    def _hear(self, words: str) -> None:
        told = json.loads(words)
        if told.get("by") == self._link.name:
            return
        match told.get("news"):
            case "renew":
                self._woken.set()
            case "handed":
                if told["to"] == self._link.name:
                    self._on_handed()
            case "paused":
                self._shared.hear(told)

    def _cut(self) -> None:
        """Others may take this process for gone: it sends nothing until it is connected again."""
        self._until = float("-inf")
        self._woken.set()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()


def _says(row: Replica) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(row.says)
    return said
