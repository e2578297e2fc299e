"""Numbers in words, as they stand in brackets behind a sum: ``беш миллион төрт жүз жыйырма беш миң эки жүз``."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ONES: Final = (
    "бир эки үч төрт беш алты жети сегиз тогуз",
    "бир икки уч тўрт беш олти етти саккиз тўққиз",
    "bir ikki uch to'rt besh olti yetti sakkiz to'qqiz",
    "один два три четыре пять шесть семь восемь девять",
    "одна две три четыре пять шесть семь восемь девять",
)
_TENS: Final = (
    "он жыйырма отуз кырк элүү алтымыш жетимиш сексен токсон",
    "ўн йигирма ўттиз қирқ эллик олтмиш етмиш саксон тўқсон",
    "o'n yigirma o'ttiz qirq ellik oltmish yetmish sakson to'qson",
    "десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
)
_TEENS: Final = (
    "одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_HUNDREDS: Final = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"
_HUNDRED: Final = ("жүз", "юз", "yuz")
_SCALES: Final = {
    1_000: "миң мин минг ming тысяча тысячи тысяч",
    1_000_000: "миллион миллиона миллионов million",
    1_000_000_000: "миллиард миллиарда миллиардов milliard",
}
_SKIPPED: Final = ("сом", "сомов", "сома", "сум", "som", "so'm")

_LONGEST: Final = 200
"""Letters of a number in words."""


def number_in_words(written: str) -> int | None:
    """The whole number that the words say, in Kyrgyz, Russian or Uzbek, also run together; None for other words."""
    words = re.sub(r"[‘’ʻʼ`]", "'", written.casefold())
    letters = re.sub(r"[^\w']|[\d_]", "", words)
    if not letters or len(letters) > _LONGEST:
        return None
    return next((value for value in map(_value, _splittings(letters)) if value is not None), None)


@cache
def _meanings() -> Mapping[str, int]:
    """Each word's number; a scale is below zero, the word for hundred is -100."""
    counted = chain.from_iterable(enumerate(words.split(), 1) for words in _ONES)
    tens = ((word, 10 * n) for words in _TENS for n, word in enumerate(words.split(), 1))
    teens = ((word, n) for n, word in enumerate(_TEENS.split(), 11))
    hundreds = ((word, 100 * n) for n, word in enumerate(_HUNDREDS.split(), 1))
    scales = ((word, -scale) for scale, words in _SCALES.items() for word in words.split())
    skipped = ((word, 0) for word in _SKIPPED)
    hundred = dict.fromkeys(_HUNDRED, -100).items()
    return dict(chain(((word, n) for n, word in counted), tens, teens, hundreds, scales, skipped, hundred))


def _splittings(letters: str) -> Iterator[tuple[int, ...]]:
    """The words that the letters may be made of, the longest first."""
    if not letters:
        yield ()
    for length in range(min(len(letters), 13), 1, -1):
        if (meaning := _meanings().get(letters[:length])) is not None:
            for rest in _splittings(letters[length:]):
                yield (meaning, *rest)


def _value(meanings: tuple[int, ...]) -> int | None:
    """The sum; None where the words do not follow one another as in a number."""
    total, group, last = 0, 0, 10**12
    for meaning in meanings:
        if meaning >= 0:
            group += meaning
        elif meaning == -100 and group < 10:
            group = max(group, 1) * 100
        elif meaning < -100 and -meaning < last:
            total, group, last = total - max(group, 1) * meaning, 0, -meaning
        else:
            return None
    return total + group or None
