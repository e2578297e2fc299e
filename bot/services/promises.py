"""What decisions promise: staff say that it is done, with the day and a photo, and those concerned are told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound, NothingExpected
from bot.domain.journal import Act, about_comment
from bot.domain.notices import NoticeKind, Planned
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known, may
from bot.domain.promises import PHOTO_WITHIN, DoneWork, ensure_done_day, ensure_promised
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.outbox.enqueue import enqueue
from bot.spreadsheets.typed_days import typed_day

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalData
    from bot.domain.media import Media
    from bot.domain.people import Actor
    from bot.domain.promises import PromiseCounts
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

PROMISES_ON_A_PAGE: Final = 8
TOLD_AT_MOST: Final = 9
"""Times that those behind a comment may be told of it, where each time before it was taken back unsent."""


@dataclass(frozen=True, slots=True)
class PromiseList:
    """A page of what was promised, what is not done first; ``counts`` of all, ``more``: another page follows."""

    hearing: Hearing
    today: date
    page: int
    items: tuple[Comment, ...]
    more: bool
    counts: PromiseCounts


@dataclass(frozen=True, slots=True)
class Promise:
    """A comment whose decision promises something; ``day`` is chosen, and a photo is waited for."""

    view: CommentView
    today: date
    zone: ZoneInfo
    day: date | None = None

    @property
    def comment(self) -> Comment:
        """The comment."""
        return self.view.comment


class Promises:
    """What is to be done. Every method but ``photo`` raises Forbidden for whoever is not of the commission there."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def list_of(self, actor: Actor, hearing_id: int, *, page: int = 0) -> PromiseList:
        """A page of what was promised."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.MARK_DONE, hearing.municipality_id)
            today = self._clock.now().astimezone(places.zone(hearing.municipality_id)).date()
            found = await repositories.answers.list_promised(
                hearing_id, offset=page * PROMISES_ON_A_PAGE, limit=PROMISES_ON_A_PAGE + 1
            )
            counts = await repositories.answers.promises(hearing_id, today)
        more = len(found) > PROMISES_ON_A_PAGE
        return PromiseList(hearing, today, page, found[:PROMISES_ON_A_PAGE], more, counts)

    async def find(self, actor: Actor, comment_id: int) -> Promise:
        """One promise. Raises NothingPromised."""
        async with self._store.reading() as repositories:
            return await self._promise(repositories, actor, comment_id)

    async def begin(self, actor: Actor, comment_id: int, *, day: date | None = None) -> Promise:
        """Take what the actor sends next for a photo of it, done on that ``day``; without one for the day itself."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            promise = await self._promise(repositories, actor, comment_id)
            if day is not None:
                self._ensure_day(promise, day)
            until, waits_for = self._clock.now() + PHOTO_WITHIN, PendingInputKind.DONE
            pending = PendingInput(resident.id, waits_for, until, promise.view.hearing.id, comment_id=comment_id)
            await repositories.pending_inputs.put(replace(pending, text=day.isoformat() if day else ""))
        return replace(promise, day=day)

    async def receive_day(self, actor: Actor, words: str) -> Promise:
        """Take typed words for the day. Raises NoDay, DayOutside, and NothingExpected."""
        comment_id, _ = await self._awaited(actor)
        return await self.begin(actor, comment_id, day=typed_day(words))

    async def awaits_photo(self, actor: Actor) -> bool:
        """True where the actor's next photo is of something that is done."""
        try:
            _, day = await self._awaited(actor)
        except NothingExpected:
            return False
        return day is not None

    async def receive_photo(self, actor: Actor, photo: Media) -> Promise:
        """Store that it is done, with the photo. Raises as ``mark``, and NothingExpected."""
        comment_id, day = await self._awaited(actor)
        if day is None:
            raise NothingExpected
        return await self.mark(actor, comment_id, day=day, photo=photo)

    async def mark(self, actor: Actor, comment_id: int, *, day: date, photo: Media | None = None) -> Promise:
        """Store that it was done on that day, and tell whoever wrote or supports the comment, once.

        Said again, it corrects the day and the photo, and nobody is told again. Raises NothingPromised, DayOutside.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            promise = await self._promise(repositories, actor, comment_id)
            self._ensure_day(promise, day)
            await repositories.answers.set_done(comment_id, DoneWork(day, now, photo))
            await _owe_word(repositories, promise, now)
            data: JournalData = {"day": day.isoformat(), "photos": int(photo is not None)}
            entry = about_comment(comment_id, Act.DONE, at=now, by=actor.resident_id, data=data)
            await repositories.journal.add(entry)
            if actor.resident is not None:
                await repositories.pending_inputs.drop(actor.resident.id)
            return await self._promise(repositories, actor, comment_id)

    async def undo(self, actor: Actor, comment_id: int) -> Promise:
        """Store that it is not done after all; what has not left yet is not sent. Once more changes nothing."""
        now = self._clock.now()
        async with self._store.writing() as repositories:
            promise = await self._promise(repositories, actor, comment_id)
            if promise.comment.decision is not None and promise.comment.decision.done_at is not None:
                await repositories.answers.set_done(comment_id, None)
                entry = about_comment(comment_id, Act.NOT_DONE, at=now, by=actor.resident_id)
                await repositories.journal.add(entry)
            return await self._promise(repositories, actor, comment_id)

    async def photo(self, actor: Actor, comment_id: int) -> tuple[CommentView, Media]:
        """The photo of what was done, for whoever may read the comment; else NotFound."""
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            staff = may(actor, Permission.READ_DESK, hearing.municipality_id)
            readable = comment.is_by(actor.resident) or comment.is_public(hearing) or staff
            photo = comment.decision.done_photo if comment.decision and comment.decision.is_done else None
            if not readable or photo is None:
                raise NotFound("photo", comment_id)
        return CommentView(comment, hearing), photo

    def _ensure_day(self, promise: Promise, day: date) -> None:
        ensure_done_day(day, ensure_promised(promise.comment), now=self._clock.now(), zone=promise.zone)

    async def _promise(self, repositories: Repositories, actor: Actor, comment_id: int) -> Promise:
        comment = await repositories.comments.get(comment_id)
        hearing = await repositories.hearings.get(comment.hearing_id)
        ensure(actor, Permission.MARK_DONE, hearing.municipality_id)
        ensure_promised(comment)
        zone = (await self._directory.tree()).zone(hearing.municipality_id)
        today = self._clock.now().astimezone(zone).date()
        return Promise(CommentView(comment, hearing, staff=True), today, zone)

    async def _awaited(self, actor: Actor) -> tuple[int, date | None]:
        if actor.resident is None:
            raise NothingExpected
        async with self._store.reading() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        if pending is None or pending.kind is not PendingInputKind.DONE:
            raise NothingExpected
        return pending.comment_id, date.fromisoformat(pending.text) if pending.text else None


async def _owe_word(repositories: Repositories, promise: Promise, now: datetime) -> None:
    """Owe a notice to whoever is behind the comment, unless one is on its way or has arrived."""
    comment, hearing = promise.comment, promise.view.hearing
    sent = {each.planned.key: each for each in await repositories.broadcasts.list_of(hearing.id)}
    progress = await repositories.notices.progress(hearing.id)
    for step in range(TOLD_AT_MOST):
        known = sent.get((NoticeKind.DONE, step, comment.id))
        if known is None:
            facts: dict[str, str | int] = {"comment": comment.id}
            planned = Planned(hearing.id, NoticeKind.DONE, comment.id, now, step, facts)
            await enqueue(repositories, planned, hearing, at=now)
            return
        if not known.completed or (known.id in progress and progress[known.id].delivered):
            return
