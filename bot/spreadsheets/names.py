"""Names within a workbook: of the parts of its package, and of the columns of its sheets."""

from __future__ import annotations


def part_name(written: str) -> str:
    """A part's name without its case, with slashes whichever way they were written."""
    return written.replace("\\", "/").lstrip("/").casefold()


def column_letters(number: int) -> str:
    """The name of a column, numbered from 1: A, Z, AA. openpyxl knows it too, but would be imported for this alone."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
