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
    from handlers.context import Turn


async def write(turn: Turn, press: presses.WriteComment) -> None:
    """Ask or propose: what kind?"""
    hearing = await turn.house.comments.offer(await turn.actor(), press.hearing)
    await turn.show(writing.kinds(turn.t, hearing))


async def write_kind(turn: Turn, press: presses.ChooseCommentKind) -> None:
    """This kind: about what? Where there is only the hearing itself, straight to the words."""
    hearing = await turn.house.comments.offer(await turn.actor(), press.hearing)
    if writing.subject_kinds(hearing.dossier) == (AboutKind.HEARING,):
        await write_about(turn, presses.WriteAbout(hearing.id, press.kind, AboutKind.HEARING))
        return
    await turn.show(writing.subjects(turn.t, hearing, press.kind))


async def write_list(turn: Turn, press: presses.ChooseSubject) -> None:
    """About one of these."""
    hearing = await turn.house.comments.offer(await turn.actor(), press.hearing)
    if not writing.subject_numbers(hearing.dossier, press.about):
        raise NotFound("subject", press.about)
    await turn.show(writing.subject_list(turn.t, hearing, press.kind, press.about, page=press.page))


async def write_about(turn: Turn, press: presses.WriteAbout) -> None:
    """About this: now the words."""
    about = About(press.about, press.no)
    hearing = await turn.house.comments.begin(await turn.actor(), press.hearing, press.kind, about)
    await turn.show(writing.ask_for_words(turn.t, hearing, press.kind, about))


async def cancel_writing(turn: Turn, press: presses.CancelWriting) -> None:
    """No words after all."""
    await turn.house.comments.cancel(await turn.actor())
    turn.toast(turn.t.p("toast", "Nothing was sent."))
    await turn.follow(presses.OpenHearing(press.hearing) if press.hearing else presses.GoHome())


async def received(turn: Turn, incoming: IncomingMessage) -> None:
    """Words, a voice message or a photo: a comment or an amendment, with a receipt that stays."""
    filed = await turn.house.comments.receive(await turn.actor(), incoming)
    await turn.send(views.receipt(turn.t, filed, await _standpoint(turn, filed.hearing)))
    await settings.ask_about_self(turn)


async def send_unsent(turn: Turn, press: presses.SendUnsent) -> None:
    """What came unasked is a comment of this kind: the receipt takes the place of the question."""
    filed = await turn.house.comments.send_unsent(await turn.actor(), press.hearing, press.kind)
    turn.toast(turn.t.p("toast", "✅ Received. Thank you!"))
    await turn.show(views.receipt(turn.t, filed, await _standpoint(turn, filed.hearing)))
    await settings.ask_about_self(turn)


async def unexpected(turn: Turn) -> None:
    """Words came although none were asked for: offer to send them to an open hearing of the person's municipality."""
    if isinstance(turn.press, presses.SendUnsent):
        await turn.show(writing.nothing_left_to_send(turn.t))
        return
    resident = (await turn.actor()).resident
    if resident is None or resident.municipality_id is None:
        await turn.show(writing.nothing_to_send_to(turn.t, None))
        return
    shelf = await turn.house.hearings.shelf(resident.municipality_id)
    taking = [hearing for hearing in shelf.current if hearing.takes_answers(shelf.now)]
    await turn.show(writing.send_this(turn.t, taking) if taking else writing.nothing_to_send_to(turn.t, shelf))


async def read_comment(turn: Turn, press: presses.ReadComment) -> None:
    """One comment, with what became of it."""
    filed = await turn.house.comments.get(await turn.actor(), press.comment)
    at = await _standpoint(turn, filed.hearing, order=press.order, back=press.back)
    await turn.show(views.comment(turn.t, filed, at, page=press.page))


async def play_comment(turn: Turn, press: presses.PlayComment) -> None:
    """Its voice or photo, as a message of its own."""
    filed = await turn.house.comments.get(await turn.actor(), press.comment)
    if (recording := views.recording(turn.t, filed.comment)) is None:
        raise NotFound("recording", press.comment)
    await turn.file(recording)


async def amend(turn: Turn, press: presses.AmendComment) -> None:
    """New words for one's own comment."""
    filed = await turn.house.comments.begin_amendment(await turn.actor(), press.comment)
    await turn.show(writing.ask_for_new_words(turn.t, filed))


async def withdraw(turn: Turn, press: presses.WithdrawComment) -> None:
    """Take one's comment back, after one question."""
    actor = await turn.actor()
    if not press.sure:
        await turn.show(views.withdraw(turn.t, await turn.house.comments.get(actor, press.comment)))
        return
    filed = await turn.house.comments.withdraw(actor, press.comment)
    turn.toast(turn.t.p("toast", "Taken back."))
    await turn.show(views.comment(turn.t, filed, await _standpoint(turn, filed.hearing)))


async def wall(turn: Turn, press: presses.SeeWall) -> None:
    """What others say."""
    actor = await turn.actor()
    page = await turn.house.comments.wall(actor, press.hearing, order=press.order, offset=press.offset)
    await turn.show(walls.wall(turn.t, page, turn.house.clock.now()))


async def support(turn: Turn, press: presses.SupportComment) -> None:
    """Support another's comment, or stop; then the screen it was pressed on."""
    filed = await turn.house.comments.support(await turn.actor(), press.comment, on=press.on)
    t = turn.t
    turn.toast(t.p("toast", "✅ You support this.") if press.on else t.p("toast", "You no longer support this."))
    if press.listed:
        await wall(turn, presses.SeeWall(filed.hearing.id, press.order, press.offset))
    else:
        at = await _standpoint(turn, filed.hearing, order=press.order, back=press.offset)
        await turn.show(views.comment(turn.t, filed, at))
    await settings.ask_about_self(turn)


async def _standpoint(turn: Turn, hearing: Hearing, *, order: Order = Order.SUPPORT, back: int = 0) -> views.Standpoint:
    zone = (await turn.house.directory.tree()).zone(hearing.municipality_id)
    return views.Standpoint(zone, turn.house.clock.now(), order, back)
