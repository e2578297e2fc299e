"""The command line. Exit codes: 0 done, 1 cannot be done now (and what to do), 2 a mistake in what was given."""

from __future__ import annotations

import asyncio
import gc
import io
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.domain.errors import StoreUnavailable
from bot.domain.languages import LANGUAGES
from bot.domain.people import Actor, Role
from bot.domain.places import PlaceKind
from bot.logs import set_up
from bot.shell import (
    CommandFailed,
    UsageMistake,
    ensure_token,
    go,
    read,
    reason,
    settings,
    with_services,
    write,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.config import Settings
    from bot.domain.hearings import Dossier
    from bot.services import Services

COMMAND_LINE = Actor(telegram_id=0, language="en", administrator=True)
"""Whoever can start a command on the server may do everything; the journal shows it without a person."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hearing-bot")
def main() -> None:
    """Public hearings on Telegram: residents read, vote, comment and ask; the secretary gets the record."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Cyrillic is no reason to fail


@main.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Of the chat page; 0: any free one."
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def demo(*, port: int, no_browser: bool) -> None:
    """Try everything in the browser. No token, no network.

    The bot, a Telegram of its own, eight sample municipalities and a page that works like a phone.
    """
    from bot.demo.run import demo as play

    set_up(level="WARNING", form="console")
    try:
        go(_until_signalled(lambda stop: play(port=port, open_browser=not no_browser, stop=stop)))
    except OSError as trouble:
        raise CommandFailed(f"Port {port} cannot be used ({reason(trouble)}). Try --port 0.") from trouble


@main.command()
def run() -> None:
    """Run the bot against Telegram.

    By polling, or by a webhook where WEBHOOK_URL is set. Leaves within seconds of SIGTERM.
    """
    from bot.runtime import run as keep_running

    found = settings()
    ensure_token(found)
    _spare_the_collector()
    try:
        go(_until_signalled(lambda stop: keep_running(found, stop=stop)))
    except OSError as trouble:
        raise CommandFailed(
            f"LISTEN: {found.listen} cannot be used ({reason(trouble)}). Is the bot running already?"
        ) from None


def _spare_the_collector() -> None:
    """What is loaded by now stays, and hundreds of presses at once are no garbage: not looking saves a quarter."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _until_signalled(work: Any) -> None:
    """Run ``work(stop)``; SIGTERM and Ctrl-C set ``stop``."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await work(stop)


@main.command()
def check() -> None:
    """Say what is wrong, and what to do.

    Looks at settings, database, schema, places, catalogues and Telegram; exit 1 if anything is wrong.
    """
    from bot.checks import findings

    found = settings()
    wrong = 0
    for finding in go(findings(found)):
        wrong += finding.wrong
        click.echo(f"{'✗' if finding.wrong else '✓'} {finding.what}: {finding.words}")
    if wrong:
        raise SystemExit(1)


@main.group()
def places() -> None:
    """Regions, districts, municipalities, villages."""


@places.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_places(file: Path) -> None:
    """Load places from a CSV file.

    Columns: code, type (region, district, municipality, village), parent (its code), name_ky; and where known name_ru,
    name_uz, name_en, timezone, population, women, valid_from, valid_to. Loading again updates by code.
    """
    from bot.i18n import Catalogues
    from bot.workbook.faults import sentence
    from bot.workbook.places import read_places

    content = read(file)

    async def work(wired: Services) -> None:
        known = await wired.directory.tree()
        reading = read_places(content, {place.code: place.kind for place in known.places})
        if reading.errors:
            t = Catalogues.load()["en"]
            raise UsageMistake("\n".join(sentence(fault, t) for fault in reading.errors))
        changed = await wired.directory.load(reading.places)
        click.echo(f"{len(reading.places)} places read, {changed} changed.")

    go(with_services(settings(), work))


@main.command()
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


@main.command()
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


async def _load(wired: Services, *, content: bytes, code: str, publish: bool, replace: str | None) -> Any:
    from bot.i18n import Catalogues
    from bot.workbook.faults import sentence
    from bot.workbook.reader import read

    place = await _municipality(wired, code)
    zone = (await wired.directory.tree()).zone(place.id)
    catalogues = Catalogues.load()
    t = catalogues["en"]
    reading = read(content, catalogues=catalogues, municipality_timezone=zone.key, now=wired.clock.now())
    for warning in reading.warnings:
        click.echo(f"Warning: {sentence(warning, t)}", err=True)
    if reading.dossier is None:
        mistakes = "\n".join(sentence(fault, t) for fault in reading.errors)
        raise UsageMistake(f"Nothing was stored. Please correct in the workbook:\n{mistakes}")
    if replace is None:
        return await wired.hearings.load(COMMAND_LINE, place.id, reading.dossier, publish=publish)
    return await _replace(wired, replace, place.id, reading.dossier, publish=publish)


async def _replace(wired: Services, code: str, municipality_id: int, dossier: Dossier, *, publish: bool) -> Any:
    from bot.domain.errors import HearingOver, NotFound, QuestionsChanged

    try:
        hearing = await wired.hearings.by_code(code)
    except NotFound:
        raise UsageMistake(f"No hearing has the code {code!r}. Nothing was changed.") from None
    if hearing.municipality_id != municipality_id:
        raise UsageMistake(f"{code} is a hearing of another municipality. Nothing was changed.")
    try:
        revised = await wired.announcements.revise(COMMAND_LINE, hearing.id, dossier)
        return await wired.announcements.publish(COMMAND_LINE, hearing.id) if publish else revised
    except HearingOver:
        raise UsageMistake(f"{code} is closed or cancelled. Nothing was changed.") from None
    except QuestionsChanged:
        words = "People may have answered: its questions and services stay as they are. Nothing was changed."
        raise UsageMistake(f"{code} is public. {words}") from None


async def _municipality(wired: Services, code: str) -> Any:
    known = await wired.directory.tree()
    place = known.find_code(code)
    if place is None or place.kind is not PlaceKind.MUNICIPALITY:
        codes = ", ".join(town.code for town in known.municipalities[:20]) or "none; load some with `places load`"
        raise UsageMistake(f"No municipality has the code {code!r}. Known: {codes}.")
    return place


@main.command()
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

    async def work(wired: Services) -> str:
        place = await _municipality(wired, code)
        name = await bot_username(found)
        token = await wired.people.invite(COMMAND_LINE, place.id, role)
        return deep_link(name, AcceptInvitation(token))

    words: str = await with_services(found, work)
    return words


@main.command()
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

    if form not in {known.value for known in reports.ReportFormat}:
        raise CommandFailed(f"{form} comes with a later version; today there are xlsx, csv and json.")
    with writing(output):
        go(with_services(settings(), lambda wired: _report(wired, hearing, form, language, output)))
    click.echo(f"{output} is written.", err=True)


async def _report(wired: Services, code: str, form: str, language: str, output: Path) -> None:
    from bot import reports
    from bot.i18n import Catalogues

    hearing = await wired.hearings.by_code(code)
    await reports.write(
        wired.store,
        hearing.id,
        form=reports.ReportFormat(form),
        t=Catalogues.load()[language],
        now=wired.clock.now(),
        timezone=wired.directory.timezone,
        path=output,
    )


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database while the bot runs.

    The copy is checked before it gets its name, and holds every vote confirmed before the command began.
    """
    from storage import backup as copy

    found = settings()
    with writing(file):
        go(_copied(copy(found.database_url, file)))
    click.echo(f"{file} is a whole copy.", err=True)


async def _copied(copying: Coroutine[Any, Any, None]) -> None:
    try:
        await copying
    except StoreUnavailable as failure:
        raise CommandFailed(f"No copy was made: {failure.reason}.") from failure


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from storage import migrate as upgrade

    before = go(upgrade(settings().database_url))
    was = {"current": "it was already", "empty": "it was empty", "older": f"it was at {before.revision}"}
    click.echo(f"The database is up to date; {was[before.status.value]}.", err=True)
