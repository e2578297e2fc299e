"""The way to the desk that every screen of staff has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from handlers import presses
from handlers.presses.wire import unpack
from handlers.views.buttons import open_desk
from handlers.views.screen import tap

if TYPE_CHECKING:
    from bot.i18n import Translator
    from handlers.views.screen import Button, Screen

__all__ = ["added", "back_to_hearing_desk", "leads_there", "open_desk"]

TO_THE_DESK: Final = (presses.OpenDesk, presses.OpenDeskMunicipality, presses.OpenDeskHearing)


def back_to_hearing_desk(t: Translator, hearing_id: int) -> Button:
    """The way back to the desk of a hearing."""
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDeskHearing(hearing_id))


def hearing_of(screen: Screen) -> int:
    """The hearing that the buttons of the screen are about; 0 where they name none."""
    named = (getattr(unpack(button.data)[0], "hearing", 0) for row in screen.rows for button in row if button.data)
    return next(filter(None, named), 0)


def leads_there(screen: Screen) -> bool:
    """True where a button of the screen opens the desk already."""
    return any(_opens_desk(button) for row in screen.rows for button in row)


def _opens_desk(button: Button) -> bool:
    return button.data is not None and isinstance(unpack(button.data)[0], TO_THE_DESK)


def added(screen: Screen, button: Button) -> Screen:
    """The screen with the button under all others."""
    return replace(screen, rows=(*screen.rows, (button,)))
