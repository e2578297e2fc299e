"""Several processes of one bot, which share what Telegram allows the bot as a whole.

The budget is ``PARTS`` parts: of bulk one message a second each, of answers that part of what Telegram seems to take. A
process that wants more than it has gets ``HUNGRY`` times the part of one that does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final = 30
HUNGRY: Final = 4


@dataclass(frozen=True, slots=True)
class Replica:
    """A process as it is stored: ``parts`` of the budget are its own, and ``says`` is what it tells the others.

    ``renewals`` counts its signs of life; ``connected`` is False where its connection to the database is gone.
    """

    name: str
    renewals: int
    parts: int
    says: str
    connected: bool = True


def shared_out(hungry: Mapping[str, bool]) -> dict[str, int]:
    """The parts of each process by name; ``hungry`` says of each whether it wants more than others."""
    weights = {name: HUNGRY if wants else 1 for name, wants in sorted(hungry.items())}
    whole = sum(weights.values())
    parts = {name: max(1, PARTS * weight // whole) for name, weight in weights.items()}
    for name in sorted(parts, key=lambda name: (not hungry[name], name)):
        parts[name] += max(0, min(1, PARTS - sum(parts.values())))
    return parts
