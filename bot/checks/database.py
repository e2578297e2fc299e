"""The database: where it is, whether it can be used, and what is not in it yet."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.checks.finding import Finding
from bot.domain.errors import StoreUnavailable
from bot.domain.kept_files import KeptCounts
from bot.domain.people import Role
from bot.domain.places import PlaceKind
from bot.domain.towns import with_towns
from storage import SchemaStatus, damage_of, file_at, open_store, schema_state, whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.config import Settings
    from bot.domain.people import StaffMember
    from bot.ports import Repositories


@dataclass
class Stored:
    """What other checks need to know of what is stored."""

    zones: list[str] = field(default_factory=list)
    files: KeptCounts = field(default_factory=KeptCounts)
    municipalities: int = 0
    secretaries: int = 0


async def database(settings: Settings, stored: Stored) -> Finding:
    """Where it is and what is wrong with it; nothing is made where there is none. What is in it is noted."""
    where = whereabouts(settings.database_url)
    try:
        file = file_at(settings.database_url)
        words = _unmade(file) or await _trouble(settings.database_url) or _unwritable(file)
        if words:
            return Finding("database", f"{where}: {words}. Look at DATABASE_URL", wrong=True)
        state = await schema_state(settings.database_url)
        if (found := _by_schema(state.status, where)) is not None:
            return found
        store = await open_store(settings.database_url)
    except StoreUnavailable as failure:
        return Finding("database", f"{where}: {failure.reason}. Look at DATABASE_URL", wrong=True)
    try:
        trouble = await store.health()
        async with store.reading() as repositories:
            await _note(repositories, stored)
    except StoreUnavailable as failure:
        return Finding("database", f"{where}: {failure.reason}. Look at DATABASE_URL", wrong=True)
    finally:
        await store.close()
    return Finding("database", f"{where}: {trouble or 'can be written, schema is current'}", wrong=trouble is not None)


def _unmade(file: Path | None) -> str:
    """Why the file that there is not yet cannot be made; empty where it can, or is there."""
    if file is None or file.exists():
        return ""
    if not file.parent.is_dir():
        return f"the database file cannot be opened: there is no folder {file.parent}"
    return "" if os.access(file.parent, os.W_OK) else f"the folder {file.parent} cannot be written"


def _unwritable(file: Path | None) -> str:
    """Why nothing can be stored in a file that is there; empty where it can. SQLite makes others beside it."""
    folder = file.parent if file else None
    if folder is None or not folder.is_dir() or os.access(folder, os.W_OK):
        return ""
    return f"the folder {folder} may only be read: has its disk had an error? `hearing-bot backup FILE` still copies it"


async def _trouble(url: str) -> str:
    """What is damaged in the file, and what to do; empty for nothing."""
    damage = await damage_of(url)
    return f"it is damaged ({damage}). Stop the bot and run `hearing-bot restore COPY`" if damage else ""


def _by_schema(status: SchemaStatus, where: str) -> Finding | None:
    """What there is to do before it can be looked into; None for nothing."""
    match status:
        case SchemaStatus.EMPTY:
            return Finding(
                "database", f"{where}: there is none yet; the first command that stores makes it", missing=True
            )
        case SchemaStatus.OLDER:
            return Finding("database", f"{where}: its schema is older: run `hearing-bot migrate`", wrong=True)
        case SchemaStatus.NEWER:
            return Finding("database", f"{where}: its schema is newer: install the newer hearing-bot", wrong=True)
    return None


async def _note(repositories: Repositories, stored: Stored) -> None:
    listed = await repositories.places.list_all()
    stored.zones = [place.timezone for place in listed if place.timezone]
    stored.files = await repositories.kept_files.counts()
    places = [place for place in with_towns(listed) if place.kind is PlaceKind.MUNICIPALITY]
    stored.municipalities = len(places)
    staff: list[StaffMember] = []
    for place in places:
        staff += await repositories.people.list_staff(place.id)
    stored.secretaries = sum(member.grant.role is Role.SECRETARY for member in staff)


def next_steps(settings: Settings, stored: Stored) -> Iterator[Finding]:
    """What is missing before a hearing can be held, in the order in which it is done."""
    if stored.municipalities:
        noun = "municipality" if stored.municipalities == 1 else "municipalities"
        yield Finding("places", f"{stored.municipalities} {noun}")
    else:
        yield Finding("places", "none yet: `hearing-bot places load FILE`", missing=True)
    if settings.admin_ids:
        yield Finding("administrators", f"{len(settings.admin_ids)} in ADMIN_IDS")
    else:
        words = "none yet: write your own Telegram id into ADMIN_IDS; @userinfobot tells it"
        yield Finding("administrators", words, missing=True)
    if stored.secretaries:
        yield Finding("secretaries", f"{stored.secretaries} have the role")
    else:
        words = "none yet: `hearing-bot invite --municipality CODE --role secretary`"
        yield Finding("secretaries", words, missing=True)
