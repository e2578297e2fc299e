"""Phones in a hall: each follows the code on the wall, presses as soon as a question is on its screen, and waits."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from benchmarks.telegram import share
from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.simulator.events import Event
    from bot.simulator.people import Person
    from bot.simulator.telegram import Telegram

ANSWER: Final = pack(presses.AnswerInHall(1, 1, 1, 1, 1), "ky")[: len("1kld_")]
"""How the data of a button begins that answers in the hall; the first of them is pressed."""


class Phones:
    """People in a hall. ``pressed`` are the buttons that they have pressed, by person."""

    def __init__(self, telegram: Telegram, people: Sequence[Person]) -> None:
        self._telegram = telegram
        self._people = {person.id: person for person in people}
        self._made: dict[int, float] = {}
        self._seen: dict[int, float] = {}
        self._toasts: dict[int, tuple[float, bool]] = {}
        self._complete = asyncio.Event()
        self.pressed: dict[int, str] = {}

    async def come(self, payload: str, patience: float) -> dict[str, Any]:
        """All of them follow the link at once, and answer what they are asked."""
        return await self._wait(lambda: [person.start(payload) for person in self._people.values()], patience)

    async def answer(self, patience: float) -> dict[str, Any]:
        """Their screens turn to another question by themselves, and they answer it."""
        return await self._wait(list, patience)

    async def press_late(self, patience: float) -> dict[str, Any]:
        """They press once more what they have pressed last, which is closed by now."""

        def late() -> None:
            for number, data in self.pressed.items():
                self._made[number] = time.perf_counter()
                self._people[number].forge(data, self._people[number].screen)

        return await self._wait(late, patience, looks=False)

    async def _wait(self, begin: Callable[[], object], patience: float, *, looks: bool = True) -> dict[str, Any]:
        for times in (self._made, self._seen, self._toasts):
            times.clear()
        self._complete.clear()
        stop = self._telegram.listen(self._look if looks else self._hear)
        begun = time.perf_counter()
        begin()
        try:
            async with asyncio.timeout(patience):
                await self._complete.wait()
        except TimeoutError:
            pass
        stop()
        return self._result(begun)

    def _look(self, event: Event) -> None:
        """Press the button as soon as it is there and asks something else than before."""
        self._hear(event)
        if event.kind not in ("new", "edited") or event.message is None or event.chat_id in self._made:
            return
        person = self._people.get(event.chat_id)
        rows = event.message.rows if person else []
        found = next((each for row in rows for each in row if each["callback_data"].startswith(ANSWER)), None)
        if person is not None and found is not None and found["callback_data"] != self.pressed.get(person.id):
            self._seen[person.id] = self._made[person.id] = time.perf_counter()
            self.pressed[person.id] = found["callback_data"]
            person.forge(found["callback_data"], event.message)

    def _hear(self, event: Event) -> None:
        if event.kind == "toast" and event.user_id in self._made and event.user_id not in self._toasts:
            self._toasts[event.user_id] = (time.perf_counter(), event.alert)
            if len(self._toasts) == len(self._people):
                self._complete.set()

    def _result(self, begun: float) -> dict[str, Any]:
        """Seconds until the last screen and the last toast came, milliseconds from presses to toasts, refusals."""
        waits = sorted(at - self._made[number] for number, (at, _) in self._toasts.items())
        return {
            "people": len(self._people),
            "seen": len(self._seen),
            "told": len(self._toasts),
            "refused": sum(alert for _, alert in self._toasts.values()),
            "last_screen": max(self._seen.values(), default=begun) - begun,
            "last_toast": max((at for at, _ in self._toasts.values()), default=begun) - begun,
            "toast_p95_ms": round(share(waits, 95) * 1000, 1) if waits else None,
        }
