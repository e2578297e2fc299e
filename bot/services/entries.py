"""What staff enter for somebody who spoke in the hall, handed in a paper or called: comments, from typing to storing.

What is being entered is a draft, one for each member of staff, kept with the pending input: two may enter at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.domain.entries import HandEntry, words_digest
from bot.domain.entry_drafts import EntryField
from bot.domain.errors import NotFound, NothingEntered
from bot.domain.journal import Act, about_comment
from bot.domain.permissions import ensure_known
from bot.domain.values import dataclass
from bot.services.entry_drafts import drafted, drop_draft, enterable, find_draft, keep_draft, of_staff, with_message
from bot.services.entry_writer import EntryWriter, ensure_known_to

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment
    from bot.domain.entry_drafts import EntryDraft
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.incoming_message import IncomingMessage
    from bot.services.places import PlaceDirectory

ENTRIES_ON_A_PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class EntryView:
    """A comment that staff entered, as they see it; ``name`` is for the minutes alone."""

    comment: Comment
    entry: HandEntry
    hearing: Hearing
    zone: ZoneInfo
    name: str = ""
    may_change: bool = True
    """True while entries are taken and the commission has not decided."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, the newest first: those from ``offset`` on."""

    hearing: Hearing
    offset: int
    total: int
    items: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """What the actor is entering, with the hearing it is for; ``number`` is the receipt of an entry that is changed."""

    hearing: Hearing
    zone: ZoneInfo
    today: date
    draft: EntryDraft
    number: int = 0
    same: int = 0
    """The number of another entry that says the same; 0 where there is none."""


