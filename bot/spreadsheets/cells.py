"""What a cell means: text, numbers, money, dates and times however Excel, LibreOffice or a person wrote them.

Each function takes the value of a cell that is not empty, and returns what it means or raises ``BadCell``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError
from bot.spreadsheets.faults import Code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

_SERIAL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's wall time, whatever the zone
_GROUPING_SPACES: Final = re.compile(
    r"(?<=\d)[\s'’\u00a0\u2009\u202f](?=\d{3}(?!\d))|^\s+|\s+$|(?<=^[+-])\s+", re.ASCII
)
"""Between groups of three digits, and around the number."""
_NUMBER_PATTERN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?[EЕ]\+?\d+", re.ASCII | re.IGNORECASE)
_EXACT_DIGITS: Final = 10**15
"""A spreadsheet keeps 15 digits of a number."""
_ESCAPED_CHARACTER: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Percent(float):
    """A number in a cell that is formatted as a percentage: 0.45 is shown as 45 %."""


class DaysSince1904(float):
    """A number in a workbook that counts days from 1904: as a date it is 1,462 days later than in another."""


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
            return f"{exact(value * 100):f} %" if isinstance(value, Percent) else f"{exact(value):f}"
    plain = _ESCAPED_CHARACTER.sub(_unescaped, str(value))
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _unescaped(match: re.Match[str]) -> str:
    """The character that the file format writes as ``_x000D_``; half of a surrogate pair stays as it is written."""
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def code(value: object, limit: int = 0) -> str:
    """A code as text; raises BadCell where the spreadsheet has made a date or another number of it.

    Of 07.09 it makes the seventh of September, of 22.10 the number 22.1, of 41700000000000 shown as 4.17E+13 another.
    """
    if isinstance(value, date | time | timedelta):
        raise BadCell(Code.CODE_BECAME_DATE, value=plain_text(value))
    if isinstance(value, float) and (value != int(value) or isinstance(value, Percent)):
        raise BadCell(Code.CODE_BECAME_NUMBER, value=plain_text(value))
    if isinstance(value, int | float) and abs(value) >= _EXACT_DIGITS:
        raise BadCell(Code.CODE_LOST_DIGITS, value=plain_text(value))
    written = bounded_text(value, limit)
    if _EXPONENT.fullmatch(written):
        raise BadCell(Code.CODE_LOST_DIGITS, value=written)
    return written


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
        raise BadCell(Code.NOT_NUMBER, value=value)
    return Decimal(int(shown)) if shown == shown.to_integral_value() else shown


def number(value: object) -> Decimal:
    """Any number: ``12 345,50``, ``12,345.50``; ``12 миң`` is not one."""
    if isinstance(value, bool | date | time | timedelta | Percent):
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value))
    if isinstance(value, int | float):
        return exact(value)
    plain = _GROUPING_SPACES.sub("", plain_text(value).replace("−", "-"))
    if not _NUMBER_PATTERN.fullmatch(plain) or len(plain) > 24:
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value))
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
            raise BadCell(Code.NOT_NUMBER, value=plain)
        return Decimal(whole + rest)
    if not mixed and len(rest) == 3 and whole.lstrip("+-") not in {"0", ""} and len(whole.lstrip("+-")) <= 3:
        raise BadCell(Code.AMBIGUOUS_NUMBER, value=plain, first=whole + rest, second=f"{whole}.{rest}0")
    return Decimal(f"{whole}.{rest}")


def whole(value: object, *, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    exactly = number(value)
    if exactly != exactly.to_integral_value():
        raise BadCell(Code.NOT_WHOLE, value=plain_text(value))
    if not least <= exactly <= most:
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=least, most=most)
    return int(exactly)


def degrees(value: object, *, most: int) -> float:
    """A coordinate from ``-most`` to ``most``; a comma is always decimal."""
    plain = plain_text(value).replace(",", ".") if isinstance(value, str) else value
    try:
        exactly = Decimal(plain) if isinstance(plain, str) and _NUMBER_PATTERN.fullmatch(plain) else number(plain)
    except ArithmeticError:
        raise BadCell(Code.NOT_NUMBER, value=plain_text(value)) from None
    if not -most <= exactly <= most:
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=-most, most=most)
    return float(exactly)


def link(value: object) -> str:
    """A web address as it is written, of ``http`` or ``https``."""
    written = plain_text(value)
    if not re.fullmatch(r"https?://[^\s\x00-\x1f<>\"]+", written):
        raise BadCell(Code.NOT_LINK, value=written)
    return written
