"""Pictures, records and posters for a chat.

A picture is rendered once and stays at Telegram; a record or a poster is made when asked for.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from bot import reports
from bot.domain.errors import StoreUnavailable
from bot.reports import charts, poster
from bot.reports.typesetting import CannotTypeset
from bot.tasks import Tasks
from handlers.views import failures
from handlers.views import posters as views
from handlers.views.screen import Paper, Picture

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.ports import Clock, Store
    from bot.reports.poster import PosterText
    from handlers.context import Context
    from handlers.presses import DownloadFormat, LanguagePair


log = structlog.get_logger(__name__)

PICTURES_IN_MEMORY: Final = 8
"""For people who ask for a picture before Telegram has answered its first upload."""


class DocumentMaker:
    """Makes the pictures of screens, and the records and posters of the desk."""

    def __init__(self, store: Store, clock: Clock, *, timezone: str) -> None:
        self._store = store
        self._clock = clock
        self._timezone = timezone
        self._making = Tasks()
        self._drawing_posters = asyncio.Lock()  # one after the other: a hundred presses are not a hundred threads
        self._writing_records = asyncio.Lock()  # the same: each holds a connection for reading
        self._asked_for: set[tuple[int, int, DownloadFormat]] = set()
        self._drawing: dict[str, asyncio.Lock] = {}
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def budget_chart(self, hearing: Hearing, t: Translator) -> Picture:
        """The chart of a hearing's budget: by its file id where Telegram has it, else rendered in a thread, once."""
        key = charts.chart_key(hearing, t)
        async with self._drawing.setdefault(key, asyncio.Lock()):
            async with self._store.reading() as repositories:
                if (file_id := await repositories.housekeeping.find_file(key)) is not None:
                    return Picture(key, file_id=file_id)
            if key not in self._drawn:
                self._drawn[key] = await charts.draw(hearing, t)
                if len(self._drawn) > PICTURES_IN_MEMORY:
                    self._drawn.popitem(last=False)
            return Picture(key, self._drawn[key])

    async def keep_file(self, key: str, file_id: str | None) -> None:
        """Store the file id of a picture at Telegram; None: Telegram has it no more."""
        async with self._store.writing() as repositories:
            if file_id is None:
                await repositories.housekeeping.drop_file(key)
            else:
                await repositories.housekeeping.keep_file(key, file_id)

    def begin_record(self, context: Context, hearing: Hearing, form: DownloadFormat) -> None:
        """Make the record of a hearing beside everything else, and send it when it is whole.

        Records are made one after the other. Whoever asks for one that they are waiting for gets that one.
        """
        asked_for = context.origin.chat_id, hearing.id, form
        if asked_for not in self._asked_for:
            self._asked_for.add(asked_for)
            made = self._making.start(self._send_record(context, hearing, form), name="record")
            made.add_done_callback(lambda _: self._asked_for.discard(asked_for))

    def begin_poster(self, context: Context, about: PosterText, pair: LanguagePair) -> None:
        """Draw a poster beside everything else, and send it when it is whole."""
        self._making.start(self._send_poster(context, about, pair), name="poster")

    async def idle(self) -> None:
        """Return when nothing is being made."""
        await self._making.join()

    async def close(self) -> None:
        """Give up what is being made: a press makes it again."""
        await self._making.close()

    async def _send_record(self, context: Context, hearing: Hearing, form: DownloadFormat) -> None:
        """Send the whole record; where it cannot be made, say so."""
        try:
            async with self._writing_records:
                paper = await self._record(hearing, form, context.t)
        except (StoreUnavailable, OSError) as failure:
            log.exception("record not made", hearing=hearing.id, kind=type(failure).__name__)
            await _apologise(context)
            return
        await context.file(paper)

    async def _send_poster(self, context: Context, about: PosterText, pair: LanguagePair) -> None:
        first, second = pair.languages
        translators = (context.catalogues[first], context.catalogues[second])
        try:
            async with self._drawing_posters:
                content = await poster.draw(about, translators)
        except (CannotTypeset, OSError) as failure:
            log.exception("poster not made", hearing=about.hearing.id, kind=type(failure).__name__)
            await _apologise(context)
            return
        await context.file(views.paper(context.t, about, pair, content))

    async def _record(self, hearing: Hearing, form: DownloadFormat, t: Translator) -> Paper:
        with tempfile.TemporaryDirectory(prefix="hearing-") as folder:
            report = await reports.write(
                self._store,
                hearing.id,
                form=reports.ReportFormat(form.value),
                t=t,
                now=self._clock.now(),
                timezone=self._timezone,
                path=Path(folder, f"record.{form.value}"),
            )
            return Paper(report.name, await asyncio.to_thread(report.path.read_bytes))


async def _apologise(context: Context) -> None:
    await context.send(failures.file_not_made(context.t))
