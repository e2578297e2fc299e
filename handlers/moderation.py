"""Single comments: read by those who publish and hide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comment_lists import Standing
from handlers import presses
from handlers.views import moderation as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from handlers.context import Context
    from handlers.views.screen import Screen


async def open_queue(context: Context, press: presses.OpenQueue) -> None:
    """Show the comments that wait to be published or hidden, one at a time."""
    await _queue(context, press.hearing, press.offset)


async def review_comment(context: Context, press: presses.ReviewComment) -> None:
    """Show one comment with the words it has now, and what can be done to it."""
    await context.services.decisions.stop(await context.actor())
    await context.show(await reviewed(context, press))


async def reviewed(context: Context, press: presses.ReviewComment) -> Screen:
    """The screen of one comment as its staff see it."""
    opened = await context.services.comment_lists.opened(await context.actor(), press.comment)
    comment = opened.view.comment
    listed = presses.ListComments(comment.hearing_id, Standing(comment.visibility.value))
    return views.review(context.t, opened, press.page, lambda to: presses.ReviewComment(comment.id, to), listed)


async def publish_comment(context: Context, press: presses.PublishComment) -> None:
    """Publish a comment, if it has the words that were read, then show the next."""
    view = await context.services.moderation.publish(await context.actor(), press.comment, edition=press.edition)
    context.bot_data.wake_outbox()
    context.toast(toasts.comment_published(context.t, view.comment.number))
    await _next(context, view.comment)


async def put_back_comment(context: Context, press: presses.PutBackComment) -> None:
    """Let a comment wait again, and show it."""
    view = await context.services.moderation.put_back(await context.actor(), press.comment, edition=press.edition)
    context.bot_data.wake_outbox()
    context.toast(toasts.comment_put_back(context.t, view.comment.number))
    await review_comment(context, presses.ReviewComment(press.comment))


async def choose_hiding_rule(context: Context, press: presses.ChooseHidingRule) -> None:
    """Ask by which rule a comment is hidden."""
    actor = await context.actor()
    view = await context.services.moderation.waiting(actor, press.comment, edition=press.edition)
    await context.show(views.hide_choice(context.t, view, press.edition))


async def hide_comment(context: Context, press: presses.HideComment) -> None:
    """Hide a comment by a rule, then show the next."""
    actor = await context.actor()
    view = await context.services.moderation.hide(actor, press.comment, press.rule, edition=press.edition)
    context.bot_data.wake_outbox()
    context.toast(toasts.comment_hidden(context.t, view.comment.number))
    await _next(context, view.comment)


async def _next(context: Context, comment: Comment) -> None:
    await _queue(context, comment.hearing_id, 0, undo=comment)


async def _queue(context: Context, hearing_id: int, offset: int, *, undo: Comment | None = None) -> None:
    actor = await context.actor()
    waiting = await context.services.moderation.queue(actor, hearing_id, offset=offset)
    opened = await context.services.comment_lists.opened(actor, waiting[0].comment.id) if waiting else None
    skip_to = offset + 1 if len(waiting) > 1 else 0
    await context.show(views.queue(context.t, hearing_id, opened, skip_to, undo))
