"""``hearing-bot check``: everything that can be wrong before the first resident comes, each with what to do."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import zone_files
from bot.domain.errors import StoreUnavailable
from bot.domain.kept_files import KeptCounts
from bot.i18n import Catalogues
from bot.services.media_folder import MediaFolder
from bot.worker.transcriber import program_of
from handlers.incoming.polling import TokenRefused
from handlers.outgoing.transport import AiohttpRequest
from storage import open_store, schema_state

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.config import Settings


BYTES_OF_A_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    what: str
    words: str
    wrong: bool = False


@dataclass
class _Stored:
    zones: list[str] = field(default_factory=list)
    files: KeptCounts = field(default_factory=KeptCounts)


async def findings(settings: Settings) -> tuple[Finding, ...]:
    """Check everything; an existing database is not changed."""
    stored = _Stored()
    return (
        Finding("settings", "can be used"),
        *await _database(settings, stored),
        media(settings.media_folder, stored.files),
        *transcribing(settings.transcribe_command),
        zones((settings.timezone, *stored.zones), datetime.now(UTC)),  # noqa: TID251 - no service is at work here
        _catalogues(),
        await _telegram(settings),
    )


async def _database(settings: Settings, stored: _Stored) -> tuple[Finding, ...]:
    """What can be said of the database; what other checks need of it is noted in ``stored``."""
    try:
        state = await schema_state(settings.database_url)
        if state.status.value in ("older", "newer"):
            todo = "run `hearing-bot migrate`" if state.status.value == "older" else "install the newer hearing-bot"
            return (Finding("database", f"its schema is {state.status.value}: {todo}", wrong=True),)
        store = await open_store(settings.database_url)
    except StoreUnavailable as failure:
        return (Finding("database", f"{failure.reason}. Look at DATABASE_URL", wrong=True),)
    try:
        trouble = await store.health()
        async with store.reading() as repositories:
            listed = await repositories.places.list_all()
            stored.files = await repositories.kept_files.counts()
    finally:
        await store.close()
    stored.zones = [place.timezone for place in listed if place.timezone]
    found = Finding("places", f"{len(listed)} known" if listed else "none yet: `hearing-bot places load FILE.csv`")
    return (Finding("database", trouble or "can be written, schema is current", wrong=trouble is not None), found)


def media(path: str, counts: KeptCounts) -> Finding:
    """Whether documents, photos and voices are kept, how many are, and how much room is left for more."""
    if not path:
        words = "MEDIA_FOLDER is empty: Telegram alone has documents, photos and voices; another token cannot send them"
        before = f". {counts.kept} files were kept before, and stay where they are" if counts.kept else ""
        return Finding("media", f"{words}{before}")
    folder = MediaFolder(Path(path))
    try:
        folder.ensure_usable()
        sizes = [file.stat().st_size for file in folder.files()]
        free = shutil.disk_usage(path).free
    except OSError as failure:
        return Finding("media", f"{failure.strerror}: {path}. Look at MEDIA_FOLDER", wrong=True)
    missing = max(0, counts.kept - len(sizes))
    others = (
        (counts.waiting, "wait"),
        (counts.too_large, "are too large for a bot"),
        (counts.lost, "are lost at Telegram"),
        (missing, "are missing"),
    )
    rest = "".join(f", {count} {words}" for count, words in others if count)
    size = sum(sizes) / BYTES_OF_A_MEGABYTE
    return Finding("media", f"{len(sizes)} files kept, {size:.1f} MB, {free // BYTES_OF_A_MEGABYTE} MB free{rest}")


def transcribing(command: str) -> tuple[Finding, ...]:
    """Whether the program that writes voice messages down is there; nothing where none is wanted."""
    if not command:
        return ()
    program = program_of(command)
    words = (
        f"{program} writes voice messages down" if program else "there is no such program. Look at TRANSCRIBE_COMMAND"
    )
    return (Finding("transcripts", words, wrong=program is None),)


def zones(used: Collection[str], now: datetime, folders: Sequence[Path] | None = None) -> Finding:
    """Which rules of time zones decide, and whether the machine's, in its ``folders``, know of a later change."""
    machine = zone_files.system_folders() if folders is None else folders
    ours, theirs = zone_files.installed_version(), zone_files.system_version(machine)
    different = ", ".join(zone_files.differing(used, now, machine))
    decides = f"tzdata {ours} decides"
    if not different:
        return Finding("time zones", decides)
    if theirs > ours:
        words = f"{decides}, and is older than a change of {different} (the machine's files are {theirs})"
        return Finding("time zones", f"{words}: run `pip install --upgrade tzdata`", wrong=True)
    words = f"the machine's files ({theirs or 'of no known version'}) are older than the last change of {different}"
    return Finding("time zones", f"{decides}; {words}. Upgrade them for its other programs")


def _catalogues() -> Finding:
    sizes = Catalogues.load().sizes
    complete = min(sizes.values()) == max(sizes.values()) > 0
    words = f"{max(sizes.values())} sentences in {', '.join(sizes)}"
    return Finding(
        "catalogues", words if complete else f"{words}: not all are whole, install again", wrong=not complete
    )


async def _telegram(settings: Settings) -> Finding:
    if not settings.bot_token:
        return Finding("telegram", "BOT_TOKEN is missing: ask BotFather for one (/newbot)", wrong=True)
    try:
        return Finding("telegram", f"is reachable, the bot is @{await bot_username(settings)}")
    except TokenRefused:
        return Finding("telegram", "refuses BOT_TOKEN: ask BotFather for it (/mybots)", wrong=True)
    except TelegramError as trouble:
        words = f"cannot be reached ({trouble}). Look at TELEGRAM_API_URL and the network"
        return Finding("telegram", words, wrong=True)


async def bot_username(settings: Settings) -> str:
    """The bot's username, from Telegram. Raises TokenRefused, TelegramError."""
    request = AiohttpRequest(connections=1)
    try:
        bot = Bot(
            settings.bot_token,
            base_url=f"{settings.telegram_api_url}/bot",
            request=request,
            get_updates_request=request,
        )
        await bot.initialize()
    except InvalidToken as refused:
        raise TokenRefused("Telegram refuses the token") from refused
    else:
        return bot.username
    finally:
        await request.shutdown()
