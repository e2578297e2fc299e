"""What is wrong with a spreadsheet, as facts; tables of sentences and labels turn a fact into words.

A package that reads sheets of its own adds a family of codes, with their sentences; the values of its codes differ from
those of ``Code``, as one table holds the sentences of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.domain.values import dataclass
from bot.i18n import later

if TYPE_CHECKING:
    from bot.domain.programme import Unit
    from bot.i18n import Translator

LabelTables: TypeAlias = Mapping[str, Callable[["Translator"], Mapping[str, str]]]
"""Name of a table to its labels in a reader's language: key to word."""


class Code(StrEnum):
    """Kinds of faults that any spreadsheet may have; the ignored ones are usually warnings, which can be accepted."""

    # the file
    TOO_LARGE = "too large"
    OLD_EXCEL = "old excel"
    ENCRYPTED = "encrypted"
    WORD = "word"
    OPEN_DOCUMENT = "open document"
    BINARY_EXCEL = "binary excel"
    MARKUP = "markup"
    TABLE_OF_1C = "table of 1c"
    PLAIN_TEXT = "plain text"
    PDF = "pdf"
    NOT_XLSX = "not xlsx"
    CORRUPT = "corrupt"
    UNPACKS_TOO_LARGE = "unpacks too large"
    SHEET_MISSING_PART = "sheet missing part"
    # sheets and columns
    NO_SHEET = "no sheet"
    SHEET_TWICE = "sheet twice"
    NO_COLUMN = "no column"
    COLUMN_TWICE = "column twice"
    TOO_MANY_ROWS = "too many rows"
    MERGED_HEADING = "merged heading"
    MERGED_NUMBER = "merged number"
    NEARLY_KNOWN = "nearly known"
    # cells
    EMPTY = "empty"
    NOT_NUMBER = "not a number"
    AMBIGUOUS_NUMBER = "ambiguous number"
    NOT_WHOLE = "not whole"
    OUT_OF_RANGE = "out of range"
    TOO_FINE = "too fine"
    WORDS_DIFFER = "words differ"
    UNIT_DIFFERS = "unit differs"
    NOT_DATE = "not a date"
    NEARLY_A_DATE = "nearly a date"
    NOT_TIME = "not a time"
    NOT_MOMENT = "not a moment"
    CODE_BECAME_DATE = "code became a date"
    CODE_BECAME_NUMBER = "code became a number"
    CODE_LOST_DIGITS = "code lost digits"
    NOT_CHOICE = "not a choice"
    NOT_LINK = "not a link"
    TOO_LONG = "too long"
    ERROR_VALUE = "error value"
    NO_STORED_VALUE = "no stored value"
    # read, and said
    FORMATS_UNKNOWN = "formats unknown"
    HIDDEN_SHEET = "hidden sheet"
    HIDDEN_ROWS = "hidden rows"
    HIDDEN_COLUMNS = "hidden columns"
    MERGED_FILLED = "merged filled"
    MERGED_ACROSS = "merged across"
    # ignored
    NO_HEADING = "no heading"
    MERGED_TITLE = "merged title"
    COLUMN_IGNORED = "column ignored"
    CELL_IGNORED = "cell ignored"


@dataclass(frozen=True, slots=True)
class Amount:
    """Money within a fault: whole tyiyn, and the unit of the spreadsheet."""

    tyiyn: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Choices:
    """All labels of a table, as what a cell may hold."""

    table: str


@dataclass(frozen=True, slots=True)
class Label:
    """One label, by its table and key."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (``sheet`` as the file calls it, ``cell`` as A1; of a CSV file ``csv_line``) and what.

    ``sheet`` and ``cell`` are empty where the whole file or sheet is meant. ``values`` are facts for the
    sentence, texts of the file as they are written there.
    """

    code: StrEnum
    sheet: str = ""
    cell: str = ""
    csv_line: int = 0
    values: Mapping[str, object] = field(default_factory=dict)


