"""What people attach besides voices, photos and files: audio, video, video notes, animations, live photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.files import Upload, blank_png
from bot.simulator.markup import formatted
from bot.simulator.messages import Content

if TYPE_CHECKING:
    from bot.simulator.world import World


def media_content(world: World, kind: str, upload: Upload, *, caption: str, duration: int) -> Content:
    """The content of a message with a file of ``kind``; a live photo has its still picture too."""
    stored = world.files.keep(kind, upload, duration=duration)
    text, entities = formatted(caption, None)
    media = stored.as_json()
    extras: tuple[tuple[str, object], ...] = ()
    if kind == "live_photo":
        still = world.files.keep("photo", Upload("still.png", blank_png(), "image/png"))
        media["photo"] = [still.as_json()]
        extras = (("photo", [still.as_json()]),)
    return Content(kind, text, entities, caption, media, stored, extras)
