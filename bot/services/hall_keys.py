"""Keys of the day: they open the chair's page and the projector, stand hashed in the database, and are withdrawn."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import Refusal
from bot.domain.hall import HallDoor, HallKey, new_code
from bot.domain.hall_errors import HallKeyRefused
from bot.domain.journal import Act, about_hearing
from bot.domain.people import Actor
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.values import dataclass
from bot.services.hall_views import hall_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.domain.hearings import Hearing
    from bot.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class NewHallKeys:
    """Two keys that were made just now, for one sitting; they are told this once. ``code`` is that of the day."""

    hearing: Hearing
    sitting: int
    chair: str
    projector: str
    code: int


@dataclass(frozen=True, slots=True)
class HallPass:
    """What a key opens: ``actor`` is the member of staff who made it, with the roles they have now."""

    actor: Actor
    hearing: Hearing
    sitting: int


class HallKeys:
    """Keys of the day. Making and withdrawing raises Forbidden for everybody but moderators and secretaries."""

    def __init__(self, store: Store, clock: Clock, *, administrators: Collection[int] = ()) -> None:
        self._store = store
        self._clock = clock
        self._administrators = frozenset(administrators)

    async def ensure_code(self, actor: Actor, hearing_id: int, sitting: int) -> int:
        """The code of the day of a sitting, a new one where there is none that is good. Raises NotFound."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            await repositories.halls.lock(hearing_id)
            stored = await hall_of(repositories, hearing, sitting)
            if code := stored.code_at_moment(now):
                return code
            code = new_code()
            await repositories.halls.put(replace(stored, code=code, code_at=now))
        return code

    async def make(self, actor: Actor, hearing_id: int, sitting: int) -> NewHallKeys:
        """New keys for the chair's page and the projector; earlier ones open nothing any more. Raises NotFound."""
        staff, now = ensure_known(actor), self._clock.now()
        code = await self.ensure_code(actor, hearing_id, sitting)
        keys = {door: secrets.token_urlsafe(24) for door in HallDoor}
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            await repositories.halls.drop_keys(hearing_id, sitting)
            for door, key in keys.items():
                await repositories.halls.add_key(HallKey(_digest(key), hearing_id, sitting, door, now, staff.id))
            made = about_hearing(hearing_id, Act.HALL_KEYS_MADE, at=now, by=staff.id, data={"sitting": sitting})
            await repositories.journal.add(made)
        return NewHallKeys(hearing, sitting, keys[HallDoor.CHAIR], keys[HallDoor.PROJECTOR], code)

    async def withdraw(self, actor: Actor, hearing_id: int, sitting: int) -> int:
        """Let every key to the hall open nothing from now on; returns how many there were. Raises NotFound."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CHAIR, hearing.municipality_id)
            await hall_of(repositories, hearing, sitting)
            dropped: int = await repositories.halls.drop_keys(hearing_id, sitting)
            if dropped:
                act, data = Act.HALL_KEYS_WITHDRAWN, {"sitting": sitting}
                await repositories.journal.add(about_hearing(hearing_id, act, at=now, by=actor.resident_id, data=data))
        return dropped

    async def enter(self, door: HallDoor, code: str, key: str) -> HallPass:
        """What a key opens, of the hearing with that code.

        Raises HallKeyRefused for a key that is wrong, withdrawn, of another day or page, or whose maker may not chair
        any more; which of them is not told apart.
        """
        now = self._clock.now()
        async with self._store.reading() as repositories:
            found = await repositories.halls.find_key(_digest(key))
            hearing = await repositories.hearings.find_code(code)
            if found is None or hearing is None or found.hearing_id != hearing.id or not found.opens(door, now):
                raise HallKeyRefused
            maker = await repositories.people.get(found.made_by)
            if maker.telegram_id is None:
                raise HallKeyRefused
            grants = await repositories.people.list_grants(maker.id)
            administrator = maker.telegram_id in self._administrators
            actor = Actor(maker.telegram_id, maker.language, maker, grants, administrator=administrator)
            try:
                ensure(actor, Permission.CHAIR, hearing.municipality_id)
                await hall_of(repositories, hearing, found.sitting)
            except Refusal as refused:
                raise HallKeyRefused from refused
        return HallPass(actor, hearing, found.sitting)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
