"""All repositories on one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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
from storage.floor import FloorRepository
from storage.hall_people import HallPersonRepository
from storage.halls import HallRepository
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
from storage.posted_questions import PostedQuestionRepository
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
    from collections.abc import Callable, Mapping

    from bot import ports
    from storage.database import Transaction
    from storage.hearings import DossierCache


class Repositories:
    """All repositories of ``bot.ports``, on one transaction; each is made when it is first asked for."""

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
    posted_questions: ports.PostedQuestionRepository
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
    halls: ports.HallRepository
    hall_people: ports.HallPersonRepository
    floor: ports.FloorRepository
    kept_files: ports.KeptFileRepository
    transcripts: ports.TranscriptRepository
    journal: ports.JournalRepository
    housekeeping: ports.HousekeepingRepository
    inbox: ports.InboxRepository

    def __init__(self, transaction: Transaction, dossiers: DossierCache) -> None:
        self._transaction = transaction
        self._dossiers = dossiers

    def __getattr__(self, name: str) -> Any:
        """The repository of that name; from then on it is an attribute."""
        if name == "hearings":
            made: object = HearingRepository(self._transaction, self._dossiers)
        elif name == "votes":
            made = VoteRepository(self._transaction, HearingRepository(self._transaction, self._dossiers))
        elif (kind := _KINDS.get(name)) is not None:
            made = kind(self._transaction)
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made


_KINDS: Final[Mapping[str, Callable[[Transaction], object]]] = {
    "places": PlaceRepository,
    "people": PersonRepository,
    "mergers": MergerRepository,
    "cast_answers": CastAnswerRepository,
    "participants": ParticipantRepository,
    "disclosures": DisclosureRepository,
    "comments": CommentRepository,
    "comment_lists": CommentListRepository,
    "appeals": AppealRepository,
    "proposals": ProposalRepository,
    "duplicates": DuplicateRepository,
    "entries": EntryRepository,
    "counted_votes": CountedVotesRepository,
    "broadcasts": BroadcastRepository,
    "notices": NoticeRepository,
    "owed_replies": OwedReplyRepository,
    "heard": HeardRepository,
    "rooms": RoomRepository,
    "posted_questions": PostedQuestionRepository,
    "arrivals": ArrivalRepository,
    "pending_inputs": PendingInputRepository,
    "unsent": UnsentRepository,
    "bundles": BundleRepository,
    "readings": ReadingRepository,
    "waiting_tables": WaitingTableRepository,
    "received_files": ReceivedFileRepository,
    "attachments": AttachmentRepository,
    "answers": AnswerRepository,
    "protocol_forms": ProtocolFormRepository,
    "records": RecordRepository,
    "figures": FigureRepository,
    "resolutions": ResolutionRepository,
    "halls": HallRepository,
    "hall_people": HallPersonRepository,
    "floor": FloorRepository,
    "kept_files": KeptFileRepository,
    "transcripts": TranscriptRepository,
    "journal": JournalRepository,
    "housekeeping": HousekeepingRepository,
    "inbox": InboxRepository,
}
"""Those that need a transaction alone."""
