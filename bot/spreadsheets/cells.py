"""What a cell means: text, numbers, money, dates and times however Excel, LibreOffice or a person wrote them.

Each function takes the value of a cell that is not empty, and returns what it means or raises ``BadCell``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError
from bot.domain.programme import TYIYN, Unit
from bot.spreadsheets.faults import Code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

LARGEST_AMOUNT: Final = 10**15
"""Amounts stay below this (tyiyn)."""

_SERIAL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's wall time, whatever the zone
_GROUPING_SPACES: Final = re.compile(r"[\s'’\u00a0\u2009\u202f]+")
_NUMBER_PATTERN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
_DATE_PATTERN: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*(?:ж|г|y)\.?)?", re.ASCII)
_ISO_DATE_PATTERN: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME_PATTERN: Final = re.compile(r"(\d{1,2})(?:[:.\-](\d{2}))?(?::(\d{2}))?", re.ASCII)
_ESCAPED_CHARACTER: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_THOUSAND_WORD: Final = re.compile(r"миң|минг|мин\b|тыс|ming\b|thousand", re.IGNORECASE)
_DATE_SERIALS: Final = (20_000, 110_000)
"""A bare number of days between these is a date, of the years 1954 to 2201."""


class BadCell(HearingBotError):
    """The cell does not mean what is wanted; ``code`` and ``values`` are those of the fault."""

    def __init__(self, code: StrEnum, /, **values: object) -> None:
        super().__init__(code)  # not what the cell says: the log may show this
        self.code = code
        self.values: Mapping[str, object] = values


def plain_text(value: object) -> str:
    """The cell as text: numbers without a trailing ``.0``, dates as ``dd.mm.yyyy``, one kind of line end, trimmed."""
    match value:
        case datetime():
            return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return f"{(_SERIAL_EPOCH + value):%H:%M}"
        case float():
            return f"{exact(value):f}"
    plain = _ESCAPED_CHARACTER.sub(_unescaped, str(value))
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _unescaped(match: re.Match[str]) -> str:
    """The character that the file format writes as ``_x000D_``; half of a surrogate pair stays as it is written."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def bounded_text(value: object, limit: int) -> str:
    """The cell as text of at most ``limit`` characters (0: any length)."""
    text = plain_text(value)
    if limit and len(text) > limit:
        raise BadCell(Code.TOO_LONG, length=len(text), limit=limit)
    return text


def exact(value: float) -> Decimal:
    """The decimal number that a spreadsheet shows: 15 digits, as Excel calculates, so 0.1 + 0.2 is 0.3."""
    shown = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not shown.is_finite():
        raise BadCell(Code.NOT_NUMBER, value=value, example=12000)
    return Decimal(int(shown)) if shown == shown.to_integral_value() else shown


def number(value: object, *, example: int = 12000, thousands: bool = False) -> Decimal:
    """Any number: ``12 345,50``, ``12,345.50``; ``12 миң`` is not one.

    The fault then proposes the number that is likely meant, else ``example``; with ``thousands`` a word for thousand
    counts as three zeros.
    """
    if isinstance(value, bool | date | time | timedelta):
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value), example=example)
    if isinstance(value, int | float):
        return exact(value)
    plain = _GROUPING_SPACES.sub("", plain_text(value)).replace("−", "-")
    if not _NUMBER_PATTERN.fullmatch(plain) or len(plain) > 24:
        meant = _intended_number(plain_text(value), thousands=thousands)
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value), example=meant or example)
    return _from_separated(plain)


def _from_separated(plain: str) -> Decimal:
    """A number with points or commas; one of them before three digits may be decimal or group thousands: a fault.

    Of two kinds the last is decimal; one that repeats groups thousands.
    """
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    whole, rest = re.sub(r"[.,]", "", plain[:last]), plain[last + 1 :]
    mixed = "." in plain and "," in plain
    if plain.count(plain[last]) > 1:
        if mixed or any(len(group) != 3 for group in re.split(r"[.,]", plain)[1:]):
            raise BadCell(Code.NOT_NUMBER, value=plain, example=re.sub(r"[.,]", "", plain))
        return Decimal(whole + rest)
    if not mixed and len(rest) == 3 and whole.lstrip("+-") not in {"0", ""} and len(whole.lstrip("+-")) <= 3:
        raise BadCell(Code.AMBIGUOUS_NUMBER, value=plain, first=whole + rest, second=f"{whole}.{rest}0")
    return Decimal(f"{whole}.{rest}")


