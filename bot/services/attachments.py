"""The documents of hearings: staff attach and remove them, everybody who sees the hearing may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.attachments import ATTACHING_LASTS, Attachment, ending_of, ensure_attachable, title_of
from bot.domain.errors import Forbidden
from bot.domain.journal import Act, about_hearing
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known, ensure_visible, may
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.domain.attachments import AttachedFile
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalData
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """The documents of a hearing; ``may_change`` says whether the reader attaches and removes them."""

    hearing: Hearing
    listed: tuple[Attachment, ...]
    may_change: bool = False


class Attachments:
    """What staff and residents do with the documents of a hearing."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def list_of(self, actor: Actor, hearing_id: int) -> AttachmentList:
        """The documents of a hearing; raises NotFound for a draft, unless its staff ask."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure_visible(actor, hearing)
            listed = await repositories.attachments.list_of(hearing_id)
        return AttachmentList(hearing, listed, may(actor, Permission.PREPARE, hearing.municipality_id))

    async def get(self, actor: Actor, attachment_id: int) -> Attachment:
        """One document; raises NotFound where there is none, or of a draft unless its staff ask."""
        async with self._store.reading() as repositories:
            attachment = await repositories.attachments.get(attachment_id)
            ensure_visible(actor, await repositories.hearings.get(attachment.hearing_id))
        return attachment

    async def manage(self, actor: Actor, hearing_id: int) -> AttachmentList:
        """The documents as whoever may change them sees them; no file is awaited any more."""
        async with self._store.writing() as repositories:
            hearing = await _changeable(repositories, actor, hearing_id)
            pending = await repositories.pending_inputs.find(actor.resident_id or 0, self._clock.now())
            if pending is not None and pending.kind is PendingInputKind.ATTACHMENT:
                await repositories.pending_inputs.drop(pending.resident_id)
            listed = await repositories.attachments.list_of(hearing_id)
        return AttachmentList(hearing, listed, may_change=True)

    async def begin(self, actor: Actor, hearing_id: int) -> Hearing:
        """Take the files that the actor sends from now on for documents of the hearing."""
        async with self._store.writing() as repositories:
            hearing = await _changeable(repositories, actor, hearing_id)
            await self._await_files(repositories, actor, hearing_id)
        return hearing

    async def awaited(self, actor: Actor) -> int:
        """The hearing whose documents the actor is sending; 0 where none is."""
        if actor.resident is None:
            return 0
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        return pending.hearing_id if pending is not None and pending.kind is PendingInputKind.ATTACHMENT else 0

    async def add(self, actor: Actor, hearing_id: int, file: AttachedFile, *, otherwise: str) -> Attachment:
        """Attach a file, once; ``otherwise`` is the title of one that has neither a name nor words under it.

        Raises AttachmentRefused for a file of another sort, AttachmentsFull.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await _changeable(repositories, actor, hearing_id)
            listed = await repositories.attachments.list_of(hearing_id)
            await self._await_files(repositories, actor, hearing_id)
            if known := next((each for each in listed if each.unique_id == file.unique_id), None):
                return known
            ensure_attachable(file, listed)
            title = title_of(file) or otherwise
            name = f"{title}.{ending_of(file.name)}" if not file.photo else ""
            new = Attachment(0, hearing_id, title, name, file.file_id, file.unique_id, file.photo, file.size, now)
            added = await repositories.attachments.add(new)
            data: JournalData = {"document": added.id, "after": added.title}
            entry = about_hearing(hearing_id, Act.ATTACHED, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
        return added

    async def removable(self, actor: Actor, attachment_id: int) -> Attachment:
        """A document that the actor may remove."""
        async with self._store.reading() as repositories:
            attachment = await repositories.attachments.get(attachment_id)
            await _changeable(repositories, actor, attachment.hearing_id)
        return attachment

    async def remove(self, actor: Actor, attachment_id: int) -> AttachmentList:
        """Remove a document; returns those that are left."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            attachment = await repositories.attachments.get(attachment_id)
            hearing = await _changeable(repositories, actor, attachment.hearing_id)
            await repositories.attachments.remove(attachment_id)
            data: JournalData = {"document": attachment.id, "before": attachment.title}
            entry = about_hearing(hearing.id, Act.DETACHED, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
            listed = await repositories.attachments.list_of(hearing.id)
        return AttachmentList(hearing, listed, may_change=True)

    async def _await_files(self, repositories: Repositories, actor: Actor, hearing_id: int) -> None:
        person, until = ensure_known(actor), self._clock.now() + ATTACHING_LASTS
        await repositories.pending_inputs.put(PendingInput(person.id, PendingInputKind.ATTACHMENT, until, hearing_id))


async def _changeable(repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
    """The hearing, if the actor prepares hearings there; who may not is refused alike whether it is a draft or not."""
    hearing = await repositories.hearings.get(hearing_id)
    if not may(actor, Permission.READ_DESK, hearing.municipality_id):
        hearing.ensure_public()
    if actor.resident is None:
        raise Forbidden(Permission.PREPARE.name)
    ensure(actor, Permission.PREPARE, hearing.municipality_id)
    return hearing
