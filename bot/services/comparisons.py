"""Hearings held beside one another: two of one municipality, and the last one of every municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import Forbidden, NotFound
from bot.domain.figures import ENDED, HearingFigures, MunicipalityFigures
from bot.domain.permissions import Permission, ensure
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Repositories, Store
    from bot.services.places import PlaceDirectory

ENDED_LOOKED_AT: Final = 20
"""Hearings of a municipality that are over, of those that sat last: one of them closed last."""


@dataclass(frozen=True, slots=True)
class HearingsCompared:
    """Two hearings of a municipality, the earlier one first, where there are two; ``others`` may be chosen instead."""

    municipality: Place
    figures: tuple[HearingFigures, ...]
    others: tuple[Hearing, ...]


class Comparisons:
    """Figures of closed hearings. Every method raises Forbidden for whoever may not read them."""

    def __init__(self, store: Store, directory: PlaceDirectory) -> None:
        self._store = store
        self._directory = directory

    async def compare(self, actor: Actor, municipality_id: int, *, other_id: int = 0) -> HearingsCompared:
        """The municipality's last closed hearing beside another one: ``other_id``, or the one before.

        Raises NotFound where ``other_id`` is no closed hearing of the municipality.
        """
        ensure(actor, Permission.READ_DESK, municipality_id)
        municipality = (await self._directory.tree()).get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.reading() as repositories:
            ended = await _last_ended(repositories, municipality_id)
            chosen = await _chosen(repositories, ended, other_id)
            counts = await repositories.figures.of_hearings({each.id for each in chosen})
        figures = tuple(HearingFigures(each, counts[each.id]) for each in reversed(chosen))
        return HearingsCompared(municipality, figures, tuple(each for each in ended if each not in chosen))

    async def municipalities(self, actor: Actor, *, since: datetime | None = None) -> tuple[MunicipalityFigures, ...]:
        """The last closed hearing of every municipality that has one (closed from ``since`` on): for administrators."""
        if not actor.administrator:
            raise Forbidden("municipalities")
        found = []
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            for place in places.municipalities:
                last = next(iter(await _last_ended(repositories, place.id)), None)
                if last is not None and (since is None or last.closes_at >= since):
                    found.append((place, last))
            counts = await repositories.figures.of_hearings({last.id for _, last in found})
        return tuple(MunicipalityFigures(place, HearingFigures(last, counts[last.id])) for place, last in found)


def _closed(hearing: Hearing) -> tuple[datetime, int]:
    return hearing.closes_at, hearing.id


async def _last_ended(repositories: Repositories, municipality_id: int) -> list[Hearing]:
    """The hearings that are over, the one that closed last first, among those that sat last."""
    found = await repositories.hearings.list_some(municipality_id, ENDED, most=ENDED_LOOKED_AT, latest=True)
    return sorted(found, key=_closed, reverse=True)


async def _chosen(repositories: Repositories, ended: list[Hearing], other_id: int) -> tuple[Hearing, ...]:
    """The last hearing, and another one of the municipality that is over, the later first."""
    if not other_id:
        return tuple(ended[:2])
    other = (await repositories.hearings.get_many({other_id})).get(other_id)
    last = next(iter(ended), None)
    if last is None or other is None or other.id == last.id or other.phase not in ENDED:
        raise NotFound("hearing", other_id)
    if other.municipality_id != last.municipality_id:
        raise NotFound("hearing", other_id)
    return last, other
