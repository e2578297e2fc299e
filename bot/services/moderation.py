"""Publishing and hiding comments: other residents read what staff let through, the record holds everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import CommentsSeen, read_at_a_glance
from bot.domain.comments import HidingRule, Visibility
from bot.domain.decisions import edition_of
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
                published = self._standing(actor, comment, Visibility.PUBLISHED)
                await self._change(repositories, actor, hearing, comment, published)
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
                changed = self._standing(actor, comment, visibility, rule)
                await self._change(repositories, actor, hearing, comment, changed)
                comment = changed
        return CommentView(comment, hearing)

    def _standing(
        self, actor: Actor, comment: Comment, visibility: Visibility, rule: HidingRule | None = None
    ) -> Comment:
        return comment.standing_as(visibility, rule, at=self._clock.now(), by=actor.resident_id)

    async def _change(
        self, repositories: Repositories, actor: Actor, hearing: Hearing, before: Comment, after: Comment
    ) -> None:
        """Store what others may read now, note it, and tell whom it concerns."""
        now, rule = self._clock.now(), after.hiding_rule
        data = {} if rule is None else {"rule": rule.value}
        act = ACTS[after.visibility]
        await repositories.journal.add(about_comment(after.id, act, at=now, by=actor.resident_id, data=data))
        await store_standing(repositories, hearing, before, after, at=now)


async def store_standing(
    repositories: Repositories,
    hearing: Hearing,
    before: Comment,
    after: Comment,
    *,
    at: datetime,
    appealed: bool = False,
) -> None:
    """Store where a comment stands now, and owe a word to its author and to who supported other words of it."""
    await repositories.comments.save(after)
    if after.visibility is not Visibility.WAITING:
        await _tell_former_supporters(repositories, after, hearing, at)
    if before.author_id is not None and before.hidden_at is not None:
        told = not await repositories.owed_replies.take_back(_hiding_key(before))
        if told and after.hidden_at is None:
            await _tell_unhidden(repositories, before, at, appealed=appealed)
    if after.author_id is not None and after.hiding_rule is not None:
        facts = {"comment": after.id, "rule": after.hiding_rule.value, "hiding": _hiding(after)}
        reply = OwedReply(after.author_id, ReplyKind.HIDDEN, _hiding_key(after), facts)
        await repositories.owed_replies.add(reply, at=at)


async def _tell_unhidden(repositories: Repositories, hidden: Comment, at: datetime, *, appealed: bool) -> None:
    """Owe a word to the author of what was hidden: it is not any more."""
    assert hidden.author_id is not None
    key = update_key(f"unhidden {hidden.id} {_hiding(hidden)}")
    facts: dict[str, str | int] = {"comment": hidden.id, **({"appeal": 1} if appealed else {})}
    await repositories.owed_replies.add(OwedReply(hidden.author_id, ReplyKind.UNHIDDEN, key, facts), at=at)


def _hiding(comment: Comment) -> int:
    """Which hiding of the comment it is: its moment, in microseconds since 1970."""
    assert comment.hidden_at is not None
    return edition_of(comment.hidden_at)


def _hiding_key(comment: Comment) -> str:
    return update_key(f"hidden {comment.id} {_hiding(comment)}")


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
