"""One update being handled: who acts, in which language, and where the answer goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.people import Actor, Caller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.i18n import Catalogues, Translator
    from bot.ports import Clock
    from bot.services.announcements import Announcements
    from bot.services.arrivals import Arrivals
    from bot.services.broadcasts import Broadcasts
    from bot.services.comments import Comments
    from bot.services.desk import Desk
    from bot.services.hearings import Hearings
    from bot.services.moderation import Moderation
    from bot.services.people import People
    from bot.services.places import PlaceDirectory
    from bot.services.privacy import Privacy
    from bot.services.rooms import Rooms
    from bot.services.voting import Voting
    from handlers.files import Documents
    from handlers.groups import Cooldown
    from handlers.outgoing.replies import Replies
    from handlers.presses import Press
    from handlers.views.screen import Paper, Screen

    Route = Callable[["Turn", Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class House:
    """Everything a handler may use."""

    people: People
    directory: PlaceDirectory
    hearings: Hearings
    announcements: Announcements
    broadcasts: Broadcasts
    voting: Voting
    comments: Comments
    moderation: Moderation
    desk: Desk
    privacy: Privacy
    arrivals: Arrivals
    rooms: Rooms
    manners: Cooldown
    files: Documents
    catalogues: Catalogues
    replies: Replies
    clock: Clock
    routes: Mapping[type[Press], Route]
    username: str
    """The bot's, for deep links."""
    timezone: str
    """IANA name: the house's own, where no municipality says otherwise."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an update came from, in numbers."""

    chat_id: int
    telegram_id: int
    update_id: int
    language: str
    """The language of the screen that was pressed, else Telegram's guess."""
    message_id: int | None = None
    """The message to turn into the next screen; None where a new one is sent."""
    has_picture: bool = False
    query_id: str | None = None
    sent_at: datetime | None = None


class Turn:
    """What a handler holds: ``actor`` and ``t`` to speak, ``show`` to answer."""

    def __init__(self, house: House, origin: Origin) -> None:
        self.house = house
        self.origin = origin
        self.press: Press | None = None
        self._actor: Actor | None = None
        self._toast = ""
        self._alert = False

    @property
    def caller(self) -> Caller:
        """Whoever pressed or typed, not looked up yet."""
        return Caller(self.origin.telegram_id, self.origin.language)

    async def actor(self) -> Actor:
        """Whoever acts, looked up once."""
        if self._actor is None:
            self._actor = await self.house.people.identify(self.caller)
        return self._actor

    def adopt(self, actor: Actor) -> None:
        """Go on as the actor a service has returned: a new language or role counts from here."""
        self._actor = actor

    def visitor(self, language: str) -> Actor:
        """The actor as a stranger who reads ``language``."""
        return Actor(self.origin.telegram_id, language)

    async def follow(self, press: Press) -> None:
        """Go on with another press, in this turn."""
        self.press = press
        await self.house.routes[type(press)](self, press)

    @property
    def t(self) -> Translator:
        """Words in the actor's language, as far as it is known."""
        return self.house.catalogues[self._actor.language if self._actor else self.origin.language]

    async def show(self, screen: Screen) -> None:
        """The next screen, in the place of the pressed one."""
        await self.house.replies.show(
            self.origin.chat_id, screen, message_id=self.origin.message_id, has_picture=self.origin.has_picture
        )

    async def send(self, screen: Screen) -> None:
        """A message of its own that stays: a receipt."""
        await self.house.replies.send(self.origin.chat_id, screen)

    async def file(self, paper: Paper) -> None:
        """A file, voice message or photo."""
        await self.house.replies.file(self.origin.chat_id, paper)

    def toast(self, words: str, *, alert: bool = False) -> None:
        """What appears over the pressed button; ``alert`` waits for a tap. Nothing for a typed message."""
        self._toast, self._alert = words[:200], alert

    async def answer(self) -> None:
        """Answer the press, if this was one: exactly once, after everything else is stored."""
        if self.origin.query_id is not None:
            await self.house.replies.answer(self.origin.query_id, self._toast, alert=self._alert)