def _intended_number(written: str, *, thousands: bool) -> str:
    """The number that is likely meant, empty without digits."""
    digits = re.search(r"[1-9]\d{0,11}", _GROUPING_SPACES.sub("", written))
    if digits is None:
        return ""
    return digits[0] + ("000" if thousands and _THOUSAND_WORD.search(written) else "")


def whole(value: object, *, least: int, most: int, example: int = 1) -> int:
    """A whole number from ``least`` to ``most``; ``example`` is what a fault proposes."""
    exactly = number(value, example=example)
    if exactly != exactly.to_integral_value():
        raise BadCell(Code.NOT_WHOLE, value=plain_text(value), example=int(exactly))
    if not least <= exactly <= most:
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=least, most=most)
    return int(exactly)


def degrees(value: object, *, most: int) -> float:
    """A coordinate from ``-most`` to ``most``; a comma is always decimal."""
    plain = plain_text(value).replace(",", ".") if isinstance(value, str) else value
    try:
        exactly = Decimal(plain) if isinstance(plain, str) and _NUMBER_PATTERN.fullmatch(plain) else number(plain)
    except ArithmeticError:
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value), example="41.037") from None
    if not -most <= exactly <= most:
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=-most, most=most)
    return float(exactly)


def amount(value: object, unit: Unit) -> int:
    """Whole tyiyn of a sum written in ``unit``, exactly; below zero, too large or finer than a tyiyn is a fault."""
    each = TYIYN * (1000 if unit is Unit.THOUSAND else 1)
    tyiyn = number(value, thousands=unit is Unit.SOM) * each
    if not 0 <= tyiyn < LARGEST_AMOUNT:
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=0, most=LARGEST_AMOUNT // each)
    if tyiyn != tyiyn.to_integral_value():
        rounded = (tyiyn.to_integral_value() / each).normalize()
        raise BadCell(Code.TOO_FINE, value=plain_text(value), example=f"{rounded:f}")
    return int(tyiyn)


def day(value: object) -> date:
    """A date, a bare number of days, ``06.12.2026`` or ``2026-12-06``; a time of day beside it is left out."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and _DATE_SERIALS[0] <= value <= _DATE_SERIALS[1]:
        return (_SERIAL_EPOCH + timedelta(days=int(value))).date()
    if (found := _parsed_date(plain_text(value))) is not None:
        return found
    raise BadCell(Code.NOT_DATE, value=plain_text(value), example="06.12.2026")


def _parsed_date(written: str) -> date | None:
    iso, usual = _ISO_DATE_PATTERN.fullmatch(written), _DATE_PATTERN.fullmatch(written)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(usual[3]), int(usual[2]), int(usual[1])) if usual else None
    except ValueError:
        return None


def clock(value: object) -> time:
    """A time of day to the minute, from a time, a part of a day, ``14:00``, ``14.00`` or ``14``."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        value = timedelta(days=value)
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        minutes = min(round(value / timedelta(minutes=1)), 24 * 60 - 1)
        return time(minutes // 60, minutes % 60)
    if (found := _parsed_time(plain_text(value))) is not None:
        return found
    raise BadCell(Code.NOT_TIME, value=plain_text(value), example="14:00")


def _parsed_time(written: str) -> time | None:
    found = _TIME_PATTERN.fullmatch(written)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def moment(value: object, *, ends: bool) -> datetime:
    """A local date and time, naive, to the second; a date alone is the beginning of the day, with ``ends`` its end."""
    if isinstance(value, datetime) and value.time() != time():
        return _to_second(value)
    if isinstance(value, float) and _DATE_SERIALS[0] <= value <= _DATE_SERIALS[1] and value % 1:
        return _to_second(_SERIAL_EPOCH + timedelta(days=value))
    try:
        if isinstance(value, str):
            date_part, _, time_part = plain_text(value).replace("T", " ").replace(",", " ").partition(" ")
            if time_part.strip():
                return datetime.combine(day(date_part), clock(time_part.strip()))
        midnight = datetime.combine(day(value), time())
        return midnight + timedelta(days=1) if ends and not isinstance(value, datetime) else midnight
    except BadCell:
        raise BadCell(Code.NOT_MOMENT, value=plain_text(value), example="06.12.2026 18:00") from None


def _to_second(at: datetime) -> datetime:
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def link(value: object) -> str:
    """A web address as it is written, of ``http`` or ``https``."""
    written = plain_text(value)
    if not re.fullmatch(r"https?://[^\s\x00-\x1f<>\"]+", written):
        raise BadCell(Code.NOT_LINK, value=written)
    return written
