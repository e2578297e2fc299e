"""A small evaluator of a workbook's formulas, which knows what the record uses of them and nothing else."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from openpyxl.utils import range_boundaries

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


_SHEET: Final = r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^\W\d]\w*))!"
_REF: Final = r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
_RANGE: Final = re.compile(rf"(?:{_SHEET})?(?P<cells>{_REF})")
_CALL: Final = re.compile(r'(SUM|COUNTA|COUNTIF)\(((?:"(?:[^"]|"")*"|[^()"])*)\)')
_ARITHMETIC: Final = re.compile(r"[\d.+\-*/() e]+")


class Evaluator:
    """Computes the formulas of a workbook; raises ValueError for what it does not know."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    def value(self, sheet: str, formula: str) -> float:
        """What a formula on a sheet computes."""
        left = _CALL.sub(lambda call: repr(self._called(sheet, call[1], call[2])), formula.removeprefix("="))
        left = _RANGE.sub(lambda found: repr(self._number(self._cells(sheet, found)[0])), left)
        if not _ARITHMETIC.fullmatch(left):
            raise ValueError(formula)
        return float(eval(left))

    def _called(self, sheet: str, name: str, arguments: str) -> float:
        if name == "COUNTIF":
            ranged, _, words = arguments.partition(",")
            pattern = words.strip()[1:-1].replace('""', '"').casefold()
            return sum(fnmatchcase(str(cell or "").casefold(), pattern) for cell in self._ranged(sheet, ranged))
        cells = [cell for part in arguments.split(",") for cell in self._ranged(sheet, part)]
        if name == "COUNTA":
            return sum(cell is not None for cell in cells)
        return sum(self._number(cell, sheet) for cell in cells if not isinstance(cell, str) or cell.startswith("="))

    def _ranged(self, sheet: str, written: str) -> list[object]:
        found = _RANGE.fullmatch(written.strip())
        if found is None:
            raise ValueError(written)
        return self._cells(sheet, found)

    def _cells(self, sheet: str, found: re.Match[str]) -> list[object]:
        named = (found["quoted"] or "").replace("''", "'") or found["bare"] or sheet
        left, top, right, bottom = range_boundaries(found["cells"].replace("$", ""))
        rows = self._book[named].iter_rows(top, bottom, left, right, values_only=True)
        cells = [value for row in rows for value in row]
        return [self.value(named, each) if isinstance(each, str) and each.startswith("=") else each for each in cells]

    def _number(self, cell: object, sheet: str = "") -> float:
        if cell is None:
            return 0
        if isinstance(cell, str):
            return self.value(sheet, cell)
        assert isinstance(cell, int | float)
        return cell
