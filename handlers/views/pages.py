"""Long words and long lists on small screens: cut into pages of which nothing is lost, or begun with an ellipsis.

Lengths are UTF-16 units, the widest way to count: what fits by them fits by every other.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

from handlers.views.screen import e, fold, quote, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.views.screen import Html

Item = TypeVar("Item")

QUOTATION_FOLDS_FROM: Final = 300
"""Units from which a quoted text folds."""
SMALLEST_PIECE: Final = 2
"""Units: every letter fits."""
UNITS_ON_A_PAGE: Final = 3600


def units(words: str) -> int:
    """The length of ``words``."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le", "surrogatepass")) // 2


def split(words: str, limit: int) -> tuple[str, ...]:
    """Pieces of at most ``limit`` units, ended at a break or a space where there is one; joined they are ``words``.

    A limit too small for any letter is one of a letter: the pieces come to an end.
    """
    limit = max(limit, SMALLEST_PIECE)
    pieces = []
    while units(words) > limit:
        head = _head(words, limit)
        end_of_paragraph, space = head.rfind("\n"), head.rfind(" ")
        end = next((at + 1 for at in (end_of_paragraph, space) if at >= len(head) // 2), len(head))
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


def text_page(parts: Sequence[Html], page: int, limit: int = UNITS_ON_A_PAGE) -> tuple[Html, int, int]:
    """As many whole ``parts`` as fit on a page: the page's text, its number within bounds, the last page's number.

    A part is a row or a paragraph, shorter than ``limit`` by itself.
    """
    pages: list[list[Html]] = [[]]
    left = limit
    for part in parts:
        if pages[-1] and units(part) + 1 > left:
            pages.append([])
            left = limit
        pages[-1].append(part)
        left -= units(part) + 1
    page = max(0, min(page, len(pages) - 1))
    return stacked(*pages[page]), page, len(pages) - 1


def item_page(items: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], int, int]:
    """``size`` items a page: the page's items, its number within bounds, the last page's number."""
    last = max(0, len(items) - 1) // size
    page = max(0, min(page, last))
    return items[page * size : (page + 1) * size], page, last


def evenly(count: int, most: int) -> int:
    """How many of ``count`` items stand on each page, at most ``most``, so that no page has but one or two."""
    pages = max(1, -(-count // most))
    return max(1, -(-count // pages))


def quoted(words: str) -> Html:
    """A person's own words, set apart; long ones fold."""
    return fold(e(words)) if units(words) >= QUOTATION_FOLDS_FROM else quote(e(words))
