"""Presses by which comments are marked, page by page, to be decided on together."""

from __future__ import annotations

from bot.domain.comments import Outcome
from bot.domain.values import dataclass
from handlers.presses.comment_list import NarrowedComments
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class MarkComments(NarrowedComments):
    """Opens a page of comments to be marked."""


@dataclass(frozen=True, slots=True)
class MarkListed(NarrowedComments):
    """Marks those of a page, if they are the ones that ``seen`` is the digest of, and opens the next page."""

    seen: int = 0


@dataclass(frozen=True, slots=True)
class MarkComment(NarrowedComments):
    """Marks one comment of the page, or takes its mark away."""

    comment: int = 0
    on: bool = False


@dataclass(frozen=True, slots=True)
class DropMarks(Press):
    """Takes all marks away."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ChooseForMarked(Press):
    """Asks what is decided on the marked comments."""

    hearing: int


@dataclass(frozen=True, slots=True)
class PickForMarked(Press):
    """Begins a decision on the marked comments."""

    hearing: int
    outcome: Outcome
