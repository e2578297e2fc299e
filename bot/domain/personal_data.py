"""What is stored about one person."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.appeals import Appeal
    from bot.domain.comments import Comment
    from bot.domain.duplicates import JoinedComments
    from bot.domain.floor import FloorRequest
    from bot.domain.hall import HallPerson
    from bot.domain.hearings import Hearing
    from bot.domain.people import Grant, Resident
    from bot.domain.questions import About
    from bot.domain.tallies import Vote
    from bot.domain.unsent import Unsent


@dataclass(frozen=True, slots=True)
class FormerAnswer:
    """An answer to an earlier version of a hearing, which ``hearing`` has the dossier of."""

    hearing: Hearing
    version: int
    question_no: int
    answer: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything stored about one person."""

    resident: Resident
    grants: tuple[Grant, ...]
    hearings: Mapping[int, Hearing]
    """Every hearing the person took part in, and those of the comments and arrivals below."""
    votes: tuple[Vote, ...]
    comments: tuple[Comment, ...]
    """Newest first, withdrawn ones too."""
    supported: tuple[Comment, ...]
    """Others' comments the person supports."""
    arrivals: tuple[tuple[int, int, datetime], ...] = ()
    """By which posters the person came: hearing, village (0: of the whole municipality), when."""
    former: tuple[FormerAnswer, ...] = ()
    """Answers that were put aside."""
    unsent: tuple[Unsent, ...] = ()
    """What they have sent unasked, and have not said yet what it is."""
    reading: tuple[Hearing, About] | None = None
    """What they read last."""
    appeals: tuple[Appeal, ...] = ()
    """What they have said against the hiding of comments of theirs."""
    joined: Mapping[int, JoinedComments] = field(default_factory=dict)
    """With which others comments of theirs are joined, by their ids."""
    halls: tuple[HallPerson, ...] = ()
    """The sittings in which they took part live."""
    floor: tuple[FloorRequest, ...] = ()
    """How they asked for the floor there."""
    typed: str = ""
    """What they have typed for something that they have not sent yet: an appeal, a reason."""
