"""What residents read: words that they send unasked are about that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.unsent import READING_LASTS, CurrentReading
from bot.ports.store import WriteScope

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.domain.questions import About
    from bot.ports import Clock, Store


class Readings:
    """The subject of the screen that each resident was shown last. Of a visitor nothing is stored."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look_at(self, actor: Actor, hearing_id: int, about: About) -> None:
        """Store that the actor reads this."""
        if actor.resident is not None:
            reading = CurrentReading(actor.resident.id, hearing_id, about, self._clock.now() + READING_LASTS)
            async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
                await repositories.readings.put(reading)

    async def look_away(self, actor: Actor) -> None:
        """Store that the actor reads nothing that a comment could be about; nothing is written where that is so."""
        if actor.resident is None:
            return
        async with self._store.reading() as repositories:
            if await repositories.readings.find(actor.resident.id, self._clock.now()) is None:
                return
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            await repositories.readings.drop(actor.resident.id)