SPREADSHEET_SENTENCES: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Code.TOO_LARGE: later("The file is larger than {limit} MB. Take pictures out of it, or send it in parts."),
        Code.OLD_EXCEL: later("This is an old Excel file (.xls). Open it and save it as “Excel workbook (.xlsx)”."),
        Code.ENCRYPTED: later("The file is protected by a password. Take the password off and send it again."),
        Code.WORD: later("This is a Word document. A hearing is loaded from an Excel workbook (.xlsx)."),
        Code.OPEN_DOCUMENT: later("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)”."),
        Code.BINARY_EXCEL: later("This is a binary Excel file (.xlsb). Save it as “Excel workbook (.xlsx)”."),
        Code.TABLE_OF_1C: later("This is a table of 1C (.mxl). Save it in 1C as “Excel workbook (.xlsx)”."),
        Code.MARKUP: later(
            "This is a web page or XML with the name of an Excel file. Open it in Excel and save it as "
            "“Excel workbook (.xlsx)”."
        ),
        Code.PLAIN_TEXT: later("This is a text file (CSV). Save it as “Excel workbook (.xlsx)”."),
        Code.PDF: later("This is a PDF. A hearing is loaded from an Excel workbook (.xlsx)."),
        Code.NOT_XLSX: later("This is not an Excel workbook (.xlsx)."),
        Code.CORRUPT: later(
            "The file is damaged and cannot be read. Open it in Excel or LibreOffice and save it again."
        ),
        Code.UNPACKS_TOO_LARGE: later(
            "The file unpacks to far more than a hearing needs. Copy the tables into a new template."
        ),
        Code.SHEET_MISSING_PART: later(
            "A part of the file is missing: the sheet “{name}” cannot be read. Open it in Excel and save it again."
        ),
        Code.NO_SHEET: later("The sheet “{name}” is missing."),
        Code.SHEET_TWICE: later("This sheet and “{other}” mean the same. Delete one of them."),
        Code.NO_COLUMN: later("The column “{name}” is missing."),
        Code.COLUMN_TWICE: later("The column “{name}” is there twice. Delete one of them."),
        Code.TOO_MANY_ROWS: later("There are more than {limit} rows. Leave out what residents need not see."),
        Code.MERGED_HEADING: later(
            "“{value}” is merged over several columns ({range}). Give each of these columns a heading of its own."
        ),
        Code.MERGED_NUMBER: later(
            "“{value}” is merged over several rows ({range}). Take the merged cell apart and write to each row what is "
            "its own."
        ),
        Code.NEARLY_KNOWN: later("“{value}” is nearly “{name}”. Write it so, or choose quite another name."),
        Code.EMPTY: later("“{name}” is empty. Fill it in."),
        Code.NOT_NUMBER: later("“{value}” is not a number. Write it in figures alone."),
        Code.AMBIGUOUS_NUMBER: later("“{value}” can be read in two ways. Write {first} or {second}."),
        Code.NOT_WHOLE: later("“{value}” is not a whole number."),
        Code.OUT_OF_RANGE: later("“{value}” is not between {least} and {most}."),
        Code.TOO_FINE: later("“{value}” is finer than one tyiyn. Round it to {example}."),
        Code.WORDS_DIFFER: later("The figures and the words in brackets differ: “{value}”. Write what is right."),
        Code.UNIT_DIFFERS: later(
            "“{value}” names som, and this workbook counts in thousand som. Write {som} if som are meant, "
            "{thousand} if thousand som are."
        ),
        Code.NOT_DATE: later("“{value}” is not a date. Write day, month and year with points between them."),
        Code.NEARLY_A_DATE: later("“{value}” is not quite a date. Did you mean {meant}? Then write it so."),
        Code.NOT_TIME: later("“{value}” is not a time. Write hours and minutes with a colon between them."),
        Code.NOT_MOMENT: later(
            "“{value}” is not a date with a time. Write day, month and year with points, then the time with a colon."
        ),
        Code.CODE_BECAME_DATE: later(
            "This code has become the date “{value}”. Format the column as text and write the code again."
        ),
        Code.CODE_BECAME_NUMBER: later(
            "This code has become the number “{value}”, and 22.1 and 22.10 look alike then. Format the column as text "
            "and write the code again."
        ),
        Code.CODE_LOST_DIGITS: later(
            "The last digits of this code are lost: “{value}”. Format the column as text and write the code again."
        ),
        Code.NOT_CHOICE: later("“{value}” is not known here. Choose one of: {choices}."),
        Code.NOT_LINK: later("“{value}” is not a link. It begins with https://"),
        Code.TOO_LONG: later("The text has {length} characters, at most {limit} fit the screen of a phone."),
        Code.ERROR_VALUE: later("The formula gives “{value}”. Correct it or write the value itself."),
        Code.NO_STORED_VALUE: later(
            "The formula has no stored value. Open the file in Excel or LibreOffice, save it and send it again."
        ),
        Code.FORMATS_UNKNOWN: later(
            "In files of this format we cannot see what is hidden, nor how numbers are shown (45 % or 0.45). Look at "
            "what was read, or save the file as “Excel workbook (.xlsx)”."
        ),
        Code.HIDDEN_SHEET: later("This sheet is hidden and is read all the same."),
        Code.HIDDEN_ROWS: later("Hidden rows are read too. Such rows on this sheet: {count}."),
        Code.HIDDEN_COLUMNS: later("Hidden columns are read too. Such columns on this sheet: {count}."),
        Code.MERGED_FILLED: later("“{value}” is merged over {range} and counts for each of these cells."),
        Code.MERGED_ACROSS: later("“{value}” is merged over {range} and counts for the first column alone."),
        Code.MERGED_TITLE: later("“{value}” is merged over {range}: it is taken as a title and is not loaded."),
        Code.NO_HEADING: later("Column {column} has values but no heading, and is ignored."),
        Code.COLUMN_IGNORED: later("The column “{value}” is not known and is ignored."),
        Code.CELL_IGNORED: later("“{value}” is not needed here and is ignored."),
    }
)
"""A sentence for each ``Code``."""

