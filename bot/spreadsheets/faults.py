"""What is wrong with a workbook or a list of places, as facts; one table turns a fact into a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.i18n import later
from bot.workbook import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.programme import Unit
    from bot.i18n import Translator


class Code(StrEnum):
    """Kinds of faults; those of the last group are warnings, which can be accepted."""

    # the file
    TOO_LARGE = "too large"
    OLD_EXCEL = "old excel"
    ENCRYPTED = "encrypted"
    WORD = "word"
    OPEN_DOCUMENT = "open document"
    PLAIN_TEXT = "plain text"
    PDF = "pdf"
    NOT_XLSX = "not xlsx"
    CORRUPT = "corrupt"
    SWOLLEN = "swollen"
    # sheets and columns
    NO_SHEET = "no sheet"
    SHEET_TWICE = "sheet twice"
    NO_COLUMN = "no column"
    COLUMN_TWICE = "column twice"
    NO_FIELD = "no field"
    FIELD_TWICE = "field twice"
    TOO_MANY_ROWS = "too many rows"
    # cells
    EMPTY = "empty"
    NOT_NUMBER = "not a number"
    AMBIGUOUS_NUMBER = "ambiguous number"
    NOT_WHOLE = "not whole"
    OUT_OF_RANGE = "out of range"
    TOO_FINE = "too fine"
    NOT_DATE = "not a date"
    NOT_TIME = "not a time"
    NOT_MOMENT = "not a moment"
    NOT_CHOICE = "not a choice"
    NOT_LINK = "not a link"
    TOO_LONG = "too long"
    ERROR_VALUE = "error value"
    NO_STORED_VALUE = "no stored value"
    HALF_LOCATION = "half a location"
    # sense
    CLOSES_FIRST = "closes first"
    NUMBER_TWICE = "number twice"
    TOTAL_TWICE = "total twice"
    NO_SUCH_SERVICE = "no such service"
    NO_SUCH_SUBJECT = "no such subject"
    SEVERAL_LINES = "several lines"
    FEW_OPTIONS = "few options"
    MANY_OPTIONS = "many options"
    OPTION_TWICE = "option twice"
    UNEVEN_OPTIONS = "uneven options"
    LIMIT_TOO_HIGH = "limit too high"
    # lists of places
    NOT_A_TABLE = "not a table"
    NO_PARENT = "no parent"
    WRONG_PARENT = "wrong parent"
    CODE_TWICE = "code twice"
    NO_NAME = "no name"
    NO_ZONE = "no zone"
    MORE_WOMEN = "more women"
    ENDS_FIRST = "ends first"
    # warnings
    SHEET_IGNORED = "sheet ignored"
    COLUMN_IGNORED = "column ignored"
    FIELD_IGNORED = "field ignored"
    CELL_IGNORED = "cell ignored"
    TOTAL_DIFFERS = "total differs"
    IN_THE_PAST = "in the past"
    LANGUAGE_EMPTY = "language empty"
    NO_ACTIONS = "no actions"
    NO_SERVICES = "no services"
    NO_BUDGET = "no budget"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money within a fault: whole tyiyn, and the unit the reader thinks in."""

    tyiyn: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Choices:
    """The words one may choose from, as keys of a table of ``words.TABLES``."""

    table: str


@dataclass(frozen=True, slots=True)
class ContractWord:
    """A word of the contract: its table there and its key."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (``sheet`` as it is called in the file, ``cell`` as A1; of a list, ``line``) and what.

    ``sheet`` and ``cell`` are empty where the whole file or sheet is meant. ``values`` are facts; what somebody wrote
    is in them as it was written, shortened.
    """

    code: Code
    sheet: str = ""
    cell: str = ""
    line: int = 0
    values: Mapping[str, object] = field(default_factory=dict)


