"""What people send in several messages, or with addresses behind their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.files import Upload, blank_png
from bot.simulator.markup import formatted
from bot.simulator.messages import Content

if TYPE_CHECKING:
    from bot.simulator.people import Person


def photo(person: Person, caption: str = "") -> Content:
    """A picture; its caption may have links, written as HTML."""
    stored = person._world.files.keep(
        "photo", Upload("photo.png", blank_png() + str(person._world.next_number("message")).encode(), "image/png")
    )
    text, entities = formatted(caption, "HTML")
    return Content("photo", text, entities, caption, [stored.as_json()], stored)


def send_album(person: Person, *captions: str) -> None:
    """As many pictures as there are captions (most of them empty), together."""
    world = person._world
    album = str(13_000_000 + world.next_number("album"))
    for caption in captions:
        message = world.add(person.chat, photo(person, caption), sender=person.user, album=album)
        world.updates.put("message", message.as_json(), order_key=person.id)


def say_linked(person: Person, html: str) -> None:
    """Words with links, written as HTML."""
    text, entities = formatted(html, "HTML")
    person._send(Content("text", text, entities, html), None)
