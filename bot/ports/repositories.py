"""The repositories of places, people and the rest, and ``Repositories``, which has them all.

``get`` returns or raises NotFound, ``find`` may return None, ``list`` returns a tuple. Every method may raise
StoreUnavailable. Moments are aware UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from bot.domain.pending_input import PendingInput
    from bot.domain.people import Grant, Invitation, OwedMenu, Resident, StaffMember
    from bot.domain.places import Place
    from bot.domain.rooms import GroupPost, Room
    from bot.ports.answers import AnswerRepository
    from bot.ports.appeals import AppealRepository
    from bot.ports.attachments import AttachmentRepository
    from bot.ports.cast_answers import CastAnswerRepository
    from bot.ports.comment_lists import CommentListRepository
    from bot.ports.disclosures import DisclosureRepository
    from bot.ports.duplicates import DuplicateRepository
    from bot.ports.entries import CountedVotesRepository, EntryRepository
    from bot.ports.figures import FigureRepository
    from bot.ports.halls import FloorRepository, HallPersonRepository, HallRepository
    from bot.ports.heard import HeardRepository
    from bot.ports.hearings import CommentRepository, HearingRepository, ParticipantRepository, VoteRepository
    from bot.ports.inbox import InboxRepository
    from bot.ports.journal import JournalRepository
    from bot.ports.kept_files import KeptFileRepository
    from bot.ports.mergers import MergerRepository
    from bot.ports.outbox import BroadcastRepository, NoticeRepository, OwedReplyRepository
    from bot.ports.posted_questions import PostedQuestionRepository
    from bot.ports.proposals import ProposalRepository
    from bot.ports.protocol_forms import ProtocolFormRepository
    from bot.ports.received_files import ReceivedFileRepository
    from bot.ports.records import RecordRepository
    from bot.ports.resolutions import ResolutionRepository
    from bot.ports.transcripts import TranscriptRepository
    from bot.ports.unsent import BundleRepository, ReadingRepository, UnsentRepository
    from bot.ports.waiting_tables import WaitingTableRepository


class PlaceRepository(Protocol):
    """Places, from regions to villages."""

    async def list_all(self) -> tuple[Place, ...]:
        """Every place, in the order of loading."""

    async def save(self, places: Iterable[tuple[Place, str]]) -> int:
        """Add or replace (place, its parent's code) by the place's code; a known code keeps its id.

        Returns how many rows changed. Raises NotFound for an unknown parent.
        """


class PersonRepository(Protocol):
    """Residents and staff; the only repository that knows their Telegram ids."""

    async def find(self, telegram_id: int) -> Resident | None:
        """The resident with that Telegram id."""

    async def find_with_grants(self, telegram_id: int) -> tuple[Resident | None, tuple[Grant, ...]]:
        """The resident with that Telegram id, with every role of theirs."""

    async def find_many(self, telegram_ids: Collection[int]) -> Mapping[int, Resident]:
        """Those of them who are stored, by Telegram id."""

    async def get(self, resident_id: int) -> Resident:
        """The resident, also a forgotten one. Raises NotFound."""

    async def get_many(self, resident_ids: Collection[int]) -> Mapping[int, Resident]:
        """Those of them who are stored, by id."""

    async def add(self, telegram_id: int, *, language: str, at: datetime) -> Resident:
        """A new resident; the stored one, unchanged, if the Telegram id is known."""

    async def save(self, resident: Resident) -> None:
        """Store every field of the resident. Raises NotFound."""

    async def forget(self, resident_id: int) -> None:
        """Take everything from the row but its number, and the person's roles. Raises NotFound."""

    async def mark_blocked(self, telegram_id: int, at: datetime | None) -> None:
        """Store since when the person has blocked the bot; None if they no longer do."""

    async def count_followers(self, municipality_id: int) -> int:
        """How many residents of the municipality may be written to."""

    async def list_grants(self, resident_id: int) -> tuple[Grant, ...]:
        """Every role of the person."""

    async def grant(self, resident_id: int, grant: Grant, at: datetime) -> None:
        """Give the person a role; nothing changes if they have it."""

    async def revoke(self, resident_id: int, grant: Grant) -> bool:
        """Take a role from the person; True if they had it."""

    async def owe_menu(self, resident_id: int) -> None:
        """Note that the person's command menu has to change."""

    async def list_menus(self, *, limit: int) -> tuple[OwedMenu, ...]:
        """The menus that have to change, as they are to be."""

    async def settle_menu(self, menu: OwedMenu) -> None:
        """Note that Telegram has this menu; nothing where it has to be another one by now."""

    async def list_staff(self, municipality_id: int) -> tuple[StaffMember, ...]:
        """Everybody with a role in the municipality, the longest first."""

    async def add_invitation(self, invitation: Invitation) -> None:
        """Store a new invitation."""

    async def take_invitation(self, digest: str, at: datetime, *, by: int, bound_to: str) -> Invitation | None:
        """The invitation, used by that resident from now on.

        None if another has used it, if it was taken back, if it has expired, or if it is bound to anybody but
        ``bound_to``.
        """

    async def find_invitation(self, name: str) -> Invitation | None:
        """The invitation whose digest is ``name`` or begins with it."""

    async def list_invitations(self, municipality_id: int) -> tuple[Invitation, ...]:
        """Every invitation to the municipality, the oldest first."""

    async def withdraw_invitations(self, digests: Collection[str], at: datetime) -> None:
        """Let these invitations open nothing any more, for good."""

    async def list_half_forgotten(self, *, limit: int) -> tuple[Resident, ...]:
        """Forgotten people whom an earlier program left in a group of voters, or among those who take part now."""

    async def list_expired(self, before: datetime, *, limit: int) -> tuple[Resident, ...]:
        """Residents without a role who came before that moment and took part in no hearing since."""


class RoomRepository(Protocol):
    """Groups and channels, and the posts in them; the only repository that knows the rooms' Telegram ids."""

    async def find(self, telegram_id: int) -> Room | None:
        """The room with that Telegram id."""

    async def get(self, room_id: int) -> Room:
        """The room. Raises NotFound."""

    async def add(self, room: Room) -> Room:
        """A new room; a known Telegram id is updated, but for its municipality and languages."""

    async def save(self, room: Room) -> None:
        """Store every field of the room. Raises NotFound."""

    async def move(self, telegram_id: int, new_id: int) -> None:
        """Note that a group became the supergroup ``new_id``; its posts are forgotten."""

    async def list_linked(self, municipality_id: int) -> tuple[Room, ...]:
        """Rooms of the municipality, also those the bot has left."""

    async def list_offered(self, resident_id: int) -> tuple[Room, ...]:
        """Rooms the person introduced that belong to no municipality and that the bot has not left."""

    async def find_post(self, room_id: int, hearing_id: int) -> GroupPost | None:
        """The post about the hearing in the room."""

    async def find_post_at(self, room_id: int, message_id: int) -> GroupPost | None:
        """The post that the message is."""

    async def keep_post(self, post: GroupPost) -> None:
        """Store a post in place of an earlier one."""


class ArrivalRepository(Protocol):
    """Which village's poster brought a person to a hearing: the first arrival of each person and hearing."""

    async def note(self, resident_id: int, hearing_id: int, village_id: int, at: datetime) -> bool:
        """Store an arrival; False, and no change, if the person has arrived before."""

    async def by_village(self, hearing_id: int) -> Mapping[int, int]:
        """People by the village whose poster brought them."""

    async def of_person(self, resident_id: int) -> tuple[tuple[int, int, datetime], ...]:
        """The person's arrivals as (hearing, village, moment)."""

    async def drop(self, resident_id: int) -> None:
        """Remove the person's arrivals."""


class PendingInputRepository(Protocol):
    """Pending inputs, one a person."""

    async def find(self, resident_id: int, at: datetime) -> PendingInput | None:
        """The person's pending input, if it has not expired at that moment."""

    async def put(self, pending: PendingInput) -> None:
        """Store it, in place of the person's earlier one."""

    async def drop(self, resident_id: int) -> None:
        """Remove the person's pending input."""

    async def drop_expired(self, at: datetime) -> int:
        """Remove those that have expired at that moment; returns how many."""


class HousekeepingRepository(Protocol):
    """Files at Telegram, dead letters, the heartbeat, outages, settings."""

    async def find_file(self, key: str) -> str | None:
        """Telegram's id of the file stored under ``key``."""

    async def keep_file(self, key: str, file_id: str) -> None:
        """Store Telegram's id of a file, in place of an earlier one."""

    async def drop_files(self, beginning: str) -> None:
        """Remove the ids of all files whose keys begin so."""

    async def drop_file(self, key: str) -> None:
        """Remove an id that Telegram no longer knows."""

    async def add_dead_letter(self, update_id: int, raw: str, reason: str, at: datetime) -> None:
        """Store an update that could not be read; the first one stays if it comes again."""

    async def drop_dead_letters(self, before: datetime) -> int:
        """Remove dead letters from before then, since they may name a person; returns how many."""

    async def beat(self, at: datetime) -> datetime | None:
        """Store that the program runs at this moment; returns the beat before this one."""

    async def note_outage(self, began: datetime, ended: datetime) -> None:
        """Store that the program did not run from ``began`` to ``ended``."""

    async def find_outage(self, since: datetime, *, before: datetime | None = None) -> tuple[datetime, datetime] | None:
        """The newest outage that ended at ``since`` or later; with ``before`` the newest that began before then."""

    async def find_setting(self, key: str) -> str | None:
        """The value stored under ``key``."""

    async def keep_setting(self, key: str, value: str) -> None:
        """Store a value, in place of an earlier one."""

    async def claim_daily(self, key: str, day: date) -> bool:
        """Claim daily work: True for the first process that asks for that ``day`` or a later one."""

    async def release_daily(self, key: str, day: date) -> None:
        """Remove the claim of that ``day``: its work was not done and may be claimed again."""


class Repositories(Protocol):
    """All repositories within one transaction."""

    places: PlaceRepository
    people: PersonRepository
    mergers: MergerRepository
    hearings: HearingRepository
    votes: VoteRepository
    cast_answers: CastAnswerRepository
    participants: ParticipantRepository
    disclosures: DisclosureRepository
    comments: CommentRepository
    comment_lists: CommentListRepository
    appeals: AppealRepository
    proposals: ProposalRepository
    duplicates: DuplicateRepository
    entries: EntryRepository
    counted_votes: CountedVotesRepository
    broadcasts: BroadcastRepository
    notices: NoticeRepository
    owed_replies: OwedReplyRepository
    heard: HeardRepository
    rooms: RoomRepository
    posted_questions: PostedQuestionRepository
    arrivals: ArrivalRepository
    pending_inputs: PendingInputRepository
    unsent: UnsentRepository
    bundles: BundleRepository
    readings: ReadingRepository
    waiting_tables: WaitingTableRepository
    received_files: ReceivedFileRepository
    attachments: AttachmentRepository
    answers: AnswerRepository
    protocol_forms: ProtocolFormRepository
    records: RecordRepository
    figures: FigureRepository
    halls: HallRepository
    hall_people: HallPersonRepository
    floor: FloorRepository
    resolutions: ResolutionRepository
    kept_files: KeptFileRepository
    transcripts: TranscriptRepository
    journal: JournalRepository
    housekeeping: HousekeepingRepository
    inbox: InboxRepository
