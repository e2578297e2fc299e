"""What people and the clock do: one public method is one intention and one transaction; the actor comes first."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from bot.domain.consent import RETENTION_YEARS, ConsentText
from bot.domain.digests import Digests
from bot.domain.places import NOBODY
from bot.domain.values import dataclass
from bot.services.announcements import Announcements
from bot.services.answers import Answers
from bot.services.appeals import Appeals
from bot.services.arrivals import Arrivals
from bot.services.attachments import Attachments
from bot.services.broadcasts import Broadcasts
from bot.services.check_ins import CheckIns
from bot.services.comment_lists import CommentLists
from bot.services.comments import Comments
from bot.services.comparisons import Comparisons
from bot.services.decision_drafts import DecisionDrafts
from bot.services.decision_tables import DecisionTables
from bot.services.decisions import Decisions
from bot.services.desk import Desk
from bot.services.drafting import Drafting
from bot.services.duplicates import Duplicates
from bot.services.entries import Entries
from bot.services.entry_desk import EntryDesk
from bot.services.entry_sheets import EntrySheets
from bot.services.files import Files
from bot.services.floor import Floor
from bot.services.group_replies import GroupReplies
from bot.services.hall_keys import HallKeys
from bot.services.hall_words import HallWords
from bot.services.halls import Halls
from bot.services.hand_counts import HandCounts
from bot.services.hearings import Hearings
from bot.services.journal import Journal
from bot.services.kept_files import KeptFiles
from bot.services.media_folder import MediaFolder
from bot.services.mergers import Mergers
from bot.services.moderation import Moderation
from bot.services.opinions import Opinions
from bot.services.owed_replies import OwedReplies
from bot.services.pending_input import PendingInputs
from bot.services.people import People
from bot.services.places import PlaceDirectory
from bot.services.posted_questions import PostedQuestions
from bot.services.privacy import Privacy
from bot.services.promises import Promises
from bot.services.proposals import Proposals
from bot.services.protocol_forms import ProtocolForms
from bot.services.readings import Readings
from bot.services.received_files import ReceivedFiles
from bot.services.resolutions import Resolutions
from bot.services.rooms import Rooms
from bot.services.sittings import Sittings
from bot.services.staff import Staff
from bot.services.submissions import Submissions
from bot.services.texts import Texts
from bot.services.timetable import Timetable
from bot.services.transcribing import Transcribing
from bot.services.transcripts import Transcripts
from bot.services.unheard import Unheard
from bot.services.voting import Voting
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from bot.domain.places import Contact
    from bot.ports import Clock, Store

__all__ = ["Services", "wire"]


@dataclass(frozen=True, slots=True)
class Services:
    """Every service, over one store and one clock."""

    store: Store
    clock: Clock
    directory: PlaceDirectory
    people: People
    hearings: Hearings
    journal: Journal
    announcements: Announcements
    answers: Answers
    appeals: Appeals
    arrivals: Arrivals
    attachments: Attachments
    broadcasts: Broadcasts
    check_ins: CheckIns
    comments: Comments
    decision_drafts: DecisionDrafts
    decision_tables: DecisionTables
    comment_lists: CommentLists
    decisions: Decisions
    desk: Desk
    duplicates: Duplicates
    entries: Entries
    entry_desk: EntryDesk
    entry_sheets: EntrySheets
    drafting: Drafting
    sittings: Sittings
    files: Files
    floor: Floor
    hall_keys: HallKeys
    hall_words: HallWords
    halls: Halls
    group_replies: GroupReplies
    hand_counts: HandCounts
    kept_files: KeptFiles
    mergers: Mergers
    moderation: Moderation
    owed_replies: OwedReplies
    pending_inputs: PendingInputs
    posted_questions: PostedQuestions
    privacy: Privacy
    promises: Promises
    protocol_forms: ProtocolForms
    proposals: Proposals
    readings: Readings
    received_files: ReceivedFiles
    resolutions: Resolutions
    rooms: Rooms
    staff: Staff
    submissions: Submissions
    texts: Texts
    timetable: Timetable
    transcribing: Transcribing
    transcripts: Transcripts
    unheard: Unheard
    opinions: Opinions
    comparisons: Comparisons
    voting: Voting


def never_paused() -> float:
    """Seconds until Telegram accepts bulk again, where nothing is sent: 0."""
    return 0.0


def wire(
    store: Store,
    clock: Clock,
    *,
    timezone: str,
    secret: str = "",
    administrators: Collection[int] = (),
    retention_years: int = RETENTION_YEARS,
    contact: Contact = NOBODY,
    tasks: Tasks | None = None,
    media_folder: Path | None = None,
    paused_for: Callable[[], float] = never_paused,
) -> Services:
    """All services over ``store``.

    ``timezone`` (IANA) is that of places without one of their own, ``contact`` is theirs too; ``administrators`` are
    Telegram ids. What people give is kept for ``retention_years`` after a hearing. Digests have a key made of
    ``secret``, which must not stand in the database; without one the key is this process's own. Votes are committed in
    a task of ``tasks``. Files are kept in ``media_folder``; without one they are not. ``paused_for()``
    gives the seconds until Telegram accepts bulk again; 0 if now.
    """
    tasks = tasks or Tasks()
    directory = PlaceDirectory(store, clock, timezone=timezone, contact=contact)
    digests = Digests.of_secret(secret or secrets.token_hex())
    hearings = Hearings(store, clock, directory)
    announcements = Announcements(store, clock, directory)
    kept_files = KeptFiles(store, clock, MediaFolder(media_folder) if media_folder else None)
    voting = Voting(store, clock, tasks)
    return _with_places(store, clock, directory)(
        people=People(
            store, clock, directory, digests, administrators=administrators, text=ConsentText(retention_years)
        ),
        hearings=hearings,
        journal=Journal(store, clock, directory, years=retention_years),
        announcements=announcements,
        broadcasts=Broadcasts(store, clock, directory, paused_for=paused_for),
        comments=Comments(store, clock, digests),
        duplicates=Duplicates(store, clock),
        drafting=Drafting(store, clock, directory, hearings, announcements),
        sittings=Sittings(store, clock, directory, announcements),
        files=Files(store, clock, directory, digests, administrators=administrators),
        check_ins=CheckIns(store, clock, directory, tasks),
        hall_keys=HallKeys(store, clock, administrators=administrators),
        group_replies=GroupReplies(store, clock, digests),
        kept_files=kept_files,
        owed_replies=OwedReplies(store, clock, digests),
        posted_questions=PostedQuestions(store, clock, directory, voting),
        privacy=Privacy(store, clock, digests, years=retention_years, forgotten=kept_files.release),
        received_files=ReceivedFiles(store, clock, directory, digests),
        rooms=Rooms(store, clock, directory, digests),
        submissions=Submissions(store, clock, digests),
        texts=Texts(store, clock, announcements),
        transcribing=Transcribing(store, clock, kept_files),
        comparisons=Comparisons(store, directory),
        voting=voting,
    )


def _with_places(store: Store, clock: Clock, directory: PlaceDirectory) -> partial[Services]:
    """The services that need to know the places and nothing more, and those that need less; the others are to come."""
    return partial(
        _with_store(store, clock),
        directory=directory,
        answers=Answers(store, clock, directory),
        appeals=Appeals(store, clock, directory),
        arrivals=Arrivals(store, clock, directory),
        decision_drafts=DecisionDrafts(store, clock, directory),
        decision_tables=DecisionTables(store, clock, directory),
        comment_lists=CommentLists(store, clock, directory),
        decisions=Decisions(store, clock, directory),
        desk=Desk(store, clock, directory),
        entries=Entries(store, clock, directory),
        entry_desk=EntryDesk(store, clock, directory),
        entry_sheets=EntrySheets(store, clock, directory),
        halls=(halls := Halls(store, clock, directory)),
        hall_words=HallWords(store, clock, halls),
        hand_counts=HandCounts(store, clock, directory),
        mergers=Mergers(store, clock, directory),
        protocol_forms=ProtocolForms(store, clock, directory),
        promises=Promises(store, clock, directory),
        resolutions=Resolutions(store, clock, directory),
        staff=Staff(store, clock, directory),
        timetable=Timetable(store, clock, directory),
        unheard=Unheard(store, clock, directory),
    )


def _with_store(store: Store, clock: Clock) -> partial[Services]:
    """The services that need the database and the time alone; the others are still to be given."""
    return partial(
        Services,
        store=store,
        clock=clock,
        attachments=Attachments(store, clock),
        floor=Floor(store, clock),
        moderation=Moderation(store, clock),
        pending_inputs=PendingInputs(store, clock),
        proposals=Proposals(store, clock),
        readings=Readings(store, clock),
        transcripts=Transcripts(store, clock),
        opinions=Opinions(store),
    )
