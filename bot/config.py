"""Settings from the environment (a ``.env`` file is read too), parsed once; every mistake is named in one message."""

from __future__ import annotations

import re
import shlex
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.addresses import ListeningAddress, is_address, is_loopback
from bot.domain.consent import RETENTION_YEARS
from bot.domain.errors import HearingBotError
from bot.domain.languages import LANGUAGES
from bot.secret_files import with_secrets

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
MOST_RETENTION_YEARS = 75
_LONGEST_CONTACT = 100
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsError(HearingBotError):
    """One or more settings are wrong; the message names all of them and what to write instead."""


class Settings(BaseSettings):
    """The contract's environment. ``SettingsError`` comes from ``load``, never from a service later on."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # Windows' editor puts a mark before the first letter
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: str = Field("", description="the token BotFather gave you; needed to run against Telegram", repr=False)
    bot_token_file: str = Field("", description="file that has the token, in place of `BOT_TOKEN`")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of administrators, e.g. `12,34`"
    )
    database_url: str = Field(
        "sqlite:///hearings.db",
        description="`sqlite:///file.db` or `postgresql://user:pw@host/db`",
        repr=False,
    )
    database_url_file: str = Field("", description="file that has the address, in place of `DATABASE_URL`")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="the server that answers `/bot<token>/<method>`"
    )
    webhook_url: str = Field("", description="public HTTPS address for updates; empty: polling")
    webhook_secret: str = Field(
        "",
        description="secret Telegram sends with each update; needed with a webhook",
        repr=False,
        validate_default=True,
    )
    webhook_secret_file: str = Field("", description="file that has the secret, in place of `WEBHOOK_SECRET`")
    listen: str = Field("127.0.0.1:8080", description="address of the webhook, `/healthz`, `/readyz`, `/metrics`")
    metrics_listen: str = Field(
        "", description="address of `/healthz`, `/readyz`, `/metrics` apart from the webhook's; empty: `LISTEN`"
    )
    answers_per_second: int = Field(
        200, ge=1, description="answers a second at most, from 1 on; how many Telegram takes is found out"
    )
    timezone: str = Field("Asia/Bishkek", description="time zone of municipalities that have none of their own")
    default_language: str = Field("ky", description="language of the bot's profile and of unknown readers")
    contact: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="whom residents ask where the list of places names nobody: `name; phone; hours`"
    )
    budget_per_head: Annotated[tuple[int, int], NoDecode] = Field(
        (1_000, 300_000),
        description="som of a budget for each person, least and most: more or less is asked about",
    )
    retention_years: int = Field(RETENTION_YEARS, description="years after a hearing for which people's data are kept")
    backup_folder: str = Field("", description="folder for a copy of the database each night; empty: none")
    backup_keep: int = Field(7, description="how many copies stay there")
    media_folder: str = Field(
        "", description="folder for documents, photos and voices; empty: Telegram alone keeps them"
    )
    pages_url: str = Field(
        "", description="address at which the public pages are served, such as `https://...`; empty: unknown"
    )
    pages_listen: str = Field(
        "", description="address where `run` serves the public pages, such as `127.0.0.1:8090`; empty: nowhere"
    )
    pages_proxies: int = Field(
        0, ge=0, le=9, description="how many proxies stand before it and say in `X-Forwarded-For` who reads"
    )
    transcribe_command: str = Field(
        "",
        description="program that writes down a voice message: `listen --language {language} {file}`; empty: none",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")
    log_format: Literal["console", "json"] = Field("console", description="`console` for people, `json` for machines")

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, given: object) -> object:
        return with_secrets(given) if isinstance(given, dict) else given

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        value = value.strip()
        if value and not _TOKEN.fullmatch(value):
            raise ValueError("write it as BotFather gave it, e.g. 123456:ABC-DEF")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("write numbers with commas between, e.g. 12,34")
        return tuple(int(part) for part in parts)

    @field_validator("budget_per_head", mode="before")
    @classmethod
    def _bounds(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        bounds = [part.strip() for part in value.split("-")]
        if len(bounds) != 2 or not all(part.isdecimal() for part in bounds) or int(bounds[0]) > int(bounds[1]):
            raise ValueError("write the least and the most som with a hyphen between, e.g. 1000-300000")
        return tuple(map(int, bounds))

    @field_validator("retention_years", mode="before")
    @classmethod
    def _years(cls, value: object) -> object:
        if not str(value).isdecimal() or not 1 <= int(str(value)) <= MOST_RETENTION_YEARS:
            raise ValueError(f"write a number of years from 1 to {MOST_RETENTION_YEARS}, e.g. {RETENTION_YEARS}")
        return value

    @field_validator("contact", mode="before")
    @classmethod
    def _contact(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = tuple(" ".join(part.split()) for part in value.split(";")) if value.strip() else ()
        if len(parts) > 3 or any(len(part) > _LONGEST_CONTACT for part in parts):
            raise ValueError("write name; phone; hours, each of at most 100 letters, e.g. Айгүл; +996 555 000 111")
        return parts

    @field_validator("backup_keep", mode="before")
    @classmethod
    def _copies(cls, value: object) -> object:
        if not str(value).isdecimal() or not int(str(value)):
            raise ValueError("write a number of copies from 1 on, e.g. 7")
        return value

    @field_validator("transcribe_command")
    @classmethod
    def _command(cls, value: str) -> str:
        try:
            shlex.split(value)
        except ValueError:
            raise ValueError("close the quotation marks of the command") from None
        return value.strip()

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        file = value.partition("?")[0].removeprefix(_SQLITE)
        is_file = value.startswith(_SQLITE) and file not in ("", ":memory:")
        if not is_file and not (value.startswith(_POSTGRESQL) and is_address(value)):
            raise ValueError("write sqlite:///file.db or postgresql://user:password@host/database")
        return value

    @field_validator("telegram_api_url", "webhook_url", "pages_url")
    @classmethod
    def _url(cls, value: str) -> str:
        is_web = value.startswith(("http://", "https://")) and is_address(value) and urlsplit(value).hostname
        if value and not is_web:
            raise ValueError("write an address that begins with https://")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str) -> str:
        if value.startswith("http://") and not is_loopback(urlsplit(value).hostname or ""):
            raise ValueError("write https://: over http:// everybody on the way reads the secret and the updates")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: str, others: ValidationInfo) -> str:
        if (value or others.data.get("webhook_url")) and not _SECRET.fullmatch(value):
            raise ValueError("a webhook needs a secret of 1 to 256 letters, digits, _ or -")
        return value

    @field_validator("listen", "metrics_listen", "pages_listen")
    @classmethod
    def _listen(cls, value: str, others: ValidationInfo) -> str:
        for name in ("listen", "metrics_listen"):
            if value and value == others.data.get(name) and ListeningAddress.parse(value).port:
                raise ValueError(f"write another address than that of {name.upper()}, or leave it empty")
        if value and others.field_name == "pages_listen" and others.data.get("pages_url") == "":
            raise ValueError("set PAGES_URL too: the address that readers use, e.g. https://hearings.example.org")
        if value or others.field_name == "listen":
            ListeningAddress.parse(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("write an IANA name, e.g. Asia/Bishkek") from None
        return value

    @field_validator("default_language")
    @classmethod
    def _language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"write one of {', '.join(LANGUAGES)}")
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show: the token, the webhook's secret, the database's password (as written, and decoded)."""
        password = "" if self.database_url.startswith(_SQLITE) else urlsplit(self.database_url).password or ""
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


def load(**values: object) -> Settings:
    """Read and check all settings; ``values`` stand above the environment. Raises SettingsError."""
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as mistakes:
        raise SettingsError("\n".join(_sentence(mistake) for mistake in mistakes.errors())) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not text in UTF-8; save it anew in that encoding") from None
    except OSError as trouble:
        raise SettingsError(f".env: cannot be read ({trouble.strerror})") from None


def mistake_in(name: str, value: str) -> str:
    """What is wrong with a value of one setting; empty for nothing."""
    try:
        Settings.__pydantic_validator__.validate_assignment(Settings.model_construct(), name, value)
    except ValidationError as mistakes:
        return _sentence(mistakes.errors()[0]).partition(": ")[2]
    return ""


def _sentence(mistake: object) -> str:
    assert isinstance(mistake, dict)
    words = str(mistake["msg"]).removeprefix("Value error, ").replace("Input should be", "write")
    return f"{str(mistake['loc'][0]).upper()}: {words}" if mistake["loc"] else words
