"""The repositories of the outbox: broadcasts, a notice for each of their recipients, and owed replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.given_up import GivenUp
    from bot.domain.notices import (
        Broadcast,
        BroadcastStatus,
        Claim,
        Completion,
        Notice,
        NoticeKind,
        Planned,
        Progress,
        Reach,
        Recipients,
        Shortfall,
    )
    from bot.domain.owed_replies import OwedReply


class BroadcastRepository(Protocol):
    """Broadcasts: each edition of each kind and step once a hearing."""

    async def begin(self, planned: Planned, *, at: datetime, status: BroadcastStatus, reason: str = "") -> int | None:
        """Store it and return its id; None where this edition is stored already.

        One that begins as cancelled or dropped is completed at once: it records that, and why, it was not sent.
        """

    async def get(self, broadcast_id: int) -> Broadcast:
        """The broadcast. Raises NotFound."""

    async def list_open(self) -> tuple[Broadcast, ...]:
        """Those that are not completed: the most urgent first, then the longest due."""

    async def list_of(self, hearing_id: int) -> tuple[Broadcast, ...]:
        """The broadcasts of a hearing, newest first."""

    async def editions(self, hearing_id: int) -> frozenset[tuple[NoticeKind, int, int]]:
        """The keys (kind, step, edition) of the hearing's broadcasts."""

    async def has_reminded(self, village_id: int, edition: int) -> bool:
        """True where a reminder to the village alone has that edition, of whichever hearing."""

    async def set_status(self, broadcast_id: int, status: BroadcastStatus, *, reason: str = "") -> None:
        """Let it go, pause it or end it. Raises NotFound."""

    async def put_off(self, broadcast_id: int, due_at: datetime) -> None:
        """Move the moment it is due; notices that are written keep theirs. Raises NotFound."""

    async def complete(self, broadcast_id: int) -> bool:
        """Complete it if no notice waits and none is to be written any more; returns whether it is completed."""


class NoticeRepository(Protocol):
    """Notices: a row for each recipient of a broadcast."""

    async def reach(self, recipients: Recipients) -> Reach:
        """How many people and rooms a broadcast would go to now."""

    async def fan_out(self, broadcast_id: int, recipients: Recipients, *, due_at: datetime, limit: int) -> int:
        """Write the notices of the next ``limit`` people, with the first batch those of rooms; returns how many.

        After the last batch the broadcast is ``fanned_out``. Raises NotFound.
        """

    async def claim(self, broadcast_id: int, *, by: str, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Claim up to ``limit`` notices that wait, are due and are not claimed.

        Rooms come first, then people of the villages in ``Recipients.first``, then the longest due.
        """

    async def complete(self, completions: Collection[Completion], *, by: str, at: datetime) -> Collection[int]:
        """Record what became of notices claimed by ``by``, and end their claims.

        Returns the ids that ``by`` still claimed; the others were taken over meanwhile and are left as they are.
        """

    async def renew(self, notice_ids: Collection[int], *, by: str, sending: bool = False) -> Collection[int]:
        """Count the claims of ``by`` once more, so that no other process takes them for abandoned.

        ``sending``: the file of these notices is made, and they leave now. Returns the ids that ``by`` still claimed.
        """

    async def list_claims(self) -> tuple[Claim, ...]:
        """Every notice that is claimed now, by any process."""

    async def release(self, claims: Collection[Claim]) -> int:
        """End the claims that have not changed: their notices wait again, doubtful. Returns how many."""

    async def expire(self, broadcast_id: int, *, reason: str, at: datetime, limit: int) -> int:
        """Drop up to ``limit`` notices that wait and are not claimed, due or not; returns how many."""

    async def progress(self, hearing_id: int) -> Mapping[int, Progress]:
        """The notices of a hearing's broadcasts, counted by status; by broadcast id."""

    async def room_progress(self, hearing_id: int) -> Mapping[int, Progress]:
        """The same of groups and channels alone; a broadcast that goes to none is left out."""

    async def shortfalls(self, broadcast_id: int) -> tuple[Shortfall, ...]:
        """Who did not get a broadcast: people by the reason, the most first, then each room."""

    async def given_up(self, since: datetime) -> tuple[GivenUp, ...]:
        """What was not delivered since then and never will be, replies too, the most first."""

    async def ahead(self) -> int:
        """How many notices wait in all broadcasts that are going."""


class OwedReplyRepository(Protocol):
    """Owed replies: notices without a broadcast. Their claims are completed and released like those of any notice."""

    async def add(self, reply: OwedReply, *, at: datetime, due_at: datetime | None = None) -> bool:
        """Store it, due at once or then; False where its update has a reply, or one that says the same waits.

        While many messages of the recipient wait in the inbox, it takes the place of those that have not left. A file
        that is being made or sent counts as waiting.
        """

    async def put_off(self, update_key: str, due_at: datetime, **facts: int) -> bool:
        """Let that reply wait until then, and change some of its facts; False where its delivery has begun."""

    async def take_back(self, update_key: str) -> bool:
        """Delete that reply; False where its delivery has begun, or where there is none."""

    async def hasten(self, at: datetime) -> None:
        """Let those that wait, and of which none was tried yet, be due now."""

    async def answered(self, update_key: str) -> bool:
        """True where the update has a reply, sent or not."""

    async def due(self, at: datetime) -> bool:
        """True where one other than a file waits unclaimed that is due by ``at``, and may leave."""

    async def claim(self, *, by: str, at: datetime, limit: int) -> tuple[Notice, ...]:
        """Claim up to ``limit`` that are no files, wait, are due and are not claimed, the longest due first.

        One whose recipient has further messages in the inbox is held for ``ANSWERS_HELD``.
        """

    async def list_due_files(self, at: datetime) -> tuple[Mapping[str, str | int], ...]:
        """The facts of the files that wait unclaimed and are due by ``at``, each once, the longest due first."""

    async def claim_files(
        self, facts: Mapping[str, str | int], *, by: str, at: datetime, limit: int
    ) -> tuple[Notice, ...]:
        """Claim up to ``limit`` of those who wait for this file, for a process that makes it."""

    async def files_waiting(self) -> Mapping[int, int]:
        """How many files wait unclaimed, by the id of the resident."""

    async def ahead(self) -> int:
        """How many wait."""

    async def expire(self, before: datetime) -> int:
        """Delete those that were completed, or have been waiting, since ``before``; returns how many."""

    async def drop(self, resident_id: int) -> None:
        """Delete those of a resident, who is being forgotten."""
