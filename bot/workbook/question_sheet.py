"""The sheet Questions: the subject of each question, its kind and its options."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.languages import Text
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS
from bot.workbook.faults import HearingCode
from bot.workbook.programme_sheets import NumbersInUse
from bot.workbook.sheets import (
    LONGEST_OPTION,
    MOST_COINS,
    MOST_OPTIONS,
    MOST_OPTIONS_RANKED,
    NO_OPTION,
    QUESTIONS_SHEET,
)
from bot.workbook.words import AGENDA_ITEM_SUBJECT, LINE_SUBJECT, SERVICE_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.spreadsheets.tables import SheetRow, SheetTable
    from bot.spreadsheets.vocabulary import Vocabulary

_NUMBERED_SUBJECTS: Final = {
    SERVICE_SUBJECT: AboutKind.SERVICE,
    LINE_SUBJECT: AboutKind.LINE,
    AGENDA_ITEM_SUBJECT: AboutKind.AGENDA,
}
_NUMBER_MARK: Final = re.compile(r"[№#]\s*(\d{1,4})")


@dataclass(frozen=True)
class Subjects:
    """What a question of this workbook may be about, by number; budget lines also by code."""

    services: frozenset[int]
    agenda_items: frozenset[int]
    lines_by_code: Mapping[str, list[int]]
    line_count: int

    def find(self, written: str, vocabulary: Vocabulary) -> About:
        """``strategy``, ``service 2``, ``budget line 7061``, ``budget line #4``, or a bare code; raises BadCell."""
        if (key := vocabulary.find("about", written)) is not None and key not in _NUMBERED_SUBJECTS:
            return self._unnumbered(AboutKind(key), written)
        parts = written.split()
        for count in range(len(parts) - 1, 0, -1):
            key = vocabulary.find("about", " ".join(parts[:count]))
            if key in _NUMBERED_SUBJECTS:
                return self._numbered(_NUMBERED_SUBJECTS[key], " ".join(parts[count:]), written)
        if written in self.lines_by_code:
            return self._numbered(AboutKind.LINE, written, written)
        raise self._unknown(written)

    def _unnumbered(self, kind: AboutKind, written: str) -> About:
        missing = {AboutKind.STRATEGY: not self.services, AboutKind.BUDGET: not self.line_count}
        if missing.get(kind):
            raise self._unknown(written)
        return About(kind)

    def _numbered(self, kind: AboutKind, name: str, written: str) -> About:
        marked = _NUMBER_MARK.fullmatch(name)
        if kind is AboutKind.LINE:
            return self._line(name, int(marked[1]) if marked else 0, written)
        known = self.services if kind is AboutKind.SERVICE else self.agenda_items
        digits = marked[1] if marked else name.rstrip(".")
        if not digits.isdecimal() or len(digits) > 3 or int(digits) not in known:
            raise self._unknown(written)
        return About(kind, int(digits))

    def _line(self, code: str, number: int, written: str) -> About:
        numbers = [number] if 1 <= number <= self.line_count else self.lines_by_code.get(code, [])
        if len(numbers) > 1:
            examples = ", ".join(f"{LINE_SUBJECT} #{number}" for number in numbers[:3])
            raise BadCell(HearingCode.SEVERAL_LINES, value=code, examples=examples)
        if not numbers:
            raise self._unknown(written)
        return About(AboutKind.LINE, numbers[0])

    def _unknown(self, written: str) -> BadCell:
        known = ["hearing"]
        known += ["strategy", f"{SERVICE_SUBJECT} {min(self.services)}"] if self.services else []
        known += ["budget"] if self.line_count else []
        known += [f"{LINE_SUBJECT} {code}" for code in self.lines_by_code if code][:1]
        return BadCell(HearingCode.NO_SUCH_SUBJECT, value=written, examples=", ".join(known))


