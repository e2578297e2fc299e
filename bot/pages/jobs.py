"""One page as a job: made in a process of its own, so that no press waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.domain.places import NOBODY, Contact, PlaceTree
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.pages.asked import Asked
    from bot.pages.links import BotLinks
    from bot.pages.making import MadePage
    from bot.ports import ReadingStore
    from bot.reports.jobs import Bench


class LinksReader(Protocol):
    """Finds the links into the bot, as far as the bot is known by now. It can be pickled."""

    async def __call__(self, store: ReadingStore, /) -> BotLinks:
        """The links. Raises StoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class SiteTerms:
    """What pages are made of beside the database: the fields of ``PublicSite`` that the settings give."""

    links: LinksReader
    base: str = ""
    media_folder: str = ""
    contact: Contact = NOBODY
    language: str = "ky"


@dataclass(frozen=True, slots=True)
class PageJob:
    """Makes one page; ``known`` is the state in which the asker has it, empty where it has none."""

    asked: Asked
    known: str
    terms: SiteTerms

    async def run(self, bench: Bench) -> MadePage | None:
        """The page; None where there is none. Raises StoreUnavailable, OSError, CannotTypeset."""
        from bot.pages.making import PageMaking
        from bot.pages.public_site import PublicSite
        from bot.services.media_folder import MediaFolder

        terms = self.terms
        site = PublicSite(
            bench.store,
            await self._places(bench) if self.asked.needs_places else PlaceTree((), bench.timezone),
            bench.catalogues,
            bench.now,
            bench.timezone,
            await terms.links(bench.store),
            base=terms.base,
            kept=MediaFolder(Path(terms.media_folder)) if terms.media_folder else None,
            language=terms.language,
        )
        return await PageMaking(site, self.asked, self.known).make()

    async def _places(self, bench: Bench) -> PlaceTree:
        from bot.services.places import valid_tree

        async with bench.store.reading() as repositories:
            found = await repositories.places.list_all()
        return valid_tree(found, bench.now.date(), bench.timezone, self.terms.contact)[1]
