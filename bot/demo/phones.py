"""The phones that the page shows: a chat of each person with the bot, and the rooms to which a person has added it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from bot.simulator.rooms import SimulatedRoom

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.simulator.messages import Chat, Json
    from bot.simulator.people import Person
    from bot.simulator.telegram import Telegram

Role = Literal["resident", "secretary", "group", "channel"]

ROOM_TITLES: Final[Mapping[Role, str]] = {"group": "Айылдын маеги", "channel": "Айылдын жаңылыктары"}
"""Rooms are called as somebody in a village might call them."""
MESSAGES_COUNTED: Final = 100
"""Of what a chat has received, so many messages are told to the page, which counts those that are new."""


@dataclass(slots=True)
class DemoPerson:
    """A person whose phone the page shows; ``link`` is a deep link that the person has and has not opened yet.

    With a ``room`` it is that group or channel, as this person sees it.
    """

    person: Person
    role: Role = "resident"
    place: Mapping[str, str] = field(default_factory=dict)
    """The name of the municipality, by the two-letter language of the page."""
    link: str = ""
    workbook: Callable[[datetime], bytes] | None = None
    """Makes the filled-in workbook of a hearing that the person has on the phone, at a moment in the demo."""
    room: SimulatedRoom | None = None

    @property
    def chat(self) -> Chat:
        """The chat that the phone shows."""
        return self.room.chat if self.room else self.person.chat

    def card(self) -> Json:
        """What the page says of the phone in its list; ``received`` are the newest messages of the bot."""
        received = [message.id for message in (self.room or self.person).messages]
        return {
            "id": self.chat.id,
            "name": self.room.title if self.room else self.person.name,
            "language": self.person.language,
            "role": self.role,
            "owner": self.person.id if self.room else None,
            "place": dict(self.place),
            "link": self.link,
            "workbook": self.workbook is not None,
            "received": received[-MESSAGES_COUNTED:],
        }


class Phones:
    """The phones by the id of their chat, in the order of the page."""

    def __init__(self, telegram: Telegram, people: Sequence[DemoPerson]) -> None:
        self._telegram = telegram
        self._known = {shown.chat.id: shown for shown in people}

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._known

    def find(self, key: object) -> DemoPerson | None:
        """The phone by its id as the page wrote it; None for anything else."""
        text = str(key)
        return self._known.get(int(text)) if text.removeprefix("-").isdecimal() else None

    def first(self, language: str) -> DemoPerson:
        """The first resident who reads that language, else the first person."""
        reads = (
            shown for shown in self._known.values() if shown.role == "resident" and shown.person.language == language
        )
        return next(reads, next(iter(self._known.values())))

    def cards(self) -> list[Json]:
        """What the page says of each phone."""
        return [shown.card() for shown in self._known.values()]

    def add_to_room(self, person: Person, *, channel: bool, payload: str) -> SimulatedRoom:
        """Let ``person`` add the bot to their group or channel, by a link with that payload; there is one of each."""
        role: Role = "channel" if channel else "group"
        mine = (shown.room for shown in self._known.values() if shown.role == role and shown.person is person)
        room = next(mine, None)
        if room is None:
            kind = "channel" if channel else "supergroup"
            room = SimulatedRoom(self._telegram, ROOM_TITLES[role], owner=person, kind=kind)
            self._known[room.id] = DemoPerson(person, role, room=room)
        room.add_bot(person, payload=payload)
        return room
