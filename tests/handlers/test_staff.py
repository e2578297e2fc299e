"""The desk's list of staff and its journal, as conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.people import Grant, Role
from handlers.presses import AcceptInvitation, OpenHearing
from handlers.presses.links import deep_link
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town


async def colleague(town: Town, name: str, role: Role) -> Person:
    """Somebody who has just opened an invitation."""
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], role)
    person = await town.resident(name)
    person.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    return person


async def test_staff_name_themselves_lose_roles_and_hand_over(town: Town) -> None:
    secretary = await colleague(town, "Гүлнара", Role.SECRETARY)
    assert "How should your colleagues see you?" in secretary.screen.text
    await town.press(secretary, "✅ Гүлнара")
    assert "Your colleagues see you as: Гүлнара" in secretary.screen.text
    member = await colleague(town, "Бек", Role.MEMBER)
    await town.press(member, "✍️")
    await town.say(member, "Бек Осмонов")
    assert "Бек Осмонов" in member.screen.text
    await town.say(secretary, "/desk")
    await town.press(secretary, "👥 Staff")
    assert "• Гүлнара (you): Secretary" in secretary.screen.text
    assert "• Бек Осмонов: Commission member" in secretary.screen.text
    await town.press(secretary, "👤 Гүлнара", "↩️ Take back", "↩️ Yes")
    assert "only secretary" in secretary.toasts[-1].text
    await town.say(secretary, "/desk")
    await town.press(secretary, "👥 Staff", "👤 Бек", "🤝", "🤝 Yes")
    assert "You are now the secretary here." in member.screen.text
    await town.say(secretary, "/desk")
    assert "only for the commission" in secretary.screen.text
    await town.say(member, "/desk")
    await town.press(member, "📔")
    assert "Role handed over to a colleague" in member.screen.text
    assert "Whose role: Бек Осмонов" in member.screen.text
    await town.press(member, "⬇️")
    file = member.messages[-1].content.file
    assert file is not None
    assert "Гүлнара" in file.content.decode()


async def test_invitations_are_listed_and_taken_back(town: Town) -> None:
    secretary = await colleague(town, "Гүлнара", Role.SECRETARY)
    await town.say(secretary, "/desk")
    await town.press(secretary, "👥 Staff", "➕", "Moderator")
    await town.say(secretary, "/desk")
    await town.press(secretary, "👥 Staff", "✉️ Invitations: 1")
    assert "1. Moderator: made by Staff №" in secretary.screen.text
    await town.press(secretary, "↩️ Moderator", "↩️ Yes")
    await town.press(secretary, "👥 Staff", "✉️ Invitations: 0")
    assert "None is open." in secretary.screen.text


async def test_a_village_is_reminded_after_a_look_at_what_it_gets(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    resident = await town.resident("Айгүл")
    await town.app.services.people.set_village(await town.actor(resident), town.places["bagysh-1"])
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "👥 Not yet heard")
    assert "Who has not been heard" in secretary.screen.text
    label = next(each for each in secretary.labels if each.startswith("🔔"))
    await town.press(secretary, label)
    assert "Your village has a say" in secretary.screen.text
    await town.press(secretary, "📣 Yes")
    await town.tick()
    assert "Your village has a say" in resident.messages[-1].words
    await town.press(secretary, label)
    assert "reminded today already" in secretary.toasts[-1].text


async def test_of_many_hearings_each_has_its_date_before_its_title_and_none_is_lost(town: Town) -> None:
    for _ in range(11):
        await town.hearing(publish=False)
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    first = [label for label in secretary.labels if label.startswith("📝")]
    await town.press(secretary, "▶️")
    second = [label for label in secretary.labels if label.startswith("📝")]
    assert (len(first), len(second)) == (10, 1)
    assert len(set(first)) == 10
    assert all(label.split()[1].count(".") == 2 and len(label) <= 34 for label in first)
    await town.press(secretary, "📝", "⬅️")
    assert "Desk" in secretary.screen.text


async def test_the_desk_stands_in_the_menu_of_staff_in_their_language(town: Town) -> None:
    member = await colleague(town, "Бек", Role.MEMBER)

    async def menu() -> list[str]:
        await town.tick()
        return [f"{each['command']}: {each['description']}" for each in member.menu]

    assert "desk: The desk of the commission" in await menu()
    await town.app.services.people.set_language(await town.actor(member), "ru")
    assert "desk: Рабочий стол комиссии" in await menu()
    resident = (await town.actor(member)).resident
    assert resident is not None
    grant = Grant(town.places["bagysh"], Role.MEMBER)
    await town.app.services.staff.revoke(COMMAND_LINE, resident.id, grant)
    assert (await menu())[0] == "start: Главная: ближайшие слушания"


async def test_closing_brings_the_record_and_mornings_bring_one_message_to_who_wants_it(town: Town) -> None:
    first = await town.hearing()
    await town.hearing()
    secretary, member = await colleague(town, "Гүлнара", Role.SECRETARY), await colleague(town, "Бек", Role.MEMBER)
    await town.say(member, "/desk")
    await town.press(member, "☀️ Morning numbers: on")
    assert "☀️ Morning numbers: off" in member.labels
    sent = {person.id: len(person.messages) for person in (secretary, member)}
    town.clock.forward(days=1)
    await town.tick()
    await town.quiet()
    mornings = [each.words for each in secretary.messages[sent[secretary.id] :] if "Answers to questions" in each.words]
    assert len(mornings) == 1
    assert mornings[0].count("Answers to questions") == 2
    assert not [each for each in member.messages[sent[member.id] :] if "Answers to questions" in each.words]
    town.clock.forward(seconds=(first.closes_at - town.clock.now()).total_seconds() + 1)
    await town.tick()
    await town.quiet()
    files = [each for each in secretary.messages if each.content.file is not None]
    assert len(files) == 2  # one of each hearing
    assert "Answers are closed. Here is the record." in files[0].words
    pages = [each for each in member.messages if each.content.file is not None]
    assert len(pages) == 2
    assert "Here is the page for the notice board." in pages[0].words
    assert pages[0].content.file is not None
    assert pages[0].content.file.name.endswith(".pdf")
    await town.tick()
    await town.quiet()
    assert len([each for each in secretary.messages if each.content.file is not None]) == 2
    assert len([each for each in member.messages if each.content.file is not None]) == 2


async def test_staff_come_back_to_the_desk_from_every_screen_that_it_opens(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "👁")
    for labels in (("📖", "📋"), ("🗳",), ("👥",)):
        await town.press(secretary, *labels)
        assert "🗂 Back to the desk" in secretary.labels
        await town.press(secretary, "🗂 Back to the desk")
        assert "Numbers so far" in secretary.screen.text
        await town.press(secretary, "👁")
    await town.say(secretary, "/settings")
    assert secretary.labels[-1] == "🗂 Open the desk"
    resident = await town.resident("Айгүл")
    await town.start(resident)
    assert not [label for label in resident.labels if label.startswith("🗂")]
    elsewhere = await town.secretary("kok-art")
    elsewhere.forge(pack(OpenHearing(hearing.id), "en"))
    await town.quiet()
    await town.press(elsewhere, "🗂 Open the desk")
    assert "Desk" in elsewhere.screen.text
