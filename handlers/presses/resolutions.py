"""Presses about the council's resolution on a hearing."""

from __future__ import annotations

from bot.domain.resolutions import ResolutionField
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenResolution(Press):
    """Opens what the council made of a hearing, as staff see it."""

    hearing: int


@dataclass(frozen=True, slots=True)
class WriteResolution(Press):
    """Waits for the number, the day or what was adopted."""

    hearing: int
    field: ResolutionField = ResolutionField.NUMBER


@dataclass(frozen=True, slots=True)
class SaveResolution(Press):
    """Stores what was typed; ``mark`` is the digest of what stood on the screen."""

    hearing: int
    mark: str
