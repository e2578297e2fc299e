"""Taking part in a sitting: checking in, answering what is open in the hall, asking for the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.questions import About, AboutKind, Choose
from handlers import presses
from handlers.views import hall as views
from handlers.views import voting

if TYPE_CHECKING:
    from bot.services.check_ins import MyHall
    from handlers.context import Context


async def check_in(context: Context, press: presses.CheckIn) -> None:
    """Note that the person is in the hall, and show it."""
    check_ins = context.services.check_ins
    await check_ins.check_in(await context.actor(), press.hearing, press.sitting, press.code)
    context.toast(views.checked_in(context.t))
    await _show_when_drawn(context, press.hearing, press.sitting)


async def on_code(context: Context, text: str) -> bool:
    """Check in who has typed the code of the day; False where the text is none, or no hall has one now."""
    hall = await context.services.check_ins.check_in_typed(await context.actor(), text)
    if hall is not None:
        await _show_when_drawn(context, hall.hearing_id, hall.sitting)
    return hall is not None


async def _show_when_drawn(context: Context, hearing: int, sitting: int) -> None:
    """Show the hall to who has come in: drawn when its turn has come, as hundreds come in at once."""
    origin = context.origin
    here = presses.OpenHall(hearing, sitting)
    context.bot_data.trails.came_from(origin.chat_id, here, anew=origin.message_id is None)
    screens = context.bot_data.hall_screens
    await screens.show_later(context.caller, (hearing, sitting), origin.message_id or 0, asked=True)


async def open_hall(context: Context, press: presses.OpenHall) -> None:
    """Show the hall as it stands for the person."""
    await _show(context, await _mine(context, press))


async def follow_hall(context: Context, press: presses.FollowHall) -> None:
    """Let the person take part from elsewhere, and show them the hall."""
    check_ins = context.services.check_ins
    await _show(context, await check_ins.follow(await context.actor(), press.hearing, press.sitting))


async def answer_in_hall(context: Context, press: presses.AnswerInHall) -> None:
    """Count an answer while the question is open in the hall: the toast is its receipt, the screen follows later."""
    ballot = await context.services.voting.cast(
        *(context.caller, press.hearing, press.question, Choose(press.option)),
        order=context.origin.update_id,
        edition=press.edition,
        asked=(press.sitting, press.asking),
    )
    context.adopt(ballot.actor)
    context.subject = (ballot.hearing.id, ballot.question.about)
    context.toast(voting.counted(context.t, ballot))
    screens = context.bot_data.hall_screens
    await screens.show_later(context.caller, (press.hearing, press.sitting), context.origin.message_id or 0)


async def ask_floor(context: Context, press: presses.AskFloor) -> None:
    """Put the person into the queue for the floor, or take them out of it."""
    actor, floor = await context.actor(), context.services.floor
    if press.on:
        request = await floor.ask(actor, press.hearing, press.sitting)
        context.toast(views.queued(context.t, request))
    else:
        await floor.withdraw(actor, press.hearing, press.sitting)
        context.toast(views.left_queue(context.t))
    await _show(context, await _mine(context, press))


async def _mine(context: Context, press: presses.AboutHall) -> MyHall:
    return await context.services.check_ins.mine(await context.actor(), press.hearing, press.sitting)


async def _show(context: Context, mine: MyHall) -> None:
    """Show the hall, and remember which message does."""
    item = About(AboutKind.AGENDA, mine.hall.item) if mine.item else About()
    context.subject = (mine.hearing.id, item)
    context.press = presses.OpenHall(mine.hearing.id, mine.hall.sitting)  # so that one comes back to the hall
    if mine.person is not None:
        context.told = context.bot_data.hall_screens.noting(mine.person, mine.hall)
    await context.show(views.hall(context.t, mine))