class Entries:
    """Comments entered for somebody. Every method raises Forbidden for everybody but the commission."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def offer(self, actor: Actor, hearing_id: int) -> Hearing:
        """The hearing for which the actor may enter now; raises as ``Hearing.ensure_enterable``."""
        async with self._store.reading() as repositories:
            return await enterable(repositories, actor, hearing_id, self._clock.now())

    async def begin(self, actor: Actor, draft: EntryDraft) -> DraftView:
        """Wait for the words of a comment; raises NotFound for what the hearing does not have."""
        ensure_known(actor)
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, draft.hearing_id, self._clock.now())
            ensure_known_to(hearing, draft)
            await keep_draft(repositories, actor, draft, self._clock.now())
        return await self._drafted(hearing, draft)

    async def draft(self, actor: Actor, hearing_id: int) -> DraftView:
        """What the actor is entering for the hearing. Raises NothingEntered."""
        async with self._store.reading() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, self._clock.now())
            draft = await find_draft(repositories, actor, hearing_id, self._clock.now())
            number = (await repositories.comments.get(draft.comment_id)).number if draft.comment_id else 0
            same = await _same_as(repositories, draft)
        return replace(await self._drafted(hearing, draft, number), same=same)

    async def change_draft(
        self,
        actor: Actor,
        hearing_id: int,
        *,
        waits_for: EntryField | None = None,
        given_on: date | None = None,
    ) -> DraftView:
        """Wait for another field of the draft, or set the day it was given; other words begin anew."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            draft = await find_draft(repositories, actor, hearing_id, now)
            if waits_for is not None:
                draft = replace(draft, waits_for=waits_for)
            if given_on is not None:
                await self._ensure_day(hearing, given_on)
                draft = replace(draft, given_on=given_on)
            await keep_draft(repositories, actor, draft, now)
        return await self._drafted(hearing, draft)

    async def receive(self, actor: Actor, draft: EntryDraft, incoming: IncomingMessage) -> EntryDraft:
        """Take a message for the field of the draft that is waited for. Raises TextEmpty, TextTooLong, BadPresence."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            await enterable(repositories, actor, draft.hearing_id, now)
            draft = with_message(draft, incoming)
            await keep_draft(repositories, actor, draft, now)
        return draft

    async def give_up(self, actor: Actor) -> None:
        """Forget what the actor is entering."""
        async with self._store.writing() as repositories:
            await drop_draft(repositories, actor, self._clock.now())

    async def save(self, actor: Actor, hearing_id: int, *, sure: bool = False) -> EntryView:
        """Store the comment that the actor has entered, once, with the next number; or the changes of an earlier one.

        Raises NothingEntered where it was stored already; SameEntry, unless ``sure``, where another entry says the
        same; TextEmpty; AlreadyConsidered and AlreadyWithdrawn where an entry cannot be changed any more.
        """
        staff, now = ensure_known(actor), self._clock.now()
        zone = (await self._directory.tree()).zone
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, hearing_id, now)
            draft = await find_draft(repositories, actor, hearing_id, now)
            if draft.waits_for in (EntryField.VOTES, EntryField.PEOPLE) or not draft.parts:
                raise NothingEntered
            today = now.astimezone(zone(hearing.municipality_id)).date()
            draft = replace(draft, given_on=draft.given_on or today)
            writer = EntryWriter(repositories, hearing, now, staff.id, actor.language)
            comment, entry = await writer.write(draft, sure=sure)
            await drop_draft(repositories, actor, now)
        return EntryView(comment, entry, hearing, zone(hearing.municipality_id), draft.name)

    async def page(self, actor: Actor, hearing_id: int, *, offset: int = 0) -> EntryPage:
        """What was entered, the newest first."""
        async with self._store.reading() as repositories:
            hearing = await of_staff(repositories, actor, hearing_id)
            total = await repositories.entries.count(hearing_id)
            start = max(0, min(offset, (total - 1) // ENTRIES_ON_A_PAGE * ENTRIES_ON_A_PAGE))
            found = await repositories.entries.page(hearing_id, offset=start, limit=ENTRIES_ON_A_PAGE)
            comments = [await repositories.comments.get(entry.comment_id) for entry in found]
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        pairs = zip(comments, found, strict=True)
        return EntryPage(hearing, start, total, tuple(EntryView(each, entry, hearing, zone) for each, entry in pairs))

    async def get(self, actor: Actor, comment_id: int) -> EntryView:
        """One entry with all that is known of it. Raises NotFound, for what its author wrote too."""
        async with self._store.reading() as repositories:
            comment, entry, hearing = await self._entry(repositories, actor, comment_id)
            name = await repositories.entries.name_of(comment_id)
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        open_now = hearing.may_enter(self._clock.now())
        free = comment.decision is None and comment.withdrawn_at is None
        return EntryView(comment, entry, hearing, zone, name, may_change=open_now and free)

    async def change(self, actor: Actor, comment_id: int) -> DraftView:
        """Begin to change an entry: its draft, to be saved again. Raises AlreadyConsidered, AlreadyWithdrawn."""
        ensure_known(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, entry, hearing = await self._entry(repositories, actor, comment_id)
            hearing.ensure_enterable(now)
            comment.ensure_amendable()
            name = await repositories.entries.name_of(comment_id)
            draft = drafted(comment, entry, name)
            await keep_draft(repositories, actor, draft, now)
        return await self._drafted(hearing, draft, comment.number)

    async def remove(self, actor: Actor, comment_id: int) -> EntryView:
        """Take an entry out of the record: its number stays, its name goes. Removing twice changes nothing."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, entry, hearing = await self._entry(repositories, actor, comment_id)
            hearing.ensure_enterable(now)
            comment.ensure_undecided()
            if comment.withdrawn_at is None:
                comment = replace(comment, withdrawn_at=now, merged_into=None)
                await repositories.comments.save(comment)
                await repositories.duplicates.part(comment.id)
                await repositories.entries.keep_name(comment.id, "")
                data = {"number": comment.number, "channel": comment.channel.value, "digest": entry.words}
                removed = about_comment(comment.id, Act.ENTRY_REMOVED, at=now, by=actor.resident_id, data=data)
                await repositories.journal.add(removed)
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        return EntryView(comment, entry, hearing, zone, may_change=False)

    async def _entry(
        self, repositories: Repositories, actor: Actor, comment_id: int
    ) -> tuple[Comment, HandEntry, Hearing]:
        comment = await repositories.comments.get(comment_id)
        hearing = await of_staff(repositories, actor, comment.hearing_id)
        return comment, await repositories.entries.get(comment_id), hearing

    async def _drafted(self, hearing: Hearing, draft: EntryDraft, number: int = 0) -> DraftView:
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        return DraftView(hearing, zone, self._clock.now().astimezone(zone).date(), draft, number)

    async def _ensure_day(self, hearing: Hearing, day: date) -> None:
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        begins = min(hearing.announced_at or hearing.dossier.opens_at, hearing.dossier.opens_at)
        if not begins.astimezone(zone).date() <= day <= self._clock.now().astimezone(zone).date():
            raise NotFound("day", day)


async def _same_as(repositories: Repositories, draft: EntryDraft) -> int:
    """The number of an entry that says the same as the draft; 0 where there is none."""
    if not draft.text:
        return 0
    words = words_digest(draft.channel, draft.kind, draft.about, draft.text)
    entry = HandEntry(draft.comment_id, draft.hearing_id, date.min, words=words)
    same = await repositories.entries.find_same(entry)
    return (await repositories.comments.get(same.comment_id)).number if same else 0
