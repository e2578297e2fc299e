"""What people send in several messages, or with addresses behind their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.files import Upload, blank_png
from bot.simulator.markup import formatted
from bot.simulator.messages import Content

if TYPE_CHECKING:
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from bot.simulator.rooms import SimulatedRoom


def photo(person: Person, caption: str = "") -> Content:
    """A picture; its caption may have links, written as HTML."""
    stored = person._world.files.keep(
        "photo", Upload("photo.png", blank_png() + str(person._world.next_number("message")).encode(), "image/png")
    )
    text, entities = formatted(caption, "HTML")
    return Content("photo", text, entities, caption, [stored.as_json()], stored)


def spoken(person: Person) -> Content:
    """A voice message."""
    stored = person._world.files.keep("voice", Upload("voice.oga", b"OggS-voice", "audio/ogg"), duration=3)
    return Content("voice", media=stored.as_json(), file=stored)


def send_album(
    person: Person, *captions: str, room: SimulatedRoom | None = None, reply_to: Message | None = None, more: str = ""
) -> str:
    """As many pictures as there are captions (most of them empty), together; to the bot, or in a room.

    ``more`` of an album where its name is given; returns the name.
    """
    world = person._world
    album = more or str(13_000_000 + world.next_number("album"))
    for caption in captions:
        chat = room.chat if room else person.chat
        message = world.add(chat, photo(person, caption), sender=person.user, album=album, reply_to=reply_to)
        world.updates.put("message", message.as_json(), order_key=person.id)
    return album


def say_linked(person: Person, html: str) -> None:
    """Words with links, written as HTML."""
    text, entities = formatted(html, "HTML")
    person._send(Content("text", text, entities, html), None)
