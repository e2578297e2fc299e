"""Presses about proposed decisions: the secretary confirms them or sends them back."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenProposals(Press):
    """Opens a page of the proposals of a hearing."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenProposal(Press):
    """Opens the proposal on one comment, at a page of the comment's words."""

    comment: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmProposal(Press):
    """Stores what is proposed on a comment; ``mark`` is that of what was shown."""

    comment: int
    mark: str


@dataclass(frozen=True, slots=True)
class SendBackProposal(Press):
    """Waits for what is to be different; sends the proposal back without words where ``sure``."""

    comment: int
    mark: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmProposals(Press):
    """Stores the proposals of a page, if they are the ones that ``seen`` is the digest of."""

    hearing: int
    page: int
    seen: int


@dataclass(frozen=True, slots=True)
class ToggleTwoPairs(Press):
    """Lets members of the commission propose, or decide, after asking once."""

    municipality: int
    on: bool
    sure: bool = False
