"""What happens by the clock: hearings are published, open and close, and notices that are due are enqueued."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.files import FileKind, FileRequest
from bot.domain.hearings import Hearing, Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.notices import NoticeKind, Planned
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.people import Role
from bot.domain.timetable import (
    answers_due,
    deadline,
    latest,
    minutes,
    opens_when_announced,
    plan,
    results,
    tells_opening,
)
from bot.services.disclosing import renewed_tallies, shown_tallies
from bot.services.due_calendar import DueCalendar, batched
from bot.services.outbox.enqueue import SUPERSEDED, enqueue
from bot.services.publishing import announce

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from bot.domain.places import PlaceTree
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

LONGEST_PRESS_WAIT: Final = timedelta(seconds=150)
"""How long Telegram keeps a button press for a bot that is away (measured; a message is kept 24 hours)."""
RECORD_AT_CLOSING: Final = {Role.SECRETARY: "xlsx", Role.MEMBER: "pdf"}
"""What comes when answers close: the record, or the page for the notice board."""
HEARINGS_AT_ONCE: Final = 50
"""Hearings that are read together: of hundreds, other tasks run in between."""
BETWEEN_LOOKS: Final = timedelta(minutes=1)
"""How often it is looked whether staff are to be reminded."""


class Timetable:
    """Does what is due. Safe at any time, any number of times, from several processes: each thing happens once."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._enqueued: dict[int, set[tuple[NoticeKind, int, int]]] = defaultdict(set)
        """By hearing, the keys of broadcasts known to be stored: most ticks ask the store nothing."""
        self._calendar = DueCalendar()
        self._looked_at: datetime | None = None
        """When hearings were last looked at whose comments wait for answers."""
        self._staff_reminded: set[tuple[int, int]] = set()
        """Of which hearings and days it is known that staff are reminded."""

    async def tick(self) -> tuple[Hearing, ...]:
        """Publish what was planned for now, bring every running hearing to its phase, enqueue the notices that are due.

        Returns the hearings that changed their phase.
        """
        now = self._clock.now()
        changed = list(await self._publish(now))
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            marks = await repositories.hearings.running_marks(now)
        for some in batched(self._calendar.to_be_looked_at(marks, places, now), HEARINGS_AT_ONCE):
            async with self._store.reading() as repositories:
                found = await repositories.hearings.get_many(some, keep=False)
            for hearing in found.values():
                await self._remind(hearing, now)
                if due_phase(hearing, now) is not hearing.phase:
                    async with self._store.writing() as repositories:
                        if (moved := await self._move(repositories, hearing.id, now)) is not None:
                            changed.append(moved)
                self._calendar.note_looked_at(hearing, marks[hearing.id], now)
        self._forget(set(marks))
        await self._remind_staff(now)
        return tuple(changed)

    async def beat(self) -> timedelta | None:
        """Store that the bot is running now.

        Returns the time since the last beat where that was an outage (longer than Telegram keeps a press), and stores
        the outage; else None.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            before = await repositories.housekeeping.beat(now)
            if before is None or now - before <= LONGEST_PRESS_WAIT:
                return None
            await repositories.housekeeping.note_outage(before, now)
        return now - before

    async def _publish(self, now: datetime) -> Iterable[Hearing]:
        async with self._store.reading() as repositories:
            waiting = await repositories.hearings.list_publishing(now)
        published = []
        for hearing in waiting:
            async with self._store.writing() as repositories:
                current = await repositories.hearings.get(hearing.id)
                if current.publish_at is not None and current.publish_at <= now:
                    published.append(await announce(repositories, current, now))
        return published

    async def _remind(self, hearing: Hearing, now: datetime) -> None:
        """Enqueue what is due; of several reminders that an outage has made due at once only the nearest is sent."""
        await asyncio.sleep(0)  # there may be hundreds of hearings: other tasks run in between
        places = await self._directory.tree()
        zone = places.zone(hearing.municipality_id)
        due = plan(hearing, places.villages(hearing.municipality_id), zone, now)
        known = self._enqueued[hearing.id]
        if due and not known:  # the first look after a start: most of it was stored before
            async with self._store.reading() as repositories:
                known |= await repositories.broadcasts.editions(hearing.id)
        if all(planned.key in known for planned in due):
            return
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing.id)
            known |= await repositories.broadcasts.editions(hearing.id)
            due = plan(hearing, places.villages(hearing.municipality_id), zone, now)
            current = latest(planned for planned in due if now < deadline(planned, hearing))
            for planned in due:
                if planned.key not in known:
                    late = now >= deadline(planned, hearing)
                    await enqueue(
                        repositories, planned, hearing, at=now, dropped="" if planned in current or late else SUPERSEDED
                    )
        known |= {planned.key for planned in due}

    async def _remind_staff(self, now: datetime) -> None:
        """Enqueue the day's reminders of comments that wait for their answers; it is looked for once in a while."""
        if self._looked_at is not None and timedelta() <= now - self._looked_at < BETWEEN_LOOKS:
            return
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            unanswered = await repositories.hearings.list_unanswered()
        for hearing in unanswered:
            planned = answers_due(hearing, places.zone(hearing.municipality_id), now)
            if planned is None or (hearing.id, planned.edition) in self._staff_reminded:
                continue
            async with self._store.writing() as repositories:
                await enqueue(repositories, planned, await repositories.hearings.get(hearing.id), at=now)
            self._staff_reminded.add((hearing.id, planned.edition))
        self._looked_at = now

    async def _move(self, repositories: Repositories, hearing_id: int, now: datetime) -> Hearing | None:
        hearing = await repositories.hearings.get(hearing_id)
        phase = due_phase(hearing, now)
        if phase is hearing.phase:
            return None
        await repositories.hearings.set_phase(hearing_id, phase, at=now)
        moved = await repositories.hearings.get(hearing_id)
        if hearing.phase is Phase.ANNOUNCED:
            await _open(repositories, moved, await self._directory.tree(), now)
        if phase is Phase.CLOSED:
            zone = (await self._directory.tree()).zone(hearing.municipality_id)
            await _close(repositories, moved, zone, now)
        return moved

    def _forget(self, running: set[int]) -> None:
        """Drop what is known of hearings that run no more."""
        for hearing_id in self._enqueued.keys() - running:
            del self._enqueued[hearing_id]
        self._calendar.forget(running)


