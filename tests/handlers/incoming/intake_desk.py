"""An application around the intake, whose handlers write down what they got, in virtual or real time."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.domain.errors import StoreUnavailable
from bot.services.inbox import Inbox
from bot.simulator import SimulatorRequest, Telegram
from bot.tasks import Tasks
from handlers.incoming.dispatcher import Dispatcher
from handlers.incoming.intake import Intake
from handlers.incoming.per_person import PerPersonProcessor
from tests.clocks import VirtualClock, now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ports import Repositories, Store, WriteScope


class Refusing:
    """A store that takes nothing: no update can wait in the inbox."""

    @asynccontextmanager
    async def _refuse(self, scope: WriteScope | None = None) -> AsyncIterator[Repositories]:
        raise StoreUnavailable("locked")
        yield

    reading = writing = posting = _refuse

    async def scrub(self) -> bool:
        raise StoreUnavailable("locked")


@dataclass
class Desk:
    """``begun`` has what a handler has begun with, ``handled`` (update id, person, time) in the order of commits.

    A store can be broken for a while.
    """

    handled: list[tuple[int, int, float]] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    aside: list[tuple[int, str, str]] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    store_works: bool = True
    crashes: set[int] = field(default_factory=set)
    seconds: dict[int, float] = field(default_factory=dict)
    attempts: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    """What an update waits for."""
    store: Store = field(default_factory=Refusing)
    """Where updates may wait."""

    def __post_init__(self) -> None:
        self.clock = VirtualClock()
        self.telegram = Telegram(clock=self.clock, monotonic=now)
        request = SimulatorRequest(self.telegram)
        self.bot = Bot(self.telegram.token, request=request, get_updates_request=request)
        self.order = PerPersonProcessor()
        builder = ApplicationBuilder().bot(self.bot).updater(None).concurrent_updates(self.order)
        self.application: Application[Any, Any, Any, Any, Any, Any] = builder.build()
        self.application.add_handler(TypeHandler(Update, self._handle))
        self.application.add_error_handler(self._on_error)
        self.intake = Intake(self.application, add_dead_letter=self._keep_aside, **self.settings)
        self.dispatcher = Dispatcher(
            self.intake, Inbox(self.store, self.clock, secrets.token_hex(4), monotonic=self.clock.monotonic), Tasks()
        )

    async def __aenter__(self) -> Self:
        await self.application.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.application.shutdown()

    async def _handle(self, update: Update, _: object) -> None:
        self.begun.append(update.update_id)
        await asyncio.sleep(self.seconds.get(update.update_id, 0))
        if update.update_id in self.held:
            await self.held[update.update_id].wait()
        self.attempts += 1
        if update.update_id in self.crashes:
            raise ZeroDivisionError
        self._need_store()
        person = update.effective_user.id if update.effective_user else 0
        self.handled.append((update.update_id, person, now()))
        self.updates.append(update)

    async def _on_error(self, update: object, context: Any) -> None:
        if isinstance(context.error, StoreUnavailable):
            self.intake.store_failed(update, str(context.error))

    async def _keep_aside(self, update_id: int, raw: str, reason: str) -> None:
        self._need_store()
        self.aside.append((update_id, raw, reason))

    def _need_store(self) -> None:
        if not self.store_works:
            raise StoreUnavailable("locked")

    def ids(self) -> list[int]:
        return [update_id for update_id, _, _ in self.handled]


def press(update_id: int, person: int = 7) -> dict[str, Any]:
    """A press as Telegram sends it, with everything that nobody reads."""
    message = {
        "message_id": 70,
        "from": {"id": 100, "is_bot": True, "first_name": "Угуу", "username": "hearing_demo_bot"},
        "chat": {"id": person, "first_name": "Айгүл", "type": "private"},
        "date": 1_772_442_000,
        "text": "Колдойсузбу?",
        "entities": [{"offset": 0, "length": 3, "type": "bold"}],
        "reply_markup": {"inline_keyboard": [[{"text": "Колдойм", "callback_data": "1v_1"}]]},
    }
    user = {"id": person, "is_bot": False, "first_name": "Айгүл", "language_code": "ky"}
    query = {"id": f"9{update_id}", "from": user, "message": message, "chat_instance": "5", "data": "1v_1"}
    return {"update_id": update_id, "callback_query": query}


def words(update_id: int, text: str = "Салам", person: int = 7, **more: Any) -> dict[str, Any]:
    """A text message as Telegram sends it."""
    message = {
        "message_id": 71,
        "from": {"id": person, "is_bot": False, "first_name": "Айгүл", "language_code": "ky"},
        "chat": {"id": person, "first_name": "Айгүл", "type": "private"},
        "date": 1_772_442_000,
        "text": text,
    }
    return {"update_id": update_id, "message": message | more}
