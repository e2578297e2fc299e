"""Who may do what. Services ask here in their first line; a button that is shown proves nothing."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.domain.errors import ConsentNeeded, Forbidden, NotFound
from bot.domain.hearings import Phase
from bot.domain.people import Role

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident


class Permission(Enum):
    """An act of staff, always in one municipality."""

    READ_DESK = auto()
    DOWNLOAD = auto()
    MODERATE = auto()
    DECIDE = auto()
    PREPARE = auto()
    """Load, publish and change hearings."""
    INVITE = auto()


_ALLOWED: Final = {
    Role.SECRETARY: frozenset(Permission),
    Role.MEMBER: frozenset({Permission.READ_DESK, Permission.DOWNLOAD, Permission.DECIDE}),
    Role.MODERATOR: frozenset({Permission.READ_DESK, Permission.MODERATE}),
}


def may(actor: Actor, permission: Permission, municipality_id: int) -> bool:
    """True if the actor holds the permission there; an administrator holds every one everywhere."""
    if actor.administrator:
        return True
    return any(
        grant.municipality_id == municipality_id and permission in _ALLOWED[grant.role] for grant in actor.grants
    )


def ensure(actor: Actor, permission: Permission, municipality_id: int) -> None:
    """Raise Forbidden unless ``may``."""
    if not may(actor, permission, municipality_id):
        raise Forbidden(permission.name)


def ensure_visible(actor: Actor, hearing: Hearing) -> None:
    """Raise NotFound for a draft, unless the actor reads the desk of its municipality: to others it does not exist."""
    if hearing.phase is Phase.DRAFT and not may(actor, Permission.READ_DESK, hearing.municipality_id):
        raise NotFound("hearing", hearing.id)


def ensure_known(actor: Actor) -> Resident:
    """The resident behind the actor, staff who never agreed included; raises ConsentNeeded for anybody else."""
    if actor.resident is None:
        raise ConsentNeeded
    return actor.resident


def ensure_consented(actor: Actor) -> Resident:
    """The resident behind the actor; raises ConsentNeeded for anybody who has not agreed."""
    if (resident := actor.consented) is None:
        raise ConsentNeeded
    return resident
