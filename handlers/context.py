"""The context of an update: the person who acts, their language, and where the answer goes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot

from bot.domain.errors import StaleButton
from bot.domain.languages import from_telegram
from bot.domain.people import Actor, Caller
from handlers.bot_data import BotData
from handlers.incoming.attachments import content_of
from handlers.origin import Origin
from handlers.outgoing.chat_queues import Showing
from handlers.presses import OpenReports, ShareRecording
from handlers.presses.wire import unpack
from handlers.trails import leading_back
from handlers.views import failures, to_desk, toasts
from handlers.views.screen import straight
from handlers.views.sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.files import FileRequest
    from bot.domain.hearings import Hearing
    from bot.domain.questions import About
    from bot.i18n import Catalogues, Translator
    from bot.services import Services
    from handlers.bot_data import Documents
    from handlers.outgoing.replies import Replies
    from handlers.presses import Press
    from handlers.views.screen import Paper, Screen, Spot

    Route = Callable[["Context", Any], Awaitable[None]]


BotApplication: TypeAlias = "Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], BotData, Any]"


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], BotData]):
    """The library's context of one update, with ``actor`` and ``t`` to speak and ``show`` to answer.

    An update without a person, or from a chat that is not private, has no ``origin``: ``in_private`` is False, and
    only ``services``, ``catalogues``, ``replies`` and the like may be used.
    """

    def __init__(self, application: BotApplication, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.press: Press | None = None
        """The decoded button; None where none was pressed, or one that cannot be decoded."""
        self.subject: tuple[int, About] | None = None
        """The hearing, and what of it the screen that is shown is about; None where it is nothing in particular."""
        self.tongue: str | None = None
        """The language of a screen that is previewed; None where the actor's own is spoken."""
        self.told: Callable[[int], None] | None = None
        """Called with the id of the message that shows the screen, once it does."""
        self.frame: Callable[[Screen], Screen] | None = None
        """What a previewed screen is shown in."""
        self.shown: Showing | None = None
        """What was shown, where that is only drawn."""
        self._only_draws = False
        self._origin: Origin | None = None
        self._actor: Actor | None = None
        self._toast = ""
        self._alert = False

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """The context of an update, as the library asks for it."""
        context = super().from_update(update, application)
        context.read(update)
        return context

    def read(self, update: object) -> None:
        """Take the person, the chat and the press from an update."""
        user, chat = getattr(update, "effective_user", None), getattr(update, "effective_chat", None)
        if user is None or chat is None or chat.type != "private":
            return
        message = getattr(update, "effective_message", None)
        language = self.bot_data.trails.language_of(user.id) or from_telegram(user.language_code)
        number = getattr(update, "update_id", 0)
        phone = from_telegram(user.language_code)
        self._origin = Origin(chat.id, user.id, number, language, phone_language=phone, name=_name(user))
        if message is not None:
            self._origin = replace(
                self._origin,
                thread_id=message.message_thread_id,
                sent_at=message.date,
                message_name=f"{chat.id}.{message.message_id}",
                content=content_of(message),
                edit=getattr(update, "edited_message", None) is not None,
            )
        if (query := getattr(update, "callback_query", None)) is not None:
            self._read_press(query)

    def _read_press(self, query: Any) -> None:
        """The answer goes into the pressed message, beside it where that stays; the button says in which language."""
        language: str | None = None
        with suppress(StaleButton):  # told apart by ``press`` being None
            self.press, language = unpack(query.data or "")
        if language:
            self.bot_data.trails.reads(self.origin.telegram_id, language)
        under = query.message
        stays = bool(under and getattr(under, "stays", False)) and not _renews(self.press)
        self._origin = replace(
            self.origin,
            language=language or self.origin.language,
            message_id=under.message_id if under and not stays else None,
            thread_id=getattr(under, "message_thread_id", None),
            has_picture=bool(under and getattr(under, "has_picture", False)),
            seen_at=getattr(under, "changed_at", 0),
            query_id=query.id,
            sent_at=None,
        )

    @classmethod
    def again(cls, application: BotApplication, origin: Origin, press: Press) -> Self:
        """The context of a press that was handled before: its screen is only drawn, and stands in ``shown``."""
        context = cls(application, origin.chat_id, origin.telegram_id)
        context._origin, context.press, context._only_draws = origin, press, True
        return context

    @property
    def in_private(self) -> bool:
        """True where a person acts in their private chat with the bot."""
        return self._origin is not None

    def takes_long(self) -> None:
        """Say that this act takes long: what other people press is fetched meanwhile, not after a moment."""
        self.bot_data.takes_long(self.origin.update_id)

    @property
    def is_followed(self) -> bool:
        """True where a message is handled and its person has sent more, which wait: the last one is answered."""
        origin = self.origin
        return origin.query_id is None and self.bot_data.is_followed(origin.update_id)

    @property
    def origin(self) -> Origin:
        """Where the update came from; only where ``in_private``."""
        assert self._origin is not None, "not a person's private chat"
        return self._origin

    @property
    def services(self) -> Services:
        """Every service."""
        return self.bot_data.services

    @property
    def documents(self) -> Documents:
        """Pictures and files."""
        return self.bot_data.documents

    @property
    def catalogues(self) -> Catalogues:
        """Words in every language."""
        return self.bot_data.catalogues

    @property
    def replies(self) -> Replies:
        """The way out for messages."""
        return self.bot_data.replies

    @property
    def username(self) -> str:
        """The bot's, for deep links."""
        return self.bot.username

    @property
    def caller(self) -> Caller:
        """The person who pressed or typed, not looked up yet."""
        return Caller(self.origin.telegram_id, self.origin.language, self.origin.phone_language)

    async def actor(self) -> Actor:
        """The person who acts, looked up once."""
        if self._actor is None:
            self._actor = await self.services.people.identify(self.caller)
        return self._actor

    def adopt(self, actor: Actor) -> None:
        """Go on as the actor a service has returned: a new language or role counts from here."""
        self._actor = actor

    def speak(self, language: str) -> None:
        """Answer a person who is not stored in ``language`` from here on."""
        self._origin = replace(self.origin, language=language)

    async def sharing(self, hearing: Hearing) -> Sharing:
        """How the person tells a neighbour of a hearing: with the sitting that is next for their own village."""
        resident, places = (await self.actor()).resident, await self.services.directory.tree()
        village = (resident and resident.village_id) or 0
        return Sharing.of(self.username, places, hearing, village_id=village, now=self.services.clock.now())

    def visitor(self, language: str) -> Actor:
        """The actor as a stranger who reads ``language``."""
        return Actor(self.origin.telegram_id, language)

    async def follow(self, press: Press) -> None:
        """Go on with another press, in this context."""
        self.press = press
        await self.bot_data.routes[type(press)](self, press)

    @property
    def t(self) -> Translator:
        """The translator for the actor; before the look-up, for the language of the pressed screen."""
        return self.catalogues[self.tongue or (self._actor.language if self._actor else self.origin.language)]

    async def show(self, screen: Screen) -> None:
        """Show the next screen in the place of the pressed one; of many messages that wait, the last one's alone."""
        if self.is_followed:
            return
        shown = self.frame(screen) if self.frame else await self._with_desk(self._leading_back(screen))
        origin = self.origin
        showing = Showing(
            self._with_files(shown),
            message_id=origin.message_id,
            has_picture=origin.has_picture,
            thread_id=origin.thread_id,
            seen_at=origin.seen_at,
            otherwise=failures.not_taken(self.t),
            told=self.told,
        )
        if self._only_draws:
            self.shown = showing
        else:
            await self.replies.show_drawn(origin.chat_id, showing)

    def _with_files(self, screen: Screen) -> Screen:
        """The screen with how far the files are that were asked for on it."""
        has_files = isinstance(self.press, OpenReports)
        where, progress = self.origin, self.bot_data.file_progress
        return progress.shown(where.chat_id, where.message_id, screen, self.t, has_files=has_files)

    def _leading_back(self, screen: Screen) -> Screen:
        """The screen whose *Back* leads to where the person came from."""
        before = self.bot_data.trails.came_from(self.origin.chat_id, self.press, anew=self.origin.message_id is None)
        return leading_back(self.t, screen, before) if before else screen

    async def _with_desk(self, screen: Screen) -> Screen:
        """The screen, for staff with a way to the desk: to that of the hearing they look at, where it is theirs."""
        actor = self._actor
        if actor is None or not actor.grants or not screen.rows or to_desk.leads_there(screen):
            return screen
        hearing = getattr(self.press, "hearing", 0) or (self.subject[0] if self.subject else 0)
        hearing = hearing or to_desk.hearing_of(screen)
        if not hearing and (comment := getattr(self.press, "comment", 0)):
            hearing = await self.services.desk.hearing_of(comment)
        if hearing and await self.services.desk.has(actor, hearing):
            return to_desk.added(screen, to_desk.back_to_hearing_desk(self.t, hearing))
        return to_desk.added(screen, to_desk.open_desk(self.t))

    async def send(self, screen: Screen) -> None:
        """Send a message of its own that stays, like a receipt."""
        await self.replies.send(
            self.origin.chat_id, screen, thread_id=self.origin.thread_id, otherwise=failures.not_taken(self.t)
        )

    async def ask_for_file(self, request: FileRequest) -> None:
        """Owe the actor a file, and say that it is being made."""
        await self.services.files.ask(await self.actor(), request, source=self.origin.source)
        self.toast(toasts.being_made(self.t))
        await self.bot_data.file_progress.asked(self.origin.chat_id, self.origin.message_id, request)
        await self.replies.typing(self.origin.chat_id, "upload_document")
        self.bot_data.wake_outbox()

    async def file(self, paper: Paper, *, otherwise: Screen | None = None) -> None:
        """Send a file, voice message or photo; ``otherwise`` where Telegram does not take it."""
        words = otherwise or failures.not_taken(self.t)
        await self.replies.file(self.origin.chat_id, paper, thread_id=self.origin.thread_id, otherwise=words)

    async def venue(self, spot: Spot) -> None:
        """Send a place on the map."""
        await self.replies.venue(
            self.origin.chat_id, spot, thread_id=self.origin.thread_id, otherwise=failures.not_taken(self.t)
        )

    def toast(self, words: str, *, alert: bool = False) -> None:
        """Show ``words`` over the pressed button; ``alert`` waits for a tap. Nothing for a typed message."""
        self._toast, self._alert = straight(words)[:200], alert

    async def answer(self) -> None:
        """Answer the press, if this was one: exactly once, after everything else is stored.

        What an alert says must be read: where it comes too late to be shown, it becomes a message.
        """
        if self._origin is None or self._origin.query_id is None:
            return
        if self._alert:
            words = failures.sentence_alone(self.t, self._toast)
            await self.replies.answer(
                self._origin.query_id, self._toast, alert=True, too_late=partial(self.send, words)
            )
        else:
            await self.replies.answer(self._origin.query_id, self._toast)


def _renews(press: Press | None) -> bool:
    """Whether a press under a receipt shows the receipt anew."""
    return isinstance(press, ShareRecording) and press.receipt


def _name(user: Any) -> str:
    """First and last name, and the username where there is one."""
    names = [user.first_name, user.last_name, f"(@{user.username})" if user.username else None]
    return " ".join(filter(None, names))
