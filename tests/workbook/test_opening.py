"""A stranger's file: anything may come, nothing may crash, swell or lie its way in."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.spreadsheets.opening import SIZE
from bot.workbook import Code, Reading, read, sentence
from tests.workbook.crafting import HEARING, NOW, WORDS, Formula, Row, Rows, book, reading, xlsx, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _password_zip() -> bytes:
    content = bytearray(xlsx(book()))
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
    parts = _parts(book())
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = entities + parts["xl/worksheets/sheet1.xml"].replace(b"14:00", b"&b;")
    return zipped(parts)


def _endless_strings() -> bytes:
    return zipped({"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 300_000}, compression=zipfile.ZIP_BZIP2)


def _large_parts() -> bytes:
    return zipped({f"xl/a/{n}": b"01234567" * (1 << 16) for n in range(30)}, compression=zipfile.ZIP_BZIP2)


FILES: list[tuple[str, Code, bytes | Callable[[], bytes]]] = [
    ("larger than 10 MB", Code.TOO_LARGE, b"PK\x03\x04" + b"\x00" * SIZE),
    ("an old Excel file", Code.OLD_EXCEL, OLE),
    ("a workbook with a password", Code.ENCRYPTED, OLE + "EncryptedPackage".encode("utf-16-le")),
    ("a zip with a password", Code.ENCRYPTED, _password_zip()),
    ("an old Word file", Code.WORD, OLE + "WordDocument".encode("utf-16-le")),
    ("a Word file", Code.WORD, zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})),
    ("a Calc file", Code.OPEN_DOCUMENT, zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    ("a CSV file", Code.PLAIN_TEXT, "талаа;маани\nдата;06.12.2026\n".encode()),
    ("a CSV file of Excel", Code.PLAIN_TEXT, "поле;значение\nдата;06.12.2026\n".encode("cp1251")),
    ("a PDF", Code.PDF, b"%PDF-1.7\n"),
    ("a photo", Code.NOT_XLSX, b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    ("nothing at all", Code.NOT_XLSX, b""),
    ("some other archive", Code.NOT_XLSX, zipped({"readme.txt": "hello"})),
    ("half a workbook", Code.CORRUPT, xlsx(book())[:900]),
    ("an archive without a workbook in it", Code.CORRUPT, zipped({"xl/worksheets/sheet1.xml": "<a/>"})),
    ("entities that grow", Code.CORRUPT, _entity_bomb()),
    ("a zip bomb", Code.SWOLLEN, _bomb),
    ("too many parts", Code.SWOLLEN, zipped({f"xl/part{n}.xml": "" for n in range(600)})),
    ("a list of strings that never ends", Code.SWOLLEN, _endless_strings),
    ("parts too large together", Code.SWOLLEN, _large_parts),
]
"""What a file is, what is said of it, and its content, or what makes it where that takes a while."""


def _read(content: bytes) -> Reading:
    return read(content, catalogues=WORDS, municipality_timezone="Asia/Bishkek", now=NOW)


@pytest.mark.parametrize(("name", "code", "content"), FILES, ids=[name for name, _, _ in FILES])
def test_a_file_that_is_no_workbook_gets_one_clear_sentence(
    name: str, code: Code, content: bytes | Callable[[], bytes]
) -> None:
    found = _read(content() if callable(content) else content)
    assert [fault.code for fault in found.errors] == [code]
    assert found.dossier is None
    assert len(sentence(found.errors[0], WORDS["en"])) > 20


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=600), st.binary(max_size=600).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert _read(content).errors


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_damaged_anywhere_is_answered(damage: list[tuple[int, int]]) -> None:
    content = bytearray(xlsx(book(Budget=[["side", "amount"], ["revenue", 5]]), compression=zipfile.ZIP_STORED))
    for at, value in damage:
        content[at % len(content)] = value
    found = _read(bytes(content))
    assert (found.dossier is None) == bool(found.errors)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(),
                st.floats(allow_nan=False, allow_infinity=False),
                st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
                st.sampled_from(["title", "date", "value [ky]", "services", "revenue", "TOTAL", "service 1", "rank"]),
            ),
            max_size=7,
        ),
        max_size=6,
    )
)
def test_any_cells_on_any_sheet_are_answered(rows: list[list[str | int | float | None]]) -> None:
    heads: dict[str, Row] = {
        "Agenda": ["no", "time", "item [ky]"],
        "Services": ["no", "title [ky]", "problem [ky]"],
        "Actions": ["service", "action [ky]", "amount"],
        "Budget": ["side", "group", "code", "line [ky]", "amount"],
        "Questions": ["no", "about", "kind", "text [ky]", "options [ky]", "limit"],
        "Attendance targets": ["group", "population"],
    }
    sheets: dict[str, Rows] = {name: [head, *rows] for name, head in heads.items()}
    found = reading({"Hearing": [*HEARING, *rows], **sheets})
    assert (found.dossier is None) == bool(found.errors)
    for fault in (*found.errors, *found.warnings):
        assert sentence(fault, WORDS["ky"])


def test_a_formula_is_read_by_its_stored_value_and_never_evaluated() -> None:
    sheets = book(
        Budget=[
            ["side", "group", "line [ky]", "amount"],
            ["revenue", "own", "Салык", Formula("1+1", "700.25")],
            ["revenue", "own", Formula('HYPERLINK("https://example.org","Жер салыгы")', "Жер салыгы", "str"), 5],
        ]
    )
    dossier = reading(sheets).dossier
    assert dossier is not None
    assert dossier.budget is not None
    assert [line.amount for line in dossier.budget.lines] == [70_025_000, 500_000]
    assert str(dossier.budget.lines[1].title) == "Жер салыгы"


def test_a_stray_cell_at_the_foot_of_a_sheet_costs_nothing_and_is_read_where_it_is() -> None:
    parts = _parts(book(Budget=[["side", "amount"], ["revenue", 5]]))
    stray = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>side?</t></is></c></row></sheetData>'
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", stray)
    places = {(fault.code, fault.cell) for fault in _read(zipped(parts)).errors}
    assert (Code.NOT_CHOICE, "A1048576") in places


def test_a_broken_filter_or_drop_down_does_not_keep_a_workbook_from_being_read() -> None:
    parts = _parts(book())
    broken = b'</sheetData><autoFilter ref="nonsense"/><dataValidations><dataValidation type="?"/></dataValidations>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", broken)
    assert _read(zipped(parts)).dossier is not None


def test_hostile_words_are_kept_as_words() -> None:
    hostile = "=cmd|' /C calc'!A0 \u202eтекст <b>&amp; {0.__class__} _x0007_"
    dossier = reading(book([["legal basis", None, hostile]])).dossier
    assert dossier is not None
    assert str(dossier.legal_basis) == "=cmd|' /C calc'!A0 \u202eтекст <b>&amp; {0.__class__} \x07"


def test_reading_is_silent_about_what_openpyxl_leaves_out() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reading(book()).dossier is not None
