"""Telegram's Bot API in memory: one model, reached in process (``SimulatorRequest``) or over HTTP (``server``)."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from bot.simulator import webhooks
from bot.simulator.events import EventStream, Listener
from bot.simulator.facts import API_READERS, METHOD_FACTS, METHOD_NAMES, UNMODELLED_METHODS
from bot.simulator.faults import Broken, PlannedFault, PlannedFaults
from bot.simulator.limits import COUNTED_METHODS, Limits, Meter
from bot.simulator.methods import IMPLEMENTATIONS, MODELLED_METHODS
from bot.simulator.refusals import RefusedError, unmodelled
from bot.simulator.world import Call, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from bot.ports import Clock
    from bot.simulator.files import Upload


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a call: a status and Telegram's JSON; ``raw`` and ``broken`` only of a planned fault."""

    status: int
    body: dict[str, Any]
    raw: bytes | None = None
    broken: Broken | None = None
    seconds: float = 0.0


class Telegram:
    """A Telegram for one bot.

    ``clock`` is the wall clock of dates and expiry, ``monotonic`` the clock of rate limits; ``limits=None`` sets no
    limits, ``Limits()`` those of Telegram. ``log_calls=False`` records no calls (for benchmarks), only their count.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        token: str = "100:SIMULATED",  # noqa: S107 - no secret: this Telegram's own
        username: str = "hearing_demo_bot",
        monotonic: Callable[[], float] = time.monotonic,
        limits: Limits | None = None,
        log_calls: bool = True,
        webhook_retry: float = 1.0,
    ) -> None:
        self.world = World(token=token, username=username, clock=clock, monotonic=monotonic)
        self.faults = PlannedFaults()
        self.statuses: Counter[int] = Counter()
        """The number of calls by the status of their answers."""
        if not log_calls:
            self.world.calls = None
        self.closing = asyncio.Event()
        """Set by ``close``: the server ends connections that are open for a planned silence."""
        self._meter = Meter(limits, monotonic) if limits is not None else None
        self._webhooks = webhooks.Deliverer(self.world, retry=webhook_retry, answer=self._answer_of_webhook)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def token(self) -> str:
        """The bot's token, the only one that this Telegram accepts."""
        return self.world.token

    @property
    def username(self) -> str:
        """The bot's user name, as in ``t.me/<name>``."""
        name: str = self.world.bot["username"]
        return name

    @property
    def calls(self) -> deque[Call]:
        """The calls so far, oldest first (the last 100,000); empty with ``log_calls=False``."""
        return self.world.calls if self.world.calls is not None else deque()

    @property
    def next_update_id(self) -> int:
        """The id of the next update; a test sets it for a new sequence, as Telegram begins one after an idle week."""
        return self.world.updates.next_id

    @next_update_id.setter
    def next_update_id(self, value: int) -> None:
        self.world.updates.next_id = value

    async def close(self) -> None:
        """Stop posting to a webhook, and end a long poll with 409."""
        self.closing.set()
        await self._webhooks.close()
        self.world.updates.interrupt("the simulator is closing")

    async def settled(self) -> None:
        """Return when every update queued so far is confirmed by an offset, taken by a webhook's 2xx, or expired."""
        await self.world.updates.settled()

    def watch(self) -> EventStream:
        """All events from now on, as an async iterator; close it, or use it in ``with``."""
        return EventStream(self.world.events)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every event from now on; the function returned stops it."""
        return self.world.events.listen(listener)

    def offer(self, raw: dict[str, Any]) -> int:
        """Queue any raw update, also a malformed one; returns its id (that of ``raw``, where it has one)."""
        return self.world.updates.put_raw(raw)

    def download(self, path: str) -> bytes | None:
        """The bytes behind ``/file/bot<token>/<path>``; None where there is no file."""
        return self.world.files.find_path(path)

    async def call(
        self, method: str, fields: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> Answer:
        """The answer to one call of the bot with its fields and files; never raises, a refusal is an answer."""
        fields, files = fields or {}, files or {}
        name = METHOD_NAMES.get(method.lower(), method)
        fault = self.faults.take(name, fields)
        if fault is not None and not fault.performed:
            answer = _spoiled(fault, None)
        else:
            answer = await self._answer(name, fields, files)
            if fault is not None:
                answer = _spoiled(fault, answer)
        self._record(name, fields, answer.status)
        return answer

    async def _answer(self, name: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Answer:
        try:
            result = await self._perform(name, fields, files)
        except RefusedError as refusal:
            return Answer(refusal.status, refusal.as_json())
        return Answer(200, {"ok": True, "result": result})

    async def _perform(self, name: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Any:
        if name not in MODELLED_METHODS:
            known = name in METHOD_FACTS or name.lower() in UNMODELLED_METHODS
            raise unmodelled(f"the method {name}") if known else RefusedError(404, "method not found")
        typed = API_READERS.call(name, dict(fields), files)
        if name == "getUpdates":
            return await self._updates(typed)
        if name in {"setWebhook", "deleteWebhook"}:
            return self._webhooks.change(typed, files)
        if self._meter is not None and name in COUNTED_METHODS:
            chat = self.world.get_chat(typed["chat_id"])
            for _ in range(len(typed["media"]) if name == "sendMediaGroup" else 1):
                self._meter.count(chat.id, grouped=chat.grouped)
        return IMPLEMENTATIONS[name](self.world, typed, files)

    async def _updates(self, fields: dict[str, Any]) -> Any:
        if self.world.webhook.url:
            raise RefusedError(
                409,
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        updates = self.world.updates
        if "allowed_updates" in fields:
            updates.allowed = fields["allowed_updates"]
        return await updates.poll(
            offset=fields.get("offset", 0), limit=fields.get("limit", 100), wait=fields.get("timeout", 0)
        )

    async def _answer_of_webhook(self, method: str, fields: dict[str, Any]) -> None:
        await self.call(method, fields)

    def _record(self, name: str, fields: Mapping[str, Any], status: int) -> None:
        self.statuses[status] += 1
        if self.world.calls is not None:
            chat = str(fields.get("chat_id", ""))
            chat_id = int(chat) if re.fullmatch(r"-?\d+", chat) else None
            self.world.calls.append(Call(name, chat_id, self.world.monotonic(), status, dict(fields)))


def _spoiled(fault: PlannedFault, answer: Answer | None) -> Answer:
    """``answer`` as the fault spoils it."""
    if fault.broken:
        body = answer.body if answer else {"ok": True, "result": True}
        return Answer(answer.status if answer else 0, body, broken=fault.broken, seconds=fault.seconds)
    refusal = RefusedError(fault.status or 500, fault.description)
    if "retry_after" in fault.parameters and not fault.description:
        refusal = RefusedError(fault.status or 429, f"retry after {fault.parameters['retry_after']}")
    refusal.parameters = dict(fault.parameters)
    return Answer(refusal.status, refusal.as_json(), raw=fault.raw)
