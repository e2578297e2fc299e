"""What is stored about a person: shown to them whole, and forgotten when they ask."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.consent import RETENTION_YEARS
from bot.domain.errors import ConsentNeeded, StoreUnavailable
from bot.domain.hall import DAY_LASTS, TAKING_PART_KEPT
from bot.domain.inbox import WAITING_LASTS
from bot.domain.owed_replies import REPLIES_LAST
from bot.domain.pending_input import typed_words
from bot.domain.personal_data import FormerAnswer, PersonalData
from bot.domain.unsent import BUNDLE_LASTS
from bot.services.forgetting import Forgetting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from bot.domain.comments import Comment
    from bot.domain.digests import Digests
    from bot.domain.duplicates import JoinedComments
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.questions import About
    from bot.domain.tallies import Vote
    from bot.ports import Clock, Repositories, Store


DEAD_LETTERS_LAST: Final = timedelta(days=30)
"""How long an update that could not be read is kept for an operator to look at."""
PEOPLE_AT_ONCE: Final = 500
"""People whom one night forgets; the others wait for the next."""
DIGESTS_LAST: Final = timedelta(days=1)
"""How long a message is known by its digest, and a forgotten author of a comment that nobody can support any more."""


async def _nothing() -> None:
    pass


class Privacy:
    """The rights of the person whose data it is.

    What people give is kept for so many ``years``. ``forgotten()`` is awaited when people were: files that were theirs
    can be removed.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        digests: Digests,
        *,
        years: int = RETENTION_YEARS,
        forgotten: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests
        self._years = years
        self._forgotten = forgotten
        self._scrub_owed = False

    async def stored(self, actor: Actor) -> PersonalData:
        """Everything stored about the actor; raises ConsentNeeded where nothing is."""
        if (person := actor.resident) is None:
            raise ConsentNeeded
        async with self._store.reading() as repositories:
            comments, supported, took_part, arrivals, halls, floor = await asyncio.gather(  # few trips for all
                repositories.comments.list_of(person.id),
                repositories.comments.list_supported(person.id),
                repositories.participants.hearings_of(person.id),
                repositories.arrivals.of_person(person.id),
                repositories.hall_people.of_person(person.id),
                repositories.floor.of_person(person.id),
            )
            unsent, reading, pending, former, appeals, joined = await asyncio.gather(
                repositories.unsent.list_of(person.id, self._clock.now()),
                self._reading(repositories, person),
                repositories.pending_inputs.find(person.id, self._clock.now()),
                _former(repositories, person),
                repositories.appeals.list_of(person.id),
                _joined(repositories, comments),
            )
            typed = typed_words(pending)
            came = (hearing for hearing, *_ in arrivals)
            wrote = (each.hearing_id for each in (*comments, *supported))
            sat = (*(each.hearing_id for each in halls), *(each.hearing_id for each in floor))
            hearings = await repositories.hearings.get_many({*took_part, *came, *wrote, *sat})
            votes = await _votes(repositories, hearings, person)
            return PersonalData(
                *(person, actor.grants, hearings, votes, comments, supported, arrivals, former),
                *(unsent, reading, appeals, joined, halls, floor, typed),
            )

    async def _reading(self, repositories: Repositories, person: Resident) -> tuple[Hearing, About] | None:
        found = await repositories.readings.find(person.id, self._clock.now())
        return None if found is None else (await repositories.hearings.get(found.hearing_id), found.about)

    async def expire(self) -> int:
        """Forget the people who have taken part in nothing for as long as is promised; returns how many.

        Deleted too: pending inputs and unsent words that have expired, owed replies of days ago, updates that have been
        waiting for a day, old dead letters, digests and keys that are needed no more, who took part in sittings of
        weeks ago, and what an earlier program left of people it forgot.
        """
        now = self._clock.now()
        before = now - timedelta(days=365 * self._years)
        async with self._store.reading() as repositories:
            expired = await repositories.people.list_expired(before, limit=PEOPLE_AT_ONCE)
        async with self._store.writing() as repositories:
            await repositories.pending_inputs.drop_expired(now)
            await repositories.unsent.drop_expired(now)
            await repositories.received_files.drop_expired(now)
            await repositories.bundles.drop_old(now - BUNDLE_LASTS)
            await repositories.readings.drop_expired(now)
            await repositories.waiting_tables.drop_expired(now)
            await repositories.owed_replies.expire(now - REPLIES_LAST)
            await repositories.inbox.expire(now - WAITING_LASTS)
            await repositories.heard.expire(now - REPLIES_LAST)
            await repositories.housekeeping.drop_dead_letters(now - DEAD_LETTERS_LAST)
            await repositories.comments.drop_digests(now - DIGESTS_LAST)
            await repositories.participants.drop_digests()
            await repositories.entries.drop_names(before)
            await repositories.halls.drop_old_keys(now - DAY_LASTS)
            await repositories.hall_people.drop_old(now - TAKING_PART_KEPT)
            await repositories.floor.part_from_old(now - TAKING_PART_KEPT)
            for person in await repositories.people.list_half_forgotten(limit=PEOPLE_AT_ONCE):
                await Forgetting(repositories, person, "", now).leave_hearings()
        for person in expired:
            await self._forget(person, withdraw=False)
        await self._forgotten()
        await self._scrub()
        return len(expired)

    async def forget(self, actor: Actor, *, withdraw_comments: bool) -> None:
        """Forget the person. Forgetting twice changes nothing.

        Answers in hearings that take them or will are withdrawn; in those that are over they stay as anonymous counts,
        without village, gender and age. Comments are taken back, with their words, or lose their author, as the person
        chooses; decided ones always stay, without an author. The row with the Telegram id is emptied: a person who
        comes back is new, except that nobody counts twice, writes more in a day than others, or supports what they
        wrote: a keyed digest knows them for that long.
        """
        if actor.resident is not None:
            await self._forget(actor.resident, withdraw=withdraw_comments)
            await self._forgotten()
            await self._scrub()
            self._scrub_owed = True  # the press by which they asked leaves the inbox when it is answered

    async def scrub(self) -> None:
        """Take what is deleted from the disk too, where it had to wait: for readers, or the press of who asked."""
        if self._scrub_owed:
            await self._scrub()

    async def _scrub(self) -> None:
        self._scrub_owed = True
        with suppress(StoreUnavailable):
            self._scrub_owed = not await self._store.scrub()

    async def _forget(self, person: Resident, *, withdraw: bool) -> None:
        now = self._clock.now()
        async with self._store.writing() as repositories:
            stored = await repositories.people.get(person.id)
            if stored.telegram_id is None:
                return
            await Forgetting(repositories, stored, self._digests.of_person(stored.telegram_id), now).run(
                withdraw=withdraw
            )


async def _joined(repositories: Repositories, comments: Sequence[Comment]) -> dict[int, JoinedComments]:
    """With which others the comments are joined, by the ids of those that are."""
    found: dict[int, JoinedComments] = {}
    for hearing_id in {comment.hearing_id for comment in comments}:
        found |= await repositories.duplicates.of_hearing(hearing_id)
    return {comment.id: found[comment.id] for comment in comments if comment.id in found}


async def _votes(repositories: Repositories, hearings: Iterable[int], person: Resident) -> tuple[Vote, ...]:
    """The person's answers in these hearings."""
    by_hearing = [await repositories.votes.of_person(hearing_id, person.id) for hearing_id in hearings]
    return tuple(vote for votes in by_hearing for vote in votes.values())


async def _former(repositories: Repositories, person: Resident) -> tuple[FormerAnswer, ...]:
    """The person's answers to earlier versions, with what was asked then."""
    found = []
    for hearing_id, version, number, answer in await repositories.votes.former_of(person.id):
        hearing = await repositories.hearings.get(hearing_id)
        then = replace(hearing, dossier=await repositories.hearings.dossier_of(hearing_id, version))
        found.append(FormerAnswer(then, version, number, answer))
    return tuple(found)
