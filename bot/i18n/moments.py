"""Dates and times as people here write them.

Names and the parts of long dates come from CLDR. Its orders do not: its Kyrgyz numeric pattern was year-day-month for
years (docs/decisions/0021-babels-kyrgyz-dates.md), its Cyrillic Uzbek long date differs from the Latin one by a zero,
and people look for the weekday first. The clock has 24 hours in every language.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

if TYPE_CHECKING:
    from datetime import time, tzinfo

_LONG_DATE_PATTERNS: Final = {
    "ky": "EEEE, d-MMMM y-'ж'.",
    "ru": "EEEE, d MMMM y 'г'.",
    "uz_Cyrl": "EEEE, d-MMMM, y",
    "uz": "EEEE, d-MMMM, y",
    "en": "EEEE, d MMMM y",
}
_DAY_PATTERNS: Final = {
    "ky": "EEEE, d-MMMM",
    "ru": "EEEE, d MMMM",
    "uz_Cyrl": "EEEE, d-MMMM",
    "uz": "EEEE, d-MMMM",
    "en": "EEEE, d MMMM",
}
_MONTHS: Final = (
    re.compile(r"(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])(?:-\d\d)?"),
    re.compile(r"(?:\d\d?\.)?(?P<m>0?[1-9]|1[0-2])\.(?P<y>20\d\d)"),
)
"""``2027-04`` and ``04.2027``, each perhaps with the day."""
_OFFSET_WITHOUT_A_MOMENT: Final = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - wall time in whatever zone is asked about


def numeric(day: date) -> str:
    """``dd.MM.y``."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def long(language: str, day: date, *, year: bool = True) -> str:
    """Weekday, day, month and ``year``, weekday first: the word people look for."""
    patterns = _LONG_DATE_PATTERNS if year else _DAY_PATTERNS
    return str(format_date(day, patterns[language], _locale(language)))


def in_words(language: str, day: date, *, year: bool) -> str:
    """Day and month, perhaps with the ``year``: for a sentence, since no full stop ends it."""
    pattern = _DAY_PATTERNS[language].removeprefix("EEEE, ")
    return str(format_date(day, f"{pattern} y" if year else pattern, _locale(language)))


def months(language: str, start: str, end: str) -> str:
    """``March – September 2027`` for ``2027-03`` and ``09.2027``, one month once; what is no month stays as it is."""
    first, last = _month(start), _month(end or start)
    if first is None or last is None:
        return " – ".join(part for part in (start, end) if part)
    named = (format_date(date(int(each["y"]), int(each["m"]), 1), "LLLL", _locale(language)) for each in (first, last))
    names = [str(name) if language == "en" else str(name).lower() for name in named]
    if (first["y"], first["m"]) == (last["y"], last["m"]):
        return f"{names[0]} {first['y']}"
    opening = names[0] if first["y"] == last["y"] else f"{names[0]} {first['y']}"
    return f"{opening} – {names[1]} {last['y']}"


def _month(written: str) -> re.Match[str] | None:
    return next(filter(None, (form.fullmatch(written.strip()) for form in _MONTHS)), None)


def brief(language: str, day: date) -> str:
    """``Mon 23.11``: the short weekday, the day and the month, for a button."""
    return f"{format_date(day, 'EEE', _locale(language)).rstrip('.')} {day.day:02}.{day.month:02}"


def clock(moment: time | datetime) -> str:
    """``HH:MM``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def local(at: datetime, zone: tzinfo | str) -> str:
    """Date and time of the aware ``at`` in ``zone``; raises ``ValueError`` for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    there = at.astimezone(_zone(zone))
    return f"{numeric(there)}, {clock(there)}"


def offset(zone: tzinfo | str, at: datetime | None = None) -> str:
    """``UTC+5`` or ``UTC+5:30`` as it is in ``zone`` at that moment; without one, as it was in the winter of 2026."""
    there = _OFFSET_WITHOUT_A_MOMENT.replace(tzinfo=_zone(zone)) if at is None else at.astimezone(_zone(zone))
    gap = there.utcoffset()
    assert gap is not None
    minutes = round(gap.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if minutes == 0:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"


def _zone(zone: tzinfo | str) -> tzinfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
