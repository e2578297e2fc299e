"""Readers of the served pages, in a process of their own: so many a second, each from an address of their own.

A line on standard input begins: seconds, requests a second (0: as fast as the answers come), and the addresses. A line
on standard output says what came back.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import count, cycle
from typing import Any

import aiohttp

AT_ONCE = 16
"""Requests under way at most where there is no rate."""


async def read(order: dict[str, Any]) -> dict[str, Any]:
    """Ask for the pages in turn until the time is over."""
    seconds, rate = float(order["seconds"]), float(order["rate"])
    statuses: dict[str, int] = {}
    addresses, numbers, begun = cycle(order["addresses"]), count(), time.monotonic()

    async def ask(session: aiohttp.ClientSession, number: int) -> None:
        reader = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        async with session.get(next(addresses), headers={"X-Forwarded-For": reader}) as answer:
            await answer.read()
            statuses[str(answer.status)] = statuses.get(str(answer.status), 0) + 1

    async def go_on(session: aiohttp.ClientSession) -> None:
        while time.monotonic() < begun + seconds:
            number = next(numbers)
            if rate:
                await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            await ask(session, number)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
        await asyncio.gather(*(go_on(session) for _ in range(AT_ONCE)))
    return {"statuses": statuses, "seconds": time.monotonic() - begun}


def main() -> None:
    """Do as each line says, until there are no more."""
    for line in sys.stdin:
        print(json.dumps(asyncio.run(read(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
