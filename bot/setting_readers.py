"""How each setting is read: what stands in the environment becomes a value, or a ValueError says what to write."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.addresses import ListeningAddress, is_address, is_loopback
from bot.domain.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = ("postgresql://", "postgres://")
_TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LONGEST_CONTACT: Final = 100
A_SECRET: Final = "a webhook needs a secret of 1 to 256 letters, digits, _ or -"  # noqa: S105 - words
"""What is said of a webhook's secret that is none."""


def token(value: str) -> str:
    """A bot's token."""
    written = value.strip()
    if written and not _TOKEN.fullmatch(written):
        raise ValueError("write it as BotFather gave it, e.g. 123456:ABC-DEF")
    return written


def secret(value: str) -> str:
    """A webhook's secret."""
    if not _SECRET.fullmatch(value):
        raise ValueError(A_SECRET)
    return value


def ids(value: str) -> tuple[int, ...]:
    """Ids with commas between."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("write numbers with commas between, e.g. 12,34")
    return tuple(map(int, parts))


def bounds(value: str) -> tuple[int, int]:
    """The least and the most of a budget for each person."""
    found = [part.strip() for part in value.split("-")]
    if len(found) != 2 or not all(part.isdecimal() for part in found) or int(found[0]) > int(found[1]):
        raise ValueError("write the least and the most som with a hyphen between, e.g. 1000-300000")
    return int(found[0]), int(found[1])


def contact(value: str) -> tuple[str, ...]:
    """Name, phone and hours, or the first of them."""
    parts = tuple(" ".join(part.split()) for part in value.split(";")) if value.strip() else ()
    if len(parts) > 3 or any(len(part) > _LONGEST_CONTACT for part in parts):
        raise ValueError("write name; phone; hours, each of at most 100 letters, e.g. Айгүл; +996 555 000 111")
    return parts


def number(what: str, *, least: int = 1, most: int | None = None, example: int) -> Callable[[str], int]:
    """A reader of a number of ``what``."""
    until = "on" if most is None else f"to {most}"

    def read(value: str) -> int:
        written = value.strip()
        if not written.isdecimal() or int(written) < least or (most is not None and int(written) > most):
            raise ValueError(f"write a number of {what} from {least} {until}, e.g. {example}")
        return int(written)

    return read


def one_of(*choices: str, upper: bool = False) -> Callable[[str], str]:
    """A reader of one of these words; ``upper`` also in small letters."""

    def read(value: str) -> str:
        chosen = value.upper() if upper else value
        if chosen not in choices:
            raise ValueError(f"write one of {', '.join(choices)}")
        return chosen

    return read


language: Final = one_of(*LANGUAGES)


def command(value: str) -> str:
    """A program with its arguments."""
    try:
        shlex.split(value)
    except ValueError:
        raise ValueError("close the quotation marks of the command") from None
    return value.strip()


def database(value: str) -> str:
    """The address of a database."""
    file = value.partition("?")[0].removeprefix(SQLITE)
    is_file = value.startswith(SQLITE) and file not in ("", ":memory:")
    if not is_file and not (value.startswith(_POSTGRESQL) and is_address(value)):
        raise ValueError("write sqlite:///file.db or postgresql://user:password@host/database")
    return value


def url(value: str) -> str:
    """An address in the web."""
    if not (value.startswith(("http://", "https://")) and is_address(value) and urlsplit(value).hostname):
        raise ValueError("write an address that begins with https://")
    return value.rstrip("/")


def webhook(value: str) -> str:
    """The address of a webhook: nobody on the way may read it."""
    found = url(value)
    if found.startswith("http://") and not is_loopback(urlsplit(found).hostname or ""):
        raise ValueError("write https://: over http:// everybody on the way reads the secret and the updates")
    return found


def listening(value: str) -> str:
    """Where a server listens."""
    ListeningAddress.parse(value)
    return value


def zone(value: str) -> str:
    """The name of a time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("write an IANA name, e.g. Asia/Bishkek") from None
    return value
