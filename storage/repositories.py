"""All repositories on one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.answers import AnswerRepository
from storage.appeals import AppealRepository
from storage.arrivals import ArrivalRepository
from storage.attachments import AttachmentRepository
from storage.broadcasts import BroadcastRepository
from storage.cast_answers import CastAnswerRepository
from storage.comment_lists import CommentListRepository
from storage.comments import CommentRepository
from storage.counted_votes import CountedVotesRepository
from storage.disclosures import DisclosureRepository
from storage.duplicates import DuplicateRepository
from storage.entries import EntryRepository
from storage.figures import FigureRepository
from storage.heard import HeardRepository
from storage.hearings import HearingRepository
from storage.housekeeping import HousekeepingRepository
from storage.inbox import InboxRepository
from storage.journal import JournalRepository
from storage.kept_files import KeptFileRepository
from storage.mergers import MergerRepository
from storage.notices import NoticeRepository
from storage.owed_replies import OwedReplyRepository
from storage.participants import ParticipantRepository
from storage.pending_inputs import PendingInputRepository
from storage.people import PersonRepository
from storage.places import PlaceRepository
from storage.proposals import ProposalRepository
from storage.protocol_forms import ProtocolFormRepository
from storage.received_files import ReceivedFileRepository
from storage.records import RecordRepository
from storage.resolutions import ResolutionRepository
from storage.rooms import RoomRepository
from storage.transcripts import TranscriptRepository
from storage.unsent import BundleRepository, ReadingRepository, UnsentRepository
from storage.votes import VoteRepository
from storage.waiting_tables import WaitingTableRepository

if TYPE_CHECKING:
    from bot import ports
    from storage.database import Transaction
    from storage.hearings import DossierCache


@dataclass(slots=True)
class Repositories:
    """All repositories of ``bot.ports``, on one transaction."""

    places: ports.PlaceRepository
    people: ports.PersonRepository
    mergers: ports.MergerRepository
    hearings: ports.HearingRepository
    votes: ports.VoteRepository
    cast_answers: ports.CastAnswerRepository
    participants: ports.ParticipantRepository
    disclosures: ports.DisclosureRepository
    comments: ports.CommentRepository
    comment_lists: ports.CommentListRepository
    appeals: ports.AppealRepository
    proposals: ports.ProposalRepository
    duplicates: ports.DuplicateRepository
    entries: ports.EntryRepository
    counted_votes: ports.CountedVotesRepository
    broadcasts: ports.BroadcastRepository
    notices: ports.NoticeRepository
    owed_replies: ports.OwedReplyRepository
    heard: ports.HeardRepository
    rooms: ports.RoomRepository
    arrivals: ports.ArrivalRepository
    pending_inputs: ports.PendingInputRepository
    unsent: ports.UnsentRepository
    bundles: ports.BundleRepository
    readings: ports.ReadingRepository
    waiting_tables: ports.WaitingTableRepository
    received_files: ports.ReceivedFileRepository
    attachments: ports.AttachmentRepository
    answers: ports.AnswerRepository
    protocol_forms: ports.ProtocolFormRepository
    records: ports.RecordRepository
    figures: ports.FigureRepository
    resolutions: ports.ResolutionRepository
    kept_files: ports.KeptFileRepository
    transcripts: ports.TranscriptRepository
    journal: ports.JournalRepository
    housekeeping: ports.HousekeepingRepository
    inbox: ports.InboxRepository


def repositories(transaction: Transaction, dossiers: DossierCache) -> Repositories:
    """The repositories on an open transaction."""
    hearings = HearingRepository(transaction, dossiers)
    return Repositories(
        places=PlaceRepository(transaction),
        people=PersonRepository(transaction),
        mergers=MergerRepository(transaction),
        hearings=hearings,
        votes=VoteRepository(transaction, hearings),
        cast_answers=CastAnswerRepository(transaction),
        disclosures=DisclosureRepository(transaction),
        participants=ParticipantRepository(transaction),
        comments=CommentRepository(transaction),
        comment_lists=CommentListRepository(transaction),
        appeals=AppealRepository(transaction),
        proposals=ProposalRepository(transaction),
        duplicates=DuplicateRepository(transaction),
        entries=EntryRepository(transaction),
        counted_votes=CountedVotesRepository(transaction),
        broadcasts=BroadcastRepository(transaction),
        notices=NoticeRepository(transaction),
        owed_replies=OwedReplyRepository(transaction),
        heard=HeardRepository(transaction),
        rooms=RoomRepository(transaction),
        arrivals=ArrivalRepository(transaction),
        pending_inputs=PendingInputRepository(transaction),
        unsent=UnsentRepository(transaction),
        bundles=BundleRepository(transaction),
        readings=ReadingRepository(transaction),
        waiting_tables=WaitingTableRepository(transaction),
        received_files=ReceivedFileRepository(transaction),
        attachments=AttachmentRepository(transaction),
        answers=AnswerRepository(transaction),
        protocol_forms=ProtocolFormRepository(transaction),
        records=RecordRepository(transaction),
        figures=FigureRepository(transaction),
        resolutions=ResolutionRepository(transaction),
        kept_files=KeptFileRepository(transaction),
        transcripts=TranscriptRepository(transaction),
        journal=JournalRepository(transaction),
        housekeeping=HousekeepingRepository(transaction),
        inbox=InboxRepository(transaction),
    )
