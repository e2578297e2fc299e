"""Commands about the database: backup, restore, move, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.domain.errors import StoreUnavailable
from bot.shell import CommandFailed, UsageMistake, go, reason, settings, writing

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from storage import MovedRows, Restored

ROWS_BETWEEN_LINES: Final = 100_000
"""After so many rows of a table that is moved a line says how far it is."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database while the bot runs. MEDIA_FOLDER is copied into FILE.media.

    The copy is checked before it gets its name, and holds every vote confirmed before the command began.
    """
    from bot.services.backups import media_beside
    from bot.services.media_folder import MediaFolder
    from storage import backup as copy

    found = settings()
    with writing(file):
        go(_copied(copy(found.database_url, file)))
    if found.media_folder:
        beside = media_beside(file)
        try:
            files = MediaFolder(Path(found.media_folder)).copy_to(beside)
        except OSError as failure:
            raise CommandFailed(
                f"{file} is a whole copy, but MEDIA_FOLDER was not copied: {reason(failure)}."
            ) from None
        click.echo(f"{beside} has the {files} files of MEDIA_FOLDER.", err=True)
    click.echo(f"{file} is a whole copy.", err=True)


async def _copied(copying: Coroutine[Any, Any, None]) -> None:
    try:
        await copying
    except StoreUnavailable as failure:
        raise CommandFailed(f"No copy was made: {failure.reason}.") from failure


@click.command()
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(copy: Path) -> None:
    """Put a copy in the place of the database. Stop the bot first.

    The copy is checked. What was there stays beside it under another name; its log, which would damage the copy, too.
    The files of COPY.media are put into MEDIA_FOLDER, where it is set.
    """
    from bot.app import SystemClock
    from bot.services.backups import media_beside
    from bot.services.media_folder import MediaFolder
    from storage import restore as put_back

    found = settings()
    stamp = f"{SystemClock().now():%Y%m%d-%H%M%S}"
    try:
        done = go(_restored(put_back(found.database_url, copy, stamp=stamp)))
    except OSError as failure:
        raise CommandFailed(f"Nothing was restored: {reason(failure)}.") from None
    beside = media_beside(copy)
    if found.media_folder and beside.is_dir():
        files = MediaFolder(Path(found.media_folder)).bring_back(MediaFolder(beside))
        click.echo(f"{files} files of {beside} were missing, and are in MEDIA_FOLDER again.", err=True)
    if done.kept is not None:
        click.echo(f"What was there is kept as {done.kept.absolute()}.", err=True)
    click.echo(f"{done.file.absolute()} is {copy} now. Start the bot.", err=True)


async def _restored(restoring: Coroutine[Any, Any, Restored]) -> Restored:
    try:
        return await restoring
    except StoreUnavailable as failure:
        raise CommandFailed(f"Nothing was restored: {failure.reason}.") from failure


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from storage import migrate as upgrade

    before = go(upgrade(settings().database_url))
    was = {"current": "it was already", "empty": "it was empty", "older": f"it was at {before.revision}"}
    click.echo(f"The database is up to date; {was[before.status.value]}.", err=True)


@click.command()
@click.option("--to", "target", required=True, metavar="DATABASE_URL", help="Of an empty database.")
def move(target: str) -> None:
    """Copy everything into another database.

    From SQLite to PostgreSQL or back; stop the bot first. Every row is compared. The database in use is not changed;
    the other one must be empty, and stays so where something goes wrong. MEDIA_FOLDER stays where it is.
    """
    from bot.app import SystemClock
    from bot.config import mistake_in
    from storage import move as copy
    from storage import whereabouts

    found = settings()
    if mistake := mistake_in("database_url", target):
        raise UsageMistake(f"--to: {mistake}")
    try:
        done = go(_moved(copy(found.database_url, target, now=SystemClock().now(), progress=_say)))
    except OSError as failure:
        raise CommandFailed(f"Nothing was moved: {reason(failure)}.") from None
    where = whereabouts(target)
    click.echo(f"{done.rows} rows of {done.tables} tables are in {where}; each is the same in both.", err=True)
    click.echo("The database before is as it was. Set DATABASE_URL to the new address and start the bot.", err=True)


def _say(table: str, done: int, total: int) -> None:
    """Tell how far it is, of tables that take long, and which table is next."""
    if total and (done in (0, total) or not done % ROWS_BETWEEN_LINES):
        click.echo(f"{table}: {done} of {total}", err=True)


async def _moved(moving: Coroutine[Any, Any, MovedRows]) -> MovedRows:
    try:
        return await moving
    except StoreUnavailable as failure:
        raise CommandFailed(f"Nothing was moved: {failure.reason}.") from failure
