"""The command that asks for the first settings: init."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot import config
from bot.domain.languages import LANGUAGES
from bot.shell import CommandFailed, UsageMistake, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE: Final = Path(".env")


@click.command()
def init() -> None:
    """Ask for the settings, and write .env.

    Token, administrators, time zone, language, folder for copies. A file that is there stays as it is. Nobody but you
    can read the new one.
    """
    if FILE.exists():
        raise UsageMistake(
            f"{FILE.absolute()} is there already; it was not changed. Edit it, then `hearing-bot check`."
        )
    click.echo("Write to @BotFather in Telegram: /newbot. It gives you a token. Enter leaves out what may be empty.")
    given = {
        "BOT_TOKEN": _asked("Token", "bot_token"),
        "ADMIN_IDS": _asked("Your own Telegram id (@userinfobot tells it; several with commas)", "admin_ids"),
        "TIMEZONE": _asked("Time zone", "timezone", "Asia/Bishkek"),
        "DEFAULT_LANGUAGE": _asked(f"Language ({', '.join(LANGUAGES)})", "default_language", "ky"),
        "BACKUP_FOLDER": _asked("Folder for a copy of the database each night", "backup_folder"),
    }
    _write(given)
    click.echo(f"{FILE.absolute()} is written. Next: `hearing-bot check`, which says what is still missing.")


def _asked(question: str, name: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), value_proc=_ensured(name))).strip()


def _ensured(name: str) -> Callable[[str], str]:
    """Asks again where the setting could not be used, and says why."""

    def ensured(value: str) -> str:
        if mistake := config.mistake_in(name, value.strip()):
            raise click.BadParameter(mistake)
        return value.strip()

    return ensured


def _write(given: Mapping[str, str]) -> None:
    """Write the file, for its owner's eyes from the beginning."""
    try:
        with os.fdopen(os.open(FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in given.items() if value)
    except OSError as trouble:
        raise CommandFailed(f"{FILE.absolute()} cannot be written: {reason(trouble)}.") from None
