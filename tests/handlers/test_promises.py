"""Done, with a photo: said at the desk, told once, and read by everybody; an answer is found by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from tests.handlers.test_decisions import morning
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.services.test_promises import decided
from tests.services.writing import published

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town


def letters(person: Person) -> list[str]:
    """What the person was told of what is done."""
    return [each.text for each in person.messages if each.text.startswith("✔️ What was promised is done")]


async def test_what_is_done_is_shown_with_its_photo_and_told_once_to_author_and_supporters(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author, supporter, stranger = [await town.resident(name) for name in ("Айгүл", "Бакыт", "Чынара")]
    comment = await published(here, await town.actor(author), hearing, "Көпүрө керек")
    await here.services.comments.support(await town.actor(supporter), comment.id, on=True)
    await decided(here, comment, due=town.clock.now().date())
    secretary = await town.secretary()
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    await send(town, stranger, presses.ReadAnswers(hearing.id))
    assert "not done yet" in stranger.screen.text
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    await town.press(secretary, "🛠 Promised and done", "№ 1", "✔️ Done yesterday")
    secretary.send_photo()
    await town.quiet()
    assert "✔️ Done:" in secretary.screen.text
    await morning(town)
    assert [len(letters(person)) for person in (author, supporter, stranger)] == [1, 1, 0]
    assert "Көпүрө керек" in letters(supporter)[0]
    await send(town, stranger, presses.ReadAnswers(hearing.id))
    assert "✔️ Done:" in stranger.screen.text
    await town.press(stranger, "№ 1", "🖼 Photo: № 1")
    assert stranger.messages[-1].content.media
    await town.press(secretary, "↩️ Not done after all", "↩️ Yes, it is not done")
    await morning(town)
    assert [len(letters(person)) for person in (author, supporter)] == [1, 1]


async def test_who_reads_answers_finds_one_by_its_number(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author, visitor = await town.resident(), town.person("Чоочун")
    for number in range(1, 8):
        comment = await published(here, await town.actor(author), hearing, f"Сунуш {number}-көчө")
        await decided(here, comment)
    await town.start(visitor)
    await town.press(visitor, "English", "👀")
    for person in (author, visitor):
        await send(town, person, presses.ReadAnswers(hearing.id))
        assert "7-көчө" not in person.screen.text
        screen = await town.say(person, "№ 7")
        assert "7-көчө" in screen.text
        assert person.screen.labels[0] == "№ 7"
        await town.press(person, "⬅️ Back", "🔎 Choose, or find a number")
        assert "Accepted: 7" in person.screen.labels
        screen = await town.say(person, "#99")
        assert "№ 99 is not among the published answers." in screen.text
        await town.press(person, "⬅️ Back", "🏠 Home")
        screen = await town.say(person, "7")
        assert "7-көчө" not in screen.text
