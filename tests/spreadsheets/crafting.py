"""Workbooks made by hand, byte for byte the way LibreOffice and other writers make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE_STYLE, TIME_STYLE, MOMENT_STYLE, PERCENT_STYLE = 1, 2, 3, 4
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet {_NS}><numFmts count="3"><numFmt numFmtId="164" formatCode="DD\\.MM\\.YYYY"/>'
    '<numFmt numFmtId="165" formatCode="HH:MM"/><numFmt numFmtId="166" formatCode="DD\\.MM\\.YYYY\\ HH:MM"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="9"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Number:
    """A number as it is stored in the file, perhaps shown as a date or time."""

    value: str
    style: int = 0


@dataclass(frozen=True)
class Formula:
    """A formula, with the value the last program stored for it or none."""

    text: str
    value: str | None = None
    kind: str = "n"


Cell = str | int | float | None | Number | Formula
Row = Sequence[Cell]
Rows = Sequence[Row]


class Laid(list[Row]):
    """The rows of a sheet with merged ranges, and with hidden rows and columns (numbers from 1); or a hidden sheet."""

    def __init__(
        self,
        rows: Rows,
        *,
        merged: Sequence[str] = (),
        hidden_rows: Sequence[int] = (),
        hidden_columns: Sequence[int] = (),
        hidden: bool = False,
    ) -> None:
        super().__init__(rows)
        self.merged = merged
        self.hidden_rows = hidden_rows
        self.hidden_columns = hidden_columns
        self.hidden = hidden


def xlsx(sheets: Mapping[str, Rows], *, compression: int = zipfile.ZIP_DEFLATED, from_1904: bool = False) -> bytes:
    """The bytes of a workbook with inline strings and no shared ones; its days may be counted from 1904."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _workbook(sheets, from_1904=from_1904),
        "xl/_rels/workbook.xml.rels": _relationships(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
            | {"rId0": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, rows in enumerate(sheets.values(), start=1)},
    }
    return zipped(parts, compression=compression)


def zipped(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _content_types(count: int) -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{main}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PKG}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/>{sheets}</Types>'
    )


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PKG}/relationships">{found}</Relationships>'


def _workbook(sheets: Mapping[str, Rows], *, from_1904: bool) -> str:
    each = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}"{_state(rows)} r:id="rId{n}"/>'
        for n, (name, rows) in enumerate(sheets.items(), 1)
    )
    calendar = '<workbookPr date1904="1"/>' if from_1904 else ""
    return f'<workbook {_NS} xmlns:r="{_REL}">{calendar}<sheets>{each}</sheets></workbook>'


def _state(rows: Rows) -> str:
    return ' state="hidden"' if isinstance(rows, Laid) and rows.hidden else ""


def _sheet(rows: Rows) -> str:
    laid = rows if isinstance(rows, Laid) else Laid(rows)
    elements = (
        f'<row r="{number}"{_HIDDEN if number in laid.hidden_rows else ""}>'
        f"{''.join(_cell(cell, number, at) for at, cell in enumerate(row, 1))}</row>"
        for number, row in enumerate(rows, 1)
    )
    columns = "".join(f'<col min="{n}" max="{n}" width="9"{_HIDDEN}/>' for n in laid.hidden_columns)
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in laid.merged)
    before = f"<cols>{columns}</cols>" if columns else ""
    after = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    data = f"<sheetData>{''.join(elements)}</sheetData>"
    return f'<worksheet {_NS}><dimension ref="A1"/>{before}{data}{after}</worksheet>'


_HIDDEN = ' hidden="1"'


def _cell(cell: Cell, row: int, at: int) -> str:
    place = f"{get_column_letter(at)}{row}"
    match cell:
        case None:
            return ""
        case str():
            kept = f'<t xml:space="preserve">{escape(cell)}</t>'
            return f'<c r="{place}" t="inlineStr"><is>{kept}</is></c>'
        case Number(value, style):
            return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
        case Formula(text, value, kind):
            stored = "" if value is None else f"<v>{escape(value)}</v>"
            return f'<c r="{place}" t="{kind}"><f>{escape(text)}</f>{stored}</c>'
    return f'<c r="{place}"><v>{cell}</v></c>'
