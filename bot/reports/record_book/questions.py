"""The questions as people were asked them: what about, which answers were offered, how many answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.suppression import tally_of
from bot.domain.values import dataclass
from bot.i18n import answers, names
from bot.reports import votes
from bot.reports.formulas import Cells, Formula, row_sum, same_as
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.comments import Channel
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.record import Record
    from bot.reports.record_book.votes import TableRows
    from bot.reports.sheets import CellValue, SheetWriter

_NAMES: Final = 5
"""Columns before the channels: number, question, about, kind, answers."""
_NUMBER_COLUMN: Final = 0


@dataclass(frozen=True, slots=True)
class AskedRows:
    """Where the questions stand: their rows, that of the sums below them, and a column for each channel in use."""

    sheet: str
    first: int
    last: int
    channels: tuple[Channel, ...]

    @property
    def first_column(self) -> int:
        """The column of the first channel; the others follow, and then all of them together."""
        return _NAMES

    def count(self, questions: int) -> Formula:
        """How many questions there are."""
        return Cells(self.sheet, _NUMBER_COLUMN, self.first, max(self.last, self.first)).filled(questions)

    def answered(self, channel: Channel | None, value: int) -> int | Formula:
        """The answers to all questions through a channel, or through all of them."""
        place = len(self.channels) if channel is None else self.channels.index(channel)
        return same_as(self.last + 1, _NAMES + place, value, self.sheet) if self.last >= self.first else value


def widths(record: Record) -> tuple[int, ...]:
    """The widths of the columns."""
    return (6, 44, 26, 17, 28, *(12 for _ in votes.channels(record)), 13, 18)


def write(sheet: SheetWriter, record: Record, t: Translator, *, rows: Mapping[int, TableRows], table: str) -> AskedRows:
    """Write the sheet. ``table`` is the sheet where each question has its ``rows``."""
    channels = votes.channels(record)
    together, looks = _NAMES + len(channels), sheet.formats
    sheet.columns(dict.fromkeys((0, *range(_NAMES, together + 2)), looks.number))
    named = (t(names.CHANNEL_NAMES[channel]) for channel in channels)
    asked = (t.p("column", "No"), t("Question"), t("About"), t("Kind"), t("Answers to choose from"))
    sheet.head((*asked, *named, t("All channels together"), t("Changed their mind")))
    found = AskedRows(sheet.sheet.name, sheet.next, sheet.next + len(rows) - 1, channels)
    for question in record.hearing.dossier.questions:
        voters = _voters(record, question, rows[question.no], table, at=sheet.next)
        sheet.append((*_asked(record, t, question), *voters, _changed(record, t, question)))
    sheet.finish()
    if rows:
        sheet.append(
            ("", t("All together"), *[" "] * (_NAMES - 2), *_sums(record, found)),
            {
                **dict.fromkeys(range(_NAMES), looks.total_name),
                **dict.fromkeys(range(_NAMES, together + 1), looks.total),
            },
        )
    return found


def _asked(record: Record, t: Translator, question: Question) -> tuple[CellValue, ...]:
    offered = (plain(answers.recorded_option(t, question, number)) for number in question.option_numbers)
    about = plain(answers.about(t, record.hearing.dossier, question.about))
    asked = plain(answers.question_text(t, question))
    return question.no, asked, about, t(names.QUESTION_KIND_NAMES[question.kind]), "\n".join(offered)


def _changed(record: Record, t: Translator, question: Question) -> CellValue:
    """How many people have changed their mind, as far as it is told."""
    if question.no not in record.changed:
        return None
    size = record.changed[question.no]
    return size if isinstance(size, int) else names.group_size(t, size)


def _voters(record: Record, question: Question, rows: TableRows, table: str, *, at: int) -> tuple[Formula, ...]:
    channels = votes.channels(record)
    voters = [tally_of(record.tallies, question.no, (channel,)).voters for channel in channels]
    apart = (same_as(rows.first, rows.first_channel + place, value, table) for place, value in enumerate(voters))
    return *apart, row_sum(at, _NAMES, _NAMES + len(channels) - 1, sum(voters))


def _sums(record: Record, rows: AskedRows) -> tuple[Formula, ...]:
    channels = (*((channel,) for channel in rows.channels), rows.channels)
    asked = record.hearing.dossier.questions
    sums = (sum(tally_of(record.tallies, each.no, block).voters for each in asked) for block in channels)
    return tuple(
        Cells(rows.sheet, _NAMES + place, rows.first, rows.last).sum(value) for place, value in enumerate(sums)
    )
