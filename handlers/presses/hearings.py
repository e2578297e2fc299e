"""Presses about the card of a hearing, its agenda and its place."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class GoHome(Press):
    """Opens the municipality's next hearing; 0 is the reader's own municipality."""

    municipality: int = 0


@dataclass(frozen=True, slots=True)
class OpenHearing(Press):
    """Opens the card of a hearing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class OpenReading(Press):
    """Opens what there is to read of a hearing: the strategy, the budget, documents."""

    hearing: int


@dataclass(frozen=True, slots=True)
class OpenMore(Press):
    """Opens what is wanted less often than what stands on the card."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ShareHearing(Press):
    """Opens the ways to tell a neighbour of a hearing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ListHearings(Press):
    """Opens the list of all public hearings of a municipality."""

    municipality: int


@dataclass(frozen=True, slots=True)
class ReadAgenda(Press):
    """Opens the sittings and the agenda, a page of them; with ``question`` its way back leads to that question."""

    hearing: int
    page: int = 0
    question: int = 0


@dataclass(frozen=True, slots=True)
class ShowVenue(Press):
    """Sends the place of the next sitting on the map."""

    hearing: int


@dataclass(frozen=True, slots=True)
class GetCalendar(Press):
    """Sends the sittings as a calendar file."""

    hearing: int
