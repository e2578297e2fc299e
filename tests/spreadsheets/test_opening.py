"""A stranger's file: anything may come, nothing may crash, swell or lie its way in."""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import Catalogues
from bot.spreadsheets.faults import Code, sentence
from bot.spreadsheets.grids import MOST_COLUMNS
from bot.spreadsheets.opening import (
    LARGEST_FILE,
    MOST_ROWS,
    MOST_SHEETS,
    Broken,
    CannotOpen,
    Grid,
    Unsaved,
    read_grids,
)
from tests.scale import examples
from tests.spreadsheets.crafting import DATE_STYLE, MOMENT_STYLE, Formula, Number, Rows, xlsx, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TREES: dict[str, Rows] = {"Trees": [["tree", "height"], ["apple", 4], ["pear", "5 m"]]}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _password_zip() -> bytes:
    content = bytearray(xlsx(TREES))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.start_dir
    content[start + 8] |= 1
    return bytes(content)


def _bomb() -> bytes:
    return zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * (30 << 20)})


def _parts(sheets: Mapping[str, Rows]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(xlsx(sheets))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _entity_bomb() -> bytes:
    parts = _parts(TREES)
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = entities + parts["xl/worksheets/sheet1.xml"].replace(b"5 m", b"&b;")
    return zipped(parts)


def _endless_strings() -> bytes:
    return zipped({"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 300_000}, compression=zipfile.ZIP_BZIP2)


def _large_parts() -> bytes:
    return zipped({f"xl/a/{n}": b"01234567" * (1 << 16) for n in range(30)}, compression=zipfile.ZIP_BZIP2)


def _without(name: str) -> bytes:
    parts = _parts(TREES)
    del parts[name]
    return zipped(parts)


def _locked_calc_file() -> bytes:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest})


FILES: list[tuple[str, Code, bytes | Callable[[], bytes]]] = [
    ("larger than 10 MB", Code.TOO_LARGE, b"PK\x03\x04" + b"\x00" * LARGEST_FILE),
    ("an old Excel file", Code.OLD_EXCEL, OLE),
    ("a workbook with a password", Code.ENCRYPTED, OLE + "EncryptedPackage".encode("utf-16-le")),
    ("a zip with a password", Code.ENCRYPTED, _password_zip()),
    ("an old Word file", Code.WORD, OLE + "WordDocument".encode("utf-16-le")),
    ("a Word file", Code.WORD, zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})),
    ("a Calc file", Code.OPEN_DOCUMENT, zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    ("a CSV file", Code.PLAIN_TEXT, "талаа;маани\nдата;06.12.2026\n".encode()),
    ("a CSV file of Excel", Code.PLAIN_TEXT, "поле;значение\nдата;06.12.2026\n".encode("cp1251")),
    ("a web page with the name of an Excel file", Code.MARKUP, b"<html><table><tr><td>1</td></tr></table></html>"),
    (
        "XML of an earlier Excel",
        Code.MARKUP,
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    ),
    ("a damaged binary workbook", Code.BINARY_EXCEL, zipped({"xl/workbook.bin": b"\x83\x01\x00"})),
    ("a workbook without the part of a sheet", Code.SHEET_MISSING_PART, lambda: _without("xl/worksheets/sheet1.xml")),
    ("a Calc file with a password", Code.ENCRYPTED, _locked_calc_file),
    ("a table of 1C", Code.TABLE_OF_1C, b"MOXCEL\x00\x07\x00\x01"),
    ("a PDF", Code.PDF, b"%PDF-1.7\n"),
    ("a photo", Code.NOT_XLSX, b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ("nothing at all", Code.NOT_XLSX, b""),
    ("some other archive", Code.NOT_XLSX, zipped({"readme.txt": "hello"})),
    ("half a workbook", Code.CORRUPT, xlsx(TREES)[:900]),
    ("an archive without a workbook in it", Code.CORRUPT, zipped({"xl/worksheets/sheet1.xml": "<a/>"})),
    ("entities that grow", Code.CORRUPT, _entity_bomb()),
    ("a zip bomb", Code.UNPACKS_TOO_LARGE, _bomb),
    ("too many parts", Code.UNPACKS_TOO_LARGE, zipped({f"xl/part{n}.xml": "" for n in range(600)})),
    ("a list of strings that never ends", Code.UNPACKS_TOO_LARGE, _endless_strings),
    ("parts too large together", Code.UNPACKS_TOO_LARGE, _large_parts),
]
"""What a file is, what is said of it, and its content, or what makes it where that takes a while."""


@pytest.mark.parametrize(("name", "code", "content"), FILES, ids=[name for name, _, _ in FILES])
def test_a_file_that_is_no_readable_workbook_says_what_it_is(
    name: str, code: Code, content: bytes | Callable[[], bytes]
) -> None:
    with pytest.raises(CannotOpen) as cannot:
        read_grids(content() if callable(content) else content)
    assert cannot.value.fault.code is code
    assert len(sentence(cannot.value.fault, Catalogues({})["en"], labels={})) > 20


@settings(max_examples=examples(100))
@given(st.one_of(st.binary(max_size=600), st.binary(max_size=600).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_open_or_say_why_not(content: bytes) -> None:
    with pytest.raises(CannotOpen):
        read_grids(content)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_damaged_anywhere_opens_or_says_why_not(damage: list[tuple[int, int]]) -> None:
    content = bytearray(xlsx(TREES, compression=zipfile.ZIP_STORED))
    for at, value in damage:
        content[at % len(content)] = value
    with contextlib.suppress(CannotOpen):
        read_grids(bytes(content))


def test_rows_come_with_their_numbers_and_without_what_is_empty() -> None:
    sheets: dict[str, Rows] = {
        "Trees": [["tree", None, "height", None], [None, "  "], ["apple", None, 4]],
        "Nothing": [],
    }
    assert read_grids(xlsx(sheets)) == (
        Grid("Trees", ((1, ("tree", None, "height")), (3, ("apple", None, 4)))),
        Grid("Nothing", ()),
    )


def test_a_formula_is_its_stored_value_and_is_never_evaluated() -> None:
    formulas: Rows = [
        [
            Formula("1+1", "700.25"),
            Formula('HYPERLINK("https://example.org","apple")', "apple", "str"),
            Formula("SUM(A1)"),
            Formula("1/0", "#DIV/0!", "e"),
        ]
    ]
    (grid,) = read_grids(xlsx({"Trees": formulas}))
    assert grid.rows == ((1, (700.25, "apple", Unsaved(), Broken("#DIV/0!"))),)


def test_a_date_has_a_time_only_where_the_cell_shows_one() -> None:
    midnight: Rows = [[Number("46362", DATE_STYLE), Number("46362", MOMENT_STYLE), Number("46362.75", MOMENT_STYLE)]]
    (grid,) = read_grids(xlsx({"Trees": midnight}))
    assert grid.rows[0][1] == (
        date(2026, 12, 6),
        datetime(2026, 12, 6),  # noqa: DTZ001 - a cell has no zone
        datetime(2026, 12, 6, 18),  # noqa: DTZ001
    )


def test_sheets_rows_and_columns_are_read_up_to_their_limits() -> None:
    rows: Rows = [list(range(MOST_COLUMNS + 5)), *[[1]] * MOST_ROWS]
    first, *others = read_grids(xlsx({"Large": rows} | {f"Sheet {n}": [] for n in range(MOST_SHEETS)}))
    assert len(others) == MOST_SHEETS - 1
    assert (len(first.rows), first.cut) == (MOST_ROWS, True)
    assert first.rows[0] == (1, tuple(range(MOST_COLUMNS)))


def test_a_stray_cell_at_the_foot_of_a_sheet_costs_nothing_and_is_read_where_it_is() -> None:
    parts = _parts(TREES)
    stray = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>oak</t></is></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", stray)
    (grid,) = read_grids(zipped(parts))
    assert grid.rows[-1] == (1_048_576, ("oak",))


def test_a_broken_filter_or_drop_down_does_not_keep_a_workbook_from_being_read() -> None:
    parts = _parts(TREES)
    broken = b'</sheetData><autoFilter ref="nonsense"/><dataValidations><dataValidation type="?"/></dataValidations>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", broken)
    assert len(read_grids(zipped(parts))[0].rows) == 3


def test_reading_is_silent_about_what_openpyxl_leaves_out() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_grids(xlsx(TREES))
