"""Publishing and hiding comments: other residents read what staff let through, the record holds everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import HidingRule, Visibility
from bot.domain.journal import Act, about_comment
from bot.domain.permissions import Permission, ensure
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentView

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.ports import Clock, Store


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

    async def waiting(self, actor: Actor, comment_id: int) -> CommentView:
        """One comment of a hearing the actor moderates."""
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
        return CommentView(comment, hearing)

    async def publish(self, actor: Actor, comment_id: int) -> CommentView:
        """Let other residents read a comment."""
        return await self._moderate(actor, comment_id, Visibility.PUBLISHED, None)

    async def hide(self, actor: Actor, comment_id: int, rule: HidingRule) -> CommentView:
        """Keep a comment from other residents, by a named rule; it stays in the record and in every count."""
        return await self._moderate(actor, comment_id, Visibility.HIDDEN, rule)

    async def _moderate(
        self, actor: Actor, comment_id: int, visibility: Visibility, rule: HidingRule | None
    ) -> CommentView:
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            ensure(actor, Permission.MODERATE, hearing.municipality_id)
            comment.ensure_not_withdrawn()
            if (comment.visibility, comment.hiding_rule) != (visibility, rule):
                comment = replace(comment, visibility=visibility, hiding_rule=rule)
                await repositories.comments.save(comment)
                act = Act.COMMENT_PUBLISHED if rule is None else Act.COMMENT_HIDDEN
                data = {} if rule is None else {"rule": rule.value}
                await repositories.journal.add(about_comment(comment.id, act, at=now, by=actor.resident_id, data=data))
        return CommentView(comment, hearing)
