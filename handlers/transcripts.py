"""What is said in voice messages: written down, confirmed and removed by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.moderation import reviewed
from handlers.views import toasts
from handlers.views import transcripts as views

if TYPE_CHECKING:
    from handlers.context import Context


async def write_transcript(context: Context, press: presses.WriteTranscript) -> None:
    """Ask what is said in the voice messages of a comment."""
    view = await context.services.transcripts.begin(await context.actor(), press.comment)
    await context.show(views.ask_for_words(context.t, view))


async def on_words(context: Context, words: str) -> None:
    """Store what is said, then show the comment with it."""
    view = await context.services.transcripts.write(await context.actor(), words)
    await context.send(await reviewed(context, presses.ReviewComment(view.comment.id)))


async def confirm_transcript(context: Context, press: presses.ConfirmTranscript) -> None:
    """Confirm the words of a program."""
    view = await context.services.transcripts.confirm(await context.actor(), press.comment, seen=press.seen)
    context.toast(toasts.transcript_confirmed(context.t))
    await context.show(await reviewed(context, presses.ReviewComment(view.comment.id)))


async def remove_transcript(context: Context, press: presses.RemoveTranscript) -> None:
    """Remove a transcript, after asking once."""
    actor = await context.actor()
    if not press.sure:
        view = await context.services.transcripts.find(actor, press.comment)
        await context.show(views.ask_to_remove(context.t, view))
        return
    view = await context.services.transcripts.remove(actor, press.comment)
    context.toast(toasts.transcript_removed(context.t))
    await context.show(await reviewed(context, presses.ReviewComment(view.comment.id)))
