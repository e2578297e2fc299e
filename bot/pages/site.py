"""Writes the public pages into a folder that any web space can hold.

What stands there and is the same stays untouched; a hearing of which nothing has changed is not written anew. What is
no longer public is removed: only what an earlier run has written (``manifest``).
"""

from __future__ import annotations

import asyncio
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.languages import LANGUAGES
from bot.pages import addresses, api, feeds, layout, lists, openapi
from bot.pages.api import HearingApi
from bot.pages.files import NamedFiles
from bot.pages.folder import PagesFolder
from bot.pages.gathering import gather
from bot.pages.hearing_page import HearingPages
from bot.pages.lists import ListPages
from bot.pages.manifest import MANIFEST, Manifest, WrittenHearing, digest_of_program
from bot.pages.public_site import FILES
from bot.pages.templating import assets
from bot.reports import calendar, preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from bot.pages.feeds import FeedEntry
    from bot.pages.gathering import PublicHearing
    from bot.pages.lists import ListedMunicipality
    from bot.pages.public_site import PublicSite


@dataclass(slots=True)
class Written:
    """What a run did, in hearings."""

    made: int = 0
    unchanged: int = 0
    removed: int = 0


async def write(site: PublicSite, folder: Path, say: Callable[[str], None]) -> Written:
    """Write the site; ``say`` is told of each hearing. Raises OSError, StoreUnavailable."""
    return await _SiteWriting(site, folder, say).write()


