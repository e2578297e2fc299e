"""What residents read: words that they send unasked are about that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.unsent import READING_LASTS, CurrentReading
from bot.ports.store import WriteScope

if TYPE_CHECKING:
    from bot.domain.questions import About
    from bot.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Reader:
    """Which resident reads: two numbers, as many wait to be stored where many press at once."""

    resident_id: int
    telegram_id: int


class Readings:
    """The subject of the screen that each resident was shown last. Of a visitor nothing is stored."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look_at(self, reader: Reader, hearing_id: int, about: About) -> None:
        """Store that somebody reads this."""
        reading = CurrentReading(reader.resident_id, hearing_id, about, self._clock.now() + READING_LASTS)
        async with self._store.writing(WriteScope.of_person(reader.telegram_id)) as repositories:
            await repositories.readings.put(reading)

    async def look_away(self, reader: Reader) -> None:
        """Store that they read nothing that a comment could be about; nothing is written where that is so."""
        async with self._store.reading() as repositories:
            if await repositories.readings.find(reader.resident_id, self._clock.now()) is None:
                return
        async with self._store.writing(WriteScope.of_person(reader.telegram_id)) as repositories:
            await repositories.readings.drop(reader.resident_id)
