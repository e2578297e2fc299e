"""A sitting with keys of the day, a server of its pages, and somebody who presses on them."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.domain.hearings import AgendaItem, Results
from bot.domain.people import Role
from bot.pages.hall_doors import WRONG_AT_ONCE, HallDoors
from bot.pages.hall_pages import KEY_HEADER, HallPages
from bot.pages.reader_limits import ReaderLimits
from tests import samples
from tests.clocks import VirtualClock
from tests.pages.served import serving
from tests.pages.sites import CATALOGUES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services.hall_keys import NewHallKeys
    from bot.services.hall_views import HallState
    from tests.municipality import Municipality
    from tests.pages.served import Server


@dataclass
class HallTown:
    """A hearing with a hall, its keys, and a server of its pages."""

    municipality: Municipality
    hearing: Hearing
    chair: Actor
    keys: NewHallKeys
    server: Server
    clock: VirtualClock

    async def press(self, act: str, *, key: str = "", server: Server | None = None, **more: Any) -> Any:
        """Press on the chair's page, as of the newest state; the answer."""
        if "seen" not in more:
            more["seen"] = (await self.desk())["seen"]
        status, body = await self.post({"act": act, **more}, key=key, server=server)
        assert status in (200, 409), status
        return body

    async def post(
        self, body: object, *, key: str = "", server: Server | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        here = server or self.server
        said = {KEY_HEADER: key or self.keys.chair, "Content-Type": "application/json", **(headers or {})}
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        url = f"{here.root}/chair/{self.hearing.code}/act?in=en"
        async with here.session.post(url, data=raw, headers=said) as answer:
            found = await answer.read()
            return answer.status, json.loads(found) if answer.content_type == "application/json" else found

    async def status(self, page: str, key: str, *, code: str = "") -> int:
        """What the stream of a page answers to this key."""
        url = f"{self.server.root}/{page}/{code or self.hearing.code}/events"
        async with self.server.session.get(url, headers={KEY_HEADER: key}) as answer:
            return answer.status

    async def first(self, page: str, key: str, server: Server | None = None) -> Any:
        """The first event of a stream."""
        async with self.stream(page, key, server) as events:
            return (await anext(events))[1]

    async def wall(self, server: Server | None = None) -> Any:
        return await self.first("hall", self.keys.projector, server)

    async def desk(self) -> Any:
        return await self.first("chair", self.keys.chair)

    @asynccontextmanager
    async def stream(
        self, page: str, key: str, server: Server | None = None
    ) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
        """The events of a stream, with their names."""
        here = server or self.server
        url = f"{here.root}/{page}/{self.hearing.code}/events?in=en"
        async with here.session.get(url, headers={KEY_HEADER: key}) as answer:
            assert answer.status == 200, answer.status
            assert answer.headers["Cache-Control"] == "no-store"

            async def events() -> AsyncIterator[tuple[str, Any]]:
                name = ""
                async for line in answer.content:
                    if line.startswith(b"event: "):
                        name = line[7:].decode().strip()
                    elif line.startswith(b"data: "):
                        yield name, json.loads(line[6:])

            yield events()


@asynccontextmanager
async def hall_town(municipality: Municipality) -> AsyncIterator[HallTown]:
    """A sitting that can begin."""
    items = (AgendaItem(1, samples.words("Ачылышы")), AgendaItem(2, samples.words("<b>Бюджет</b>")))
    dossier = replace(samples.dossier(results=Results.ALWAYS), agenda=items)
    hearing = await municipality.hearing(dossier)
    chair = await municipality.staff(900, Role.MODERATOR)
    keys = await municipality.services.hall_keys.make(chair, hearing.id, 1)
    clock = VirtualClock()
    async with serving(municipality, more=(hall_pages(municipality, clock).add_routes,)) as server:
        yield HallTown(municipality, hearing, chair, keys, server, clock)


def hall_pages(municipality: Municipality, clock: VirtualClock) -> HallPages:
    """The pages as the product wires them; the QR code leads to the code of the day."""

    async def link(state: HallState) -> str:
        return f"https://t.me/a_bot?start={state.code}" if state.code else ""

    wrong = ReaderLimits(at_once=WRONG_AT_ONCE, a_second=0.1, monotonic=clock.monotonic)
    services = municipality.services
    return HallPages(services, CATALOGUES, HallDoors(services.hall_keys, wrong), link=link)
