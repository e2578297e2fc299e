"""A sitting live: its chair runs it from the phone, three residents take part, one of them from elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.hearings import AgendaItem
from bot.domain.journal import Act
from bot.domain.people import Role
from bot.simulator.faults import PlannedFault
from handlers import presses
from handlers.presses.links import deep_link
from tests import samples
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.living import Town


async def begun(town: Town) -> tuple[Hearing, Person, int]:
    """A hearing whose sitting has begun, who chairs it, and the code of the day."""
    items = (AgendaItem(1, samples.words("Opening")), AgendaItem(2, samples.words("Roads")))
    hearing = await town.hearing(replace(samples.dossier(), agenda=items))
    chair = await town.secretary(role=Role.MODERATOR)
    await town.say(chair, "/desk")
    await town.press(chair, "🟢", "🏛 Hall", "▶️ Begin the sitting")
    assert "Checked in: 0" in chair.screen.text
    actor = await town.actor(chair)
    return hearing, chair, await town.app.services.hall_keys.ensure_code(actor, hearing.id, 1)


def link(town: Town, hearing: Hearing, code: int) -> str:
    return deep_link(town.telegram.username, presses.CheckIn(hearing.id, 1, code))


async def come(town: Town, person: Person, hearing: Hearing, code: int) -> None:
    """Point a phone at the wall."""
    person.follow(link(town, hearing, code))
    await town.quiet()


async def test_a_hall_answers_asks_and_speaks_and_all_of_it_stands_in_the_minutes(town: Town) -> None:
    hearing, chair, code = await begun(town)
    aigul, bek = await town.resident("Айгүл"), await town.resident("Бек")
    await come(town, aigul, hearing, code)
    assert "You are in the hall." in aigul.screen.text
    newcomer = town.person("Чолпон")
    await come(town, newcomer, hearing, code)
    await town.press(newcomer, "English", "✅")
    assert "You are in the hall." in newcomer.screen.text  # language and consent carry the check-in through
    await town.start(bek)
    await town.press(bek, "🏛 In the hall now", "📱 Take part from here")
    assert "You take part from elsewhere." in bek.screen.text

    await town.press(chair, "⏭ Next: 1. Opening")
    assert "Checked in: 2" in chair.screen.text
    screens = {person: len(person.messages) for person in (aigul, bek, newcomer)}
    await town.press(chair, "🗳 Ask the hall", "1. ")
    await town.tick()
    for person, count in screens.items():  # the screens have turned by themselves, in place
        assert "👍 I support" in person.screen.labels
        assert len(person.messages) == count
    for person in screens:
        await town.press(person, "👍")
        assert person.toasts[-1].text == "✅ Counted: I support"
    await town.tick()
    assert "Your answer: In favour" in aigul.screen.text
    assert "3 people have answered" in newcomer.screen.text
    assert "In favour: 3" not in newcomer.screen.text  # fewer than five

    late = aigul.screen.button("👎")["callback_data"]
    await town.press(chair, "⏹ Close the question", "✋ Count hands")
    await town.say(chair, "20 3")
    await town.say(chair, "20 3 2")
    assert "✋ Hands: In favour 20, Opposed 3, Abstained 2" in chair.screen.text
    query = aigul.forge(late, aigul.screen)
    await town.quiet()
    assert query.toast == "This question is closed in the hall. This press was not counted."
    await town.press(chair, "📊 Show the result", "↩️ Undo: Result shown", "📊 Show the result")
    await town.tick()
    assert "This question is closed in the hall." in bek.screen.text
    assert "✋ Hands: In favour 20" in bek.screen.text

    await town.press(bek, "✋ Ask for the floor")
    await town.press(aigul, "✋ Ask for the floor")
    assert "Your number is 2. Before you: 1." in aigul.screen.text
    await town.press(chair, "🔄 Refresh", "🎤 Next speaker: № 1")
    await town.tick()
    assert "№ 1: the floor is yours." in bek.screen.text
    await town.press(chair, "🔇 Has spoken")

    await town.press(newcomer, "❓ Ask the presenters", "✖️ Cancel")
    assert "You are in the hall." in newcomer.screen.text
    await town.press(newcomer, "❓ Ask the presenters")
    await town.say(newcomer, "When is the road ready?")
    await town.press(chair, "🔄 Refresh", "❓ Questions: 1", "👁 № 1", "✅ № 1", "✍️ Write what was answered")
    await town.say(chair, "In August.")
    assert "There are none now." in chair.screen.text
    await town.press(chair, "⬅️ Back", "🏁 End the sitting", "🏁 Yes, end it")
    await town.tick()
    assert "The sitting is over. Thank you for taking part!" in aigul.screen.text

    async with town.store.reading() as repositories:
        journal = await repositories.journal.list_about(f"hearing:{hearing.id}")
        votes = await repositories.votes.tallies_by_channel(hearing.id)
    assert {tally.voters for tally in votes.values()} == {3, 25}
    assert Act.HALL_UNDONE in {entry.act for entry in journal}


async def test_the_code_on_the_wall_can_be_typed_and_guessing_it_is_refused(town: Town) -> None:
    hearing, chair, code = await begun(town)
    person = await town.resident()
    await town.say(person, f"{code // 10_000} {code % 10_000:04d}")
    assert "You are in the hall." in person.screen.text
    newcomer = town.person("Чолпон")
    await town.start(newcomer)
    await town.press(newcomer, "English", "✅")
    assert "Where do you live?" in newcomer.screen.text
    await town.say(newcomer, str(code))
    assert "You are in the hall." in newcomer.screen.text
    guesser = await town.resident("Бек")
    for _ in range(5):
        await send(town, guesser, presses.CheckIn(hearing.id, 1, code + 1))
    await send(town, guesser, presses.CheckIn(hearing.id, 1, code))
    assert "Too many wrong codes." in guesser.toasts[-1].text
    await town.press(chair, "🔄 Refresh", "🔗 Code and links")
    shown = f"{code:08d}"
    assert f"{shown[:4]} {shown[4:]}" in chair.screen.words
    assert chair.screen.content.media  # the code as a picture


async def test_who_is_told_of_nothing_new_gets_no_screen_and_who_has_left_does_not_either(town: Town) -> None:
    hearing, chair, code = await begun(town)
    person = await town.resident()
    await come(town, person, hearing, code)
    edits = len(person.screen.history)
    await town.tick()
    await town.press(chair, "⏭ Next: 1. Opening")
    await town.tick()
    assert len(person.screen.history) == edits  # the next item turns nobody's screen
    await town.app.services.privacy.forget(await town.actor(person), withdraw_comments=True)
    await town.press(chair, "🗳 Ask the hall", "1. ")
    await town.tick()
    assert len(person.screen.history) == edits


async def test_with_telegram_away_the_chair_goes_on_and_phones_show_the_newest_state_when_it_is_back(
    town: Town,
) -> None:
    hearing, chair, code = await begun(town)
    person = await town.resident()
    await come(town, person, hearing, code)
    sent, halls = len(person.messages), town.app.services.halls
    here = (await town.actor(chair), hearing.id, 1)
    away = PlannedFault(status=502)
    town.telegram.faults.policy = lambda method, _chat: away if method.startswith(("send", "edit")) else None
    state = await halls.ask(*here, 1, seen=(await halls.chair(*here)).state.hall.moves)  # as the chair's page does
    await town.app.parts.hall_screens.look()
    while not town.app.replies.counts["again"]:
        await asyncio.sleep(0)
    state = await halls.close_question(*here, seen=state.state.hall.moves)
    state = await halls.ask(*here, 2, seen=state.state.hall.moves)
    town.telegram.faults.clear()
    await town.quiet()
    await town.tick()
    assert len(person.messages) == sent
    await town.press(person, "👎")
    assert person.toasts[-1].text == "✅ Counted: I am against"
    async with town.store.reading() as repositories:
        assert set(await repositories.votes.tallies(hearing.id)) == {2}


async def test_a_question_that_is_being_written_is_taken_although_the_screen_has_turned(town: Town) -> None:
    hearing, chair, code = await begun(town)
    person = await town.resident()
    await come(town, person, hearing, code)
    await town.press(person, "❓ Ask the presenters")
    await town.press(chair, "🗳 Ask the hall", "1. ")
    await town.tick()
    hall = person.screen
    assert "👍 I support" in hall.labels
    await town.say(person, "When is the road ready?")
    assert "👍 I support" in hall.labels  # the prompt does not come back over it
    await town.press(chair, "🔄 Refresh", "❓ Questions: 1")
    assert "When is the road ready?" in chair.screen.text
