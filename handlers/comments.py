"""Comments, proposals and questions: written, followed, changed, taken back, supported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Order
from bot.domain.errors import NotFound
from bot.domain.questions import About, AboutKind
from handlers import presses, settings
from handlers.views import comments as views
from handlers.views import wall as walls
from handlers.views import writing

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.comments import IncomingMessage
    from handlers.context import Context


async def write(context: Context, press: presses.WriteComment) -> None:
    """Ask or propose: what kind?"""
    hearing = await context.services.comments.offer(await context.actor(), press.hearing)
    await context.show(writing.kinds(context.t, hearing))


async def write_kind(context: Context, press: presses.ChooseCommentKind) -> None:
    """This kind: about what? Where there is only the hearing itself, straight to the words."""
    hearing = await context.services.comments.offer(await context.actor(), press.hearing)
    if writing.subject_kinds(hearing.dossier) == (AboutKind.HEARING,):
        await write_about(context, presses.WriteAbout(hearing.id, press.kind, AboutKind.HEARING))
        return
    await context.show(writing.subjects(context.t, hearing, press.kind))


async def write_list(context: Context, press: presses.ChooseSubject) -> None:
    """About one of these."""
    hearing = await context.services.comments.offer(await context.actor(), press.hearing)
    if not writing.subject_numbers(hearing.dossier, press.about):
        raise NotFound("subject", press.about)
    await context.show(writing.subject_list(context.t, hearing, press.kind, press.about, page=press.page))


async def write_about(context: Context, press: presses.WriteAbout) -> None:
    """About this: now the words."""
    about = About(press.about, press.no)
    hearing = await context.services.comments.begin(await context.actor(), press.hearing, press.kind, about)
    await context.show(writing.ask_for_words(context.t, hearing, press.kind, about))


async def cancel_writing(context: Context, press: presses.CancelWriting) -> None:
    """No words after all."""
    await context.services.pending_inputs.cancel(await context.actor())
    context.toast(context.t.p("toast", "Nothing was sent."))
    await context.follow(presses.OpenHearing(press.hearing) if press.hearing else presses.GoHome())


async def received(context: Context, incoming: IncomingMessage) -> None:
    """Words, a voice message or a photo: a comment or an amendment, with a receipt that stays."""
    view = await context.services.comments.receive(await context.actor(), incoming)
    await context.send(views.receipt(context.t, view, await _standpoint(context, view.hearing)))
    await settings.ask_about_self(context)


async def send_unsent(context: Context, press: presses.SendUnsent) -> None:
    """What came unasked is a comment of this kind: the receipt takes the place of the question."""
    view = await context.services.comments.send_unsent(await context.actor(), press.hearing, press.kind)
    context.toast(context.t.p("toast", "✅ Received. Thank you!"))
    await context.show(views.receipt(context.t, view, await _standpoint(context, view.hearing)))
    await settings.ask_about_self(context)


async def unexpected(context: Context) -> None:
    """Words came although none were asked for: offer to send them to an open hearing of the person's municipality."""
    if isinstance(context.press, presses.SendUnsent):
        await context.show(writing.nothing_left_to_send(context.t))
        return
    resident = (await context.actor()).resident
    if resident is None or resident.municipality_id is None:
        await context.show(writing.nothing_to_send_to(context.t, None))
        return
    listed = await context.services.hearings.list_public(resident.municipality_id)
    taking = [hearing for hearing in listed.current if hearing.takes_answers(listed.now)]
    await context.show(
        writing.send_this(context.t, taking) if taking else writing.nothing_to_send_to(context.t, listed)
    )


async def read_comment(context: Context, press: presses.ReadComment) -> None:
    """One comment, with what became of it."""
    view = await context.services.comments.get(await context.actor(), press.comment)
    at = await _standpoint(context, view.hearing, order=press.order, back=press.back)
    await context.show(views.comment(context.t, view, at, page=press.page))


async def play_comment(context: Context, press: presses.PlayComment) -> None:
    """Its voice or photo, as a message of its own."""
    view = await context.services.comments.get(await context.actor(), press.comment)
    if (recording := views.recording(context.t, view.comment)) is None:
        raise NotFound("recording", press.comment)
    await context.file(recording)


async def amend(context: Context, press: presses.AmendComment) -> None:
    """New words for one's own comment."""
    view = await context.services.comments.begin_amendment(await context.actor(), press.comment)
    await context.show(writing.ask_for_new_words(context.t, view))


async def withdraw(context: Context, press: presses.WithdrawComment) -> None:
    """Take one's comment back, after one question."""
    actor = await context.actor()
    if not press.sure:
        await context.show(views.withdraw(context.t, await context.services.comments.get(actor, press.comment)))
        return
    view = await context.services.comments.withdraw(actor, press.comment)
    context.toast(context.t.p("toast", "Taken back."))
    await context.show(views.comment(context.t, view, await _standpoint(context, view.hearing)))


async def wall(context: Context, press: presses.SeeWall) -> None:
    """What others say."""
    actor = await context.actor()
    page = await context.services.comments.wall(actor, press.hearing, order=press.order, offset=press.offset)
    await context.show(walls.wall(context.t, page, context.services.clock.now()))


async def support(context: Context, press: presses.SupportComment) -> None:
    """Support another's comment, or stop; then the screen it was pressed on."""
    view = await context.services.comments.support(await context.actor(), press.comment, on=press.on)
    t = context.t
    context.toast(t.p("toast", "✅ You support this.") if press.on else t.p("toast", "You no longer support this."))
    if press.listed:
        await wall(context, presses.SeeWall(view.hearing.id, press.order, press.offset))
    else:
        at = await _standpoint(context, view.hearing, order=press.order, back=press.offset)
        await context.show(views.comment(context.t, view, at))
    await settings.ask_about_self(context)


async def _standpoint(
    context: Context, hearing: Hearing, *, order: Order = Order.SUPPORT, back: int = 0
) -> views.Standpoint:
    zone = (await context.services.directory.tree()).zone(hearing.municipality_id)
    return views.Standpoint(zone, context.services.clock.now(), order, back)
