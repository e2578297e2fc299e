"""One hearing as different programs would write it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import xlsxwriter

from tests.spreadsheets.compound import xls
from tests.spreadsheets.crafting import Number, Rows, xlsx, zipped
from tests.spreadsheets.open_document import ods, row
from tests.workbook.crafting import ACTIONS, BUDGET, SERVICES, book

if TYPE_CHECKING:
    from collections.abc import Callable

SHEETS: dict[str, Rows] = book(Services=SERVICES, Actions=ACTIONS, Budget=BUDGET)
Parts = dict[str, str]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts() -> Parts:
    """The parts of the workbook, with its strings shared."""
    with zipfile.ZipFile(io.BytesIO(xlsx(SHEETS))) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    strings: list[str] = []
    for name in [each for each in found if each.startswith("xl/worksheets/")]:
        found[name] = re.sub(r't="inlineStr"><is>(.*?)</is>', lambda each: _shared(each[1], strings), found[name])
    found["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{"".join(strings)}</sst>'
    relationships = found["xl/_rels/workbook.xml.rels"]
    strings_too = f'<Relationship Id="rId9" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    found["xl/_rels/workbook.xml.rels"] = relationships.replace("</Relationships>", strings_too)
    return found


def _shared(inner: str, strings: list[str]) -> str:
    strings.append(f"<si>{inner}</si>")
    return f't="s"><v>{len(strings) - 1}</v>'


def _renamed(change: Callable[[str], str]) -> Callable[[], bytes]:
    return lambda: zipped({change(name): part for name, part in parts().items()})


def _changed(name: str, *changes: tuple[str, str]) -> Callable[[], bytes]:
    def made() -> bytes:
        found = parts()
        for of in [each for each in found if re.fullmatch(name, each)]:
            for old, new in changes:
                found[of] = re.sub(old, new, found[of])
        return zipped(found)

    return made


def _without(*names: str) -> Callable[[], bytes]:
    return lambda: zipped({name: part for name, part in parts().items() if name not in names})


def _strict() -> bytes:
    found = {
        name: part.replace(_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            _OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, part in parts().items()
    }
    return zipped(found)


def _in_utf_16() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return zipped({name: (head + part).encode("utf-16") for name, part in parts().items()})


def _like_1c() -> bytes:
    """Part names in another case, few content types, fonts that no other program takes, no numbers of rows."""
    found = parts()
    styles = found.pop("xl/styles.xml")
    found["xl/Styles.xml"] = styles.replace("<font/>", '<font><family val="99"/><color rgb="red"/></font>')
    found["xl/SharedStrings.xml"] = found.pop("xl/sharedStrings.xml")
    for n in range(1, 5):
        sheet = found.pop(f"xl/worksheets/sheet{n}.xml")
        found[f"xl/worksheets/Sheet{n}.xml"] = sheet
    del found["[Content_Types].xml"]
    return zipped(found)


def _with_openpyxl() -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = made.create_sheet(name)
        for values in rows:
            sheet.append([_plain(value) for value in values])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _with_xlsxwriter(**options: bool) -> Callable[[], bytes]:
    def made() -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as made:
            for name, rows in SHEETS.items():
                sheet = made.add_worksheet(name)
                for number, values in enumerate(rows):
                    sheet.write_row(number, 0, [_plain(value) for value in values])
        return file.getvalue()

    return made


def _plain(value: object) -> object:
    return float(value.value) if isinstance(value, Number) else value


def _open_document() -> bytes:
    return ods({name: "".join(row(*values) for values in rows) for name, rows in SHEETS.items()})


def _rich(found: str) -> str:
    look = '<rPr><rFont val="Calibri"/><family val="77"/><color rgb="zzz"/></rPr>'
    return re.sub(
        r'<si><t xml:space="preserve">(.)(.*?)</t></si>',
        rf'<si><r>{look}<t>\1</t></r><r><t xml:space="preserve">\2</t></r><rPh sb="0" eb="1"><t>?</t></rPh></si>',
        found,
    )


def _with_rich_strings() -> bytes:
    found = parts()
    return zipped({**found, "xl/sharedStrings.xml": _rich(found["xl/sharedStrings.xml"])})


def _with_broken_company() -> bytes:
    """Properties, names and a theme that are not what they say; none is read."""
    found = parts()
    more = f'<Relationship Id="rId7" Type="{_OFFICE}/extended-properties" Target="docProps/core.xml"/></Relationships>'
    found["_rels/.rels"] = found["_rels/.rels"].replace("</Relationships>", more)
    found["docProps/core.xml"] = "<cp:coreProperties>"
    found["xl/theme/theme1.xml"] = "no theme"
    name = '<definedName name="_xlnm.Print_Area" localSheetId="9">#REF!</definedName>'
    names = f"</sheets><definedNames>{name}</definedNames>"
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("</sheets>", names)
    return zipped(found)


_SHEET = r"xl/worksheets/.*"
READ: dict[str, Callable[[], bytes]] = {
    "strings within the cells": lambda: xlsx(SHEETS),
    "strings in a part of their own": _renamed(str),
    "SharedStrings in another case": _renamed(lambda name: name.replace("sharedStrings", "SharedStrings")),
    "sheets in another case": _renamed(lambda name: name.replace("/sheet", "/Sheet")),
    "everything in capital letters": _renamed(str.upper),
    "backslashes": _renamed(lambda name: name.replace("/", "\\")),
    "Strict Open XML": _strict,
    "an empty fill": _changed("xl/styles.xml", ("<fill>.*?</fill>", "<fill/>")),
    "fonts that nobody knows": _changed("xl/styles.xml", ("<font/>", '<font><family val="99"/></font>')),
    "formats without a code": _changed("xl/styles.xml", (' formatCode="[^"]*"', "")),
    "content types by default alone": _changed(r"\[Content_Types\].xml", ("<Override[^>]*/>", "")),
    "no content types": _without("[Content_Types].xml"),
    "no styles": _without("xl/styles.xml"),
    "styles that cells name and nobody wrote": _changed(_SHEET, ('<c r="(..)" t=', r'<c r="\1" s="7" t=')),
    "a prefix before every name": _changed(_SHEET, (r"<(/?)(\w)", r"<\1x:\2"), ("xmlns=", "xmlns:x=")),
    "targets from the root": _changed("xl/_rels/workbook.xml.rels", ('Target="', 'Target="/xl/')),
    "targets with backslashes": _changed("xl/_rels/workbook.xml.rels", ("worksheets/", r"worksheets\\")),
    "no numbers of rows": _changed(_SHEET, ('<row r="[^"]*"', "<row")),
    "UTF-16": _in_utf_16,
    "letters of several looks": _with_rich_strings,
    "broken properties, names and theme": _with_broken_company,
    "no relationships of the workbook": _without("xl/_rels/workbook.xml.rels"),
    "no relationships at all": _without("xl/_rels/workbook.xml.rels", "_rels/.rels"),
    "1C": _like_1c,
    "openpyxl": _with_openpyxl,
    "XlsxWriter": _with_xlsxwriter(),
    "XlsxWriter, days from 1904": _with_xlsxwriter(date_1904=True),
    "XlsxWriter, row by row": _with_xlsxwriter(constant_memory=True),
    "OpenDocument": _open_document,
    "an old Excel": lambda: xls(SHEETS),
}
"""Who wrote it, and what makes it."""
