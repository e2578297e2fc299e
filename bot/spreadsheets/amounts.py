"""Sums of money as accountants write them: ``1 250,50``, ``10,5 миң сом``, ``150 000 сом (жүз элүү миң)``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.domain.programme import TYIYN, Unit
from bot.spreadsheets.cells import BadCell, number, plain_text
from bot.spreadsheets.faults import Code
from bot.spreadsheets.number_words import number_in_words

LARGEST_AMOUNT: Final = 10**15
"""Amounts stay below this (tyiyn)."""

_NIL: Final = frozenset({"-", "–", "—", "нет", "жок", "йўқ", "yo'q", "нөл", "ноль", "нол", "nol"})
_MULTIPLES: Final = {
    1_000: "миң|мин|минг|ming|тыс|тысяч|тысяча|тысячи|thousand",
    1_000_000: "млн|миллион|миллиона|миллионов|mln|million",
    1_000_000_000: "млрд|миллиард|миллиарда|миллиардов|mlrd|milliard",
}
_NUMBER: Final = r"[+-]?\d(?:[\d\s.,']*\d)?"
_WORD: Final = "|".join(sorted("|".join(_MULTIPLES.values()).split("|"), key=len, reverse=True))
_MULTIPLE: Final = re.compile(rf"({_NUMBER})\s*({_WORD})\b\.?\s*", re.IGNORECASE)
_REST: Final = re.compile(rf"({_NUMBER})?\s*((?:сом|сомдук|сомов|сома|som|so'm|сўм|с|kgs)\.?)?\s*", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


def amount(value: object, unit: Unit) -> int:
    """Whole tyiyn of a sum that is written in ``unit``, or names its own; below zero where it is.

    Raises BadCell for what is no sum, is too large or finer than a tyiyn, where words in brackets say another sum, and
    for one in som without a word for thousand where the sheet counts in thousands.
    """
    each = TYIYN * (1000 if unit is Unit.THOUSAND else 1)
    tyiyn = _written(plain_text(value), unit, each) if isinstance(value, str) else number(value) * each
    if abs(tyiyn) >= LARGEST_AMOUNT:
        most = LARGEST_AMOUNT // each
        raise BadCell(Code.OUT_OF_RANGE, value=plain_text(value), least=-most, most=most)
    if tyiyn != tyiyn.to_integral_value():
        rounded = (tyiyn.to_integral_value() / each).normalize()
        raise BadCell(Code.TOO_FINE, value=plain_text(value), example=f"{rounded:f}")
    return int(tyiyn)


def _written(written: str, unit: Unit, each: int) -> Decimal:
    """The tyiyn of a sum with its words."""
    bare = re.sub(r"[‘’ʻʼ`]", "'", written).replace("−", "-")
    if bare.casefold() in _NIL:
        return Decimal(0)
    brackets = _BRACKETS.findall(bare)
    if len(brackets) > 1 or any(character.isdigit() for words in brackets for character in words):
        raise BadCell(Code.NOT_NUMBER, value=written)
    tyiyn = _sum(_BRACKETS.sub(" ", bare).strip(), written, unit, each)
    in_words = number_in_words(brackets[0]) if brackets else None
    if in_words is not None and abs(tyiyn) not in (in_words * TYIYN, in_words * each):
        raise BadCell(Code.WORDS_DIFFER, value=written)
    return tyiyn


def _sum(plain: str, written: str, unit: Unit, each: int) -> Decimal:
    """The tyiyn of ``3 миллион 200 миң сом``, of ``3132,1 миң`` or of a number alone."""
    tyiyn, last, at = Decimal(0), 10**12, 0
    while multiple := _MULTIPLE.match(plain, at):
        factor = next(each for each, words in _MULTIPLES.items() if multiple[2].casefold() in words.split("|"))
        if factor >= last:
            raise BadCell(Code.NOT_NUMBER, value=written)
        tyiyn += _number(multiple[1], written) * factor * TYIYN
        last, at = factor, multiple.end()
    rest = _REST.fullmatch(plain, at)
    if rest is None or not (at or rest[1]) or (at and rest[1] and not rest[2]):
        raise BadCell(Code.NOT_NUMBER, value=written)
    if not rest[1]:
        return tyiyn
    found = _number(rest[1], written)
    if at:
        return tyiyn + found * TYIYN
    if rest[2] and unit is Unit.THOUSAND:
        in_thousands = (found / 1000).normalize()
        raise BadCell(Code.UNIT_DIFFERS, value=written, som=f"{in_thousands:f}", thousand=f"{found.normalize():f}")
    return found * each


def _number(digits: str, written: str) -> Decimal:
    """The number; what a fault proposes and quotes is the whole cell."""
    try:
        return number(digits)
    except BadCell as bad:
        proposed = {
            name: written.replace(digits, str(bad.values[name]), 1)
            for name in ("first", "second")
            if name in bad.values
        }
        raise BadCell(bad.code, value=written, **proposed) from None
