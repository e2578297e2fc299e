"""What the tests of the outbox say again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.notice_rules import NOTICE_RULES
from bot.domain.notices import BroadcastStatus, NoticeKind, Planned, Recipients
from bot.domain.rooms import Room, RoomKind
from tests.storage.town import NOON

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.notices import Notice
    from bot.ports import Repositories
    from tests.storage.town import Town


def planned(town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> Planned:
    """Something owed about the town's hearing, from noon on."""
    known: dict[str, Any] = {"edition": 1, "due_at": NOON}
    return Planned(town.hearing.id, kind, **known | more)


async def begin(now: Repositories, town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> int:
    """A broadcast that is going; its id."""
    begun = await now.broadcasts.begin(planned(town, kind, **more), at=NOON, status=BroadcastStatus.GOING)
    assert begun is not None
    return begun


def address(town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> Recipients:
    """Whom a notice of that kind goes to."""
    rule = NOTICE_RULES[kind]
    known: dict[str, Any] = {"audience": rule.audience, "wanted": rule.wanted, "rooms": rule.rooms}
    return Recipients(town.hearing.id, town.municipality_id, **known | more)


async def spread(
    now: Repositories, broadcast_id: int, to: Recipients, *, due_at: datetime = NOON, limit: int = 100
) -> int:
    """A batch of a broadcast."""
    return await now.notices.fan_out(broadcast_id, to, due_at=due_at, limit=limit)


async def owe(now: Repositories, town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> int:
    """A broadcast, spread to all of its people; its id."""
    begun = await begin(now, town, kind, **more)
    await spread(now, begun, address(town, kind))
    return begun


async def claim(now: Repositories, broadcast_id: int, *, by: str = "us", at: datetime = NOON) -> tuple[Notice, ...]:
    """Everything of a broadcast that is free."""
    return await now.notices.claim(broadcast_id, by=by, at=at, limit=100)


def room(telegram_id: int = -100, **more: Any) -> Room:
    """A supergroup that is not stored yet."""
    known: dict[str, Any] = {"kind": RoomKind.SUPERGROUP, "title": "Айыл"}
    return Room(0, telegram_id, **known | more)
