"""Pictures, records and posters for a chat: made by the worker.

A picture is drawn once and stays at Telegram; a record or a poster is made when asked for.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.errors import StoreUnavailable
from bot.domain.files import REPORTS, FileKind, FormKind, same_file
from bot.reports import charts
from bot.reports.forms import FormText
from bot.reports.jobs import (
    DecisionTableJob,
    EntrySheetJob,
    FormJob,
    JobFailed,
    PosterJob,
    RecordJob,
    ReturnedTableJob,
)
from bot.reports.picture_jobs import ChartJob, ClosingPictureJob
from bot.reports.poster import PosterText
from bot.services.arrivals import NO_VILLAGE
from bot.services.outbox.files import FileNotMade
from bot.tasks import Tasks
from handlers import presses
from handlers.presses.links import deep_link, paper_link
from handlers.views.screen import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.decision_table.reader import ReturnedTable
    from bot.domain.files import FileRequest, MadeFile
    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.ports import Store
    from bot.reports.jobs import Job, Worker
    from bot.services.files import FileSubject
    from bot.services.outbox.reply_letters import ReplyLetter

Outcome = TypeVar("Outcome")

PICTURES_IN_MEMORY: Final = 8
"""For people who ask for a picture before Telegram has answered its first upload."""
PATIENCE_FOR_PICTURES: Final = 3.0
"""Seconds that a screen waits for its picture while the worker does something else: its text says the same."""


class DocumentMaker:
    """Makes the pictures of screens, and the records and posters of the desk."""

    def __init__(self, store: Store, worker: Worker, *, username: Callable[[], str]) -> None:
        self._store = store
        self._worker = worker
        self._username = username
        self._drawing: dict[str, asyncio.Task[None]] = {}
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._tasks = Tasks()

    async def budget_chart(self, hearing: Hearing, t: Translator) -> Picture | None:
        """The chart of a hearing's budget; None where it is not there soon."""
        return await self.picture(charts.chart_key(hearing, t), ChartJob(hearing.dossier, t.language))

    async def picture(self, key: str, job: Job[bytes]) -> Picture | None:
        """The picture that a job draws, which ``key`` names for ever: by its file id where Telegram has it.

        None where it is not there soon: it is drawn for who comes next.
        """
        async with self._store.reading() as repositories:
            if (file_id := await repositories.housekeeping.find_file(key)) is not None:
                return Picture(key, file_id=file_id)
        if key not in self._drawn:
            if key not in self._drawing:
                drawing = self._draw(key, job)
                self._drawing[key] = self._tasks.start(drawing, name="picture")
            await asyncio.wait({self._drawing[key]}, timeout=PATIENCE_FOR_PICTURES)
        return Picture(key, self._drawn[key]) if key in self._drawn else None

    async def keep_file(self, key: str, file_id: str | None) -> None:
        """Store the file id of a picture at Telegram; None: Telegram has it no more."""
        async with self._store.writing() as repositories:
            if key.startswith(REPORTS):
                await repositories.housekeeping.drop_files(same_file(key))
            if file_id is None:
                await repositories.housekeeping.drop_file(key)
            else:
                await repositories.housekeeping.keep_file(key, file_id)

    async def make(self, letter: ReplyLetter) -> MadeFile:
        """The record or poster that a letter is about. Raises FileNotMade, StoreUnavailable."""
        assert letter.request is not None
        assert letter.subject is not None
        try:
            return await self._worker.run(self._job(letter.request, letter.subject))
        except JobFailed as failure:
            raise FileNotMade(str(failure)) from failure

    async def returned_table(self, content: bytes, municipalities: frozenset[int], language: str) -> ReturnedTable:
        """What a table of decisions says that staff of these municipalities have sent back.

        Raises FileNotMade, StoreUnavailable.
        """
        try:
            return await self._worker.run(ReturnedTableJob(content, municipalities, language))
        except JobFailed as failure:
            raise FileNotMade(str(failure)) from failure

    async def run(self, job: Job[Outcome]) -> Outcome:
        """Let the worker do a job. Raises JobFailed, StoreUnavailable."""
        return await self._worker.run(job)

    async def close(self) -> None:
        """Give up what is being made: files are made after the next start, pictures when they are asked for."""
        await self._tasks.close()
        await self._worker.close()

    def _job(self, request: FileRequest, subject: FileSubject) -> Job[MadeFile]:
        match request.kind:
            case FileKind.RECORD:
                link = paper_link(self._username(), subject.hearing)
                chosen, *beside = request.languages
                return RecordJob(request.hearing_id, request.form, chosen, "".join(beside), link, request.sitting)
            case FileKind.PICTURE:
                (language,) = request.languages
                return ClosingPictureJob(request.hearing_id, language)
            case FileKind.DECISIONS:
                (language,) = request.languages
                return DecisionTableJob(request.hearing_id, language)
            case FileKind.ENTRIES:
                (language,) = request.languages
                return EntrySheetJob(request.hearing_id, language)
            case FileKind.FORM:
                link = deep_link(self._username(), presses.OpenHearing(request.hearing_id))
                about = FormText(subject.hearing, subject.municipality, link, subject.zone)
                return FormJob(FormKind(request.form), about, request.languages)
            case FileKind.POSTER | FileKind.POSTERS:
                return self._poster_job(request, subject)

    def _poster_job(self, request: FileRequest, subject: FileSubject) -> PosterJob:
        """The poster of a village or of the whole municipality, or those of all villages."""
        villages: Sequence[Place | None] = subject.villages if request.kind is FileKind.POSTERS else (subject.village,)
        texts = []
        for village in villages:
            press = presses.FollowPoster(request.hearing_id, village.id if village else NO_VILLAGE)
            link = deep_link(self._username(), press)
            texts.append(PosterText(subject.hearing, subject.municipality, village, link, subject.zone))
        first, second = request.languages
        return PosterJob(tuple(texts), (first, second))

    async def _draw(self, key: str, job: Job[bytes]) -> None:
        try:
            self._drawn[key] = await self._worker.run(job)
        except (JobFailed, StoreUnavailable):
            return  # the worker has said why; the text has to do
        finally:
            del self._drawing[key]
        if len(self._drawn) > PICTURES_IN_MEMORY:
            self._drawn.popitem(last=False)
