"""The desk's list of staff and its journal, as conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.people import Role
from handlers.presses import AcceptInvitation
from handlers.presses.links import deep_link

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