SENTENCES: Final[Mapping[Code, str]] = MappingProxyType(
    {
        Code.TOO_LARGE: later("The file is larger than {limit} MB. Take pictures out of it, or send it in parts."),
        Code.OLD_EXCEL: later("This is an old Excel file (.xls). Open it and save it as “Excel workbook (.xlsx)”."),
        Code.ENCRYPTED: later("The file is protected by a password. Take the password off and send it again."),
        Code.WORD: later("This is a Word document. A hearing is loaded from an Excel workbook (.xlsx)."),
        Code.OPEN_DOCUMENT: later("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)”."),
        Code.PLAIN_TEXT: later("This is a text file (CSV). Save it as “Excel workbook (.xlsx)”."),
        Code.PDF: later("This is a PDF. A hearing is loaded from an Excel workbook (.xlsx)."),
        Code.NOT_XLSX: later("This is not an Excel workbook (.xlsx)."),
        Code.CORRUPT: later(
            "The file is damaged and cannot be read. Open it in Excel or LibreOffice and save it again."
        ),
        Code.SWOLLEN: later("The file unpacks to far more than a hearing needs. Copy the tables into a new template."),
        Code.NO_SHEET: later("The sheet “{name}” is missing."),
        Code.SHEET_TWICE: later("This sheet and “{other}” mean the same. Delete one of them."),
        Code.NO_COLUMN: later("The column “{name}” is missing."),
        Code.COLUMN_TWICE: later("The column “{name}” is there twice. Delete one of them."),
        Code.NO_FIELD: later("The row “{name}” is missing or empty."),
        Code.FIELD_TWICE: later("The row “{name}” is there twice. Delete one of them."),
        Code.TOO_MANY_ROWS: later("There are more than {limit} rows. Leave out what residents need not see."),
        Code.EMPTY: later("“{name}” is empty. Fill it in."),
        Code.NOT_NUMBER: later("“{value}” is not a number. Write {example}."),
        Code.AMBIGUOUS_NUMBER: later("“{value}” can be read in two ways. Write {first} or {second}."),
        Code.NOT_WHOLE: later("“{value}” is not a whole number. Write {example}."),
        Code.OUT_OF_RANGE: later("“{value}” is not between {least} and {most}."),
        Code.TOO_FINE: later("“{value}” is finer than one tyiyn. Round it to {example}."),
        Code.NOT_DATE: later("“{value}” is not a date. Write it like {example}."),
        Code.NOT_TIME: later("“{value}” is not a time. Write it like {example}."),
        Code.NOT_MOMENT: later("“{value}” is not a date with a time. Write it like {example}."),
        Code.NOT_CHOICE: later("“{value}” is not known here. Choose one of: {choices}."),
        Code.NOT_LINK: later("“{value}” is not a link. It begins with https://"),
        Code.TOO_LONG: later("The text has {length} characters, at most {limit} fit the screen of a phone."),
        Code.ERROR_VALUE: later("The formula gives “{value}”. Correct it or write the value itself."),
        Code.NO_STORED_VALUE: later(
            "The formula has no stored value. Open the file in Excel or LibreOffice, save it and send it again."
        ),
        Code.HALF_LOCATION: later("A place on the map needs both latitude and longitude."),
        Code.CLOSES_FIRST: later("Answers would close ({closes}) before they open ({opens})."),
        Code.NUMBER_TWICE: later("The number {value} is already used in {cell}."),
        Code.TOTAL_TWICE: later("The total of this side is already given in {cell}."),
        Code.NO_SUCH_SERVICE: later("There is no service with the number {value} on the sheet “{name}”."),
        Code.NO_SUCH_SUBJECT: later("“{value}” is not in this workbook. Write for example: {examples}."),
        Code.SEVERAL_LINES: later("Several budget lines have the code {value}. Write {examples} to mean one of them."),
        Code.FEW_OPTIONS: later("A question of this kind needs at least two options, one per line."),
        Code.MANY_OPTIONS: later("There are {count} options, at most {limit} can be shown."),
        Code.OPTION_TWICE: later("The option “{value}” is there twice."),
        Code.UNEVEN_OPTIONS: later("There are {count} options here and {other} in {cell}. Write one for each, or “-”."),
        Code.LIMIT_TOO_HIGH: later("The limit {value} is more than the {count} options."),
        Code.NOT_A_TABLE: later("This is not a list of places: CSV in UTF-8 with the columns {names}."),
        Code.NO_PARENT: later("There is no place with the code “{value}”."),
        Code.WRONG_PARENT: later("“{value}” cannot be the parent: it has to be of the type {wanted}."),
        Code.CODE_TWICE: later("The code “{value}” is already used in line {first}."),
        Code.NO_NAME: later("The place has no name in any language."),
        Code.NO_ZONE: later("“{value}” is not a time zone. Write it like {example}."),
        Code.MORE_WOMEN: later("There are more women ({value}) than people ({population})."),
        Code.ENDS_FIRST: later("“{value}” is before the first day it is valid."),
        Code.SHEET_IGNORED: later("This sheet is not part of a hearing and is ignored."),
        Code.COLUMN_IGNORED: later("The column “{value}” is not known and is ignored."),
        Code.FIELD_IGNORED: later("The row “{value}” is not known and is ignored."),
        Code.CELL_IGNORED: later("“{value}” is not needed here and is ignored."),
        Code.TOTAL_DIFFERS: later("The declared total is {declared}, the lines add up to {summed}."),
        Code.IN_THE_PAST: later("{value} is in the past."),
        Code.LANGUAGE_EMPTY: later("“{language}” is empty here. Such places on this sheet: {count}."),
        Code.NO_ACTIONS: later("The service “{value}” has no actions: people will not see what is to be done."),
        Code.NO_SERVICES: later("The hearing is about the strategy, but there are no services on the sheet “{name}”."),
        Code.NO_BUDGET: later("The hearing is about the budget, but there are no lines on the sheet “{name}”."),
    }
)

_MARKS: Final = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)),
    " ",
)
"""What has no place in a quotation: control characters, zero width, changes of direction."""
_QUOTED: Final = 60


def quoted(value: object) -> str:
    """What somebody wrote, on one line, inert and short."""
    plain = " ".join(str(value).translate(_MARKS).replace("\ufeff", " ").split())
    return plain if len(plain) <= _QUOTED else plain[: _QUOTED - 1] + "…"


def sentence(fault: Fault, t: Translator) -> str:
    """Where and what, e.g. ``Budget!E7: “12 мин” is not a number. Write 12000.`` Plain text, to be escaped."""
    said = t(SENTENCES[fault.code], **{name: _said(value, t) for name, value in fault.values.items()})
    return f"{where}: {said}" if (where := _where(fault, t)) else said


def _where(fault: Fault, t: Translator) -> str:
    if fault.line:
        line = t("Line {n}", n=fault.line)
        return f"{line}, {fault.cell}" if fault.cell else line
    return f"{quoted(fault.sheet)}!{fault.cell}" if fault.cell else quoted(fault.sheet)


def _said(value: object, t: Translator) -> str:
    match value:
        case Amount(tyiyn, unit):
            return t.money(tyiyn, unit)
        case Choices(table):
            return t.list(words.TABLES[table](t).values())
        case ContractWord(table, key):
            return words.TABLES[table](t)[key]
    return quoted(value)
