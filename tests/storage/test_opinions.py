"""What people support, for the groups of opinion: of published comments, joined ones as one, without a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import Visibility
from tests.storage.town import NOON, move_in, settle, write

if TYPE_CHECKING:
    from storage import Store


async def test_active_people_come_with_the_published_comments_they_support(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        said = [await write(now, town, people[0], f"Сунуш {number}") for number in range(5)]
        for comment in said:
            await now.comments.save(replace(comment, visibility=Visibility.PUBLISHED))
        for person, chosen in zip(people, ((), (0, 1, 2), (1, 2), (0, 1, 4)), strict=True):
            for each in chosen:
                await now.comments.set_support(said[each].id, person.id, on=True, at=NOON)
        ids = [comment.id for comment in said]
        bounds = {"most_people": 9, "most_comments": 9}
        here = town.hearing.id
        assert await now.comments.opinions(here, least=3, **bounds) == (tuple(ids[:3]), (ids[0], ids[1], ids[4]))
        assert len(await now.comments.opinions(here, least=2, **bounds)) == 3
        assert await now.comments.opinions(here, least=2, most_people=1, most_comments=1) == ((ids[1],),)
        await now.duplicates.join(ids[4], ids[1])
        assert await now.comments.opinions(here, least=3, **bounds) == (tuple(ids[:3]),)
        hidden = await now.comments.get(ids[0])
        await now.comments.save(replace(hidden, visibility=Visibility.HIDDEN))
        assert await now.comments.opinions(here, least=3, **bounds) == ()
        assert await now.comments.opinions(here, least=2, **bounds) == ((ids[1], ids[2]), (ids[1], ids[2]))
