"""The first sheet: what was heard, where and when, the numbers in short, and charts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.questions import STANCES, QuestionKind
from bot.domain.values import dataclass
from bot.i18n import answers, names
from bot.reports import overview
from bot.reports.formulas import same_as
from bot.reports.inert import plain
from bot.reports.record_book import charts
from bot.reports.record_book.charts import BLUE, GREEN, GREY, PALE, RED, Bars, Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter import Workbook

    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.overview import Counted, Section
    from bot.reports.record import Record
    from bot.reports.record_book.budget import GroupSums
    from bot.reports.record_book.people import GroupRows
    from bot.reports.record_book.questions import AskedRows
    from bot.reports.record_book.votes import TableRows
    from bot.reports.sheets import SheetWriter

WIDTHS: Final = (36, 11, 11, 11, 11, 11)
LETTERS_OF_A_NAME: Final = 60
"""Of a question beside a bar."""
_PRINTED_PERCENT: Final = 79
_STANCE_COLOURS: Final = dict(zip(STANCES, (GREEN, RED, GREY), strict=True))
_WEIGHED: Final = (QuestionKind.RANK, QuestionKind.COINS)


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the other sheets have what the charts show."""

    answers_sheet: str
    answers: Mapping[int, TableRows]
    asked: AskedRows
    groups_sheet: str
    villages: GroupRows | None
    budget_sheet: str
    budget: Sequence[GroupSums]


def write(
    book: Workbook,
    sheet: SheetWriter,
    record: Record,
    t: Translator,
    *,
    counted: Counted,
    guide: Section,
    tables: Tables,
) -> None:
    """Write the sheet."""
    looks = sheet.formats
    sheet.sheet.hide_gridlines(2)
    sheet.sheet.set_portrait()
    sheet.sheet.set_print_scale(_PRINTED_PERCENT)
    sheet.columns({})
    sheet.across(plain(overview.title(record, t)), looks.title, points=16, columns=len(WIDTHS))
    sheet.append((t("Record of the public hearing"),))
    sheet.append(())
    for warning in overview.warnings(record, t):
        sheet.across(plain(warning), looks.warning, columns=len(WIDTHS))
    for section in (*overview.sections(record, t, counted), guide):
        _section(sheet, section)
    page = sheet.next
    stances = tuple(_stances(sheet, record, t, tables))
    sheet.append(())
    charts.insert(book, sheet, (*stances, *_drawn(record, t, tables)), page=page)


def _title(sheet: SheetWriter, *cells: str) -> None:
    sheet.append(())
    look = sheet.formats.section
    sheet.append((*cells, *[" "] * (len(WIDTHS) - len(cells))), dict.fromkeys(range(len(WIDTHS)), look), height=20)


def _section(sheet: SheetWriter, section: Section) -> None:
    _title(sheet, section.title)
    looks = sheet.formats
    for name, value in section.facts:
        sheet.fact(name, plain(value) if isinstance(value, str) else value, (looks.label, looks.whole))


def _stances(sheet: SheetWriter, record: Record, t: Translator, tables: Tables) -> Iterator[Bars]:
    """Write what people support, a row for each question; the chart of it."""
    asked = [each for each in record.hearing.dossier.questions if each.kind is QuestionKind.STANCE]
    if not asked:
        return
    _title(sheet, t("In favour and opposed"))
    looks = sheet.formats
    stances = tuple(t(names.STANCE_NAMES[stance]) for stance in STANCES)
    heading = sheet.next
    row = (t("Question"), *stances, t("All who answered"))
    sheet.append(row, dict.fromkeys(range(len(row)), looks.small_heading), height=40)
    first = sheet.next
    for question in asked:
        where = tables.answers[question.no]
        counts = [_together(record, question, option) for option in (None, *STANCES)]
        everybody, *chosen = (
            same_as(where.first + place, where.together, value, tables.answers_sheet)
            for place, value in enumerate(counts)
        )
        numbers = dict.fromkeys(range(1, len(row)), looks.number)
        sheet.append((_short(record, t, question), *chosen, everybody), numbers)
    name, last = sheet.sheet.get_name(), sheet.next - 1
    yield Bars(
        t("In favour and opposed"),
        (name, first, 0, last, 0),
        tuple(
            Series((name, first, place, last, place), _STANCE_COLOURS[stance], (name, heading, place))
            for place, stance in enumerate(STANCES, 1)
        ),
        stacked=True,
    )


def _together(record: Record, question: Question, option: int | None) -> int:
    tallies = [tally for (no, _), tally in record.tallies.items() if no == question.no]
    return sum(tally.voters if option is None else tally.count(option).voters for tally in tallies)


def _short(record: Record, t: Translator, question: Question) -> str:
    words = " ".join(plain(answers.recorded_question(t, record.hearing.dossier, question)).split())
    return f"{question.no}. {words if len(words) <= LETTERS_OF_A_NAME else words[: LETTERS_OF_A_NAME - 1] + '…'}"


def _drawn(record: Record, t: Translator, tables: Tables) -> Iterator[Bars]:
    """Every chart of what stands on other sheets, where there is something to show."""
    for question in record.hearing.dossier.questions:
        if question.kind is not QuestionKind.STANCE and _together(record, question, None):
            yield _options(question, tables)
    yield from _channels(record, t, tables)
    if tables.villages and tables.villages.told:
        sheet, rows = tables.groups_sheet, tables.villages
        bars = Series((sheet, rows.first, 2, rows.last, 2), BLUE)
        title = t("People who took part, by village: a group that is not shown has no bar")
        yield Bars(title, (sheet, rows.first, 1, rows.last, 1), (bars,))
    yield from (_budget(t, record, tables.budget_sheet, sums) for sums in tables.budget)


def _options(question: Question, tables: Tables) -> Bars:
    sheet, where = tables.answers_sheet, tables.answers[question.no]
    column = where.points if question.kind in _WEIGHED else where.together
    first, last = where.first + 1, where.first + where.answers
    return Bars(
        (sheet, where.first, 1), (sheet, first, 2, last, 2), (Series((sheet, first, column, last, column), BLUE),)
    )


def _channels(record: Record, t: Translator, tables: Tables) -> Iterator[Bars]:
    asked = tables.asked
    if not record.tallies or asked.last < asked.first:
        return
    first, last = asked.first_column, asked.first_column + len(asked.channels) - 1
    sums = Series((asked.sheet, asked.last + 1, first, asked.last + 1, last), BLUE)
    yield Bars(t("Answers to questions, by channel"), (asked.sheet, 0, first, 0, last), (sums,))


def _budget(t: Translator, record: Record, sheet: str, sums: GroupSums) -> Bars:
    def bars(column: int, colour: str) -> Series:
        return Series((sheet, sums.first, column, sums.last, column), colour, (sheet, 0, column))

    title = t("{side}, {unit}", side=t(names.SIDE_NAMES[sums.side]), unit=t.unit(record.hearing.dossier.unit))
    series = (bars(sums.last_year_column, PALE), bars(sums.amount_column, BLUE))
    return Bars(title, (sheet, sums.first, sums.name_column, sums.last, sums.name_column), series)
