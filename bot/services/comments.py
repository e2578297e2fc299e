"""Comments, proposals and questions as people read and support them, and as their authors withdraw them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound, OnlyForCommission, OwnComment
from bot.domain.journal import Act, about_comment
from bot.domain.masking import masked
from bot.domain.permissions import Permission, ensure_consented, may
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.appeals import Appeal
    from bot.domain.comments import Comment, Order
    from bot.domain.digests import Digests
    from bot.domain.duplicates import JoinedComments
    from bot.domain.hearings import Hearing
    from bot.domain.media import Media
    from bot.domain.people import Actor
    from bot.domain.questions import About
    from bot.domain.transcripts import Transcript
    from bot.ports import Clock, Repositories, Store

COMMENTS_ON_A_PAGE: Final = 5
"""Comments of others on one screen."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment with the hearing it belongs to, as its author or a reader sees it."""

    comment: Comment
    hearing: Hearing
    own: bool = False
    supported: bool = False
    amended: bool = False
    """True when the call that returns it has amended it."""
    appeal: Appeal | None = None
    """The author's appeal against its hiding, where there is one and the reader may know."""
    joined: JoinedComments | None = None
    """The comments with which it is joined, where it is."""
    staff: bool = False
    """True where the reader is staff of the hearing's municipality."""

    @property
    def words(self) -> str:
        """The words as the reader may see them: others' without telephone numbers and other personal numbers."""
        return self.comment.text if self.own or self.staff else masked(self.comment.text)

    @property
    def transcript(self) -> Transcript | None:
        """What is said in the voice messages, for who may hear them; None where nobody has written it down.

        Others than staff and the author read it as staff wrote or confirmed it, without personal numbers.
        """
        found = self.comment.transcript
        if found is None or not found.words:
            return None
        if self.own or self.staff:
            return found
        public = self.comment.recording_open and not found.machine
        return replace(found, words=masked(found.words)) if public else None

    @property
    def attachments(self) -> tuple[Media, ...]:
        """The photos and voice messages that the reader may see and hear."""
        return self.comment.attachments if self.own or self.staff else self.comment.public_attachments


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of others' published comments."""

    hearing: Hearing
    about: About | None
    order: Order
    offset: int
    total: int
    items: tuple[CommentView, ...]


class Comments:
    """Reading, supporting and withdrawing comments."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

    async def get(self, actor: Actor, comment_id: int) -> CommentView:
        """One comment: one's own, a published one, or any of one's hearings for staff; else NotFound."""
        reader = actor.resident
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            own = comment.is_by(reader)
            staff = may(actor, Permission.READ_DESK, hearing.municipality_id)
            if not (own or comment.is_public(hearing) or staff):
                raise NotFound("comment", comment_id)
            supported = bool(reader and await repositories.comments.supported(reader.id, [comment.id]))
            appeal = await repositories.appeals.find(comment) if own else None
            joined = (await repositories.duplicates.of_hearing(hearing.id)).get(comment.id)
        return CommentView(comment, hearing, own=own, supported=supported, staff=staff, appeal=appeal, joined=joined)

    async def recording(self, actor: Actor, comment_id: int) -> CommentView:
        """A comment with voice messages or photos that the actor may have; else as ``get``, and OnlyForCommission."""
        view = await self.get(actor, comment_id)
        if not view.comment.attachments:
            raise NotFound("recording", comment_id)
        if not view.attachments:
            raise OnlyForCommission
        return view

    async def share_recording(self, actor: Actor, comment_id: int, *, on: bool) -> CommentView:
        """Let others hear one's voice messages, or the commission alone again; raises NotFound, AlreadyWithdrawn."""
        author = ensure_consented(actor)
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            comment.ensure_by(author)
            comment.ensure_not_withdrawn()
            if not comment.has_voice:
                raise NotFound("recording", comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            if comment.recording_open is not on:
                comment = replace(comment, recording_open=on)
                await repositories.comments.save(comment)
        return CommentView(comment, hearing, own=True)

    async def wall(
        self,
        actor: Actor,
        hearing_id: int,
        *,
        order: Order,
        offset: int = 0,
        about: About | None = None,
        standing: Sequence[int] = (),
    ) -> CommentPage:
        """A page of others' published comments. Everybody may read them, without their authors' names.

        ``standing``: ids of the comments that stay on the page in this order, whatever their support is by now.
        """
        reader = actor.resident
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            hearing.ensure_public()
            total, joined = await asyncio.gather(
                repositories.comments.count_published(hearing_id, about), repositories.duplicates.of_hearing(hearing_id)
            )
            start = max(0, min(offset, (total - 1) // COMMENTS_ON_A_PAGE * COMMENTS_ON_A_PAGE))
            found = await repositories.comments.list_published(
                hearing_id, order=order, offset=start, limit=COMMENTS_ON_A_PAGE, about=about
            )
            if standing:
                kept = [await repositories.comments.get(each) for each in standing]
                found = tuple(each for each in kept if each.hearing_id == hearing_id and each.is_public(hearing))
            supported = (
                await repositories.comments.supported(reader.id, [c.id for c in found]) if reader else frozenset()
            )
        staff = may(actor, Permission.READ_DESK, hearing.municipality_id)
        items = tuple(
            CommentView(
                c, hearing, own=c.is_by(reader), supported=c.id in supported, staff=staff, joined=joined.get(c.id)
            )
            for c in found
        )
        return CommentPage(hearing, about, order, start, total, items)

    async def support(self, actor: Actor, comment_id: int, *, on: bool, edition: int = 0) -> CommentView:
        """Support another's published comment, or stop; raises OwnComment, NotFound, and that the hearing is over.

        Raises CommentChanged for support where ``edition`` is not that of its words now.
        """
        reader = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            hearing.ensure_open(now)
            if not comment.is_public(hearing):
                raise NotFound("comment", comment_id)
            if comment.is_by(reader) or comment.author_digest == self._digests.of_person(actor.telegram_id):
                raise OwnComment
            if on:
                comment.ensure_edition(edition)
            if await repositories.comments.set_support(comment_id, reader.id, on=on, at=now) and on:
                await repositories.participants.note([reader.as_participant(hearing.id, now)])
            comment = await repositories.comments.get(comment_id)
        return CommentView(comment, hearing, supported=on)

    async def withdraw(self, actor: Actor, comment_id: int) -> CommentView:
        """Take one's comment back, until it is considered; withdrawing twice changes nothing.

        Other words for it are not waited for any more: what its author writes next is something else.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            comment.ensure_by(author)
            hearing = await repositories.hearings.get(comment.hearing_id)
            comment.ensure_undecided()
            if comment.withdrawn_at is None:
                comment = replace(comment, withdrawn_at=now, merged_into=None)
                await repositories.comments.save(comment)
                await repositories.duplicates.part(comment.id)
                entry = about_comment(comment.id, Act.COMMENT_WITHDRAWN, at=now, by=author.id)
                await repositories.journal.add(entry)
                await _await_no_other_words(repositories, comment, now)
        return CommentView(comment, hearing, own=True)


async def _await_no_other_words(repositories: Repositories, comment: Comment, now: datetime) -> None:
    pending = await repositories.pending_inputs.find(comment.author_id or 0, now)
    if pending is not None and pending.comment_id == comment.id:
        await repositories.pending_inputs.drop(pending.resident_id)
