"""Several processes of the bot on one database, behind one address: what comes in goes to each in turn."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from tests.faults.living_process import BotProcess, Setup, scene
from tests.faults.test_webhook import free_ports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from bot.simulator.limits import Limits
    from tests.faults.living_process import Haste, Scene

SECRET = "only-telegram-knows"
AGAIN = "Бул билдирүүнү мурда алган болушуңуз мүмкүн."
"""What a message says that its reader may have already."""
AWAY = aiohttp.ClientError, ConnectionError, TimeoutError


@dataclass
class Balancer:
    """Hands each post to the next process that takes it, as Caddy does; ``took`` says which took which update."""

    ports: list[int] = field(default_factory=list)
    patience: float = 8.0
    took: dict[int, list[int]] = field(default_factory=dict)
    _turn: itertools.count[int] = field(default_factory=itertools.count)

    async def handle(self, request: web.Request) -> web.Response:
        """Post it on until one answers with 200."""
        body, headers = await request.json(), dict(request.headers)
        first, ports = next(self._turn), list(self.ports)
        for port in [ports[(first + more) % len(ports)] for more in range(len(ports))]:
            if await self.bring(body, port, headers):
                return web.Response()
        return web.Response(status=503)

    async def bring(self, body: dict[str, Any], port: int, headers: dict[str, str]) -> bool:
        """Whether the process on ``port`` has taken it."""
        kept = {"X-Telegram-Bot-Api-Secret-Token": headers.get("X-Telegram-Bot-Api-Secret-Token", SECRET)}
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(f"http://127.0.0.1:{port}/hook", json=body, headers=kept) as response,
            ):
                taken = response.status == 200
        except AWAY:
            return False
        if taken:
            self.took.setdefault(body["update_id"], []).append(port)
        return taken


@dataclass
class Troupe:
    """A scene played by several processes; the first of them is the scene's."""

    scene: Scene
    balancer: Balancer
    bots: dict[int, BotProcess]
    """By the port on which each listens."""

    async def ready(self, ports: Collection[int] | None = None) -> None:
        """Return when the processes on these ports (None: all) say that they are ready, and get their updates."""
        for port in ports or self.bots:
            async with asyncio.timeout(60):
                while not await answers(port):
                    await asyncio.sleep(0.02)
        self.balancer.ports = sorted({*self.balancer.ports, *(ports or self.bots)})

    async def kill(self, port: int) -> None:
        """kill -9 of one; what is posted to it goes to the others."""
        await self.bots[port].kill()

    async def begin(self, port: int) -> None:
        """Start it again, and wait for it."""
        self.bots[port].start()
        await self.ready([port])

    @asynccontextmanager
    async def paused(self, port: int) -> AsyncIterator[None]:
        """SIGSTOP, and SIGCONT at the end."""
        os.kill(self.bots[port].pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.bots[port].pid, signal.SIGCONT)

    async def stop(self) -> None:
        """SIGTERM to all that run."""
        assert await asyncio.gather(*(bot.stop() for bot in self.bots.values() if bot)) != []


async def answers(port: int) -> bool:
    """Whether a process is there and takes updates: before, it asks for them again."""
    try:
        async with (
            aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as session,
            session.post(f"http://127.0.0.1:{port}/hook", json={"update_id": 1}) as response,
        ):
            return response.status == 200
    except AWAY:
        return False


@asynccontextmanager
async def troupe(
    url: str,
    *,
    replicas: int,
    people: int = 12,
    haste: Haste | None = None,
    pace: float = 0.0,
    limits: Limits | None = None,
    apart: float = 0.0,
) -> AsyncIterator[Troupe]:
    """A scene with so many processes, whose clocks are ``apart`` seconds from one to the next."""
    balancer = Balancer()
    app = web.Application()
    app.router.add_post("/hook", balancer.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    ports = free_ports(replicas)
    shared = Setup({"webhook_url": hook, "webhook_secret": SECRET}, pace=pace)
    setups = {
        port: replace(shared, settings={**shared.settings, "listen": f"127.0.0.1:{port}"}, ahead=apart * number)
        for number, port in enumerate(ports)
    }
    balancer.ports = ports[:1]
    bots: dict[int, BotProcess] = {}
    try:
        async with scene(url, people=people, haste=haste, setup=setups[ports[0]], limits=limits) as played:
            bots[ports[0]] = played.bot
            for port in ports[1:]:
                bots[port] = BotProcess(url, played.api, played.telegram.token, haste, setups[port])
                bots[port].start()
            company = Troupe(played, balancer, bots)
            await company.ready()
            yield company
    finally:
        for bot in bots.values():
            if bot:
                await bot.kill()
        await runner.cleanup()
