"""Presses about the form of a municipality's protocols."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press, ReportLanguages


@dataclass(frozen=True, slots=True)
class OpenProtocolForm(Press):
    """Opens the form of a municipality's protocols."""

    municipality: int


@dataclass(frozen=True, slots=True)
class GetProtocolForm(Press):
    """Sends the form that is in force, or our own where ``languages`` are named."""

    municipality: int
    languages: ReportLanguages = ReportLanguages.READER


@dataclass(frozen=True, slots=True)
class UseProtocolForm(Press):
    """Makes protocols of a municipality from a form that was sent."""

    file: int
    municipality: int


@dataclass(frozen=True, slots=True)
class RemoveProtocolForm(Press):
    """Asks whether to make protocols from our form again; does so where ``sure``."""

    municipality: int
    sure: bool = False
