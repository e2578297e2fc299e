"""The sittings of a hearing, changed on the desk: one more, another moment or village, one less."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound, TextTooLong
from bot.domain.hearings import Phase
from bot.domain.languages import Text
from bot.domain.message_text import checked
from bot.domain.pending_input import NEW_PLACE, TYPING_LASTS, PendingInput, PendingInputKind, is_new_place
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.revisions import ensure_ahead
from bot.domain.sitting_edits import added, for_village, moved, removed
from bot.domain.sittings import Sitting
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Store
    from bot.services.announcements import Announcements
    from bot.services.places import PlaceDirectory

LONGEST_PLACE: Final = 300


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where a new sitting is, typed in one language: of which village (0: everybody), when it ``begins``, the words.

    ``begins`` is the ordinal of the day times 1,440, and the minute, on the clock of the municipality.
    """

    hearing_id: int
    village_id: int
    begins: int
    language: str
    words: str = ""

    def to_line(self) -> str:
        """The form in which it is waited for: what it is in the first line, the words below."""
        return f"{NEW_PLACE} {self.village_id} {self.begins} {self.language}\n{self.words}"

    @classmethod
    def from_pending(cls, pending: PendingInput | None) -> NewPlace | None:
        """What is waited for, if it is that."""
        if pending is None or not is_new_place(pending):
            return None
        head, _, words = pending.text.partition("\n")
        _, village, begins, language = head.split(" ")
        return cls(pending.hearing_id, int(village), int(begins), language, words)

    @property
    def text(self) -> Text:
        """The place, in the language in which it was typed."""
        return Text({self.language: self.words})


class Sittings:
    """What a secretary does to the sittings of a hearing, each act as a new version.

    Where it is public, people are told. Every method raises Forbidden for everybody else, HearingOver afterwards.
    """

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, announcements: Announcements) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._announcements = announcements

    async def add(self, actor: Actor, hearing_id: int, *, village_id: int, starts_at: datetime, place: Text) -> Hearing:
        """One sitting more, for the people of a village or (0) for everybody; the same one again changes nothing.

        Raises MomentPassed, NotFound for a village of another municipality or a moment too far ahead, TooManySittings.
        """
        hearing = await self._hearing(actor, hearing_id)
        await self._ensure_village(hearing, village_id)
        ensure_ahead(starts_at, self._clock.now())
        sitting = Sitting(starts_at, place=place, village=village_id)
        return await self._change(actor, hearing, lambda dossier: added(dossier, sitting), {"sitting": "added"})

    async def begin_place(self, actor: Actor, place: NewPlace) -> None:
        """Wait for the place of a new sitting in the actor's own words."""
        resident = ensure_known(actor)
        await self._hearing(actor, place.hearing_id)
        until = self._clock.now() + TYPING_LASTS
        pending = PendingInput(resident.id, PendingInputKind.TEXT, until, place.hearing_id, text=place.to_line())
        async with self._store.writing() as repositories:
            await repositories.pending_inputs.put(pending)

    async def keep_place(self, actor: Actor, words: str) -> NewPlace | None:
        """Keep the typed place until the sitting is added; None where something else is waited for.

        Raises TextTooLong and TextRefused.
        """
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            pending = await repositories.pending_inputs.find(resident.id, self._clock.now())
            place = NewPlace.from_pending(pending)
            if pending is None or place is None:
                return None
            place = replace(place, words=" ".join(checked(words).split()))
            if len(place.words) > LONGEST_PLACE:
                raise TextTooLong(LONGEST_PLACE, len(place.words))
            await repositories.pending_inputs.put(replace(pending, text=place.to_line()))
            return place

    async def typed_place(self, actor: Actor, hearing_id: int) -> NewPlace:
        """The place that was typed for a new sitting of the hearing. Raises NotFound."""
        resident = ensure_known(actor)
        await self._hearing(actor, hearing_id)
        async with self._store.reading() as repositories:
            place = NewPlace.from_pending(await repositories.pending_inputs.find(resident.id, self._clock.now()))
        if place is None or place.hearing_id != hearing_id or not place.words:
            raise NotFound("typed place")
        return place

    async def move(self, actor: Actor, hearing_id: int, no: int, starts_at: datetime) -> Hearing:
        """Another moment for one sitting of a draft; what is public is postponed, with a reason. Raises NotFound."""
        hearing, now = await self._hearing(actor, hearing_id), self._clock.now()
        if hearing.phase is not Phase.DRAFT:
            raise NotFound("draft", hearing_id)
        ensure_ahead(starts_at, now)
        return await self._change(
            actor, hearing, lambda dossier: moved(dossier, no, starts_at, now), {"sitting": "moved", "no": no}
        )

    async def set_village(self, actor: Actor, hearing_id: int, no: int, village_id: int) -> Hearing:
        """For the people of which village a sitting is; 0 is everybody."""
        hearing = await self._hearing(actor, hearing_id)
        await self._ensure_village(hearing, village_id)
        facts: dict[str, str | int] = {"sitting": "village", "no": no, "village": village_id}
        return await self._change(actor, hearing, lambda dossier: for_village(dossier, no, village_id), facts)

    async def remove(self, actor: Actor, hearing_id: int, no: int) -> Hearing:
        """One sitting less. Raises OnlySitting, SittingBegun."""
        hearing, now = await self._hearing(actor, hearing_id), self._clock.now()
        facts: dict[str, str | int] = {"sitting": "removed", "no": no}
        return await self._change(actor, hearing, lambda dossier: removed(dossier, no, now), facts)

    async def _change(
        self, actor: Actor, hearing: Hearing, edit: Callable[[Dossier], Dossier], facts: dict[str, str | int]
    ) -> Hearing:
        """The change, with what the sittings were and are in the journal, on the clock of the municipality."""
        zone = (await self._directory.tree()).zone(hearing.municipality_id)

        def times(dossier: Dossier) -> str:
            local = ((each.no, each.starts_at.astimezone(zone)) for each in dossier.sittings)
            return ", ".join(f"{no}: {at:%d.%m.%Y %H:%M}" for no, at in local)

        after = edit(hearing.dossier)
        said = {"before": times(hearing.dossier), "after": times(after)}
        return await self._announcements.change(actor, hearing.id, edit, facts=facts | said)

    async def _hearing(self, actor: Actor, hearing_id: int) -> Hearing:
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.PREPARE, hearing.municipality_id)
        return hearing

    async def _ensure_village(self, hearing: Hearing, village_id: int) -> None:
        places = await self._directory.tree()
        if village_id and places.find_village(village_id, hearing.municipality_id) is None:
            raise NotFound("village", village_id)
