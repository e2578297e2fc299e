"""What is stored about a person: shown to them whole, and forgotten when they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import ConsentNeeded
from bot.domain.journal import Act, about_resident
from bot.domain.owed_replies import REPLIES_LAST
from bot.domain.people import RETENTION_YEARS, Actor, AgeBand, Gender, Reminders
from bot.domain.personal_data import FormerAnswer, PersonalData
from bot.domain.tallies import Count, changes

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.people import Resident
    from bot.domain.tallies import Cell
    from bot.ports import Clock, Repositories, Store


DEAD_LETTERS_LAST: Final = timedelta(days=30)
"""How long an update that could not be read is kept for an operator to look at."""


class Privacy:
    """The rights of the person whose data it is."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def stored(self, actor: Actor) -> PersonalData:
        """Everything stored about the actor; raises ConsentNeeded where nothing is."""
        if (person := actor.resident) is None:
            raise ConsentNeeded
        async with self._store.reading() as repositories:
            comments = await repositories.comments.list_of(person.id)
            supported = await repositories.comments.list_supported(person.id)
            took_part = await repositories.votes.hearings_of(person.id)
            arrivals = await repositories.arrivals.of_person(person.id)
            about = {
                *took_part,
                *(c.hearing_id for c in (*comments, *supported)),
                *(hearing for hearing, *_ in arrivals),
            }
            hearings = await repositories.hearings.get_many(about)
            votes = [
                vote
                for hearing_id in hearings
                for vote in (await repositories.votes.of_person(hearing_id, person.id)).values()
            ]
            former = await _former(repositories, person)
            return PersonalData(person, actor.grants, hearings, tuple(votes), comments, supported, arrivals, former)

    async def expire(self) -> int:
        """Forget the people who have taken part in nothing for ``RETENTION_YEARS``; returns how many.

        Pending inputs that have expired, owed replies of days ago and old dead letters are deleted too.
        """
        before = self._clock.now() - timedelta(days=365 * RETENTION_YEARS)
        async with self._store.reading() as repositories:
            expired = await repositories.people.list_expired(before, limit=500)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await repositories.pending_inputs.drop_expired(now)
            await repositories.owed_replies.expire(now - REPLIES_LAST)
            await repositories.housekeeping.drop_dead_letters(now - DEAD_LETTERS_LAST)
        for person in expired:
            actor = Actor(person.telegram_id or 0, person.language, person)
            await self.forget(actor, withdraw_comments=False)
        return len(expired)

    async def forget(self, actor: Actor, *, withdraw_comments: bool) -> None:
        """Forget the person. Forgetting twice changes nothing.

        Answers in hearings that still take them are withdrawn; in closed ones they stay as anonymous counts. Comments
        are withdrawn or lose their author, as the person chooses; decided ones always stay, without an author. The
        row with the Telegram id is emptied: a person who comes back is new.
        """
        if (person := actor.resident) is None:
            return
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await self._withdraw_votes(repositories, person, now)
            await self._detach_comments(repositories, person, now, withdraw=withdraw_comments)
            await repositories.comments.drop_support(person.id)
            await repositories.arrivals.drop(person.id)
            await repositories.pending_inputs.drop(person.id)
            await repositories.owed_replies.drop(person.id)
            await repositories.people.save(_emptied(person))
            await repositories.journal.add(about_resident(person.id, Act.FORGOTTEN, at=now))

    async def _withdraw_votes(self, repositories: Repositories, person: Resident, now: datetime) -> None:
        hearings = await repositories.hearings.get_many(await repositories.votes.hearings_of(person.id))
        for hearing in hearings.values():
            if not hearing.takes_answers(now):
                continue
            await repositories.votes.drop_former(hearing.id, person.id)
            counts: dict[Cell, Count] = {}
            votes = await repositories.votes.of_person(hearing.id, person.id)
            for number, vote in votes.items():
                for cell, count in changes(hearing.dossier.question(number), vote, None):
                    counts[cell] = counts.get(cell, Count()) + count
            await repositories.votes.delete(
                [(hearing.id, person.id, question.no) for question in hearing.dossier.questions]
            )
            await repositories.votes.add_counts(counts)

    async def _detach_comments(
        self, repositories: Repositories, person: Resident, now: datetime, *, withdraw: bool
    ) -> None:
        for comment in await repositories.comments.list_of(person.id):
            take_back = withdraw and comment.decision is None and comment.withdrawn_at is None
            withdrawn_at = now if take_back else comment.withdrawn_at
            await repositories.comments.save(replace(comment, author_id=None, withdrawn_at=withdrawn_at))


async def _former(repositories: Repositories, person: Resident) -> tuple[FormerAnswer, ...]:
    """The person's answers to earlier versions, with what was asked then."""
    found = []
    for hearing_id, version, number, answer in await repositories.votes.former_of(person.id):
        hearing = await repositories.hearings.get(hearing_id)
        then = replace(hearing, dossier=await repositories.hearings.dossier_of(hearing_id, version))
        found.append(FormerAnswer(then, version, number, answer))
    return tuple(found)


def _emptied(person: Resident) -> Resident:
    return replace(
        person,
        telegram_id=None,
        municipality_id=None,
        village_id=None,
        gender=Gender.UNSAID,
        age_band=AgeBand.UNSAID,
        reminders=Reminders.NONE,
        consented_at=None,
        blocked_at=None,
    )
