"""What the council made of a hearing: typed by the secretary, shown back, stored, and told to everybody once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NothingExpected
from bot.domain.journal import Act, about_hearing
from bot.domain.message_text import checked
from bot.domain.notices import NoticeKind, Planned
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.resolutions import ResolutionDraft, ResolutionField, ensure_answered, ensure_council_day
from bot.domain.values import dataclass
from bot.services.outbox.enqueue import enqueue
from bot.spreadsheets.typed_days import typed_day

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalData
    from bot.domain.people import Actor
    from bot.domain.resolutions import Resolution
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

TYPED_WITHIN: Final = timedelta(minutes=30)
"""How long typed words are taken for a part of the resolution."""


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """What is stored of the council's resolution on a hearing, and what is being typed."""

    hearing: Hearing
    stored: Resolution | None
    draft: ResolutionDraft | None = None


class Resolutions:
    """The council's resolutions. Every method raises Forbidden for all but secretaries, and HearingNotAnswered."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def find(self, actor: Actor, hearing_id: int) -> ResolutionView:
        """What is stored."""
        async with self._store.reading() as repositories:
            return await _view(repositories, actor, hearing_id)

    async def begin(self, actor: Actor, hearing_id: int, field: ResolutionField) -> ResolutionView:
        """Take the actor's next text for this part; what was typed before, or is stored, stays beside it."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            view = await _view(repositories, actor, hearing_id)
            pending = await self._pending(repositories, actor)
            if pending is not None and pending.hearing_id == hearing_id:
                draft = ResolutionDraft.of(pending)
            else:
                draft = ResolutionDraft.correcting(view.stored) if view.stored else ResolutionDraft(hearing_id)
            draft = replace(draft, waits_for=field)
            await self._keep(repositories, resident.id, draft)
        return replace(view, draft=draft)

    async def receive(self, actor: Actor, text: str) -> ResolutionView:
        """Take the typed words. Raises TextEmpty, TextTooLong, NoDay, DayOutside, and NothingExpected."""
        resident, words = ensure_known(actor), checked(text)
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            pending = await self._pending(repositories, actor)
            if pending is None:
                raise NothingExpected
            view = await _view(repositories, actor, pending.hearing_id)
            draft = ResolutionDraft.of(pending)
            if draft.waits_for is ResolutionField.DAY:
                met_on, zone = typed_day(words), places.zone(view.hearing.municipality_id)
                ensure_council_day(met_on, view.hearing, now=self._clock.now(), zone=zone)
                draft = replace(draft, day=met_on)
            else:
                draft = draft.with_words(words)
            draft = replace(draft, waits_for=draft.missing or draft.waits_for)
            await self._keep(repositories, resident.id, draft)
        return replace(view, draft=draft)

    async def save(self, actor: Actor, hearing_id: int, *, mark: str) -> ResolutionView:
        """Store what was typed and shown (its ``mark``), and tell everybody who took part, if it is the first time.

        A correction is told to nobody again. Raises NothingExpected where nothing whole, or something else, was typed.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            view = await _view(repositories, actor, hearing_id)
            pending = await self._pending(repositories, actor)
            draft = ResolutionDraft.of(pending) if pending else ResolutionDraft(hearing_id)
            resolution = draft.resolution(now)
            if resolution is None or draft.hearing_id != hearing_id or draft.mark != mark:
                raise NothingExpected
            await repositories.resolutions.put(resolution)
            await enqueue(repositories, Planned(hearing_id, NoticeKind.COUNCIL, 0, now), view.hearing, at=now)
            data: JournalData = {"before": _said(view.stored), "after": _said(resolution)}
            await repositories.journal.add(
                about_hearing(hearing_id, Act.RESOLUTION_STORED, at=now, by=actor.resident_id, data=data)
            )
            if actor.resident is not None:
                await repositories.pending_inputs.drop(actor.resident.id)
        return ResolutionView(view.hearing, resolution)

    async def _pending(self, repositories: Repositories, actor: Actor) -> PendingInput | None:
        if actor.resident is None:
            return None
        pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        return pending if pending is not None and pending.kind is PendingInputKind.RESOLUTION else None

    async def _keep(self, repositories: Repositories, resident_id: int, draft: ResolutionDraft) -> None:
        until = self._clock.now() + TYPED_WITHIN
        await repositories.pending_inputs.put(
            PendingInput(resident_id, PendingInputKind.RESOLUTION, until, draft.hearing_id, text=draft.stored)
        )


async def _view(repositories: Repositories, actor: Actor, hearing_id: int) -> ResolutionView:
    hearing = await repositories.hearings.get(hearing_id)
    ensure(actor, Permission.RECORD_COUNCIL, hearing.municipality_id)
    ensure_answered(hearing)
    return ResolutionView(hearing, await repositories.resolutions.find(hearing_id))


def _said(resolution: Resolution | None) -> str:
    return f"№ {resolution.number}, {resolution.day:%d.%m.%Y}: {resolution.adopted}" if resolution else ""
