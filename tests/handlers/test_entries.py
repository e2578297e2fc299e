"""The secretary enters hall, paper and phone voices in Kyrgyz, from the desk to the final results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Channel
from handlers import presses
from handlers.presses.wire import pack
from tests.municipality import Municipality

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.living import Town


async def secretary_in_kyrgyz(town: Town) -> Person:
    person = await town.resident("Гүлнара", tongue="Кыргызча")
    await Municipality(town.app.services, town.places).staff(person.id)
    return person


async def at_entries(town: Town, secretary: Person, hearing: Hearing) -> None:
    secretary.forge(pack(presses.OpenDeskHearing(hearing.id), "ky"))
    await town.quiet()
    await town.press(secretary, "✍️")


async def test_a_paper_gets_its_number_and_is_asked_about_when_it_comes_again(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    await at_entries(town, secretary, hearing)
    for _ in range(2):
        await town.press(secretary, "💬", "Кагазда", "Сунуш", "🏛")
        await town.say(secretary, "Көчөгө жарык керек")
        if "№ 1" in secretary.screen.text:
            break
        await town.press(secretary, "🙋")
        await town.say(secretary, "12")
        await town.press(secretary, "🪪")
        await town.say(secretary, "Асанова Гүлмира")
        await town.press(secretary, "📅", "23.11.26")
        assert "Асанова Гүлмира" in secretary.screen.text
        await town.press(secretary, "✅")
        assert "№ 1" in secretary.screen.text
        await town.press(secretary, "⬅️")
    await town.press(secretary, "✅")
    assert "№ 2" in secretary.screen.text
    async with town.store.reading() as repositories:
        first, second = await repositories.comments.page(hearing.id, after=0, limit=9)
    assert (first.support, second.support, first.channel) == (12, 0, Channel.PAPER)
    await town.press(secretary, "👁", "🗑", "🗑")
    assert "№ 2" not in secretary.screen.text


async def test_votes_of_the_hall_are_counted_and_a_slip_of_the_hand_is_said(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    await at_entries(town, secretary, hearing)
    await town.press(secretary, "🗳", "Залда", "Багыш", "▫️ 1")
    await town.say(secretary, "12 5")
    assert "№" not in secretary.screen.text
    await town.say(secretary, "12 5 3")
    assert "20" in secretary.screen.text
    await town.press(secretary, "✅")
    assert "✅ 1" in secretary.labels
    secretary.forge(pack(presses.SeeTallies(hearing.id), "ky"))
    await town.quiet()
    assert "Залда: 20" in secretary.screen.text
    await at_entries(town, secretary, hearing)
    await town.press(secretary, "👥")
    await town.say(secretary, "50 35")
    await town.press(secretary, "✅")
    assert "85" in secretary.screen.text


async def test_results_are_preliminary_until_the_secretary_says_that_all_is_entered(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    town.clock.forward(days=4)
    await town.tick()
    await at_entries(town, secretary, hearing)
    preliminary = secretary.screen.text
    await town.press(secretary, "✅", "✅")
    assert secretary.screen.text != preliminary
    assert not any("💬" in label for label in secretary.labels)
    await town.press(secretary, "🔓", "🔓")
    assert secretary.screen.text == preliminary
