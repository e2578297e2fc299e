"""The commission's answers as everybody reads them; one is found by the number of its comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import receipt_number
from bot.domain.errors import NotFound
from handlers.views import answers as views
from handlers.views import draft_changes

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def read_answers(context: Context, press: presses.ReadAnswers) -> None:
    """Show a page of the commission's answers."""
    await context.actor()
    found = await context.services.answers.page(press.hearing, which=press.which, page=press.page)
    await context.show(views.answers(context.t, found, await context.sharing(found.hearing)))


async def narrow_answers(context: Context, press: presses.NarrowAnswers) -> None:
    """Ask which answers are wanted, or for a number."""
    await context.actor()
    found = await context.services.answers.page(press.hearing)
    await context.show(views.narrow(context.t, found))


async def see_draft_changes(context: Context, press: presses.SeeDraftChanges) -> None:
    """Show what changed in the drafts."""
    found = await context.services.answers.changes(await context.actor(), press.hearing)
    await context.show(draft_changes.changes(context.t, found, press.page))


async def on_number(context: Context, words: str) -> bool:
    """Show the answer to the comment with the typed number, where its sender reads answers; False for other words."""
    hearing = context.bot_data.attention.answers_of((await context.actor()).telegram_id)
    number = receipt_number(words)
    if not hearing or not number:
        return False
    card = await context.services.hearings.card(await context.actor(), hearing)
    try:
        found = await context.services.answers.find(hearing, number)
    except NotFound:
        await context.send(views.not_found(context.t, card, number))
    else:
        page = await context.services.answers.page(hearing)
        await context.send(views.found(context.t, page, found))
    return True
