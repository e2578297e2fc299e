"""The workbook, read back as a spreadsheet program would."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.domain.languages import LANGUAGES, Text
from bot.i18n import Catalogues, Translator
from bot.reports.comments import headings
from bot.reports.inert import plain
from bot.reports.record_book import comments as comment_sheet
from bot.reports.xlsx import RecordWorkbook
from bot.spreadsheets.stamps import STAMP_NAME
from tests.reports.samples import BESIDE, BUDGET, COMMENTS, HEARING, HOSTILE, comment, record

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook as Opened
    from openpyxl.worksheet.worksheet import Worksheet

    from bot.domain.comments import Comment

ENEMIES = tuple(comment(number, words) for number, words in enumerate(HOSTILE, start=100))


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.fixture
def t(catalogues: Catalogues) -> Translator:
    return catalogues["en"]


def written(path: Path, t: Translator, comments: tuple[Comment, ...] = COMMENTS) -> Opened:
    """The workbook, its comments added in two pages."""
    workbook = RecordWorkbook(record(comments=comments), BESIDE, t, path)
    workbook.add(comments[:3])
    workbook.add(comments[3:])
    workbook.close()
    return load_workbook(path, data_only=True)


def column(sheet: Worksheet, heading: str) -> list[object]:
    """The values under a heading."""
    names = [cell.value for cell in sheet[1]]
    at = names.index(heading)
    return [row[at].value for row in sheet.iter_rows(min_row=2)]


def test_there_is_an_overview_and_a_sheet_for_each_table(tmp_path: Path, t: Translator) -> None:
    book = written(tmp_path / "r.xlsx", t)
    tables = ["Questions", "Answers by channel", "Votes", "Comments", "Participants", "Budget"]
    assert book.sheetnames == [
        "Overview",
        *tables,
        "Opinion groups",
        "Beside the last hearing",
        "Attendance",
        "Journal",
        STAMP_NAME,
    ]
    assert (book[STAMP_NAME].sheet_state, book[STAMP_NAME]["A1"].value) == ("hidden", "record;1;1")
    said = {row[0].value: row[1].value for row in book["Overview"].iter_rows()}
    assert said["Municipality"] == "Bagysh ayil aimak"
    assert said["When"] == "Sunday, 6 December 2026, 14:00 (Bishkek time)"
    assert said["Comments, proposals and questions"] == 7
    assert said["Withdrawn by their authors (not counted above)"] == 1
    assert book.properties.title == "Draft service strategy and budget for 2027"


def test_every_comment_is_a_row_with_its_receipt_number_and_local_time(tmp_path: Path, t: Translator) -> None:
    sheet = written(tmp_path / "r.xlsx", t)["Comments"]
    assert column(sheet, "No") == [each.number for each in COMMENTS]
    assert str(column(sheet, "Received")[0]) == "2026-12-03 17:29:00"
    assert column(sheet, "Text")[1] == COMMENTS[1].text
    assert column(sheet, "About")[1] == "Budget line: Ички жолдорду оңдоо (Kyrgyz)"
    assert column(sheet, "Supported by")[0] == 14
    assert column(sheet, "Status")[2:6] == [
        "Waiting to be published",
        "Published",
        "Hidden: personal data",
        "Withdrawn by the author",
    ]
    assert column(sheet, "Text")[2:4] == ["[Voice message, 23 s]", f"[Photo] {COMMENTS[3].text}"]


def test_of_a_withdrawn_comment_only_the_number_is_left(tmp_path: Path, t: Translator) -> None:
    path = tmp_path / "r.xlsx"
    withdrawn = next(each for each in COMMENTS if each.withdrawn_at)
    row = next(row for row in written(path, t)["Comments"].iter_rows(values_only=True) if row[0] == withdrawn.number)
    assert [value for value in row if value is not None] == [withdrawn.number, "Withdrawn by the author"]
    with zipfile.ZipFile(path) as parts:
        assert not any(withdrawn.text in parts.read(name).decode(errors="replace") for name in parts.namelist())


def test_the_commission_finds_empty_columns_and_a_list_of_decisions(tmp_path: Path, t: Translator) -> None:
    sheet = written(tmp_path / "r.xlsx", t)["Comments"]
    for heading in ("Decision", "Reason", "Responsible", "Deadline"):
        assert set(column(sheet, heading)) == {None}
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == '"Accepted,Partly accepted,Rejected,Noted,Question answered"'
    assert str(offer.sqref) == f"J2:J{len(COMMENTS) + 1}"


def test_the_village_of_a_small_group_is_left_out(tmp_path: Path, t: Translator) -> None:
    authors = column(written(tmp_path / "r.xlsx", t)["Comments"], "Author")
    assert authors[0] == "Oktyabrskoye, woman, 29–44 years"
    assert authors[6] is None  # one of three men of Беш-Бала
    people = written(tmp_path / "r.xlsx", t)["Participants"]
    assert "not shown" in column(people, "Participants")


def test_hostile_comments_stay_texts(tmp_path: Path, t: Translator) -> None:
    path = tmp_path / "r.xlsx"
    sheet = written(path, t, ENEMIES)["Comments"]
    for row, words in zip(sheet.iter_rows(min_row=2), HOSTILE, strict=True):
        assert (row[4].data_type, row[4].hyperlink) == ("s", None)
        # openpyxl leaves the codes of the format as they are in the file
        assert re.sub("_x005F_", "_", str(row[4].value)) == plain(words)
        assert row[4].quotePrefix is (words[0] in "=+-@")
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not any("<hyperlink" in part for part in sheets)
    (comments,) = (part for part in sheets if "inlineStr" in part)
    assert "<f>" not in comments


def test_hostile_names_of_things_stay_texts_on_every_sheet(tmp_path: Path, t: Translator) -> None:
    for words in (HOSTILE[place : place + 4] for place in range(0, 12, 4)):
        named = [Text({"en": each}) for each in words]
        asked = [replace(each, text=text) for each, text in zip(HEARING.dossier.questions, named, strict=True)]
        asked[2] = replace(asked[2], options=tuple(named))
        lines = (replace(each, title=named[each.no % 4], group=words[each.no % 4]) for each in BUDGET.lines)
        budget = replace(BUDGET, lines=tuple(lines))
        dossier = replace(HEARING.dossier, title=named[0], questions=tuple(asked), budget=budget)
        workbook = RecordWorkbook(record(replace(HEARING, dossier=dossier)), BESIDE, t, tmp_path / "r.xlsx")
        workbook.close()
        book = load_workbook(tmp_path / "r.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "f"}
        assert not any(cell.hyperlink for cell in cells)
        formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
        assert not any(each.strip() in formula for each in words for formula in formulas)
        assert str(book["Overview"]["A1"].value).strip().replace("_x005F_", "_") == plain(words[0]).strip()
        said = [str(row[1].value).replace("_x005F_", "_").strip() for row in book["Questions"].iter_rows(2, 5)]
        assert said == [plain(each).strip() for each in words]


def test_a_text_of_the_greatest_length_is_whole(tmp_path: Path, t: Translator) -> None:
    longest = comment(1, "ң" * 4096), comment(2, "😀" * 4096), comment(3, "&<" * 2048)
    sheet = written(tmp_path / "r.xlsx", t, longest)["Comments"]
    assert column(sheet, "Text") == [each.text for each in longest]


def test_it_can_be_read_as_it_opens(tmp_path: Path, t: Translator) -> None:
    book = written(tmp_path / "r.xlsx", t)
    for name in ("Votes", "Comments", "Participants"):
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value is not None)
    for page in book.worksheets[:-1]:
        upright = page.title == "Overview"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("portrait" if upright else "landscape", 9)
        if page.title in ("Overview", "Comments"):  # they are broken into pages where they should be
            assert (page.page_setup.scale or 0) >= 75
            continue
        assert page.page_setup.fitToWidth in (None, 1)  # one is what the format means by nothing
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
    long_text = book["Comments"].row_dimensions[3].height
    assert long_text is not None
    assert long_text >= 15 * len(COMMENTS[1].text.split("\n"))


def test_numbers_are_numbers(tmp_path: Path, t: Translator) -> None:
    sheet = written(tmp_path / "r.xlsx", t)["Votes"]
    assert column(sheet, "People")[:4] == [52, 44, 3, 5]
    assert column(sheet, "Share")[1] == pytest.approx(44 / 52)
    assert sheet["G3"].number_format == "0.0%"


def test_the_same_record_makes_the_same_bytes(tmp_path: Path, t: Translator) -> None:
    written(tmp_path / "1.xlsx", t)
    written(tmp_path / "2.xlsx", t)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_hearing_without_comments_makes_a_good_workbook(tmp_path: Path, t: Translator) -> None:
    workbook = RecordWorkbook(record(), BESIDE, t, tmp_path / "r.xlsx")
    workbook.close()
    sheet = load_workbook(tmp_path / "r.xlsx")["Comments"]
    assert {cell.value for cell in sheet[1]} == set(headings(t))
    assert sheet.max_row == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_made_in_every_language(tmp_path: Path, catalogues: Catalogues, language: str) -> None:
    t = catalogues[language]
    book = written(tmp_path / "r.xlsx", t)
    assert [cell.value for cell in book[t("Comments")][1]] == [headings(t)[place] for place in comment_sheet.PLACES]
    (offer,) = book[t("Comments")].data_validations.dataValidation
    assert offer.formula1.count(",") == 4
    assert len(offer.formula1) <= 257


def test_an_abandoned_workbook_leaves_only_what_the_caller_throws_away(tmp_path: Path, t: Translator) -> None:
    workbook = RecordWorkbook(record(comments=COMMENTS), BESIDE, t, tmp_path / "r.xlsx")
    workbook.add(COMMENTS)
    workbook.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]


def test_widths_are_given_for_every_column(t: Translator) -> None:
    assert len(comment_sheet.WIDTHS) == len(comment_sheet.COLUMNS) == len(headings(t))
