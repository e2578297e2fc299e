"""What the program needs of the world, as small protocols: a clock, a store with its repositories, a courier."""

from __future__ import annotations

from bot.ports.answers import AnswerRepository
from bot.ports.appeals import AppealRepository
from bot.ports.attachments import AttachmentRepository
from bot.ports.cast_answers import CastAnswerRepository
from bot.ports.clock import Clock
from bot.ports.comment_lists import CommentListRepository
from bot.ports.courier import Courier
from bot.ports.disclosures import DisclosureRepository
from bot.ports.duplicates import DuplicateRepository
from bot.ports.entries import CountedVotesRepository, EntryRepository
from bot.ports.figures import FigureRepository
from bot.ports.halls import FloorRepository, HallPersonRepository, HallRepository
from bot.ports.heard import HeardRepository
from bot.ports.hearings import CommentRepository, HearingRepository, ParticipantRepository, VoteRepository
from bot.ports.inbox import InboxRepository
from bot.ports.journal import JournalRepository
from bot.ports.kept_files import FileSource, KeptFileRepository
from bot.ports.mergers import MergerRepository
from bot.ports.outbox import BroadcastRepository, NoticeRepository, OwedReplyRepository
from bot.ports.posted_questions import PostedQuestionRepository
from bot.ports.proposals import ProposalRepository
from bot.ports.protocol_forms import ProtocolFormRepository
from bot.ports.received_files import ReceivedFileRepository
from bot.ports.records import RecordRepository
from bot.ports.repositories import (
    ArrivalRepository,
    HousekeepingRepository,
    PendingInputRepository,
    PersonRepository,
    PlaceRepository,
    Repositories,
    RoomRepository,
)
from bot.ports.resolutions import ResolutionRepository
from bot.ports.store import ReadingStore, Store, WriteScope
from bot.ports.transcripts import Transcriber, TranscriptRepository
from bot.ports.unsent import BundleRepository, ReadingRepository, UnsentRepository
from bot.ports.waiting_tables import WaitingTableRepository

__all__ = [
    "AnswerRepository",
    "AppealRepository",
    "ArrivalRepository",
    "AttachmentRepository",
    "BroadcastRepository",
    "BundleRepository",
    "CastAnswerRepository",
    "Clock",
    "CommentListRepository",
    "CommentRepository",
    "CountedVotesRepository",
    "Courier",
    "DisclosureRepository",
    "DuplicateRepository",
    "EntryRepository",
    "FigureRepository",
    "FileSource",
    "FloorRepository",
    "HallPersonRepository",
    "HallRepository",
    "HeardRepository",
    "HearingRepository",
    "HousekeepingRepository",
    "InboxRepository",
    "JournalRepository",
    "KeptFileRepository",
    "MergerRepository",
    "NoticeRepository",
    "OwedReplyRepository",
    "ParticipantRepository",
    "PendingInputRepository",
    "PersonRepository",
    "PlaceRepository",
    "PostedQuestionRepository",
    "ProposalRepository",
    "ProtocolFormRepository",
    "ReadingRepository",
    "ReadingStore",
    "ReceivedFileRepository",
    "RecordRepository",
    "Repositories",
    "ResolutionRepository",
    "RoomRepository",
    "Store",
    "Transcriber",
    "TranscriptRepository",
    "UnsentRepository",
    "VoteRepository",
    "WaitingTableRepository",
    "WriteScope",
]
