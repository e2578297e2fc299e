"""The pages that were made last, kept in memory: given out for seconds, then asked for anew.

Nothing here is the truth: any number of processes over one database give out the same pages.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError, StoreUnavailable
from bot.domain.values import dataclass
from bot.pages.jobs import PageJob
from bot.reports.jobs import JobFailed
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.pages.asked import Asked
    from bot.pages.jobs import SiteTerms
    from bot.reports.jobs import Worker

MOST_BYTES: Final = 32 * 1024 * 1024
"""Of all pages together; the longest unread one goes first."""
MOST_PAGES: Final = 5_000
LARGEST_KEPT_PAGE: Final = MOST_BYTES // 4
MOST_WAITING: Final = 64
"""Pages that are made or wait for that at once."""
PATIENCE: Final = 15.0
"""Seconds that a reader waits for a page."""
SPARING: Final = 10.0
"""A page is given out at least so many times as long as it took to be made."""


class PagesBusy(HearingBotError):
    """So many pages are being made that this one has to wait; the reader may come again."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is given out until ``until``; None as ``content``: nothing lies there.

    ``kept`` is the digest of a kept file that lies there in place of content. ``tag`` names these bytes.
    """

    content: bytes | None
    tag: str
    until: float
    state: str = ""
    kept: str = ""

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.content or b"") + 512


class KeptPages:
    """Gives out pages, and lets the worker make those that are not there or too old."""

    def __init__(self, worker: Worker, terms: SiteTerms, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._worker = worker
        self._terms = terms
        self._monotonic = monotonic
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._bytes = 0
        self._making: dict[str, asyncio.Task[KeptPage]] = {}
        self._tasks = Tasks()

    def ready(self, asked: Asked) -> KeptPage | None:
        """The page where it may be given out as it is."""
        page = self._pages.get(asked.place)
        if page is None or page.until <= self._monotonic():
            return None
        self._pages.move_to_end(asked.place)
        return page

    async def get(self, asked: Asked) -> KeptPage:
        """The page, made where need be. Raises PagesBusy, JobFailed, StoreUnavailable."""
        if (page := self.ready(asked)) is not None:
            return page
        making = self._making.get(asked.place)
        if making is None:
            if len(self._making) >= MOST_WAITING:
                raise PagesBusy
            making = self._tasks.start(self._make(asked), name="page", expected=(JobFailed, StoreUnavailable))
            self._making[asked.place] = making
            making.add_done_callback(lambda _: self._making.pop(asked.place, None))
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(making)
        except TimeoutError:
            raise PagesBusy from None

    async def close(self) -> None:
        """Give up what is being made."""
        await self._tasks.close()
        await self._worker.close()

    async def _make(self, asked: Asked) -> KeptPage:
        before, begun = self._pages.get(asked.place), self._monotonic()
        made = await self._worker.run(PageJob(asked, before.state if before else "", self._terms))
        now = self._monotonic()
        until = now + max(asked.fresh_for, SPARING * (now - begun))
        if made is None:
            page = KeptPage(None, "", until)
        elif made.content is None and before is not None:
            page = replace(before, until=until)
        else:
            content = made.content or b""
            tag = made.kept or hashlib.sha256(content).hexdigest()
            page = KeptPage(content, tag[:32], until, made.state, made.kept)
        self._keep(asked.place, page)
        return page

    def _keep(self, place: str, page: KeptPage) -> None:
        former = self._pages.pop(place, None)
        self._bytes -= former.size if former else 0
        if page.size > LARGEST_KEPT_PAGE:
            return
        self._pages[place] = page
        self._bytes += page.size
        while self._bytes > MOST_BYTES or len(self._pages) > MOST_PAGES:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size
