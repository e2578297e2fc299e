"""The sheet Questions: what each is about, how it is answered, and between what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.languages import Text
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.spreadsheets import cells
from bot.spreadsheets.alphabet import language_of
from bot.spreadsheets.cells import BadCell
from bot.spreadsheets.faults import Code, ContractWord
from bot.workbook.programme_sheets import NumbersInUse
from bot.workbook.sheets import LIMIT, NO_OPTION, OPTION, OPTIONS, QUESTIONS
from bot.workbook.words import ITEM, LINE, SERVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.spreadsheets.tables import SheetRow, SheetTable
    from bot.workbook.vocabulary import Vocabulary

_KINDS: Final = {SERVICE: AboutKind.SERVICE, LINE: AboutKind.LINE, ITEM: AboutKind.AGENDA}
_NUMBER: Final = re.compile(r"[№#]\s*(\d{1,3})")


@dataclass(frozen=True)
class Subjects:
    """What a question of this workbook may be about."""

    services: frozenset[int]
    items: frozenset[int]
    codes: Mapping[str, list[int]]
    lines: int

    def find(self, written: str, vocabulary: Vocabulary) -> About:
        """``strategy``, ``service 2``, ``budget line 7061``, ``budget line #4``, or a bare code; raises BadCell."""
        if (key := vocabulary.find("about", written)) is not None and key not in _KINDS:
            return self._whole(AboutKind(key), written)
        parts = written.split()
        for count in range(len(parts) - 1, 0, -1):
            key = vocabulary.find("about", " ".join(parts[:count]))
            if key in _KINDS:
                return self._part(_KINDS[key], " ".join(parts[count:]), written)
        if written in self.codes:
            return self._part(AboutKind.LINE, written, written)
        raise self._unknown(written)

    def _whole(self, kind: AboutKind, written: str) -> About:
        missing = (kind is AboutKind.STRATEGY and not self.services) or (kind is AboutKind.BUDGET and not self.lines)
        if missing:
            raise self._unknown(written)
        return About(kind)

    def _part(self, kind: AboutKind, name: str, written: str) -> About:
        numbered = _NUMBER.fullmatch(name)
        if kind is AboutKind.LINE:
            return self._line(name, int(numbered[1]) if numbered else 0, written)
        known = self.services if kind is AboutKind.SERVICE else self.items
        digits = numbered[1] if numbered else name.rstrip(".")
        if not digits.isdecimal() or len(digits) > 3 or int(digits) not in known:
            raise self._unknown(written)
        return About(kind, int(digits))

    def _line(self, code: str, number: int, written: str) -> About:
        numbers = [number] if 1 <= number <= self.lines else self.codes.get(code, [])
        if len(numbers) > 1:
            examples = ", ".join(f"{LINE} #{number}" for number in numbers[:3])
            raise BadCell(Code.SEVERAL_LINES, value=code, examples=examples)
        if not numbers:
            raise self._unknown(written)
        return About(AboutKind.LINE, numbers[0])

    def _unknown(self, written: str) -> BadCell:
        known = ["hearing"]
        known += ["strategy", f"{SERVICE} {min(self.services)}"] if self.services else []
        known += ["budget"] if self.lines else []
        known += [f"{LINE} {code}" for code in self.codes if code][:1]
        return BadCell(Code.NO_SUCH_SUBJECT, value=written, examples=", ".join(known))


def read_questions(table: SheetTable, subjects: Subjects, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """The questions in the order of their numbers."""
    numbers = NumbersInUse()
    questions = [_question(row, numbers, subjects, vocabulary) for row in table.rows]
    return tuple(sorted((one for one in questions if one is not None), key=lambda question: question.no))


def _question(row: SheetRow, numbers: NumbersInUse, subjects: Subjects, vocabulary: Vocabulary) -> Question | None:
    no = numbers.take(row)
    about = row.needed(QUESTIONS.column("about"), lambda value: subjects.find(cells.words(value), vocabulary))
    written = row.choice(QUESTIONS.column("kind"), vocabulary)
    if written is None and ("kind", "") not in row.cells:
        row.error(Code.EMPTY, "kind", name=ContractWord("column", "kind"))
    kind = QuestionKind(written or QuestionKind.STANCE)
    text = row.text(QUESTIONS.column("text"))
    options = _options(row)
    limit = row.parsed("limit", lambda value: cells.whole(value, least=0, most=LIMIT, example=2)) or 0
    if written is None or about is None:
        return None
    if kind is not QuestionKind.STANCE and not text and not any(key == "text" for key, _ in row.cells):
        row.error(Code.EMPTY, "text", name=ContractWord("column", "text"))
    return Question(no, about, kind, text, _suited(row, kind, options), _bounded(row, kind, options, limit))


def _suited(row: SheetRow, kind: QuestionKind, options: tuple[Text, ...]) -> tuple[Text, ...]:
    """The options a question of the kind has; of a stance none."""
    if kind is QuestionKind.STANCE:
        if options:
            row.warn(Code.CELL_IGNORED, "options", value=str(options[0]))
        return ()
    if len(options) < 2:
        row.error(Code.FEW_OPTIONS, "options")
    if len(options) > OPTIONS:
        row.error(Code.MANY_OPTIONS, "options", count=len(options), limit=OPTIONS)
    for at, option in enumerate(options):
        if option in options[:at]:
            row.error(Code.OPTION_TWICE, "options", value=str(option))
    return options


def _bounded(row: SheetRow, kind: QuestionKind, options: tuple[Text, ...], limit: int) -> int:
    if kind is QuestionKind.SEVERAL and limit > len(options):
        row.error(Code.LIMIT_TOO_HIGH, "limit", value=limit, count=len(options))
    if kind in (QuestionKind.SEVERAL, QuestionKind.COINS):
        return limit
    if limit:
        row.warn(Code.CELL_IGNORED, "limit", value=limit)
    return 0


def _options(row: SheetRow) -> tuple[Text, ...]:
    """One option per line; the languages' lines belong together by their order, ``-`` where one has none."""
    columns = [(heading, _lines(value, row, heading)) for heading, value in row.languages("options")]
    options: list[dict[str, str]] = []
    for heading, lines in columns:
        if len(lines) != len(columns[0][1]):
            first = row.cell("options", columns[0][0])
            row.error(Code.UNEVEN_OPTIONS, ("options", heading), count=len(lines), other=len(columns[0][1]), cell=first)
        language = language_of("\n".join(lines), heading)
        for at, line in enumerate(lines):
            if at == len(options):
                options.append({})
            if line != NO_OPTION:
                options[at].setdefault(language, line)
    return tuple(Text(option) for option in options)


def _lines(value: object, row: SheetRow, heading: str) -> list[str]:
    lines = [line.strip() for line in cells.words(value).split("\n") if line.strip()]
    for line in lines:
        if len(line) > OPTION:
            row.error(Code.TOO_LONG, ("options", heading), length=len(line), limit=OPTION)
    return lines
