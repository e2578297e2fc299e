"""Whether two texts say the same: a corrected spelling does, another word or number does not.

Nothing here knows a language. So it is strict: what it takes for the same differs by single letters, in few words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from bot.domain.languages import Text

SHORTEST_MISSPELT_WORD: Final = 5
"""Letters: a shorter word with another letter is taken for another word."""
WORDS_A_MISSPELLING: Final = 4
"""One word in so many may be spelt otherwise."""
_GROUPED_DIGITS: Final = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER: Final = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD: Final = re.compile(r"[^\W\d_]+")
_SIGNS: Final = frozenset("%‰°−+<>=≤≥№$€")
"""Signs that change what a number means."""


def changed(old: Text, new: Text) -> tuple[str, str] | None:
    """The words of the first language in which the two texts do not say the same; None where they do.

    Who read a language that is gone would read another: that is not the same. One that is added is not compared.
    """
    for language, before in old.by_language.items():
        after = new.by_language.get(language, "")
        if not is_same(before, after):
            return before, after or new.nearest(language)[0]
    return ("", str(new)) if new and not old else None


def added_languages(old: Text, new: Text) -> tuple[str, ...]:
    """The languages that only the new text has."""
    return tuple(language for language in new.by_language if language not in old.by_language)


def is_same(old: str, new: str) -> bool:
    """True if a reader of the one has read the other: the same numbers and signs, the same words but for spelling."""
    return old == new or _say_the_same(_read(old), _read(new))


def comparable(text: str) -> frozenset[tuple[str, ...]]:
    """What two texts that say the same have in common: at least one of these. Others need not be compared."""
    found = _read(text)
    initials = (word[0] for word in found.words)
    return frozenset({("letters", *found.numbers, found.letters), ("initials", *found.numbers, *initials)})


@dataclass(frozen=True, slots=True)
class _Said:
    """What counts of a text: its numbers and signs in their order, its words, and their letters in a row."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]
    letters: str


def _say_the_same(before: _Said, after: _Said) -> bool:
    if before.numbers != after.numbers:
        return False
    if before.letters == after.letters:
        return True
    if len(before.words) != len(after.words):
        return False
    unequal = [pair for pair in zip(before.words, after.words, strict=True) if pair[0] != pair[1]]
    few = len(unequal) <= 1 + len(before.words) // WORDS_A_MISSPELLING
    return few and all(_is_misspelt(*pair) for pair in unequal)


def _read(text: str) -> _Said:
    plain = _GROUPED_DIGITS.sub("", unicodedata.normalize("NFKC", text).casefold())
    words = tuple(_WORD.findall(plain))
    numbers = (*_NUMBER.findall(plain), *(letter for letter in plain if letter in _SIGNS))
    return _Said(numbers, words, "".join(words))


def _is_misspelt(word: str, other: str) -> bool:
    """True if one letter more, less, other or changed places makes the one of the other; not the first."""
    if min(len(word), len(other)) < SHORTEST_MISSPELT_WORD or word[0] != other[0]:
        return False
    same = next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))
    rest, others = word[same:], other[same:]
    swapped = rest[2:] == others[2:] and rest[:2] == others[1::-1]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or swapped
