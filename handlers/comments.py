"""Comments, proposals and questions: written, followed, amended, withdrawn, supported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import Order
from bot.domain.errors import NotFound
from bot.domain.questions import About, AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from bot.services.owed_replies import Edit
from handlers import presses, settings
from handlers.views import comments as views
from handlers.views import failures, toasts, writing
from handlers.views import wall as wall_views
from handlers.views.recordings import recordings

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.incoming_message import IncomingMessage
    from handlers.context import Context
    from handlers.views.screen import Screen


async def write_comment(context: Context, press: presses.WriteComment) -> None:
    """Ask of which kind the comment is."""
    hearing = await context.services.submissions.offer(await context.actor(), press.hearing)
    await context.show(writing.kinds(context.t, hearing))


async def choose_comment_kind(context: Context, press: presses.ChooseCommentKind) -> None:
    """Ask what it is about; wait for the words at once where there is nothing but the hearing itself."""
    hearing = await context.services.submissions.offer(await context.actor(), press.hearing)
    if subject_kinds(hearing.dossier) == (AboutKind.HEARING,):
        await write_about(context, presses.WriteAbout(hearing.id, press.kind, AboutKind.HEARING))
        return
    await context.show(writing.subjects(context.t, hearing, press.kind))


async def choose_subject(context: Context, press: presses.ChooseSubject) -> None:
    """Ask about which service, budget line or agenda item it is."""
    hearing = await context.services.submissions.offer(await context.actor(), press.hearing)
    if not subject_numbers(hearing.dossier, press.about):
        raise NotFound("subject", press.about)
    await context.show(writing.subject_list(context.t, hearing, press.kind, press.about, page=press.page))


async def write_about(context: Context, press: presses.WriteAbout) -> None:
    """Wait for the words of a comment about this."""
    about = About(press.about, press.no)
    hearing = await context.services.submissions.begin(await context.actor(), press.hearing, press.kind, about)
    await _ask(context, writing.ask_for_words(context.t, hearing, press.kind, about))


async def _ask(context: Context, prompt: Screen) -> None:
    """Show what asks for words; its *Cancel* goes when they have come."""
    await context.show(prompt)
    context.bot_data.trails.asks(context.origin.chat_id, context.origin.message_id, prompt)


async def _end_prompt(context: Context) -> None:
    """Take the buttons away from what asked for the words that have come: nothing is to be cancelled any more."""
    if (prompt := context.bot_data.trails.answered(context.origin.chat_id)) is not None:
        message_id, screen = prompt
        await context.replies.show(context.origin.chat_id, replace(screen, rows=()), message_id=message_id)


async def cancel_writing(context: Context, press: presses.CancelWriting) -> None:
    """Give up writing."""
    actor = await context.actor()
    if press.unsent:
        await context.services.submissions.drop_unsent(actor, press.unsent)
    else:
        await context.services.pending_inputs.cancel(actor)
    context.toast(toasts.nothing_sent(context.t))
    home = presses.OpenHearing(press.hearing) if press.hearing else presses.GoHome()
    before = context.bot_data.trails.last_step(context.origin.chat_id)
    of_this = before is not None and press.hearing and getattr(before, "hearing", 0) == press.hearing
    await context.follow(before if before and of_this else home)


async def on_submission(context: Context, incoming: IncomingMessage) -> None:
    """Make a comment or an amendment of a text, a voice message or a photo; the outbox has the answer."""
    await context.services.submissions.receive(await context.actor(), incoming)
    await _end_prompt(context)
    context.bot_data.wake_outbox()


async def on_edit(context: Context) -> None:
    """Say that an edit changes nothing of what was received, where it would; to any other edit, nothing."""
    actor, origin = await context.actor(), context.origin
    edit = Edit(origin.source, origin.message_name, origin.content, origin.thread_id or 0)
    sentences = {"of_comment": writing.edit_of_comment(context.t), "of_other": writing.edit_of_other(context.t)}
    if await context.services.owed_replies.answer_edit(actor, edit, **sentences):
        context.bot_data.wake_outbox()


async def on_attachment_left_out(context: Context) -> None:
    """Say that of the message its words alone were kept, and what to send instead of the rest."""
    source, thread = f"{context.origin.source}.attachment", context.origin.thread_id or 0
    words = writing.attachment_left_out(context.t)
    await context.services.owed_replies.owe(await context.actor(), source, words, thread=thread)
    context.bot_data.wake_outbox()


async def on_follow_up(context: Context, incoming: IncomingMessage) -> None:
    """Add a text to what its author is sending, where it belongs there; a visitor is sending nothing."""
    actor = await context.actor()
    if actor.consented is not None:
        await context.services.submissions.add_part(actor, incoming)


async def send_unsent(context: Context, press: presses.SendUnsent) -> None:
    """Make a comment of this kind of what came unasked: the receipt takes the place of the question."""
    actor = await context.actor()
    view = await context.services.submissions.send_unsent(actor, press.hearing, press.kind, unsent_id=press.unsent)
    context.toast(toasts.received(context.t))
    receipt = views.receipt(context.t, view, await _standpoint(context, view.hearing))
    await settings.show_and_ask(context, receipt)


async def on_nothing_left(context: Context) -> None:
    """Say that the text which was to be sent is not there any more."""
    await context.show(writing.nothing_left_to_send(context.t))


async def read_comment(context: Context, press: presses.ReadComment) -> None:
    """Show one comment, with its stage and the commission's decision."""
    view = await context.services.comments.get(await context.actor(), press.comment)
    at = await _standpoint(context, view.hearing, order=press.order, back=press.back)
    at = replace(at, rewritten=press.rewritten)
    await context.show(views.comment(context.t, view, at, page=press.page))


