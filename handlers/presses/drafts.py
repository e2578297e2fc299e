"""Presses of the desk about a new hearing, and about changing one or deleting a draft."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class NewHearing(Press):
    """Asks in which way a new hearing of the municipality is put up."""

    municipality: int


@dataclass(frozen=True, slots=True)
class OpenDraft(Press):
    """Opens a draft: its sums, the preview in each language, publishing."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ChangeHearing(Press):
    """Asks what of a hearing is to be changed."""

    hearing: int


@dataclass(frozen=True, slots=True)
class DeleteDraft(Press):
    """Asks whether to delete a draft; deletes it where ``sure``."""

    hearing: int
    sure: bool = False
