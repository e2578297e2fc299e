"""Faults that only a hearing's workbook or a list of places can have, and the sentences of all faults."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.i18n import later
from bot.spreadsheets import faults, gathering
from bot.workbook import words
from bot.workbook.place_words import PLACE_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.i18n import Translator
    from bot.spreadsheets.faults import Fault


class HearingCode(StrEnum):
    """Kinds of faults of a hearing's workbook; those of the last group are warnings, which can be accepted."""

    # the sheets
    SHEET_UNNAMED = "sheet unnamed"
    FOREIGN_TABLE = "foreign table"
    # the sheet Hearing
    NO_FIELD = "no field"
    FIELD_TWICE = "field twice"
    HALF_LOCATION = "half a location"
    TWO_VALUES = "two values"
    NO_SUCH_VILLAGE = "no such village"
    CLOSES_FIRST = "closes first"
    PROMISED_FIRST = "promised first"
    # rows that belong together
    NUMBER_TWICE = "number twice"
    TOTAL_TWICE = "total twice"
    NO_SUCH_SERVICE = "no such service"
    NO_SUCH_SUBJECT = "no such subject"
    SEVERAL_LINES = "several lines"
    LIKE_A_TOTAL = "like a total"
    # options of a question
    FEW_OPTIONS = "few options"
    MANY_OPTIONS = "many options"
    OPTION_TWICE = "option twice"
    UNEVEN_OPTIONS = "uneven options"
    LIMIT_TOO_HIGH = "limit too high"
    # warnings
    SHEET_IGNORED = "sheet ignored"
    FIELD_IGNORED = "field ignored"
    FIELD_UNNAMED = "field unnamed"
    TOTAL_DIFFERS = "total differs"
    TAKEN_AS_TOTAL = "taken as a total"
    ABOVE_BY_CODE = "above by code"
    EQUALS_LINES = "equals lines"
    BELOW_A_TOTAL = "below a total"
    NO_AMOUNT = "no amount"
    BELOW_ZERO = "below zero"
    UNIT_DOUBTFUL = "unit doubtful"
    PER_HEAD_DOUBTFUL = "per head doubtful"
    IN_THE_PAST = "in the past"
    SITTING_TWICE = "sitting twice"
    SITTING_AFTER_CLOSING = "sitting after closing"
    LANGUAGE_EMPTY = "language empty"
    LANGUAGE_MISSING = "language missing"
    NO_ACTIONS = "no actions"
    NO_SERVICES = "no services"
    NO_BUDGET = "no budget"


class PlaceCode(StrEnum):
    """Kinds of faults of a list of places."""

    NOT_A_TABLE = "not a table"
    NO_TEXT = "no text"
    LONE_QUOTE = "lone quotation mark"
    ROUNDED_CODE = "rounded code"
    LOST_LETTERS = "lost letters"
    LONG_WORKBOOK = "long workbook"
    NO_PARENT = "no parent"
    WRONG_PARENT = "wrong parent"
    WRONG_SUCCESSOR = "wrong successor"
    CODE_TWICE = "code twice"
    NO_NAME = "no name"
    NO_ZONE = "no zone"
    MORE_WOMEN = "more women"
    ENDS_FIRST = "ends first"


