"""What the properties of a finished protocol say: the seal of its record and its moment, and nothing of the clock."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

CORE: Final = "docProps/core.xml"
PART_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every part within the file: the same protocol makes the same bytes."""
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def sealed(document: bytes, line: str, as_of: datetime) -> bytes:
    """The Word document with the line as the comment among its properties."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        properties = _described(parts.read(CORE), line, as_of) if CORE in parts.namelist() else b""
    return repacked(document, {CORE: properties} if properties else {})


def repacked(document: bytes, changed: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The document, but for ``changed`` parts, with nothing of the clock in it: parts by name, of one fixed date."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, PART_DATE)
            entry.external_attr = 0o600 << 16
            package.writestr(entry, changed.get(name) or parts.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _described(properties: bytes, line: str, as_of: datetime) -> bytes:
    """The properties with that line as their comment, made and changed when the record was."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(properties, parser)
    for name in (f"{{{_DC}}}description", f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
        for old in root.findall(name):
            root.remove(old)
    etree.SubElement(root, f"{{{_DC}}}description").text = line
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{name}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        moment.text = as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
