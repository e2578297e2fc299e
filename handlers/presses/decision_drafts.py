"""Presses about a decision that is being made: its reason, who is responsible, until when, what it changes."""

from __future__ import annotations

from bot.domain.decision_drafts import DecisionField
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class AboutDecision(Press):
    """The family of presses about a decision in the making; ``draft`` is the mark of what was shown beside it."""

    hearing: int
    draft: str


@dataclass(frozen=True, slots=True)
class ReviewDecision(AboutDecision):
    """Shows the decision as it would be stored."""


@dataclass(frozen=True, slots=True)
class WriteDecision(AboutDecision):
    """Waits for the words of one of its fields."""

    field: DecisionField


@dataclass(frozen=True, slots=True)
class UseReason(AboutDecision):
    """Takes the reason of the decision on another comment."""

    source: int


@dataclass(frozen=True, slots=True)
class ChooseResponsible(AboutDecision):
    """Asks who is responsible."""


@dataclass(frozen=True, slots=True)
class SetResponsible(AboutDecision):
    """Sets who is responsible: the name of which ``who`` is the mark; nobody where it is empty."""

    who: str = ""


@dataclass(frozen=True, slots=True)
class ChooseDue(AboutDecision):
    """Asks until when it is done."""


@dataclass(frozen=True, slots=True)
class SetDue(AboutDecision):
    """Sets the day (its ordinal) until which it is done; 0 for none."""

    day: int = 0


@dataclass(frozen=True, slots=True)
class ChooseChanges(AboutDecision):
    """Asks what of the drafts it changes, a page of them."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SetChanges(AboutDecision):
    """Sets what of the drafts it changes, by its code in small letters; nothing where it is empty."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class StoreDecision(AboutDecision):
    """Stores the decision that was shown, or proposes it."""
