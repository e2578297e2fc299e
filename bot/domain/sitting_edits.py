"""What staff may change of the sittings of a hearing by a few taps. Answers are taken until the last one is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import OnlySitting, SittingBegun, TooManySittings
from bot.domain.revisions import later_agenda
from bot.domain.sittings import MOST_SITTINGS, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.hearings import Dossier
    from bot.domain.setbacks import Setback
    from bot.domain.sittings import Sitting


def added(dossier: Dossier, sitting: Sitting) -> Dossier:
    """The dossier with one sitting more, with a number of its own; one that it has already changes nothing.

    Raises TooManySittings.
    """
    if any(replace(sitting, no=each.no) == each for each in dossier.sittings):
        return dossier
    if len(dossier.sittings) >= MOST_SITTINGS:
        raise TooManySittings(MOST_SITTINGS)
    no = max((each.no for each in dossier.sittings), default=0) + 1
    return _taking_place(dossier, (*dossier.sittings, replace(sitting, no=no)))


def removed(dossier: Dossier, no: int, now: datetime) -> Dossier:
    """The dossier without a sitting. Raises NotFound, OnlySitting, SittingBegun."""
    begun = dossier.sitting(no).starts_at <= now
    if len(dossier.sittings) == 1:
        raise OnlySitting
    if begun:
        raise SittingBegun
    return replace(dossier, sittings=tuple(each for each in dossier.sittings if each.no != no))


def moved(dossier: Dossier, no: int, starts_at: datetime, now: datetime, setback: Setback | None = None) -> Dossier:
    """The dossier with one sitting at another moment, the others as they were. Raises NotFound, SittingBegun.

    The times of the agenda move with it where it is the only one.
    """
    before = dossier.sitting(no)
    if before.starts_at <= now:
        raise SittingBegun
    after = replace(before, starts_at=starts_at, setback=setback)
    if len(dossier.sittings) == 1:
        dossier = replace(dossier, agenda=later_agenda(dossier.agenda, starts_at - before.starts_at))
    return _taking_place(dossier, (after if each.no == no else each for each in dossier.sittings))


def for_village(dossier: Dossier, no: int, village_id: int) -> Dossier:
    """The dossier with one sitting for the people of that village, 0 for everybody. Raises NotFound."""
    after = replace(dossier.sitting(no), village=village_id)
    return replace(dossier, sittings=tuple(after if each.no == no else each for each in dossier.sittings))


def _taking_place(dossier: Dossier, sittings: Iterable[Sitting]) -> Dossier:
    ordered = in_order(sittings)
    closes_at = max(dossier.closes_at, *(each.ends_at for each in ordered))
    return replace(dossier, sittings=ordered, closes_at=closes_at)
