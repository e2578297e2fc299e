"""Commands about staff: invite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.places import municipality_by_code
from bot.domain.people import Role
from bot.shell import COMMAND_LINE, ensure_token, go, settings, with_services

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.services import Services


@click.command()
@click.option("--municipality", required=True, help="Its code.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they become.")
def invite(*, municipality: str, role: str) -> None:
    """Print a one-time link that gives a role.

    Whoever opens it first, within seven days, gets the role in that municipality.
    """
    found = settings()
    ensure_token(found)
    click.echo(go(_invite(found, municipality, Role(role))))


async def _invite(found: Settings, code: str, role: Role) -> str:
    from bot.checks import bot_username
    from handlers.presses import AcceptInvitation
    from handlers.presses.links import deep_link

    async def work(services: Services) -> str:
        place = await municipality_by_code(services, code)
        name = await bot_username(found)
        token = await services.people.invite(COMMAND_LINE, place.id, role)
        return deep_link(name, AcceptInvitation(token))

    return await with_services(found, work)
