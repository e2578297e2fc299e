"""Who may do what. A service asks here first: a button that was shown proves nothing, a press may be forged."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from bot.domain.errors import ConsentNeeded, Forbidden
from bot.domain.exhaustive import exhaustive
from bot.domain.people import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place, PlaceTree


class Permission(Enum):
    """An act of staff, always in one municipality."""

    READ_DESK = auto()
    DOWNLOAD = auto()
    MODERATE = auto()
    JUDGE = auto()
    """Decide about an appeal against the hiding of a comment."""
    TRANSCRIBE = auto()
    """Write down what is said in a voice message, confirm or remove it."""
    DECIDE = auto()
    CONFIRM = auto()
    """Confirm decisions that members propose, send them back, and say whether members propose or decide."""
    ENTER = auto()
    """Enter what was said in the hall, on paper and by phone."""
    CLOSE_ENTRIES = auto()
    """Say that everything is entered, and reopen the entries."""
    MARK_DONE = auto()
    """Say that what was promised is done, or is not after all."""
    RECORD_COUNCIL = auto()
    """Say what the council made of a hearing."""
    CHAIR = auto()
    """Run a sitting: its items, questions to the hall, speakers."""
    PREPARE = auto()
    """Load, publish and change hearings."""
    INVITE = auto()
    REVOKE = auto()
    """Take a role or an invitation back."""
    READ_JOURNAL = auto()
    REMIND = auto()
    """Write to people of a village who have not been heard."""


_SECRETARIES: Final = frozenset({Role.SECRETARY})
_COMMISSION: Final = frozenset({Role.SECRETARY, Role.MEMBER})
_MODERATORS: Final = frozenset({Role.SECRETARY, Role.MODERATOR})
_STAFF: Final = frozenset({Role.SECRETARY, Role.MEMBER, Role.MODERATOR})

ROLES_THAT_MAY: Final[Mapping[Permission, frozenset[Role]]] = exhaustive(
    Permission,
    {
        Permission.READ_DESK: _STAFF,
        Permission.DOWNLOAD: _COMMISSION,
        Permission.MODERATE: _MODERATORS,
        Permission.JUDGE: _STAFF,
        Permission.TRANSCRIBE: _STAFF,
        Permission.DECIDE: _COMMISSION,
        Permission.CONFIRM: _SECRETARIES,
        Permission.ENTER: _COMMISSION,
        Permission.CLOSE_ENTRIES: _SECRETARIES,
        Permission.MARK_DONE: _COMMISSION,
        Permission.RECORD_COUNCIL: _SECRETARIES,
        Permission.CHAIR: _MODERATORS,
        Permission.PREPARE: _SECRETARIES,
        Permission.INVITE: _SECRETARIES,
        Permission.REVOKE: _SECRETARIES,
        Permission.READ_JOURNAL: _COMMISSION,
        Permission.REMIND: _SECRETARIES,
    },
)
"""The table of acts and roles: the only place that says which role may do what."""


def permissions_of(actor: Actor, municipality_id: int) -> frozenset[Permission]:
    """The actor's permissions there; an administrator has every one everywhere."""
    return frozenset(permission for permission in Permission if may(actor, permission, municipality_id))


def may(actor: Actor, permission: Permission, municipality_id: int) -> bool:
    """True if the actor has the permission there."""
    if actor.administrator:
        return True
    allowed = ROLES_THAT_MAY[permission]
    return any(grant.municipality_id == municipality_id and grant.role in allowed for grant in actor.grants)


def municipalities_where(actor: Actor, permission: Permission, places: PlaceTree) -> tuple[Place, ...]:
    """The municipalities in which the actor has the permission."""
    if actor.administrator:
        return places.municipalities
    allowed = {grant.municipality_id for grant in actor.grants if grant.role in ROLES_THAT_MAY[permission]}
    return tuple(place for place in places.municipalities if place.id in allowed)


def ensure(actor: Actor, permission: Permission, municipality_id: int) -> None:
    """Raise Forbidden unless ``may``."""
    if not may(actor, permission, municipality_id):
        raise Forbidden(permission.name)


def ensure_visible(actor: Actor, hearing: Hearing) -> None:
    """Raise NotFound for a draft, unless the actor reads the desk of its municipality: for others it does not exist."""
    if not may(actor, Permission.READ_DESK, hearing.municipality_id):
        hearing.ensure_public()


def ensure_known(actor: Actor) -> Resident:
    """The resident behind the actor, staff who never agreed included; raises ConsentNeeded for a visitor."""
    if actor.resident is None:
        raise ConsentNeeded
    return actor.resident


def ensure_consented(actor: Actor) -> Resident:
    """The resident behind the actor; raises ConsentNeeded for a person who has not agreed."""
    if (resident := actor.consented) is None:
        raise ConsentNeeded
    return resident
