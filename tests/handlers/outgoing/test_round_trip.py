"""The whole way over real sockets: a press travels in, its answer and its screen travel out, also on a bad line."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.services.inbox import Inbox
from bot.simulator import Person, PlannedFault, Telegram
from bot.simulator.server import application as as_server
from bot.tasks import Tasks
from handlers.incoming.dispatcher import Dispatcher
from handlers.incoming.intake import Intake
from handlers.incoming.per_person import PerPersonProcessor
from handlers.incoming.polling import Poller
from handlers.outgoing.replies import Replies
from handlers.outgoing.transport import ReqwestRequest
from handlers.views.screen import Button, Html, Screen
from tests.clocks import SystemClock
from tests.handlers.incoming.intake_desk import Refusing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


async def quick(seconds: float) -> None:
    """A pause after an error, a hundred times as short."""
    await asyncio.sleep(seconds / 100)


@dataclass
class Counting:
    """A bot that counts presses, each person's for itself."""

    url: str
    token: str
    counts: dict[int, int]

    def __post_init__(self) -> None:
        builder = ApplicationBuilder().token(self.token).base_url(f"{self.url}/bot").updater(None)
        polling = ReqwestRequest(connections=1)
        builder = builder.request(ReqwestRequest(read=2.0)).get_updates_request(polling)
        self.application: Application[Any, Any, Any, Any, Any, Any] = builder.concurrent_updates(
            PerPersonProcessor()
        ).build()
        self.application.add_handler(TypeHandler(Update, self._handle))
        self.replies = Replies(self.application.bot, sleep=quick)
        inbox = Inbox(Refusing(), SystemClock(), "counting", monotonic=asyncio.get_running_loop().time)
        dispatcher = Dispatcher(Intake(self.application, add_dead_letter=self._refuse), inbox, Tasks())
        self.poller = Poller(self.application.bot, dispatcher, request=polling, long_poll=1, sleep=quick)

    async def _refuse(self, update_id: int, raw: str, reason: str) -> None:
        raise AssertionError(f"{update_id} {reason} {raw}")

    async def _handle(self, update: Update, _: object) -> None:
        assert update.effective_user is not None
        person = update.effective_user.id
        query = update.callback_query
        count = self.counts[person] = self.counts.get(person, -1) + 1
        screen = Screen(Html(f"count {count}"), ((Button("more", data="1m"),),))
        if query is None or query.message is None:
            await self.replies.show(person, screen)
        else:
            await self.replies.answer(query.id, str(count))
            await self.replies.show(person, screen, message_id=query.message.message_id)


@asynccontextmanager
async def server(telegram: Telegram) -> AsyncIterator[str]:
    runner = web.AppRunner(as_server(telegram), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(bot: Counting) -> AsyncIterator[Counting]:
    async with bot.application.bot, asyncio.TaskGroup() as group:
        await bot.application.initialize()
        polling = group.create_task(bot.poller.run())
        try:
            yield bot
        finally:
            bot.poller.stop()
            await polling
            await bot.replies.close(grace=5.0)
            await bot.application.shutdown()


async def test_a_press_is_answered_and_its_screen_shown() -> None:
    telegram = Telegram(clock=SystemClock())
    async with server(telegram) as url, running(Counting(url, telegram.token, {})):
        aigul = Person(telegram, "Айгүл")
        aigul.start()
        await aigul.sees("count 0")
        for count in (1, 2):
            aigul.press("more")
            await aigul.sees(f"count {count}")
        await aigul.until(lambda: len(aigul.toasts) == 2)
        assert [toast.text for toast in aigul.toasts] == ["1", "2"]
        assert len(aigul.messages) == 1


async def test_on_a_bad_line_every_press_is_counted_once_and_everybody_sees_the_right_count() -> None:
    telegram = Telegram(clock=SystemClock())
    chance = random.Random(7)

    def weather(method: str, chat_id: int | str | None) -> PlannedFault | None:
        if method == "getMe" or chance.random() > 0.2:
            return None
        done = chance.random() < 0.5
        return chance.choice(
            [
                PlannedFault(status=502),
                PlannedFault(broken="reset", performed=done),
                PlannedFault(broken="half", performed=done),
            ]
        )

    async with server(telegram) as url, running(Counting(url, telegram.token, {})) as bot:
        people = [Person(telegram, str(number)) for number in range(10)]
        for person in people:
            person.start()
        for person in people:
            await person.sees("count 0")
        telegram.faults.policy = weather
        for _ in range(10):
            for person in people:
                person.press("more")
        await telegram.settled()
        for person in people:
            await person.until(lambda person=person: person.screen.words == "count 10")  # type: ignore[misc]
        assert bot.counts == {person.id: 10 for person in people}
        telegram.faults.clear()


async def test_what_a_process_did_not_confirm_the_next_one_takes_up() -> None:
    telegram = Telegram(clock=SystemClock())
    counts: dict[int, int] = {}
    async with server(telegram) as url:
        aigul = Person(telegram, "Айгүл")
        async with running(Counting(url, telegram.token, counts)):
            aigul.start()
            await aigul.sees("count 0")
            await telegram.settled()  # else the next process would count the start too
        for _ in range(3):
            aigul.press("more")
        async with running(Counting(url, telegram.token, counts)):
            await aigul.sees("count 3")
    assert counts == {aigul.id: 3}
