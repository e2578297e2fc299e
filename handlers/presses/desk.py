"""The desk of the secretary."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.comments import HidingRule
from bot.domain.people import Role
from handlers.presses.press import Form, Press


@dataclass(frozen=True, slots=True)
class Desk(Press):
    """The desk."""


@dataclass(frozen=True, slots=True)
class DeskTown(Press):
    """A municipality's hearings on the desk."""

    municipality: int


@dataclass(frozen=True, slots=True)
class DeskHearing(Press):
    """A hearing's numbers."""

    hearing: int


@dataclass(frozen=True, slots=True)
class DeskVotes(Press):
    """A hearing's tallies, a page of them."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Download(Press):
    """The record as a file."""

    hearing: int
    form: Form


@dataclass(frozen=True, slots=True)
class Queue(Press):
    """Comments waiting to be published or hidden."""

    hearing: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PublishComment(Press):
    """Let others read it."""

    comment: int


@dataclass(frozen=True, slots=True)
class HideChoice(Press):
    """By which rule is it hidden?"""

    comment: int


@dataclass(frozen=True, slots=True)
class HideComment(Press):
    """Hide it by this rule."""

    comment: int
    rule: HidingRule


@dataclass(frozen=True, slots=True)
class PublishHearing(Press):
    """Announce a draft hearing: sure?"""

    hearing: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class InviteChoice(Press):
    """Invite somebody: to which role?"""

    municipality: int


@dataclass(frozen=True, slots=True)
class Invite(Press):
    """A one-time link to a role."""

    municipality: int
    role: Role
