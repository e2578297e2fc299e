"""A group in a municipality: who is in it, and what they do there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.simulator.rooms import SimulatedRoom
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.domain.rooms import Room as Known
    from bot.simulator import Person
    from bot.simulator.messages import Message
    from bot.simulator.rooms import SimulatedTopic
    from handlers.presses import Press
    from tests.living import Town


@dataclass
class Village:
    """A group in a municipality with a bot, its administrator and a secretary who is one too."""

    town: Town
    room: SimulatedRoom
    owner: Person
    secretary: Person

    async def known(self, room: SimulatedRoom | None = None) -> Known | None:
        """What is stored of a room."""
        async with self.town.store.reading() as repositories:
            return await repositories.rooms.find((room or self.room).id)

    async def add(self, by: Person, room: SimulatedRoom | None = None, **how: str) -> None:
        """Bring the bot in."""
        (room or self.room).add_bot(by, **how)  # type: ignore[arg-type]
        await self.town.quiet()

    async def say(
        self,
        person: Person,
        text: str,
        *,
        where: SimulatedRoom | SimulatedTopic | None = None,
        to: Message | None = None,
    ) -> None:
        """Say something in the room."""
        person.say(text, room=where or self.room, reply_to=to)
        await self.town.quiet()

    async def link(self, room: SimulatedRoom | None = None) -> Known:
        """Let the secretary bring the bot in and link the room."""
        await self.add(self.secretary, room)
        await self.town.press(self.secretary, "🔗 ", "🔗 Link")
        found = await self.known(room)
        assert found is not None
        assert found.municipality_id == self.town.places["bagysh"]
        return found

    async def send(self, person: Person, press: Press) -> None:
        """Press a button that may not be on the screen."""
        person.forge(pack(press, "en"))
        await self.town.quiet()

    def words(self, sentence: str, languages: tuple[str, ...] = ("ky", "ru"), **values: str) -> str:
        """A sentence as it stands in a group."""
        return "\n".join(self.town.app.catalogues[language](sentence, **values) for language in languages)

    @property
    def said(self) -> list[str]:
        """What the bot has said in the room, oldest first."""
        return [message.text for message in self.room.messages]


async def settle_village(town: Town) -> Village:
    """A village whose owner and secretary are in a group without the bot."""
    owner = await town.resident("Бакыт")
    secretary = await town.secretary()
    room = SimulatedRoom(town.telegram, "Айылдаштар", owner=owner)
    room.promote(secretary)
    return Village(town, room, owner, secretary)
