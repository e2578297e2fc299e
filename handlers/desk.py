"""The desk of staff. The services check every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.files import FileKind, FileRequest
from handlers import presses
from handlers.presses.links import deep_link
from handlers.views import desk as views
from handlers.views import hearing_desk, invitations, numbers, reports, toasts

if TYPE_CHECKING:
    from bot.services.desk import HearingOverview
    from handlers.context import Context


async def open_desk(context: Context, _press: presses.OpenDesk) -> None:
    """Open the desk: of the only municipality, else ask for one."""
    actor = await context.actor()
    found = await context.services.desk.municipalities(actor)
    await context.services.decisions.stop(actor)
    if len(found) == 1:
        await open_desk_municipality(context, presses.OpenDeskMunicipality(found[0].id))
        return
    await context.show(views.municipalities(context.t, found, administrator=actor.administrator))


async def open_desk_municipality(context: Context, press: presses.OpenDeskMunicipality) -> None:
    """Show a municipality's hearings."""
    actor = await context.actor()
    found = await context.services.desk.home(actor, press.municipality, page=press.page)
    await context.services.decisions.stop(actor)
    others = len(await context.services.desk.municipalities(actor)) > 1
    await context.show(views.desk_home(context.t, found, others=others))


async def open_desk_settings(context: Context, press: presses.OpenDeskSettings) -> None:
    """Show what is set for a municipality's desk; where that is one thing, the desk has it itself."""
    found = await context.services.desk.home(await context.actor(), press.municipality)
    if views.has_settings(found):
        await context.show(views.desk_settings(context.t, found))
    else:
        await open_desk_municipality(context, presses.OpenDeskMunicipality(press.municipality))


async def open_desk_hearing(context: Context, press: presses.OpenDeskHearing) -> None:
    """Show a hearing's numbers so far."""
    found = await _overview(context, press.hearing)
    await context.services.decisions.stop(await context.actor())
    await context.show(hearing_desk.overview(context.t, found))


async def see_tallies(context: Context, press: presses.SeeTallies) -> None:
    """Show a hearing's results."""
    await context.show(numbers.tallies(context.t, await _overview(context, press.hearing), press.page))


async def open_reports(context: Context, press: presses.OpenReports) -> None:
    """Show the files of a hearing."""
    found = await _overview(context, press.hearing)
    await context.show(reports.files(context.t, found, press.languages, press.sitting))


async def download_record(context: Context, press: presses.DownloadRecord) -> None:
    """Owe the record as a file, in the language of its reader."""
    await context.actor()
    chosen = press.languages.chosen(context.t.language)
    if press.form is not presses.DownloadFormat.DOCX:
        chosen = chosen[:1]
    request = FileRequest(FileKind.RECORD, press.hearing, chosen, form=press.form.value, sitting=press.sitting)
    await context.ask_for_file(request)


async def choose_role(context: Context, press: presses.ChooseRole) -> None:
    """Ask to which role a colleague is invited."""
    found = await context.services.desk.home(await context.actor(), press.municipality)
    await context.show(invitations.invite_choice(context.t, found.municipality))


async def invite_staff(context: Context, press: presses.InviteStaff) -> None:
    """Make a one-time link to a role, in a message of its own: it is passed on later."""
    token = await context.services.people.invite(await context.actor(), press.municipality, press.role)
    place = (await context.services.directory.tree()).get(press.municipality)
    link = deep_link(context.username, presses.AcceptInvitation(token))
    await context.follow(presses.ListStaff(press.municipality))
    await context.send(invitations.invitation(context.t, place, press.role, link))


async def accept_invitation(context: Context, press: presses.AcceptInvitation) -> None:
    """Use an invitation; who made it is told by which name."""
    joined = await context.services.people.join(context.caller, press.token, name=context.origin.name)
    context.adopt(joined.actor)
    place = (await context.services.directory.tree()).get(joined.grant.municipality_id)
    offered = "" if joined.actor.resident is None or joined.actor.resident.staff_name else context.origin.name
    await context.show(invitations.joined(context.t, place, joined.grant.role, offered=offered))
    if joined.told:
        context.bot_data.wake_outbox()


async def take_back_invitation(context: Context, press: presses.TakeBackInvitation) -> None:
    """Take an invitation back, and the role that it gave, after asking once."""
    actor = await context.actor()
    if not press.sure:
        found = await context.services.staff.find(actor, press.invitation)
        await context.show(invitations.take_back_choice(context.t, found))
        return
    taken = await context.services.staff.withdraw(actor, press.invitation)
    context.toast(toasts.role_taken_back(context.t))
    context.bot_data.wake_outbox()
    await context.follow(presses.OpenDeskMunicipality(taken.municipality_id))


async def _overview(context: Context, hearing_id: int) -> HearingOverview:
    return await context.services.desk.overview(await context.actor(), hearing_id)
