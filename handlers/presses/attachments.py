"""Presses about the documents of a hearing."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ListDocuments(Press):
    """Opens the list of a hearing's documents."""

    hearing: int


@dataclass(frozen=True, slots=True)
class GetDocument(Press):
    """Sends a document."""

    document: int


@dataclass(frozen=True, slots=True)
class ManageDocuments(Press):
    """Opens a hearing's documents as staff attach and remove them."""

    hearing: int


@dataclass(frozen=True, slots=True)
class AttachDocument(Press):
    """Asks for files that become documents of a hearing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class RemoveDocument(Press):
    """Asks whether to remove a document; removes it where ``sure``."""

    document: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class KeepAsDocument(Press):
    """Makes a document of a file that was sent; hearing 0 asks of which hearing."""

    file: int
    hearing: int = 0
