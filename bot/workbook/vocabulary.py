"""Finding the meaning of a word that somebody wrote in a workbook, in whatever language."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES
from bot.domain.places import fold
from bot.workbook.words import ITEM, LINE, TABLES, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.i18n import Catalogues

_ALSO: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "column": {"№": "no", "no.": "no", "n": "no", "текст": "text", "сумма": "amount", "сом": "amount"},
        "unit": {"тыс сом": "thousand som", "тыс сомов": "thousand som", "тысяч сомов": "thousand som", "kgs": "som"},
        "side": {"доход": "revenue", "расход": "expenditure", "киреше": "revenue", "чыгаша": "expenditure"},
        "budget group": {
            "итого": TOTAL,
            "всего": TOTAL,
            "бардыгы": TOTAL,
            "жыйынтыгы": TOTAL,
            "жами": TOTAL,
            "грант": "grants",
            "grant": "grants",
            "спецсредства": "special",
            "special means": "special",
            "спецсчет": "special",
        },
        "about": {"line": LINE, "agenda": ITEM, "строка": LINE, "статья": LINE},
    }
)
"""Other spellings people use for the same thing; never shown."""


class Vocabulary:
    """Understands the words of a workbook in any language, whatever their case, spaces, dots or ё."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._keys: dict[tuple[str, str], str] = {}
        for table, word, key in _spellings(catalogues):
            self._keys.setdefault((table, _folded(word)), key)

    def find(self, table: str, word: str) -> str | None:
        """The key that ``word`` stands for in one of the ``TABLES``; None for a word it does not know."""
        return self._keys.get((table, _folded(word)))


def _spellings(catalogues: Catalogues) -> Iterator[tuple[str, str, str]]:
    """(table, word, key), the English ones first: they are the contract."""
    for table, names in TABLES.items():
        for language in reversed(LANGUAGES):
            for key, word in names(catalogues[language]).items():
                yield table, word, key
                yield table, key, key
        for word, key in _ALSO.get(table, {}).items():
            yield table, word, key


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word) or word.strip()
