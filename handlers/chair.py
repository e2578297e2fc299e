"""Running a sitting from the phone: each press is one step, and the last one can be undone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from bot.domain.pending_input import HallTyping
from bot.reports.qr_picture import qr_picture
from handlers import presses
from handlers.presses.links import deep_link
from handlers.views import chair as views
from handlers.views import chair_lists, toasts
from handlers.views.screen import Picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.services.hall_keys import NewHallKeys
    from bot.services.hall_views import ChairState
    from bot.services.halls import Halls
    from handlers.context import Context

_STEPS: Final[dict[presses.HallStep, Callable[[Halls], Callable[..., Awaitable[ChairState]]]]] = {
    presses.HallStep.NEXT_ITEM: lambda halls: halls.next_item,
    presses.HallStep.CLOSE: lambda halls: halls.close_question,
    presses.HallStep.SHOW: lambda halls: halls.show_result,
    presses.HallStep.NEXT_SPEAKER: lambda halls: halls.next_speaker,
    presses.HallStep.END_SPEAKER: lambda halls: halls.end_speaker,
    presses.HallStep.UNDO: lambda halls: halls.undo,
    presses.HallStep.END: lambda halls: halls.end,
}


async def open_chair(context: Context, press: presses.OpenChair) -> None:
    """Show the hall to who chairs it; of several sittings ask which. What was to be typed is given up."""
    actor = await context.actor()
    await context.services.hall_words.drop(actor)
    chair = await context.services.halls.chair(actor, press.hearing, press.sitting)
    if not press.sitting and len(chair.state.hearing.dossier.sittings) > 1:
        await context.show(chair_lists.sittings(context.t, chair.state))
        return
    await _show(context, chair)


async def step_in_hall(context: Context, press: presses.StepInHall) -> None:
    """Take a step; ask once before the end."""
    actor, halls = await context.actor(), context.services.halls
    if press.step is presses.HallStep.START:
        chair = await halls.start(actor, press.hearing, press.sitting)
    elif press.step is presses.HallStep.END and not press.sure:
        chair = await halls.chair(actor, press.hearing, press.sitting)
        await context.show(views.end(context.t, chair))
        return
    else:
        chair = await _STEPS[press.step](halls)(actor, press.hearing, press.sitting, seen=press.seen)
    await _went_on(context, chair)


async def ask_hall(context: Context, press: presses.AskHall) -> None:
    """Open a question to the hall, or list those that there are."""
    actor, halls = await context.actor(), context.services.halls
    if press.question:
        chair = await halls.ask(actor, press.hearing, press.sitting, press.question, seen=press.seen)
        await _went_on(context, chair)
        return
    chair = await halls.chair(actor, press.hearing, press.sitting)
    await context.show(chair_lists.questions_to_ask(context.t, chair, press.page))


async def count_hands(context: Context, press: presses.CountHands) -> None:
    """Wait for how many hands were raised."""
    typing = HallTyping(press.sitting, seen=press.seen)
    chair = await context.services.hall_words.expect(await context.actor(), press.hearing, typing)
    await context.show(views.ask_hands(context.t, chair))


async def on_words(context: Context, text: str) -> None:
    """Take the typed hands, or the typed note."""
    words = await context.services.hall_words.receive(await context.actor(), text)
    if words.typing.comment:
        await context.show(chair_lists.questions(context.t, words.chair))
        return
    await _went_on(context, words.chair)


async def add_hand(context: Context, press: presses.AddHand) -> None:
    """Put somebody without a phone into the queue."""
    actor = await context.actor()
    request = await context.services.floor.add_hand(actor, press.hearing, press.sitting)
    context.toast(views.hand_added(context.t, request))
    await _show(context, await context.services.halls.chair(actor, press.hearing, press.sitting))


async def set_speaking_minutes(context: Context, press: presses.SetSpeakingMinutes) -> None:
    """Give each speaker so many minutes, or ask how many."""
    actor, halls = await context.actor(), context.services.halls
    if press.minutes:
        chair = await halls.set_minutes(actor, press.hearing, press.sitting, press.minutes)
        context.toast(toasts.saved(context.t))
        await _show(context, chair)
        return
    await context.show(views.minutes(context.t, await halls.chair(actor, press.hearing, press.sitting)))


async def list_hall_questions(context: Context, press: presses.ListHallQuestions) -> None:
    """Show the questions to the presenters. A note that was to be typed is given up."""
    actor = await context.actor()
    await context.services.hall_words.drop(actor)
    chair = await context.services.halls.chair(actor, press.hearing, press.sitting)
    await context.show(chair_lists.questions(context.t, chair))


async def publish_hall_question(context: Context, press: presses.PublishHallQuestion) -> None:
    """Let everybody read a question."""
    actor, halls = await context.actor(), context.services.halls
    await halls.chair(actor, press.hearing, press.sitting)
    await context.services.moderation.publish(actor, press.comment, edition=press.edition)
    context.toast(views.published(context.t))
    await context.show(chair_lists.questions(context.t, await halls.chair(actor, press.hearing, press.sitting)))


async def close_hall_question(context: Context, press: presses.CloseHallQuestion) -> None:
    """Say that a question was answered, and offer to write a note to it."""
    chair = await context.services.halls.answer_question(
        await context.actor(), press.hearing, press.sitting, press.comment, seen=press.seen
    )
    context.bot_data.hall_screens.wake()
    await context.show(chair_lists.answered(context.t, chair, press.comment))


async def note_answer(context: Context, press: presses.NoteAnswer) -> None:
    """Wait for a note to what was answered."""
    typing = HallTyping(press.sitting, comment=press.comment)
    chair = await context.services.hall_words.expect(await context.actor(), press.hearing, typing)
    await context.show(chair_lists.ask_note(context.t, chair))


async def open_hall_links(context: Context, press: presses.OpenHallLinks) -> None:
    """Show the code of the day with its QR code."""
    await _links(context, press, None)


async def make_hall_keys(context: Context, press: presses.MakeHallKeys) -> None:
    """Make keys of the day and show the links, once."""
    made = await context.services.hall_keys.make(await context.actor(), press.hearing, press.sitting)
    await _links(context, press, made)


async def withdraw_hall_keys(context: Context, press: presses.WithdrawHallKeys) -> None:
    """Let every key open nothing any more."""
    await context.services.hall_keys.withdraw(await context.actor(), press.hearing, press.sitting)
    context.toast(views.keys_withdrawn(context.t))
    await _links(context, press, None)


async def _links(context: Context, press: presses.AboutChair, made: NewHallKeys | None) -> None:
    actor = await context.actor()
    code = await context.services.hall_keys.ensure_code(actor, press.hearing, press.sitting)
    chair = await context.services.halls.chair(actor, press.hearing, press.sitting)
    link = deep_link(context.username, presses.CheckIn(press.hearing, press.sitting, code))
    name = hashlib.sha256(link.encode()).hexdigest()  # the code stands in no table of files
    picture = Picture(f"hall {name}", qr_picture(link))
    base = context.bot_data.pages_url
    await context.show(views.links(context.t, chair, link=link, picture=picture, base=base, made=made))


async def _went_on(context: Context, chair: ChairState) -> None:
    context.bot_data.hall_screens.wake()
    await _show(context, chair)


async def _show(context: Context, chair: ChairState) -> None:
    await context.show(views.chair(context.t, chair))
