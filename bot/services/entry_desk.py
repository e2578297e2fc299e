"""The desk of what is entered for somebody: all of it at a glance, and the word that everything is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.counted_votes import BY_HAND
from bot.domain.errors import AnswersStillTaken, HearingOver
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import Permission, ensure, may
from bot.domain.values import dataclass
from bot.services.entry_drafts import of_staff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Channel
    from bot.domain.counted_votes import CountedVotes
    from bot.domain.entries import Presence
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory


@dataclass(frozen=True, slots=True)
class EntryOverview:
    """What was entered for a hearing: comments by channel, counts, people present; and what the actor may do."""

    hearing: Hearing
    villages: tuple[Place, ...]
    zone: ZoneInfo
    now: datetime
    comments: Mapping[Channel, int]
    counted: tuple[CountedVotes, ...]
    present: tuple[Presence, ...]
    may_close: bool

    @property
    def open(self) -> bool:
        """True where more may be entered now."""
        return self.hearing.may_enter(self.now)


class EntryDesk:
    """What was entered, and whether it is all. Every method raises Forbidden for who may not."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def overview(self, actor: Actor, hearing_id: int) -> EntryOverview:
        """All that was entered for the hearing."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await of_staff(repositories, actor, hearing_id)
            comments = (await repositories.comments.counts(hearing_id)).by_channel
            counted = await repositories.counted_votes.list_of(hearing_id)
            present = await repositories.counted_votes.presence(hearing_id)
        return EntryOverview(
            *(hearing, places.villages(hearing.municipality_id), places.zone(hearing.municipality_id)),
            now=self._clock.now(),
            comments={channel: comments.get(channel, 0) for channel in BY_HAND},
            counted=counted,
            present=present,
            may_close=may(actor, Permission.CLOSE_ENTRIES, hearing.municipality_id),
        )

    async def closing(self, actor: Actor, hearing_id: int) -> EntryOverview:
        """The same for whoever may say that all is entered; raises Forbidden for others of the commission."""
        found = await self.overview(actor, hearing_id)
        ensure(actor, Permission.CLOSE_ENTRIES, found.hearing.municipality_id)
        return found

    async def close(self, actor: Actor, hearing_id: int) -> Hearing:
        """Say that everything is entered: results are final. Again changes nothing.

        Raises AnswersStillTaken before closing, HearingOver for a hearing that is answered or cancelled, NotFound for
        a draft.
        """
        return await self._set(actor, hearing_id, Act.ALL_ENTERED)

    async def reopen(self, actor: Actor, hearing_id: int) -> Hearing:
        """Take it back: results are preliminary again. Raises as ``close``."""
        return await self._set(actor, hearing_id, Act.ENTRIES_REOPENED)

    async def _set(self, actor: Actor, hearing_id: int, act: Act) -> Hearing:
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.CLOSE_ENTRIES, hearing.municipality_id)
            hearing.ensure_public()
            if hearing.phase in (Phase.ANSWERED, Phase.CANCELLED):
                raise HearingOver
            if now < hearing.closes_at:
                raise AnswersStillTaken(hearing.closes_at)
            if hearing.is_preliminary(now) is (act is Act.ALL_ENTERED):
                at = now if act is Act.ALL_ENTERED else None
                await repositories.hearings.set_all_entered(hearing_id, at)
                await repositories.journal.add(about_hearing(hearing_id, act, at=now, by=actor.resident_id))
            return await repositories.hearings.get(hearing_id)
