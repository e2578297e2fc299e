"""Dates and times as people type them: ``13-январь 2020-ж``, ``30Ноябрь2021``, ``саат 14``, ``14:00дө``, ``14-00``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Final

from bot.spreadsheets.cells import BadCell, DaysSince1904, plain_text
from bot.spreadsheets.faults import Code

_SERIAL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's wall time, whatever the zone
_DATE_SERIALS: Final = (20_000, 110_000)
"""A bare number of days between these is a date, of the years 1954 to 2201."""
_FROM_1904: Final = 1_462
"""Days between the two beginnings of Excel's calendars."""
_MONTHS: Final = (
    "январь январ января yanvar january",
    "февраль феврал февраля fevral february",
    "март марта mart march",
    "апрель апрел апреля aprel april",
    "май мая may",
    "июнь июн июня iyun june",
    "июль июл июля iyul july",
    "август августа avgust august",
    "сентябрь сентябр сентября sentabr sentyabr september",
    "октябрь октябр октября oktabr oktyabr october",
    "ноябрь ноябр ноября noyabr november",
    "декабрь декабр декабря dekabr december",
)
_NUMBER_OF_MONTH: Final = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_MONTH_ENDING: Final = re.compile(r"(?:ы|и|ынын|инин|ында|инде|ына|ине|дын|дин|да|де|нинг|ning|da)$")
_YEAR_WORDS: Final = {
    "ж",
    "жыл",
    "жылы",
    "жылдын",
    "г",
    "год",
    "года",
    "y",
    "yil",
    "yili",
    "yilning",
    "й",
    "йил",
    "йили",
}
_NUMERIC_DATE: Final = re.compile(r"(\d{1,4})\s*[./\-–—\s]\s*(\d{1,2})\s*[./\-–—\s]\s*(\d{1,4})", re.ASCII)
_HOURS: Final = r"(?:(?:саат|сагат|saat|соат|soat|в|at)\s*)?"
_ENDING: Final = r"(?:\s*-?\s*(?:дө|до|да|де|тө|то|та|те|дон|го|га|ге|ч|час|часов|часа|саат|saat|соат|soat))?\.?"
_CLOCK: Final = re.compile(
    rf"{_HOURS}(\d{{1,2}})(?:\s*[:.\-–]\s*(\d{{2}})(?::\d{{2}})?)?{_ENDING}", re.ASCII | re.IGNORECASE
)
_CLOCK_TOGETHER: Final = re.compile(rf"{_HOURS}(\d{{1,2}})(\d{{2}}){_ENDING}", re.ASCII | re.IGNORECASE)


def day(value: object) -> date:
    """A date, a bare number of days, or a date in figures or words; a time of day beside it is left out.

    Raises BadCell, with the date that was meant where that is clear.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if (at := _serial(value)) is not None:
        return at.date()
    written = plain_text(value)
    found, meant = _in_figures(written) or _in_words(written) or (None, None)
    if found is not None:
        return found
    if meant is not None:
        raise BadCell(Code.NEARLY_A_DATE, value=written, meant=f"{meant:%d.%m.%Y}")
    raise BadCell(Code.NOT_DATE, value=written)


def _serial(value: object) -> datetime | None:
    """The moment of a bare number of days."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    days = value + _FROM_1904 if isinstance(value, DaysSince1904) else value
    return _SERIAL_EPOCH + timedelta(days=days) if _DATE_SERIALS[0] <= days <= _DATE_SERIALS[1] else None


_Found = tuple[date | None, date | None]
"""The date that is written, or the one that was meant."""


def _in_figures(written: str) -> _Found | None:
    """Day, month and year, or year, month and day; None for what has another form."""
    parts = _NUMERIC_DATE.fullmatch(_without_year_words(written))
    if parts is None:
        return None
    first, month, last = parts.groups()
    if len(first) == 4:
        return _date(int(first), int(month), int(last)), None
    if len(first) > 2 or len(last) not in (2, 4):
        return None
    year = int(last)
    if len(last) == 2:
        return None, _date(2000 + year, int(month), int(first))
    found = _date(year, int(month), int(first))
    return found, None if found else _date(year, int(first), int(month))


