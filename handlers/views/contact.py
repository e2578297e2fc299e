"""How residents reach the commission of a municipality: a name, a number, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import shown_hearings
from handlers.views.screen import Html, e, stacked

if TYPE_CHECKING:
    from bot.domain.places import Contact
    from bot.i18n import Translator


def contact(t: Translator, who: Contact) -> Html | None:
    """Whom to ask; None where nobody is named."""
    return stacked(*map(e, shown_hearings.contact_lines(t, who))) if who else None