async def _open(repositories: Repositories, hearing: Hearing, places: PlaceTree, now: datetime) -> None:
    await repositories.journal.add(about_hearing(hearing.id, Act.OPENED, at=now))
    planned = Planned(hearing.id, NoticeKind.OPENED, minutes(hearing.dossier.opens_at), now)
    villages, zone = places.villages(hearing.municipality_id), places.zone(hearing.municipality_id)
    elsewhere = "just announced" if opens_when_announced(hearing) else "said by a reminder"
    dropped = "" if tells_opening(hearing, villages, zone) else elsewhere
    await enqueue(repositories, planned, hearing, at=now, dropped=dropped)


async def _owe_file(
    repositories: Repositories, person_id: int, request: FileRequest, source: str, *, at: datetime
) -> None:
    reply = OwedReply(person_id, ReplyKind.FILE, update_key(source), request.facts)
    await repositories.owed_replies.add(reply, at=at)


async def _owe_record(repositories: Repositories, hearing: Hearing, now: datetime) -> None:
    """Owe the commission the word that answers are closed, with a file for each role, once for each closing.

    Members get how people answered as a picture too, where anything may be shown.
    """
    shown = await shown_tallies(repositories, hearing, now)
    for each in await repositories.people.list_staff(hearing.municipality_id):
        person, form = each.resident, RECORD_AT_CLOSING.get(each.grant.role)
        if form is None or person.telegram_id is None:
            continue
        request = FileRequest(FileKind.RECORD, hearing.id, (person.language,), form=form, at_closing=True)
        mark = "" if each.grant.role is Role.SECRETARY else f" {each.grant.role.value}"
        closing = f"closed {hearing.id} {minutes(hearing.closes_at)} {person.id}{mark}"
        await _owe_file(repositories, person.id, request, closing, at=now)
        if each.grant.role is Role.MEMBER and shown:
            picture = FileRequest(FileKind.PICTURE, hearing.id, (person.language,), at_closing=True)
            await _owe_file(repositories, person.id, picture, f"{closing} picture", at=now)


async def _close(repositories: Repositories, hearing: Hearing, zone: ZoneInfo, now: datetime) -> None:
    await repositories.journal.add(about_hearing(hearing.id, Act.CLOSED, at=now))
    edition = minutes(hearing.closes_at)
    questions = (each.no for each in hearing.dossier.questions)
    await renewed_tallies(repositories, hearing.id, dict.fromkeys(questions, 0))  # what was kept back until now
    await _owe_record(repositories, hearing, now)
    for planned in (
        Planned(hearing.id, NoticeKind.CLOSED, edition, now),
        Planned(hearing.id, NoticeKind.POST, edition, now),
        *((results(hearing, zone),) if hearing.dossier.questions else ()),
    ):
        await enqueue(repositories, planned, hearing, at=now)
