"""The numbers of a hearing, gathered in one place for the desk, notices and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.numbers import Numbers

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.ports import Repositories


async def count(repositories: Repositories, hearing: Hearing) -> Numbers:
    """Participation, tallies, comments and followers, as they are within the caller's transaction."""
    return Numbers(
        await repositories.votes.participation(hearing.id),
        await repositories.votes.tallies(hearing.id),
        await repositories.comments.counts(hearing.id),
        await repositories.people.count_followers(hearing.municipality_id),
    )
