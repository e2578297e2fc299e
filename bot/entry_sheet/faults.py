"""What may be wrong with an entry sheet that has come back, and the sentences for it."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.counted_votes import CountProblem
from bot.domain.exhaustive import exhaustive
from bot.i18n import later
from bot.spreadsheets import faults
from bot.spreadsheets.faults import Code

if TYPE_CHECKING:
    from collections.abc import Mapping


class SheetCode(StrEnum):
    """Kinds of faults that only an entry sheet has; the labels differ from those of ``Code``."""

    # the file
    OTHER_PLACE = "other municipality's sheet"
    NOTHING = "nothing entered"
    OTHER_ROW = "other row"
    # papers
    NO_CODE = "no code"
    CODE_TWICE = "code twice"
    NOT_VISIBLE = "not visible"
    DAY_OUTSIDE = "day outside"
    NOT_LISTED = "not listed"
    # counts and people
    QUESTION_CHANGED = "question changed"
    BOX_TWICE = "box twice"
    OPTION_UNKNOWN = "option unknown"
    NO_POINTS = "no points"
    SUM_DIFFERS = "sum differs"
    LARGE_COUNT = "large count"
    NO_PAPERS = "no papers"
    MORE_THAN_PAPERS = "more than papers"
    TOO_MANY_CHOICES = "too many choices"
    TOO_FEW_CHOICES = "too few choices"
    IMPOSSIBLE_POINTS = "impossible points"
    SITTING_TWICE = "sitting twice"
    PEOPLE_DIFFER = "people differ"


CODES_OF_PROBLEMS: Final[Mapping[CountProblem, SheetCode]] = exhaustive(
    CountProblem,
    {
        CountProblem.NUMBERS: SheetCode.OPTION_UNKNOWN,
        CountProblem.LARGE: SheetCode.LARGE_COUNT,
        CountProblem.NOBODY: SheetCode.NO_PAPERS,
        CountProblem.MORE_THAN_PAPERS: SheetCode.MORE_THAN_PAPERS,
        CountProblem.TOO_MANY_CHOICES: SheetCode.TOO_MANY_CHOICES,
        CountProblem.TOO_FEW_CHOICES: SheetCode.TOO_FEW_CHOICES,
        CountProblem.POINTS: SheetCode.IMPOSSIBLE_POINTS,
    },
)
"""What is said of a count that cannot be."""
_OWN_SENTENCES: Final[Mapping[StrEnum, str]] = {
    SheetCode.OTHER_PLACE: later(
        "This sheet is of a hearing for which you do not enter. Look whether you have sent the right file."
    ),
    SheetCode.NOTHING: later("Nothing is entered in this sheet. Fill in the coloured columns and send it again."),
    SheetCode.OTHER_ROW: later(
        "This row was taken for something else. Sort whole rows and not one column, and write what is new into an "
        "empty row."
    ),
    SheetCode.NO_CODE: later(
        "The paper has no number. Number the papers yourself, write the number on the paper and here."
    ),
    SheetCode.CODE_TWICE: later("The number {value} is already in {cell}. Give one of the two papers another one."),
    SheetCode.NOT_VISIBLE: later("There is nothing to read here. Write what the paper says, or delete the row."),
    SheetCode.DAY_OUTSIDE: later("{value} cannot be: comments were given from {first} to {last}."),
    SheetCode.NOT_LISTED: later(
        "“{value}” is not in the list of this hearing. Choose from the list of the cell; if it has changed, take the "
        "sheet anew."
    ),
    SheetCode.QUESTION_CHANGED: later(
        "Question {number} says something else since this sheet was taken. Take the sheet anew, and look what was "
        "printed on the papers."
    ),
    SheetCode.BOX_TWICE: later(
        "This box has been counted for this question in {cell} already. If it is another box, give it a number of its "
        "own."
    ),
    SheetCode.OPTION_UNKNOWN: later("The question has {count} options: there is no option for this number."),
    SheetCode.NO_POINTS: later("Points are counted only where options are ranked or coins are shared. Delete it."),
    SheetCode.SUM_DIFFERS: later("The options add up to {sum}, and papers in all are {papers}. Count again."),
    SheetCode.LARGE_COUNT: later("That is more than {most} papers. Look for a slip of the hand."),
    SheetCode.NO_PAPERS: later("How many papers were there? A box without papers is left empty."),
    SheetCode.MORE_THAN_PAPERS: later("An option has more papers than there are in all ({papers})."),
    SheetCode.TOO_MANY_CHOICES: later(
        "{papers} papers cannot say so much: at most {limit} for each paper, and here are {sum}."
    ),
    SheetCode.TOO_FEW_CHOICES: later(
        "There are {papers} papers and only {sum} choices. Papers in all are those on which something was chosen."
    ),
    SheetCode.IMPOSSIBLE_POINTS: later("So many points cannot come from so many papers. Count again."),
    SheetCode.SITTING_TWICE: later("This sitting is already in {cell}. Delete one of the two rows."),
    SheetCode.PEOPLE_DIFFER: later("{women} women and {men} men are more than {people} people. Count again."),
    Code.NO_SHEET: later("No sheet of this file is as we wrote it. Take the sheet anew and copy your rows into it."),
    Code.NO_COLUMN: later("The column “{name}” is missing. Take the sheet anew and copy your rows into it."),
}
SHEET_SENTENCES: Final = MappingProxyType({**faults.SPREADSHEET_SENTENCES, **_OWN_SENTENCES})
"""A sentence for each fault of any spreadsheet, and for those of this one."""