_HEARING_SENTENCES: Final[Mapping[StrEnum, str]] = {
    HearingCode.SHEET_UNNAMED: later("This sheet has the columns of “{name}”. Name it so, or delete it."),
    HearingCode.FOREIGN_TABLE: later(
        "This is not a hearing’s workbook, but a table. Rows with a name and an amount: {count}. Column {amount} looks "
        "like the amount, column {name} like the name. Copy them into “{amount_heading}” and “{name_heading}” on the "
        "sheet “{sheet}” of an empty template."
    ),
    HearingCode.NO_FIELD: later("The row “{name}” is missing or empty."),
    HearingCode.FIELD_TWICE: later("The row “{name}” is there twice. Delete one of them."),
    HearingCode.HALF_LOCATION: later("A place on the map needs both latitude and longitude."),
    HearingCode.TWO_VALUES: later("“{value}” here and “{other}” in {cell} differ. Leave one of them."),
    HearingCode.NO_SUCH_VILLAGE: later("There is no village “{value}” here. The villages: {names}."),
    HearingCode.CLOSES_FIRST: later("Answers would close ({closes}) before they open ({opens})."),
    HearingCode.PROMISED_FIRST: later("The commission would answer ({promised}) before answers close ({closes})."),
    HearingCode.NUMBER_TWICE: later("The number {value} is already used in {cell}."),
    HearingCode.TOTAL_TWICE: later("The total of this side is already given in {cell}."),
    HearingCode.NO_SUCH_SERVICE: later("There is no service with the number {value} on the sheet “{name}”."),
    HearingCode.NO_SUCH_SUBJECT: later("“{value}” is not in this workbook. Write for example: {examples}."),
    HearingCode.SEVERAL_LINES: later(
        "Several budget lines have the code {value}. Write {examples} to mean one of them."
    ),
    HearingCode.LIKE_A_TOTAL: later(
        "“{value}” looks like a total, but the lines above add up to {summed}. Correct the amounts, or choose the "
        "group “{total}”, or delete the row."
    ),
    HearingCode.FEW_OPTIONS: later("A question of this kind needs at least two options, one per line."),
    HearingCode.MANY_OPTIONS: later("There are {count} options, at most {limit} can be shown."),
    HearingCode.OPTION_TWICE: later("The option “{value}” is there twice."),
    HearingCode.UNEVEN_OPTIONS: later(
        "There are {count} options here and {other} in {cell}. Write one for each, or “-”."
    ),
    HearingCode.LIMIT_TOO_HIGH: later("The limit {value} is more than the {count} options."),
    HearingCode.SHEET_IGNORED: later("This sheet is not part of a hearing and is ignored."),
    HearingCode.FIELD_UNNAMED: later("There is a value here, but the row has no name. It is ignored."),
    HearingCode.FIELD_IGNORED: later("The row “{value}” is not known and is ignored."),
    HearingCode.TOTAL_DIFFERS: later("The declared total is {declared}, the lines add up to {summed}."),
    HearingCode.TAKEN_AS_TOTAL: later("“{value}” is the total of {cells}. It is not counted once more."),
    HearingCode.ABOVE_BY_CODE: later(
        "By its code this row is the sum of {cells}, which add up to {summed}. Now all of them are counted."
    ),
    HearingCode.EQUALS_LINES: later(
        "{cells} add up to exactly this. If it is their total, choose the group “{total}”: now it is counted too."
    ),
    HearingCode.BELOW_A_TOTAL: later(
        "Below the total “{value}” stands {cells}, and is counted too. If it is a part of a line above, delete the row."
    ),
    HearingCode.NO_AMOUNT: later("“{value}” has no amount and counts as nothing."),
    HearingCode.BELOW_ZERO: later("{value} is below zero. It is taken off the total."),
    HearingCode.UNIT_DOUBTFUL: later(
        "About a thousand times last year’s amount, or a thousandth of it. Such lines: {count}. Look at the unit."
    ),
    HearingCode.PER_HEAD_DOUBTFUL: later(
        "{each} som for each of {population} people: that is far from what budgets are. Look at the unit."
    ),
    HearingCode.IN_THE_PAST: later("{value} is in the past."),
    HearingCode.SITTING_TWICE: later("This sitting is in the workbook twice. It is taken once."),
    HearingCode.SITTING_AFTER_CLOSING: later("Answers close ({closes}) before the last sitting begins ({begins})."),
    HearingCode.LANGUAGE_MISSING: later(
        "This workbook has no text in “{language}”. Everybody will read it in another language."
    ),
    HearingCode.LANGUAGE_EMPTY: later("“{language}” is empty here. Such places on this sheet: {count}."),
    HearingCode.NO_ACTIONS: later("The service “{value}” has no actions: people will not see what is to be done."),
    HearingCode.NO_SERVICES: later(
        "The hearing is about the strategy, but there are no services on the sheet “{name}”."
    ),
    HearingCode.NO_BUDGET: later("The hearing is about the budget, but there are no lines on the sheet “{name}”."),
}
_PLACE_SENTENCES: Final[Mapping[StrEnum, str]] = {
    PlaceCode.NOT_A_TABLE: later(
        "This is not a list of places: a table with the columns {names}. `places template` makes an empty one."
    ),
    PlaceCode.NO_TEXT: later("The letters of this file cannot be read. Save it as “CSV UTF-8”."),
    PlaceCode.LONE_QUOTE: later("A quotation mark is not in its place here. Delete it."),
    PlaceCode.ROUNDED_CODE: later(
        "Excel has rounded the code to “{value}”. Format the column as text and type the codes again."
    ),
    PlaceCode.LOST_LETTERS: later(
        "Letters of “{value}” seem to be lost: there are question marks. Save the file as “CSV UTF-8”."
    ),
    PlaceCode.NO_PARENT: later("There is no place with the code “{value}”."),
    PlaceCode.WRONG_PARENT: later("“{value}” cannot be the parent: it has to be of the type {wanted}."),
    PlaceCode.LONG_WORKBOOK: later("Only {limit} rows of a workbook are read. Save the list as “CSV UTF-8”."),
    PlaceCode.WRONG_SUCCESSOR: later(
        "“{value}” cannot be the successor: it has to be another place of the type {wanted}."
    ),
    PlaceCode.CODE_TWICE: later("The code “{value}” is already used in line {first}."),
    PlaceCode.NO_NAME: later("The place has no name in any language."),
    PlaceCode.NO_ZONE: later("“{value}” is not a time zone. Write it like {example}."),
    PlaceCode.MORE_WOMEN: later("There are more women ({value}) than people ({population})."),
    PlaceCode.ENDS_FIRST: later("“{value}” is before the first day it is valid."),
}
WORKBOOK_SENTENCES: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {**faults.SPREADSHEET_SENTENCES, **_HEARING_SENTENCES, **_PLACE_SENTENCES}
)
"""A sentence for each code of the three families."""


_LABELS: Final = MappingProxyType({**words.LABEL_TABLES, **PLACE_TABLES})


def sentence(fault: Fault, t: Translator) -> str:
    """Where and what, e.g. ``Budget!E7: “12 мин” is not a number. Write 12000.`` Plain text, to be escaped."""
    return faults.sentence(fault, t, labels=_LABELS, sentences=WORKBOOK_SENTENCES)


def sentences(found: Iterable[Fault], t: Translator) -> tuple[str, ...]:
    """A sentence for each fault; one for all that have the same cause in the same column."""
    return gathering.sentences(found, t, labels=_LABELS, of=WORKBOOK_SENTENCES)
