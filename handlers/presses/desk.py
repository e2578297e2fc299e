"""Presses of the secretary's desk: numbers, the record, invitations."""

from __future__ import annotations

from bot.domain.people import Role
from bot.domain.values import dataclass
from handlers.presses.press import DownloadFormat, Press, ReportLanguages


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Press):
    """Takes the role that an invitation gives."""

    token: str


@dataclass(frozen=True, slots=True)
class OpenDesk(Press):
    """Opens the desk."""


@dataclass(frozen=True, slots=True)
class OpenDeskMunicipality(Press):
    """Opens a municipality's hearings on the desk, a page of them."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenDeskSettings(Press):
    """Opens what is set for a municipality's desk, or for its reader there."""

    municipality: int


@dataclass(frozen=True, slots=True)
class OpenDeskHearing(Press):
    """Opens a hearing's numbers."""

    hearing: int


@dataclass(frozen=True, slots=True)
class SeeTallies(Press):
    """Opens a hearing's results, a page of them."""

    hearing: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenReports(Press):
    """Opens the files of a hearing, or of one of its sittings by its number, to be had in these languages."""

    hearing: int
    languages: ReportLanguages = ReportLanguages.READER
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class DownloadRecord(Press):
    """Sends the record of a hearing, or of one of its sittings by its number, as a file."""

    hearing: int
    form: DownloadFormat
    languages: ReportLanguages = ReportLanguages.READER
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class ChooseRole(Press):
    """Asks to which role a colleague is invited."""

    municipality: int


@dataclass(frozen=True, slots=True)
class InviteStaff(Press):
    """Makes a one-time link to a role."""

    municipality: int
    role: Role


@dataclass(frozen=True, slots=True)
class TakeBackInvitation(Press):
    """Asks whether to take an invitation back, and the role that it gave; takes them back where ``sure``."""

    invitation: str
    sure: bool = False
