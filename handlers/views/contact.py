"""How residents reach the commission of a municipality: a name, a number, hours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handlers.views.screen import Html, e, stacked

if TYPE_CHECKING:
    from bot.domain.places import Contact
    from bot.i18n import Translator

_SIGNS_IN_NUMBERS: Final = re.compile(r"[\s().\-–/]+")
_NUMBER: Final = re.compile(r"\+\d{9,15}", re.ASCII)


def contact(t: Translator, who: Contact) -> Html | None:
    """Whom to ask; None where nobody is named.

    A whole number, as one dials it from anywhere, is written so that a tap calls it; any other words stay as they are.
    """
    if not who:
        return None
    number = _SIGNS_IN_NUMBERS.sub("", who.phone)
    if _NUMBER.fullmatch(number):
        phone = t("📞 Call: {number}", number=number)
    else:
        phone = f"📞 {who.phone}" if who.phone else ""
    return stacked(
        e(t("☎️ Questions? Ask: {name}", name=who.name)) if who.name else None,
        e(phone) if phone else None,
        e(t("🕘 Hours: {hours}", hours=who.hours)) if who.hours else None,
    )
