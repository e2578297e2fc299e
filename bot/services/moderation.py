"""Publishing and hiding comments: other residents read what staff let through, the record holds everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import CommentsSeen, read_at_a_glance
from bot.domain.comments import HidingRule, Visibility
from bot.domain.errors import ListChanged
from bot.domain.journal import Act, about_comment
from bot.domain.notices import NoticeKind, Planned
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.permissions import Permission, ensure
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentView
from bot.services.outbox.enqueue import enqueue, recipients_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comment_lists import CommentFilter
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store

EVERYBODY: Final = 1_000_000
"""More people than support one comment: all of them get their notices at once."""


ACTS: Final = {
    Visibility.PUBLISHED: Act.COMMENT_PUBLISHED,
    Visibility.HIDDEN: Act.COMMENT_HIDDEN,
    Visibility.WAITING: Act.COMMENT_PUT_BACK,
}
"""What the journal says of a comment that stands there from now on."""


class Moderation:
    """What moderators and secretaries do with comments."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def queue(self, actor: Actor, hearing_id: int, *, offset: int = 0) -> tuple[CommentView, ...]:
        """Comments waiting to be published or hidden, oldest first, a page at a time."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
            found = await repositories.comments.list_waiting(hearing_id, offset=offset, limit=COMMENTS_ON_A_PAGE)
        return tuple(CommentView(comment, hearing) for comment in found)

    async def waiting(self, actor: Actor, comment_id: int, *, edition: int | None = None) -> CommentView:
        """One comment of a hearing the actor moderates; raises CommentChanged where its words are another edition."""
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
            if edition is not None:
                comment.ensure_edition(edition)
        return CommentView(comment, hearing)

    async def publish(self, actor: Actor, comment_id: int, *, edition: int = 0) -> CommentView:
        """Let other residents read a comment. Raises CommentChanged where ``edition`` is not that of its words now."""
        return await self._moderate(actor, comment_id, edition, Visibility.PUBLISHED)

    async def hide(self, actor: Actor, comment_id: int, rule: HidingRule, *, edition: int = 0) -> CommentView:
        """Keep a comment from other residents, by a named rule; it stays in the record and in every count.

        Its author is told, with what can be done. Raises CommentChanged where ``edition`` is not that of its words now.
        """
        return await self._moderate(actor, comment_id, edition, Visibility.HIDDEN, rule)

    async def publish_seen(
        self, actor: Actor, hearing_id: int, narrowed: CommentFilter, *, page: int, digest: int
    ) -> tuple[int, ...]:
        """Publish the comments that a page of the list showed whole; returns their numbers.

        Raises ListChanged where the page has other comments by now, or one of them other words.
        """
        async with self._store.writing() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
            found = await repositories.comment_lists.list_narrowed(
                hearing.id, narrowed, offset=page * COMMENTS_ON_A_PAGE, limit=COMMENTS_ON_A_PAGE
            )
            seen = [comment for comment in found if read_at_a_glance(comment)]
            if not seen or CommentsSeen.of(seen).digest != digest:
                raise ListChanged
            for comment in seen:
                await self._change(repositories, actor, hearing, replace(comment, visibility=Visibility.PUBLISHED))
        return tuple(comment.number for comment in seen)

    async def put_back(self, actor: Actor, comment_id: int, *, edition: int = 0) -> CommentView:
        """Let a comment wait again that was published or hidden: the undoing of either. Raises CommentChanged."""
        return await self._moderate(actor, comment_id, edition, Visibility.WAITING)

    async def _moderate(
        self, actor: Actor, comment_id: int, edition: int, visibility: Visibility, rule: HidingRule | None = None
    ) -> CommentView:
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
            comment.ensure_not_withdrawn()
            comment.ensure_edition(edition)
            if (comment.visibility, comment.hiding_rule) != (visibility, rule):
                comment = replace(comment, visibility=visibility, hiding_rule=rule)
                await self._change(repositories, actor, hearing, comment)
        return CommentView(comment, hearing)

    async def _change(self, repositories: Repositories, actor: Actor, hearing: Hearing, comment: Comment) -> None:
        """Store what others may read now, and tell whom it concerns."""
        now, rule = self._clock.now(), comment.hiding_rule
        await repositories.comments.save(comment)
        data = {} if rule is None else {"rule": rule.value}
        act, by = ACTS[comment.visibility], actor.resident_id
        await repositories.journal.add(about_comment(comment.id, act, at=now, by=by, data=data))
        if comment.visibility is not Visibility.WAITING:
            await _tell_former_supporters(repositories, comment, hearing, now)
        if rule is not None:
            await _tell_author(repositories, comment, rule, now)


async def _tell_author(repositories: Repositories, comment: Comment, rule: HidingRule, now: datetime) -> None:
    """Owe the author a word on why others do not read the comment, once for each rule and edition."""
    if comment.author_id is None:
        return
    key = update_key(f"hidden {comment.id} {comment.edition} {rule.value}")
    facts: dict[str, str | int] = {"comment": comment.id, "rule": rule.value}
    await repositories.owed_replies.add(OwedReply(comment.author_id, ReplyKind.HIDDEN, key, facts), at=now)


async def _tell_former_supporters(
    repositories: Repositories, comment: Comment, hearing: Hearing, now: datetime
) -> None:
    """Owe a notice to everybody who supported other words of the comment, once: its support has started anew."""
    if not await repositories.comments.count_former_supporters(comment.id):
        return
    facts: dict[str, str | int] = {"comment": comment.id}
    planned = Planned(hearing.id, NoticeKind.COMMENT_CHANGED, comment.edition, now, step=comment.id, facts=facts)
    begun = await enqueue(repositories, planned, hearing, at=now)
    if begun is not None:
        await repositories.notices.fan_out(begun, recipients_of(planned, hearing), due_at=now, limit=EVERYBODY)
    await repositories.comments.drop_former_support(comment.id)
