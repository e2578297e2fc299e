"""Comments that say the same, joined by staff. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import moderation, presses
from handlers.views import duplicates as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


async def see_similar(context: Context, press: presses.SeeSimilar) -> None:
    """Show the comments that look the same as one."""
    found = await context.services.duplicates.similar(await context.actor(), press.comment)
    await context.show(views.similar(context.t, found))


async def join_comments(context: Context, press: presses.JoinComments) -> None:
    """Join two comments, after asking once."""
    actor, duplicates = await context.actor(), context.services.duplicates
    if not press.sure:
        await context.show(views.confirm(context.t, await duplicates.pair(actor, press.comment, press.other), press))
        return
    pair = await duplicates.join(
        actor, press.comment, press.other, edition=press.edition, other_edition=press.other_edition
    )
    context.bot_data.wake_outbox()
    context.toast(toasts.comments_joined(context.t, pair.view.comment.number, pair.head.comment.number))
    await moderation.review_comment(context, presses.ReviewComment(pair.view.comment.id))


async def part_comment(context: Context, press: presses.PartComment) -> None:
    """Undo a joining, and show the comment."""
    view = await context.services.duplicates.part(await context.actor(), press.comment)
    context.toast(toasts.comment_parted(context.t, view.comment.number))
    await moderation.review_comment(context, presses.ReviewComment(press.comment))
