"""A day as a person types it into the chat."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NoDay
from bot.spreadsheets import moments
from bot.spreadsheets.cells import BadCell

if TYPE_CHECKING:
    from datetime import date

_SHORT_YEAR: Final = re.compile(r"(\d{1,2}[./-]\d{1,2}[./-])(\d\d)", re.ASCII)


def typed_day(words: str) -> date:
    """The day that is meant, with its year, which may have two digits. Raises NoDay for other words."""
    written = words.strip().rstrip(".")
    if short := _SHORT_YEAR.fullmatch(written):
        written = f"{short[1]}20{short[2]}"
    try:
        return moments.day(written)
    except BadCell:
        raise NoDay from None


def coming_day(words: str, today: date) -> date:
    """The day that is meant; without a year the next such day. Raises NoDay for other words and for days passed."""
    written = words.strip().rstrip(".")
    years = (today.year, today.year + 1)
    for form in (written, *(f"{written}{beside}{year}" for year in years for beside in (".", " "))):
        with suppress(NoDay):
            if (day := typed_day(form)) >= today:
                return day
    raise NoDay
