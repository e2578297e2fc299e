"""Until when the commission has promised its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views.screen import Html, e

if TYPE_CHECKING:
    from datetime import date

    from bot.i18n import Translator


def countdown(t: Translator, due: date, today: date) -> Html:
    """Until when answers are promised, and how far off that is."""
    promised, days = t("Answers are promised by {day}.", day=t.in_words(due, now=today)), (due - today).days
    if days < 0:
        left = t.n("That was {n} day ago.", "That was {n} days ago.", -days)
    elif days == 0:
        left = t("That is today.")
    else:
        left = t.n("{n} day is left.", "{n} days are left.", days)
    return e(f"{promised} {left}")
