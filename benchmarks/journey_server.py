"""The fast Bot API server, at which people walk a whole way: each goes on when what they did is answered and shown.

An order has ``people``, the number of the ``first``, ``steps`` (``{"press": data}`` or ``{"say": text}``) and
``patience`` in seconds. The line it prints for it has how many came to the end, the seconds that took, and the fields
of the message that each step was answered with, by what was pressed or said: a reference says the same.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import sys
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from benchmarks.telegram import EDITED, FIRST_PERSON, PRESS, QUERY, YES, Connection, Server

CHAT: Final = re.compile(rb'chat_id"?[=:]\s*"?(\d+)')
SHOWN: Final = (b"editmessagetext", b"sendmessage")
FIELDS: Final = ("text", "parse_mode", "reply_markup", "entities", "link_preview_options")


@dataclass
class Walker:
    """Somebody on their way: at which step, and what of it has come."""

    step: int = -1
    answered: bool = False
    shown: bool = False


class WalkedServer(Server):
    """Whoever is answered and shown the next screen goes on."""

    def __init__(self, latency: float) -> None:
        super().__init__(latency)
        self._walkers: dict[int, Walker] = {}
        self._steps: list[dict[str, str]] = []
        self._numbers = itertools.count(1)
        self._screens: dict[str, dict[str, Any]] = {}
        self._arrived = 0
        self._done = asyncio.Event()

    async def walk(self, order: dict[str, Any]) -> dict[str, Any]:
        """Let people walk; returns when all have come to the end, or after the order's patience."""
        self._steps, self._arrived, self._done = order["steps"], 0, asyncio.Event()
        begun = time.perf_counter()
        people = range(FIRST_PERSON + order["first"], FIRST_PERSON + order["first"] + order["people"])
        self._walkers = {person: Walker() for person in people}
        for person in people:
            self._go_on(person)
        self._wake()
        try:
            async with asyncio.timeout(order["patience"]):
                await self._done.wait()
        except TimeoutError:
            self.updates.clear()
        stuck = [self._name(walker.step) for walker in self._walkers.values() if walker.step < len(self._steps)]
        seconds = time.perf_counter() - begun
        return {"arrived": self._arrived, "seconds": seconds, "screens": self._screens, "stuck": stuck[:5]}

    def serve(self, connection: Connection, method: bytes, body: bytes) -> None:
        """One call."""
        if method == b"answercallbackquery" and (query := QUERY.search(body)):
            connection.answer(YES)
            self._note(int(query[1]), answered=True)
        elif method in SHOWN and (chat := CHAT.search(body)):
            person = int(chat[1])
            connection.answer(EDITED % {b"person": person})
            self._note(person, body=body)
        else:
            super().serve(connection, method, body)

    def _note(self, person: int, *, answered: bool = False, body: bytes = b"") -> None:
        walker = self._walkers.get(person)
        if walker is None or walker.step >= len(self._steps):
            return
        walker.answered |= answered
        if body and not walker.shown:
            walker.shown = True
            if (name := self._name(walker.step)) not in self._screens:
                self._screens[name] = _fields(body)
        if walker.shown and (walker.answered or "say" in self._steps[walker.step]):
            self._go_on(person)
            self._wake()

    def _name(self, step: int) -> str:
        return next(iter(self._steps[step].values()))

    def _go_on(self, person: int) -> None:
        walker = self._walkers[person]
        walker.step, walker.answered, walker.shown = walker.step + 1, False, False
        if walker.step == len(self._steps):
            self._arrived += 1
            if self._arrived == len(self._walkers):
                self._done.set()
            return
        number = next(self._numbers)
        self.updates.append((number, _update(number, person, self._steps[walker.step])))


def _update(number: int, person: int, step: dict[str, str]) -> bytes:
    if "press" in step:
        press = (PRESS % {b"person": person}).replace(b'"#"', json.dumps(step["press"]).encode())
        return press.replace(b'"update_id":%d' % person, b'"update_id":%d' % number, 1)
    name = {"id": person, "first_name": "Айгүл"}
    message: dict[str, Any] = {
        "message_id": number,
        "from": {**name, "is_bot": False, "language_code": "ky"},
        "chat": {**name, "type": "private"},
        "date": int(time.time()),
        "text": step["say"],
    }
    if step["say"].startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(step["say"])}]
    return json.dumps({"update_id": number, "message": message}).encode()


def _fields(body: bytes) -> dict[str, Any]:
    """What a message is made of, in whichever form it was posted."""
    given = json.loads(body) if body[:1] == b"{" else dict(parse_qsl(body.decode()))
    found = {name: given[name] for name in FIELDS if name in given}
    return {name: _parsed(value) if name != "text" else value for name, value in found.items()}


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value


async def main(latency: float) -> None:
    """Serve until stdin ends."""
    loop = asyncio.get_running_loop()
    server = WalkedServer(latency)
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    reader = asyncio.StreamReader(limit=2**20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        sys.stdout.write(json.dumps(await server.walk(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds between a request and its answer")
    asyncio.run(main(arguments.parse_args().latency))
