"""Commands about hearings: template, load, report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.places import municipality_by_code
from bot.domain.languages import LANGUAGES
from bot.shell import (
    COMMAND_LINE,
    CommandFailed,
    UsageMistake,
    go,
    read,
    settings,
    with_services,
    write,
    writing,
)

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.services import Services


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option("--language", default="ky", show_default=True, type=click.Choice(LANGUAGES), help="Of the headings.")
def template(*, output: Path, language: str) -> None:
    """Write an empty hearing workbook."""
    from bot.i18n import Catalogues
    from bot.workbook.template import template as empty

    with writing(output):
        write(output, empty(Catalogues.load()[language]))
    click.echo(f"{output} is ready to be filled in.", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", required=True, help="Its code, as loaded with `places load`.")
@click.option("--publish", is_flag=True, help="Announce it at once.")
@click.option("--replace", metavar="HEARING", help="Its code: this is the corrected workbook of that hearing.")
def load(*, file: Path, municipality: str, publish: bool, replace: str | None) -> None:
    """Load a hearing from a workbook.

    Its code is the last word on stdout. Mistakes are named by sheet and cell, and then nothing is stored. With
    --replace people who were told of the hearing are told of other dates and places.
    """
    content = read(file)
    work = partial(_load, content=content, code=municipality, publish=publish, replace=replace)
    hearing = go(with_services(settings(), work))
    done = "Replaced" if replace else "Published" if publish else "Loaded as a draft"
    click.echo(f"{done}: {hearing.code}")


async def _load(services: Services, *, content: bytes, code: str, publish: bool, replace: str | None) -> Hearing:
    from bot.i18n import Catalogues
    from bot.workbook.faults import sentence
    from bot.workbook.reader import read

    place = await municipality_by_code(services, code)
    zone = (await services.directory.tree()).zone(place.id)
    catalogues = Catalogues.load()
    t = catalogues["en"]
    reading = read(content, catalogues=catalogues, municipality_timezone=zone.key, now=services.clock.now())
    for warning in reading.warnings:
        click.echo(f"Warning: {sentence(warning, t)}", err=True)
    if reading.dossier is None:
        mistakes = "\n".join(sentence(fault, t) for fault in reading.errors)
        raise UsageMistake(f"Nothing was stored. Please correct in the workbook:\n{mistakes}")
    if replace is None:
        return await services.hearings.load(COMMAND_LINE, place.id, reading.dossier, publish=publish)
    return await _replace(services, replace, place.id, reading.dossier, publish=publish)


async def _replace(services: Services, code: str, municipality_id: int, dossier: Dossier, *, publish: bool) -> Hearing:
    from bot.domain.errors import HearingOver, NotFound, QuestionsChanged

    try:
        hearing = await services.hearings.by_code(code)
    except NotFound:
        raise UsageMistake(f"No hearing has the code {code!r}. Nothing was changed.") from None
    if hearing.municipality_id != municipality_id:
        raise UsageMistake(f"{code} is a hearing of another municipality. Nothing was changed.")
    try:
        revised = await services.announcements.revise(COMMAND_LINE, hearing.id, dossier)
        return await services.announcements.publish(COMMAND_LINE, hearing.id) if publish else revised
    except HearingOver:
        raise UsageMistake(f"{code} is closed or cancelled. Nothing was changed.") from None
    except QuestionsChanged:
        words = "People may have answered: its questions and services stay as they are. Nothing was changed."
        raise UsageMistake(f"{code} is public. {words}") from None


@click.command()
@click.argument("hearing")
@click.option(
    "--format", "form", required=True, type=click.Choice(["xlsx", "docx", "pdf", "csv", "json"]), help="Of the file."
)
@click.option("--language", default="ky", show_default=True, type=click.Choice(LANGUAGES), help="Of the words.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
def report(*, hearing: str, form: str, language: str, output: Path) -> None:
    """Write the record of a hearing as a file.

    HEARING is its code. The file is the same as from the bot: xlsx, csv (the comments) or json.
    """
    from bot import reports

    if form not in {each.value for each in reports.ReportFormat}:
        raise CommandFailed(f"{form} comes with a later version; today there are xlsx, csv and json.")
    with writing(output):
        go(with_services(settings(), lambda services: _report(services, hearing, form, language, output)))
    click.echo(f"{output} is written.", err=True)


async def _report(services: Services, code: str, form: str, language: str, output: Path) -> None:
    from bot import reports
    from bot.i18n import Catalogues

    hearing = await services.hearings.by_code(code)
    await reports.write(
        services.store,
        hearing.id,
        form=reports.ReportFormat(form),
        t=Catalogues.load()[language],
        now=services.clock.now(),
        timezone=services.directory.timezone,
        path=output,
    )
