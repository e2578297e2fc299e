"""Votes: current answers, the rollup written in the same transaction, and answers that were put aside.

Presses come this way, so everything here is set-based: a batch of hundreds of presses is a handful of statements.
Rows are written in the order of their keys, so that two writers never deadlock.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Integer, and_, bindparam, delete, func, literal, or_, select, update

from bot.domain.people import Demographics
from bot.domain.tallies import ALL_OPTIONS, Cell, Count, FormerTally, Tally, Vote, changes
from storage import tables
from storage.columns import compact_json
from storage.counted_votes import CountedVotesRepository
from storage.demographics import DEMOGRAPHIC_COLUMNS, demographics_from, demographics_values
from storage.dialects import among, insert, json_records
from storage.prepared import PreparedChange, PreparedQuery, prepared_upsert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.domain.comments import Channel
    from storage.database import Row, Transaction
    from storage.hearings import HearingRepository

K = TypeVar("K")

_v = tables.votes.c
_r = tables.rollup.c
_f = tables.former_votes.c
_FORMER_OF = PreparedQuery(
    select(_f.hearing_id, _f.version, _f.question_no, _f.answer)
    .where(_f.resident_id == bindparam("resident_id"))
    .order_by(_f.hearing_id, _f.version, _f.question_no)
)

_COLUMNS = (
    *(_v.hearing_id, _v.question_no, _v.resident_id, _v.answer),
    *(_v[name] for name in DEMOGRAPHIC_COLUMNS),
    *(_v.cast_at, _v.press_order, _v.channel, _v.changed),
)
_OF_PERSON = PreparedQuery(
    select(*_COLUMNS).where(_v.hearing_id == bindparam("hearing_id"), _v.resident_id == bindparam("resident_id"))
)
_OF_HEARING = select(*_COLUMNS).where(_v.hearing_id == bindparam("hearing_id"))
_DELETE = delete(tables.votes).where(
    _v.hearing_id == bindparam("hearing"), _v.resident_id == bindparam("resident"), _v.question_no == bindparam("no")
)
_ON_QUESTION = _v.hearing_id == bindparam("hearing"), _v.question_no == bindparam("no")
_GIVEN = _v.answer != bindparam("nothing", {}, _v.answer.type)
_KEPT = ("hearing_id", "resident_id", "question_no", "answer", *DEMOGRAPHIC_COLUMNS, "channel", "cast_at")
_FORMER_KEY = (_f.version, _f.question_no, _f.channel)
_FORMER = (
    select(*_FORMER_KEY, _f.answer, func.count())
    .where(_f.hearing_id == bindparam("hearing_id"))
    .group_by(*_FORMER_KEY, _f.answer)
    .order_by(*_FORMER_KEY, _f.answer)
)
_CELLS = select(tables.rollup).where(_r.hearing_id == bindparam("hearing_id"), or_(_r.voters != 0, _r.points != 0))
_SUMS = func.sum(_r.voters), func.sum(_r.points)
_HERE = _r.hearing_id == bindparam("hearing_id")
_TALLIES = select(_r.question_no, _r.option_no, *_SUMS).where(_HERE).group_by(_r.question_no, _r.option_no)
_SOME_TALLIES = PreparedQuery(_TALLIES.where(among(_r.question_no, "questions")))
_TALLIES_BY_CHANNEL = (
    select(_r.question_no, _r.channel, _r.option_no, *_SUMS)
    .where(_HERE)
    .group_by(_r.question_no, _r.option_no, _r.channel)
)


class VoteRepository:
    """Current answers, their rollup, and answers that were put aside."""

    def __init__(self, transaction: Transaction, hearings: HearingRepository) -> None:
        self._transaction = transaction
        self._hearings = hearings
        self._by_hand = CountedVotesRepository(transaction)

    async def of_person(self, hearing_id: int, resident_id: int) -> Mapping[int, Vote]:
        """The person's votes in a hearing by question number, without those taken back."""
        rows = await self._transaction.rows(_OF_PERSON, {"hearing_id": hearing_id, "resident_id": resident_id})
        return {vote.question_no: vote for vote in map(_vote, rows) if vote.answer}

    async def of_people(self, keys: Collection[tuple[int, int]]) -> Mapping[tuple[int, int, int], Vote]:
        """The votes of (hearing, resident) pairs by (hearing, resident, question), in one query.

        A vote that was taken back is among them, with an empty answer.
        """
        if not keys:
            return {}
        rows = await self._transaction.rows(_of_pairs(), {"keys": compact_json(sorted(set(keys)))})
        return {(row.hearing_id, row.resident_id, row.question_no): _vote(row) for row in rows}

    async def save(self, votes: Collection[Vote]) -> None:
        """Store each vote in place of the person's earlier one. The rollup is changed by ``add_counts``."""
        rows = [_columns(vote) for vote in sorted(votes, key=_key_of)]
        await self._transaction.run_each(prepared_upsert(self._transaction.dialect, tables.votes), rows)

    async def delete(self, keys: Collection[tuple[int, int, int]]) -> None:
        """Remove votes by (hearing, resident, question). The rollup is changed by ``add_counts``."""
        rows = [{"hearing": hearing, "resident": resident, "no": no} for hearing, resident, no in sorted(keys)]
        await self._transaction.run_each(_DELETE, rows)

    async def put_aside(self, hearing_id: int, questions: Collection[int], *, version: int) -> None:
        """Keep the votes on these questions as given to that version of the dossier, out of every count."""
        for number in sorted(questions):
            here = {"hearing": hearing_id, "no": number}
            given = select(*(_v[name] for name in _KEPT), literal(version, Integer)).where(*_ON_QUESTION, _GIVEN)
            kept = insert(self._transaction.dialect, tables.former_votes).from_select([*_KEPT, "version"], given)
            await self._transaction.run(kept.on_conflict_do_nothing(), here)
            await self._transaction.run(delete(tables.votes).where(*_ON_QUESTION), here)
            counted = delete(tables.rollup).where(_r.hearing_id == hearing_id, _r.question_no == number)
            await self._transaction.run(counted)
            await self._by_hand.put_aside(hearing_id, number, version=version)

    async def former_tallies(self, hearing_id: int) -> tuple[FormerTally, ...]:
        """The votes that were put aside, counted, by version, question and channel."""
        found: dict[tuple[int, int, Channel], list[tuple[Mapping[int, int], int]]] = {}
        for version, number, channel, answer, people in await self._transaction.rows(
            _FORMER, {"hearing_id": hearing_id}
        ):
            found.setdefault((version, number, channel), []).append((answer, int(people)))
        counted = await self._by_hand.former(hearing_id)
        keys = sorted({*found, *counted})
        return tuple(FormerTally(*key, tuple(found.get(key, ())), counted.get(key, Tally())) for key in keys)

    async def former_of(self, resident_id: int) -> tuple[tuple[int, int, int, Mapping[int, int]], ...]:
        """The person's votes that were put aside, as (hearing, version, question, answer)."""
        rows = await self._transaction.rows(_FORMER_OF, {"resident_id": resident_id})
        return tuple((hearing, version, number, answer) for hearing, version, number, answer in rows)

    async def drop_former(self, hearing_id: int, resident_id: int) -> None:
        """Remove the person's votes that were put aside."""
        mine = delete(tables.former_votes).where(_f.hearing_id == hearing_id, _f.resident_id == resident_id)
        await self._transaction.run(mine)

    async def part_from_former(self, hearing_id: int, resident_id: int) -> None:
        """Keep the person's votes that were put aside without the groups they were given in."""
        mine = update(tables.former_votes).where(_f.hearing_id == hearing_id, _f.resident_id == resident_id)
        await self._transaction.run(mine, demographics_values(Demographics()))

    async def add_counts(self, counts: Mapping[Cell, Count]) -> None:
        """Add to the rollup; negative counts take away."""
        moved = [_cell_columns(cell, count) for cell, count in counts.items() if count != Count()]
        moved.sort(key=lambda row: tuple(row.values()))
        await self._transaction.run_each(_add(self._transaction.dialect), moved)

    async def drop_empty_cells(self, hearing_id: int) -> None:
        """Remove the cells of the rollup that count nobody any more: each names a group that somebody was of."""
        empty = delete(tables.rollup).where(_HERE, _r.voters == 0, _r.points == 0)
        await self._transaction.run(empty, {"hearing_id": hearing_id})

    async def tallies(self, hearing_id: int, *, questions: Collection[int] | None = None) -> Mapping[int, Tally]:
        """The rollup by question number, over all channels; a question without an answer is absent.

        ``questions`` None means every question; of a few, only their cells are read.
        """
        if questions is None:
            rows = await self._transaction.rows(_TALLIES, {"hearing_id": hearing_id})
        else:
            rows = await self._transaction.rows(_SOME_TALLIES, {"hearing_id": hearing_id, "questions": questions})
        return _tallies((no, option, Count(int(voters), int(points))) for no, option, voters, points in rows)

    async def tallies_by_channel(self, hearing_id: int) -> Mapping[tuple[int, Channel], Tally]:
        """The rollup by question number and channel."""
        rows = await self._transaction.rows(_TALLIES_BY_CHANNEL, {"hearing_id": hearing_id})
        return _tallies(
            ((no, channel), option, Count(int(voters), int(points))) for no, channel, option, voters, points in rows
        )

    async def recount(self, hearing_id: int) -> Mapping[Cell, Count]:
        """Every cell that is not zero, counted anew from the votes and from what was counted by hand."""
        questions = await self._hearings.every_question(hearing_id)
        counted: dict[Cell, Count] = {}
        for row in await self._transaction.rows(_OF_HEARING, {"hearing_id": hearing_id}):
            vote = _vote(row)
            for cell, count in changes(questions[vote.question_no], None, vote):
                counted[cell] = counted.get(cell, Count()) + count
        for by_hand in await self._by_hand.list_of(hearing_id):
            for cell, count in by_hand.cells.items():
                counted[cell] = counted.get(cell, Count()) + count
        return {cell: count for cell, count in counted.items() if count != Count()}

    async def rollup(self, hearing_id: int) -> Mapping[Cell, Count]:
        """Every cell that is not zero, as stored."""
        rows = await self._transaction.rows(_CELLS, {"hearing_id": hearing_id})
        return {_cell(row): Count(row.voters, row.points) for row in rows}


