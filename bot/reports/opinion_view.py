"""The groups of opinion of a hearing with the words of the comments that they are told by."""

from __future__ import annotations

import asyncio
from dataclasses import field
from typing import TYPE_CHECKING

from bot.domain.opinion_groups import (
    LEAST_REACTIONS,
    MOST_COMMENTS_COMPARED,
    MOST_PEOPLE_COMPARED,
    NoGroups,
    OpinionGroups,
)
from bot.domain.values import dataclass
from bot.reports import opinions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What was found, and by id the comments that it tells of."""

    found: OpinionGroups | NoGroups
    comments: Mapping[int, Comment] = field(default_factory=dict)


async def gather_opinions(repositories: Repositories, hearing: Hearing, *, now: datetime) -> OpinionView:
    """The groups, computed in a thread; while answers are taken there are none, so that nobody is seen to move."""
    if not hearing.is_public or hearing.takes_answers(now):
        return OpinionView(NoGroups.STILL_OPEN)
    supports = await repositories.comments.opinions(
        hearing.id,
        least=LEAST_REACTIONS,
        most_people=MOST_PEOPLE_COMPARED,
        most_comments=MOST_COMMENTS_COMPARED,
    )
    found = await asyncio.to_thread(opinions.find, supports)
    if not isinstance(found, OpinionGroups):
        return OpinionView(found)
    return OpinionView(found, {each: await repositories.comments.get(each) for each in sorted(found.comments)})
