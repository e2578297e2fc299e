"""Long words on small screens: cut into pages of which nothing is lost, or begun on a screen that lists many.

Lengths are UTF-16 units, the widest way to count: what fits by them fits by every other.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from handlers.views.screen import Button, Html, e, fold, quote, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from handlers.presses import Press

FOLDED_FROM: Final = 300
"""Units from which a quoted text folds."""


def units(words: str) -> int:
    """The length of ``words``."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


def split(words: str, limit: int) -> tuple[str, ...]:
    """Pieces of at most ``limit`` units, ended at a line or a space where there is one; joined they are ``words``."""
    pieces = []
    while units(words) > limit:
        head = _head(words, limit)
        line, space = head.rfind("\n"), head.rfind(" ")
        end = next((at + 1 for at in (line, space) if at >= len(head) // 2), len(head))
        pieces.append(words[:end])
        words = words[end:]
    return (*pieces, words) if words else tuple(pieces)


def _head(words: str, limit: int) -> str:
    """As much of ``words`` as fits, not ended within an accented letter or a joined emoji."""
    head = words[:limit]
    while (excess := units(head) - limit) > 0:
        head = head[: -((excess + 1) // 2)]
    end = len(head)
    while end > limit // 4 and _clings(words, end):
        end -= 1
    return words[:end]


def _clings(words: str, at: int) -> bool:
    return unicodedata.category(words[at]) in {"Mn", "Me", "Cf"} or words[at - 1] == "\N{ZERO WIDTH JOINER}"


def beginning(words: str, limit: int) -> str:
    """All of ``words`` if they fit, else as much as fits with an ellipsis."""
    return words if units(words) <= limit else f"{split(words, limit - 2)[0].rstrip()} …"


def fair_shares(wanted: Sequence[int], total: int) -> tuple[int, ...]:
    """``total`` divided so that small wishes are met whole and the large ones share the rest evenly."""
    shares = [0] * len(wanted)
    for left, place in zip(range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True):
        shares[place] = min(wanted[place], total // left)
        total -= shares[place]
    return tuple(shares)


def paged(parts: Sequence[Html], page: int, limit: int = 3600) -> tuple[Html, int, int]:
    """As many whole ``parts`` as fit on a page: the page's text, its number within bounds, the last page's number.

    A part is a line or a paragraph, shorter than ``limit`` by itself.
    """
    pages: list[list[Html]] = [[]]
    room = limit
    for part in parts:
        if pages[-1] and units(part) + 1 > room:
            pages.append([])
            room = limit
        pages[-1].append(part)
        room -= units(part) + 1
    page = max(0, min(page, len(pages) - 1))
    return stacked(*pages[page]), page, len(pages) - 1


def quoted(words: str) -> Html:
    """A person's own words, set apart; long ones fold."""
    return fold(e(words)) if units(words) >= FOLDED_FROM else quote(e(words))


def turns(t: Translator, before: Press | None, after: Press | None) -> tuple[Button, ...]:
    """The buttons to the page before and the page after, where there is one."""
    back = (tap(t, "◀️", before),) if before else ()
    return (*back, tap(t, "▶️", after)) if after else back
