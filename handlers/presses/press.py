"""The kinds that all presses descend from, and the enumerations that several of them carry."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded press. Each kind of button is a subclass with its tag in ``PRESSES_BY_TAG``."""


@dataclass(frozen=True, slots=True)
class AboutDates(Press):
    """A press about the dates of a hearing: where it is refused, the dates are shown."""

    hearing: int


@dataclass(frozen=True, slots=True)
class AboutEntries(Press):
    """A press about what is entered for somebody: where it is refused, all that is entered is shown."""

    hearing: int


@dataclass(frozen=True, slots=True)
class AboutHall(Press):
    """A press about the hall of a sitting: where it is refused, the hall is shown as its presser sees it."""

    hearing: int
    sitting: int


@dataclass(frozen=True, slots=True)
class AboutChair(Press):
    """A press of who chairs a sitting: where it is refused, the hall is shown as its chair sees it."""

    hearing: int
    sitting: int


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
    DOCX = "docx"
    JSON = "json"
    PDF = "pdf"
    PDF_FULL = "pdf-full"
    CSV_BUNDLE = "csv-bundle"
    OPEN_DATA = "open-data"
    PB = "pb"
    POLIS = "polis"


class ReportLanguages(StrEnum):
    """Languages of a file in wire order (append only): the reader's own, another one, or the two state languages."""

    READER = ""
    KY = "ky"
    RU = "ru"
    UZ_CYRL = "uz_Cyrl"
    UZ = "uz"
    EN = "en"
    KY_RU = "ky ru"

    def chosen(self, reader: str) -> tuple[str, ...]:
        """The languages, where the reader's own is ``reader``."""
        return tuple(self.value.split()) or (reader,)
