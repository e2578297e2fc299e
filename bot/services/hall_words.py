"""What who chairs a sitting types: how many hands were raised, a note to what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.pending_input import TYPING_LASTS, HallTyping, PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.values import dataclass
from bot.services.entry_drafts import numbers_in
from bot.services.hall_views import hall_of

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.ports import Clock, Store
    from bot.services.hall_views import ChairState
    from bot.services.halls import Halls


@dataclass(frozen=True, slots=True)
class ChairedWords:
    """What typed words have become: hands, or a note."""

    chair: ChairState
    typing: HallTyping


class HallWords:
    """Waiting for what the chair types. Raises Forbidden for everybody but moderators and secretaries."""

    def __init__(self, store: Store, clock: Clock, halls: Halls) -> None:
        self._store = store
        self._clock = clock
        self._halls = halls

    async def expect(self, actor: Actor, hearing_id: int, typing: HallTyping) -> ChairState:
        """Wait for it. Raises NotFound, HallNotRunning; for hands HallMoved, HallQuestionClosed before a question."""
        staff = ensure_known(actor)
        until = self._clock.now() + TYPING_LASTS
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            hall = (await hall_of(repositories, hearing, typing.sitting)).hall
            if typing.comment:
                hall.ensure_running()
            else:
                hall.ensure_seen(typing.seen)
                hall.with_hands(())
            pending = PendingInput(staff.id, PendingInputKind.HALL, until, hearing_id, text=typing.stored)
            await repositories.pending_inputs.put(pending)
        return await self._halls.chair(actor, hearing_id, typing.sitting)

    async def drop(self, actor: Actor) -> None:
        """Wait for it no longer: it was used, or given up."""
        async with self._store.writing() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident_id or 0, self._clock.now())
            if pending is not None and pending.kind is PendingInputKind.HALL:
                await repositories.pending_inputs.drop(pending.resident_id)

    async def receive(self, actor: Actor, text: str) -> ChairedWords:
        """Take what was typed. Raises as ``Halls.count_hands`` and ``Halls.answer_question``; BadCount waits on."""
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident_id or 0, self._clock.now())
        if pending is None or pending.kind is not PendingInputKind.HALL:
            raise NotFound("hall")
        typing, hearing_id = HallTyping.of(pending), pending.hearing_id
        if typing.comment:
            chair = await self._halls.note_answer(actor, hearing_id, typing.sitting, typing.comment, text)
        else:
            numbers = numbers_in(text)
            chair = await self._halls.count_hands(actor, hearing_id, typing.sitting, numbers, seen=typing.seen)
        await self.drop(actor)
        return ChairedWords(chair, typing)
