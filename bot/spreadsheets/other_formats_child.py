"""The process that reads old Excel files, binary ones and OpenDocument: from its input, as JSON to its output.

Its arguments are the format (``excel`` or ``ods``) and how many sheets, rows and columns are read. It imports nothing
of the program. Status 3 says that there is a password, another one above 0 that the file cannot be read.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_MEMORY = 512 << 20
MOST_SECONDS = 10
"""Of the processor."""
LARGEST_OUTPUT = 32 << 20
MOST_LAYOUT = 5_000
"""Merged ranges, hidden rows and hidden groups of columns named of a sheet."""
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")

Value = Any
"""What JSON has, or a dictionary of a kind to a value."""


def main() -> int:
    """Read, write, and say how it went."""
    limit()
    form, *most = sys.argv[1:]
    sheets, rows, columns = map(int, most)
    content = sys.stdin.buffer.read()
    read = open_document if form == "ods" else excel
    found = [sheet for sheet, _ in zip(read(content, rows, columns), range(sheets), strict=False)]
    sys.stdout.write(json.dumps(found))
    return 0


def limit() -> None:
    """Take from this process what it does not need; nothing gives it back. Windows has nothing like it."""
    try:
        import resource  # noqa: PLC0415 not on Windows
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def sheet_of(name: str, *, hidden: bool) -> dict[str, Any]:
    """A sheet of which nothing has been read yet."""
    return {
        "name": name,
        "hidden": hidden,
        "cut": False,
        "rows": [],
        "merges": [],
        "hidden_rows": [],
        "hidden_columns": [],
    }


def excel(content: bytes, most_rows: int, most_columns: int) -> Iterator[dict[str, Any]]:
    """The sheets of an Excel file."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        sys.exit(3)
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        found = sheet_of(about.name, hidden=about.visible != calamine.SheetVisibleEnum.Visible)
        merges = (sheet.merged_cell_ranges or [])[:MOST_LAYOUT]
        found["merges"] = [[top + 1, left + 1, bottom + 1, right + 1] for (top, left), (bottom, right) in merges]
        left = sheet.start[1] if sheet.start else 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            values = [None] * left + [excel_value(value) for value in row[: max(0, most_columns - left)]]
            if not keep(found, number, values, most_rows):
                break
        yield found


def keep(found: dict[str, Any], number: int, values: list[Value], most_rows: int) -> bool:
    """Take up a row that is not empty; false where there is no room for it."""
    if all(value is None for value in values):
        return True
    if len(found["rows"]) == most_rows:
        found["cut"] = True
        return False
    found["rows"].append([number, values])
    return True


