"""What every command shares: the settings, a store while it runs, files, and one clear sentence where it fails."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from bot import config
from bot.domain.errors import HearingBotError, NotFound, Refusal, StoreUnavailable
from bot.domain.people import Actor
from bot.logs import set_up

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from bot.config import Settings
    from bot.services import Services

T = TypeVar("T")

LARGEST_INPUT_FILE: Final = 11 * 1024 * 1024
"""Bytes that are read of a workbook or a list: more than either may have."""
NO_REASON: Final = "the system gives no reason"
COMMAND_LINE: Final = Actor(telegram_id=0, language="en", administrator=True)
"""The actor of every command: a person on the server may do everything; the journal shows it without a person."""


class UsageMistake(click.ClickException):
    """A mistake in what was given: exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """The message alone, on stderr."""
        click.echo(self.message, file=file or sys.stderr)


class AnswerNeeded(UsageMistake):
    """The command could be done, and would change what people rely on: it has to be asked for anew. Exit 3."""

    exit_code = 3


class CommandFailed(UsageMistake):
    """The command cannot be done now: exit 1."""

    exit_code = 1


def settings() -> Settings:
    """The settings, or one message naming every mistake in them."""
    try:
        found = config.load()
    except config.SettingsError as mistakes:
        raise UsageMistake(f"The settings cannot be used:\n{mistakes}") from None
    set_up(level=found.log_level, form=found.log_format, secrets=found.secrets)
    return found


def go(work: Coroutine[Any, Any, T], *, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None) -> T:
    """Run to the end, in a loop of that kind; an error of ours, or of Telegram's, becomes one clear sentence."""
    from telegram.error import TelegramError

    from handlers.incoming.polling import TokenRefused

    try:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            return runner.run(work)
    except StoreUnavailable as failure:
        raise CommandFailed(f"The database cannot be used: {failure.reason}") from failure
    except NotFound as missing:
        raise UsageMistake(f"There is {missing}.") from missing
    except TokenRefused:
        raise CommandFailed("Telegram refuses the token. Ask BotFather for it (/mybots) and set BOT_TOKEN.") from None
    except TelegramError as trouble:
        raise CommandFailed(
            f"Telegram cannot be reached ({trouble}). Look at TELEGRAM_API_URL and the network."
        ) from None
    except Refusal as refusal:
        raise CommandFailed(_sentence(refusal)) from refusal
    except HearingBotError as error:
        raise CommandFailed(str(error) or "The command failed, and nothing says why.") from error


def _sentence(refusal: Refusal) -> str:
    """What people would read of it in the chat, in English."""
    from bot.i18n import Catalogues
    from handlers.errors import sentence

    return sentence(refusal, Catalogues.load()[COMMAND_LINE.language], config.load().timezone)


async def with_services(found: Settings, work: Callable[[Services], Awaitable[T]]) -> T:
    """Open the store, await ``work(services)`` and return what it returns, close the store."""
    from bot.app import SystemClock, wire
    from storage import open_store

    store = await open_store(found.database_url)
    try:
        return await work(wire(found, store, SystemClock()))
    finally:
        await store.close()


def ensure_token(found: Settings) -> None:
    """Raise UsageMistake where there is no token."""
    if not found.bot_token:
        raise UsageMistake(
            "BOT_TOKEN: is missing. Get one from BotFather, or try `hearing-bot demo`, which needs none."
        )


def read(file: Path) -> bytes:
    """The file, or as much of it as shows that it is too large for a workbook or a list."""
    with file.open("rb") as source:
        return source.read(LARGEST_INPUT_FILE)


def reason(trouble: OSError) -> str:
    """The reason of an error, in the system's few words."""
    if trouble.errno is not None and trouble.errno > 0:
        return os.strerror(trouble.errno)
    return trouble.strerror or NO_REASON


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write files at ``path``; where its folder is missing or the disk refuses, one sentence says so."""
    if not path.parent.is_dir():
        raise UsageMistake(f"There is no folder {path.parent}.")
    try:
        yield
    except OSError as trouble:
        raise CommandFailed(f"{path} cannot be written: {reason(trouble)}.") from trouble


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with tempfile.TemporaryDirectory(prefix=".part-", dir=path.parent) as folder:
        part = Path(folder, path.name)
        part.write_bytes(content)
        part.replace(path)
