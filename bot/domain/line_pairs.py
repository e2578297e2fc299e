"""Which line of a budget is which line of another: people insert lines, and then all that follow have other numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.wording import changed

if TYPE_CHECKING:
    from bot.domain.programme import Budget, BudgetLine


def paired_lines(old: Budget | None, new: Budget | None) -> tuple[tuple[BudgetLine, BudgetLine | None], ...]:
    """Each old line with the new one that has its code, else its title; None where there is none."""
    left = list(new.lines) if new else []
    pairs: dict[int, BudgetLine] = {}
    lines = old.lines if old else ()
    for is_like in (_is_twin, _has_same_code, _has_same_title):
        for line in lines:
            twin = next((other for other in left if line.no not in pairs and is_like(line, other)), None)
            if twin is not None:
                pairs[line.no] = twin
                left.remove(twin)
    return tuple((line, pairs.get(line.no)) for line in lines)


def _is_twin(line: BudgetLine, other: BudgetLine) -> bool:
    return _has_same_title(line, other) and line.code == other.code


def _has_same_code(line: BudgetLine, other: BudgetLine) -> bool:
    return line.side is other.side and bool(line.code) and line.code == other.code


def _has_same_title(line: BudgetLine, other: BudgetLine) -> bool:
    return line.side is other.side and changed(line.title, other.title) is None
