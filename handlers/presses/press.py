"""What all presses share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded press. Each kind of button is a subclass with its tag in ``handlers.presses.KINDS``."""


@dataclass(frozen=True, slots=True)
class AboutDates(Press):
    """What all these share: refused, they lead back to the dates of the hearing."""

    hearing: int


class Language(StrEnum):
    """Languages in wire order (append only)."""

    KY = "ky"
    RU = "ru"
    UZ_CYRL = "uz_Cyrl"
    UZ = "uz"
    EN = "en"


class DownloadFormat(StrEnum):
    """Files of the record in wire order (append only)."""

    XLSX = "xlsx"
    CSV = "csv"
