"""Messages owed to people: written with the change that caused them, delivered afterwards, accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from bot.domain.notices import Delivery, Notice, NoticeKind
from bot.domain.people import Reminders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.places import Place
    from bot.ports import Clock, Shelves, Store
    from bot.services.places import Atlas

_PAGE: Final = 500
_STALE: Final = timedelta(days=2)

_WANTED: Final = {
    NoticeKind.ANNOUNCED: (Reminders.ALL,),
    NoticeKind.OPENED: (Reminders.ALL, Reminders.DAYS),
    NoticeKind.CLOSED: (Reminders.ALL, Reminders.DAYS),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with all that is needed to render it in the recipient's present language."""

    notice: Notice
    recipient: Resident
    hearing: Hearing
    municipality: Place
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again after ``wait``."""

    wait: timedelta


class Courier(Protocol):
    """Takes letters to people. Answers what became of each; raises nothing for one recipient's sake."""

    async def deliver(self, letter: Letter) -> Delivery | Later:
        """DELIVERED, UNDELIVERABLE (blocked, gone), or Later."""
        ...


async def owe(shelves: Shelves, kind: NoticeKind, hearing: Hearing, *, at: datetime) -> int:
    """Write one notice for every follower who wants this kind, page by page; the caller's transaction holds them."""
    after, owed = 0, 0
    while page := await shelves.people.list_followers(hearing.municipality_id, after=after, limit=_PAGE):
        after = page[-1].id
        wanted = [person.id for person in page if person.reminders in _WANTED[kind] and person.blocked_at is None]
        owed += await shelves.notices.enqueue(kind, hearing, wanted, due_at=at)
    return owed


class Outbox:
    """Delivers what is due. One at a time a process; a crash repeats at most the letter in flight."""

    def __init__(self, store: Store, clock: Clock, atlas: Atlas, courier: Courier) -> None:
        self._store = store
        self._clock = clock
        self._atlas = atlas
        self._courier = courier

    async def deliver_due(self, *, limit: int = 100) -> int:
        """Deliver up to ``limit`` notices that are due; returns how many were settled."""
        now = self._clock.now()
        async with self._store.reading() as shelves:
            due = await shelves.notices.list_due(now, limit=limit)
        settled = 0
        for notice in due:
            settled += await self._deliver(notice)
        return settled

    async def progress(self, hearing_id: int) -> Mapping[Delivery, int]:
        """Notices of a hearing by what became of them."""
        async with self._store.reading() as shelves:
            return await shelves.notices.progress(hearing_id)

    async def _deliver(self, notice: Notice) -> bool:
        letter = await self._letter(notice)
        outcome: Delivery | Later
        if isinstance(letter, str):
            outcome, reason = Delivery.DROPPED, letter
        else:
            outcome, reason = await self._courier.deliver(letter), ""
        now = self._clock.now()
        async with self._store.writing() as shelves:
            if isinstance(outcome, Later):
                await shelves.notices.put_off(notice.id, now + outcome.wait)
                return False
            await shelves.notices.settle(notice.id, outcome, at=now, reason=reason)
        return True

    async def _letter(self, notice: Notice) -> Letter | str:
        """The letter, or why there is none to send any more."""
        async with self._store.reading() as shelves:
            recipient = await shelves.people.get(notice.recipient_id)
            hearing = await shelves.hearings.get(notice.hearing_id)
        now = self._clock.now()
        if recipient.telegram_id is None:
            return "forgotten"
        if recipient.reminders not in _WANTED[notice.kind]:
            return "not wanted any more"
        if now - notice.due_at > _STALE or (notice.kind is not NoticeKind.CLOSED and now >= hearing.closes_at):
            return "too late"
        places = await self._atlas.map()
        if (place := places.by_id.get(hearing.municipality_id)) is None:
            return "no such municipality any more"
        return Letter(notice, recipient, hearing, place, places.zone(place.id))
