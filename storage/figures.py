"""The figures of many hearings at once, a statement for each kind of thing that is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from bot.domain.figures import HearingCounts
from storage import tables
from storage.count_tables import participant_counts
from storage.dialects import among
from storage.entry_tables import presence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from storage.database import Transaction

_c, _p, _a = tables.comments.c, participant_counts.c, presence.c
_DECIDED: Final = _c.outcome.is_not(None)
_COMMENTS: Final = (
    select(
        _c.hearing_id,
        func.count(),
        func.count().filter(_DECIDED),
        func.coalesce(func.sum(_c.support), 0),
        func.max(_c.decided_at).filter(_DECIDED),
    )
    .where(among(_c.hearing_id, "ids"), _c.withdrawn_at.is_(None))
    .group_by(_c.hearing_id)
)
_PEOPLE: Final = select(_p.hearing_id, func.sum(_p.people)).where(among(_p.hearing_id, "ids")).group_by(_p.hearing_id)
_PRESENT: Final = select(_a.hearing_id, func.sum(_a.people)).where(among(_a.hearing_id, "ids")).group_by(_a.hearing_id)


class FigureRepository:
    """Counts of many hearings at once."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of_hearings(self, hearing_ids: Collection[int]) -> Mapping[int, HearingCounts]:
        """What can be counted of each of these hearings."""
        found = {each: HearingCounts() for each in hearing_ids}
        given = {"ids": hearing_ids}
        for hearing, comments, decided, support, last in await self._transaction.rows(_COMMENTS, given):
            found[hearing] = HearingCounts(
                comments=int(comments), decided=int(decided), support=int(support), last_decided=last
            )
        for hearing, people in await self._transaction.rows(_PEOPLE, given):
            found[hearing] = replace(found[hearing], people=int(people))
        for hearing, people in await self._transaction.rows(_PRESENT, given):
            found[hearing] = replace(found[hearing], present=int(people))
        return found
