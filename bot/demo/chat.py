"""The server side of the chat page: people of the simulator on one side, a browser on this machine on the other."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol
from urllib.parse import quote

from aiohttp import web

from bot.demo.door import at_home, guard
from bot.demo.feed import Feed
from bot.simulator.profile import text_for
from bot.simulator.refusals import RefusedError
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.simulator.events import Event
    from bot.simulator.files import StoredFile
    from bot.simulator.messages import Json, Message
    from bot.simulator.people import Person
    from bot.simulator.telegram import Telegram

PAGE: Final = Path(__file__).parent / "page"
LARGEST_UPLOAD: Final = 20 * 1024 * 1024
LONGEST_TEXT: Final = 4096
SHOWN: Final = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"OggS", "audio/ogg"),
    (b"RIFF", "audio/wav"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"ID3", "audio/mpeg"),
)
"""How files begin that a page may show or play; anything else is only offered for download."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody one can be on the page; ``link`` is a deep link that this person holds and has not opened yet."""

    person: Person
    role: Literal["resident", "secretary"] = "resident"
    place: str = ""
    link: str = ""


class ClockProtocol(Protocol):
    """The clock of the town, which the page may push forward."""

    def now(self) -> datetime:
        """The time on the municipality's wall: aware, in its own zone (a ``ZoneInfo``)."""
        ...

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        """Where each move leads: ``before``, ``opens``, ``closes``, ``hour``; one that lies in the past is absent."""
        ...

    async def move(self, name: str, person: Person) -> None:
        """Push the clock to where that move leads, and let the bot look at it."""
        ...


def application(telegram: Telegram, personas: Sequence[DemoPerson], controls: ClockProtocol) -> web.Application:
    """The page and its endpoints, for a server that listens on this machine only."""
    chats = PhonePage(telegram, personas, controls)
    app = web.Application(middlewares=[at_home], client_max_size=LARGEST_UPLOAD + 64 * 1024)
    app.on_response_prepare.append(guard)
    app.on_shutdown.append(chats.close)
    app.router.add_get("/", _index)
    app.router.add_static("/static", PAGE)
    app.router.add_get("/file/{id}", chats.file)
    app.router.add_get("/api/state", chats.state)
    app.router.add_get("/api/events", chats.feed.stream)
    app.router.add_post("/api/say", chats.say)
    app.router.add_post("/api/press", chats.press)
    app.router.add_post("/api/upload", chats.upload)
    app.router.add_post("/api/clock", chats.push)
    return app


