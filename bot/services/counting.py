"""The numbers of a hearing, gathered in one place for the desk, notices and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.numbers import Numbers
from bot.domain.suppression import newest, without

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.numbers import Participation
    from bot.ports import Repositories


async def count(repositories: Repositories, hearing: Hearing) -> Numbers:
    """Participation, tallies, comments and followers, as they are in the caller's transaction."""
    return Numbers(
        await repositories.participants.participation(hearing.id),
        await repositories.votes.tallies(hearing.id),
        await repositories.comments.counts(hearing.id),
        await repositories.people.count_followers(hearing.municipality_id),
        await repositories.votes.tallies_by_channel(hearing.id),
        support=await repositories.comments.total_support(hearing.id),
    )


async def told_participation(
    repositories: Repositories, hearing: Hearing, people: Participation, now: datetime
) -> Participation:
    """The participants whose groups may be told now: while answers are taken without the newest ones."""
    if not hearing.takes_answers(now):
        return people
    return without(people, await repositories.disclosures.newest_participants(hearing.id, newest(people)))
