"""Keeping the bytes of documents, photos and voices in a folder: fetched once, in the background, one at a time.

The database says what is to be fetched and what is kept, so a crash loses nothing: a file that was claimed and not
settled is claimed again. Its digest stands in the database before its bytes stand in the folder, and leaves it after
them: whatever is in the folder can be found, and removed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from bot.domain.kept_files import CLAIM_LASTS, LARGEST_KEPT, Trouble, next_try
from bot.ports.kept_files import FileNotFetched
from bot.services.media_folder import digest_of

if TYPE_CHECKING:
    from bot.domain.kept_files import KeptFile
    from bot.ports import Clock, FileSource, Store
    from bot.services.media_folder import MediaFolder

log = structlog.get_logger(__name__)

REMOVED_AT_ONCE: Final = 50
"""Files that one transaction removes."""
ADDED_AT_ONCE: Final = 200
"""Files that one transaction puts into the queue."""
LOOKED_AT_ONCE: Final = 500
"""Files of which one transaction tells whether they are still there."""


class KeptFiles:
    """The files that the bot keeps in ``folder``; without one it keeps none, and every method does nothing."""

    def __init__(self, store: Store, clock: Clock, folder: MediaFolder | None) -> None:
        self.source: FileSource | None = None
        """Where files come from; the composition says so when there is a bot."""
        self.trouble: str | None = None
        """Why nothing can be kept, for operators; None where it can, or no folder is wanted."""
        self._store, self._clock, self._folder = store, clock, folder
        self._working = asyncio.Lock()

    async def work(self) -> None:
        """Find what is new, remove what nobody needs, fetch what is due; called every minute, at any time."""
        if self._folder is None or self.source is None or self._working.locked():
            return
        async with self._working:
            try:
                while await self._find_new():
                    pass
                await self._release()
                while await self._is_usable() and await self._keep_next():
                    pass
            except StoreUnavailable as failure:
                log.warning("files are kept later", reason=failure.reason)

    async def release(self) -> None:
        """Remove from the folder what no document and no comment has any more; what fails is done later."""
        if self._folder is None:
            return
        try:
            await self._release()
        except StoreUnavailable as failure:
            log.warning("files are removed later", reason=failure.reason)

    async def look(self) -> None:
        """Let be fetched anew what is missing in the folder; once a night."""
        if self._folder is None or not await self._is_usable():
            return
        after = ""
        while True:
            async with self._store.reading() as repositories:
                page = await repositories.kept_files.page(after, limit=LOOKED_AT_ONCE)
            if not page:
                return
            after = page[-1].unique_id
            folder = self._folder
            missing = await asyncio.to_thread(lambda: [each.unique_id for each in page if not folder.has(each.digest)])  # noqa: B023
            if missing:
                log.warning("files are missing in the media folder", files=len(missing))
                async with self._store.writing() as repositories:
                    await repositories.kept_files.demand(missing, self._clock.now())

    async def content(self, unique_id: str) -> bytes | None:
        """The bytes of a file, as they were fetched; None where they are not kept."""
        if self._folder is None or not unique_id:
            return None
        try:
            async with self._store.reading() as repositories:
                file = await repositories.kept_files.find(unique_id)
        except StoreUnavailable:
            return None
        return await asyncio.to_thread(self._folder.read, file.digest) if file and file.digest else None

    async def note_sent(self, unique_id: str, file_id: str) -> None:
        """Store under what Telegram has a file that was sent again from the folder."""
        try:
            async with self._store.writing() as repositories:
                await repositories.kept_files.rename(unique_id, file_id)
        except StoreUnavailable as failure:
            log.warning("the new id of a file is not stored", reason=failure.reason)

    async def _find_new(self) -> bool:
        """Put what is new into the queue; True where there may be more. It is looked for beside those who write."""
        async with self._store.reading() as repositories:
            unknown = await repositories.kept_files.list_unknown(limit=ADDED_AT_ONCE)
        if unknown:
            async with self._store.writing() as repositories:
                await repositories.kept_files.add(unknown, self._clock.now())
        return len(unknown) == ADDED_AT_ONCE

    async def _is_usable(self) -> bool:
        assert self._folder is not None
        try:
            await asyncio.to_thread(self._folder.ensure_usable)
        except OSError as failure:
            self._complain(failure)
            return False
        self.trouble = None
        return True

    def _complain(self, failure: OSError) -> None:
        words = failure.strerror or "the system gives no reason"
        if words != self.trouble:
            log.error("the media folder cannot be used", reason=words)
        self.trouble = words

    async def _release(self) -> None:
        """Within the transaction, so that nothing is added meanwhile that needs the same bytes."""
        assert self._folder is not None
        while True:
            async with self._store.reading() as repositories:
                if not await repositories.kept_files.list_unneeded(limit=1):
                    return
            try:
                async with self._store.writing() as repositories:
                    unneeded = await repositories.kept_files.list_unneeded(limit=REMOVED_AT_ONCE)
                    names = frozenset(each.unique_id for each in unneeded)
                    digests = frozenset(each.digest for each in unneeded if each.digest)
                    gone = digests - await repositories.kept_files.needed(digests, names)
                    await asyncio.to_thread(self._folder.remove, gone)
                    await repositories.kept_files.drop(names)
            except OSError as failure:
                self._complain(failure)
                return

    async def _keep_next(self) -> bool:
        """Keep one file; False where none is due, or the next one would fail alike."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            file = await repositories.kept_files.claim(now, now + CLAIM_LASTS)
        if file is None:
            return False
        trouble = await self._keep(file)
        async with self._store.writing() as repositories:
            if trouble is None:
                await repositories.kept_files.settle(file.unique_id)
            else:
                due = next_try(file, trouble, self._clock.now())
                await repositories.kept_files.postpone(file.unique_id, due, trouble)
        return trouble not in {Trouble.UNREACHABLE, Trouble.FOLDER}

    async def _keep(self, file: KeptFile) -> Trouble | None:
        """Fetch a file and write it, unless it is there; returns why that could not be."""
        assert self._folder is not None
        if file.digest and await asyncio.to_thread(self._folder.read, file.digest) is not None:
            return None
        try:
            content = await self._fetch(file)
            digest = await asyncio.to_thread(digest_of, content)
            async with self._store.writing() as repositories:
                needed = await repositories.kept_files.name(file.unique_id, digest, len(content))
            if needed:  # else whose it was is forgotten meanwhile
                await self._write(file, content)
        except FileNotFetched as failure:
            return failure.trouble
        except OSError as failure:
            self._complain(failure)
            return Trouble.FOLDER
        return None

    async def _fetch(self, file: KeptFile) -> bytes:
        assert self.source is not None
        if file.size > LARGEST_KEPT:
            raise FileNotFetched(Trouble.TOO_LARGE)
        content = await self.source.fetch_whole(file.file_id)
        if len(content) > LARGEST_KEPT:
            raise FileNotFetched(Trouble.TOO_LARGE)
        return content

    async def _write(self, file: KeptFile, content: bytes) -> None:
        """Slowly beside everything else; then the name, unless whose file it was is forgotten meanwhile."""
        assert self._folder is not None
        prepared = await asyncio.to_thread(self._folder.prepare, content)
        try:
            async with self._store.writing() as repositories:
                if await repositories.kept_files.find(file.unique_id) is not None:
                    await asyncio.to_thread(self._folder.publish, prepared)
        finally:
            await asyncio.to_thread(prepared.discard)
