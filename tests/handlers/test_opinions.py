"""Groups of opinion at the desk: after closing, for staff, in sentences, with the comments that tell them apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import Visibility
from bot.reports import opinions
from handlers import presses
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.reports.crowds import SHARED, crowd, own
from tests.services.writing import published

if TYPE_CHECKING:
    import pytest

    from bot.domain.hearings import Hearing
    from tests.living import Town

SIZES = (14, 9)
FIRST_ID = 700_000


async def supported(town: Town, hearing: Hearing) -> None:
    """Comments of the hearing, and people in two groups who support them; one comment is hidden afterwards."""
    here = Municipality(town.app.services, town.places)
    author = await here.resident(FIRST_ID)
    wanted = sorted({*SHARED, *own(0), *own(1), 90})
    comments = {each: await published(here, author, hearing, f"Сунуш {each}") for each in wanted}
    people = [(await here.resident(FIRST_ID + number)).resident for number in range(1, sum(SIZES) + 1)]
    async with town.app.services.store.writing() as repositories:
        for person, (_, chosen) in zip(people, crowd(SIZES), strict=True):
            assert person is not None
            for each in (*chosen, 90):
                await repositories.comments.set_support(comments[each].id, person.id, on=True, at=town.clock.now())
        hidden = await repositories.comments.get(comments[90].id)
        await repositories.comments.save(replace(hidden, visibility=Visibility.HIDDEN))


async def test_the_commission_reads_the_groups_once_answers_are_closed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing = await town.hearing()
    await supported(town, hearing)
    secretary, stranger = await town.secretary(), await town.resident("Чынара")
    await send(town, secretary, presses.SeeOpinions(hearing.id))
    assert "once answers are closed" in secretary.screen.text
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    await town.press(secretary, "🧭 Groups of opinion")
    text = secretary.screen.text
    assert "2 groups of people who support the same comments: 14, 9 people." in text
    assert "They agree on № 1" in text
    assert "Group 2: 9 people" in text
    assert "Сунуш 1" in text
    assert "Сунуш 90" not in text
    await send(town, stranger, presses.SeeOpinions(hearing.id))
    assert "groups of people" not in stranger.screen.text
    monkeypatch.setattr(opinions, "find_spec", lambda _: None)
    await send(town, secretary, presses.SeeOpinions(hearing.id))
    assert "pip install 'hearing-bot[groups]'" in secretary.screen.text