async def play_comment(context: Context, press: presses.PlayComment) -> None:
    """Send the voices and photos of a comment, each as a message of its own."""
    view = await context.services.comments.recording(await context.actor(), press.comment)
    refused = failures.recording_not_taken(context.t)
    for paper in recordings(context.t, view):
        await context.file(paper, otherwise=refused)


async def share_recording(context: Context, press: presses.ShareRecording) -> None:
    """Let others hear one's voice message, or the commission alone again."""
    view = await context.services.comments.share_recording(await context.actor(), press.comment, on=press.on)
    context.toast(toasts.shared(context.t, on=press.on))
    show = views.receipt if press.receipt else views.comment
    await context.show(show(context.t, view, await _standpoint(context, view.hearing)))


async def amend_comment(context: Context, press: presses.AmendComment) -> None:
    """Wait for another text of one's own comment."""
    view = await context.services.submissions.begin_amendment(await context.actor(), press.comment)
    await _ask(context, writing.ask_for_new_words(context.t, view))


async def withdraw_comment(context: Context, press: presses.WithdrawComment) -> None:
    """Take one's comment back, after asking once."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.withdraw(context.t, await context.services.comments.get(actor, press.comment)))
        return
    view = await context.services.comments.withdraw(actor, press.comment)
    context.toast(toasts.withdrawn(context.t))
    await context.show(views.comment(context.t, view, await _standpoint(context, view.hearing)))


async def see_wall(context: Context, press: presses.SeeWall) -> None:
    """Show a page of others' comments."""
    await _show_wall(context, press, standing=())


async def _show_wall(
    context: Context, press: presses.SeeWall, *, standing: tuple[int, ...], supported: bool = False
) -> None:
    """Show the page with the comments that stay where they stand, else as they are in order now.

    Whoever has just ``supported`` one is asked about themselves.
    """
    page = await context.services.comments.wall(
        await context.actor(), press.hearing, order=press.order, offset=press.offset, standing=standing
    )
    at = await _standpoint(context, page.hearing)
    wall = wall_views.wall(context.t, page, at.now, at.zone, rewritten=press.rewritten)
    await (settings.show_and_ask(context, wall) if supported else context.show(wall))
    shown = presses.SeeWall(press.hearing, press.order, page.offset)
    context.bot_data.trails.saw_wall(context.origin.chat_id, shown, tuple(each.comment.id for each in page.items))


async def support_comment(context: Context, press: presses.SupportComment) -> None:
    """Support another's comment, or stop; then show the screen it was pressed on."""
    actor = await context.actor()
    view = await context.services.comments.support(actor, press.comment, on=press.on, edition=press.edition)
    context.toast(toasts.supported(context.t, on=press.on))
    if press.listed:
        wall = presses.SeeWall(view.hearing.id, press.order, press.offset)
        standing = context.bot_data.trails.on_wall(context.origin.chat_id, wall)
        await _show_wall(context, replace(wall, rewritten=press.rewritten), standing=standing, supported=True)
    else:
        at = await _standpoint(context, view.hearing, order=press.order, back=press.offset)
        await settings.show_and_ask(context, views.comment(context.t, view, replace(at, rewritten=press.rewritten)))


async def _standpoint(
    context: Context, hearing: Hearing, *, order: Order = Order.SUPPORT, back: int = 0
) -> views.Standpoint:
    sharing = await context.sharing(hearing)
    return views.Standpoint(sharing.zone, sharing.now, order, back, sharing=sharing)
