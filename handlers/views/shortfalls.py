"""Who did not get a broadcast, and why: people counted by the reason, groups and channels by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.notices import NO_TOPIC
from bot.i18n import later
from handlers.views.screen import Html, b, e, i, short, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.notices import Shortfall
    from bot.i18n import Translator

SHORTFALLS_SHOWN: Final = 20
ROOM_NAME_LETTERS: Final = 60
OF_PEOPLE: Final = {
    "blocked": later("blocked the bot"),
    "deactivated": later("deleted their account"),
    "chat not found": later("Telegram does not find their chat any more"),
    "never started": later("have not started the bot"),
    "forbidden": later("Telegram does not let the bot write to them"),
}
"""By the stored reason: why people could not be reached. Any other is Telegram's or the network's own failure."""
OF_ROOMS: Final = {
    "thrown out": later("the bot was removed, or may not write there"),
    "forbidden": later("the bot was removed, or may not write there"),
    "no rights": later("the bot has not the right to write there"),
    "restricted": later("Telegram has restricted it"),
    "to be paid": later("writing there costs stars"),
    "deactivated": later("it was deleted"),
    "chat not found": later("Telegram does not find it any more"),
    NO_TOPIC: later("its topic is gone or closed: the post stands beside it"),
}
"""The same for groups and channels."""
OTHERWISE: Final = later("Telegram did not take the message")


def listed(t: Translator, shortfalls: Sequence[Shortfall]) -> tuple[Html, ...]:
    """The part of a screen that names them; nothing where everybody got it."""
    if not shortfalls:
        return ()
    lines = [_line(t, each) for each in shortfalls[:SHORTFALLS_SHOWN]]
    rest = len(shortfalls) - len(lines)
    more = (i(t("and {n} more", n=t.number(rest))),) if rest else ()
    return (e(""), b(t("Not reached, and why")), stacked(*lines), *more)


def _line(t: Translator, shortfall: Shortfall) -> Html:
    if shortfall.room:
        why = t(OF_ROOMS.get(shortfall.reason, OTHERWISE))
        return e(f"• “{short(shortfall.room, ROOM_NAME_LETTERS)}”: {why}")
    why = t(OF_PEOPLE.get(shortfall.reason, OTHERWISE))
    return e(t.n("• {n} person: {why}", "• {n} people: {why}", shortfall.people, why=why))