async def _index(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


class PhonePage:
    """What everybody's phone shows, and what their fingers do."""

    def __init__(self, telegram: Telegram, personas: Sequence[DemoPerson], controls: ClockProtocol) -> None:
        self.feed = Feed()
        self._telegram, self._controls = telegram, controls
        self._personas = {persona.person.id: persona for persona in personas}
        self._keyboards: dict[int, Json | None] = {}
        self._tasks = Tasks()
        self._deaf = telegram.listen(self._hear)

    async def close(self, _: web.Application) -> None:
        """Hear nothing more and end every stream."""
        self._deaf()
        self.feed.close()
        await self._tasks.close()

    def _hear(self, event: Event) -> None:
        if event.kind == "menu":
            self.feed.publish("menu")
        if event.chat_id not in self._personas:
            return
        facts: Json = {"person": event.chat_id}
        if event.message is not None:
            facts["message"] = _shown(event.message, waiting=event.kind == "new" and not event.message.from_bot)
        if event.kind in {"toast", "action"}:
            facts |= {"text": event.text, "alert": event.alert, "query": event.query}
        self.feed.publish(event.kind, **facts)
        if event.kind == "new":
            self._tasks.start(self._follow_up(event.chat_id), name="ticks of a chat")

    async def _follow_up(self, person_id: int) -> None:
        """A keyboard is known only after its message; ticks turn double when the bot has taken what was said."""
        keyboard = self._telegram.world.chats[person_id].reply_keyboard
        if keyboard != self._keyboards.get(person_id):
            self._keyboards[person_id] = keyboard
            self.feed.publish("keyboard", person=person_id, keyboard=keyboard)
        await self._telegram.settled()
        self.feed.publish("read", person=person_id)

    async def state(self, request: web.Request) -> web.Response:
        """Everything that the phone of ``?person=`` shows (of the first one, without)."""
        key = request.query.get("person", "")
        known = key.isdecimal() and int(key) in self._personas
        person = self._personas[int(key)].person if known else next(iter(self._personas.values())).person
        world, language = self._telegram.world, person.language[:2]
        waiting = {queued.update.get("message", {}).get("message_id") for queued in world.updates.waiting()}
        messages = [message for message in person.chat.messages.values() if not message.deleted]
        body = {
            "mark": self.feed.mark,
            "person": person.id,
            "people": [self._card(persona) for persona in self._personas.values()],
            "bot": {
                "username": self._telegram.username,
                "name": text_for(world, "Name", language),
                "description": text_for(world, "Description", language),
            },
            "commands": person.menu,
            "messages": [_shown(message, waiting=message.id in waiting) for message in messages],
            "keyboard": person.chat.reply_keyboard,
            "clock": await self._clock(person),
        }
        return web.json_response(body, headers={"Cache-Control": "no-store"})

    def _card(self, persona: DemoPerson) -> Json:
        person = persona.person
        heard = [message.id for message in person.messages]
        card = {"id": person.id, "name": person.name, "language": person.language, "role": persona.role}
        return card | {"place": persona.place, "link": persona.link, "heard": heard[-100:]}

    async def _clock(self, person: Person) -> Json:
        now = self._controls.now()
        moves = await self._controls.list_moves(person)
        ahead = {name: moment.timestamp() for name, moment in moves.items()}
        return {"now": now.timestamp(), "zone": str(now.tzinfo), "moves": ahead}

    async def say(self, request: web.Request) -> web.Response:
        """Words (``text``), or a START with its payload (``start``)."""
        given = await _object(request)
        person = self._get_person(given)
        start = given.get("start")
        text = f"/start {start}".strip() if isinstance(start, str) else given.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            raise web.HTTPBadRequest(text="Between 1 and 4,096 letters, please.")
        person.say(text)
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """A button with its data; the answer names the press, so that the toast can be known by it."""
        given = await _object(request)
        person = self._get_person(given)
        message = person.chat.messages.get(given.get("message", 0))
        if message is None or not isinstance(given.get("data"), str):
            raise web.HTTPBadRequest(text="There is no such button.")
        return web.json_response({"query": person.forge(given["data"], message).id})

    async def upload(self, request: web.Request) -> web.Response:
        """A picture, a voice or a file, as a form."""
        form = await request.post()
        person = self._get_person(form)
        file, caption = form.get("file"), str(form.get("caption", ""))[:1024]
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="There is no file.")
        content = await asyncio.to_thread(file.file.read)
        try:
            if form.get("kind") == "photo":
                person.send_photo(caption, content)
            elif form.get("kind") == "voice":
                person.send_voice(content, duration=_seconds(form.get("duration")))
            else:
                person.send_document(content, file.filename, mime=file.content_type, caption=caption)
        except RefusedError as refusal:
            raise web.HTTPBadRequest(text=refusal.description) from None
        return web.json_response({})

    async def push(self, request: web.Request) -> web.Response:
        """Push the clock; the new time is told to every page."""
        given = await _object(request)
        person, name = self._get_person(given), str(given.get("move"))
        if name not in await self._controls.list_moves(person):
            raise web.HTTPBadRequest(text="That moment has passed.")
        await self._controls.move(name, person)
        clock = await self._clock(person)
        self.feed.publish("clock", now=clock["now"])
        return web.json_response(clock)

    async def file(self, request: web.Request) -> web.Response:
        """A file that stands in some chat: shown or played where that is safe, else downloaded."""
        try:
            stored = self._telegram.world.files.get_known(request.match_info["id"])
        except RefusedError:
            raise web.HTTPNotFound from None
        kind = next((kind for begin, kind in SHOWN if stored.content.startswith(begin)), "application/octet-stream")
        headers = {"Content-Type": kind, "Cache-Control": "private, max-age=3600"}
        if stored.kind == "document":
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
        return web.Response(body=stored.content, headers=headers)

    def _get_person(self, given: Mapping[str, Any]) -> Person:
        key = str(given.get("person", ""))
        if not key.isdecimal() or int(key) not in self._personas:
            raise web.HTTPBadRequest(text="There is no such person.")
        return self._personas[int(key)].person


def _shown(message: Message, *, waiting: bool) -> Json:
    """Telegram's message and what a phone knows beside it."""
    facts = {"out": not message.from_bot, "read": not waiting, "file": _file(message.content.file)}
    emoji = [reaction.get("emoji", "") for given in message.reactions.values() for reaction in given]
    return {**message.as_json(), **facts, "kind": message.content.kind, "reactions": emoji}


def _file(stored: StoredFile | None) -> Json | None:
    if stored is None:
        return None
    sizes = {"size": len(stored.content), "width": stored.width, "height": stored.height, "seconds": stored.duration}
    return {"url": f"/file/{stored.file_id}", "name": stored.name, **sizes}


def _seconds(value: object) -> int:
    return min(int(value), 3600) if isinstance(value, str) and value.isdecimal() else 1


async def _object(request: web.Request) -> Json:
    try:
        given = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        given = None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="A JSON object, please.")
    return given
