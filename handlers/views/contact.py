"""How residents reach the commission of a municipality: a name, a number, hours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handlers.views.screen import Html, e, stacked

if TYPE_CHECKING:
    from bot.domain.places import Place
    from bot.i18n import Translator

_SIGNS_IN_NUMBERS: Final = re.compile(r"[\s().\-–/]+")
_NUMBER: Final = re.compile(r"\+\d{9,15}", re.ASCII)


def contact(t: Translator, place: Place) -> Html | None:
    """Whom to ask there; None where the list of places does not say.

    A whole number, as one dials it from anywhere, is written so that a tap calls it; any other words stay as they are.
    """
    if not (place.contact_name or place.contact_phone):
        return None
    number = _SIGNS_IN_NUMBERS.sub("", place.contact_phone)
    if _NUMBER.fullmatch(number):
        phone = t("📞 Call: {number}", number=number)
    else:
        phone = f"📞 {place.contact_phone}" if place.contact_phone else ""
    return stacked(
        e(t("☎️ Questions? Ask: {name}", name=place.contact_name)) if place.contact_name else None,
        e(phone) if phone else None,
        e(t("🕘 Hours: {hours}", hours=place.contact_hours)) if place.contact_hours else None,
    )
