"""Which line of a budget is which line of another: people insert lines, and then all that follow have other numbers."""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.domain.wording import changed, comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.domain.programme import Budget, BudgetLine

    Keys = Callable[[BudgetLine], Iterable[object]]
    Like = Callable[[BudgetLine, BudgetLine], bool]


def paired_lines(old: Budget | None, new: Budget | None) -> tuple[tuple[BudgetLine, BudgetLine | None], ...]:
    """Each old line with the new one that has its code, else its title; None where there is none."""
    lines = old.lines if old else ()
    pairs: dict[int, BudgetLine] = {}
    left = new.lines if new else ()
    for keys, is_like in _WAYS:
        pairs |= _paired([line for line in lines if line.no not in pairs], left, keys, is_like)
        taken = {line.no for line in pairs.values()}
        left = tuple(line for line in left if line.no not in taken)
    return tuple((line, pairs.get(line.no)) for line in lines)


def _paired(
    lines: Iterable[BudgetLine], others: tuple[BudgetLine, ...], keys: Keys, is_like: Like
) -> dict[int, BudgetLine]:
    """Each line's number with the first of the others that is like it and no other's pair.

    Only those with a key in common are compared: each with each would take long.
    """
    places: defaultdict[object, list[int]] = defaultdict(list)
    for place, other in enumerate(others):
        for key in keys(other):
            places[key].append(place)
    pairs: dict[int, BudgetLine] = {}
    taken: set[int] = set()
    for line in lines:
        near = heapq.merge(*(places[key] for key in keys(line) if key in places))
        found = next((place for place in near if place not in taken and is_like(line, others[place])), None)
        if found is not None:
            pairs[line.no] = others[found]
            taken.add(found)
    return pairs


def _exactly(line: BudgetLine) -> Iterator[object]:
    yield line.side, line.code, frozenset(line.title.by_language.items())


def _code(line: BudgetLine) -> Iterator[object]:
    if line.code:
        yield line.side, line.code


def _title(line: BudgetLine) -> Iterator[object]:
    """What titles that say the same have in common in a language."""
    for language, words in line.title.by_language.items():
        for said in comparable(words):
            yield line.side, language, said
    if not line.title:
        yield line.side, ""


def _title_and_code(line: BudgetLine) -> Iterator[object]:
    return ((line.code, said) for said in _title(line))


def _has_same_title(line: BudgetLine, other: BudgetLine) -> bool:
    return changed(line.title, other.title) is None


_WAYS: Final[tuple[tuple[Keys, Like], ...]] = (
    (_exactly, lambda _line, _other: True),
    (_title_and_code, _has_same_title),
    (_code, lambda _line, _other: True),
    (_title, _has_same_title),
)
"""By what a line is known again, the surest first."""
