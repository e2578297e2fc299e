"""Presses that change the sittings of a hearing."""

from __future__ import annotations

from typing import Final

from bot.domain.values import dataclass
from handlers.presses.press import AboutDates


@dataclass(frozen=True, slots=True)
class ListSittings(AboutDates):
    """Shows the sittings of a hearing, a page of them, with the way to add one."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenSitting(AboutDates):
    """Shows one sitting and what can be changed of it."""

    no: int


@dataclass(frozen=True, slots=True)
class PickSittingVillage(AboutDates):
    """Asks for which village a sitting is: the sitting ``no``, or (0) a new one."""

    no: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class SetSittingVillage(AboutDates):
    """Asks whether the sitting ``no`` is for that village (0: for everybody); where ``sure``, it is."""

    no: int
    village: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PickSittingDay(AboutDates):
    """Asks for the day of the sitting ``no`` of a draft, or (0) of a new one for that village."""

    no: int = 0
    village: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickSittingHour(AboutDates):
    """Asks for the hour on ``day``."""

    no: int
    village: int
    day: int


@dataclass(frozen=True, slots=True)
class MoveSitting(AboutDates):
    """Lets one sitting of a draft begin then."""

    no: int
    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class PickSittingPlace(AboutDates):
    """Asks where a new sitting is."""

    village: int
    day: int
    minute: int


TYPED_PLACE: Final = 999
"""In the place of a number of the list."""


@dataclass(frozen=True, slots=True)
class AddSitting(AboutDates):
    """Asks whether there is one sitting more, at a place of the list; adds it to a draft, and where ``sure``.

    ``TYPED_PLACE`` is the place that its presser has typed: it is always asked about.

    It ``begins`` on a day at a minute: the ordinal of the day times 1,440, and the minute.
    """

    village: int
    begins: int
    place: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RemoveSitting(AboutDates):
    """Asks whether there is one sitting less; removes it where ``sure``."""

    no: int
    sure: bool = False
