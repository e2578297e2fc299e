"""Settings: language, place, notices, and what a person says about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.people import Reminders
from handlers import presses
from handlers.views import settings as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.domain.people import Resident
    from handlers.context import Context
    from handlers.views.screen import Screen


async def open_settings(context: Context, _press: presses.OpenSettings) -> None:
    """Show the settings."""
    actor = await context.actor()
    places = (await context.services.directory.tree()).by_id
    person = actor.resident
    municipality = places.get(person.municipality_id or 0) if person else None
    village = places.get(person.village_id or 0) if person else None
    await context.show(views.settings(context.t, actor, municipality, village))


async def choose_reminders(context: Context, _press: presses.ChooseReminders) -> None:
    """Ask which notices the person wants."""
    person = (await context.actor()).resident
    await context.show(views.reminders(context.t, person.reminders if person else Reminders.NONE))


async def set_reminders(context: Context, press: presses.SetReminders) -> None:
    """Store which notices the person wants."""
    context.adopt(await context.services.people.set_reminders(await context.actor(), press.reminders))
    context.toast(toasts.saved(context.t))
    await context.show(views.reminders(context.t, press.reminders))


async def stop(context: Context) -> None:
    """Send the person no notices any more (``/stop``); a visitor gets none anyway."""
    actor = await context.actor()
    if actor.consented is not None:
        context.adopt(await context.services.people.set_reminders(actor, Reminders.NONE))
    await context.show(views.stopped(context.t))


async def show_and_ask(context: Context, screen: Screen) -> None:
    """Show a screen after a person's act, once and never again with the first question about themselves below it."""
    person = (await context.actor()).consented
    if person is not None and not person.asked_about_self and not context.is_followed:
        asking = views.asking(context.t, screen, person)
        if asking is not screen:
            context.adopt(await context.services.people.mark_asked_about_self(await context.actor()))
        screen = asking
    await context.show(screen)


async def describe_myself(context: Context, press: presses.DescribeMyself) -> None:
    """Ask one of the three questions, in the place of the pressed screen."""
    actor = await context.actor()
    if actor.resident is None or not actor.resident.asked_about_self:
        actor = await context.services.people.mark_asked_about_self(actor)
        context.adopt(actor)
    assert actor.resident is not None
    match press.step:
        case 0:
            screen = views.gender(context.t, actor.resident)
        case 1:
            screen = views.age(context.t, actor.resident)
        case 2:
            screen = await _village(context, actor.resident)
        case _:
            screen = views.thanks(context.t)
    await context.show(screen)


async def set_gender(context: Context, press: presses.SetGender) -> None:
    """Store the gender, then ask the next question."""
    context.adopt(await context.services.people.set_gender(await context.actor(), press.gender))
    await describe_myself(context, presses.DescribeMyself(1))


async def set_age(context: Context, press: presses.SetAge) -> None:
    """Store the age band, then ask the next question."""
    context.adopt(await context.services.people.set_age(await context.actor(), press.age_band))
    await describe_myself(context, presses.DescribeMyself(2))


async def _village(context: Context, person: Resident) -> Screen:
    """The question for the village, where there is a choice and none was made; else the end."""
    places = await context.services.directory.tree()
    if not (villages := person.village_choice(places)):
        return views.thanks(context.t)
    typed = await context.services.pending_inputs.begin_village(await context.actor())
    return views.village(context.t, places.get(person.municipality_id or 0), villages, typed=typed)
