"""Time zones: the rules that were installed with the program decide, not those of the machine.

A machine's zone files may be older than the last change of a zone: every sitting would be an hour off. The tzdata
package is upgraded with the program, and ``check`` compares the two.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sysconfig
import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMPARED_AHEAD: Final = timedelta(days=730)
"""How far ahead the two are compared."""
_STEP: Final = timedelta(days=7)
_VERSION: Final = re.compile(r"#\s*version\s+(\d{4}[a-z]*)")


def prefer_installed() -> None:
    """Let every zone be read from the tzdata package from now on."""
    zoneinfo.reset_tzpath(to=())


def system_folders() -> tuple[Path, ...]:
    """Where this machine may have its zone files."""
    return tuple(map(Path, filter(None, (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep))))


def installed_version() -> str:
    """The version of the rules that decide, such as 2026f."""
    year, number = importlib.metadata.version("tzdata").split(".")[:2]
    return f"{year}{ascii_lowercase[int(number) - 1]}"


def system_version(folders: Sequence[Path]) -> str:
    """The version of the machine's rules; empty where it does not say."""
    for file in (folder / "tzdata.zi" for folder in folders):
        try:
            with file.open(encoding="ascii", errors="replace") as source:
                found = _VERSION.match(source.readline())
        except OSError:
            continue
        if found:
            return found[1]
    return ""


def differing(zones: Iterable[str], now: datetime, folders: Sequence[Path]) -> tuple[str, ...]:
    """The zones for which the machine has another time than the program, now or within two years."""
    return tuple(zone for zone in dict.fromkeys(zones) if _differs(zone, now, folders))


def _differs(zone: str, now: datetime, folders: Sequence[Path]) -> bool:
    theirs = next((found for folder in folders if (found := _read(folder / zone, zone)) is not None), None)
    if theirs is None:
        return False
    ours = ZoneInfo(zone)
    moments = (now + step * _STEP for step in range(COMPARED_AHEAD // _STEP))
    return any(ours.utcoffset(at.astimezone(ours)) != theirs.utcoffset(at.astimezone(theirs)) for at in moments)


def _read(file: Path, zone: str) -> ZoneInfo | None:
    try:
        with file.open("rb") as source:
            return ZoneInfo.from_file(source, key=zone)
    except (OSError, ValueError):
        return None
