"""Reading: the card, the strategy, the budget, the agenda, the answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.programme import Side
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class GoHome(Press):
    """The municipality's next hearing; 0: the reader's own municipality."""

    municipality: int = 0


@dataclass(frozen=True, slots=True)
class OpenHearing(Press):
    """A hearing's card; ``origin`` says which poster or post brought the reader."""

    hearing: int
    origin: int = 0


@dataclass(frozen=True, slots=True)
class ListHearings(Press):
    """Every public hearing of a municipality."""

    municipality: int


@dataclass(frozen=True, slots=True)
class ReadStrategy(Press):
    """The list of services."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ReadService(Press):
    """One service, a page of it."""

    hearing: int
    no: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudget(Press):
    """The budget at a glance."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ReadBudgetSide(Press):
    """Revenue or expenditure by line."""

    hearing: int
    side: Side
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadBudgetLine(Press):
    """One budget line."""

    hearing: int
    no: int


@dataclass(frozen=True, slots=True)
class ReadAgenda(Press):
    """The agenda and the sittings, a page of them."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReadAnswers(Press):
    """What the commission answered, a page of it."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowVenue(Press):
    """The place on the map."""

    hearing: int


@dataclass(frozen=True, slots=True)
class GetCalendar(Press):
    """The sittings as a calendar file."""

    hearing: int
