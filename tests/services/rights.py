"""Who may do what: an act tried by everybody who could press its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.cli import COMMAND_LINE
from bot.domain.errors import ConsentNeeded, Forbidden
from bot.domain.people import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.municipality import Municipality

SECRETARIES: Final = frozenset({"secretary", "administrator"})
MODERATORS: Final = SECRETARIES | {"moderator"}
STAFF: Final = MODERATORS | {"member"}


async def everybody(municipality: Municipality) -> dict[str, Actor]:
    """One actor of each sort, with a neighbour who has the most rights elsewhere."""
    return {
        "visitor": Actor(900, "ky"),
        "resident": await municipality.resident(901),
        "neighbour": await municipality.staff(902, place="kok-art"),
        "member": await municipality.staff(903, Role.MEMBER),
        "moderator": await municipality.staff(904, Role.MODERATOR),
        "secretary": await municipality.staff(905),
        "administrator": COMMAND_LINE,
    }


async def allowed(municipality: Municipality, act: Callable[[Actor], Awaitable[object]]) -> set[str]:
    """The sorts of people to whom ``act`` is neither Forbidden nor refused for want of consent."""
    may = set()
    for sort, actor in (await everybody(municipality)).items():
        try:
            await act(actor)
        except (Forbidden, ConsentNeeded):
            continue
        may.add(sort)
    return may
