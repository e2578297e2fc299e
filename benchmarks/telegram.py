"""A Bot API server as fast as one can be made in Python, in a process of its own: presses out, answers and edits in.

It reads orders from stdin, one JSON object a line, and prints one JSON line for each when everybody has been answered:
``{"presses": 3000, "first": 1, "data": "1eo_1_1_1", "rate": null, "patience": 60}``. ``rate`` is presses a second, or
null for all at once. The first line it prints is its port.

An order may have ``file``, a path: somebody who has not pressed (``sender``, a number) sends it as a document when the
presses begin, and presses ``then`` when a message has come for it.

It knows nothing of Telegram's limits and checks nothing: the simulator does that. Here both sides of a comparison get
the same server, and it must not be what they wait for.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH: Final = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
QUERY: Final = re.compile(rb'callback_query_id"?[=:]\s*"?(\d+)')
MESSAGE: Final = re.compile(rb'message_id"?[=:]\s*(\d+)')
OFFSET: Final = re.compile(rb'offset"?[=:]\s*(-?\d+)')
LIMIT: Final = re.compile(rb'limit"?[=:]\s*(\d+)')
HOLD: Final = re.compile(rb'timeout"?[=:]\s*(\d+)')
FIRST_PERSON: Final = 700_000_000
YES: Final = b'{"ok":true,"result":true}'
ME: Final = {"id": 42, "is_bot": True, "first_name": "Hearings", "username": "hearings_bot"}
TEXT: Final = "1-суроо, 7 суроодон · жооптор: 0\nИчки жолдорду оңдоо\nБул пландын баарын колдойсузбу?\n" * 3
KEYBOARD: Final = [
    [{"text": f"{mark} Колдойм", "callback_data": f"1ko_1_1_{number}"} for number, mark in enumerate("👍👎🤝", 1)],
    [{"text": "Өткөрүп жиберүү ▶️", "callback_data": "1ka_1_2"}],
    [{"text": "💬 Пикир айтуу", "callback_data": "1kw_1_0_1_1"}],
    [{"text": "⬅️ Артка", "callback_data": "1kh_1"}, {"text": "🏠 Башкы бет", "callback_data": "1kH_1"}],
]


def _message(person: int | str) -> dict[str, Any]:
    """The message under the button, and what an edit returns."""
    return {
        "message_id": person,
        "from": ME,
        "chat": {"id": person, "first_name": "Айгүл", "type": "private"},
        "date": 1_790_000_000,
        "edit_date": 1_790_000_060,
        "text": TEXT,
        "entities": [{"offset": 0, "length": 32, "type": "italic"}, {"offset": 33, "length": 20, "type": "bold"}],
        "reply_markup": {"inline_keyboard": KEYBOARD},
    }


def _document(number: int, person: int, size: int) -> dict[str, Any]:
    """The update of a message with a file."""
    return {
        "update_id": number,
        "message": {
            "message_id": person,
            "from": {"id": person, "is_bot": False, "first_name": "Гүлнара", "language_code": "ky"},
            "chat": {"id": person, "first_name": "Гүлнара", "type": "private"},
            "date": int(time.time()),
            "document": {
                "file_id": "file",
                "file_unique_id": "unique",
                "file_name": "decisions.xlsx",
                "file_size": size,
            },
        },
    }


def _template(value: object) -> bytes:
    """JSON with a hole for the person's number wherever ``"@"`` stands."""
    return json.dumps(value, separators=(",", ":")).encode().replace(b"%", b"%%").replace(b'"@"', b"%(person)d")


EDITED: Final = _template({"ok": True, "result": _message("@")})
PRESS: Final = _template(
    {
        "update_id": "@",
        "callback_query": {
            "id": "$",
            "from": {"id": "@", "is_bot": False, "first_name": "Айгүл", "language_code": "ky"},
            "message": _message("@"),
            "chat_instance": "-4512",
            "data": "#",
        },
    }
).replace(b"$", b"%(person)d")


