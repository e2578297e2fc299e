"""Groups and channels, and the posts in them; only here a room's Telegram id is known."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.errors import NotFound
from bot.domain.rooms import GroupPost, Room, RoomKind
from storage.dialects import insert, upsert
from storage.outbox_tables import notices, posted_questions, posts, rooms

if TYPE_CHECKING:
    from storage.database import Transaction

_c = rooms.c
_FIELDS = tuple(field.name for field in dataclasses.fields(Room))
_ALL = select(*(_c[name] for name in _FIELDS))
_BY_ID = _ALL.where(_c.id == bindparam("id"))
_BY_TELEGRAM = _ALL.where(_c.telegram_id == bindparam("telegram_id"))
_LINKED = _ALL.where(_c.municipality_id == bindparam("municipality_id")).order_by(_c.id)
_OFFERED = _ALL.where(
    _c.introduced_by == bindparam("resident_id"), _c.municipality_id.is_(None), _c.left_at.is_(None)
).order_by(_c.id)
_POSTS = select(posts.c.room_id, posts.c.hearing_id, posts.c.message_id).where(posts.c.room_id == bindparam("room_id"))
_POST = _POSTS.where(posts.c.hearing_id == bindparam("hearing_id"))
_POST_AT = _POSTS.where(posts.c.message_id == bindparam("message_id"))


class RoomRepository:
    """Rooms, by Telegram id or by our own, and the posts in them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, telegram_id: int) -> Room | None:
        """The room with that Telegram id."""
        row = await self._transaction.first(_BY_TELEGRAM, {"telegram_id": telegram_id})
        return None if row is None else Room(*row)

    async def get(self, room_id: int) -> Room:
        """The room. Raises NotFound."""
        row = await self._transaction.first(_BY_ID, {"id": room_id})
        if row is None:
            raise NotFound("room", room_id)
        return Room(*row)

    async def add(self, room: Room) -> Room:
        """A new room; a known Telegram id is updated.

        Its municipality and languages stay as staff chose them; its topic and ``introduced_by`` stay where ``room``
        has none.
        """
        statement = insert(self._transaction.dialect, rooms)
        new = statement.excluded
        updated = {name: new[name] for name in ("kind", "title", "left_at")}
        kept = {name: func.coalesce(new[name], _c[name]) for name in ("topic_id", "introduced_by")}
        statement = statement.on_conflict_do_update(index_elements=["telegram_id"], set_=updated | kept)
        await self._transaction.run(statement, _columns(room))
        found = await self.find(room.telegram_id)
        assert found is not None
        return found

    async def save(self, room: Room) -> None:
        """Store every field of the room. Raises NotFound."""
        if not await self._transaction.run(update(rooms).where(_c.id == room.id), _columns(room)):
            raise NotFound("room", room.id)

    async def move(self, telegram_id: int, new_id: int) -> None:
        """Note that a group became the supergroup ``new_id``; an unknown group is passed over, as is a second time.

        Its posts are forgotten, the questions in it too, since the supergroup numbers its messages anew. If the
        supergroup is known already, the two become one room: it keeps the municipality of either, and what is posted in
        the supergroup.
        """
        if (room := await self.find(telegram_id)) is None or telegram_id == new_id:
            return
        for table in (posts, posted_questions):
            await self._transaction.run(delete(table).where(table.c.room_id == room.id))
        if double := await self.find(new_id):
            await self._absorb(room, double)
            room = dataclasses.replace(room, municipality_id=room.municipality_id or double.municipality_id)
        await self.save(dataclasses.replace(room, telegram_id=new_id, kind=RoomKind.SUPERGROUP))

    async def list_linked(self, municipality_id: int) -> tuple[Room, ...]:
        """Rooms of the municipality, the longest known first; also those the bot has left."""
        rows = await self._transaction.rows(_LINKED, {"municipality_id": municipality_id})
        return tuple(Room(*row) for row in rows)

    async def list_offered(self, resident_id: int) -> tuple[Room, ...]:
        """Rooms the person introduced which are linked to nothing and not left, the longest known first."""
        rows = await self._transaction.rows(_OFFERED, {"resident_id": resident_id})
        return tuple(Room(*row) for row in rows)

    async def find_post(self, room_id: int, hearing_id: int) -> GroupPost | None:
        """The post about the hearing in the room."""
        row = await self._transaction.first(_POST, {"room_id": room_id, "hearing_id": hearing_id})
        return None if row is None else GroupPost(*row)

    async def find_post_at(self, room_id: int, message_id: int) -> GroupPost | None:
        """The post that the message is."""
        row = await self._transaction.first(_POST_AT, {"room_id": room_id, "message_id": message_id})
        return None if row is None else GroupPost(*row)

    async def keep_post(self, post: GroupPost) -> None:
        """Store a post in place of an earlier one."""
        await self._transaction.run(upsert(self._transaction.dialect, posts), dataclasses.asdict(post))

    async def _absorb(self, room: Room, double: Room) -> None:
        """Give ``room`` what ``double`` has, but for second notices of a broadcast, and remove the double."""
        known = select(notices.c.broadcast_id).where(notices.c.room_id == room.id)
        twice = (notices.c.room_id == double.id) & notices.c.broadcast_id.in_(known)
        await self._transaction.run(delete(notices).where(twice))
        for table in (notices, posts, posted_questions):
            await self._transaction.run(update(table).where(table.c.room_id == double.id).values(room_id=room.id))
        await self._transaction.run(delete(rooms).where(_c.id == double.id))


def _columns(room: Room) -> dict[str, Any]:
    return {name: getattr(room, name) for name in _FIELDS if name != "id"}
