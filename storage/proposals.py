"""Decisions that are proposed, and the municipalities that want it so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, delete, func, select, update

from bot.domain.comments import Decision
from bot.domain.programme import DraftPoint
from bot.domain.proposals import Proposal
from storage import tables
from storage.columns import compact_json, microseconds, storable
from storage.desk_tables import proposals, two_pairs
from storage.dialects import among, insert, insert_records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from storage.database import Row, Transaction

_p, _c = proposals.c, tables.comments.c
_PUT: Final = insert_records(
    proposals,
    "proposals",
    {
        "comment_id": int,
        "hearing_id": int,
        "edition": int,
        "earlier": str,
        "outcome": str,
        "reason": str,
        "responsible": str,
        "due": date,
        "changes": str,
        "proposed_by": int,
        "proposed_at": int,
        "sent_back_at": int,
        "note": str,
    },
)


class ProposalRepository:
    """Proposals, one of each comment."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def is_wanted(self, municipality_id: int) -> bool:
        """True where members of the commission propose and the secretary confirms."""
        found = select(two_pairs.c.municipality_id).where(two_pairs.c.municipality_id == municipality_id)
        return await self._transaction.first(found) is not None

    async def want(self, municipality_id: int, *, on: bool, at: datetime) -> bool:
        """Store whether a municipality wants it; True if that changed anything."""
        if not on:
            here = two_pairs.c.municipality_id == municipality_id
            return await self._transaction.run(delete(two_pairs).where(here)) > 0
        added = insert(self._transaction.dialect, two_pairs).values(municipality_id=municipality_id, since=at)
        return await self._transaction.run(added.on_conflict_do_nothing()) > 0

    async def put(self, given: Iterable[Proposal]) -> None:
        """Store them, each in place of the earlier one of its comment; in two statements, however many there are."""
        records = [_record(each) for each in given]
        if records:
            await self.drop([record[0] for record in records])
            await self._transaction.run(_PUT, {"proposals": compact_json(records)})

    async def of(self, comment_ids: Collection[int]) -> Mapping[int, Proposal]:
        """The proposals on these comments, sent back or not, by the comments' ids."""
        found = select(proposals).where(among(_p.comment_id, "ids"))
        rows = await self._transaction.rows(found, {"ids": comment_ids})
        return {row.comment_id: _proposal(row) for row in rows}

    async def list_waiting(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Proposal, ...]:
        """Those that wait for the secretary, of comments that are not withdrawn, by the comments' ids."""
        found = select(proposals).join(tables.comments, _c.id == _p.comment_id).where(_waiting(hearing_id))
        rows = await self._transaction.rows(found.order_by(_p.comment_id).offset(offset).limit(limit), {})
        return tuple(map(_proposal, rows))

    async def count_waiting(self, hearing_id: int) -> int:
        """How many ``list_waiting`` has."""
        found = select(func.count()).select_from(proposals.join(tables.comments, _c.id == _p.comment_id))
        return int(await self._transaction.value(found.where(_waiting(hearing_id)), {}))

    async def send_back(self, comment_id: int, *, note: str, at: datetime) -> None:
        """Let it wait no more for the secretary, with what is to be different."""
        changed = update(proposals).where(_p.comment_id == comment_id).values(sent_back_at=at, note=note)
        await self._transaction.run(changed)

    async def drop(self, comment_ids: Collection[int]) -> None:
        """Remove the proposals on these comments."""
        await self._transaction.run(delete(proposals).where(among(_p.comment_id, "ids")), {"ids": comment_ids})


def _waiting(hearing_id: int) -> Any:
    return and_(_p.hearing_id == hearing_id, _p.sent_back_at.is_(None), _c.withdrawn_at.is_(None))


def _record(each: Proposal) -> tuple[Any, ...]:
    """The values of ``_PUT``, as ``json_records`` reads them."""
    said = each.decision
    return (
        *(each.comment_id, each.hearing_id, each.edition, each.earlier),
        *(said.outcome.value, storable(said.reason), storable(said.responsible)),
        *(said.due.isoformat() if said.due else None, str(said.changes) if said.changes else ""),
        *(each.proposed_by, microseconds(each.proposed_at), microseconds(each.sent_back_at), storable(each.note)),
    )


def _proposal(row: Row) -> Proposal:
    changes = DraftPoint.parse(row.changes)
    return Proposal(
        *(row.comment_id, row.hearing_id),
        Decision(row.outcome, row.reason, row.responsible, row.due, changes=changes),
        *(row.edition, row.earlier, row.proposed_at, row.proposed_by, row.sent_back_at, row.note),
    )
