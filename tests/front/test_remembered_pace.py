"""The pace of answers over a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.remembered_pace import KEY, RememberedPace
from handlers.outgoing.answer_pace import AnswerPace

if TYPE_CHECKING:
    from storage import Store


async def test_the_next_process_begins_with_what_this_one_has_learnt(sqlite_store: Store) -> None:
    pace = AnswerPace(200)
    remembered = RememberedPace(sqlite_store, pace, monotonic=float)
    await remembered.recall()
    await remembered.keep()
    async with sqlite_store.reading() as repositories:
        assert await repositories.housekeeping.find_setting(KEY) is None  # nothing was learnt: nothing is written
    for second in range(1, 60):
        pace.note_waited(second)
    await remembered.keep()
    later = AnswerPace(200)
    await RememberedPace(sqlite_store, later, monotonic=float).recall()
    assert later.total == pace.total > 30
    slower = AnswerPace(10)
    await RememberedPace(sqlite_store, slower, monotonic=float).recall()
    assert (slower.total, slower.most_answers(bulk_waits=False)) == (40, 10)


async def test_a_bot_without_a_pace_remembers_nothing(sqlite_store: Store) -> None:
    remembered = RememberedPace(sqlite_store, None)
    await remembered.recall()
    await remembered.keep()
