"""Reading back a PDF with pypdf: what it says, whether it is tagged, and its fonts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator


def said(pdf: bytes) -> list[str]:
    """What each page says, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def count(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(BytesIO(pdf)).pages)


def bare(words: str) -> str:
    """Words without blanks: where a line ends is the page's."""
    return "".join(words.replace("\u200b", "").split())


def is_tagged(pdf: bytes) -> bool:
    """True where a reader's machine finds the structure, the language and a title."""
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root and "/Lang" in root


def keywords(pdf: bytes) -> str:
    """What the file is found by."""
    found = PdfReader(BytesIO(pdf)).metadata
    return str(found.keywords) if found else ""


def loose_fonts(pdf: bytes) -> set[str]:
    """The fonts that are not within the file, or are not ours."""
    return {name for name, embedded in _fonts(pdf) if not embedded or "NotoSans" not in name}


def _fonts(pdf: bytes) -> Iterator[tuple[str, bool]]:
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            yield str(below["/BaseFont"]), "/FontFile2" in below["/FontDescriptor"].get_object()
