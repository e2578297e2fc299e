"""A municipality's staff on the desk. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import desk, presses
from handlers.views import staff as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.staff import StaffList
    from handlers.context import Context


async def list_staff(context: Context, press: presses.ListStaff) -> None:
    """Show who has which role."""
    found = await _listing(context, press.municipality)
    await context.show(views.listing(context.t, found, await context.actor(), page=press.page))


async def open_staff_member(context: Context, press: presses.OpenStaffMember) -> None:
    """Show one member of staff, and what can be done."""
    found = await _listing(context, press.municipality)
    await context.show(views.member(context.t, found, press.resident, await context.actor()))


async def revoke_role(context: Context, press: presses.RevokeRole) -> None:
    """Take a role back from a person, after asking once."""
    actor = await context.actor()
    found = await _listing(context, press.municipality)
    if not press.sure:
        await context.show(views.revoke_choice(context.t, found, press.resident, press.role))
        return
    await context.services.staff.revoke(actor, press.resident, views.grant(press))
    context.toast(toasts.role_taken_back(context.t))
    context.bot_data.wake_outbox()
    await _after(context, press.municipality, press.resident)


async def hand_over(context: Context, press: presses.HandOver) -> None:
    """Make a colleague the secretary in one's own place, after asking once."""
    if not press.sure:
        found = await _listing(context, press.municipality)
        await context.show(views.hand_over_choice(context.t, found, press.resident, await context.actor()))
        return
    await context.services.staff.hand_over(await context.actor(), press.resident, press.municipality)
    context.bot_data.wake_outbox()
    context.toast(toasts.handed_over(context.t), alert=True)
    await _after(context, press.municipality, 0)


async def list_invitations(context: Context, press: presses.ListInvitations) -> None:
    """Show the invitations that may still be used."""
    await context.show(views.invitations(context.t, await _listing(context, press.municipality)))


async def write_staff_name(context: Context, _press: presses.WriteStaffName) -> None:
    """Wait for the name by which colleagues see the actor."""
    await context.services.staff.begin_name(await context.actor())
    await context.show(views.ask_name(context.t, views.without_username(context.origin.name)))


async def take_telegram_name(context: Context, _press: presses.TakeTelegramName) -> None:
    """Take the actor's name at Telegram."""
    await _name(context, views.without_username(context.origin.name))


async def on_name(context: Context, words: str) -> None:
    """Take the typed name."""
    await _name(context, words)


async def toggle_numbers(context: Context, press: presses.ToggleNumbers) -> None:
    """Switch the numbers of each morning on or off for the actor."""
    context.adopt(await context.services.staff.set_numbers(await context.actor(), press.municipality, wanted=press.on))
    context.toast(toasts.numbers_switched(context.t, on=press.on))
    await desk.open_desk_settings(context, presses.OpenDeskSettings(press.municipality))


async def _name(context: Context, words: str) -> None:
    actor = await context.services.staff.set_name(await context.actor(), words)
    context.adopt(actor)
    context.toast(toasts.saved(context.t))
    name = actor.resident.staff_name if actor.resident else ""
    await context.show(views.named(context.t, name))


async def _after(context: Context, municipality_id: int, resident_id: int) -> None:
    """What follows: the list, or where the actor has lost their own role, their home."""
    actor = await context.services.people.identify(context.caller)
    context.adopt(actor)
    if resident_id in (0, actor.resident_id):
        await context.follow(presses.GoHome())
        return
    await list_staff(context, presses.ListStaff(municipality_id))


async def _listing(context: Context, municipality_id: int) -> StaffList:
    return await context.services.staff.listing(await context.actor(), municipality_id)
