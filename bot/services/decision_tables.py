"""Tables of decisions that come back: kept as they were read, shown, and applied in one transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.decision_table import TABLE_WAITS, TableComparison, WaitingTable, compare
from bot.domain.errors import NotFound
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.values import dataclass
from bot.services.deciding import MeantDecision, only_proposes, owe_word, propose, store_decisions, with_done

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from bot.decision_table.reader import ReturnedTable
    from bot.domain.comments import Comment
    from bot.domain.decision_table import ReturnedDecision
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

Item = TypeVar("Item")

COMPARED_AT_ONCE: Final = 20
STORED_AT_ONCE: Final = 250
"""Rows before anybody else has their turn. Those who write wait for all: fewer statements are over sooner."""


@dataclass(frozen=True, slots=True)
class TableView:
    """What a table would do, or has done. ``id`` is 0 where nothing waits; ``stored`` has the conflicts' comments."""

    hearing: Hearing
    comparison: TableComparison
    stored: Mapping[int, Comment]
    id: int = 0
    proposes: bool = False
    """True where the decisions wait for the secretary."""


class DecisionTables:
    """What the commission does with a table that it has filled in."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def municipalities(self, actor: Actor) -> frozenset[int]:
        """The municipalities whose tables the actor may return; empty for whoever decides nowhere."""
        return await self._directory.where(actor, Permission.DECIDE)

    async def keep(self, actor: Actor, table: ReturnedTable) -> TableView:
        """Show what a table would do, and keep it for the actor to apply; one that would do nothing is not kept.

        It takes the place of the actor's earlier table of that hearing. Raises Forbidden, NotFound.
        """
        sender, now = ensure_known(actor), self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await _hearing(repositories, actor, table.hearing)
            number = 0
            if table.comparison.applied:
                waiting = WaitingTable(0, sender.id, hearing.id, table.rows, now + TABLE_WAITS)
                number = await repositories.waiting_tables.put(waiting)
            proposes = await only_proposes(repositories, actor, hearing.municipality_id)
        return TableView(hearing, table.comparison, table.conflicting, number, proposes)

    async def apply(self, actor: Actor, table_id: int) -> TableView:
        """Store or propose the decisions of one's table, all or none, but for the conflicts that there are by now.

        Others wait for the transaction that writes: what can be read before it is. Raises Forbidden, and NotFound for a
        table that is another's, was applied, replaced or dropped, or has expired.
        """
        now = self._clock.now()
        async with self._store.reading() as repositories:
            table = await _own(repositories, actor, table_id, now)
            view = await _compared(repositories, await _hearing(repositories, actor, table.hearing_id), table.rows)
        read = {comment.id: comment.state for comment in view.stored.values()}
        async with self._store.writing() as repositories:
            await _hearing(repositories, actor, table.hearing_id)
            if not await repositories.waiting_tables.remove(table.id):
                raise NotFound("table", table_id)
            if await repositories.comments.states(read) != read:
                view = await _compared(repositories, view.hearing, table.rows)
            view = replace(view, proposes=await only_proposes(repositories, actor, view.hearing.municipality_id))
            await _decide(repositories, actor, view, now)
        return view

    async def drop(self, actor: Actor, table_id: int) -> Hearing:
        """Let go of one's table: nothing of it is stored. Raises as ``apply``."""
        async with self._store.writing() as repositories:
            table = await _own(repositories, actor, table_id, self._clock.now())
            hearing = await _hearing(repositories, actor, table.hearing_id)
            await repositories.waiting_tables.remove(table.id)
        return hearing


async def _own(repositories: Repositories, actor: Actor, table_id: int, now: datetime) -> WaitingTable:
    found = await repositories.waiting_tables.find(table_id, actor.resident_id or 0, now)
    if found is None:
        raise NotFound("table", table_id)
    return found


async def _hearing(repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
    hearing = await repositories.hearings.get(hearing_id)
    ensure(actor, Permission.DECIDE, hearing.municipality_id)
    return hearing


async def _compared(repositories: Repositories, hearing: Hearing, rows: Sequence[ReturnedDecision]) -> TableView:
    """What the rows would do now, some at a time: others are answered meanwhile."""
    found = TableComparison()
    stored: dict[int, Comment] = {}
    for some in batched(rows, COMPARED_AT_ONCE):
        numbers = {row.key.number for row in some}
        here = {each.number: each for each in await repositories.comments.list_numbers(hearing.id, numbers)}
        found += compare(some, here)
        stored |= here
        await asyncio.sleep(0)
    return TableView(hearing, found, stored)


async def _decide(repositories: Repositories, actor: Actor, view: TableView, now: datetime) -> None:
    """Store what is new and changed, owe a word, note who did it: figures, no word of a resident."""
    found, by = view.comparison, actor.resident_id
    decided = dict(_meant(view))
    if not decided:
        return
    moment = now if view.proposes else await owe_word(repositories, view.hearing, at=now)
    for some in batched(tuple(decided.items()), STORED_AT_ONCE):
        if view.proposes:
            await propose(repositories, actor, view.hearing, dict(some), at=now)
        else:
            await store_decisions(repositories, dict(some), by=by, at=now, moment=moment)
    counts = {"new": len(found.new), "changed": len(found.changed), "conflicts": len(found.conflicts)}
    entry = about_hearing(view.hearing.id, Act.TABLE_APPLIED, at=now, by=by, data=counts)
    await repositories.journal.add(entry)


def _meant(view: TableView) -> Iterator[tuple[int, MeantDecision]]:
    """What is stored, by the comments' ids."""
    for row in view.comparison.applied:
        comment = view.stored[row.key.number]
        decision = with_done(row.decision, comment)
        yield comment.id, MeantDecision(decision, row.key.edition, row.key.decision, stood=comment.decision)


def batched(rows: Sequence[Item], at_once: int) -> Iterator[Sequence[Item]]:
    """The rows, so many at a time."""
    return (rows[start : start + at_once] for start in range(0, len(rows), at_once))
