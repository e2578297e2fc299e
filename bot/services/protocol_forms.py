"""The forms of municipalities from which their protocols are made: stored and removed by whoever prepares hearings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.journal import Act, about_municipality
from bot.domain.permissions import Permission, ensure, municipalities_where
from bot.domain.protocol_forms import ProtocolForm
from bot.domain.received_files import LONGEST_FILE_NAME
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Clock, Store
    from bot.services.places import PlaceDirectory


@dataclass(frozen=True, slots=True)
class FormOverview:
    """A municipality, and its own form; None where protocols are made from ours."""

    municipality: Place
    zone: ZoneInfo
    form: ProtocolForm | None


class ProtocolForms:
    """What staff do with the form of their municipality."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def municipalities(self, actor: Actor) -> tuple[Place, ...]:
        """Where the actor may store a form."""
        return municipalities_where(actor, Permission.PREPARE, await self._directory.tree())

    async def get(self, actor: Actor, municipality_id: int) -> FormOverview:
        """The form of a municipality. Raises Forbidden, NotFound."""
        ensure(actor, Permission.PREPARE, municipality_id)
        places = await self._directory.tree()
        municipality = places.get(municipality_id)
        async with self._store.reading() as repositories:
            form = await repositories.protocol_forms.find(municipality_id)
        return FormOverview(municipality, places.zone(municipality_id), form)

    async def put(self, actor: Actor, municipality_id: int, name: str, content: bytes) -> FormOverview:
        """Store a form that was looked over, in the place of what was there. Raises Forbidden, NotFound."""
        ensure(actor, Permission.PREPARE, municipality_id)
        (await self._directory.tree()).get(municipality_id)
        now = self._clock.now()
        form = ProtocolForm(municipality_id, name[:LONGEST_FILE_NAME], content, now)
        async with self._store.writing() as repositories:
            before = await repositories.protocol_forms.find(municipality_id)
            if before is None or before.content != content:
                await repositories.protocol_forms.put(form)
                entry = about_municipality(
                    municipality_id, Act.FORM_STORED, at=now, by=actor.resident_id, data={"after": form.name}
                )
                await repositories.journal.add(entry)
        return await self.get(actor, municipality_id)

    async def remove(self, actor: Actor, municipality_id: int) -> FormOverview:
        """Make protocols from our form again. Raises Forbidden, NotFound."""
        ensure(actor, Permission.PREPARE, municipality_id)
        async with self._store.writing() as repositories:
            if (before := await repositories.protocol_forms.find(municipality_id)) is not None:
                await repositories.protocol_forms.remove(municipality_id)
                entry = about_municipality(
                    municipality_id,
                    Act.FORM_REMOVED,
                    at=self._clock.now(),
                    by=actor.resident_id,
                    data={"before": before.name},
                )
                await repositories.journal.add(entry)
        return await self.get(actor, municipality_id)
