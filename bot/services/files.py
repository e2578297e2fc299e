"""Files for staff: asked for at the desk, owed from then on, authorised once more when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingCancelled, HearingClosed, NotFound
from bot.domain.exhaustive import exhaustive
from bot.domain.files import FileKind, ensure_record_in, ensure_room_for_file
from bot.domain.hearings import Phase, due_phase
from bot.domain.journal import Act, about_hearing
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.people import Actor
from bot.domain.permissions import Permission, ensure
from bot.domain.values import dataclass
from bot.services.arrivals import NO_VILLAGE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.digests import Digests
    from bot.domain.files import FileRequest
    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.places import Place, PlaceTree
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

PERMISSIONS_FOR_FILES: Final[Mapping[FileKind, Permission]] = exhaustive(
    FileKind,
    {
        FileKind.RECORD: Permission.DOWNLOAD,
        FileKind.PICTURE: Permission.DOWNLOAD,
        FileKind.DECISIONS: Permission.DECIDE,
        FileKind.ENTRIES: Permission.ENTER,
        FileKind.FORM: Permission.ENTER,
        FileKind.POSTER: Permission.READ_DESK,
        FileKind.POSTERS: Permission.READ_DESK,
    },
)


@dataclass(frozen=True, slots=True)
class FileSubject:
    """What a file is about; ``village`` is None where it is for the whole municipality."""

    hearing: Hearing
    municipality: Place
    village: Place | None
    villages: tuple[Place, ...]
    """All of the municipality."""
    zone: ZoneInfo


class Files:
    """Asking for files, and the right to get them. ``administrators`` are Telegram ids."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        directory: PlaceDirectory,
        digests: Digests,
        *,
        administrators: Collection[int] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory
        self._digests = digests
        self._administrators = frozenset(administrators)

    async def ask(self, actor: Actor, request: FileRequest, *, source: str) -> None:
        """Owe the actor a file, once for the press ``source``, and note in the journal that it was asked for.

        Raises Forbidden, NotFound, TooManyFiles; for a poster or form HearingClosed and HearingCancelled where people
        are no longer invited; for a record as ``ensure_record_in``; for an entry sheet as ``Hearing.ensure_enterable``.
        """
        places = await self._directory.tree()
        now = self._clock.now()
        key = update_key(self._digests.of_message(source))
        async with self._store.writing() as repositories:
            subject = await _subject(repositories, places, actor, request, now)
            if await repositories.owed_replies.answered(key):
                return
            act, data = _noted(request)
            entry = about_hearing(subject.hearing.id, act, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
            if (recipient := await _recipient(repositories, actor, now)) is not None:
                ensure_room_for_file(await repositories.owed_replies.files_waiting(), recipient)
                reply = OwedReply(recipient, ReplyKind.FILE, key, request.facts)
                await repositories.owed_replies.add(reply, at=now)

    async def authorise(
        self, repositories: Repositories, places: PlaceTree, person: Resident, request: FileRequest
    ) -> FileSubject:
        """What a file is about that a person is owed, if they may have it now. Raises as ``ask``."""
        assert person.telegram_id is not None, "a person who asked to be forgotten is owed nothing"
        grants = await repositories.people.list_grants(person.id)
        known = person.telegram_id in self._administrators
        actor = Actor(person.telegram_id, person.language, person, grants, administrator=known)
        return await _subject(repositories, places, actor, request, self._clock.now())


async def _subject(
    repositories: Repositories, places: PlaceTree, actor: Actor, request: FileRequest, now: datetime
) -> FileSubject:
    hearing = await repositories.hearings.get(request.hearing_id)
    ensure(actor, PERMISSIONS_FOR_FILES[request.kind], hearing.municipality_id)
    village = places.find_village(request.village_id, hearing.municipality_id)
    if village is None and request.village_id != NO_VILLAGE:
        raise NotFound("village", request.village_id)
    if request.kind is FileKind.RECORD:
        ensure_record_in(request.form, hearing, now, sitting=request.sitting)
    villages = places.villages(hearing.municipality_id)
    if request.kind is FileKind.POSTERS and not villages:
        raise NotFound("village")
    if request.kind in (FileKind.POSTER, FileKind.POSTERS, FileKind.FORM):
        _ensure_inviting(hearing, now)
    if request.kind is FileKind.ENTRIES:
        hearing.ensure_enterable(now)
    municipality = places.get(hearing.municipality_id)
    return FileSubject(hearing, municipality, village, villages, places.zone(municipality.id))


def _noted(request: FileRequest) -> tuple[Act, Mapping[str, str | int]]:
    """How the journal tells of it."""
    match request.kind:
        case FileKind.RECORD | FileKind.PICTURE:
            of_sitting = {"sitting": request.sitting} if request.sitting else {}
            return Act.DOWNLOADED, {"form": request.form, **of_sitting}
        case FileKind.DECISIONS:
            return Act.TABLE_TAKEN, {}
        case FileKind.ENTRIES:
            return Act.SHEET_TAKEN, {}
        case FileKind.FORM:
            return Act.FORM_PRINTED, {"printed": request.form}
        case FileKind.POSTER:
            return Act.POSTER_MADE, {"village": request.village_id}
        case FileKind.POSTERS:
            return Act.POSTERS_MADE, {}


async def _recipient(repositories: Repositories, actor: Actor, now: datetime) -> int | None:
    """The id of the resident who gets it; an administrator gets a row for it, the command line has none."""
    if actor.resident is None and actor.telegram_id:
        return (await repositories.people.add(actor.telegram_id, language=actor.language, at=now)).id
    return actor.resident_id


def _ensure_inviting(hearing: Hearing, now: datetime) -> None:
    match due_phase(hearing, now):
        case Phase.CANCELLED:
            raise HearingCancelled
        case Phase.CLOSED | Phase.ANSWERED:
            raise HearingClosed(hearing.closes_at)
