"""The parts of a package with nothing that is not read: sheets' names, formats of numbers, letters of strings."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN: Final = SHEET_MAIN_NS
_UNSEEN: Final = ("hidden", "veryHidden")
_OWN_FORMATS_FROM: Final = 164
"""Numbers of formats from here on are a workbook's own."""
_STYLES_WITHOUT_A_PART: Final = 1_000
"""Styles that cells may name where the part with the styles is missing."""


def local(tag: object) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(element: Element, name: str) -> Iterator[Element]:
    """The element and those within it that have this name, whatever their namespace."""
    return (each for each in element.iter() if local(each.tag) == name)


def content_types(count: int) -> str:
    """What the parts of a package with so many sheets are."""
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>{sheets}</Types>'
    )


def relationships(targets: dict[str, tuple[str, str]]) -> str:
    """Where a part leads to: name to kind and target."""
    each = (
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def workbook(book: Element, sheets: Sequence[tuple[str, str]]) -> str:
    """The workbook's own part: the names and states of its sheets, and from when it counts its days."""
    settings = next(named(book, "workbookPr"), None)
    from_1904 = settings is not None and settings.get("date1904") in {"1", "true", "on"}
    each = (
        f'<sheet name={quoteattr(name)} sheetId="{n}" state="{_state(state)}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(sheets, 1)
    )
    calendar = '<workbookPr date1904="1"/>' if from_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{calendar}<sheets>{"".join(each)}</sheets></workbook>'


def _state(written: str) -> str:
    return written if written in _UNSEEN else "visible"


def styles(part: Element | None) -> str:
    """Styles that say only how numbers are shown."""
    formats: dict[int, str] = {}
    shown = [0] * _STYLES_WITHOUT_A_PART
    if part is not None:
        formats = {
            _number(each.get("numFmtId")): code for each in named(part, "numFmt") if (code := each.get("formatCode"))
        }
        cells = next(named(part, "cellXfs"), None)
        shown = [_number(each.get("numFmtId")) for each in named(cells, "xf")] if cells is not None else []
    known = [number if number < _OWN_FORMATS_FROM or number in formats else 0 for number in shown or [0]]
    own = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for n, code in formats.items())
    of_cells = "".join(f'<xf numFmtId="{number}"/>' for number in known)
    return (
        f'<styleSheet xmlns="{_MAIN}">{f"<numFmts>{own}</numFmts>" if own else ""}<fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{of_cells}</cellXfs></styleSheet>"
    )


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() else 0


def strings(part: bytes) -> str:
    """The shared strings without their looks."""
    found = []
    for _, element in iterparse(io.BytesIO(part)):
        if local(element.tag) == "si":
            found.append(f'<si><t xml:space="preserve">{escape("".join(_letters(element)))}</t></si>')
            element.clear()
    return f'<sst xmlns="{_MAIN}">{"".join(found)}</sst>'


def _letters(element: Element) -> Iterator[str]:
    """What a string says; how it is pronounced (rPh) is left out."""
    for child in element:
        if local(child.tag) == "t":
            yield child.text or ""
        elif local(child.tag) == "r":
            yield from _letters(child)