def read_questions(table: SheetTable, subjects: Subjects, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """The questions in the order of their numbers."""
    numbers = NumbersInUse()
    questions = [_question(row, numbers, subjects, vocabulary) for row in table.rows]
    return tuple(sorted((one for one in questions if one is not None), key=lambda question: question.no))


def _question(row: SheetRow, numbers: NumbersInUse, subjects: Subjects, vocabulary: Vocabulary) -> Question | None:
    column = QUESTIONS_SHEET.column
    no = numbers.take(row)
    about = row.required(column("about"), lambda value: subjects.find(cells.plain_text(value), vocabulary))
    written = row.choice(column("kind"), vocabulary)
    if written is None and ("kind", "") not in row.values:
        row.error(Code.EMPTY, "kind", name=Label(COLUMN_WORDS, "kind"))
    kind = QuestionKind(written or QuestionKind.STANCE)
    text = row.text(column("text"))
    options = _options(row)
    limit = row.parsed("limit", lambda value: cells.whole(value, least=0, most=MOST_COINS)) or 0
    if written is None or about is None:
        return None
    if kind is not QuestionKind.STANCE and not text and not any(key == "text" for key, _ in row.values):
        row.error(Code.EMPTY, "text", name=Label(COLUMN_WORDS, "text"))
    return Question(
        no, about, kind, text, _checked_options(row, kind, options), _checked_limit(row, kind, options, limit)
    )


def _checked_options(row: SheetRow, kind: QuestionKind, options: tuple[Text, ...]) -> tuple[Text, ...]:
    """The options of a question of that kind; a stance has none. What does not fit is noted."""
    if kind is QuestionKind.STANCE:
        if options:
            row.warn(Code.CELL_IGNORED, "options", value=str(options[0]))
        return ()
    if len(options) < 2:
        row.error(HearingCode.FEW_OPTIONS, "options")
    most = MOST_OPTIONS_RANKED if kind is QuestionKind.RANK else MOST_OPTIONS
    if len(options) > most:
        row.error(HearingCode.MANY_OPTIONS, "options", count=len(options), limit=most)
    for at, option in enumerate(options):
        if option in options[:at]:
            row.error(HearingCode.OPTION_TWICE, "options", value=str(option))
    return options


def _checked_limit(row: SheetRow, kind: QuestionKind, options: tuple[Text, ...], limit: int) -> int:
    """The limit of a question of that kind; only ``several`` and ``coins`` have one. What does not fit is noted."""
    if kind is QuestionKind.SEVERAL and limit > len(options):
        row.error(HearingCode.LIMIT_TOO_HIGH, "limit", value=limit, count=len(options))
    if kind in (QuestionKind.SEVERAL, QuestionKind.COINS):
        return limit
    if limit:
        row.warn(Code.CELL_IGNORED, "limit", value=limit)
    return 0


def _options(row: SheetRow) -> tuple[Text, ...]:
    """One option per row of the cell; options of several languages belong together by their order.

    ``-`` stands for an option that a language does not have.
    """
    columns = [(heading, _options_of(value, row, heading)) for heading, value in row.translations("options")]
    options: list[dict[str, str]] = []
    for heading, written in columns:
        first_heading, first = columns[0]
        if len(written) != len(first):
            cell = row.cell_name("options", first_heading)
            row.error(HearingCode.UNEVEN_OPTIONS, ("options", heading), count=len(written), other=len(first), cell=cell)
        language = language_of("\n".join(written), heading)
        for at, option in enumerate(written):
            if at == len(options):
                options.append({})
            if option != NO_OPTION:
                options[at].setdefault(language, option)
    return tuple(Text(option) for option in options)


def _options_of(value: object, row: SheetRow, heading: str) -> list[str]:
    """The options in the cell of one language; those that are too long are noted."""
    options = [option.strip() for option in cells.plain_text(value).split("\n") if option.strip()]
    for option in options:
        if len(option) > LONGEST_OPTION:
            row.error(Code.TOO_LONG, ("options", heading), length=len(option), limit=LONGEST_OPTION)
    return options