_UNSEEN_CHARACTERS: Final = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)),
    " ",
)
"""Control characters, zero width, changes of direction: a quotation shows a space for each."""
_LONGEST_QUOTATION: Final = 60


def quoted(value: object) -> str:
    """A value of the file on one line, without unseen characters, at most 60 characters long."""
    plain = " ".join(str(value).translate(_UNSEEN_CHARACTERS).replace("\ufeff", " ").split())
    return plain if len(plain) <= _LONGEST_QUOTATION else plain[: _LONGEST_QUOTATION - 1] + "…"


def sentence(
    fault: Fault, t: Translator, *, labels: LabelTables, sentences: Mapping[StrEnum, str] = SPREADSHEET_SENTENCES
) -> str:
    """Where and what, e.g. ``Budget!E7: “12 мин” is not a number. Write 12000.`` Plain text, to be escaped.

    ``sentences`` has one for each code that may come, ``labels`` the tables that ``Label`` and ``Choices`` name; raises
    ``KeyError`` for another code or table.
    """
    filled = {name: _in_words(value, t, labels) for name, value in fault.values.items()}
    said = t(sentences[fault.code], **filled)
    return f"{where}: {said}" if (where := _where(fault, t)) else said


def _where(fault: Fault, t: Translator) -> str:
    if fault.csv_line:
        row = t("Line {n}", n=fault.csv_line)
        return f"{row}, {fault.cell}" if fault.cell else row
    return f"{quoted(fault.sheet)}!{fault.cell}" if fault.cell else quoted(fault.sheet)


def _in_words(value: object, t: Translator, labels: LabelTables) -> str:
    match value:
        case Amount(tyiyn, unit):
            return t.money(tyiyn, unit)
        case Choices(table):
            return t.list(labels[table](t).values())
        case Label(table, key):
            return labels[table](t)[key]
    return quoted(value)
