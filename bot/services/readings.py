"""What residents read: words that they send unasked are about that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.unsent import READING_LASTS, CurrentReading
from bot.domain.values import dataclass
from bot.ports.store import WriteScope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    async def note(self, shown: Mapping[Reader, tuple[int, About] | None]) -> None:
        """Store at once what each of them reads: a hearing and what of it, or nothing that a comment could be about.

        Of who reads nothing, and did not before, nothing is written.
        """
        until = self._clock.now() + READING_LASTS
        new = [CurrentReading(reader.resident_id, *subject, until) for reader, subject in shown.items() if subject]
        over = await self._readers_among([reader.resident_id for reader, subject in shown.items() if not subject])
        if not new and not over:
            return
        people = WriteScope(people=frozenset(each.telegram_id for each in shown))
        async with self._store.writing(people) as repositories:
            await repositories.readings.put_all(new)
            for resident_id in over:
                await repositories.readings.drop(resident_id)

    async def _readers_among(self, residents: Sequence[int]) -> list[int]:
        """Those of them of whom it is stored that they read something."""
        if not residents:
            return []
        now = self._clock.now()
        async with self._store.reading() as repositories:
            return [each for each in residents if await repositories.readings.find(each, now)]
