"""The shipped simulator with Telegram's limits, in a process of its own: people press, and it tells what it saw.

It reads orders from stdin, one JSON object a line, and prints one JSON line for each:
``{"presses": 200, "first": 0, "data": "1eo_1_1_1", "rate": 4.0, "patience": 10.0}`` lets people press, each once and
from all over the town, and tells how long they waited for the toast and for the screen; with ``"texts": 1000`` somebody
else sends so many at once before. ``{}`` tells of every message since the last ``{"forget": true}``; with ``"flooder":
true`` what that person was sent, when nothing waits any more. ``{"hall": "come", "payload": "1kla_1_1_z"}`` lets all
people into a hall (see ``hall_phones``). The first line it prints is its port.

A call takes ``--latency`` seconds on top of its work, half of them before it and half after it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
import time
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from benchmarks.hall_phones import Phones
from benchmarks.telegram import FIRST_PERSON, KEYBOARD, TEXT, share
from bot.simulator.limits import COUNTED_METHODS, Limits
from bot.simulator.people import Person, words_content
from bot.simulator.server import application
from bot.simulator.telegram import Telegram

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from bot.simulator.events import Event

STRIDE: Final = 7_919
"""A prime: neighbours in time are not neighbours in the town."""


class WallClock:
    """The wall clock."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)


class Waits:
    """Who pressed when, and when the toast and the screen came."""

    def __init__(self) -> None:
        self.made: dict[int, float] = {}
        self.toasts: dict[int, float] = {}
        self.screens: dict[int, float] = {}
        self.complete = asyncio.Event()

    def press(self, person: int) -> None:
        """Somebody presses now."""
        self.made[person] = time.perf_counter()
        self.complete.clear()

    def hear(self, event: Event) -> None:
        """Something was seen on a phone."""
        times = {"toast": self.toasts, "edited": self.screens}.get(event.kind)
        person = event.user_id or event.chat_id
        if times is not None and person in self.made:
            times.setdefault(person, time.perf_counter())
            if len(self.toasts) == len(self.screens) == len(self.made):
                self.complete.set()

    def result(self, *, each: bool) -> dict[str, Any]:
        """Milliseconds from a press to its toast and to its screen; ``each``: all those to toasts."""
        told: dict[str, Any] = {"presses": len(self.made)}
        if each:
            told["waits"] = [round((at - self.made[person]) * 1000, 1) for person, at in self.toasts.items()]
        for name, times in (("toast", self.toasts), ("screen", self.screens)):
            waits = sorted(times[person] - self.made[person] for person in times)
            found = {f"p{part}_ms": round(share(waits, part) * 1000, 1) for part in (50, 99, 100)} if waits else {}
            told[name] = {"seen": len(waits), **found}
        return told


