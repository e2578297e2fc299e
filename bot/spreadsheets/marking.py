"""A copy of a file in which every mistake is marked: its cell is yellow and has a note."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName

from bot.spreadsheets.open_errors import open_errors
from bot.spreadsheets.stamps import STAMP_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.spreadsheets.faults import Fault
    from bot.spreadsheets.stamps import Stamp

    Say = Callable[[Fault], str]

LARGEST_UNPACKED_COPY: Final = 4 << 20
"""Bytes of XML of which a copy is made: the whole of it is in memory. A hearing has less than one megabyte."""
LONGEST_NOTE: Final = 1500
NOTE_WIDTH, NOTE_HEIGHT = 320, 120
_YELLOW: Final = PatternFill("solid", fgColor="FFFF00")
_AUTHOR: Final = "hearing-bot"
_TOP: Final = "A1"


def marked(content: bytes, faults: Iterable[Fault], say: Say, stamp: Stamp | None = None) -> bytes | None:
    """The workbook with its mistakes marked; None where it is no XLSX, or cannot be written anew.

    ``say`` has the sentence of a mistake; a ``stamp`` takes the place of the one that is there. A mistake without a
    cell stands at the top of its sheet, one without a sheet at the top of the first.
    """
    try:
        return _marked(content, faults, say, stamp) if _is_small_package(content) else None
    except open_errors():
        return None


def _is_small_package(content: bytes) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        xml = sum(part.file_size for part in parts if not part.filename.startswith("xl/media/"))
        return xml <= LARGEST_UNPACKED_COPY and "xl/workbook.xml" in archive.namelist()


def _marked(content: bytes, faults: Iterable[Fault], say: Say, stamp: Stamp | None) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out
        book = load_workbook(io.BytesIO(content), keep_vba=False, keep_links=False)
    for (sheet_name, cell_name), notes in _notes(faults, say, book).items():
        cell = _cell(book[sheet_name], cell_name)
        cell.fill = _YELLOW
        words = "\n".join(([cell.comment.text] if cell.comment else []) + notes)
        cell.comment = Comment(words[:LONGEST_NOTE], _AUTHOR, width=NOTE_WIDTH, height=NOTE_HEIGHT)
    if stamp is not None:
        _put_stamp(book, stamp)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _notes(faults: Iterable[Fault], say: Say, book: Any) -> Mapping[tuple[str, str], list[str]]:
    """What stands beside each cell, by sheet and cell."""
    notes: dict[tuple[str, str], list[str]] = defaultdict(list)
    visible = next(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")
    for fault in faults:
        place = (fault.sheet, fault.cell or _TOP) if fault.sheet in book.sheetnames else (visible, _TOP)
        notes[place].append(ILLEGAL_CHARACTERS_RE.sub("", say(fault)))
    return notes


def _cell(sheet: Any, name: str) -> Any:
    """The cell; of a merged range its first."""
    cell = sheet[name]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(each for each in sheet.merged_cells.ranges if name in each)
    return sheet.cell(merged.min_row, merged.min_col)


def _put_stamp(book: Any, stamp: Stamp) -> None:
    sheet = book[STAMP_NAME] if STAMP_NAME in book.sheetnames else book.create_sheet(STAMP_NAME)
    sheet["A1"] = str(stamp)
    sheet.sheet_state = "hidden"
    book.defined_names[STAMP_NAME] = DefinedName(STAMP_NAME, attr_text=f"{STAMP_NAME}!$A$1")
