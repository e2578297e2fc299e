"""Our own form of the protocol, with its headings in one language, or in two side by side.

A municipality can take it, put its letterhead over it, and send it back: it is a form like any other. Times New Roman
of 14 points with margins of 30, 15 and 20 millimetres is what offices in Kyrgyzstan write protocols in. What
python-docx has no name for is written into the elements themselves.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as DocumentObject
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from bot.i18n import Translator

FONT: Final = "Times New Roman"
POINTS: Final = 14
POINTS_OF_TABLES: Final = 11
POINTS_OF_TWO_LANGUAGES: Final = 12
BLANK: Final = "_" * 24
"""A line that is filled in by hand."""
WIDTHS_OF_ANSWERS: Final = (67, 54, 22, 22)
WIDTHS_OF_PROPOSALS: Final = (12, 61, 27, 37, 28)
"""Millimetres; 165 are between the margins."""

RESULTS: Final = later("Results of the questions")
ANSWERED: Final = later("All who answered")
PROPOSALS: Final = later("Table of proposals")
DOCUMENTS: Final = later("Documents of the hearing")
SIGNING: Final = (later("Chair"), later("Secretary"))
HEADS_OF_ANSWERS: Final = (later("Answer"), later("By channel"), later("People or points"), later("Share or average"))
HEADS_OF_PROPOSALS: Final = (
    later("Proposal, comment or question"),
    later("Supported by"),
    later("Decision and reason"),
    later("Responsible, deadline"),
)


def own_form(translators: Sequence[Translator]) -> bytes:
    """The form as a Word document; ``translators`` are one or two."""
    document = Document()
    _set_page(document, len(translators))
    _set_properties(document)
    if len(translators) == 1:
        _prose(document, translators[0], "")
    else:
        columns = document.add_table(1, len(translators)).rows[0].cells
        for cell, t, prefix in zip(columns, translators, ("", "second."), strict=True):
            _prose(cell, t, prefix)
            cell._element.remove(cell.paragraphs[0]._element)  # noqa: SLF001
    _results(document, translators)
    _proposals(document, translators)
    _ending(document, translators)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _prose(place: DocumentObject | _Cell, t: Translator, prefix: str) -> None:
    """What was heard, where and when, who was there, what was presented."""
    _line(place, t("Minutes of the public hearing"), bold=True, centred=True)
    _line(place, f"№ {{{{ {prefix}code }}}}", centred=True)
    _line(place, f"{{{{ {prefix}title }}}}", bold=True, centred=True)
    _line(place, f"{{{{ {prefix}municipality }}}}", centred=True)
    _loop(
        place,
        f"sitting in {prefix}sittings",
        "{{ sitting.when }}",
        "{{ sitting.where }}",
        t(
            "People present: {people}",
            people=f"{{% if sitting.present %}}{{{{ sitting.present }}}}{{% else %}}{BLANK}{{% endif %}}",
        ),
    )
    _line(place, f"{t('Chair')}: {BLANK}")
    _line(place, f"{t('Secretary')}: {BLANK}")
    _where(place, f"{prefix}presenters", f"{t('Presented by')}: {{{{ {prefix}presenters }}}}")
    _where(place, f"{prefix}legal_basis", f"{t('Legal basis')}: {{{{ {prefix}legal_basis }}}}")
    _line(place, f"{t('Answers taken from')}: {{{{ {prefix}opened }}}}")
    _line(place, f"{t('Answers taken until')}: {{{{ {prefix}closed }}}}")
    _line(place, f"{t('People who took part through the bot')}: {{{{ {prefix}participants }}}}")
    _line(place, f"{t('Comments, proposals and questions')}: {{{{ {prefix}received }}}}")
    _loop(place, f"remark in {prefix}remarks", "{{ remark }}")
    _where(place, f"{prefix}agenda", t.p("heading", "Agenda"), bold=True)
    item = "{{ item.no }}. {{ item.time }} {{ item.item }}{% if item.presenter %} ({{ item.presenter }}){% endif %}"
    _loop(place, f"item in {prefix}agenda", item)
    _where(place, f"{prefix}services", t("Draft strategy"), bold=True)
    about = [
        f"{{% if service.{name} %}} {label}: {{{{ service.{name} }}}}.{{% endif %}}"
        for label, name in (
            (t("Problem"), "problem"),
            (t("Goal"), "goal"),
            (t("Target"), "target"),
            (t("Cost"), "cost"),
        )
    ]
    _loop(place, f"service in {prefix}services", "{{ service.no }}. {{ service.title }}." + "".join(about))
    _where(place, f"{prefix}revenue", t("Draft budget"), bold=True)
    _where(place, f"{prefix}revenue", f"{t('Revenue')}: {{{{ {prefix}revenue }}}}")
    _where(place, f"{prefix}revenue", f"{t('Expenditure')}: {{{{ {prefix}expenditure }}}}")


def _results(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """Each question with a table of its answers."""
    _where(document, "questions", _both(translators, RESULTS), bold=True)
    _line(document, "{%p for question in questions %}")
    _line(document, "{{ question.no }}. {{ question.text }}", bold=True).paragraph_format.keep_with_next = True
    voters = _line(document, f"{_both(translators, ANSWERED, ' / ')}: {{{{ question.voters }}}}")
    voters.paragraph_format.keep_with_next = True
    cells = ("words", "by_channel", "together", "share")
    table = _table(document, [_both(translators, head) for head in HEADS_OF_ANSWERS], WIDTHS_OF_ANSWERS)
    _rows(table, "answer in question.answers", [[f"{{{{ answer.{name} }}}}"] for name in cells])
    _line(document, "")
    _line(document, "{%p endfor %}")


def _proposals(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """The table of proposals with decisions and reasons."""
    _line(document, _both(translators, PROPOSALS), bold=True)
    table = _table(document, ["№", *(_both(translators, head) for head in HEADS_OF_PROPOSALS)], WIDTHS_OF_PROPOSALS)
    _rows(
        table,
        "proposal in proposals",
        [
            ["{{ proposal.no }}"],
            [
                "{{ proposal.kind }}",
                "{{ proposal.text }}",
                "{{ proposal.about }}",
                "{{ proposal.channel }}{% if proposal.speaker %}: {{ proposal.speaker }}{% endif %}",
            ],
            ["{{ proposal.support }}"],
            ["{{ proposal.decision }}", "{{ proposal.reason }}"],
            ["{{ proposal.responsible }}", "{{ proposal.due }}"],
        ],
    )


def _ending(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """The list of documents, and where it is signed."""
    _line(document, "")
    _where(document, "attachments", _both(translators, DOCUMENTS), bold=True)
    _loop(document, "attachment in attachments", "{{ loop.index }}. {{ attachment }}")
    for who in SIGNING:
        _line(document, f"{_both(translators, who, ' / ')} {BLANK} / {BLANK}")


def _both(translators: Sequence[Translator], sentence: str, between: str = "\n") -> str:
    return between.join(dict.fromkeys(t(sentence) for t in translators))


def _line(place: DocumentObject | _Cell, words: str, *, bold: bool = False, centred: bool = False) -> Paragraph:
    """A paragraph; line breaks of ``words`` stay."""
    paragraph = place.add_paragraph()
    paragraph.add_run(words).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _where(place: DocumentObject | _Cell, condition: str, words: str, *, bold: bool = False) -> None:
    """A paragraph that stands there only where the condition holds."""
    _line(place, f"{{%p if {condition} %}}")
    _line(place, words, bold=bold)
    _line(place, "{%p endif %}")


def _loop(place: DocumentObject | _Cell, loop: str, *lines: str) -> None:
    """Paragraphs for each of a list."""
    _line(place, f"{{%p for {loop} %}}")
    for words in lines:
        _line(place, words)
    _line(place, "{%p endfor %}")


def _table(document: DocumentObject, heads: Sequence[str], widths: Sequence[int]) -> Table:
    """A table with a first row that stands on each page."""
    table: Table = document.add_table(1, len(heads), style="Table Grid")
    table.autofit = False
    for column, cell, head, width in zip(table.columns, table.rows[0].cells, heads, widths, strict=True):
        column.width = cell.width = Mm(width)
        _write(cell, [head], bold=True)
    head_mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head_mark)  # noqa: SLF001
    return table


def _rows(table: Table, loop: str, cells: Sequence[Sequence[str]]) -> None:
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


def _set_page(document: DocumentObject, languages: int) -> None:
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


def _set_properties(document: DocumentObject) -> None:
    """The document is the municipality's, and says nothing of the moment in which it was made."""
    properties = document.core_properties
    properties.title = "{{ title }}"
    properties.author = "{{ municipality }}"
    properties.comments = properties.last_modified_by = ""
    known = properties._element  # noqa: SLF001
    for name in ("created", "modified", "lastPrinted"):
        for element in known.findall(f"{{*}}{name}"):
            known.remove(element)
