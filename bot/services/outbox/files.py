"""The files of the outbox: claimed, made one after the other, sent to everybody who has asked for the same.

A file is claimed by a process that makes it, then by the same process that sends it, so nothing is doubtful that was
never whole. Claims are renewed meanwhile: making may take longer than a lease.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from bot.domain.errors import HearingBotError, StoreUnavailable
from bot.domain.files import FileRequest
from bot.domain.notices import NoticeStatus
from bot.domain.values import dataclass
from bot.services.outbox.reply_letters import ReplyLetter, ReplyLetterWriter
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.files import MadeFile
    from bot.domain.notices import Notice
    from bot.ports import Clock, Store
    from bot.services.files import Files
    from bot.services.outbox.completion import DeliveryResult
    from bot.services.outbox.deliveries import Deliveries
    from bot.services.outbox.lease import Leases
    from bot.services.places import PlaceDirectory

    Delivering = asyncio.Task[DeliveryResult]

log = structlog.get_logger(__name__)

RECIPIENTS_OF_A_FILE: Final = 32
"""People who get a file at once; more get it when it is made again."""
FILES_ON_THEIR_WAY: Final = 3
"""Files that are sent while the next is made."""
UPLOADS_AT_ONCE: Final = 4
"""Of one file: each takes its size in memory once more."""
FILES_KEPT: Final = 3
"""Files kept in memory while Telegram does not take them."""
STORE_FAILURES: Final = 3
"""Attempts in which the store could not be read, after which people are told that there is no file."""


class FileNotMade(HearingBotError):
    """A file cannot be made: a fault of ours. It was logged where it happened."""


class FileMaker(Protocol):
    """Makes files."""

    async def make(self, letter: ReplyLetter) -> MadeFile:
        """The file that a letter is about. Raises FileNotMade, StoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class FileWork:
    """Who says which files may be had, and who makes them."""

    files: Files
    maker: FileMaker


@dataclass(slots=True)
class FileGroup:
    """Everybody who waits for one file; ``whole`` once nobody can join any more."""

    request: FileRequest
    notices: list[Notice] = field(default_factory=list)
    whole: bool = False


class OwedFileSending:
    """Claims files that are owed, has each made, and hands the letters to the deliveries; none without ``work``.

    ``wake`` is called when the next may be made.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: PlaceDirectory,
        work: FileWork | None,
        *,
        leases: Leases,
        deliveries: Deliveries,
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._work = work
        self._leases = leases
        self._deliveries = deliveries
        self._wake = wake
        self._being_made: FileGroup | None = None
        self._making: asyncio.Task[None] | None = None
        self._kept: OrderedDict[FileRequest, tuple[frozenset[int], MadeFile]] = OrderedDict()
        self._given_up = work is None
        self.tasks = Tasks()

    async def send(self, due_files: Iterable[Mapping[str, str | int]], *, due_by: datetime) -> bool:
        """Begin to make the first of the files due; whoever has asked for the one that is being made joins.

        Returns whether it claimed any.
        """
        if self._given_up:
            return False
        due = [FileRequest.of(facts) for facts in due_files]
        group = self._being_made
        if group is None and due and len(self.tasks) < FILES_ON_THEIR_WAY:
            group = FileGroup(due[0])
        if group is None or group.request not in due or len(group.notices) >= RECIPIENTS_OF_A_FILE:
            return False
        limit = RECIPIENTS_OF_A_FILE - len(group.notices)
        claimed = await self._leases.claim_files(group.request.facts, due_by=due_by, limit=limit)
        if group.whole:  # meanwhile: they get the next
            self._deliveries.give_back(claimed)
        elif claimed:
            group.notices += claimed
            self._begin(group)
        return bool(claimed)

    def give_up(self) -> None:
        """Make no more files: they are made after the next start, the one that is being made too."""
        self._given_up = True
        if self._being_made is not None and self._making is not None:
            self._making.cancel()

    def _begin(self, group: FileGroup) -> None:
        if self._being_made is None:
            self._being_made = group
            self._making = self.tasks.start(self._serve(group), name="file")

    async def _serve(self, group: FileGroup) -> None:
        """Make a file and deliver it; whatever happens, every claim ends."""
        end = self._deliveries.put_off
        try:
            await self._make_and_deliver(group)
        except asyncio.CancelledError:
            end = self._deliveries.give_back
            raise
        except StoreUnavailable as failure:
            log.warning("a file waits: the database is not available", reason=failure.reason)
        finally:
            self._close(group)
            end(group.notices)

    async def _make_and_deliver(self, group: FileGroup) -> None:
        letters = await self._letters(group)
        if not letters:
            return
        made = await self._made(group, letters[0])
        self._close(group)
        sending = await self._leases.begin_sending(group.notices)
        group.notices = [notice for notice in group.notices if notice.id in sending]
        whole = {letter.notice.id: replace(letter, file=made) for letter in await self._letters(group)}
        waiting: set[int] = set()
        while group.notices:
            some, group.notices = group.notices[:UPLOADS_AT_ONCE], group.notices[UPLOADS_AT_ONCE:]
            waiting |= await _undelivered(self._deliveries.start(some, whole))
        if made is not None and waiting and not made.file_id:
            self._keep(group.request, frozenset(waiting), made)

    async def _letters(self, group: FileGroup) -> list[ReplyLetter]:
        """The letters of those who may have the file now; the others leave the group."""
        if not group.notices:
            return []
        notices, places = list(group.notices), await self._directory.tree()
        async with self._store.reading() as repositories:
            writer = ReplyLetterWriter(
                repositories, places, self._clock.now(), self._work.files if self._work else None
            )
            written = await writer.write(notices)
        letters = {id_: letter for id_, letter in written.items() if isinstance(letter, ReplyLetter)}
        self._deliveries.start([notice for notice in notices if notice.id not in letters], written)
        group.notices = [notice for notice in group.notices if notice.id in letters or notice not in notices]
        return list(letters.values())

    async def _made(self, group: FileGroup, letter: ReplyLetter) -> MadeFile | None:
        """The file; None where there is none to be had."""
        ids, kept = self._kept.pop(group.request, (frozenset[int](), None))
        if kept is not None and ids.issuperset(notice.id for notice in group.notices):
            return kept
        assert self._work is not None
        try:
            return await self._work.maker.make(letter)
        except FileNotMade:
            return None
        except StoreUnavailable:
            if letter.notice.attempts + 1 < STORE_FAILURES:
                raise
            return None

    def _keep(self, request: FileRequest, ids: frozenset[int], made: MadeFile) -> None:
        """Keep a file for those to whom it goes again, so that it is not made again while Telegram is away."""
        self._kept[request] = ids, made
        if len(self._kept) > FILES_KEPT:
            self._kept.popitem(last=False)

    def _close(self, group: FileGroup) -> None:
        """Nobody joins any more, and the next file may be made."""
        group.whole = True
        if self._being_made is group:
            self._being_made = None
            self._wake()


async def _undelivered(under_way: Sequence[Delivering]) -> set[int]:
    """The ids of the notices that go out again, once all have been tried."""
    await asyncio.wait(under_way)
    results = [each.result() for each in under_way if not each.cancelled() and each.exception() is None]
    return {each.notice.id for each in results if each.completion.status is NoticeStatus.WAITING}
