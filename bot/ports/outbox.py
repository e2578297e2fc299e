"""The repositories behind everything that is sent unasked: broadcasts and notices, rooms, arrivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.notices import (
        Broadcast,
        BroadcastStatus,
        Claim,
        Completion,
        Notice,
        NoticeKind,
        Planned,
        Progress,
        Reach,
        Recipients,
    )
    from bot.domain.rooms import GroupPost, Room


class BroadcastRepository(Protocol):
    """What is owed to many."""

    async def begin(
        self, planned: Planned, *, at: datetime, status: BroadcastStatus, reason: str = ""
    ) -> int | None: ...  # its id; None where this edition is there already
    async def get(self, broadcast_id: int) -> Broadcast: ...
    async def list_open(self) -> tuple[Broadcast, ...]: ...  # not settled: most urgent first, then the longest due
    async def list_of(self, hearing_id: int) -> tuple[Broadcast, ...]: ...  # newest first
    async def editions(self, hearing_id: int) -> frozenset[tuple[NoticeKind, int, int]]: ...  # the keys that are there
    async def set_status(self, broadcast_id: int, status: BroadcastStatus, *, reason: str = "") -> None: ...
    async def put_off(self, broadcast_id: int, due_at: datetime) -> None: ...
    async def complete(self, broadcast_id: int) -> bool: ...  # settled, if it is spread and nothing waits: is it?


class NoticeRepository(Protocol):
    """The outbox: a row for each recipient of a broadcast."""

    async def reach(self, address: Recipients) -> Reach: ...
    async def fan_out(self, broadcast_id: int, address: Recipients, *, due_at: datetime, limit: int) -> int: ...
    # the next batch: rows added; the broadcast is ``spread`` when nobody is left
    async def claim(self, broadcast_id: int, *, by: str, at: datetime, limit: int) -> tuple[Notice, ...]: ...
    # waiting, due, nobody's: ours now. Who comes first: rooms, then ``Address.first``, then the longest due
    async def complete(self, completions: Collection[Completion], *, by: str, at: datetime) -> Collection[int]: ...
    # the ids that were still ours; the others were taken over meanwhile and are left as they are
    async def list_claims(self) -> tuple[Claim, ...]: ...
    async def release(self, claims: Collection[Claim]) -> int: ...  # taken over: waiting again, doubtful; if unchanged
    async def expire(self, broadcast_id: int, *, reason: str, at: datetime, limit: int) -> int: ...
    # settle waiting ones that nobody holds as DROPPED: how many
    async def progress(self, hearing_id: int) -> Mapping[int, Progress]: ...  # by broadcast
    async def ahead(self) -> int: ...  # waiting in everything that is going


class RoomRepository(Protocol):
    """Groups and channels; the only shelf that knows their Telegram ids."""

    async def find(self, telegram_id: int) -> Room | None: ...
    async def get(self, room_id: int) -> Room: ...
    async def add(self, room: Room) -> Room: ...  # by its telegram id: new, or brought up to date but for the link
    async def save(self, room: Room) -> None: ...
    async def move(self, telegram_id: int, new_id: int) -> None: ...  # a group became a supergroup
    async def list_linked(self, municipality_id: int) -> tuple[Room, ...]: ...  # also those left
    async def list_offered(self, resident_id: int) -> tuple[Room, ...]: ...  # introduced by them, linked to nothing
    async def find_post(self, room_id: int, hearing_id: int) -> GroupPost | None: ...
    async def keep_post(self, post: GroupPost) -> None: ...


class ArrivalRepository(Protocol):
    """Which poster brought whom: one arrival a person and hearing, the first."""

    async def note(self, resident_id: int, hearing_id: int, village_id: int, at: datetime) -> bool: ...  # is it new?
    async def by_village(self, hearing_id: int) -> Mapping[int, int]: ...
    async def of_person(self, resident_id: int) -> tuple[tuple[int, int, datetime], ...]: ...  # hearing, village, at
    async def drop(self, resident_id: int) -> None: ...