@dataclass
class Return:
    """A file that somebody sends while others press, and what they press next."""

    sender: int
    content: bytes
    then: str
    sent: float = 0.0
    seen: float = 0.0
    pressed: float = 0.0
    done: float = 0.0

    def result(self) -> dict[str, float | None]:
        """Seconds from the file to the message for it, and from the press to its screen; None where it did not come."""
        return {
            "seen_s": self.seen - self.sent if self.seen else None,
            "done_s": self.done - self.pressed if self.done else None,
        }


@dataclass
class Load:
    """One order: who presses what, and when each press was made, answered and shown."""

    presses: int
    first: int
    data: str
    rate: float | None
    patience: float
    made: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    edited: dict[int, float] = field(default_factory=dict)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, times: dict[int, float], person: int) -> None:
        """Somebody was reached."""
        if person in self.made:
            times.setdefault(person, time.perf_counter())
            if len(self.answered) == len(self.edited) == self.presses:
                self.done.set()

    def result(self) -> dict[str, Any]:
        """Seconds from the first press to the last answer and edit; milliseconds from a press to its answer."""
        waits = sorted(self.answered[person] - self.made[person] for person in self.answered)
        ends = [*self.answered.values(), *self.edited.values()]
        return {
            "presses": self.presses,
            "answered": len(self.answered),
            "edited": len(self.edited),
            "seconds": max(ends) - min(self.made.values()) if ends else None,
            **{f"p{part}_ms": round(share(waits, part) * 1000, 2) if waits else None for part in (50, 90, 95, 99, 100)},
        }


