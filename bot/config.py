"""Settings from the environment (a ``.env`` file is read too), read once; every mistake is named in one message."""

from __future__ import annotations

import os
from dataclasses import field, fields
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from bot import setting_readers as read
from bot.addresses import ListeningAddress
from bot.domain.consent import RETENTION_YEARS
from bot.domain.errors import HearingBotError
from bot.domain.values import dataclass
from bot.secret_files import with_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ENV_FILE: Final = ".env"
MOST_RETENTION_YEARS: Final = 75
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(HearingBotError):
    """One or more settings are wrong; the message names all of them and what to write instead."""


def _setting(
    default: object, description: str, read_as: Callable[[str], object] = str, *, is_secret: bool = False
) -> Any:
    """A setting with its default, what the README says of it, and how it is read."""
    return field(default=default, repr=not is_secret, metadata={"description": description, "read": read_as})


@dataclass(frozen=True, slots=True)
class Settings:
    """The contract's environment. ``SettingsError`` comes from ``load``, never from a service later on."""

    bot_token: str = _setting(
        "", "the token BotFather gave you; needed to run against Telegram", read.token, is_secret=True
    )
    bot_token_file: str = _setting("", "file that has the token, in place of `BOT_TOKEN`")
    admin_ids: tuple[int, ...] = _setting((), "Telegram ids of administrators, e.g. `12,34`", read.ids)
    database_url: str = _setting(
        "sqlite:///hearings.db",
        "`sqlite:///file.db` or `postgresql://user:pw@host/db`",
        read.database,
        is_secret=True,
    )
    database_url_file: str = _setting("", "file that has the address, in place of `DATABASE_URL`")
    telegram_api_url: str = _setting(
        "https://api.telegram.org", "the server that answers `/bot<token>/<method>`", read.url
    )
    webhook_url: str = _setting("", "public HTTPS address for updates; empty: polling", read.webhook)
    webhook_secret: str = _setting(
        "", "secret Telegram sends with each update; needed with a webhook", read.secret, is_secret=True
    )
    webhook_secret_file: str = _setting("", "file that has the secret, in place of `WEBHOOK_SECRET`")
    listen: str = _setting(
        "127.0.0.1:8080", "address of the webhook, `/healthz`, `/readyz`, `/metrics`", read.listening
    )
    metrics_listen: str = _setting(
        "", "address of `/healthz`, `/readyz`, `/metrics` apart from the webhook's; empty: `LISTEN`", read.listening
    )
    answers_per_second: int = _setting(
        200,
        "answers a second at most, from 1 on; how many Telegram takes is found out",
        read.number("answers a second", example=200),
    )
    timezone: str = _setting("Asia/Bishkek", "time zone of municipalities that have none of their own", read.zone)
    default_language: str = _setting("ky", "language of the bot's profile and of unknown readers", read.language)
    contact: tuple[str, ...] = _setting(
        (), "whom residents ask where the list of places names nobody: `name; phone; hours`", read.contact
    )
    budget_per_head: tuple[int, int] = _setting(
        (1_000, 300_000),
        "som of a budget for each person, least and most: more or less is asked about",
        read.bounds,
    )
    retention_years: int = _setting(
        RETENTION_YEARS,
        "years after a hearing for which people's data are kept",
        read.number("years", most=MOST_RETENTION_YEARS, example=RETENTION_YEARS),
    )
    backup_folder: str = _setting("", "folder for a copy of the database each night; empty: none")
    backup_keep: int = _setting(7, "how many copies stay there", read.number("copies", example=7))
    media_folder: str = _setting("", "folder for documents, photos and voices; empty: Telegram alone keeps them")
    pages_url: str = _setting(
        "", "address at which the public pages are served, such as `https://...`; empty: unknown", read.url
    )
    pages_listen: str = _setting(
        "",
        "address where `run` serves the public pages, such as `127.0.0.1:8090`; empty: nowhere",
        read.listening,
    )
    pages_proxies: int = _setting(
        0,
        "how many proxies stand before it and say in `X-Forwarded-For` who reads",
        read.number("proxies", least=0, most=9, example=1),
    )
    transcribe_command: str = _setting(
        "",
        "program that writes down a voice message: `listen --language {language} {file}`; empty: none",
        read.command,
    )
    log_level: str = _setting("INFO", "how much is logged", read.one_of(*_LEVELS, upper=True))
    log_format: str = _setting("console", "`console` for people, `json` for machines", read.one_of("console", "json"))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show: the token, the webhook's secret, the database's password (as written, and decoded)."""
        password = "" if self.database_url.startswith(read.SQLITE) else urlsplit(self.database_url).password or ""
        return tuple(filter(None, (self.bot_token, self.webhook_secret, password, unquote(password))))

    @property
    def listen_address(self) -> ListeningAddress:
        """``LISTEN``, taken apart."""
        return ListeningAddress.parse(self.listen)

    @property
    def pages_address(self) -> ListeningAddress | None:
        """``PAGES_LISTEN``, taken apart; None where pages are not served."""
        return ListeningAddress.parse(self.pages_listen) if self.pages_listen else None

    @property
    def operator_address(self) -> ListeningAddress:
        """Where an operator asks: ``METRICS_LISTEN``, else ``LISTEN``."""
        return ListeningAddress.parse(self.metrics_listen or self.listen)


_FIELDS: Final = {each.name: each for each in fields(Settings)}


def load(env_file: str = ENV_FILE, **values: Any) -> Settings:
    """Read and check all settings; ``values`` stand above the environment, and that above ``env_file`` (empty: none).

    A value that is no text is taken as it is. Raises SettingsError.
    """
    found: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for name, value in _written(env_file, values).items():
        try:
            found[name] = _read(name, value)
        except ValueError as mistake:
            mistakes[name] = str(mistake)
    usable = {name: found.get(name, each.default) for name, each in _FIELDS.items() if name not in mistakes}
    mistakes |= _conflicts(usable)
    if mistakes:
        raise SettingsError("\n".join(f"{name.upper()}: {mistakes[name]}" for name in _FIELDS if name in mistakes))
    return Settings(**found)


def mistake_in(name: str, value: str) -> str:
    """What is wrong with a value of one setting; empty for nothing."""
    try:
        _read(name, value)
    except ValueError as mistake:
        return str(mistake)
    return ""


def _written(env_file: str, values: dict[str, object]) -> dict[str, object]:
    """What is written of each setting, wherever it is; in the environment and the file, empty is not written."""
    try:  # in UTF-8 as Windows' editor writes it, with a mark before the first letter, or without
        in_file = dotenv_values(env_file, encoding="utf-8-sig") if Path(env_file).is_file() else {}
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file}: is not text in UTF-8; save it anew in that encoding") from None
    except OSError as trouble:
        raise SettingsError(f"{env_file}: cannot be read ({trouble.strerror})") from None
    around = {name.lower(): value for source in (in_file, os.environ) for name, value in source.items() if value}
    try:
        return with_secrets({name: value for name, value in around.items() if name in _FIELDS} | values)
    except ValueError as mistake:
        raise SettingsError(str(mistake)) from None


def _read(name: str, value: object) -> object:
    """The value; an empty text is the default where that is empty too. Raises ValueError with what to write."""
    setting = _FIELDS[name]
    if not isinstance(value, str):
        return value
    return setting.metadata["read"](value) if value or setting.default else setting.default


def _conflicts(found: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with settings beside others, by name; those that cannot be read are not among the ``found``."""
    mistakes = {}
    if found.get("webhook_url") and found.get("webhook_secret") == "":
        mistakes["webhook_secret"] = read.A_SECRET
    if found.get("pages_listen") and found.get("pages_url") == "":
        mistakes["pages_listen"] = "set PAGES_URL too: the address that readers use, e.g. https://hearings.example.org"
    servers = [name for name in ("listen", "metrics_listen", "pages_listen") if found.get(name)]
    for first, second in combinations(servers, 2):
        if found[first] == found[second] and ListeningAddress.parse(found[first]).port:
            mistakes[second] = f"write another address than that of {first.upper()}, or leave it empty"
    return mistakes
