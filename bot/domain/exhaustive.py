"""Tables that must say something about every member of an enumeration."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import Enum

Member = TypeVar("Member", bound="Enum")
Entry = TypeVar("Entry")


def exhaustive(members: Iterable[Member], table: Mapping[Member, Entry]) -> Mapping[Member, Entry]:
    """The very ``table``, if it has an entry for each of ``members`` (an enumeration, or some of its members).

    Called where a module defines its table, it makes the import fail when a new member has no entry.

    Raises:
        LookupError: members without an entry; it names them.
    """
    missing = [member for member in members if member not in table]
    if missing:
        raise LookupError(f"no entry for {', '.join(f'{type(each).__name__}.{each.name}' for each in missing)}")
    return table
