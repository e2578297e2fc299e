"""The full report: a PDF of many pages with contents, bars, tables and annexes, for the commission.

It says what the Excel record says but for the names of columns to fill in; who spoke is in the minutes alone. Words go
to the template as data, never as markup.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from bot.reports import report_sections
from bot.reports.papers import paper, stood
from bot.reports.protocol.gathering import fields
from bot.reports.record import Minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.opinion_view import OpinionView
    from bot.reports.record import Record

_REPORT_TEMPLATE: Final = "report.typ"


class FullReportFile:
    """The report on its way to ``path``: written once all comments are known."""

    def __init__(self, record: Record, opinions: OpinionView, t: Translator, path: Path) -> None:
        self._record = record
        self._opinions = opinions
        self._t = t
        self._file = path.open("wb")
        self._comments: list[Comment] = []

    def add(self, page: Iterable[Comment]) -> None:
        """Take one page of comments."""
        self._comments += page

    def close(self) -> None:
        """Write the file."""
        self._file.write(pdf(self._record, self._opinions, self._comments, self._t))
        self._file.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()


def pdf(record: Record, opinions: OpinionView, comments: Sequence[Comment], t: Translator) -> bytes:
    """The report, tagged. The same record and words, the same file."""
    return paper(_REPORT_TEMPLATE, _data(record, opinions, comments, t), t)


def _data(record: Record, opinions: OpinionView, comments: Sequence[Comment], t: Translator) -> dict[str, Any]:
    said = fields(record, Minutes({}, tuple(each.title for each in record.documents)), comments, (t,))
    return {
        "language": t.language.partition("_")[0],
        "name": t("Report on the public hearing"),
        "contents": t("Contents"),
        "municipality": said.municipality,
        "title": said.title,
        "foot": f"{said.code} · {stood(record, t)}",
        "seal": record.seal_line("pdf-full", (t.language,)),
        "remarks": list(said.remarks),
        "sections": [*report_sections.sections(record, opinions, said, t), *report_sections.annexes(record, said, t)],
    }
