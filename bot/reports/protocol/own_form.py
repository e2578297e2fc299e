"""Our own form of the protocol, with its headings in one language, or in two side by side.

A municipality can take it, put its letterhead over it, and send it back: it is a form like any other. Times New Roman
of 14 points with margins of 30, 15 and 20 millimetres is what offices in Kyrgyzstan write protocols in. What
python-docx has no name for is written into the elements themselves.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from docx import Document

from bot.i18n import later
from bot.reports.protocol.paragraphs import line, loop, rows, set_page, table, where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as DocumentObject
    from docx.table import _Cell

    from bot.i18n import Translator

BLANK: Final = "_" * 24
"""A line that is filled in by hand."""
WIDTHS_OF_ANSWERS: Final = (59, 62, 22, 22)
WIDTHS_OF_PROPOSALS: Final = (12, 54, 29, 37, 33)
"""Millimetres; 165 are between the margins."""

RESULTS: Final = later("Results of the questions")
ANSWERED: Final = later("All who answered")
PROPOSALS: Final = later("Table of proposals")
CHANGES: Final = later("What it changes")
COUNCIL: Final = later("The council’s resolution")
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
    set_page(document, len(translators))
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
    """What was heard, where and when, who was there; then what was presented."""
    line(place, t("Minutes of the public hearing"), bold=True, centred=True)
    line(place, f"№ {{{{ {prefix}code }}}}", centred=True)
    line(place, f"{{{{ {prefix}title }}}}", bold=True, centred=True)
    line(place, f"{{{{ {prefix}municipality }}}}", centred=True)
    loop(
        place,
        f"sitting in {prefix}sittings",
        "{{ sitting.when }}",
        "{{ sitting.where }}",
        t(
            "People present: {people}",
            people=f"{{% if sitting.present %}}{{{{ sitting.present }}}}{{% else %}}{BLANK}{{% endif %}}",
        ),
    )
    line(place, f"{t('Chair')}: {BLANK}")
    line(place, f"{t('Secretary')}: {BLANK}")
    where(place, f"{prefix}presenters", f"{t('Presented by')}: {{{{ {prefix}presenters }}}}")
    where(place, f"{prefix}legal_basis", f"{t('Legal basis')}: {{{{ {prefix}legal_basis }}}}")
    line(place, f"{t('Answers taken from')}: {{{{ {prefix}opened }}}}")
    line(place, f"{t('Answers taken until')}: {{{{ {prefix}closed }}}}")
    people = f"{t('People who took part through the bot')}: {{{{ {prefix}participants }}}}"
    where(place, f"{prefix}participants", people)
    line(place, f"{t('Comments, proposals and questions')}: {{{{ {prefix}received }}}}")
    loop(place, f"remark in {prefix}remarks", "{{ remark }}")
    _presented(place, t, prefix)


def _presented(place: DocumentObject | _Cell, t: Translator, prefix: str) -> None:
    """The course of the hearing, its agenda, the draft strategy and the draft budget."""
    where(place, f"{prefix}course", t("Course of the hearing"), bold=True)
    loop(place, f"step in {prefix}course", "{{ step.when }}: {{ step.what }}")
    where(place, f"{prefix}agenda", t.p("heading", "Agenda"), bold=True)
    item = "{{ item.no }}. {{ item.time }} {{ item.item }}{% if item.presenter %} ({{ item.presenter }}){% endif %}"
    loop(place, f"item in {prefix}agenda", item)
    where(place, f"{prefix}services", t("Draft strategy"), bold=True)
    line(place, f"{{%p for service in {prefix}services %}}")
    line(place, "{{ service.no }}. {{ service.title }}", bold=True)
    for label, name in (
        (t("Problem"), "problem"),
        (t("Goal"), "goal"),
        (t("Target"), "target"),
        (t("Cost"), "cost"),
    ):
        where(place, f"service.{name}", f"{label}: {{{{ service.{name} }}}}")
    line(place, "{%p endfor %}")
    where(place, f"{prefix}revenue", t("Draft budget"), bold=True)
    where(place, f"{prefix}revenue", f"{t('Revenue')}: {{{{ {prefix}revenue }}}}")
    where(place, f"{prefix}revenue", f"{t('Expenditure')}: {{{{ {prefix}expenditure }}}}")


def _results(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """Each question with a table of its answers."""
    where(document, "questions", _both(translators, RESULTS), bold=True)
    line(document, "{%p for question in questions %}")
    line(document, "{{ question.no }}. {{ question.text }}", bold=True)
    voters = line(document, f"{_both(translators, ANSWERED, ' / ')}: {{{{ question.voters }}}}")
    voters.paragraph_format.keep_with_next = True
    cells = ("words", "by_channel", "together", "share")
    made = table(document, [_both(translators, head) for head in HEADS_OF_ANSWERS], WIDTHS_OF_ANSWERS)
    rows(made, "answer in question.answers", [[f"{{{{ answer.{name} }}}}"] for name in cells])
    line(document, "")
    line(document, "{%p endfor %}")


def _proposals(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """The table of proposals with decisions and reasons."""
    changes = _both(translators, CHANGES, " / ")
    line(document, _both(translators, PROPOSALS), bold=True)
    made = table(document, ["№", *(_both(translators, head) for head in HEADS_OF_PROPOSALS)], WIDTHS_OF_PROPOSALS)
    rows(
        made,
        "proposal in proposals",
        [
            ["{{ proposal.no }}"],
            [
                "{{ proposal.kind }}",
                "{{ proposal.text }}",
                "{{ proposal.about }}",
                f"{{{{ proposal.channel }}}}{_if('speaker', ': ')}{_if('joined', '. ')}",
            ],
            ["{{ proposal.support }}"],
            ["{{ proposal.decision }}", f"{{{{ proposal.reason }}}}{_if('changes', f' ({changes}: ', ')')}"],
            ["{{ proposal.responsible }}", "{{ proposal.due }}"],
        ],
    )


def _ending(document: DocumentObject, translators: Sequence[Translator]) -> None:
    """The list of documents, and where it is signed."""
    line(document, "")
    where(document, "council", f"{_both(translators, COUNCIL, ' / ')}: {{{{ council }}}}")
    where(document, "second.council", "{{ second.council }}")
    where(document, "attachments", _both(translators, DOCUMENTS), bold=True)
    loop(document, "attachment in attachments", "{{ loop.index }}. {{ attachment }}")
    for who in SIGNING:
        line(document, f"{_both(translators, who, ' / ')} {BLANK} / {BLANK}")


def _if(field: str, before: str, after: str = "") -> str:
    """A field of a proposal with what stands around it, where it is not empty."""
    return f"{{% if proposal.{field} %}}{before}{{{{ proposal.{field} }}}}{after}{{% endif %}}"


def _both(translators: Sequence[Translator], sentence: str, between: str = "\n") -> str:
    return between.join(dict.fromkeys(t(sentence) for t in translators))


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
