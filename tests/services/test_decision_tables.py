"""A table of decisions that came back: shown before it is stored, stored whole, once, by whoever sent it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.decision_table.reader import ReturnedTable
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import TABLE_WAITS, ReturnedDecision, RowKey, compare, in_a_table
from bot.domain.errors import ConsentNeeded, Forbidden, NotFound
from bot.domain.journal import Act
from bot.domain.people import Role
from tests.services.rights import SECRETARIES, everybody
from tests.services.writing import decide, filed, message, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.decision_tables import DecisionTables, TableView
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

YES = Decision(Outcome.ACCEPTED, "Курабыз")
NO = Decision(Outcome.REJECTED, "Акча жок")


@pytest.fixture
def tables(municipality: Municipality) -> DecisionTables:
    return municipality.services.decision_tables


def row(comment: Comment, decision: Decision = YES) -> ReturnedDecision:
    return ReturnedDecision(RowKey.of(comment, comment.text), decision)


async def keep(municipality: Municipality, actor: Actor, hearing: Hearing, rows: list[ReturnedDecision]) -> TableView:
    """What is shown of a table that says this."""
    async with municipality.services.store.reading() as repositories:
        numbers = {each.key.number for each in rows}
        found = {each.number: each for each in await repositories.comments.list_numbers(hearing.id, numbers)}
    table = ReturnedTable(hearing.id, tuple(rows), comparison=compare(rows, found), conflicting=found)
    return await municipality.services.decision_tables.keep(actor, table)


async def comments(municipality: Municipality, hearing: Hearing, author: Actor, count: int = 4) -> list[Comment]:
    return [await filed(municipality, author, hearing, f"Сунуш {number}") for number in range(1, count + 1)]


async def test_a_table_is_stored_when_it_is_applied_and_not_before(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor
) -> None:
    one, two, three, four = await comments(municipality, hearing, aigul)
    await decide(municipality, two)
    two = await stored(municipality, two)
    secretary = await municipality.staff(2)
    same = replace(two.decision, decided_at=None) if two.decision else YES
    rows = [row(one), row(two, NO), row(three, NO), row(four)]
    view = await keep(municipality, secretary, hearing, rows)
    assert (len(view.comparison.new), len(view.comparison.changed), view.comparison.conflicts) == (3, 1, ())
    assert (await stored(municipality, one)).decision is None
    done = await tables.apply(secretary, view.id)
    now = municipality.services.clock.now()
    assert len(done.comparison.applied) == 4
    assert [(await stored(municipality, each)).decision for each in (one, two)] == [
        replace(YES, decided_at=now),
        replace(NO, decided_at=now),
    ]
    again = await keep(municipality, secretary, hearing, rows)
    assert (again.id, len(again.comparison.same), again.comparison.applied) == (0, 4, ())
    back = await keep(municipality, secretary, hearing, [row(await stored(municipality, two), same)])
    assert len(back.comparison.changed) == 1


async def test_what_others_have_done_since_the_table_was_taken_is_a_conflict_and_stays(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    decided, amended, taken_back, fresh = await comments(municipality, hearing, aigul)
    secretary = await municipality.staff(2)
    rows = [row(each, NO) for each in (decided, amended, taken_back, fresh)]
    view = await keep(municipality, secretary, hearing, rows)
    assert len(view.comparison.new) == 4
    await decide(municipality, decided)
    clock.forward(minutes=1)
    await municipality.services.submissions.begin_amendment(aigul, amended.id)
    await received(municipality, aigul, message(municipality, "Башка сөз"))
    await municipality.services.comments.withdraw(aigul, taken_back.id)
    done = await tables.apply(secretary, view.id)
    assert [each.key.number for each in done.comparison.conflicts] == [1, 2, 3]
    assert [each.key.number for each in done.comparison.applied] == [4]
    found = [(await stored(municipality, each)).decision for each in (decided, amended, taken_back, fresh)]
    assert [each and each.outcome for each in found] == [Outcome.ACCEPTED, None, None, Outcome.REJECTED]


async def test_of_two_tables_applied_at_once_one_decides(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor
) -> None:
    (comment,) = await comments(municipality, hearing, aigul, 1)
    people = [await municipality.staff(number) for number in (2, 3)]
    views = [
        await keep(municipality, person, hearing, [row(comment, decision)])
        for person, decision in zip(people, (YES, NO), strict=True)
    ]
    done = await asyncio.gather(*(tables.apply(one, view.id) for one, view in zip(people, views, strict=True)))
    assert sorted(len(view.comparison.applied) for view in done) == [0, 1]
    assert sorted(len(view.comparison.conflicts) for view in done) == [0, 1]
    async with municipality.services.store.reading() as repositories:
        now = await repositories.comments.get(comment.id)
        assert await repositories.comments.states([comment.id]) == {comment.id: now.state}


async def test_a_table_is_its_senders_alone_and_of_their_municipality(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor
) -> None:
    (comment,) = await comments(municipality, hearing, aigul, 1)
    people = await everybody(municipality)
    may = set()
    for sort, actor in people.items():
        with suppress(Forbidden, ConsentNeeded):
            await keep(municipality, actor, hearing, [row(comment)])
            may.add(sort)
    assert may == SECRETARIES - {"administrator"} | {"member"}
    view = await keep(municipality, people["secretary"], hearing, [row(comment)])
    for sort, actor in people.items():
        if sort != "secretary":
            for act in (tables.apply, tables.drop):
                with pytest.raises(NotFound):
                    await act(actor, view.id)
    assert (await stored(municipality, comment)).decision is None
    assert await tables.municipalities(people["resident"]) == await tables.municipalities(people["moderator"]) == set()
    assert await tables.municipalities(people["neighbour"]) == {municipality.places["kok-art"]}
    assert municipality.id in await tables.municipalities(COMMAND_LINE)


async def test_who_lost_their_role_does_not_apply_what_they_sent(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor
) -> None:
    (comment,) = await comments(municipality, hearing, aigul, 1)
    member = await municipality.staff(2, Role.MEMBER)
    view = await keep(municipality, member, hearing, [row(comment)])
    with pytest.raises(Forbidden):
        await tables.apply(replace(member, grants=()), view.id)
    assert (await stored(municipality, comment)).decision is None


async def test_a_table_that_was_applied_replaced_dropped_or_forgotten_is_not_there(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    one, two = await comments(municipality, hearing, aigul, 2)
    secretary = await municipality.staff(2)
    replaced = await keep(municipality, secretary, hearing, [row(one)])
    newer = await keep(municipality, secretary, hearing, [row(two)])
    assert newer.id > replaced.id
    await tables.drop(secretary, newer.id)
    applied = await keep(municipality, secretary, hearing, [row(two)])
    await tables.apply(secretary, applied.id)
    expired = await keep(municipality, secretary, hearing, [row(one)])
    clock.forward(seconds=(TABLE_WAITS + timedelta(seconds=1)).total_seconds())
    for view in (replaced, newer, applied, expired):
        with pytest.raises(NotFound):
            await tables.apply(secretary, view.id)
    await municipality.services.privacy.expire()
    assert (await stored(municipality, one)).decision is None


async def test_the_journal_has_figures_and_outcomes_and_no_word_of_anybody(
    municipality: Municipality, tables: DecisionTables, hearing: Hearing, aigul: Actor
) -> None:
    one, two = await comments(municipality, hearing, aigul, 2)
    secretary = await municipality.staff(2)
    view = await keep(municipality, secretary, hearing, [row(one), row(two, NO)])
    await tables.apply(secretary, view.id)
    async with municipality.services.store.reading() as repositories:
        (newest, *_) = await repositories.journal.list_about(f"hearing:{hearing.id}")
        (decided, *_) = await repositories.journal.list_about(f"comment:{two.id}")
    assert (newest.act, newest.actor_id, dict(newest.data)) == (
        Act.TABLE_APPLIED,
        secretary.resident_id,
        {"new": 2, "changed": 0, "conflicts": 0},
    )
    assert (decided.act, dict(decided.data)) == (Act.DECIDED, {"outcome": "rejected"})


async def test_a_table_has_room_for_those_without_a_decision_first(
    municipality: Municipality, hearing: Hearing, aigul: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await comments(municipality, hearing, aigul, 4)
    await decide(municipality, found[0])
    await municipality.services.comments.withdraw(aigul, found[1].id)
    found = [await stored(municipality, each) for each in found]
    assert [each.number for each in in_a_table(found)[0]] == [1, 3, 4]
    monkeypatch.setattr("bot.domain.decision_table.ROWS_OF_A_TABLE", 2)
    chosen, left_out = in_a_table(found)
    assert ([each.number for each in chosen], left_out) == ([3, 4], 1)