def excel_value(value: object) -> Value:
    """A value of calamine's: of a number's format nothing is known."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()} if value.time() != time() else {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat("seconds")}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, float) and not isfinite(value):
        value = "#NUM!"
    return {"error": value} if value in ERRORS else None if value == "" else value


def open_document(content: bytes, most_rows: int, most_columns: int) -> Iterator[dict[str, Any]]:
    """The sheets of an OpenDocument spreadsheet."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415 - after the limits

    part = io.BytesIO(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    unseen: set[str] = set()
    found = sheet_of("", hidden=False)
    at = column = 0
    for event, element in iterparse(part, events=("start", "end")):
        if event == "start":
            if element.tag == f"{TABLE}table":
                name = element.get(f"{TABLE}name", "")
                found, at, column = sheet_of(name, hidden=element.get(f"{TABLE}style-name") in unseen), 0, 0
        elif element.tag == f"{STYLE}style":
            if any(each.get(f"{TABLE}display") == "false" for each in element):
                unseen.add(element.get(f"{STYLE}name", ""))
        elif element.tag == f"{TABLE}table-column":
            count = number_of(element, "columns-repeated")
            if is_hidden(element) and len(found["hidden_columns"]) < MOST_LAYOUT:
                found["hidden_columns"].append([column + 1, column + count])
            column += count
        elif element.tag == f"{TABLE}table-row":
            at += take_row(found, element, at, most_rows, most_columns)
            element.clear()
        elif element.tag == f"{TABLE}table":
            element.clear()
            yield found


def take_row(found: dict[str, Any], element: Any, at: int, most_rows: int, most_columns: int) -> int:
    """Take up a row that begins below ``at`` rows; how many rows it stands for."""
    count = number_of(element, "rows-repeated")
    values: list[Value] = []
    for cell in element:
        covered = cell.tag == f"{TABLE}covered-table-cell"
        if not covered and cell.tag != f"{TABLE}table-cell":
            continue
        down, across = number_of(cell, "rows-spanned"), number_of(cell, "columns-spanned")
        if (down > 1 or across > 1) and len(found["merges"]) < MOST_LAYOUT:
            found["merges"].append([at + 1, len(values) + 1, at + down, len(values) + across])
        value = None if covered else open_document_value(cell)
        values += [value] * min(number_of(cell, "columns-repeated"), most_columns - len(values))
        if len(values) >= most_columns:
            break
    while values and values[-1] is None:
        values.pop()
    for number in range(at + 1, at + 1 + min(count, most_rows + 1)) if values else ():
        if is_hidden(element) and len(found["hidden_rows"]) < MOST_LAYOUT:
            found["hidden_rows"].append(number)
        if not keep(found, number, values, most_rows):
            break
    return count


def number_of(element: Any, name: str) -> int:
    """How often a row or cell is repeated, or how many it spans."""
    written = element.get(f"{TABLE}number-{name}", "1")
    return max(1, int(written)) if written.isdecimal() else 1


def is_hidden(element: Any) -> bool:
    """Whether a row or column is not shown."""
    return str(element.get(f"{TABLE}visibility", "visible")) != "visible"


def open_document_value(cell: Any) -> Value:
    """What a cell holds, as it is stored."""
    kind = cell.get(f"{OFFICE}value-type")
    words = "\n".join("".join(letters(each)) for each in cell if each.tag == f"{TEXT}p")
    if cell.get(CALC_TYPE) == "error" or (words in ERRORS and cell.get(f"{TABLE}formula")):
        return {"error": words or "#VALUE!"}
    if kind is None:
        return {"unsaved": True} if cell.get(f"{TABLE}formula") else words or None
    if kind in READERS:
        return READERS[kind](cell)
    return cell.get(f"{OFFICE}string-value") or words or None


def number(cell: Any) -> Value:
    """A number, or a share of a hundred."""
    found = float(cell.get(f"{OFFICE}value", ""))
    if not isfinite(found):
        return {"error": "#NUM!"}
    return {"percent": found} if cell.get(f"{OFFICE}value-type") == "percentage" else found


def day(cell: Any) -> Value:
    """A date, perhaps with its time."""
    written = cell.get(f"{OFFICE}date-value", "")
    return {"moment": written[:19]} if "T" in written else {"date": written}


def clock(cell: Any) -> Value:
    """A time of day, or a span of time."""
    return duration(cell.get(f"{OFFICE}time-value", ""))


def truth(cell: Any) -> Value:
    """True or false."""
    return bool(cell.get(f"{OFFICE}boolean-value") == "true")


def duration(written: str) -> Value:
    """A time of day, or a span of more than a day in seconds; what is neither stays as it is written."""
    found = DURATION.fullmatch(written)
    if not found:
        return written or None
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if found[1] or whole >= 86_400:
        return {"seconds": -whole if found[1] else whole}
    return {"time": f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"}


def letters(element: Any) -> Iterator[str]:
    """The words of a paragraph; spaces and line breaks are elements there."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count), 1_000) if count.isdecimal() else " "
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag != f"{OFFICE}annotation":
            yield from letters(child)
        yield child.tail or ""


READERS: dict[str, Callable[[Any], Value]] = {
    **dict.fromkeys(("float", "currency", "percentage"), number),
    "date": day,
    "time": clock,
    "boolean": truth,
}
"""How a cell's value is read, by its type; that of another type is text."""


if __name__ == "__main__":
    sys.exit(main())
