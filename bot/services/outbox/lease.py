"""Leases: a claim is good for so long, and then any process may take the notice over.

The time of a lease is not in the database, where a wall clock would write it. A process completes what it has claimed
long before ``LEASE`` seconds of its monotonic clock are over. A claim that another process sees unchanged for so long
belongs to a process that is gone: it may have died between Telegram's acceptance and the record of it. So the notice is
released marked as doubtful, and no step of a wall clock makes anything leave twice. Where it is known that a process is
gone (``abandon``), nobody waits for its leases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.notices import Broadcast, Claim, Notice
    from bot.ports import Store

log = structlog.get_logger(__name__)

LEASE: Final = 60.0
"""Seconds."""


class Leases:
    """What this process has claimed, under the name ``owner``, and what other processes have claimed too long ago."""

    def __init__(self, store: Store, owner: str, *, monotonic: Callable[[], float], lease: float = LEASE) -> None:
        self._store = store
        self._owner = owner
        self._monotonic = monotonic
        self._lease = lease
        self._claimed: set[int] = set()
        self._replies: set[int] = set()
        self._files: set[int] = set()
        self._renewed_at = monotonic()
        self._first_seen: dict[Claim, float] = {}
        self._abandoned: set[Claim] = set()
        self.taken_over = 0
        """How many notices were released from processes that are gone."""

    def __len__(self) -> int:
        """How many notices this process has claimed now."""
        return len(self._claimed)

    def __contains__(self, notice: Notice) -> bool:
        """Whether this process has claimed it now."""
        return notice.id in self._claimed

    @property
    def replies(self) -> int:
        """How many of them are owed replies other than files."""
        return len(self._replies)

    @property
    def owed(self) -> int:
        """How many of them are owed replies of any kind, files that are being made or sent too."""
        return len(self._replies) + len(self._files)

    async def claim_replies(self, *, due_by: datetime, limit: int) -> Sequence[Notice]:
        """Claim up to ``limit`` owed replies that wait and are due by ``due_by``."""
        async with self._store.posting() as repositories:
            claimed = await repositories.owed_replies.claim(by=self._owner, at=due_by, limit=limit)
        ids = {notice.id for notice in claimed}
        self._claimed |= ids
        self._replies |= ids
        return claimed

    async def claim_files(self, facts: Mapping[str, str | int], *, due_by: datetime, limit: int) -> Sequence[Notice]:
        """Claim, to make it, one file for up to ``limit`` of those who wait for it."""
        async with self._store.posting() as repositories:
            claimed = await repositories.owed_replies.claim_files(facts, by=self._owner, at=due_by, limit=limit)
        ids = {notice.id for notice in claimed}
        self._claimed |= ids
        self._files |= ids
        return claimed

    async def begin_sending(self, notices: Iterable[Notice]) -> Collection[int]:
        """Claim what was claimed to be made to be sent; returns the ids of those that were still claimed.

        The others are not to be sent: they were taken over, or their person was forgotten.
        """
        ids = [notice.id for notice in notices]
        async with self._store.posting() as repositories:
            ours = await repositories.notices.renew(ids, by=self._owner, sending=True)
        self.ended(set(ids).difference(ours))
        return ours

    async def renew(self) -> None:
        """Renew the claims of files in time: making one may take longer than a lease."""
        if self._files and self._monotonic() - self._renewed_at >= self._lease / 3:
            async with self._store.posting() as repositories:
                await repositories.notices.renew(self._files, by=self._owner)
            self._renewed_at = self._monotonic()

    async def claim(self, broadcasts: Iterable[Broadcast], *, due_by: datetime, limit: int) -> Sequence[Notice]:
        """Claim up to ``limit`` notices that wait and are due by ``due_by``, those of the first broadcast first.

        A broadcast of which nothing was found is completed, if the store sees that none of its notices waits.
        """
        claimed: list[Notice] = []
        async with self._store.posting() as repositories:
            for broadcast in broadcasts:
                found = await repositories.notices.claim(
                    broadcast.id, by=self._owner, at=due_by, limit=limit - len(claimed)
                )
                claimed += found
                if not found and broadcast.fanned_out:
                    await repositories.broadcasts.complete(broadcast.id)
                if len(claimed) == limit:
                    break
        self._claimed |= {notice.id for notice in claimed}
        return claimed

    def ended(self, notice_ids: Iterable[int]) -> None:
        """The claims of these notices were ended by their completion."""
        ended = set(notice_ids)
        self._claimed -= ended
        self._replies -= ended
        self._files -= ended

    def abandon(self, claims: Iterable[Claim]) -> None:
        """Release these with the next that expire: their processes are known to be gone."""
        self._abandoned.update(claims)

    def forget(self) -> None:
        """Take what is claimed for another process's, but for files: whether those are still claimed is asked."""
        self._claimed &= self._files
        self._replies.clear()

    async def release_expired(self, claims: Iterable[Claim]) -> None:
        """Release those of ``claims``, all that stand now, that have been there unchanged for a whole lease.

        What is abandoned is released at once.

        Those that this process knows of stay. A claim in its own name that it does not know of was committed although
        the store reported a failure: it is released like those of others.
        """
        others = [claim for claim in claims if claim.owner != self._owner or claim.notice_id not in self._claimed]
        now = self._monotonic()
        self._first_seen = {claim: self._first_seen.get(claim, now) for claim in others}
        expired = {claim for claim, since in self._first_seen.items() if now - since >= self._lease} | self._abandoned
        if expired:
            async with self._store.posting() as repositories:
                released = await repositories.notices.release(expired)
            self._abandoned -= expired
            self.taken_over += released
            log.warning("notices of a sender that is gone are sent again, marked as doubtful", notices=released)