@cache
def _of_pairs() -> PreparedQuery:
    given, (hearing, resident) = json_records("keys", int, int)
    return PreparedQuery(
        select(*_COLUMNS).select_from(
            given.join(tables.votes, and_(_v.hearing_id == hearing, _v.resident_id == resident))
        )
    )


@cache
def _add(dialect: str) -> PreparedChange:
    statement = insert(dialect, tables.rollup)
    added = statement.on_conflict_do_update(
        index_elements=[column.name for column in tables.rollup.primary_key],
        set_={"voters": _r.voters + statement.excluded.voters, "points": _r.points + statement.excluded.points},
    )
    return PreparedChange(added)


def _key_of(vote: Vote) -> tuple[int, int, int]:
    return vote.hearing_id, vote.resident_id, vote.question_no


def _columns(vote: Vote) -> dict[str, Any]:
    return {
        "hearing_id": vote.hearing_id,
        "resident_id": vote.resident_id,
        "question_no": vote.question_no,
        "answer": vote.answer,
        **demographics_values(vote.demographics),
        "channel": vote.channel,
        "cast_at": vote.cast_at,
        "press_order": vote.order,
        "changed": vote.changed,
    }


def _cell_columns(cell: Cell, count: Count) -> dict[str, Any]:
    return {
        "hearing_id": cell.hearing_id,
        "question_no": cell.question_no,
        "option_no": cell.option,
        "channel": cell.channel,
        **demographics_values(cell.demographics),
        "voters": count.voters,
        "points": count.points,
    }


def _vote(row: Row) -> Vote:
    hearing, question, resident, answer, village, gender, age, cast_at, order, channel, changed = row
    group = demographics_from(village, gender, age)
    return Vote(hearing, question, resident, answer, group, cast_at, order, channel, changed)


def _cell(row: Row) -> Cell:
    demographics = demographics_from(row.village_id, row.gender, row.age_band)
    return Cell(row.hearing_id, row.question_no, row.option_no, row.channel, demographics)


def _tallies(rows: Iterable[tuple[K, int, Count]]) -> Mapping[K, Tally]:
    """Tallies by key from (key, option, count); keys without voters are absent."""
    options: dict[K, dict[int, Count]] = {}
    for key, option, count in rows:
        if count != Count():
            options.setdefault(key, {})[option] = count
    return {
        key: Tally(counts.pop(ALL_OPTIONS).voters, counts) for key, counts in options.items() if ALL_OPTIONS in counts
    }
