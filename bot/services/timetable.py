"""One look at the clock: hearings open and close when their time has come, and every stop is caught up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Hearing, Phase, due_phase
from bot.domain.journal import Act, Entry
from bot.domain.notices import NoticeKind
from bot.services.outbox import owe

if TYPE_CHECKING:
    from bot.ports import Clock, Shelves, Store

PRESS_WAITS: Final = timedelta(seconds=150)
"""How long Telegram keeps a button press for a bot that is away (measured; a message is kept 24 hours)."""

_MARKS: Final = {
    Phase.OPEN: (Act.OPENED, NoticeKind.OPENED),
    Phase.CLOSED: (Act.CLOSED, NoticeKind.CLOSED),
}


class Timetable:
    """Opens and closes hearings."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def tick(self) -> tuple[Hearing, ...]:
        """Bring every running hearing to the phase the clock asks for; returns those that changed.

        Safe to call at any time, as often as one likes, from several processes: each change is made once.
        """
        now = self._clock.now()
        async with self._store.reading() as shelves:
            running = await shelves.hearings.list_running()
        changed = []
        for hearing in running:
            if due_phase(hearing, now) is not hearing.phase:
                async with self._store.writing() as shelves:
                    if (moved := await self._move(shelves, hearing.id, now)) is not None:
                        changed.append(moved)
        return tuple(changed)

    async def beat(self) -> timedelta | None:
        """Note that the house is awake; a silence longer than a press waits is remembered as an outage and returned."""
        now = self._clock.now()
        async with self._store.writing() as shelves:
            before = await shelves.housekeeping.beat(now)
            if before is None or now - before <= PRESS_WAITS:
                return None
            await shelves.housekeeping.note_outage(before, now)
        return now - before

    async def _move(self, shelves: Shelves, hearing_id: int, now: datetime) -> Hearing | None:
        hearing = await shelves.hearings.get(hearing_id)
        phase = due_phase(hearing, now)
        if phase is hearing.phase:
            return None
        await shelves.hearings.set_phase(hearing_id, phase, at=now)
        moved = await shelves.hearings.get(hearing_id)
        act, kind = _MARKS[phase]
        await shelves.journal.add(Entry(now, act, f"hearing:{hearing_id}"))
        await owe(shelves, kind, moved, at=now)
        return moved
