"""Settings from the environment (a ``.env`` file is read too), parsed once; every mistake is named in one message."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.languages import LANGUAGES

_SCHEMES = ("sqlite:///", "postgresql://", "postgres://")


class SettingsError(Exception):
    """One or more settings are wrong; the message names all of them and what to write instead."""


class Settings(BaseSettings):
    """The contract's environment. ``SettingsError`` comes from ``load``, never from a service later on."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    bot_token: str = Field("", description="the token BotFather gave you; needed to run against Telegram", repr=False)
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of administrators, e.g. `12,34`"
    )
    database_url: str = Field(
        "sqlite:///hearings.db",
        description="`sqlite:///file.db` or `postgresql://user:pw@host/db`",
        repr=False,
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="the server that answers `/bot<token>/<method>`"
    )
    webhook_url: str = Field("", description="public HTTPS address for updates; empty: polling")
    webhook_secret: str = Field(
        "", description="secret Telegram sends with each update; needed with a webhook", repr=False
    )
    listen: str = Field("127.0.0.1:8080", description="address of the webhook, `/healthz`, `/readyz`, `/metrics`")
    timezone: str = Field("Asia/Bishkek", description="time zone of municipalities that have none of their own")
    default_language: str = Field("ky", description="language of the bot's profile and of unknown readers")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")
    log_format: Literal["console", "json"] = Field("console", description="`console` for people, `json` for machines")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("write numbers with commas between, e.g. 12,34")
        return tuple(int(part) for part in parts)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(_SCHEMES):
            raise ValueError("write sqlite:///file.db or postgresql://user:password@host/database")
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("write an address that begins with https://")
        return value.rstrip("/")

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        _, colon, port = value.rpartition(":")
        if not colon or not port.isdecimal() or int(port) > 65535:
            raise ValueError("write address:port, e.g. 127.0.0.1:8080")
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

    @model_validator(mode="after")
    def _secret(self) -> Settings:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: a webhook needs a secret of 1 to 256 letters, digits, _ or -")
        return self

    @property
    def listen_host(self) -> str:
        """The address part of ``LISTEN``."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def listen_port(self) -> int:
        """The port part of ``LISTEN``."""
        return int(self.listen.rpartition(":")[2])


def load(**values: object) -> Settings:
    """Read and check all settings; ``values`` stand above the environment. Raises SettingsError."""
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as mistakes:
        raise SettingsError("\n".join(_sentence(mistake) for mistake in mistakes.errors())) from None


def _sentence(mistake: object) -> str:
    assert isinstance(mistake, dict)
    name = ".".join(str(part) for part in mistake["loc"][:1]).upper()
    words = str(mistake["msg"]).removeprefix("Value error, ")
    return f"{name}: {words}" if name else words
