"""The council's resolution: typed on the desk, told to everybody who took part, read on the card and under answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.languages import KY, OWN_NAMES
from handlers import presses
from tests.handlers.test_decisions import morning
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.services.writing import published

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town


def letters(person: Person) -> list[str]:
    """What the person was told of the council."""
    return [each.text for each in person.messages if each.text.startswith("🏛")]


async def test_the_councils_resolution_is_told_once_to_everybody_who_took_part(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author, voter = await town.resident(), await town.resident("Бакыт", tongue=OWN_NAMES[KY])
    await town.resident("Чоочун")
    comment = await published(here, await town.actor(author), hearing, "Көпүрө керек")
    await send(town, voter, presses.ChooseOption(hearing.id, 1, 1))
    secretary = await town.secretary()
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    yes, nothing = Decision(Outcome.ACCEPTED, "2027-жылы курулат"), decision_mark(None)
    await here.services.decisions.decide(COMMAND_LINE, comment.id, yes, edition=0, earlier=nothing)
    await here.services.decisions.complete(COMMAND_LINE, hearing.id)
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    await town.press(secretary, "🏛 Council’s resolution", "✍️ Write it down")
    await town.say(secretary, "12/3")
    screen = await town.say(secretary, "15.05.2020")
    assert "The day can be from" in screen.text
    await town.say(secretary, f"{town.clock.now():%d.%m.%Y}")
    screen = await town.say(secretary, "Бюджет кабыл алынды")
    assert all(words in screen.text for words in ("Is this right?", "№ 12/3", "Бюджет кабыл алынды"))
    await town.press(secretary, "✅ Store it and tell everybody")
    await morning(town)
    (told,), (in_kyrgyz,) = letters(author), letters(voter)
    assert all(words in told for words in ("№ 12/3", "Бюджет кабыл алынды", "№ 1 · Accepted", "2027-жылы курулат"))
    assert "Катышканыңыз үчүн рахмат" in in_kyrgyz
    await send(town, secretary, presses.OpenResolution(hearing.id))
    await town.press(secretary, "✏️ Number")
    screen = await town.say(secretary, "12/4")
    assert screen.text.index("№ 12/3") < screen.text.index("Is this right?") < screen.text.index("№ 12/4")
    await town.press(secretary, "✅ Yes, correct it")
    await morning(town)
    assert [len(letters(person)) for person in (author, voter)] == [1, 1]
    for press in (presses.OpenHearing(hearing.id), presses.ReadAnswers(hearing.id)):
        await send(town, author, press)
        assert "№ 12/4" in author.screen.text
        assert "Бюджет кабыл алынды" in author.screen.text


async def test_words_are_no_part_of_a_resolution_once_the_desk_was_opened(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    secretary = await town.secretary()
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    await here.services.decisions.complete(COMMAND_LINE, hearing.id)
    await send(town, secretary, presses.WriteResolution(hearing.id))
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    await town.say(secretary, "Саламатсызбы")
    assert await here.services.pending_inputs.find(await town.actor(secretary)) is None
