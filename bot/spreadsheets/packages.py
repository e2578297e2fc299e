"""A workbook's package written anew with what is read of it, so that it is as our reader wants it, whoever wrote it.

1C, WPS and the libraries of many languages name parts in another case or with backslashes, write Strict Open XML, leave
fills empty or fonts broken. Parts are found by their relationships, by their names where those lead nowhere; of the
styles only number formats are kept, of shared strings their letters.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from bot.domain.values import dataclass
from bot.spreadsheets import plain_parts
from bot.spreadsheets.faults import Code
from bot.spreadsheets.grids import CannotOpen
from bot.spreadsheets.names import part_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_STRICT_MAIN: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_NOT_A_SHEET: Final = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    state: str
    part: bytes


def is_binary(names: set[str]) -> bool:
    """Whether the package of these part names is a binary workbook (.xlsb)."""
    return "xl/workbook.bin" in names and "xl/workbook.xml" not in names


def written_anew(archive: zipfile.ZipFile, *, most_sheets: int, largest_part: int) -> bytes:
    """The bytes of a package with the first sheets and nothing that is not read.

    Raises ``CannotOpen`` for a part that is missing, and for strings, styles or a workbook of more than
    ``largest_part`` bytes; and whatever zipfile and the XML parser raise.
    """
    parts = _Parts(archive, largest_part)
    book_name = parts.workbook()
    book = fromstring(parts.read_whole(book_name))
    targets = parts.targets(book_name)
    sheets = list(_sheets(book, parts, targets, most_sheets))
    strings, styles = (parts.find_kind(kind, targets) for kind in ("sharedStrings", "styles"))
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": plain_parts.content_types(len(sheets)),
        "_rels/.rels": plain_parts.relationships({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": plain_parts.workbook(book, [(sheet.name, sheet.state) for sheet in sheets]),
        "xl/_rels/workbook.xml.rels": plain_parts.relationships(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
            | {"rIdS": ("styles", "styles.xml"), "rIdT": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": plain_parts.styles(fromstring(parts.read_whole(styles)) if styles else None),
        "xl/sharedStrings.xml": plain_parts.strings(parts.read_whole(strings) if strings else b"<sst/>"),
        **{f"xl/worksheets/sheet{n}.xml": sheet.part for n, sheet in enumerate(sheets, 1)},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as anew:
        for name, part in written.items():
            anew.writestr(name, part)
    return file.getvalue()


class _Parts:
    """The parts of a package by name, whatever their case."""

    def __init__(self, archive: zipfile.ZipFile, largest: int) -> None:
        self._archive = archive
        self._largest = largest
        self._infos = {part_name(info.filename): info for info in archive.infolist()}

    def find(self, name: str) -> str | None:
        """The part of that name, else the only one that has its last word."""
        wanted = part_name(name)
        if wanted in self._infos:
            return wanted
        last = posixpath.basename(wanted)
        alike = [each for each in self._infos if last and posixpath.basename(each) == last]
        return alike[0] if len(alike) == 1 else None

    def find_kind(self, kind: str, targets: dict[str, tuple[str, str]]) -> str | None:
        """The workbook's part of that kind: by its relationship, else by its usual name."""
        named = next((target for found, target in targets.values() if found == kind), f"xl/{kind}.xml")
        return self.find(named) or self.find(f"xl/{kind}.xml")

    def workbook(self) -> str:
        """The name of the workbook's own part; raises ``CannotOpen`` without one."""
        targets = self.targets("")
        named = next((target for kind, target in targets.values() if kind == "officeDocument"), "xl/workbook.xml")
        found = self.find(named) or self.find("xl/workbook.xml")
        if found is None:
            raise CannotOpen(Code.CORRUPT)
        return found

    def read(self, name: str) -> bytes:
        """The part's XML, as Transitional Open XML."""
        part = self._archive.read(self._infos[name])
        if part.startswith((b"\xff\xfe", b"\xfe\xff")):
            part = re.sub(r"^\s*<\?xml[^>]*\?>", "", part.decode("utf-16")).encode()
        return part.replace(_STRICT_MAIN, SHEET_MAIN_NS.encode())

    def read_whole(self, name: str) -> bytes:
        """A part that is parsed at once; raises ``CannotOpen`` for one that is too large for that."""
        if self._infos[name].file_size > self._largest:
            raise CannotOpen(Code.UNPACKS_TOO_LARGE)
        return self.read(name)

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Of each relationship of a part ("" for the package) its kind and the part it leads to."""
        folder, last = posixpath.split(name)
        found = self._infos.get(posixpath.join(folder, "_rels", f"{last}.rels"))
        if found is None:
            return {}
        targets = {}
        for each in fromstring(self.read_whole(part_name(found.filename))).iter():
            if plain_parts.local(each.tag) == "Relationship" and each.get("TargetMode") != "External":
                target = unquote(each.get("Target", "")).replace("\\", "/")
                path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                targets[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], path)
        return targets


def _sheets(book: Element, parts: _Parts, targets: dict[str, tuple[str, str]], most_sheets: int) -> Iterator[_Sheet]:
    for number, element in enumerate(plain_parts.named(book, "sheet"), 1):
        name = element.get("name") or f"Sheet{number}"
        reference = next(
            (value for key, value in element.attrib.items() if plain_parts.local(key) == "id" and "}" in key), ""
        )
        kind, target = targets.get(reference, ("worksheet", f"xl/worksheets/sheet{number}.xml"))
        if kind in _NOT_A_SHEET:
            continue
        found = parts.find(target)
        if found is None:
            raise CannotOpen(Code.SHEET_MISSING_PART, name=name)
        yield _Sheet(name, element.get("state", "visible"), parts.read(found))
        if number == most_sheets:
            return
