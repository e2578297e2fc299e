"""Votes counted by hand, and people present at sittings. The rollup has the counts too: who writes here adds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.counted_votes import BallotBox, CountedVotes
from bot.domain.entries import Presence
from bot.domain.tallies import Tally
from storage import entry_tables, tables
from storage.dialects import upsert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.comments import Channel
    from storage.database import Row, Transaction

CURRENT = 0
"""The version of what counts; a higher one was put aside after that version of the dossier."""
_c = entry_tables.counted_votes.c
_p = entry_tables.presence.c
_h = tables.hearings.c
_LOCK = select(_h.id).where(_h.id == bindparam("hearing_id")).with_for_update(key_share=True)
_OF_HEARING = (
    select(entry_tables.counted_votes)
    .where(_c.hearing_id == bindparam("hearing_id"))
    .order_by(_c.question_no, _c.version, _c.channel, _c.village_id, _c.box)
)
_DROP = delete(entry_tables.counted_votes).where(
    *(_c.hearing_id == bindparam("hearing"), _c.question_no == bindparam("no"), _c.version == CURRENT),
    *(_c.channel == bindparam("by"), _c.village_id == bindparam("village"), _c.box == bindparam("number")),
)
_PRESENT = select(entry_tables.presence).where(_p.hearing_id == bindparam("hearing_id")).order_by(_p.sitting)
_DROP_PRESENCE = delete(entry_tables.presence).where(
    _p.hearing_id == bindparam("hearing"), _p.sitting == bindparam("number")
)


class CountedVotesRepository:
    """Counts by question and ballot box, and by sitting."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def lock(self, hearing_id: int) -> None:
        """Let others who enter for the hearing wait until this transaction ends."""
        await self._transaction.rows(_LOCK, {"hearing_id": hearing_id})

    async def list_of(self, hearing_id: int) -> tuple[CountedVotes, ...]:
        """What counts, by question."""
        rows = await self._transaction.rows(_OF_HEARING, {"hearing_id": hearing_id})
        return tuple(_counted(row) for row in rows if row.version == CURRENT)

    async def put(self, counted: CountedVotes) -> None:
        """Store a count in place of the one of the same question and box."""
        await self.put_each([counted])

    async def put_each(self, counts: Sequence[CountedVotes]) -> None:
        """Store counts as ``put`` does, in one call."""
        await self._transaction.run_each(
            upsert(self._transaction.dialect, entry_tables.counted_votes), [_columns(each) for each in counts]
        )

    async def drop(self, counted: CountedVotes) -> None:
        """Remove the count of that question and box."""
        box = counted.box
        given = {"hearing": counted.hearing_id, "no": counted.question_no, "by": box.channel}
        await self._transaction.run(_DROP, {**given, "village": box.village_id, "number": box.number})

    async def put_aside(self, hearing_id: int, question_no: int, *, version: int) -> None:
        """Keep the counts of the question as given to that version of the dossier."""
        here = (_c.hearing_id == hearing_id, _c.question_no == question_no, _c.version == CURRENT)
        await self._transaction.run(update(entry_tables.counted_votes).where(*here).values(version=version))

    async def former(self, hearing_id: int) -> Mapping[tuple[int, int, Channel], Tally]:
        """What was put aside, by version, question and channel."""
        found: dict[tuple[int, int, Channel], Tally] = {}
        for row in await self._transaction.rows(_OF_HEARING, {"hearing_id": hearing_id}):
            if row.version != CURRENT:
                key = (row.version, row.question_no, row.channel)
                found[key] = found.get(key, Tally()) + Tally(row.voters, row.counts)
        return found

    async def presence(self, hearing_id: int) -> tuple[Presence, ...]:
        """People present, by sitting."""
        return tuple(map(_presence, await self._transaction.rows(_PRESENT, {"hearing_id": hearing_id})))

    async def put_presence(self, presence: Presence) -> None:
        """Store people present in place of those of the same sitting."""
        names = ("hearing_id", "sitting", "people", "women", "men", "entered_at", "entered_by")
        row = {name: getattr(presence, name) for name in names}
        await self._transaction.run(upsert(self._transaction.dialect, entry_tables.presence), row)

    async def drop_presence(self, presence: Presence) -> None:
        """Remove the people present at that sitting."""
        await self._transaction.run(_DROP_PRESENCE, {"hearing": presence.hearing_id, "number": presence.sitting})


def _counted(row: Row) -> CountedVotes:
    box = BallotBox(row.channel, row.village_id, row.box)
    tally = Tally(row.voters, row.counts)
    return CountedVotes(row.hearing_id, row.question_no, box, tally, row.entered_at, row.entered_by)


def _presence(row: Row) -> Presence:
    people = (row.people, row.women, row.men)
    return Presence(row.hearing_id, row.sitting, *people, row.entered_at, row.entered_by)


def _columns(counted: CountedVotes) -> dict[str, Any]:
    return {
        "hearing_id": counted.hearing_id,
        "question_no": counted.question_no,
        "version": CURRENT,
        "channel": counted.box.channel,
        "village_id": counted.box.village_id,
        "box": counted.box.number,
        "voters": counted.tally.voters,
        "counts": counted.tally.counts,
        "entered_at": counted.entered_at,
        "entered_by": counted.entered_by,
    }