def _in_words(written: str) -> _Found | None:
    """A day, the name of a month and a year, in any order; what else stands there is a word for year."""
    words = re.findall(r"\d+|[^\W\d_]+", written.casefold())
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal() and word not in _YEAR_WORDS]
    if len(names) != 1 or sorted(map(len, numbers)) not in ([1, 4], [2, 4]):
        return None
    days, years = sorted(numbers, key=len)
    if (month := _NUMBER_OF_MONTH.get(names[0]) or _NUMBER_OF_MONTH.get(_MONTH_ENDING.sub("", names[0]))) is not None:
        return _date(int(years), month, int(days)), None
    near = {_NUMBER_OF_MONTH[word] for word in get_close_matches(names[0], _NUMBER_OF_MONTH, n=3, cutoff=0.8)}
    return (None, _date(int(years), near.pop(), int(days))) if len(near) == 1 else None


def _without_year_words(written: str) -> str:
    """The date without a word for year behind its last figure, and without quotation marks."""
    plain = re.sub(r"[“”„«»\"]", " ", written.casefold()).strip()
    ending = re.search(r"(?<=\d)[\s\-–—]*([^\W\d_]+)\s*\.?$", plain)
    return plain[: ending.start()] if ending and ending[1] in _YEAR_WORDS else plain


def _date(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def clock(value: object) -> time:
    """A time of day to the minute: a time, a part of a day, ``14:00``, ``14.00``, ``14-00``, ``1400``, ``саат 14``.

    A number with decimals is hours and minutes: Excel makes ``10.3`` of a typed ``10.30``. Raises BadCell.
    """
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        value = timedelta(days=value)
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        minutes = min(round(value / timedelta(minutes=1)), 24 * 60 - 1)
        return time(minutes // 60, minutes % 60)
    if isinstance(value, float) and value != int(value):
        return _hours_and_minutes(value)
    written = plain_text(value)
    found = _CLOCK.fullmatch(written) or _CLOCK_TOGETHER.fullmatch(written)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise BadCell(Code.NOT_TIME, value=written)
    return time(int(found[1]), int(found[2] or 0))


def _hours_and_minutes(value: float) -> time:
    """Of ``10.3`` and ``10.45``; ``10.5`` may be half past ten or ten to eleven."""
    hours, minutes = int(value), round((value - int(value)) * 100)
    if not 0 < hours < 24 or minutes > 59 or abs((value - int(value)) * 100 - minutes) > 0.01:
        raise BadCell(Code.NOT_TIME, value=plain_text(value))
    if minutes == 50:
        raise BadCell(Code.AMBIGUOUS_NUMBER, value=plain_text(value), first=f"{hours}:30", second=f"{hours}:50")
    return time(hours, minutes)


def moment(value: object, *, ends: bool) -> datetime:
    """A local date and time, naive, to the second; a date alone is the beginning of the day, with ``ends`` its end."""
    if isinstance(value, datetime) and value.time() != time():
        return _to_second(value)
    if isinstance(value, float) and value % 1 and (at := _serial(value)) is not None:
        return _to_second(at)
    if isinstance(value, str) and (found := _date_and_time(plain_text(value))) is not None:
        return found
    try:
        midnight = datetime.combine(day(value), time())
    except BadCell as bad:
        code = Code.NOT_MOMENT if bad.code is Code.NOT_DATE else bad.code
        raise BadCell(code, **bad.values) from None
    return midnight + timedelta(days=1) if ends and not isinstance(value, datetime) else midnight


def _date_and_time(written: str) -> datetime | None:
    """A date with a time behind it; None where the last words are no time."""
    words = re.split(r"(?<=\d)T(?=\d)|[\s,]+", written)
    for at in range(1, len(words)):
        try:
            return datetime.combine(day(" ".join(words[:at])), clock(" ".join(words[at:])))
        except BadCell:
            continue
    return None


def _to_second(at: datetime) -> datetime:
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)
