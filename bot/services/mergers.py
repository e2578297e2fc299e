"""Municipalities are merged: who follows one follows its successor from then on, and is told so once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.owed_replies import REPLIES_LAST
from bot.domain.places import PlaceKind
from bot.domain.timetable import after_night

if TYPE_CHECKING:
    from bot.domain.places import Place, PlaceTree
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory


class Mergers:
    """Moves what belongs to a former municipality to the one into which it was merged."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def settle(self) -> int:
        """Move followers, roles, open invitations and groups of every former municipality; returns how many are told.

        The hearings stay where they were held, with the roles there. Nobody is moved or told twice, so this may be
        called at any time.
        """
        tree = await self._directory.tree()
        told = 0
        for former in tree.former:
            after = tree.present(former)
            if former.kind is PlaceKind.MUNICIPALITY and after.kind is PlaceKind.MUNICIPALITY and after != former:
                told += await self._move(tree, former, after)
            elif former.kind is PlaceKind.VILLAGE and after.kind is PlaceKind.VILLAGE and after != former:
                async with self._store.writing() as repositories:
                    await repositories.mergers.move_village(former.id, after.id)
        return told

    async def _move(self, tree: PlaceTree, former: Place, after: Place) -> int:
        now = self._clock.now()
        async with self._store.writing() as repositories:
            due_at = after_night(now, tree.zone(after.id), until=now + REPLIES_LAST)
            told: int = await repositories.mergers.move(former.id, after.id, at=now, due_at=due_at)
        return told
