"""Answers leave the database without the people who gave them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.cast_answers import CastAnswer, Reactions
from bot.domain.comments import Channel
from tests.storage.town import NOON, cast, move_in, settle, vote, write

if TYPE_CHECKING:
    from storage import Store

BISHKEK = ZoneInfo("Asia/Bishkek")


async def test_equal_answers_of_one_local_day_are_counted_together(store: Store) -> None:
    town = await settle(store)
    late = NOON + timedelta(hours=6)  # six hours west of Bishkek's midnight
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        await cast(
            now,
            town,
            [
                vote(town, people[0], 3, {2: 1, 1: 1}),
                vote(town, people[1], 3, {1: 1, 2: 1}),
                replace(vote(town, people[2], 3, {1: 1, 2: 1}), cast_at=late),
                vote(town, people[3], 3, {}),
                vote(town, people[3], 2, {1: 1}),
            ],
        )
        found = await now.cast_answers.of_question(town.hearing.id, 3, zone=BISHKEK)
    assert set(map(repr, found)) == {
        repr(CastAnswer(Channel.TELEGRAM, date(2026, 6, 1), {1: 1, 2: 1}, 2)),
        repr(CastAnswer(Channel.TELEGRAM, date(2026, 6, 2), {1: 1, 2: 1}, 1)),
    }


async def test_what_somebody_supports_stands_beside_what_they_answered(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        stays, goes, changed = [await write(now, town, people[0], words) for words in ("бир", "эки", "үч")]
        for comment in (stays, goes, changed):
            await now.comments.set_support(comment.id, people[1].id, on=True, at=NOON)
        await now.comments.save(replace(goes, withdrawn_at=NOON))
        await now.comments.save(replace(changed, amended_at=NOON + timedelta(hours=1)))
        await cast(now, town, [vote(town, people[1], 1, {2: 1}), vote(town, people[2], 1, {1: 1})])
        await cast(now, town, [vote(town, people[3], 2, {1: 1})])
        found = await now.cast_answers.reactions(town.hearing.id, [1])
    assert found == (Reactions(((1, 2),), (stays.id,)), Reactions(((1, 1),), ()))
