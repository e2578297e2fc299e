"""The server of the chat page: people of the simulator on one side, a browser on this machine on the other."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from aiohttp import web

from bot.demo.feed import Feed
from bot.demo.loopback import SECURITY_HEADERS, add_security_headers, refuse_other_sites
from bot.demo.message_view import as_seen, file_response
from bot.demo.phones import Phones
from bot.simulator.people import START_PAYLOAD
from bot.simulator.profile import menu_for, text_for
from bot.simulator.refusals import RefusedError
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.demo.phones import DemoPerson
    from bot.simulator.events import Event
    from bot.simulator.messages import Json
    from bot.simulator.people import Person
    from bot.simulator.telegram import Telegram

PAGE_FOLDER: Final = Path(__file__).parent / "page"
LARGEST_PAGE_UPLOAD: Final = 20 * 1024 * 1024
LONGEST_MESSAGE: Final = 4096
LONGEST_CAPTION: Final = 1024
LONGEST_VOICE_SECONDS: Final = 3600
HALL_LANGUAGES: Final = ("ky", "ru", "uz", "en")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ClockProtocol(Protocol):
    """The clock of the municipalities, which the page may push forward."""

    def now(self) -> datetime:
        """The local time of the municipality: aware, in its own zone (a ``ZoneInfo``)."""
        ...

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        """The moment of each move that can be made now: the page has a chip for each name."""
        ...

    async def move(self, name: str, person: Person) -> None:
        """Push the clock to the moment of that move, and let the bot act on it."""
        ...


class HallProtocol(Protocol):
    """The hall of a hearing, whose pages stand at another address of this machine."""

    @property
    def address(self) -> str:
        """That address."""
        ...

    async def links(self, language: str) -> Mapping[str, str]:
        """Where its ``wall`` and the page of its ``chair`` are, in that language."""
        ...


def application(
    telegram: Telegram, people: Sequence[DemoPerson], controls: ClockProtocol, hall: HallProtocol | None = None
) -> web.Application:
    """The page and its endpoints, for a server that listens on this machine only."""
    page = PhonePage(telegram, people, controls, hall)
    app = web.Application(middlewares=[refuse_other_sites], client_max_size=LARGEST_PAGE_UPLOAD + 64 * 1024)
    app.on_response_prepare.append(add_security_headers)
    app.on_shutdown.append(page.close)
    app.router.add_get("/", page.index)
    app.router.add_static("/static", PAGE_FOLDER)
    app.router.add_get("/file/{id}", page.file)
    app.router.add_get("/workbook", page.workbook)
    app.router.add_get("/api/state", page.state)
    app.router.add_get("/api/events", page.feed.stream)
    app.router.add_post("/api/say", page.say)
    app.router.add_post("/api/press", page.press)
    app.router.add_post("/api/upload", page.upload)
    app.router.add_post("/api/clock", page.push)
    app.router.add_post("/api/room", page.add_to_room)
    app.router.add_post("/api/hall", page.open_hall)
    return app


class PhonePage:
    """The phones of the people: endpoints for what they show and for what the people do on them."""

    def __init__(
        self,
        telegram: Telegram,
        people: Sequence[DemoPerson],
        controls: ClockProtocol,
        hall: HallProtocol | None = None,
    ) -> None:
        self.feed = Feed()
        self._telegram, self._controls, self._hall = telegram, controls, hall
        self._phones = Phones(telegram, people)
        self._keyboards: dict[int, Json | None] = {}
        self._tasks = Tasks()
        self._stop_listening = telegram.listen(self._on_event)

    async def close(self, _: web.Application) -> None:
        """Stop listening and end every stream."""
        self._stop_listening()
        self.feed.close()
        await self._tasks.close()

    async def index(self, _: web.Request) -> web.StreamResponse:
        """Answer with the page, which may show the projector of the hall within itself."""
        framing = f"; frame-src {self._hall.address}" if self._hall else ""
        policy = SECURITY_HEADERS["Content-Security-Policy"] + framing
        return web.FileResponse(PAGE_FOLDER / "index.html", headers={"Content-Security-Policy": policy})

    async def open_hall(self, request: web.Request) -> web.Response:
        """Answer with the addresses of the hall's pages, keys and all."""
        given = await _object(request)
        if self._hall is None or given.get("language") not in HALL_LANGUAGES:
            raise web.HTTPBadRequest(text="There is no hall here.")
        return web.json_response(await self._hall.links(given["language"]), headers={"Cache-Control": "no-store"})

    def _on_event(self, event: Event) -> None:
        if event.kind == "menu":
            self.feed.publish("menu")
        if event.chat_id not in self._phones:
            return
        facts: Json = {"person": event.chat_id}
        if event.message is not None:
            facts["message"] = as_seen(event.message, waiting=event.kind == "new" and not event.message.from_bot)
        if event.kind in {"toast", "action"}:
            facts |= {"text": event.text, "alert": event.alert, "query": event.query}
        self.feed.publish(event.kind, **facts)
        if event.kind == "new":
            self._tasks.start(self._follow_up(event.chat_id), name="ticks of a chat")

    async def _follow_up(self, person_id: int) -> None:
        """Publish the reply keyboard, which is set after its message, and ``read`` once the update is confirmed."""
        keyboard = self._telegram.world.chats[person_id].reply_keyboard
        if keyboard != self._keyboards.get(person_id):
            self._keyboards[person_id] = keyboard
            self.feed.publish("keyboard", person=person_id, keyboard=keyboard)
        await self._telegram.settled()
        self.feed.publish("read", person=person_id)

    async def state(self, request: web.Request) -> web.Response:
        """Answer with all that the phone of ``?person=`` shows; else that of the first who reads ``?language=``."""
        shown = self._phones.find(request.query.get("person")) or self._phones.first(request.query.get("language", ""))
        person, chat = shown.person, shown.chat
        world, language = self._telegram.world, person.language[:2]
        waiting = {queued.update.get("message", {}).get("message_id") for queued in world.updates.waiting()}
        messages = [message for message in chat.messages.values() if not message.deleted]
        body = {
            "mark": self.feed.mark,
            "person": chat.id,
            "people": self._phones.cards(),
            "bot": {
                "username": self._telegram.username,
                "name": text_for(world, "Name", language),
                "description": text_for(world, "Description", language),
            },
            "commands": menu_for(world, chat, language, administrator=shown.room is not None),
            "messages": [as_seen(message, waiting=message.id in waiting) for message in messages],
            "keyboard": chat.reply_keyboard,
            "clock": await self._clock(person),
            "hall": self._hall is not None,
        }
        return web.json_response(body, headers={"Cache-Control": "no-store"})

    async def _clock(self, person: Person) -> Json:
        now = self._controls.now()
        moves = await self._controls.list_moves(person)
        ahead = {name: moment.timestamp() for name, moment in moves.items()}
        return {"now": now.timestamp(), "zone": str(now.tzinfo), "moves": ahead}

    async def say(self, request: web.Request) -> web.Response:
        """Send words (``text``), or a START with its payload (``start``)."""
        given = await _object(request)
        shown, start = self._get_phone(given), given.get("start")
        text = f"/start {start}".strip() if isinstance(start, str) else given.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_MESSAGE:
            raise web.HTTPBadRequest(text="Between 1 and 4,096 letters, please.")
        shown.person.say(text, room=shown.room)
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """Press a button with its data; the answer has the id of the press, to which a toast refers."""
        given = await _object(request)
        shown = self._get_phone(given)
        message = shown.chat.messages.get(given.get("message", 0))
        if message is None or not isinstance(given.get("data"), str):
            raise web.HTTPBadRequest(text="There is no such button.")
        return web.json_response({"query": shown.person.forge(given["data"], message).id})

    async def upload(self, request: web.Request) -> web.Response:
        """Send a picture, a voice or a file that comes as a form."""
        form = await request.post()
        shown = self._get_phone(form)
        file, caption = form.get("file"), str(form.get("caption", ""))[:LONGEST_CAPTION]
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="There is no file.")
        content = await asyncio.to_thread(file.file.read)
        try:
            if form.get("kind") == "photo":
                shown.person.send_photo(caption, content, room=shown.room)
            elif form.get("kind") == "voice":
                shown.person.send_voice(content, duration=_seconds(form.get("duration")), room=shown.room)
            else:
                name, mime = file.filename, file.content_type
                shown.person.send_document(content, name, mime=mime, caption=caption, room=shown.room)
        except RefusedError as refusal:
            raise web.HTTPBadRequest(text=refusal.description) from None
        return web.json_response({})

    async def push(self, request: web.Request) -> web.Response:
        """Push the clock, and publish the new time to every page."""
        given = await _object(request)
        person, name = self._get_phone(given).person, str(given.get("move"))
        if name not in await self._controls.list_moves(person):
            raise web.HTTPBadRequest(text="That moment has passed.")
        await self._controls.move(name, person)
        clock = await self._clock(person)
        self.feed.publish("clock", now=clock["now"])
        return web.json_response(clock)

    async def file(self, request: web.Request) -> web.Response:
        """Answer with a file of some chat."""
        try:
            stored = self._telegram.world.files.get_known(request.match_info["id"])
        except RefusedError:
            raise web.HTTPNotFound from None
        return file_response(stored)

    async def workbook(self, request: web.Request) -> web.Response:
        """Answer with the filled-in workbook that ``?person=`` has."""
        shown = self._get_phone(request.query)
        if shown.workbook is None:
            raise web.HTTPNotFound
        content = await asyncio.to_thread(shown.workbook, self._controls.now())
        return web.Response(body=content, content_type=XLSX, headers={"Cache-Control": "no-store"})

    async def add_to_room(self, request: web.Request) -> web.Response:
        """Add the bot to the person's group or ``channel`` by a link with the payload ``start``."""
        given = await _object(request)
        person, payload = self._get_phone(given).person, given.get("start")
        if not isinstance(payload, str) or (payload and not START_PAYLOAD.fullmatch(payload)):
            raise web.HTTPBadRequest(text="That link adds the bot nowhere.")
        room = self._phones.add_to_room(person, channel=given.get("channel") is True, payload=payload)
        return web.json_response({"person": room.id, "title": room.title})

    def _get_phone(self, given: Mapping[str, Any]) -> DemoPerson:
        found = self._phones.find(given.get("person"))
        if found is None:
            raise web.HTTPBadRequest(text="There is no such person.")
        return found


def _seconds(value: object) -> int:
    return min(int(value), LONGEST_VOICE_SECONDS) if isinstance(value, str) and value.isdecimal() else 1


async def _object(request: web.Request) -> Json:
    try:
        given = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        given = None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="A JSON object, please.")
    return given
