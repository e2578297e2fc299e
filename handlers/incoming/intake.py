"""The intake of polling and webhook: a raw update is handled and committed when ``take`` returns."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Any, Final

import structlog
from structlog.contextvars import bind_contextvars, reset_contextvars
from telegram import Update

from bot.backoff import Backoff
from bot.domain.errors import HearingBotError, StoreUnavailable
from handlers.incoming import parsing
from handlers.incoming.handling import handle
from handlers.incoming.shapes import LARGEST_INTEGER, Unreadable, shape_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from handlers.incoming.handling import AnyApplication

log = structlog.get_logger(__name__)

UPDATES_REMEMBERED: Final = 2_000
"""Numbers of updates that are known to be handled when Telegram brings them again."""


SLOW: Final = 5.0
"""Seconds after which a person is told that their press is not stored yet."""


def _ignore(_: object) -> None:
    pass


class Unfinished(HearingBotError):
    """The update could not be stored in time; Telegram has to bring it again."""


class Intake:
    """Takes in each update once: a second copy while or shortly after the first is handled changes nothing.

    An update that cannot be read goes to ``add_dead_letter(update_id, shape_json, reason)`` and counts as handled, as
    does one whose handler crashed (the error handler has apologised). One that the store refused stays where it is, in
    its person's order, and is tried again after 0.2 s, 0.4 s, ... ``longest`` until it succeeds. ``on_slow(update)`` is
    called once for an update that is not stored after ``SLOW`` seconds.

    The application needs ``handlers.incoming.per_person.PerPersonProcessor``, and an error handler that calls
    ``store_failed``.
    """

    def __init__(
        self,
        application: AnyApplication,
        *,
        add_dead_letter: Callable[[int, str, str], Awaitable[None]],
        on_slow: Callable[[Update], None] = _ignore,
        first: float = 0.2,
        longest: float = 5.0,
    ) -> None:
        self.counts: Counter[str] = Counter()
        """For /metrics: handled, ignored, aside, repeated, retried."""
        self._application = application
        self._add_dead_letter = add_dead_letter
        self._on_slow = on_slow
        self._backoff = Backoff(first, longest=longest)
        self.refusal = ""
        """Why the store refused last, for operators."""
        self._refused: set[int] = set()
        self._waiting = 0
        self._under_way: dict[int, asyncio.Future[None]] = {}
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._stopping = asyncio.Event()

    @property
    def waiting_for_store(self) -> int:
        """How many updates the store has refused and not yet taken; a reason not to be ready."""
        return self._waiting

    def store_failed(self, update: object, reason: str) -> None:
        """Note that the store refused this update (``StoreUnavailable``): it is handled again, and not confirmed."""
        self.refusal = reason
        if isinstance(update, Update):
            self._refused.add(update.update_id)

    def stop(self) -> None:
        """Wait for the store no longer: an update that it refuses from now on is ``Unfinished``."""
        self._stopping.set()

    async def take(self, raw: Mapping[str, Any], *, patience: float | None = None) -> None:
        """Return when the update is handled and what it changed is committed.

        Raises:
            Unfinished: the store refused it until ``patience`` seconds were over or ``stop`` was called.
        """
        update_id = raw.get("update_id")
        if type(update_id) is not int or abs(update_id) > LARGEST_INTEGER:
            await self.add_dead_letter(
                shape_of(raw), "update_id is not a number", update_id=_number_of(_content(raw)), patience=patience
            )
            return
        while (first := self._under_way.get(update_id)) is not None:
            await asyncio.wait((first,))
        if update_id in self._recent:
            self.counts["repeated"] += 1
            return
        done = self._under_way[update_id] = asyncio.get_running_loop().create_future()
        bound = bind_contextvars(update_id=update_id)
        try:
            await self._take(update_id, raw, patience)
            self._remember(update_id)
        finally:
            reset_contextvars(**bound)
            del self._under_way[update_id]
            done.set_result(None)

    async def add_dead_letter(
        self, shape: object, reason: str, *, update_id: int | None = None, patience: float | None = None
    ) -> None:
        """Store the ``shape`` of an update that cannot be read: its keys and types, never what it says.

        Without an ``update_id`` it gets a number below 0 of its own.

        Raises:
            Unfinished: as ``take``.
        """
        log.warning("update cannot be read", reason=reason)
        letter = json.dumps(shape)
        number = _number_of(letter) if update_id is None else update_id

        async def keep() -> bool:
            try:
                await self._add_dead_letter(number, letter, reason)
            except StoreUnavailable as failure:
                self.refusal = failure.reason
                return False
            return True

        await self._until_stored(keep, patience)
        self.counts["aside"] += 1

    async def _take(self, update_id: int, raw: Mapping[str, Any], patience: float | None) -> None:
        try:
            update = parsing.read(raw, self._application.bot)
        except Unreadable as unreadable:
            await self.add_dead_letter(shape_of(raw), str(unreadable), update_id=update_id, patience=patience)
            return
        if update is None:
            self.counts["ignored"] += 1
            return

        async def attempt() -> bool:
            await handle(self._application, update)
            refused = update_id in self._refused
            self._refused.discard(update_id)
            return not refused

        slow = asyncio.get_running_loop().call_later(SLOW, self._on_slow, update)
        try:
            in_turn = self._application.update_processor.process_update(update, self._until_stored(attempt, patience))
            await in_turn
        finally:
            slow.cancel()
        self.counts["handled"] += 1

    async def _until_stored(self, work: Callable[[], Awaitable[bool]], patience: float | None) -> None:
        if await work():
            return
        now = asyncio.get_running_loop().time
        deadline = now() + patience if patience is not None else float("inf")
        failures = 1
        self._waiting += 1
        try:
            while True:
                delay = self._backoff.seconds(failures)
                log.error("the store refuses, trying again", seconds=delay, reason=self.refusal)
                await self._pause(min(delay, deadline - now()))
                self.counts["retried"] += 1
                if await work():
                    return
                failures += 1
        finally:
            self._waiting -= 1

    async def _pause(self, seconds: float) -> None:
        if seconds <= 0:
            raise Unfinished
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
        raise Unfinished

    def _remember(self, update_id: int) -> None:
        self._recent[update_id] = None
        if len(self._recent) > UPDATES_REMEMBERED:
            self._recent.popitem(last=False)


def _number_of(content: str) -> int:
    """A number below 0 for an update without one: the same content has the same, any other another."""
    return -1 - int.from_bytes(hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()[:7], "big")


def _content(raw: Mapping[str, Any]) -> str:
    """The whole update as text; its shape where it is nested too deep to be written."""
    try:
        return json.dumps(raw)
    except RecursionError:
        return json.dumps(shape_of(raw))
