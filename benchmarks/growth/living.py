"""The bot in this process, over a file: what people press and type, and what it costs the processor."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self

from benchmarks import town
from benchmarks.growth.answered import ME, AnsweredAtOnce
from bot.app import Requests, SystemClock
from bot.runtime import App

if TYPE_CHECKING:
    from benchmarks.town import Town
    from storage import Store

DATE: Final = 1_790_000_000
TOKEN: Final = "42:benchmark-benchmark-benchmark"


class LivingBot:
    """The whole application over the file of a town, without a network and without its clock."""

    def __init__(self, place: Town, store: Store) -> None:
        self.town = place
        self.telegram = AnsweredAtOnce()
        self._store = store
        ways = Requests(AnsweredAtOnce(), self.telegram)
        self._app = App(replace(town.settings(place.url), bot_token=TOKEN), store, SystemClock(), ways, pace=0.0)
        self._numbers = itertools.count(1)

    @classmethod
    async def begun(cls, place: Town) -> Self:
        """The bot, ready for updates."""
        bot = cls(place, await town.opened(place))
        await bot._app.parts.application.initialize()
        return bot

    async def stop(self) -> None:
        """Close everything."""
        await self._app.stop()
        await self._store.close()

    async def press(self, person: int, data: str) -> float:
        """Milliseconds of the processor for one press, until everything it says has left."""
        message = {"message_id": 900, "chat": _chat(person), "date": DATE, "from": ME, "text": "…"}
        query = {"id": str(person), "from": _user(person), "chat_instance": "1", "message": message, "data": data}
        return await self._took("callback_query", query)

    async def say(self, person: int, text: str) -> float:
        """The same for a message: its answer is owed, drawn and sent too."""
        number = next(self._numbers)
        message = {"message_id": 1_000 + number, "chat": _chat(person), "date": int(time.time())}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self._took("message", {**message, "from": _user(person), "text": text}, owed=True)

    async def tick(self) -> float:
        """The same for one look at the clock."""
        begun = time.process_time()
        await self._app.services.timetable.tick()
        return (time.process_time() - begun) * 1000

    async def _took(self, kind: str, content: dict[str, Any], *, owed: bool = False) -> float:
        raw = {"update_id": next(self._numbers), kind: content}
        begun = time.process_time()
        await self._app.intake.take(raw)
        await self._app.parts.application.bot_data.attention.idle()
        if owed:
            await self._app.sender.drain_replies()
        await self._app.replies.idle()
        return (time.process_time() - begun) * 1000


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": "Айгүл"}


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Айгүл", "language_code": "ky"}
