"""What may be wrong with a table of decisions that has come back, and the sentences for it."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.decision_table import words
from bot.i18n import later
from bot.spreadsheets import faults, gathering
from bot.spreadsheets.faults import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.i18n import Translator
    from bot.spreadsheets.faults import Fault


class TableCode(StrEnum):
    """Kinds of faults that only a table of decisions has; the labels differ from those of ``Code``."""

    # the file
    NO_STAMP = "no stamp"
    OTHER_KIND = "other kind of file"
    OTHER_PLACE = "other municipality"
    NO_ROWS = "no rows"
    # rows
    NO_KEY = "no key"
    OTHER_HEARING = "other hearing"
    NUMBER_CHANGED = "number changed"
    TEXT_CHANGED = "text changed"
    ROW_TWICE = "row twice"
    NO_COMMENT = "no comment"
    WITHDRAWN = "withdrawn"
    # decisions
    NO_DECISION = "no decision"
    NO_REASON = "no reason"
    DUE_EARLY = "due early"
    NO_QUESTION = "no question"
    NO_POINT = "no point of the drafts"


_TABLE_SENTENCES: Final[Mapping[StrEnum, str]] = {
    TableCode.NO_STAMP: later(
        "This is not a table of decisions from this bot, or its hidden sheet is gone. Take the table anew and copy "
        "your decisions into it."
    ),
    TableCode.OTHER_KIND: later(
        "This is another file of this bot. Decisions are filled into the table that you take under “Decisions”."
    ),
    TableCode.OTHER_PLACE: later(
        "This table is of a hearing on which you do not decide. Look whether you have sent the right file."
    ),
    TableCode.NO_ROWS: later("There is no decision in this table. Fill in the coloured columns and send it again."),
    TableCode.NO_KEY: later(
        "The hidden first column is empty here, so we cannot tell which comment this is. Take the table anew and copy "
        "your decisions into it."
    ),
    TableCode.OTHER_HEARING: later("This row is of another hearing. Delete it and send that hearing’s table."),
    TableCode.NUMBER_CHANGED: later(
        "The number was {number} and is “{value}” now. Put it back, or sort the whole table and not one column."
    ),
    TableCode.TEXT_CHANGED: later(
        "These are not the words of comment {number}. Put them back, or sort the whole table and not one column."
    ),
    TableCode.ROW_TWICE: later("Comment {number} is already in {cell}. Delete one of the two rows."),
    TableCode.NO_COMMENT: later("There is no comment {number} in this hearing. Delete the row."),
    TableCode.WITHDRAWN: later("Comment {number} was taken back by its author. Delete the row."),
    TableCode.NO_DECISION: later("“{name}” is empty, and something stands beside it. Choose one of: {choices}."),
    TableCode.NO_REASON: later(
        "“{name}” is empty. Only what is noted needs none. Write it so that the author understands it."
    ),
    TableCode.NO_QUESTION: later("“{value}” is for questions alone, and comment {number} is none. Choose another."),
    TableCode.NO_POINT: later(
        "“{value}” is no line of the budget and no action of this hearing. Choose from the list, or leave it empty."
    ),
    TableCode.DUE_EARLY: later("{value} is before the hearing ({day}). Write a later date, or leave it empty."),
    Code.NO_SHEET: later("The sheet “{name}” is missing. Take the table anew and copy your decisions into it."),
    Code.NO_COLUMN: later("The column “{name}” is missing. Take the table anew and copy your decisions into it."),
    Code.PDF: later("This is a PDF. Decisions are read from the Excel table that you have taken."),
    Code.WORD: later("This is a Word document. Decisions are read from the Excel table that you have taken."),
    Code.UNPACKS_TOO_LARGE: later(
        "The file unpacks to far more than such a table needs. Take the table anew and copy your decisions into it."
    ),
}
TABLE_SENTENCES: Final = MappingProxyType({**faults.SPREADSHEET_SENTENCES, **_TABLE_SENTENCES})
"""A sentence for each fault of any spreadsheet, and for those of this one."""


def sentence(fault: Fault, t: Translator) -> str:
    """Where and what, plain text."""
    return faults.sentence(fault, t, labels=words.LABEL_TABLES, sentences=TABLE_SENTENCES)


def sentences(found: Iterable[Fault], t: Translator) -> tuple[str, ...]:
    """A sentence for each fault; one for all that have the same cause in the same column. Plain text."""
    return gathering.sentences(found, t, labels=words.LABEL_TABLES, of=TABLE_SENTENCES)
