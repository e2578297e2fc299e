"""Updates in turn: a thousand of one person cost the next person one."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.tasks import Tasks
from handlers.incoming.incoming_update import IncomingUpdate, sender_of
from handlers.incoming.turns import PEOPLE_AT_ONCE, Turns
from tests.clocks import in_virtual_time
from tests.handlers.incoming.intake_desk import press, words

FLOODER, NEIGHBOURS = 1, range(2, 2 + 3 * PEOPLE_AT_ONCE)


@in_virtual_time
async def test_people_are_served_in_turn_and_each_ones_updates_in_order() -> None:
    served: list[tuple[int | None, int]] = []
    together: list[int | None] = []

    async def handle(update: IncomingUpdate) -> None:
        assert update.person not in together
        together.append(update.person)
        assert len(together) <= PEOPLE_AT_ONCE
        served.append((update.person, update.number))
        await asyncio.sleep(1)
        together.remove(update.person)

    tasks = Tasks()
    turns = Turns(handle, tasks)
    for number in range(1_000):
        turns.put(IncomingUpdate(number, FLOODER, {}))
    for person in NEIGHBOURS:
        for number in range(2):
            turns.put(IncomingUpdate(number, person, {}))
    await tasks.join()
    assert len(turns) == 0
    for person in (FLOODER, *NEIGHBOURS):
        own = [number for who, number in served if who == person]
        assert own == list(range(1_000 if person == FLOODER else 2))
    last_of_neighbours = max(at for at, (person, _) in enumerate(served) if person != FLOODER)
    assert sum(person == FLOODER for person, _ in served[: last_of_neighbours + 1]) <= 8


@in_virtual_time
async def test_what_is_dropped_or_stopped_is_not_begun() -> None:
    served: list[int] = []

    async def handle(update: IncomingUpdate) -> None:
        await asyncio.sleep(1)
        served.append(update.number)

    tasks = Tasks()
    turns = Turns(handle, tasks)
    updates = [IncomingUpdate.arrived(number, words(number, person=FLOODER), None) for number in range(5)]
    for update in updates:
        turns.put(update)
    turns.drop({updates[1]})
    await asyncio.sleep(2.5)
    turns.stop()
    await tasks.join()
    assert served == [0, 2, 3]
    assert turns.has_message(FLOODER)
    assert not turns.has_message(2)


def test_an_update_belongs_to_its_sender_else_to_its_chat_else_to_nobody() -> None:
    assert sender_of(press(1, person=7)) == sender_of(words(2, person=7)) == 7
    membership = {"chat": {"id": -5, "type": "channel"}, "from": {"id": "7"}}
    assert sender_of({"update_id": 1, "my_chat_member": membership}) == -5
    nobodys: tuple[dict[str, Any], ...] = (
        {"update_id": 1},
        {"message": []},
        {"message": {"from": 7, "chat": {"id": 2**70}}},
    )
    assert [sender_of(raw) for raw in nobodys] == [None, None, None]
