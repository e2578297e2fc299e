"""Groups of opinion at the desk: who may ask for them. The worker finds them (``bot.reports.opinions``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.permissions import Permission, ensure

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Store


class Opinions:
    """Who reads the groups of opinion of a hearing: everybody but its staff gets Forbidden."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def hearing(self, actor: Actor, hearing_id: int) -> Hearing:
        """The hearing whose groups may be shown to the actor. Raises NotFound, Forbidden."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.READ_DESK, hearing.municipality_id)
        return hearing
