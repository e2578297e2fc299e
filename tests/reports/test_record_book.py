"""The sheets of the record: every sum is a formula whose stored value is right, and what is printed can be read."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.domain.comments import Channel
from bot.domain.entries import Presence
from bot.domain.journal import Act, JournalEntry
from bot.domain.languages import LANGUAGES
from bot.domain.programme import Side
from bot.domain.questions import About, AboutKind
from bot.i18n import Catalogues, names
from bot.reports.record import FormerQuestion
from bot.reports.record_book import comments as comment_sheet
from bot.reports.sheets import ROW_HEIGHT, Formats, SheetWriter
from bot.reports.xlsx import RecordWorkbook
from tests.reports.formulas import Evaluator
from tests.reports.samples import BESIDE, BUDGET, COMMENTS, DOSSIER, KEPT, NOW, TALLIES, comment, record
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook

SAID = (*COMMENTS, comment(9, "=1+1", decision=KEPT), comment(10, "Published", withdrawn_at=NOW, channel=Channel.HALL))
SHEETS = (
    *("Overview", "Questions", "Answers by channel", "Votes", "Comments"),
    *("Participants", "Budget", "Opinion groups", "Beside the last hearing", "Attendance", "Journal"),
)


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


def whole(path: Path, catalogues: Catalogues, language: str) -> Path:
    """A record with two sittings, a former question and comments about a line of the budget."""
    asked = DOSSIER.questions[0]
    former = FormerQuestion(1, DOSSIER, asked, {key[1]: tally for key, tally in TALLIES.items() if key[0] == 1}, ())
    full = replace(
        record(comments=SAID),
        present=(Presence(1, 1, 85, 50, 30, NOW), Presence(1, 2, 12, 6, 6, NOW)),
        subjects={About(AboutKind.LINE, 7): 6, About(AboutKind.LINE, 8): 2},
        former=(former,),
        changed={1: 17, 3: None},
        journal=(
            JournalEntry(NOW, Act.PUBLISHED, "hearing:1"),
            JournalEntry(NOW, Act.CHANGED, "hearing:1", 9),
        ),
    )
    workbook = RecordWorkbook(full, BESIDE, catalogues[language], path)
    workbook.add(SAID)
    workbook.close()
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, catalogues: Catalogues) -> Mapping[str, Path]:
    """The record in every language."""
    folder = tmp_path_factory.mktemp("books")
    return {language: whole(folder / f"{language}.xlsx", catalogues, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def english(files: Mapping[str, Path]) -> tuple[Workbook, Workbook]:
    """The record in English: its formulas, and the values stored with them."""
    return load_workbook(files["en"]), load_workbook(files["en"], data_only=True)


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
def test_every_formula_computes_what_is_stored_with_it(files: Mapping[str, Path], language: str) -> None:
    book, values = load_workbook(files[language]), load_workbook(files[language], data_only=True)
    evaluator, seen = Evaluator(book), 0
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            stored = values[sheet.title][cell.coordinate].value
            assert evaluator.value(sheet.title, str(cell.value)) == pytest.approx(stored), (
                sheet.title,
                cell.coordinate,
            )
            seen += 1
    assert seen > 100


def test_every_sum_is_a_formula(english: tuple[Workbook, Workbook]) -> None:
    book, _ = english
    sums = {"All together", "All channels together"}
    for title, first in (("Questions", 5), ("Participants", 2), ("Budget", 3), ("Attendance", 2)):
        rows = [row for row in book[title].iter_rows(min_row=2) if sums & {str(cell.value) for cell in row[:3]}]
        assert rows
        filled = [cell for row in rows for cell in row[first:] if cell.value not in (None, " ")]
        assert {cell.data_type for cell in filled} == {"f"}, title
    together = [row for row in book["Votes"].iter_rows(min_row=2) if row[3].value == "All channels together"]
    assert {row[5].data_type for row in together} == {"f"}
    overview = {str(row[0].value): row[1] for row in book["Overview"].iter_rows(max_row=40)}
    stored = {"People who took part through the bot", "Appeals against hiding"}
    numbers = {name: cell for name, cell in overview.items() if cell.data_type in ("n", "f") and cell.value is not None}
    assert {name for name, cell in numbers.items() if cell.data_type == "n"} <= stored
    assert len(numbers) > 15


def test_the_numbers_are_those_of_the_record(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    said = {row[0].value: row[1].value for row in values["Overview"].iter_rows()}
    assert said["Answers to questions: Telegram"] == 143
    assert said["Answers to questions: In the hall"] == 85
    assert said["Answers to questions: All channels together"] == 228
    assert said["Comments, proposals and questions"] == 8
    assert said["Hidden from other residents"] == said["Waiting to be published"] == 1
    assert said["Without a decision"] == 7
    assert said["Withdrawn by their authors (not counted above)"] == 2
    rows = {row[2]: row[3:] for row in values["Budget"].iter_rows(min_row=2, values_only=True)}
    assert list(rows["Ички жолдорду оңдоо (Kyrgyz)"]) == [1400, 2900, pytest.approx(2900 / 1400 - 1), None, 6]
    sides = [row for row in values["Budget"].iter_rows(min_row=2, values_only=True) if row[2] == "All together"]
    assert [row[4] for row in sides] == [BUDGET.total(side) / 100_000 for side in Side]
    assert [row[7] for row in sides] == [0, 8]
    *_, present = values["Attendance"].iter_rows(values_only=True)
    assert present[2:] == (97, 56, 36, 5)
    whole = next(row for row in values["Answers by channel"].iter_rows(min_row=2, values_only=True))
    assert whole[3:6] == (52, 85, 137)


def test_the_questions_stand_with_their_texts_and_the_answers_offered(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    rows = list(values["Questions"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 3, 4, None]
    assert rows[0][1] == "Do you support this plan?"
    assert [row[8] for row in rows] == [17, None, "not shown", None, None]  # of who has changed their mind
    assert rows[2][4] == "Жолдор (Kyrgyz)\nЖарык (Kyrgyz)\nТаза суу (Kyrgyz)"


def test_a_breakdown_with_a_group_that_is_not_shown_has_no_sum(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    rows = list(values["Participants"].iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows if row[1] == "All together"} == {"Gender", "Age group", "Where they live"}
    assert any(row[0] == "Village" and row[2] == "not shown" for row in rows)


def test_groups_of_opinion_stand_in_sentences_and_with_their_comments(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    rows = [row[:4] for row in values["Opinion groups"].iter_rows(values_only=True)]
    assert [row[0] for row in rows[:3]] == [
        "2 groups of people who support the same comments: 12, 7 people.",
        "They agree on № 2.",
        "They differ on № 1, № 4.",
    ]
    assert rows[6][:2] == ("Group 1", 12)
    assert rows[7][2:] == (1, COMMENTS[0].text)
    assert ("All groups", 19, None, " ") in rows


def test_the_hearing_stands_beside_the_one_before_it(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    rows = {row[0]: row[1:] for row in values["Beside the last hearing"].iter_rows(values_only=True)}
    assert rows["People who took part through the bot"] == ("<5", 58, None)
    assert rows["People present"] == (60, 85, 25)
    assert rows["Answered comments"] == (0.75, 0, -0.75)


def test_the_journal_names_staff_by_their_numbers(english: tuple[Workbook, Workbook]) -> None:
    _, values = english
    rows = [row[1:3] for row in values["Journal"].iter_rows(min_row=2, values_only=True)]
    assert rows == [("The program", "Hearing published"), ("Staff № 9", "Hearing corrected")]


def test_the_overview_has_native_charts_that_follow_the_cells(files: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(files["en"]) as parts:
        drawn = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(drawn) == 7  # in favour and opposed, two more questions, channels, villages, two sides of the budget
    assert all("<c:f>" in chart and "<c:numCache>" in chart for chart in drawn)
    shown = {sheet for sheet in SHEETS if any(f"'{sheet}'!" in chart or f">{sheet}!" in chart for chart in drawn)}
    assert shown == {"Overview", "Questions", "Answers by channel", "Participants", "Budget"}


def test_on_paper_comments_have_eight_columns_a_page_with_their_number(english: tuple[Workbook, Workbook]) -> None:
    book, _ = english
    sheet = book["Comments"]
    (edge,) = (each.id for each in sheet.col_breaks.brk)
    printed = len(comment_sheet.COLUMNS) - 1
    assert (edge, printed - edge + 1) == (8, 8)  # the number comes again on the second page
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$A", "$1:$1")
    assert str(sheet.print_area) == f"'Comments'!$A$1:$O${len(SAID) + 1}"
    scale = sheet.page_setup.scale or 0
    assert scale * 11 / 100 >= 8  # points of the letters
    for first, last in ((0, edge), (edge, printed)):
        widths = (
            comment_sheet.WIDTHS[first:last]
            if not first
            else (comment_sheet.WIDTHS[0], *comment_sheet.WIDTHS[first:last])
        )
        assert sum(widths) * 9.8 * scale / 100 < (297 - 21) / 25.4 * 96  # the widest letters there are


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_names_that_spreadsheets_take(files: Mapping[str, Path], language: str) -> None:
    book = load_workbook(files[language], read_only=True)
    assert len({name.casefold() for name in book.sheetnames}) == len(SHEETS) + 1
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_heading_is_wider_than_its_column(files: Mapping[str, Path], language: str) -> None:
    book = load_workbook(files[language])
    for sheet in (each for each in book if each.freeze_panes == "A2"):
        for column, cell in enumerate(sheet[1], start=1):
            longest = max(map(len, re.split(r"[\s-]", str(cell.value))))
            width = sheet.column_dimensions[get_column_letter(column)].width
            assert longest + 2 <= width, (sheet.title, cell.value)


def test_a_row_in_bold_letters_is_as_tall_as_they_need(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as book:
        formats = Formats(book)
        sheet = SheetWriter(book, formats, "Rows", footer="", widths=(24,))
        sheet.append(("1-суроого жооп бергендер",))
        sheet.append(("1-суроого жооп бергендер",), {0: formats.total_name})
    rows = load_workbook(tmp_path / "r.xlsx")["Rows"].row_dimensions
    assert (rows[1].height, rows[2].height) == (None, 2 * ROW_HEIGHT)


def test_a_title_that_begins_with_a_year_stands_whole_at_the_foot_of_a_page(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as book:
        SheetWriter(book, Formats(book), "Rows", footer="2027-жылдын бюджети", widths=(24,))
    foot = load_workbook(tmp_path / "f.xlsx")["Rows"].oddFooter
    assert foot is not None
    assert (foot.left.size, str(foot.left.text).strip()) == (8, "2027-жылдын бюджети")


def test_nothing_that_is_counted_begins_like_another_word(catalogues: Catalogues) -> None:
    """A count by the beginning of a status would count the other one too."""
    for language in LANGUAGES:
        t = catalogues[language]
        waiting, published = (t(names.VISIBILITY_NAMES[each]) for each in tuple(names.VISIBILITY_NAMES)[:2])
        hidden = [t(each) for each in names.HIDING_RULE_SENTENCES.values()]
        assert not any(one.startswith(waiting) or waiting.startswith(one) for one in (published, *hidden))


def test_a_title_too_long_for_the_foot_of_a_page_ends_in_an_ellipsis(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        SheetWriter(book, Formats(book), "Rows", footer="Бюджет, стратегия " * 9, widths=(24,))
    foot = load_workbook(tmp_path / "book.xlsx")["Rows"].oddFooter
    assert foot is not None
    assert str(foot.left.text).strip() == f"{'Бюджет, стратегия ' * 5}Бюджет, с…"
