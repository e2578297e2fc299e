"""Presses about the secretary's desk: numbers, the record, the queue of comments, invitations."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.comments import HidingRule
from bot.domain.people import Role
from handlers.presses.press import DownloadFormat, Press


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Press):
    """A link that gives a role."""

    token: str


@dataclass(frozen=True, slots=True)
class OpenDesk(Press):
    """The desk."""


@dataclass(frozen=True, slots=True)
class OpenDeskMunicipality(Press):
    """A municipality's hearings on the desk."""

    municipality: int


@dataclass(frozen=True, slots=True)
class OpenDeskHearing(Press):
    """A hearing's numbers."""

    hearing: int


@dataclass(frozen=True, slots=True)
class SeeTallies(Press):
    """A hearing's tallies, a page of them."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class DownloadRecord(Press):
    """The record as a file."""

    hearing: int
    form: DownloadFormat


@dataclass(frozen=True, slots=True)
class OpenQueue(Press):
    """Comments waiting to be published or hidden."""

    hearing: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PublishComment(Press):
    """Let others read it."""

    comment: int


@dataclass(frozen=True, slots=True)
class ChooseHidingRule(Press):
    """By which rule is it hidden?"""

    comment: int


@dataclass(frozen=True, slots=True)
class HideComment(Press):
    """Hide it by this rule."""

    comment: int
    rule: HidingRule


@dataclass(frozen=True, slots=True)
class ChooseRole(Press):
    """Invite somebody: to which role?"""

    municipality: int


@dataclass(frozen=True, slots=True)
class InviteStaff(Press):
    """A one-time link to a role."""

    municipality: int
    role: Role
