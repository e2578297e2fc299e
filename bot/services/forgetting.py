"""What becomes of everything a person gave when they are forgotten, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import forgotten
from bot.domain.journal import Act, about_resident
from bot.domain.people import Demographics
from bot.domain.tallies import Count, changes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.tallies import Cell, Vote
    from bot.ports import Repositories

LIMITS_LAST: Final = timedelta(days=1)
"""How long comments count against a person's daily limit after they were forgotten."""


class Forgetting:
    """Forgets ``person``, whom ``digest`` stands for afterwards, as of ``now``."""

    def __init__(self, repositories: Repositories, person: Resident, digest: str, now: datetime) -> None:
        self._repositories = repositories
        self._person = person
        self._digest = digest
        self._now = now
        self._counts: dict[Cell, Count] = {}

    async def run(self, *, withdraw: bool) -> None:
        """Do it; comments without a decision are taken back where ``withdraw``."""
        repositories, person = self._repositories, self._person
        await repositories.appeals.forget(person.id)
        comments = await repositories.comments.list_of(person.id)
        hearings = await repositories.hearings.get_many({each.hearing_id for each in comments})
        for comment in comments:
            await self._part_from_comment(comment, hearings[comment.hearing_id], withdraw=withdraw)
        await self.leave_hearings()
        await repositories.comments.drop_support(person.id)
        await repositories.arrivals.drop(person.id)
        await repositories.hall_people.drop(person.id)
        await repositories.floor.part_from(person.id, self._now)
        await repositories.pending_inputs.drop(person.id)
        await repositories.unsent.drop(person.id)
        await repositories.bundles.drop(person.id)
        await repositories.received_files.drop_all(person.id)
        await repositories.readings.drop(person.id)
        await repositories.waiting_tables.drop(person.id)
        await repositories.owed_replies.drop(person.id)
        if person.telegram_id is not None:
            await repositories.inbox.drop(person.telegram_id)
        await repositories.heard.drop(person.id)
        await repositories.people.forget(person.id)
        await repositories.journal.add(about_resident(person.id, Act.FORGOTTEN, at=self._now))

    async def leave_hearings(self) -> None:
        """Take their votes and groups from hearings; their comments have lost their author before."""
        repositories, person = self._repositories, self._person
        hearings = await repositories.hearings.get_many(await repositories.participants.hearings_of(person.id))
        for hearing in hearings.values():
            await self._leave(hearing)
        await repositories.votes.add_counts(self._counts)
        for hearing_id in hearings:
            await repositories.votes.drop_empty_cells(hearing_id)

    async def _part_from_comment(self, comment: Comment, hearing: Hearing, *, withdraw: bool) -> None:
        take_back = withdraw and comment.decision is None and comment.withdrawn_at is None
        withdrawn_at = self._now if take_back else comment.withdrawn_at
        supportable = withdrawn_at is None and hearing.will_take_answers(self._now)
        needed = supportable or comment.created_at > self._now - LIMITS_LAST
        digest = self._digest if needed else None
        await self._repositories.comments.save(forgotten(comment, withdrawn_at=withdrawn_at, digest=digest))
        if take_back:
            await self._repositories.duplicates.part(comment.id)

    async def _leave(self, hearing: Hearing) -> None:
        """Leave a hearing without a trace while it goes on, without a group once it is over."""
        repositories, person = self._repositories, self._person
        votes = (await repositories.votes.of_people({(hearing.id, person.id)})).values()
        if not hearing.will_take_answers(self._now):
            await self._keep_as_counts(hearing, votes)
            await repositories.participants.part_from(hearing.id, person.id, digest=None)
            await repositories.votes.part_from_former(hearing.id, person.id)
            return
        await self._delete(hearing, votes)
        await repositories.votes.drop_former(hearing.id, person.id)
        if await repositories.comments.has_forgotten(hearing.id, self._digest):
            await repositories.participants.part_from(hearing.id, person.id, digest=self._digest)
        else:
            await repositories.participants.drop(hearing.id, person.id)

    async def _keep_as_counts(self, hearing: Hearing, votes: Collection[Vote]) -> None:
        given = [vote for vote in votes if vote.answer]
        nameless = [replace(vote, demographics=Demographics(), order=0) for vote in given]
        for before, after in zip(given, nameless, strict=True):
            self._count(hearing, before, after)
        await self._repositories.votes.save(nameless)
        await self._delete(hearing, [vote for vote in votes if not vote.answer])

    async def _delete(self, hearing: Hearing, votes: Collection[Vote]) -> None:
        for vote in votes:
            self._count(hearing, vote, None)
        await self._repositories.votes.delete([(vote.hearing_id, vote.resident_id, vote.question_no) for vote in votes])

    def _count(self, hearing: Hearing, before: Vote, after: Vote | None) -> None:
        for cell, count in changes(hearing.dossier.question(before.question_no), before, after):
            self._counts[cell] = self._counts.get(cell, Count()) + count