def share(waits: list[float], percent: int) -> float:
    """What so many percent of the sorted ``waits`` do not exceed."""
    return waits[min(len(waits) - 1, len(waits) * percent // 100)]


@dataclass(eq=False)
class Poll:
    """A request for updates that waits; it is itself alone, however much another is like it."""

    connection: Connection
    limit: int


class Server:
    """The queue of updates, and the methods a bot calls."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.updates: list[tuple[int, bytes]] = []
        self.load: Load | None = None
        self.files = 0
        """How many came since the order before."""
        self.returned: Return | None = None
        self._polls: list[Poll] = []

    async def run(self, order: dict[str, Any]) -> dict[str, Any]:
        """Let people press; returns when all are answered, or after the order's patience."""
        path, sender, then = (order.pop(name, None) for name in ("file", "sender", "then"))
        self.returned = Return(FIRST_PERSON + sender, Path(path).read_bytes(), then) if path else None
        load = self.load = Load(**order)
        data = json.dumps(load.data).encode()
        begun = time.perf_counter()
        numbers = itertools.count(FIRST_PERSON + load.first)
        for number in range(load.presses):
            if load.rate is not None and (wait := begun + number / load.rate - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            self._send_back(numbers)
            person = next(numbers)
            press = (PRESS % {b"person": person}).replace(b'"#"', data)
            self.updates.append((person, press))
            load.made[person] = time.perf_counter()
            if load.rate is not None:
                self._wake()
        self._wake()
        try:
            async with asyncio.timeout(load.patience):
                await load.done.wait()
        except TimeoutError:
            self.updates.clear()  # nobody waits for them any more
        files, self.files = self.files, 0
        return {**load.result(), "files": files, **(self.returned.result() if self.returned else {})}

    def _send_back(self, numbers: Iterator[int]) -> None:
        """Let the sender of a file do what they do next; each update takes the place of a press."""
        if (back := self.returned) is None:
            return
        if not back.sent:
            number = next(numbers)
            self.updates.append((number, json.dumps(_document(number, back.sender, len(back.content))).encode()))
            back.sent = time.perf_counter()
        elif back.seen and not back.pressed:
            number = next(numbers)
            press = (PRESS % {b"person": back.sender}).replace(b'"#"', json.dumps(back.then).encode())
            self.updates.append((number, press.replace(b"%d" % back.sender, b"%d" % number, 1)))
            back.pressed = time.perf_counter()

    def _note_returned(self, method: bytes, body: bytes) -> None:
        """The sender of a file was shown something."""
        back = self.returned
        if back is None or b"%d" % back.sender not in body:
            return
        if method == b"sendmessage" and not back.seen:
            back.seen = time.perf_counter()
        elif method == b"editmessagetext" and not back.done:
            back.done = time.perf_counter()

    def serve(self, connection: Connection, method: bytes, body: bytes) -> None:
        """One call."""
        self._note_returned(method, body)
        if method == b"getupdates":
            self._poll(connection, body)
        elif method == b"answercallbackquery" and self.load is not None and (query := QUERY.search(body)):
            self.load.note(self.load.answered, int(query[1]))
            connection.answer(YES)
        elif method == b"editmessagetext" and self.load is not None and (found := MESSAGE.search(body)):
            self.load.note(self.load.edited, int(found[1]))
            connection.answer(EDITED % {b"person": int(found[1])})
        elif method == b"senddocument":
            self.files += 1
            connection.answer(YES)
        elif method == b"getfile":
            described = {"file_id": "file", "file_unique_id": "unique", "file_path": "returned.xlsx"}
            connection.answer(json.dumps({"ok": True, "result": described}).encode())
        elif method == b"returned.xlsx" and self.returned is not None:
            connection.answer(self.returned.content)
        elif method == b"getme":
            connection.answer(json.dumps({"ok": True, "result": ME}).encode())
        else:
            connection.answer(YES)

    def _poll(self, connection: Connection, body: bytes) -> None:
        offset, limit = _number(OFFSET, body, 0), _number(LIMIT, body, 100)
        confirmed = next((at for at, (number, _) in enumerate(self.updates) if number >= offset), len(self.updates))
        del self.updates[:confirmed]
        if self.updates:
            self._deliver(connection, limit)
        elif hold := _number(HOLD, body, 0):
            poll = Poll(connection, limit)
            self._polls = [poll]  # whoever asks last is answered
            asyncio.get_running_loop().call_later(hold, self._give_up, poll)
        else:
            connection.answer(b'{"ok":true,"result":[]}')

    def _give_up(self, poll: Poll) -> None:
        if poll in self._polls:
            self._polls.remove(poll)
            poll.connection.answer(b'{"ok":true,"result":[]}')

    def _wake(self) -> None:
        if self.updates and self._polls:
            poll = self._polls.pop()
            self._deliver(poll.connection, poll.limit)

    def _deliver(self, connection: Connection, limit: int) -> None:
        batch = b",".join(press for _, press in self.updates[:limit])
        connection.answer(b'{"ok":true,"result":[' + batch + b"]}")


def _number(pattern: re.Pattern[bytes], body: bytes, missing: int) -> int:
    found = pattern.search(body)
    return int(found[1]) if found else missing


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as much of it as bots use."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end])
            size = LENGTH.search(head)
            total = end + 4 + (int(size[1]) if size else 0)
            if len(self._buffer) < total:
                return
            body = bytes(self._buffer[end + 4 : total])
            del self._buffer[:total]
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].lower()
            self._server.serve(self, method, body)

    def answer(self, body: bytes) -> None:
        """200 with ``body``, after the latency."""
        response = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        if self._server.latency:
            asyncio.get_running_loop().call_later(self._server.latency, self._write, response)
        else:
            self._write(response)

    def _write(self, response: bytes) -> None:
        if self._transport is not None:
            self._transport.write(response)


async def main(latency: float) -> None:
    """Serve until stdin ends."""
    loop = asyncio.get_running_loop()
    server = Server(latency)
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        sys.stdout.write(json.dumps(await server.run(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds between a request and its answer")
    asyncio.run(main(arguments.parse_args().latency))
