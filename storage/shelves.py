"""All shelves on one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.arrivals import ArrivalsShelf
from storage.broadcasts import BroadcastsShelf
from storage.comments import CommentsShelf
from storage.drafts import DraftsShelf
from storage.hearings import HearingsShelf
from storage.housekeeping import HousekeepingShelf
from storage.journal import JournalShelf
from storage.notices import NoticesShelf
from storage.people import PeopleShelf
from storage.places import PlacesShelf
from storage.rooms import RoomsShelf
from storage.votes import VotesShelf

if TYPE_CHECKING:
    from bot import ports
    from bot.ports import post
    from storage.database import Transaction
    from storage.hearings import Dossiers


@dataclass(slots=True)
class Shelves:
    """The shelves that ``bot.ports`` asks for."""

    places: ports.Places
    people: ports.People
    hearings: ports.Hearings
    votes: ports.Votes
    comments: ports.Comments
    broadcasts: post.Broadcasts
    notices: post.Notices
    rooms: post.Rooms
    arrivals: post.Arrivals
    drafts: ports.Drafts
    journal: ports.Journal
    housekeeping: ports.Housekeeping


def shelves(transaction: Transaction, dossiers: Dossiers) -> Shelves:
    """The shelves over an open transaction."""
    hearings = HearingsShelf(transaction, dossiers)
    return Shelves(
        places=PlacesShelf(transaction),
        people=PeopleShelf(transaction),
        hearings=hearings,
        votes=VotesShelf(transaction, hearings),
        comments=CommentsShelf(transaction),
        broadcasts=BroadcastsShelf(transaction),
        notices=NoticesShelf(transaction),
        rooms=RoomsShelf(transaction),
        arrivals=ArrivalsShelf(transaction),
        drafts=DraftsShelf(transaction),
        journal=JournalShelf(transaction),
        housekeeping=HousekeepingShelf(transaction),
    )
