"""Whether two texts say the same: a corrected spelling does, another word or number does not.

Nothing here knows a language. So it is strict: what it takes for the same differs by single letters, in few words.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    before, after = _plain(old), _plain(new)
    if _numbers(before) != _numbers(after):
        return False
    words, others = _WORD.findall(before), _WORD.findall(after)
    if "".join(words) == "".join(others):
        return True
    if len(words) != len(others):
        return False
    unequal = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    few = len(unequal) <= 1 + len(words) // WORDS_A_MISSPELLING
    return few and all(_is_misspelt(*pair) for pair in unequal)


def _plain(words: str) -> str:
    return _GROUPED_DIGITS.sub("", unicodedata.normalize("NFKC", words).casefold())


def _numbers(words: str) -> list[str]:
    """The numbers in their order, and the signs."""
    return _NUMBER.findall(words) + [letter for letter in words if letter in _SIGNS]


def _is_misspelt(word: str, other: str) -> bool:
    """True if one letter more, less, other or changed places makes the one of the other; not the first."""
    if min(len(word), len(other)) < SHORTEST_MISSPELT_WORD or word[0] != other[0]:
        return False
    return other in _neighbours(word, other)


def _neighbours(word: str, other: str) -> Iterator[str]:
    """The words one slip away from ``word``, as far as their letters come from ``other``."""
    for at in range(1, len(word) + 1):
        letter = other[at : at + 1]
        yield word[:at] + word[at + 1 :]
        yield word[:at] + letter + word[at:]
        yield word[:at] + letter + word[at + 1 :]
    for at, (letter, following) in enumerate(pairwise(word)):
        yield word[:at] + following + letter + word[at + 2 :]
