"""Which numbers about answers residents may see, so that no number tells what one person answered.

Two rules: no distribution of fewer than ``LEAST_ANSWERS`` answers, and while answers are taken a shown distribution is
renewed only with every ``LEAST_ANSWERS`` people more, so that two looks never differ by one person's answer. Staff see
the exact tallies of questions; groups of people (village, gender, age) have a rule of their own in ``suppression``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.domain.tallies import Tally

LEAST_ANSWERS: Final = 5


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A question while answers are taken: how many people answer it now, and the tally that was ``shown`` last."""

    voters: int
    shown: Tally | None = None

    @property
    def due(self) -> bool:
        """True when residents are to be shown the tally as it is now."""
        return self.voters >= (self.shown.voters if self.shown else 0) + LEAST_ANSWERS

    @property
    def tally(self) -> Tally | None:
        """What residents see until it is due; None where there are too few answers to tell anything."""
        return self.shown if self.voters >= LEAST_ANSWERS else None


def disclosed(exact: Tally, shown: Tally | None, *, taken: bool) -> Tally | None:
    """The tally that residents may see; None where there are too few answers to tell anything.

    ``exact`` is the tally now, ``shown`` what residents have seen so far (None: nothing yet). While answers are
    ``taken`` the same ``shown`` comes back until five people more have answered; a changed or withdrawn answer renews
    nothing. What comes back is ``shown`` from then on.
    """
    if exact.voters < LEAST_ANSWERS:
        return None
    standing = Disclosure(exact.voters, shown)
    return exact if not taken or standing.due else standing.tally
