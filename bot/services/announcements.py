"""What staff make public: publishing now or at a time, changing, postponing, cancelling, and the reminder times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import DraftChanged, HearingOver, NotFound
from bot.domain.hearings import Phase, due_phase
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind, Planned
from bot.domain.permissions import Permission, ensure
from bot.domain.revisions import ensure_ahead, same_schedule, shifted, succeeding
from bot.domain.setbacks import LONGEST_REASON, Setback, SetbackReason
from bot.domain.sitting_edits import moved
from bot.domain.timetable import minutes
from bot.services.outbox.enqueue import drop, enqueue, recipients_of
from bot.services.publishing import act_entry, announce, begin_of, ensure_version, store_revision
from bot.services.revisions import ask_again, compare, put_aside_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.notices import Reach
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory
    from bot.services.revisions import Comparison

LEADS: Final = (20_160, 10_080, 4_320, 1_440, 180, 120, 60)
"""Minutes before a sitting at which people may be reminded."""
CLOSING_LEADS: Final = (0, 4_320, 1_440, 180)


class Announcements:
    """Acts of the secretary that reach people. Each enqueues its notices in its own transaction."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def reach(self, actor: Actor, hearing_id: int, kind: NoticeKind) -> Reach:
        """How many people and rooms a notice of that kind would reach now."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.PREPARE, hearing.municipality_id)
            planned = Planned(hearing_id, kind, 0, self._clock.now())
            return await repositories.notices.reach(recipients_of(planned, hearing, places))

    async def publish(self, actor: Actor, hearing_id: int, *, version: int | None = None) -> Hearing:
        """Announce a draft; publishing what is public already changes nothing.

        Raises DraftChanged where the draft is not of the ``version`` that the actor has seen.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            ensure_version(hearing, version)
            return await announce(repositories, hearing, now, actor.resident_id)

    async def publish_later(
        self, actor: Actor, hearing_id: int, at: datetime | None, *, version: int | None = None
    ) -> Hearing:
        """Plan the publication of a draft for that time; None takes a planned publication back.

        Raises MomentPassed for the past, NotFound for what lies too far ahead, HearingOver for what is public already,
        DraftChanged where the draft is not of the ``version`` that the actor has seen.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            if hearing.phase is not Phase.DRAFT:
                raise HearingOver
            ensure_version(hearing, version)
            if at is not None:
                ensure_ahead(at, now)
            await repositories.hearings.set_publishing(hearing_id, at)
            data = {"at": at.isoformat()} if at else {"at": ""}
            await repositories.journal.add(act_entry(now, Act.PUBLISHING_PLANNED, hearing, actor, data))
            return await repositories.hearings.get(hearing_id)

    async def postpone(
        self,
        actor: Actor,
        hearing_id: int,
        *,
        starts_at: datetime,
        why: SetbackReason,
        words: str = "",
        sitting: int = 0,
    ) -> Hearing:
        """Let the next sitting begin at ``starts_at``, or that ``sitting`` alone.

        The sittings after the next one, the closing of answers and an opening that is still to come move by as much;
        with one alone nothing does, and answers are taken at least until it ends. Raises HearingOver where no sitting
        is to come, SittingBegun, MomentPassed and NotFound for a time as ``publish_later``.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await self._public(repositories, actor, hearing_id, now)
            was = begin_of(hearing.dossier, sitting, now)
            if was is None:
                raise HearingOver
            ensure_ahead(starts_at, now)
            if starts_at == was:
                return hearing
            setback = Setback(why, words[:LONGEST_REASON], was)
            data: dict[str, str | int] = {"was": minutes(was), "why": why.value, "words": setback.words}
            if sitting:
                dossier = moved(hearing.dossier, sitting, starts_at, now, setback)
                data["sitting"] = sitting - 1  # counted from 0, as in reminders
            else:
                dossier = shifted(hearing.dossier, starts_at - was, now)
            revised = await store_revision(
                repositories, hearing, dossier, now=now, kind=NoticeKind.POSTPONED, data=data
            )
            if not sitting:
                await repositories.hearings.set_setback(hearing_id, setback)
            await repositories.journal.add(act_entry(now, Act.POSTPONED, hearing, actor, data))
            return await repositories.hearings.get(revised.id)

    async def compare(self, actor: Actor, hearing_id: int, dossier: Dossier) -> Comparison:
        """What a corrected workbook would change of the meaning of a hearing; nothing of a draft's is read yet."""
        async with self._store.reading() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            return await compare(repositories, hearing, succeeding(hearing.dossier, dossier))

    async def revise(
        self,
        actor: Actor,
        hearing_id: int,
        dossier: Dossier,
        *,
        as_new_version: bool = False,
        version: int | None = None,
    ) -> Hearing:
        """Take a corrected workbook in the place of the first; other dates or places are told to all who were told.

        What it changes of the meaning of something that people have answered is taken only ``as_new_version``: then
        those answers are put aside, and the people asked again. Raises MeaningChanged otherwise, SubjectGone where
        comments are about something that is gone, HearingOver after closing, DraftChanged where the hearing is not of
        the ``version`` that the actor has seen.
        """
        return await self.change(
            actor,
            hearing_id,
            lambda before: succeeding(before, dossier),
            version=version,
            as_new_version=as_new_version,
            facts=None,
        )

    async def change(
        self,
        actor: Actor,
        hearing_id: int,
        edit: Callable[[Dossier], Dossier],
        *,
        facts: Mapping[str, str | int] | None,
        version: int | None = None,
        as_new_version: bool = False,
    ) -> Hearing:
        """Let ``edit`` change the dossier as it is now, as ``revise`` does; ``facts`` stand in the journal too.

        With facts, what it leaves as it was is no new version. Raises what ``revise`` and ``edit`` raise.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            if version not in (None, hearing.version):
                raise DraftChanged
            dossier = edit(hearing.dossier)
            if facts is not None and dossier == hearing.dossier:
                return hearing
            data = dict(facts or {})
            if hearing.phase is Phase.DRAFT:
                revised = await repositories.hearings.revise(hearing_id, dossier, at=now)
            else:
                hearing = await self._public(repositories, actor, hearing_id, now)
                comparison = await compare(repositories, hearing, dossier)
                dossier = await put_aside_changed(repositories, hearing, comparison, as_new_version=as_new_version)
                kind = NoticeKind.POST if same_schedule(hearing.dossier, dossier) else NoticeKind.CHANGED
                revised = await store_revision(repositories, hearing, dossier, now=now, kind=kind, data={})
                await ask_again(repositories, revised, comparison, now)
                again = " ".join(map(str, comparison.asked_again))
                data |= {"asked again": again} if again else {}
            await repositories.journal.add(
                act_entry(now, Act.CHANGED, hearing, actor, {"version": revised.version, **data})
            )
            return revised

    async def cancel(self, actor: Actor, hearing_id: int, *, why: SetbackReason, words: str = "") -> Hearing:
        """Call a hearing off before it closes; people who know of it are told why. Raises HearingOver afterwards."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await self._public(repositories, actor, hearing_id, now)
            await repositories.hearings.set_phase(hearing_id, Phase.CANCELLED, at=now)
            await repositories.hearings.set_setback(hearing_id, Setback(why, words[:LONGEST_REASON]))
            await drop(repositories, hearing_id, "cancelled")
            cancelled = await repositories.hearings.get(hearing_id)
            data: dict[str, str | int] = {"why": why.value, "words": words[:LONGEST_REASON]}
            for kind in (NoticeKind.CANCELLED, NoticeKind.POST):
                await enqueue(repositories, Planned(hearing_id, kind, minutes(now), now, facts=data), cancelled, at=now)
            await repositories.journal.add(act_entry(now, Act.CANCELLED, hearing, actor, data))
            return cancelled

    async def set_reminders(
        self, actor: Actor, hearing_id: int, reminders: Collection[int], *, closing: int
    ) -> Hearing:
        """When people are reminded, in minutes before a sitting and before answers close (0: not at all).

        What is chosen so late that its time has passed is not made up for. Raises NotFound for other times than
        ``LEADS`` and ``CLOSING_LEADS``.
        """
        now = self._clock.now()
        if not set(reminders) <= set(LEADS) or closing not in CLOSING_LEADS:
            raise NotFound("reminder time")
        async with self._store.writing() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            if due_phase(hearing, now) not in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN):
                raise HearingOver
            await repositories.hearings.set_reminders(hearing_id, sorted(set(reminders), reverse=True), closing=closing)
            times = " ".join(map(str, sorted(reminders, reverse=True)))
            await repositories.journal.add(
                act_entry(now, Act.REMINDERS_SET, hearing, actor, {"minutes": times, "closing": closing})
            )
            return await repositories.hearings.get(hearing_id)

    async def _prepared(self, repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
        hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.PREPARE, hearing.municipality_id)
        return hearing

    async def _public(self, repositories: Repositories, actor: Actor, hearing_id: int, now: datetime) -> Hearing:
        hearing = await self._prepared(repositories, actor, hearing_id)
        if hearing.phase is Phase.DRAFT:
            raise NotFound("public hearing", hearing_id)
        to_come = any(sitting.starts_at > now for sitting in hearing.dossier.sittings)
        phase = due_phase(hearing, now)
        if phase not in (Phase.ANNOUNCED, Phase.OPEN) and not (phase is Phase.CLOSED and to_come):
            raise HearingOver
        return hearing
