"""Words at which a moderator looks first: rough ones and advertising, a short list for each language.

A list only sorts the queue. It hides nothing and publishes nothing: people decide.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bot.domain.folding import fold

ANY_ENDING = "*"


def is_rough(folded: str) -> bool:
    """True where one of the words of a folded text stands in a list."""
    whole, beginnings = _listed()
    return any(word in whole or word.startswith(beginnings) for word in folded.split())


@cache
def _listed() -> tuple[frozenset[str], tuple[str, ...]]:
    """The folded words of all lists: those that are meant whole, and the beginnings of those with any ending."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for file in files("bot.domain").joinpath("word_lists").iterdir():
        for line in file.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                (beginnings if line.endswith(ANY_ENDING) else whole).add(fold(line.removesuffix(ANY_ENDING)))
    return frozenset(whole), tuple(sorted(beginnings))
