"""Paragraphs and tables of a form of the protocol, with the marks by which they are repeated or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as DocumentObject
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT: Final = "Times New Roman"
POINTS: Final = 14
POINTS_OF_TABLES: Final = 11
POINTS_OF_TWO_LANGUAGES: Final = 12


def line(place: DocumentObject | _Cell, words: str, *, bold: bool = False, centred: bool = False) -> Paragraph:
    """A paragraph; line breaks of ``words`` stay. A ``bold`` one is a heading: it never ends a page."""
    paragraph = place.add_paragraph()
    paragraph.add_run(words).bold = bold
    if bold:
        paragraph.paragraph_format.keep_with_next = True
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def where(place: DocumentObject | _Cell, condition: str, words: str, *, bold: bool = False) -> None:
    """A paragraph that stands there only where the condition holds."""
    line(place, f"{{%p if {condition} %}}")
    line(place, words, bold=bold)
    line(place, "{%p endif %}")


def loop(place: DocumentObject | _Cell, loop: str, *lines: str) -> None:
    """Paragraphs for each of a list."""
    line(place, f"{{%p for {loop} %}}")
    for words in lines:
        line(place, words)
    line(place, "{%p endfor %}")


def table(document: DocumentObject, heads: Sequence[str], widths: Sequence[int]) -> Table:
    """A table with a first row that stands on each page."""
    table: Table = document.add_table(1, len(heads), style="Table Grid")
    table.autofit = False
    for column, cell, head, width in zip(table.columns, table.rows[0].cells, heads, widths, strict=True):
        column.width = cell.width = Mm(width)
        _write(cell, [head], bold=True)
    head_mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head_mark)  # noqa: SLF001
    return table


def rows(table: Table, loop: str, cells: Sequence[Sequence[str]]) -> None:
    """A row for each of a list."""
    widths = [column.width for column in table.columns]
    for words in ([[f"{{%tr for {loop} %}}"]], cells, [["{%tr endfor %}"]]):
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, lines, width in zip(row.cells, words, widths, strict=False):
            cell.width = width
            _write(cell, lines)


def _write(cell: _Cell, lines: Sequence[str], *, bold: bool = False) -> None:
    for number, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(words)
        run.bold = bold
        run.font.size = Pt(POINTS_OF_TABLES)


def set_page(document: DocumentObject, languages: int) -> None:
    """A4, the margins and the font; the number of the page at its foot."""
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(POINTS if languages == 1 else POINTS_OF_TWO_LANGUAGES)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(foot.add_run())


def _add_page_number(run: Run) -> None:
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = "PAGE"
        run._r.append(mark)  # noqa: SLF001
