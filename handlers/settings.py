"""Settings: language, place, messages, and what a person says about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.people import Reminders
from handlers import presses
from handlers.views import settings as views

if TYPE_CHECKING:
    from bot.domain.people import Resident
    from handlers.context import Turn
    from handlers.views.screen import Screen


async def settings(turn: Turn, _press: presses.OpenSettings) -> None:
    """What is set."""
    actor = await turn.actor()
    known = (await turn.house.directory.tree()).by_id
    person = actor.resident
    municipality = known.get(person.municipality_id or 0) if person else None
    village = known.get(person.village_id or 0) if person else None
    await turn.show(views.settings(turn.t, actor, municipality, village))


async def reminder_choice(turn: Turn, _press: presses.ChooseReminders) -> None:
    """Which messages?"""
    person = (await turn.actor()).resident
    await turn.show(views.reminders(turn.t, person.reminders if person else Reminders.NONE))


async def set_reminders(turn: Turn, press: presses.SetReminders) -> None:
    """These messages."""
    turn.adopt(await turn.house.people.set_reminders(await turn.actor(), press.reminders))
    turn.toast(turn.t.p("toast", "Saved."))
    await turn.show(views.reminders(turn.t, press.reminders))


async def stop(turn: Turn) -> None:
    """``/stop``: no messages any more; a visitor gets none anyway."""
    actor = await turn.actor()
    if actor.consented is not None:
        turn.adopt(await turn.house.people.set_reminders(actor, Reminders.NONE))
    await turn.show(views.stopped(turn.t))


async def ask_about_self(turn: Turn) -> None:
    """After a person's first act, once and never again: the three questions, as a message of their own."""
    person = (await turn.actor()).consented
    if person is not None and not person.asked_about_self:
        turn.adopt(await turn.house.people.asked_about_self(await turn.actor()))
        await turn.send(views.gender(turn.t, person))


async def about_me(turn: Turn, press: presses.DescribeMyself) -> None:
    """One of the three questions, in the place of the pressed screen."""
    actor = await turn.actor()
    if actor.resident is None or not actor.resident.asked_about_self:
        actor = await turn.house.people.asked_about_self(actor)
        turn.adopt(actor)
    assert actor.resident is not None
    match press.step:
        case 0:
            screen = views.gender(turn.t, actor.resident)
        case 1:
            screen = views.age(turn.t, actor.resident)
        case 2:
            screen = await _village(turn, actor.resident)
        case _:
            screen = views.thanks(turn.t)
    await turn.show(screen)


async def set_gender(turn: Turn, press: presses.SetGender) -> None:
    """Gender, then the next question."""
    turn.adopt(await turn.house.people.set_gender(await turn.actor(), press.gender))
    await about_me(turn, presses.DescribeMyself(1))


async def set_age(turn: Turn, press: presses.SetAge) -> None:
    """Age band, then the next question."""
    turn.adopt(await turn.house.people.set_age(await turn.actor(), press.age_band))
    await about_me(turn, presses.DescribeMyself(2))


async def _village(turn: Turn, person: Resident) -> Screen:
    """The village, where there is a choice and none was made; else the end."""
    known = await turn.house.directory.tree()
    municipality = known.by_id.get(person.municipality_id or 0)
    villages = known.villages(municipality.id) if municipality else ()
    if municipality is None or len(villages) < 2 or person.village_id is not None:
        return views.thanks(turn.t)
    return views.village(turn.t, municipality, villages)
