"""Why a hearing does not take place as it was announced, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.hearings import Phase
from bot.i18n import names, shown_hearings
from handlers.views.pages import quoted
from handlers.views.screen import Html, e, stacked

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.setbacks import Setback
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator


def reason(t: Translator, setback: Setback) -> Html:
    """One of the known reasons in the reader's language, or what the secretary wrote, set apart as written."""
    if (known := names.SETBACK_REASON_SENTENCES.get(setback.why)) is not None:
        return e(t("Reason: {words}", words=t(known)))
    return stacked(e(t("Reason, in the commission’s words:")), quoted(setback.words))


def what_happened(t: Translator, hearing: Hearing, zone: ZoneInfo, *, now: datetime | None = None) -> Html | None:
    """The cancellation, or the postponement with when it was to be; None for a hearing that goes as announced.

    ``now`` in the same year, that is not said.
    """
    setback = hearing.setback
    if hearing.phase is Phase.CANCELLED:
        return stacked(e(t("✖️ This hearing was cancelled.")), reason(t, setback) if setback else None)
    return _postponed(t, setback, zone, now)


def sitting_happened(
    t: Translator, sitting: Sitting | None, zone: ZoneInfo, *, now: datetime | None = None
) -> Html | None:
    """The postponement of one sitting alone; None for one that takes place as announced."""
    return _postponed(t, sitting.setback, zone, now) if sitting else None


def _postponed(t: Translator, setback: Setback | None, zone: ZoneInfo, now: datetime | None) -> Html | None:
    if setback is None or setback.was is None:
        return None
    return stacked(e(shown_hearings.postponed(t, setback.was, zone, now=now)), reason(t, setback))
