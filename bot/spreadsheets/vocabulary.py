"""The meaning of a word in a spreadsheet, in whatever language it is written."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.folding import LETTERS_LOST, fold, has_lost_letters, lossy, readings, squeezed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

COLUMN_WORDS: Final = "column"
"""The table of headings of columns."""
EXAMPLE_WORDS: Final = "mark"
"""The table of marks that say: this row is an example, not data."""
SHORTEST_WORD_WITH_A_SLIP: Final = 4
"""Letters; a shorter word with a letter lost or repeated is another word."""

NEARLY: Final = 0.8
"""How alike two words are that are asked about."""


class Vocabulary:
    """Finds the key that a word stands for, whatever its case, spaces, dots or ё, and by whichever letters."""

    def __init__(self, spellings: Iterable[tuple[str, str, str]]) -> None:
        """``spellings`` are (table, word, key); the first key of a word in its table stays."""
        self._keys: dict[tuple[str, str], str] = {}
        self._slips: dict[tuple[str, str], str | None] = {}
        """Keys by what is left of a word whose letters were lost or repeated; None where two keys are left the same."""
        for table, word, key in spellings:
            self._keys.setdefault((table, _folded(word)), key)
        for (table, folded), key in self._keys.items():
            for slip in {squeezed(folded), _joined(folded).translate(LETTERS_LOST)}:
                self._slips[table, slip] = key if self._slips.get((table, slip), key) == key else None

    def find(self, table: str, word: str) -> str | None:
        """The key that ``word`` stands for in ``table``; None for an unknown word."""
        return _first(self._keys.get((table, way)) for way in _ways(word)) or _first(
            self._slips.get((table, slip)) for slip in _slips(word)
        )

    def nearest(self, table: str, word: str, among: Collection[str]) -> str | None:
        """The key of ``among`` whose word ``word`` nearly is, or which it has within it; None for another word."""
        folded = _folded(word)
        near = max(
            (
                (_likeness(folded, known), key)
                for (of, known), key in self._keys.items()
                if of == table and key in among
            ),
            default=(0.0, ""),
        )
        return near[1] if near[0] >= NEARLY else None


def _likeness(word: str, known: str) -> float:
    """From 0 to 1: how much of two words is the same, in the same order."""
    if min(len(word), len(known)) < SHORTEST_WORD_WITH_A_SLIP:
        return 0
    if len(known) > SHORTEST_WORD_WITH_A_SLIP and f" {known} " in f" {word} ":
        return 1
    if 2 * min(len(word), len(known)) < NEARLY * (len(word) + len(known)):
        return 0
    return SequenceMatcher(None, word, known, autojunk=False).ratio()


def _first(keys: Iterable[str | None]) -> str | None:
    return next((key for key in keys if key is not None), None)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word) or word.strip()


@lru_cache(maxsize=4096)
def _ways(word: str) -> tuple[str, ...]:
    return tuple(fold(way) or word.strip() for way in readings(word))


@lru_cache(maxsize=4096)
def _slips(word: str) -> tuple[str, ...]:
    """What may be left of the word: without its repeated letters; without those that a conversion lost."""
    folded = fold(word)
    if len(word.strip()) < SHORTEST_WORD_WITH_A_SLIP:
        return ()
    return (squeezed(folded), _joined(lossy(word))) if has_lost_letters(word) else (squeezed(folded),)


def _joined(words: str) -> str:
    return words.replace(" ", "")
