"""The command that holds municipalities beside one another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.domain.languages import LANGUAGES
from bot.shell import COMMAND_LINE, go, settings, with_services, write, writing

if TYPE_CHECKING:
    from bot.domain.figures import MunicipalityFigures
    from bot.services import Services


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only hearings that closed from this day on.")
@click.option("--language", type=click.Choice(LANGUAGES), default="ky", show_default=True, help="Of the words.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write (xlsx)."
)
def compare(*, since: datetime | None, language: str, output: Path) -> None:
    """Write a table of all municipalities.

    Of each it has the last hearing that has closed: how many people took part, how many comments came, which part of
    them is answered, and in how many days.
    """
    from bot.i18n import Catalogues
    from bot.reports.municipalities import workbook

    async def figures(services: Services) -> tuple[MunicipalityFigures, ...]:
        day = since.replace(tzinfo=UTC) if since else None
        return await services.comparisons.municipalities(COMMAND_LINE, since=day)

    with writing(output):
        found = go(with_services(settings(), figures))
        write(output, workbook(Catalogues.load()[language], found))
    click.echo(f"{output} is written: municipalities {len(found)}.", err=True)
