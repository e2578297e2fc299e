"""Numbers, shares and money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from bot.domain.languages import EN, RU

MILLION_SOM: Final = 100_000_000
"""In tyiyn."""
NBSP: Final = "\N{NO-BREAK SPACE}"
"""Between groups of digits and before a unit, in every language, so that wrapping breaks no number in two."""


def number(language: str, value: float | Decimal, decimals: int = 3) -> str:
    """``value`` rounded half up to at most ``decimals``, without trailing zeros."""
    if type(value) is int:
        return f"{value:,}".replace(",", NBSP)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):,f}".partition(".")
    rest = rest.rstrip("0")
    point = "." if language == EN else ","
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole.replace(',', NBSP)}{point if rest else ''}{rest}"


@lru_cache(maxsize=1024)  # people who are answered together are shown the same results
def percent(language: str, ratio: float) -> str:
    """The whole percentage, with one decimal only where a part would otherwise read as 0 or 100."""
    exact = Decimal(str(ratio)) * 100
    tenth = Decimal("0.1")
    if 0 < exact < Decimal("0.5"):
        shown = number(language, max(exact, tenth), 1)
    elif Decimal("99.5") <= exact < 100:
        shown = number(language, min(exact, 100 - tenth), 1)
    else:
        shown = number(language, exact, 0)
    return f"{shown}{NBSP if language == RU else ''}%"


def amount(language: str, tyiyn: int, unit: str) -> str:
    """Whole tyiyn as a number of ``unit``: som with tyiyn if there are any, thousands with one decimal if needed."""
    if unit == "thousand som":
        return number(language, Decimal(tyiyn).scaleb(-5), 1)
    if tyiyn % 100 == 0:
        return number(language, tyiyn // 100)
    whole, _, rest = number(language, Decimal(tyiyn).scaleb(-2), 2).replace(".", ",").partition(",")
    return f"{whole}{'.' if language == EN else ','}{rest.ljust(2, '0')}"
