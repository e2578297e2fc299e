"""OpenDocument spreadsheets made by hand, the way LibreOffice writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.spreadsheets.crafting import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def ods(sheets: Mapping[str, str], *, styles: str = "") -> bytes:
    """The bytes of a file whose sheets have these elements."""
    tables = "".join(f'<table:table table:name="{escape(name)}">{body}</table:table>' for name, body in sheets.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def row(*cells: object, attributes: str = "") -> str:
    """A row; a cell that begins with ``<`` is an element already."""
    return f"<table:table-row {attributes}>{''.join(map(_cell, cells))}</table:table-row>"


def typed(kind: str, value: str, *, shown: str = "", more: str = "") -> str:
    """A cell with a value of a type."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    words = f"<text:p>{escape(shown)}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {more}>{words}</table:table-cell>'


def words(text: str, more: str = "") -> str:
    """A cell with words."""
    lines = "".join(f"<text:p>{re.sub('  +', _spaces, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string" {more}>{lines}</table:table-cell>'


def _spaces(found: re.Match[str]) -> str:
    return f' <text:s text:c="{len(found[0]) - 1}"/>'


def _cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return cell if cell.startswith("<") else words(cell)
    return typed("float", str(cell), shown=str(cell))
