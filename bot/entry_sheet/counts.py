"""The counts of an entry sheet: the votes of one ballot box on one question in each row; and people present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Channel
from bot.domain.counted_votes import MOST_BOXES, MOST_COUNTED, WEIGHED_KINDS, BallotBox, CountProblem, from_numbers
from bot.domain.entries import MOST_VOICES
from bot.domain.entry_sheet import SheetCount, SheetPresence, box_row, question_mark
from bot.domain.errors import BadCount
from bot.domain.questions import QuestionKind
from bot.entry_sheet.cells import count, is_filled, listed, seen
from bot.entry_sheet.columns import ATTENDANCE_SHEET, option_key, points_key
from bot.entry_sheet.faults import CODES_OF_PROBLEMS, SheetCode
from bot.spreadsheets.faults import Code, Label
from bot.spreadsheets.vocabulary import COLUMN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.domain.hearings import Dossier
    from bot.domain.questions import Question
    from bot.spreadsheets.shape import SheetShape
    from bot.spreadsheets.tables import SheetRow
    from bot.spreadsheets.vocabulary import Vocabulary


def read_counts(
    rows: Iterable[SheetRow],
    vocabulary: Vocabulary,
    dossier: Dossier,
    shape: SheetShape,
    marks: Mapping[int, str],
) -> Iterator[SheetCount]:
    """The counts that have no faults; ``marks`` are those of the questions that the sheet was written for."""
    options = sum(column.key.startswith("option ") for column in shape.columns)
    figures = ("papers", *(key(no) for no in range(1, options + 1) for key in (option_key, points_key)))
    cells_by_box: dict[tuple[BallotBox, int], str] = {}
    for row in rows:
        if not is_filled(row, *figures):
            continue
        before = len(row.faults.errors)
        box = _box(row, vocabulary, shape)
        question = _question(row, vocabulary, dossier, shape, marks)
        if question is None:
            continue
        numbers = _numbers(row, question, options)
        stood = seen(row, "question", box_row(box, question.no))
        cell = cells_by_box.setdefault((box, question.no), row.cell_name("question"))
        if cell != row.cell_name("question"):
            row.error(SheetCode.BOX_TWICE, "question", cell=cell)
        if len(row.faults.errors) == before:
            _check(row, question, numbers)
        if len(row.faults.errors) == before:
            yield SheetCount(box, question.no, numbers, stood)


def _box(row: SheetRow, vocabulary: Vocabulary, shape: SheetShape) -> BallotBox:
    channel, village = (listed(row, shape.column(key), vocabulary) for key in ("channel", "village"))
    number = count(row, "box", least=1, most=MOST_BOXES)
    return BallotBox(Channel(channel) if channel else Channel.PAPER, int(village or 0), number or 1)


def _question(
    row: SheetRow, vocabulary: Vocabulary, dossier: Dossier, shape: SheetShape, marks: Mapping[int, str]
) -> Question | None:
    if not is_filled(row, "question"):
        row.error(Code.EMPTY, "question", name=Label(COLUMN_WORDS, "question"))
        return None
    chosen = listed(row, shape.column("question"), vocabulary)
    if chosen is None:
        return None
    question = dossier.question(int(chosen))
    if marks.get(question.no) != question_mark(question):
        row.error(SheetCode.QUESTION_CHANGED, "question", number=question.no)
    return question


def _numbers(row: SheetRow, question: Question, options: int) -> tuple[int, ...]:
    """The numbers as ``from_numbers`` takes them; empty cells are none."""
    weighed = question.kind in WEIGHED_KINDS
    found: list[int] = []
    for no in range(1, options + 1):
        people, points = (count(row, key(no)) for key in (option_key, points_key))
        if no not in question.option_numbers:
            for key in (option_key(no), points_key(no)):
                if is_filled(row, key):
                    row.error(SheetCode.OPTION_UNKNOWN, key, count=len(question.option_numbers))
            continue
        found.append(people or 0)
        if weighed:
            found.append(points or 0)
        elif is_filled(row, points_key(no)):
            row.error(SheetCode.NO_POINTS, points_key(no))
    papers = count(row, "papers")
    if weighed or question.kind is QuestionKind.SEVERAL:
        return (papers or 0, *found)
    if papers is not None and papers != sum(found):
        row.error(SheetCode.SUM_DIFFERS, "papers", sum=sum(found), papers=papers)
    return tuple(found)


def _check(row: SheetRow, question: Question, numbers: tuple[int, ...]) -> None:
    """Note what cannot be."""
    try:
        from_numbers(question, numbers)
    except BadCount as bad:
        problem = CountProblem(bad.problem)
        weighed, several = question.kind in WEIGHED_KINDS, question.kind is QuestionKind.SEVERAL
        chosen = numbers[1::2] if weighed else numbers[1:] if several else numbers
        limit = question.limit if several and question.limit else len(question.option_numbers)
        facts = {"papers": numbers[0], "sum": sum(chosen), "limit": limit, "most": MOST_COUNTED}
        row.error(CODES_OF_PROBLEMS[problem], "papers", **facts, count=len(question.option_numbers))


def read_attendance(rows: Iterable[SheetRow], vocabulary: Vocabulary) -> Iterator[SheetPresence]:
    """The people present that have no faults."""
    cells_by_sitting: dict[int, str] = {}
    for row in rows:
        if not is_filled(row, "people", "women", "men"):
            continue
        before = len(row.faults.errors)
        present = _presence(row, vocabulary)
        cell = cells_by_sitting.setdefault(present.sitting, row.cell_name("sitting"))
        if present.sitting and cell != row.cell_name("sitting"):
            row.error(SheetCode.SITTING_TWICE, "sitting", cell=cell)
        if len(row.faults.errors) == before and present.numbers[0]:
            yield present


def _presence(row: SheetRow, vocabulary: Vocabulary) -> SheetPresence:
    if not is_filled(row, "sitting"):
        row.error(Code.EMPTY, "sitting", name=Label(COLUMN_WORDS, "sitting"))
    sitting = int(listed(row, ATTENDANCE_SHEET.column("sitting"), vocabulary) or 0)
    women, men = (count(row, key, most=MOST_VOICES) or 0 for key in ("women", "men"))
    people = count(row, "people", most=MOST_VOICES)
    whole = women + men if people is None else people
    if women + men > whole:
        row.error(SheetCode.PEOPLE_DIFFER, "people", women=women, men=men, people=whole)
    return SheetPresence(sitting, (whole, women, men), seen(row, "sitting", str(sitting)))
