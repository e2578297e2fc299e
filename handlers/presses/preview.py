"""The press of a preview: a hearing's screens as residents will read them, in any language, with the way back."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Language, Press


@dataclass(frozen=True, slots=True)
class PreviewHearing(Press):
    """Opens a screen of a hearing in ``language``: the one that ``then`` opens, else its card.

    ``inert`` stands for a button that does something: it only says so.
    """

    hearing: int
    language: Language
    then: str = ""
    inert: bool = False
