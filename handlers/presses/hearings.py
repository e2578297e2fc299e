"""Presses about the card of a hearing, its agenda, place and answers."""

from __future__ import annotations

from dataclasses import dataclass

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
