"""What the bot says in groups and channels about itself, and to staff in private about a room they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers import presses
from handlers.presses.links import bot_link, deep_link
from handlers.views.buttons import home
from handlers.views.posts import links
from handlers.views.rooms import room_title
from handlers.views.screen import Button, Screen, b, e, in_rows, short, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.domain.places import Place
    from bot.domain.rooms import Room
    from bot.i18n import Catalogues, Translator
    from bot.services.room_views import RoomGreeting

MUNICIPALITIES_OFFERED: Final = 10
DEFAULT_LANGUAGES: Final = ("ky", "ru")
"""The languages in a group that is not known."""


def offer(t: Translator, room: Room, municipalities: Sequence[Place], *, called: bool = False) -> Screen:
    """The private screen that asks staff who added the bot to a room, or ``called`` it there, whether to link it."""
    title = room_title(room)
    added = (
        t("You have called me in “{title}”.", title=title)
        if called
        else t("You have added me to “{title}”.", title=title)
    )
    text = stacked(
        b(added),
        e(t("Link it to your municipality? Announcements of hearings will be posted there.")),
        e(t("Choose the municipality:")) if len(municipalities) > 1 else None,
        e(t("There are more of them on the desk: /desk")) if len(municipalities) > MUNICIPALITIES_OFFERED else None,
    )
    choice = (
        tap(t, short(f"🔗 {t.place(place.name)}"), presses.LinkRoom(room.id, place.id))
        for place in municipalities[:MUNICIPALITIES_OFFERED]
    )
    return Screen(text, in_rows(choice))


def topic_choice(t: Translator, room: Room, topic: int | None) -> Screen:
    """The private screen that asks staff who called the bot in another topic whether to post there from now on."""
    text = stacked(
        b(t("Post to this topic of “{title}” from now on?", title=room_title(room))),
        e(t("You have called me in another topic than the one where posts go now.")),
    )
    move = tap(t, t.p("button", "🧵 Post to this topic"), presses.MoveTopic(room.id, topic or 0))
    return Screen(text, ((move,), (tap(t, t.p("button", "As it was"), presses.OpenRoom(room.id)),)))


def only_staff(t: Translator, room: Room) -> Screen:
    """The private screen for an administrator who has added the bot to a channel without being staff."""
    words = t("Only the commission’s secretary can link “{title}”: they have to add me to it.", title=room_title(room))
    return Screen(e(words), ((home(t),),))


def add_properly(t: Translator) -> str:
    """What the bot says in a group when a person who is no administrator has added it."""
    return t("An administrator of this group has to add me.")


def call_staff(t: Translator, username: str) -> str:
    """What the bot says in a group when an administrator who is not staff has added it."""
    return t("To link this group, the commission’s secretary writes here: /desk@{bot}", bot=username)


def call_as_oneself(t: Translator, username: str) -> str:
    """What the bot says in a group to an administrator who calls it in the name of the group."""
    return t(
        "I cannot see who you are here. To link this group, open my desk in private (/desk, Groups and channels) and"
        " add me from there, or stop being anonymous here and write /desk@{bot}",
        bot=username,
    )


def spoken(catalogues: Catalogues, languages: Sequence[str], sentence: Callable[[Translator], str]) -> Screen:
    """A sentence in each of the languages, one under the other."""
    return Screen(stacked(*(e(sentence(catalogues[language])) for language in languages)))


def greeting(catalogues: Catalogues, shown: RoomGreeting, username: str) -> Screen:
    """What the bot answers a person in a group: the way to the private chat, and to the next hearing."""
    languages = shown.room.languages if shown.room else DEFAULT_LANGUAGES
    said = spoken(catalogues, languages, lambda t: t("I answer in private: what you say there counts."))
    rows = links(catalogues, languages, username, shown.hearing) if shown.hearing else ()
    place = shown.municipality
    url = deep_link(username, presses.OpenPlace(place.id)) if place else bot_link(username)
    t = catalogues[languages[0]]
    return Screen(said.text, (*rows, (Button(t.p("button", "💬 Write to the bot"), url=url),)))
