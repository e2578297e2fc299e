"""Makes what lies at one place of the public pages, as it is now: for the served pages, one at a time.

The same makers write the folder (``site``), so both say the same. Of a hearing only those comments are read that the
page shows: a page of a hearing with 60,000 comments costs as much as one with ten.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.domain.errors import NotFound
from bot.domain.values import dataclass
from bot.pages import addresses, api, feeds, layout, lists, openapi
from bot.pages.api import HearingApi
from bot.pages.comment_words import is_long
from bot.pages.files import NamedFiles, public_file
from bot.pages.gathering import CommentSpan, OneComment, gather
from bot.pages.hearing_page import BEST_COMMENTS, HearingPages
from bot.pages.lists import ListPages, missing
from bot.reports import calendar, preview
from bot.reports.report import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.i18n import Translator
    from bot.pages.asked import Asked
    from bot.pages.gathering import PublicHearing
    from bot.pages.lists import ListedMunicipality
    from bot.pages.public_site import PublicSite

NO_COMMENTS: Final = CommentSpan(Order.SUPPORT, 0, 0)


@dataclass(frozen=True, slots=True)
class MadePage:
    """What lies at a place: ``content``, or the kept file with the digest ``kept``.

    ``state`` is equal as long as what it is made of is; None as content: it is what it was in that state.
    """

    content: bytes | None
    state: str = ""
    kept: str = ""


class PageMaking:
    """Makes one page; ``known`` is the state in which the asker has it, empty where it has none."""

    def __init__(self, site: PublicSite, asked: Asked, known: str) -> None:
        self._site = site
        self._asked = asked
        self._known = known
        self._t: Translator = site.catalogues[asked.language or site.language]

    async def make(self) -> MadePage | None:
        """The page; None where there is none. Raises StoreUnavailable, OSError, CannotTypeset."""
        makers: Mapping[str, Callable[[], Awaitable[MadePage | None]]] = {
            "root": self._root,
            "robots": self._robots,
            "sitemap": self._sitemap,
            "missing": self._missing,
            "front": self._front,
            "municipality": self._municipality,
            "calendar": self._calendar,
            "feed": self._feed,
            "hearing": self._hearing,
            "comments": self._comments,
            "comment": self._comment,
            "results": self._results,
            "preview": self._preview,
            "board": self._board,
            "open_data": self._open_data,
            "kept": self._kept,
            "api_description": self._api_description,
            "api_municipalities": self._api_municipalities,
            "api_municipality": self._api_municipality,
            "api_hearing": self._api_hearing,
            "api_comments": self._api_comments,
        }
        try:
            return await makers[self._asked.what]()
        except NotFound:
            return None

    async def _root(self) -> MadePage:
        return MadePage(lists.root())

    async def _robots(self) -> MadePage:
        return MadePage(addresses.robots(self._site.base))

    async def _sitemap(self) -> MadePage:
        return MadePage(addresses.sitemap(self._site.base, await self._site.listed()))

    async def _missing(self) -> MadePage:
        return MadePage(missing(self._t, depth=self._asked.number))

    async def _front(self) -> MadePage:
        return MadePage(ListPages(self._t, base=self._site.base).front(await self._site.listed()))

    async def _municipality(self) -> MadePage:
        return MadePage(ListPages(self._t, base=self._site.base).municipality(await self._found()))

    async def _calendar(self) -> MadePage:
        found = await self._found()
        name = f"{self._t('Public hearings')}: {self._t.place(found.place.name)}"
        return MadePage(calendar.subscription(name, found.hearings, self._t, found.zone))

    async def _feed(self) -> MadePage:
        found, news = await self._found(), list[feeds.FeedEntry]()
        for hearing in found.hearings:
            shown = await self._gather(hearing.id, None)
            news += feeds.entries(shown, self._t, self._site.base)
        return MadePage(feeds.atom(found.place, news, self._t, self._site.base))

    async def _hearing(self) -> MadePage:
        shown = await self._shown(CommentSpan(Order.SUPPORT, 0, BEST_COMMENTS))
        return self._unless_known(shown, lambda: self._pages(shown).hearing())

    async def _comments(self) -> MadePage | None:
        order, number = self._asked.order, self._asked.number - 1
        span = CommentSpan(order, number * layout.COMMENTS_ON_A_PAGE, layout.COMMENTS_ON_A_PAGE)
        shown = await self._shown(span)
        if not shown.comments:
            return None
        return self._unless_known(shown, lambda: self._pages(shown).comments(order, number, shown.comments))

    async def _comment(self) -> MadePage | None:
        shown = await self._shown(OneComment(self._asked.number))
        if not shown.comments or not is_long(shown.comments[0]):
            return None
        return self._unless_known(shown, lambda: self._pages(shown).comment(shown.comments[0]))

    async def _results(self) -> MadePage:
        shown = await self._shown(NO_COMMENTS)
        return self._unless_known(shown, lambda: self._pages(shown).results(self._asked.place))

    async def _preview(self) -> MadePage:
        shown = await self._shown(NO_COMMENTS)
        return self._unless_known(shown, lambda: preview.png(shown.record, shown.phase, self._t))

    async def _board(self) -> MadePage | None:
        return await self._beside(ReportFormat.PDF)

    async def _open_data(self) -> MadePage | None:
        return await self._beside(ReportFormat.OPEN_DATA)

    async def _beside(self, form: ReportFormat) -> MadePage | None:
        shown = await self._shown(NO_COMMENTS)
        if not any(each is form for each, _, _ in self._site.files_beside(shown.hearing, self._t)):
            return None
        with tempfile.TemporaryDirectory(prefix="pages-") as folder:
            path = Path(folder, form.value)
            await self._site.write_beside(shown.hearing, form, self._t, path)
            return MadePage(await asyncio.to_thread(path.read_bytes))

    async def _kept(self) -> MadePage | None:
        digest, folder = self._asked.name, self._site.kept
        if folder is None or not folder.has(digest):
            return None
        async with self._site.store.reading() as repositories:
            public = await public_file(repositories, digest, self._asked.ending)
        return MadePage(b"", kept=digest) if public else None

    async def _api_description(self) -> MadePage:
        return MadePage(openapi.description(self._site.base))

    async def _api_municipalities(self) -> MadePage:
        return MadePage(api.document(api.municipalities(await self._site.listed(), self._site.base)))

    async def _api_municipality(self) -> MadePage:
        return MadePage(api.document(api.municipality(await self._found(), self._site.base)))

    async def _api_hearing(self) -> MadePage:
        shown = await self._shown(NO_COMMENTS)
        return self._unless_known(shown, lambda: api.document(self._api(shown).hearing()))

    async def _api_comments(self) -> MadePage | None:
        number = self._asked.number
        shown = await self._shown(api.span_of(number))
        if number > max(1, api.count_pages(shown)):
            return None
        return self._unless_known(shown, lambda: api.document(self._api(shown).comments(number, shown.comments)))

    async def _found(self) -> ListedMunicipality:
        found = await self._site.find_listed(self._asked.code)
        if found is None:
            raise NotFound("municipality", self._asked.code)
        return found

    async def _shown(self, span: CommentSpan | OneComment) -> PublicHearing:
        async with self._site.store.reading() as repositories:
            hearing = await repositories.hearings.find_code(self._asked.code)
        if hearing is None or hearing.code != self._asked.code:
            raise NotFound("hearing", self._asked.code)
        return await self._gather(hearing.id, span)

    async def _gather(self, hearing_id: int, span: CommentSpan | OneComment | None) -> PublicHearing:
        site = self._site
        async with site.store.reading() as repositories:
            return await gather(repositories, hearing_id, site.places, now=site.now, timezone=site.timezone, span=span)

    def _unless_known(self, shown: PublicHearing, made: Callable[[], bytes]) -> MadePage:
        site = self._site
        state = f"{shown.digest} {site.links.hearing(shown.hearing.id)} {site.now.date()}"  # files may be there again
        return MadePage(None if state == self._known else made(), state)

    def _api(self, shown: PublicHearing) -> HearingApi:
        site = self._site
        return HearingApi(site.catalogues, shown, site.links, NamedFiles(shown.kept, site.kept), base=site.base)

    def _pages(self, shown: PublicHearing) -> HearingPages:
        site = self._site
        files = [(place, words) for _, place, words in site.files_beside(shown.hearing, self._t)]
        return HearingPages(self._t, shown, site.links, NamedFiles(shown.kept, site.kept), base=site.base, files=files)
