"""The fast Bot API server, which posts updates to webhooks in place of being polled: to each process in turn.

Orders and answers are those of ``benchmarks.telegram``; as many posts are under way at once as Telegram makes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import sys
from typing import Final

from benchmarks.telegram import Connection, Server

CONNECTIONS: Final = 40
"""Posts at once, as Telegram makes them where nothing else is said."""
SECRET: Final = "benchmark"
AGAIN: Final = 0.1
"""Seconds until an update is posted again that was not taken."""


class HookedServer(Server):
    """Posts each update until it is answered with 200, over connections that stay open."""

    def __init__(self, latency: float, ports: list[int]) -> None:
        super().__init__(latency)
        self._ports = ports
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()

    def _wake(self) -> None:
        for _, press in self.updates:
            self._queue.put_nowait(press)
        self.updates.clear()

    async def post(self, number: int) -> None:
        """Post one after another, for ever."""
        turns = itertools.cycle(self._ports[number % len(self._ports) :] + self._ports[: number % len(self._ports)])
        open_to: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
        while True:
            press = await self._queue.get()
            while not await self._posted(press, next(turns), open_to):
                await asyncio.sleep(AGAIN)

    async def _posted(
        self, press: bytes, port: int, open_to: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]]
    ) -> bool:
        try:
            if port not in open_to:
                open_to[port] = await asyncio.open_connection("127.0.0.1", port)
            reader, writer = open_to[port]
            head = f"POST /hook HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
            head += f"Content-Type: application/json\r\nContent-Length: {len(press)}\r\n\r\n"
            writer.write(head.encode() + press)
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next(int(line[15:]) for line in answer.split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
        except (OSError, EOFError, StopIteration):
            open_to.pop(port, None)
            return False
        return answer.split(b" ", 2)[1] == b"200"


async def main(latency: float, ports: list[int]) -> None:
    """Serve until stdin ends."""
    loop = asyncio.get_running_loop()
    server = HookedServer(latency, ports)
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    posters = [loop.create_task(server.post(number)) for number in range(CONNECTIONS)]
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        sys.stdout.write(json.dumps(await server.run(json.loads(line))) + "\n")
        sys.stdout.flush()
    for poster in posters:
        poster.cancel()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds between a request and its answer")
    arguments.add_argument("ports", type=int, nargs="+", help="of this machine, where the bot's processes listen")
    given = arguments.parse_args()
    asyncio.run(main(given.latency, given.ports))
