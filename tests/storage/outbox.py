"""Short forms for the tests of the outbox."""

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
    """A broadcast about the town's hearing, due from noon on."""
    known: dict[str, Any] = {"edition": 1, "due_at": NOON}
    return Planned(town.hearing.id, kind, **known | more)


async def begin(now: Repositories, town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> int:
    """Store a broadcast that is going; returns its id."""
    begun = await now.broadcasts.begin(planned(town, kind, **more), at=NOON, status=BroadcastStatus.GOING)
    assert begun is not None
    return begun


def recipients(town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> Recipients:
    """The recipients of a notice of that kind."""
    rule = NOTICE_RULES[kind]
    known: dict[str, Any] = {"audience": rule.audience, "wanted": rule.wanted, "rooms": rule.rooms}
    return Recipients(town.hearing.id, town.municipality_id, **known | more)


async def fan_out(
    now: Repositories, broadcast_id: int, to: Recipients, *, due_at: datetime = NOON, limit: int = 100
) -> int:
    """Write the notices of the next people; returns how many."""
    return await now.notices.fan_out(broadcast_id, to, due_at=due_at, limit=limit)


async def enqueue(now: Repositories, town: Town, kind: NoticeKind = NoticeKind.ANNOUNCED, **more: Any) -> int:
    """Store a broadcast with the notices of all its people; returns its id."""
    begun = await begin(now, town, kind, **more)
    await fan_out(now, begun, recipients(town, kind))
    return begun


async def claim(now: Repositories, broadcast_id: int, *, by: str = "us", at: datetime = NOON) -> tuple[Notice, ...]:
    """Claim every notice of a broadcast that is due and not claimed."""
    return await now.notices.claim(broadcast_id, by=by, at=at, limit=100)


def room(telegram_id: int = -100, **more: Any) -> Room:
    """A supergroup that is not stored yet."""
    known: dict[str, Any] = {"kind": RoomKind.SUPERGROUP, "title": "Айыл"}
    return Room(0, telegram_id, **known | more)
