"""Files that staff send in the chat: kept with their sender's choice until something becomes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import FileGone, HearingOver
from bot.domain.hearings import CURRENT_PHASES, Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.permissions import Permission, ensure, municipalities_where
from bot.domain.received_files import FILE_KEPT, LONGEST_FILE_NAME, MOST_FILES_KEPT, ReceivedFile
from bot.domain.values import dataclass
from bot.services.hearings import add_draft

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.digests import Digests
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from bot.domain.places import Place
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

FILE_PERMISSIONS: Final = (Permission.PREPARE, Permission.DECIDE, Permission.ENTER)
"""Whoever has one of them somewhere may send files; what becomes of a file asks for its own."""
MOST_HEARINGS_OFFERED: Final = 8


@dataclass(frozen=True, slots=True)
class FileTargets:
    """What a file may be for: a new hearing of a municipality, or a correction of one of its hearings."""

    municipalities: tuple[Place, ...]
    hearings: tuple[Hearing, ...]


@dataclass(frozen=True, slots=True)
class FilePurpose:
    """What a file is for, with all that is needed to read it. ``hearing`` is the one that it corrects."""

    file: ReceivedFile
    municipality: Place
    zone: ZoneInfo
    population: int
    hearing: Hearing | None


class ReceivedFiles:
    """What becomes of the files of staff."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._digests = digests

    async def takes(self, actor: Actor) -> bool:
        """True where the actor has a role in which files are sent."""
        return bool(await self._directory.where(actor, *FILE_PERMISSIONS))

    async def expect(self, actor: Actor, municipality_id: int, hearing_id: int = 0) -> None:
        """Await a file from the actor: the next one is a new hearing of the municipality, or corrects the hearing.

        Raises HearingOver where the hearing has closed.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await _ensure_target(repositories, actor, municipality_id, hearing_id, now)
            owner = await _owner(repositories, actor, now)
            await self._forget_awaited(repositories, owner, now)
            awaited = ReceivedFile(0, owner, now + FILE_KEPT, municipality_id=municipality_id, hearing_id=hearing_id)
            await repositories.received_files.add(awaited)

    async def receive(self, actor: Actor, *, source: str, file_id: str, name: str) -> ReceivedFile:
        """Keep a file that came in the message ``source``, once, for what it was awaited for."""
        now, digest = self._clock.now(), self._digests.of_message(source)
        async with self._store.writing() as repositories:
            owner = await _owner(repositories, actor, now)
            if (known := await repositories.received_files.find_source(owner, digest)) is not None:
                return known
            awaited = await self._forget_awaited(repositories, owner, now)
            file = ReceivedFile(
                *(0, owner, now + FILE_KEPT, file_id, name[:LONGEST_FILE_NAME]),
                municipality_id=awaited.municipality_id if awaited else 0,
                hearing_id=awaited.hearing_id if awaited else 0,
            )
            kept = await repositories.received_files.list_of(owner, now)
            for oldest in kept[MOST_FILES_KEPT - 1 :]:
                await repositories.received_files.drop(oldest.id)
            return await repositories.received_files.add(file, source=digest)

    async def get(self, actor: Actor, file_id: int) -> ReceivedFile:
        """The actor's file. Raises FileGone."""
        async with self._store.reading() as repositories:
            return await self._get(repositories, actor, file_id)

    async def targets(self, actor: Actor) -> FileTargets:
        """What a workbook of the actor's may be for: the hearings that can still be changed, the newest first."""
        places = municipalities_where(actor, Permission.PREPARE, await self._directory.tree())
        found: list[Hearing] = []
        async with self._store.reading() as repositories:
            for place in places[:MOST_HEARINGS_OFFERED]:
                phases = (Phase.DRAFT, *CURRENT_PHASES)
                found += await repositories.hearings.list_newest(place.id, phases, most=MOST_HEARINGS_OFFERED)
        newest = sorted(found, key=lambda hearing: -hearing.id)
        return FileTargets(places, tuple(newest[:MOST_HEARINGS_OFFERED]))

    async def choose(self, actor: Actor, file_id: int, *, municipality_id: int = 0, hearing_id: int = 0) -> None:
        """Note what a file is for. Raises FileGone, NotFound, Forbidden, HearingOver."""
        async with self._store.writing() as repositories:
            file = await self._get(repositories, actor, file_id)
            place = await _ensure_target(repositories, actor, municipality_id, hearing_id, self._clock.now())
            await repositories.received_files.save(replace(file, municipality_id=place, hearing_id=hearing_id))

    async def purpose(self, actor: Actor, file_id: int) -> FilePurpose:
        """What a file is for. Raises FileGone where nobody has said, or as ``choose``."""
        async with self._store.reading() as repositories:
            file = await self._get(repositories, actor, file_id)
            if not file.municipality_id:
                raise FileGone
            await _ensure_target(repositories, actor, file.municipality_id, file.hearing_id, self._clock.now())
            hearing = await repositories.hearings.get(file.hearing_id) if file.hearing_id else None
        places = await self._directory.tree()
        place = places.get(file.municipality_id)
        return FilePurpose(file, place, places.zone(place.id), places.population(place.id), hearing)

    async def note_faults(self, actor: Actor, file_id: int, faults: tuple[str, ...]) -> ReceivedFile:
        """Keep what is wrong with a file, to be read page by page."""
        async with self._store.writing() as repositories:
            file = replace(await self._get(repositories, actor, file_id), said="\n".join(faults))
            await repositories.received_files.save(file)
            return file

    async def load(self, actor: Actor, file_id: int, dossier: Dossier) -> Hearing:
        """Store a new hearing as a draft, once for the file."""
        now = self._clock.now()
        municipalities = await self._directory.tree()
        async with self._store.writing() as repositories:
            file = await self._get(repositories, actor, file_id)
            if file.loaded_id:
                return await repositories.hearings.get(file.loaded_id)
            ensure(actor, Permission.PREPARE, file.municipality_id)
            municipality = municipalities.get(file.municipality_id)
            hearing = await add_draft(repositories, municipality, dossier, at=now, by=actor.resident_id)
            await repositories.received_files.save(replace(file, loaded_id=hearing.id))
            return hearing

    async def drop_draft(self, actor: Actor, hearing_id: int) -> int:
        """Delete a draft; returns its municipality. Raises HearingOver for what is public."""
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.PREPARE, hearing.municipality_id)
            if hearing.phase is not Phase.DRAFT:
                raise HearingOver
            title = next(iter(hearing.dossier.title.by_language.values()), "")
            data: dict[str, str | int] = {"code": hearing.code, "version": hearing.version, "before": title}
            entry = about_hearing(hearing_id, Act.DRAFT_DELETED, at=self._clock.now(), by=actor.resident_id, data=data)
            await repositories.journal.add(entry)  # first: it belongs to the hearing's municipality
            await repositories.hearings.drop_draft(hearing_id)
            return hearing.municipality_id

    async def _get(self, repositories: Repositories, actor: Actor, file_id: int) -> ReceivedFile:
        if actor.resident is None:
            raise FileGone
        kept = await repositories.received_files.list_of(actor.resident.id, self._clock.now())
        found = next((file for file in kept if file.id == file_id and file.file_id), None)
        if found is None:
            raise FileGone
        return found

    @staticmethod
    async def _forget_awaited(repositories: Repositories, owner: int, now: datetime) -> ReceivedFile | None:
        """Remove what a file is awaited for, and return it."""
        kept = await repositories.received_files.list_of(owner, now)
        awaited = [file for file in kept if not file.file_id]
        for each in awaited:
            await repositories.received_files.drop(each.id)
        return awaited[0] if awaited else None


async def _ensure_target(
    repositories: Repositories, actor: Actor, municipality_id: int, hearing_id: int, now: datetime
) -> int:
    """Raise Forbidden unless the actor prepares hearings there, HearingOver after closing; returns the municipality."""
    if not hearing_id:
        ensure(actor, Permission.PREPARE, municipality_id)
        return municipality_id
    hearing = await repositories.hearings.get(hearing_id)
    ensure(actor, Permission.PREPARE, hearing.municipality_id)
    if due_phase(hearing, now) not in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN):
        raise HearingOver
    return hearing.municipality_id


async def _owner(repositories: Repositories, actor: Actor, now: datetime) -> int:
    """The id of the resident who sends files; an administrator gets a row for it."""
    if actor.resident is None:
        return (await repositories.people.add(actor.telegram_id, language=actor.language, at=now)).id
    return actor.resident.id
