"""Commands about staff: invite, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.places import municipality_by_code
from bot.domain.people import Role
from bot.shell import COMMAND_LINE, UsageMistake, ensure_token, go, settings, with_services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config import Settings
    from bot.domain.people import Invitation, StaffMember
    from bot.domain.places import Place
    from bot.services import Services
    from bot.services.staff import StaffList


@click.command()
@click.option("--municipality", required=True, help="Its code.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they become.")
@click.option("--for", "telegram_id", type=click.IntRange(min=1), help="The only Telegram id that may use the link.")
def invite(*, municipality: str, role: str, telegram_id: int | None) -> None:
    """Print a one-time link that gives a role.

    Whoever opens it first, within 24 hours, gets the role in that municipality; with --for nobody else can.
    """
    found = settings()
    ensure_token(found)
    click.echo(go(_invite(found, municipality, Role(role), telegram_id)))


async def _invite(found: Settings, code: str, role: Role, telegram_id: int | None) -> str:
    from bot.checks import bot_username
    from handlers.presses import AcceptInvitation
    from handlers.presses.links import deep_link

    async def work(services: Services) -> str:
        place = await municipality_by_code(services, code)
        name = await bot_username(found)
        token = await services.people.invite(COMMAND_LINE, place.id, role, telegram_id=telegram_id)
        return deep_link(name, AcceptInvitation(token))

    return await with_services(found, work)


@click.command()
@click.option("--municipality", help="Its code; without it, all of them.")
@click.option("--revoke", metavar="ID", help="Take this role or invitation back, for good. IDs are in the list.")
def people(*, municipality: str | None, revoke: str | None) -> None:
    """List roles and invitations, or take one back.

    Who has which role in which municipality, and every invitation to one.

    Each line begins with an ID. Who loses a role cannot get it back by the link that gave it.
    """
    for line in go(with_services(settings(), lambda services: _people(services, municipality, revoke))):
        click.echo(line)


async def _people(services: Services, code: str | None, revoked: str | None) -> tuple[str, ...]:
    places: tuple[Place, ...] = (await services.directory.tree()).municipalities
    if code is not None:
        places = (await municipality_by_code(services, code),)
    lists = [await services.staff.listing(COMMAND_LINE, place.id) for place in places]
    if revoked is None:
        return tuple(line for each in lists for line in _lines(each))
    for each in lists:
        for member in each.members:
            if _name(each, member) == revoked:
                await services.staff.revoke(COMMAND_LINE, member.resident.id, member.grant)
                return (f"Taken back: {revoked}",)
        if any(invitation.name == revoked for invitation in each.invitations):
            await services.staff.withdraw(COMMAND_LINE, revoked)
            return (f"Taken back: {revoked}",)
    raise UsageMistake(f"There is no role and no invitation {revoked!r}. `hearing-bot people` lists them.")


def _lines(found: StaffList) -> Iterator[str]:
    code = found.municipality.code
    for member in found.members:
        who = f"Telegram {member.resident.telegram_id}" if member.resident.telegram_id else "forgotten"
        since = f"since {member.granted_at:%Y-%m-%d}"
        yield f"{_name(found, member)}\t{code}\t{member.grant.role.value}\t{who}\t{since}"
    for invitation in found.invitations:
        state = _state(found, invitation)
        yield f"{invitation.name}\t{code}\t{invitation.role.value}\tinvitation\t{state}"


def _name(found: StaffList, member: StaffMember) -> str:
    return f"{member.resident.id}-{found.municipality.code}-{member.grant.role.value}"


def _state(found: StaffList, invitation: Invitation) -> str:
    if invitation.withdrawn_at is not None:
        return f"taken back {invitation.withdrawn_at:%Y-%m-%d}"
    if invitation.used_at is not None:
        return f"used {invitation.used_at:%Y-%m-%d} by {invitation.used_by}"
    if not invitation.is_open(found.now):
        return "out of date"
    bound = ", for one person" if invitation.bound_to else ""
    return f"open until {invitation.expires_at:%Y-%m-%d %H:%M} UTC{bound}"