class Town:
    """People who have all met the bot."""

    def __init__(self, people: int, overall: int) -> None:
        limits = Limits(overall=overall or None)
        self.telegram = Telegram(clock=WallClock(), token="42:benchmark-benchmark-benchmark", limits=limits)
        self._people = [self._person(FIRST_PERSON + number) for number in range(1, people + 1)]
        self._flooder = self._person(FIRST_PERSON + people + 1)

    def _person(self, number: int) -> Person:
        person = Person(self.telegram, "Айгүл", id=number)
        person.chat.refusal = None
        return person

    async def press(self, order: dict[str, Any]) -> dict[str, Any]:
        """Let people press at a steady rate, each once, one button after the other where there are ``more``."""
        waits, buttons = Waits(), [order["data"], *order.get("more", ())]
        stop = self.telegram.listen(waits.hear)
        begun = time.perf_counter()
        for number in range(order.get("texts", 0)):
            self._flooder.say(f"Биздин көчөдө {number}-үйдүн жанында жарык жок")
        for number in range(order["presses"]):
            if (wait := begun + number / order["rate"] - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            person = self._people[(order["first"] + number) * STRIDE % len(self._people)]
            self._clear(person)
            world = self.telegram.world
            screen = world.add(person.chat, words_content(TEXT), sender=world.bot, markup={"inline_keyboard": KEYBOARD})
            waits.press(person.id)
            person.forge(buttons[number % len(buttons)], screen)
        try:
            async with asyncio.timeout(order["patience"]):
                await waits.complete.wait()
        except TimeoutError:
            pass
        stop()
        return waits.result(each=order.get("each", False))

    def _clear(self, person: Person) -> None:
        """Forget what somebody has pressed before: a phone that is pressed for hours keeps it, a server need not."""
        for query in person.queries:
            self.telegram.world.queries.pop(query.id, None)
        person.queries.clear()
        person.chat.messages.clear()

    def seen(self) -> dict[str, Any]:
        """What the limits count: accepted and refused, new messages by themselves, the most in a sliding second."""
        calls = [call for call in self.telegram.calls if call.method in COUNTED_METHODS]
        new = [call.at for call in calls if call.method == "sendMessage" and call.status == 200]
        between = [call for call in calls if new and new[0] <= call.at <= new[-1] and call.status == 200]
        return {
            "calls": len(calls),
            "new": len(new),
            "tried": sum(call.method == "sendMessage" for call in calls),
            "refused": sum(call.status == 429 for call in calls),
            "seconds": new[-1] - new[0] if new else 0.0,
            "rate": (len(between) - 1) / (new[-1] - new[0]) if len(new) > 1 else 0.0,
            "most_in_a_second": _most([call.at for call in calls]),
        }

    async def hall(self, order: dict[str, Any]) -> dict[str, Any]:
        """Let everybody come into the hall and answer, answer the next question, or press too late."""
        match order["hall"]:
            case "come":
                self._phones = Phones(self.telegram, self._people)
                return await self._phones.come(order["payload"], order["patience"])
            case "answer":
                return await self._phones.answer(order["patience"])
        return await self._phones.press_late(order["patience"])

    async def flooded(self, patience: float) -> dict[str, Any]:
        """What the person who sent many texts was sent, when Telegram's queue is empty and nothing more comes."""
        begun, seen = time.perf_counter(), -1
        while len(self.telegram.world.updates) or len(self._flooder.messages) != seen:
            if time.perf_counter() - begun > patience:
                break
            seen = len(self._flooder.messages)
            await asyncio.sleep(1.5)
        return {"answers": len(self._flooder.messages), "unconfirmed": len(self.telegram.world.updates)}

    async def take(self, order: dict[str, Any]) -> dict[str, Any]:
        """One order."""
        if order.get("forget"):
            self.telegram.calls.clear()
        if "hall" in order:
            return await self.hall(order)
        if order.get("flooder"):
            return await self.flooded(order["patience"])
        return await self.press(order) if "presses" in order else self.seen()


def _most(times: list[float]) -> int:
    """The most in any second, whenever it begins."""
    most, window = 0, deque[float]()
    for at in times:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        most = max(most, len(window))
    return most


def far(latency: float) -> Any:
    """A network between the bot and this Telegram."""

    @web.middleware
    async def delay(request: web.Request, handler: Handler) -> web.StreamResponse:
        await asyncio.sleep(latency / 2)
        answer = await handler(request)
        await asyncio.sleep(latency / 2)
        return answer

    return delay


async def main(people: int, latency: float, overall: int) -> None:
    """Serve until stdin ends."""
    town = Town(people, overall)
    gc.collect()
    gc.freeze()  # a town of 100,000 is no garbage, and looking through it would stop the clock
    app = application(town.telegram)
    if latency:
        app.middlewares.append(far(latency))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        print(json.dumps(await town.take(json.loads(line))), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, required=True)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds that a call takes on its way")
    words = "messages a second that are taken over all chats, 0: any number"
    arguments.add_argument("--overall", type=int, default=30, help=words)
    given = arguments.parse_args()
    asyncio.run(main(given.people, given.latency, given.overall))
