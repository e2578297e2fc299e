"""Changes of a hearing in a few taps: which text, its new words, and whether it is taken. The services check rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.edits import TextAt
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeKind
from bot.services.texts import EditedText
from handlers import presses, sittings
from handlers.announcing import prepared
from handlers.views import edited_texts, toasts
from handlers.views import editing as views

if TYPE_CHECKING:
    from handlers.context import Context


async def pick_service(context: Context, press: presses.PickService) -> None:
    """Ask which service, or which text of one."""
    overview = await prepared(context, press.hearing)
    if press.no:
        await context.show(views.service_texts(context.t, overview, press.no))
    else:
        await context.show(views.pick_service(context.t, overview, press.page))


async def pick_question(context: Context, press: presses.PickQuestion) -> None:
    """Ask which question, or which text of one."""
    overview = await prepared(context, press.hearing)
    if press.no:
        await context.show(views.question_texts(context.t, overview, press.no))
    else:
        await context.show(views.pick_question(context.t, overview, press.page))


async def write_text(context: Context, press: presses.WriteText) -> None:
    """Wait for other words of a text."""
    at = TextAt(press.field, press.no, press.option)
    asked = EditedText(press.hearing, at, press.language.value, guided=press.guided)
    await context.services.texts.begin(await context.actor(), asked)
    await context.show(views.ask_for_text(context.t, await prepared(context, press.hearing), asked))


async def on_text(context: Context, words: str) -> None:
    """Take the typed words into a draft; of a public hearing show them first, with whom they concern."""
    if await sittings.on_place(context, words):
        return
    actor = await context.actor()
    asked = await context.services.texts.keep(actor, words)
    overview = await prepared(context, asked.hearing_id)
    if overview.hearing.phase is Phase.DRAFT:
        await context.services.texts.apply(actor, asked.hearing_id)
        await _changed(context, asked)
    else:
        await context.follow(presses.ApplyText(asked.hearing_id))


async def apply_text(context: Context, press: presses.ApplyText) -> None:
    """Take the typed words as a new version, after asking once."""
    actor = await context.actor()
    if press.sure:
        asked, _ = await context.services.texts.apply(actor, press.hearing, as_new_version=press.renew)
        context.bot_data.wake_outbox()
        context.toast(toasts.saved(context.t))
        await _changed(context, asked)
        return
    asked, compared = await context.services.texts.compare(actor, press.hearing)
    reach = await context.services.announcements.reach(actor, press.hearing, NoticeKind.CHANGED)
    overview = await prepared(context, press.hearing)
    await context.show(edited_texts.confirm(context.t, overview, asked, compared, reach))


async def _changed(context: Context, asked: EditedText) -> None:
    if asked.guided:
        await context.follow(views.way_on(asked))
    else:
        await context.show(edited_texts.changed(context.t, await prepared(context, asked.hearing_id), asked))