class _SiteWriting:
    def __init__(self, site: PublicSite, folder: Path, say: Callable[[str], None]) -> None:
        self._site = site
        self._folder = PagesFolder(folder)
        self._say = say
        made_by = digest_of_program(site.base, site.links.hearing(1))
        self._before = Manifest.read(folder / MANIFEST, made_by)
        self._now = Manifest(made_by)
        self._written = Written()

    async def write(self) -> Written:
        await asyncio.to_thread(self._folder.make)
        listed = await self._site.listed()
        wanted = [hearing for each in listed for hearing in each.hearings]
        for number, hearing in enumerate(wanted, start=1):
            done = await self._hearing(hearing)
            self._say(f"{number} of {len(wanted)} {hearing.code}: {done}")
        await asyncio.to_thread(self._finish, listed)
        return self._written

    async def _hearing(self, hearing: Hearing) -> str:
        """Write what is new of a hearing; returns what was done, in words."""
        site = self._site
        async with site.store.reading() as repositories:
            shown = await gather(repositories, hearing.id, site.places, now=site.now, timezone=site.timezone)
        state = shown.digest
        before = self._before.hearings.get(hearing.code)
        if before is not None and before.state == state and self._stands(hearing.code, before):
            self._now.hearings[hearing.code] = before
            self._written.unchanged += 1
            return "as it was"
        used: dict[str, str] = {}
        for language in LANGUAGES:
            files = await self._files(shown, language)
            used |= await asyncio.to_thread(self._pages, shown, language, files)
        await asyncio.to_thread(self._api, shown)
        news = {language: tuple(self._news(shown, language)) for language in LANGUAGES}
        self._now.hearings[hearing.code] = WrittenHearing(state, used, news)
        self._written.made += 1
        return "written"

    def _stands(self, code: str, before: WrittenHearing) -> bool:
        """Whether its pages, and the files that they name, are still there: a folder may have been emptied by hand."""
        pages = (layout.hearing(language, code) for language in LANGUAGES)
        return all(map(self._folder.has, (*pages, *before.kept.values())))

    async def _files(self, shown: PublicHearing, language: str) -> list[tuple[str, str]]:
        """Write the files beside a hearing's page, but for what is not public yet; returns (place, words) of each."""
        site, found, t = self._site, list[tuple[str, str]](), self._site.catalogues[language]
        for form, place, words in site.files_beside(shown.hearing, t):
            part = self._folder.prepare(place)
            part = part.with_name(f".{part.name}")
            await site.write_beside(shown.hearing, form, t, part)
            await asyncio.to_thread(self._take, place, part)
            found.append((place, words))
        for name, _ in FILES.values():
            place = layout.beside(language, shown.hearing.code, name)
            if place not in {each for each, _ in found}:
                await asyncio.to_thread(self._folder.remove, place)
        return found

    def _take(self, place: str, part: Path) -> None:
        self._folder.put(place, part.read_bytes())
        part.unlink()

    def _pages(self, shown: PublicHearing, language: str, files: list[tuple[str, str]]) -> dict[str, str]:
        """Write a hearing's pages in one language; returns the kept files that they name, by digest."""
        site, code = self._site, shown.hearing.code
        t, kept = site.catalogues[language], NamedFiles(shown.kept, site.kept)
        written = set[str]()
        found = HearingPages(t, shown, site.links, kept, base=site.base, files=files)
        for place, content in found.pages():
            self._folder.put(place, content)
            written.add(place)
        if language == site.language:
            self._folder.put(short := layout.short_results(code), found.results(short))
        self._folder.keep_only(layout.folder_of(language, code), written)
        self._folder.put(layout.beside(language, code, layout.PREVIEW), preview.png(shown.record, shown.phase, t))
        for digest, place in kept.used.items():
            content_of_file = site.kept.read(digest) if site.kept and not self._folder.has(place) else None
            if content_of_file is not None:
                self._folder.put(place, content_of_file)
        return kept.used

    def _api(self, shown: PublicHearing) -> None:
        """Write what programs read of a hearing."""
        site, code, written = self._site, shown.hearing.code, set[str]()
        made = HearingApi(site.catalogues, shown, site.links, NamedFiles(shown.kept, site.kept), base=site.base)
        self._folder.put(layout.api_hearing(code), api.document(made.hearing()))
        for page in range(1, max(1, api.count_pages(shown)) + 1):
            place, span = layout.api_comments(code, page), api.span_of(page)
            found = shown.newest[span.offset : span.offset + span.limit]
            self._folder.put(place, api.document(made.comments(page, found)))
            written.add(place)
        self._folder.keep_only(layout.api_comments_folder(code), written, "*.json")

    def _news(self, shown: PublicHearing, language: str) -> Iterator[FeedEntry]:
        return feeds.entries(shown, self._site.catalogues[language], self._site.base) if self._site.base else iter(())

    def _finish(self, listed: list[ListedMunicipality]) -> None:
        """Write what is about all hearings, and remove what is public no more."""
        site, put = self._site, self._folder.put
        self._assets()
        put(layout.PAGE, lists.root())
        for language in LANGUAGES:
            put(layout.front(language), ListPages(site.catalogues[language], base=site.base).front(listed))
            for each in listed:
                self._municipality(each, language)
        put(layout.API_DESCRIPTION, openapi.description(site.base))
        put(layout.API_MUNICIPALITIES, api.document(api.municipalities(listed, site.base)))
        for each in listed:
            put(layout.api_municipality(each.place.code), api.document(api.municipality(each, site.base)))
        put(layout.ROBOTS, addresses.robots(site.base))
        if site.base:
            put(layout.SITEMAP, addresses.sitemap(site.base, listed))
        self._remove_former()
        put(MANIFEST, self._now.content)

    def _assets(self) -> None:
        for place, content in assets().items():
            self._folder.put(place, content)
        self._folder.keep_only(layout.ASSETS, set(assets()), "*")

    def _municipality(self, each: ListedMunicipality, language: str) -> None:
        site, put, code = self._site, self._folder.put, each.place.code
        t = site.catalogues[language]
        put(layout.municipality(language, code), ListPages(t, base=site.base).municipality(each))
        name = f"{t('Public hearings')}: {t.place(each.place.name)}"
        put(layout.calendar(language, code), calendar.subscription(name, each.hearings, t, each.zone))
        if site.base:
            news = [one for hearing in each.hearings for one in self._now.hearings[hearing.code].news[language]]
            put(layout.feed(language, code), feeds.atom(each.place, news, t, site.base))

    def _remove_former(self) -> None:
        for code in self._before.hearings.keys() - self._now.hearings.keys():
            for language in LANGUAGES:
                self._folder.remove(layout.folder_of(language, code))
            for place in (layout.short_results(code), layout.api_comments(code, 1), layout.api_hearing(code)):
                self._folder.remove(posixpath.dirname(place) if place.endswith((layout.PAGE, "/1.json")) else place)
            self._written.removed += 1
        for place in self._before.places - self._now.places:
            self._folder.remove(place)
