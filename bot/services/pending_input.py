"""Pending inputs: one look-up for every typed message, and the acts that begin and end the waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.message_text import checked
from bot.domain.pending_input import (
    PLACES_TYPED,
    STAFF_TYPE,
    TYPING_LASTS,
    PendingInput,
    PendingInputKind,
    TypedReason,
    search_over,
)
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.setbacks import LONGEST_REASON
from bot.ports.store import WriteScope

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store

SEARCH_LASTS: Final = timedelta(minutes=10)
"""How long a typed text is taken for the name of a place."""


class PendingInputs:
    """The open input of each resident. Of a visitor nothing is stored, so nothing is waited for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def find(self, actor: Actor) -> PendingInput | None:
        """What the actor's next text is for; None where nothing is waited for."""
        if actor.resident is None:
            return None
        now = self._clock.now()
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, now)
        return pending.at(now) if pending else None

    async def end_search(self, actor: Actor) -> None:
        """Stop taking the next text for the name of a place or village; what else is waited for stays."""
        if actor.resident is not None:
            async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
                pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
                if pending is None or pending.kind not in PLACES_TYPED:
                    return
                if pending.writing is not None:
                    await repositories.pending_inputs.put(pending.writing)
                else:
                    await repositories.pending_inputs.drop(actor.resident.id)

    async def cancel(self, actor: Actor) -> None:
        """Stop waiting for text."""
        if actor.resident is not None:
            async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
                await repositories.pending_inputs.drop(actor.resident.id)

    async def begin_search(self, actor: Actor) -> None:
        """Take the next text of a resident for the name of a place, where it is one; a visitor's always is.

        What is being written is waited for as before: other words are for that.
        """
        if actor.resident is not None:
            now = self._clock.now()
            async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
                waiting = await repositories.pending_inputs.find(actor.resident.id, now)
                search = search_over(waiting, actor.resident.id, PendingInputKind.SEARCH, now + SEARCH_LASTS)
                await repositories.pending_inputs.put(search)

    async def begin_village(self, actor: Actor) -> bool:
        """Take the next text of a resident for a village's name, where it is one; False while staff type."""
        if actor.resident is None:
            return False
        now = self._clock.now()
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            waiting = await repositories.pending_inputs.find(actor.resident.id, now)
            if waiting is not None and waiting.kind in STAFF_TYPE:
                return False
            search = search_over(waiting, actor.resident.id, PendingInputKind.VILLAGE, now + SEARCH_LASTS)
            await repositories.pending_inputs.put(search)
        return True

    async def begin_reason(self, actor: Actor, hearing_id: int, moment: datetime | None, sitting: int = 0) -> Hearing:
        """Wait for the secretary to type why a hearing is postponed to ``moment``; None: why it is cancelled.

        With a ``sitting``, that one alone.
        """
        resident = ensure_known(actor)
        now = self._clock.now()
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.PREPARE, hearing.municipality_id)
            pending = PendingInput(
                *(resident.id, PendingInputKind.REASON, now + TYPING_LASTS, hearing_id),
                text=TypedReason(sitting).to_text(),
                moment=moment,
            )
            await repositories.pending_inputs.put(pending)
            return hearing

    async def keep_reason(self, actor: Actor, text: str) -> None:
        """Keep the typed reason, cut to ``LONGEST_REASON`` letters, if one is still waited for.

        Raises TextEmpty, TextTooLong.
        """
        words = checked(text)[:LONGEST_REASON]
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            pending = await self._reason(repositories, actor)
            if pending is not None:
                typed = replace(TypedReason.from_text(pending.text), words=words)
                await repositories.pending_inputs.put(replace(pending, text=typed.to_text()))

    async def find_reason(self, actor: Actor, hearing_id: int) -> str:
        """The reason the actor has typed for this hearing; empty before."""
        async with self._store.reading() as repositories:
            pending = await self._reason(repositories, actor)
        mine = pending is not None and pending.hearing_id == hearing_id
        return TypedReason.from_text(pending.text).words if pending and mine else ""

    async def drop_reason(self, actor: Actor) -> None:
        """Stop waiting for a reason: it was used, or given up."""
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            pending = await self._reason(repositories, actor)
            if pending is not None:
                await repositories.pending_inputs.drop(pending.resident_id)

    async def _reason(self, repositories: Repositories, actor: Actor) -> PendingInput | None:
        if actor.resident is None:
            return None
        pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        return pending if pending is not None and pending.kind is PendingInputKind.REASON else None
