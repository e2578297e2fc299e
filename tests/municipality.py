"""A municipality to test in: the sample's places and, through the real services, hearings, residents and staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app import wire
from bot.cli import COMMAND_LINE
from bot.config import load
from bot.domain.people import Caller, Role
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock
    from bot.services import Services
    from storage import Store


@dataclass(frozen=True)
class Municipality:
    """Bagysh with its three villages, and two others beside it; ``places`` are ids by code."""

    services: Services
    places: Mapping[str, int]

    @classmethod
    async def load(cls, services: Services) -> Municipality:
        """Load the sample's places, where they are not loaded yet; no hearing yet."""
        tree = await services.directory.tree()
        if not tree.places:
            await services.directory.load(samples.places())
            tree = await services.directory.tree()
        return cls(services, {place.code: place.id for place in tree.places})

    @classmethod
    async def over(cls, store: Store, clock: Clock, **settings: str) -> Municipality:
        """The same over a store without a bot, with ``settings`` other than the defaults."""
        return await cls.load(wire(load("", **settings), store, clock))

    @property
    def id(self) -> int:
        """Of Bagysh."""
        return self.places["bagysh"]

    async def hearing(self, content: Dossier | None = None, *, place: str = "bagysh", publish: bool = True) -> Hearing:
        """A hearing of ``content`` (the sample's if None), announced unless ``publish`` is False."""
        return await self.services.hearings.load(
            COMMAND_LINE, self.places[place], content or samples.dossier(), publish=publish
        )

    async def resident(self, telegram_id: int, *, language: str = "ky", place: str = "bagysh") -> Actor:
        """Somebody who has agreed and follows the municipality."""
        actor = await self.services.people.agree(Caller(telegram_id, language))
        return await self.services.people.follow(actor, self.places[place])

    async def staff(
        self, telegram_id: int, role: Role = Role.SECRETARY, *, language: str = "ky", place: str = "bagysh"
    ) -> Actor:
        """Somebody who has opened an invitation to the role."""
        token = await self.services.people.invite(COMMAND_LINE, self.places[place], role)
        return (await self.services.people.join(Caller(telegram_id, language), token)).actor
