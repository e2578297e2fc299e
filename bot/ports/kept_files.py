"""The repository of the files of which the bot keeps the bytes, and where the bytes come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from bot.domain.kept_files import KeptCounts, KeptFile, KeptUses, Trouble


class FileNotFetched(HearingBotError):
    """The bytes of a file are not there; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class FileSource(Protocol):
    """Where files come from."""

    async def fetch_whole(self, file_id: str) -> bytes:
        """The bytes of a file, at most ``LARGEST_KEPT``. Raises FileNotFetched."""


class KeptFileRepository(Protocol):
    """Files by Telegram's unique id: what is kept of them, and which are still to be fetched."""

    async def list_unknown(self, *, limit: int) -> tuple[KeptFile, ...]:
        """Files that a document or a comment has and that are not known yet."""

    async def add(self, files: Iterable[KeptFile], at: datetime) -> None:
        """Let files be fetched at once; those that are known by now stay as they are."""

    async def claim(self, at: datetime, until: datetime) -> KeptFile | None:
        """The file that is due longest, with one attempt more: until then nobody else claims it."""

    async def find(self, unique_id: str) -> KeptFile | None:
        """What is known of a file."""

    async def name(self, unique_id: str, digest: str, size: int) -> bool:
        """Store the digest and size of a file's bytes, before they are written; False where nobody needs it."""

    async def settle(self, unique_id: str) -> None:
        """Store that the file is kept."""

    async def postpone(self, unique_id: str, due: datetime | None, trouble: Trouble) -> None:
        """Store why it is not kept, and when it is tried again."""

    async def demand(self, unique_ids: Collection[str], at: datetime) -> None:
        """Let files be fetched anew whose bytes are gone."""

    async def rename(self, unique_id: str, file_id: str) -> None:
        """Store under what Telegram sends a file from now on, wherever it is used."""

    async def list_unneeded(self, *, limit: int) -> tuple[KeptFile, ...]:
        """Files that no document and no comment has any more."""

    async def drop(self, unique_ids: Collection[str]) -> None:
        """Remove what is known of files."""

    async def needed(self, digests: Collection[str], but: Collection[str]) -> frozenset[str]:
        """Those of the digests that another file has than ``but``, by their unique ids."""

    async def page(self, after: str, *, limit: int) -> tuple[KeptFile, ...]:
        """Files that are kept, by unique id, from the first after ``after`` on."""

    async def digests_of(self, hearing_id: int) -> Mapping[str, str]:
        """The digests of what is kept of a hearing's documents and comments, by unique id."""

    async def uses_of(self, digest: str) -> KeptUses:
        """Where the file of that digest is used, whoever may see it."""

    async def counts(self) -> KeptCounts:
        """How many files are kept and how many are not."""
