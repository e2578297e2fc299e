"""What the house needs of the world, as small protocols; repositories and adapters promise exactly this.

``get`` returns or raises NotFound, ``find`` may return None, ``list`` returns a tuple. Every shelf method may raise
StoreUnavailable. Moments are aware UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager
    from datetime import date, datetime

    from bot.domain.comments import Channel, Comment, Decision, Order, Submission
    from bot.domain.hearings import Dossier, Hearing, Phase, Setback
    from bot.domain.journal import JournalEntry
    from bot.domain.numbers import CommentCounts, Participation
    from bot.domain.pending_input import PendingInput
    from bot.domain.people import Demographics, Grant, Invitation, Resident
    from bot.domain.places import Place
    from bot.domain.questions import About
    from bot.domain.tallies import Cell, Count, Tally, Vote
    from bot.ports.outbox import ArrivalRepository, BroadcastRepository, NoticeRepository, RoomRepository


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime: ...


class PlaceRepository(Protocol):
    """Regions to villages. A load replaces by ``code``; ids stay."""

    async def list_all(self) -> tuple[Place, ...]: ...
    async def save(self, places: Iterable[tuple[Place, str]]) -> int: ...  # (place, parent's code): rows changed


class PersonRepository(Protocol):
    """Residents and staff; the only shelf that knows a Telegram id."""

    async def find(self, telegram_id: int) -> Resident | None: ...
    async def find_many(self, telegram_ids: Collection[int]) -> Mapping[int, Resident]: ...
    async def get(self, resident_id: int) -> Resident: ...
    async def get_many(self, resident_ids: Collection[int]) -> Mapping[int, Resident]: ...
    async def add(
        self, telegram_id: int, *, language: str, at: datetime
    ) -> Resident: ...  # the one who is there, if any
    async def save(self, resident: Resident) -> None: ...
    async def mark_blocked(self, telegram_id: int, at: datetime | None) -> None: ...
    async def count_followers(self, municipality_id: int) -> int: ...
    async def list_grants(self, resident_id: int) -> tuple[Grant, ...]: ...
    async def grant(self, resident_id: int, grant: Grant, at: datetime) -> None: ...
    async def add_invitation(self, invitation: Invitation) -> None: ...
    async def take_invitation(self, digest: str, at: datetime, *, by: int) -> Invitation | None: ...  # None if spent
    async def list_expired(self, before: datetime, *, limit: int) -> tuple[Resident, ...]: ...


class HearingRepository(Protocol):
    """Hearings with their dossiers."""

    async def get(self, hearing_id: int) -> Hearing: ...
    async def get_many(self, hearing_ids: Collection[int]) -> Mapping[int, Hearing]: ...
    async def find_code(self, code: str) -> Hearing | None: ...
    async def list_of(
        self, municipality_id: int, phases: Collection[Phase]
    ) -> tuple[Hearing, ...]: ...  # soonest sitting first
    async def list_running(self, at: datetime) -> tuple[Hearing, ...]: ...
    # announced or open, or closed with a sitting that may be to come
    async def add(self, municipality_id: int, code: str, dossier: Dossier, *, at: datetime) -> Hearing: ...  # a draft
    async def set_phase(
        self, hearing_id: int, phase: Phase, *, at: datetime
    ) -> (
        None
    ): ...  # announced: the first time stays ``announced_at`` and is ``scheduled_at``; ``publish_at`` is cleared
    async def revise(
        self, hearing_id: int, dossier: Dossier, *, at: datetime
    ) -> Hearing: ...  # the next version; new dates move ``scheduled_at``
    async def set_setback(self, hearing_id: int, setback: Setback | None) -> None: ...
    async def set_publishing(self, hearing_id: int, at: datetime | None) -> None: ...  # when a draft publishes itself
    async def set_reminders(self, hearing_id: int, reminders: Collection[int], *, closing: int) -> None: ...
    async def list_publishing(self, at: datetime) -> tuple[Hearing, ...]: ...  # drafts whose time has come


class VoteRepository(Protocol):
    """Current answers, their rollup, and who took part."""

    async def of_person(self, hearing_id: int, resident_id: int) -> Mapping[int, Vote]: ...  # by question number
    async def of_people(self, keys: Collection[tuple[int, int]]) -> Mapping[tuple[int, int, int], Vote]: ...
    # (hearing, resident) pairs -> by (hearing, resident, question), one query for all; taken back: empty
    async def save(self, votes: Collection[Vote]) -> None: ...
    async def delete(self, keys: Collection[tuple[int, int, int]]) -> None: ...  # (hearing, resident, question)
    async def add_counts(self, counts: Mapping[Cell, Count]) -> None: ...
    async def tallies(
        self, hearing_id: int, *, questions: Collection[int] | None = None
    ) -> Mapping[int, Tally]: ...  # of the rollup, by question number, all channels
    async def tallies_by_channel(self, hearing_id: int) -> Mapping[tuple[int, Channel], Tally]: ...
    async def recount(self, hearing_id: int) -> Mapping[Cell, Count]: ...  # from the votes themselves
    async def rollup(self, hearing_id: int) -> Mapping[Cell, Count]: ...  # cells that are not zero
    async def note_participants(self, rows: Collection[tuple[int, int, Demographics, datetime]]) -> None: ...
    # (hearing, resident, group, at): first time noted, later times the group is brought up to date
    async def participation(self, hearing_id: int) -> Participation: ...
    async def hearings_of(self, resident_id: int) -> tuple[int, ...]: ...  # every hearing the person took part in


class CommentRepository(Protocol):
    """Comments with their receipts, support and decisions."""

    async def add(
        self, hearing_id: int, submission: Submission, *, author: Resident, channel: Channel, at: datetime
    ) -> Comment: ...  # next receipt number of the hearing; the one that is there if ``source`` is known
    async def find_source(self, source: str) -> Comment | None: ...
    async def get(self, comment_id: int) -> Comment: ...
    async def save(
        self, comment: Comment
    ) -> None: ...  # text, media, visibility, amended, withdrawn, author; not support
    async def decide(self, comment_id: int, decision: Decision | None) -> None: ...
    async def list_of(
        self, author_id: int, *, hearing_id: int | None = None
    ) -> tuple[Comment, ...]: ...  # newest first
    async def count_since(self, author_id: int, hearing_id: int, since: datetime) -> int: ...
    async def list_published(
        self, hearing_id: int, *, order: Order, offset: int, limit: int, about: About | None = None
    ) -> tuple[Comment, ...]: ...  # neither withdrawn nor hidden
    async def count_published(self, hearing_id: int, about: About | None = None) -> int: ...
    async def list_decided(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]: ...
    async def list_waiting(
        self, hearing_id: int, *, offset: int, limit: int
    ) -> tuple[Comment, ...]: ...  # oldest first
    async def page(self, hearing_id: int, *, after: int, limit: int) -> tuple[Comment, ...]: ...  # by id, all of them
    async def counts(self, hearing_id: int) -> CommentCounts: ...
    async def set_support(
        self, comment_id: int, resident_id: int, *, on: bool, at: datetime
    ) -> bool: ...  # True if changed
    async def supported(self, resident_id: int, comment_ids: Collection[int]) -> frozenset[int]: ...
    async def list_supported(self, resident_id: int) -> tuple[Comment, ...]: ...  # newest first
    async def drop_support(self, resident_id: int) -> None: ...


class HousekeepingRepository(Protocol):
    """Small things the house remembers."""

    async def find_file(self, key: str) -> str | None: ...  # a Telegram file id
    async def keep_file(self, key: str, file_id: str) -> None: ...
    async def drop_file(self, key: str) -> None: ...
    async def add_dead_letter(self, update_id: int, raw: str, reason: str, at: datetime) -> None: ...
    async def drop_dead_letters(self, before: datetime) -> int: ...  # they may name a person: how many
    async def beat(self, at: datetime) -> datetime | None: ...  # the beat before this one
    async def note_outage(self, began: datetime, ended: datetime) -> None: ...
    async def find_outage(self, since: datetime) -> tuple[datetime, datetime] | None: ...  # the newest
    async def find_setting(self, key: str) -> str | None: ...
    async def keep_setting(self, key: str, value: str) -> None: ...
    async def claim_daily(self, key: str, day: date) -> bool: ...  # True for the first who asks for that day
    async def release_daily(self, key: str, day: date) -> None: ...  # it may be claimed again


class PendingInputRepository(Protocol):
    """Open drafts, one a person."""

    async def find(self, resident_id: int, at: datetime) -> PendingInput | None: ...  # not the expired ones
    async def put(self, draft: PendingInput) -> None: ...
    async def drop(self, resident_id: int) -> None: ...
    async def drop_expired(self, at: datetime) -> int: ...  # how many


class JournalRepository(Protocol):
    """Who did what, for ever."""

    async def add(self, entry: JournalEntry) -> None: ...
    async def list_about(self, subject: str, *, limit: int = 100) -> tuple[JournalEntry, ...]: ...  # newest first


class Repositories(Protocol):
    """All repositories within one transaction."""

    places: PlaceRepository
    people: PersonRepository
    hearings: HearingRepository
    votes: VoteRepository
    comments: CommentRepository
    broadcasts: BroadcastRepository
    notices: NoticeRepository
    rooms: RoomRepository
    arrivals: ArrivalRepository
    pending_inputs: PendingInputRepository
    journal: JournalRepository
    housekeeping: HousekeepingRepository


class Store(Protocol):
    """The database. Never hold one of these open across a call to Telegram."""

    def reading(self) -> AbstractAsyncContextManager[Repositories]:
        """A consistent view; nothing can be written in it."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Repositories]:
        """One transaction: committed, durably, when the block ends; rolled back when it raises."""
        ...

    def posting(self) -> AbstractAsyncContextManager[Repositories]:
        """As ``writing``, for the outbox alone: where the database can, beside whoever writes, by locks on rows."""
        ...
