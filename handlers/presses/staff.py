"""Presses about a municipality's staff: who has which role, their names, the morning's numbers."""

from __future__ import annotations

from bot.domain.people import Role
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ListStaff(Press):
    """Opens the list of a municipality's staff, a page of it."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenStaffMember(Press):
    """Opens one member of staff."""

    municipality: int
    resident: int


@dataclass(frozen=True, slots=True)
class RevokeRole(Press):
    """Asks whether to take a role back from a person; takes it where ``sure``."""

    municipality: int
    resident: int
    role: Role
    sure: bool = False


@dataclass(frozen=True, slots=True)
class HandOver(Press):
    """Asks whether to make a colleague the secretary in one's own place; does it where ``sure``."""

    municipality: int
    resident: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ListInvitations(Press):
    """Opens the list of a municipality's open invitations."""

    municipality: int


@dataclass(frozen=True, slots=True)
class WriteStaffName(Press):
    """Waits for the name by which colleagues see the presser."""


@dataclass(frozen=True, slots=True)
class TakeTelegramName(Press):
    """Takes the presser's name at Telegram as the one by which colleagues see them."""


@dataclass(frozen=True, slots=True)
class ToggleNumbers(Press):
    """Switches the numbers of each morning on or off, for the presser."""

    municipality: int
    on: bool = False
