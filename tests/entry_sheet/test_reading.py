"""An entry sheet that comes back: what is understood whatever was done to it, and what is named by its cell."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain.comments import Channel, CommentKind
from bot.domain.counted_votes import BallotBox
from bot.domain.languages import KY, RU, UZ_CYRL
from bot.domain.questions import About, AboutKind
from bot.entry_sheet import reader
from bot.entry_sheet.faults import SHEET_SENTENCES, SheetCode
from bot.entry_sheet.words import SheetWords
from bot.spreadsheets.gathering import sentences
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.stamps import STAMP_NAME
from tests import samples
from tests.entry_sheet.filling import (
    CATALOGUES,
    PAPERS,
    PEOPLE,
    VOTES,
    columns,
    edited,
    paper,
    present,
    put,
    returned,
    rows,
    taken,
    votes,
)
from tests.spreadsheets.open_document import ods, row
from tests.spreadsheets.open_document import words as of_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.domain.entry_sheet import EntrySheet
    from bot.entry_sheet.reader import ReadSheet
    from bot.spreadsheets.vocabulary import Vocabulary
    from tests.entry_sheet.conftest import Sheet
    from tests.entry_sheet.filling import Change
    from tests.municipality import Municipality

ZONE: Final = ZoneInfo("Asia/Bishkek")
FILLED: Final = (
    paper(2, 1, "Көчөгө жарык керек", How_many_support_it=12, Village="Багыш", Kind="Proposal"),
    paper(3, "а-2", "Суу\nжок", About="Service 2: Көчөлөрдү жарыктандыруу (Kyrgyz)", Given_on="23.11.2026"),
    votes(2, 10, 2, 0),
    votes(6, 3, "1 000", None, **{"Papers in all": 1002}),
    present(2, None, 10, 12),
)
"""Two papers, two counts (a stance, and several of which two may be chosen), people present."""


@dataclass(frozen=True)
class Words:
    """The words of the hearing, and reading by them what needs no database."""

    words: SheetWords
    vocabulary: Vocabulary

    def read(self, sheet: Sheet, content: bytes) -> ReadSheet:
        """What a file says."""
        day = date(2026, 11, 23)
        return reader.read(read_grids(content), sheet.hearing.id, self.words, self.vocabulary, first=day, last=day)


@pytest.fixture(scope="session")
def words(sheet: Sheet) -> Words:
    """Made once: every label in every language."""
    villages = tuple(replace(place, id=no) for no, (place, _) in enumerate(samples.places(), 1) if "-" in place.code)
    own = tuple(each for each in villages if each.code.startswith("bagysh"))
    found = SheetWords(sheet.hearing.dossier, own[0], own, ZONE)
    return Words(found, found.vocabulary(CATALOGUES))


@pytest.fixture(scope="session")
def plain(sheet: Sheet, words: Words) -> EntrySheet:
    """What the filled sheet says before anything is done to it."""
    return words.read(sheet, edited(sheet.content, *FILLED)).sheet


def test_the_sheet_offers_every_village_and_question_and_keeps_its_lists_out_of_sight(sheet: Sheet) -> None:
    counts = rows(sheet.content, VOTES)
    assert len(counts) == 3 * 7
    assert counts[3]["Question"] == "4. Кайсынысы маанилүү? (Kyrgyz)"
    assert counts[3]["Options"].splitlines()[0] == "1 – Жол (Kyrgyz)"
    assert [each["Sitting"] for each in rows(sheet.content, PEOPLE)] == ["1. 25.11.2026 12:00 Маданият үйү"]
    book = load_workbook(io.BytesIO(sheet.content))
    assert [each.sheet_state for each in book.worksheets] == ["visible"] * 3 + ["hidden"]
    assert all(each.column_dimensions["A"].hidden for each in book.worksheets[:3])
    offered = [rule.formula1 for rule in book["Papers"].data_validations.dataValidation if rule.type == "list"]
    assert offered == [
        f"{STAMP_NAME}!${letter}$1:${letter}${n}" for letter, n in zip("CDEF", (3, 10, 3, 4), strict=True)
    ]


async def test_a_filled_sheet_is_what_it_says(town: Municipality, sheet: Sheet) -> None:
    found = await returned(town, edited(sheet.content, *FILLED))
    assert (found.errors, found.warnings) == ((), ())
    one, two = found.sheet.papers
    assert (one.code, one.voices, one.village_id, one.kind) == ("1", 12, town.places["bagysh-1"], CommentKind.PROPOSAL)
    assert (two.code, two.text, two.about) == ("А-2", "Суу\nжок", About(AboutKind.SERVICE, 2))
    assert (two.channel, two.given_on, one.given_on) == (Channel.PAPER, date(2026, 11, 23), None)
    box = BallotBox(Channel.PAPER, town.places["bagysh-1"])
    numbers = [(each.box, each.question_no, each.numbers) for each in found.sheet.counts]
    assert numbers == [(box, 1, (10, 2, 0)), (box, 5, (1002, 3, 1000, 0))]
    assert [each.numbers for each in found.sheet.present] == [(22, 10, 12)]


@pytest.mark.parametrize("language", [KY, RU, UZ_CYRL])
async def test_every_label_of_a_sheet_is_understood_in_its_language(
    town: Municipality, sheet: Sheet, language: str
) -> None:
    file = await taken(town, sheet.hearing, language)
    book: Any = load_workbook(io.BytesIO(file))
    papers, counts, people = book.worksheets[:3]
    lists = [[each.value for each in column if each.value] for column in book[STAMP_NAME].iter_cols(min_col=3)]
    order = ("kind", "about", "channel", "village")
    choices = dict(zip((*order, "sitting", "question"), lists, strict=True))
    for at in range(max(len(choices[name]) for name in order)):
        papers.cell(at + 2, 2).value, papers.cell(at + 2, 3).value = at + 1, f"Сунуш {at}"
        for column, name in zip((4, 5, 7, 8), order, strict=True):
            papers.cell(at + 2, column).value = choices[name][at % len(choices[name])]
    for at in range(2, 5):
        counts.cell(at, 8).value = 1
    people.cell(2, 3).value = 9
    found = await returned(town, edited(file, lambda fresh: _copy(book, fresh)), language)
    assert found.errors == ()
    assert {each.channel for each in found.sheet.papers} == {Channel.HALL, Channel.PAPER, Channel.PHONE}
    assert {each.about.kind for each in found.sheet.papers} == set(AboutKind)
    assert [each.question_no for each in found.sheet.counts] == [1, 2, 3]
    assert found.sheet.present[0].sitting == 1


def _copy(source: Any, target: Any) -> None:
    """Write what one book says into another."""
    for at in range(3):
        for line in source.worksheets[at].iter_rows(min_row=2):
            for cell in line:
                target.worksheets[at].cell(cell.row, cell.column).value = cell.value


def _sorted(book: Any) -> None:
    for sheet in book.worksheets[:2]:
        lines = [[each.value for each in line] for line in sheet.iter_rows(min_row=2)]
        for at, values in enumerate(reversed(lines), start=2):
            for column, value in enumerate(values, start=1):
                sheet.cell(at, column).value = value


def _cut_out(book: Any) -> None:
    for at in range(20, 8, -1):
        book.worksheets[VOTES].delete_rows(at)


def _renamed(book: Any) -> None:
    for at, sheet in enumerate(book.worksheets[:3]):
        sheet.title = f"Барак {at}"


def _without_lists(book: Any) -> None:
    for sheet in book.worksheets[:3]:
        sheet.data_validations.dataValidation = []
        sheet.auto_filter.ref = None


UNDERSTOOD: Final[Mapping[str, Change]] = {
    "sorted": _sorted,
    "rows cut out": _cut_out,
    "columns inserted": lambda book: book.worksheets[PAPERS].insert_cols(3, 2),
    "rows above the headings": lambda book: book.worksheets[VOTES].insert_rows(1, 2),
    "sheets renamed": _renamed,
    "the lists lost": _without_lists,
    "the hidden column deleted": lambda book: book.worksheets[PAPERS].delete_cols(1),
    "a column of one's own": lambda book: book.worksheets[PAPERS].__setitem__("P1", "Эскертүү"),
    "numbers as text": put(VOTES, 2, {"Option 1": "10", "Option 2": " 2 "}),
    "an empty row below": lambda book: book.worksheets[PAPERS].append([None] * 11),
    "a merged village": lambda book: book.worksheets[VOTES].merge_cells("B2:B8"),
}
"""What programs and people do to a sheet, that changes nothing of what it says."""


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_what_a_spreadsheet_does_to_a_sheet_is_understood(
    sheet: Sheet, words: Words, plain: EntrySheet, name: str
) -> None:
    found = words.read(sheet, edited(sheet.content, *FILLED, UNDERSTOOD[name]))
    assert found.errors == ()
    for of in ("papers", "counts", "present"):
        assert set(getattr(found.sheet, of)) == set(getattr(plain, of))


async def test_a_sheet_saved_as_open_document_is_read(town: Municipality, sheet: Sheet) -> None:
    def body(values: tuple[object, ...]) -> str:
        return row(*(of_words(value) if isinstance(value, str) else value for value in values))

    grids = read_grids(edited(sheet.content, *FILLED))
    file = ods({grid.name: "".join(body(values) for _, values in grid.rows) for grid in grids})
    found = await returned(town, file)
    assert found.errors == ()
    assert [each.code for each in found.sheet.papers] == ["1", "А-2"]


def _swapped_codes(book: Any) -> None:
    sheet = book.worksheets[PAPERS]
    sheet["A2"], sheet["A3"] = "0a0b0c0d 7", "0a0b0c0d 8"


def _another_question(book: Any) -> None:
    book[STAMP_NAME]["B1"] = "1.00000000"


def _moved_box(book: Any) -> None:
    book.worksheets[VOTES]["A2"] = "0a0b0c0d paper.1.1.1"


BROKEN: Final[Mapping[str, tuple[tuple[Change, ...], str]]] = {
    "a paper without a number": (
        (paper(2, None, "Суу жок"),),
        "Papers!B2: The paper has no number. Number the papers yourself",
    ),
    "a number twice": (
        (paper(2, "A1", "Суу жок"), paper(3, "a1", "Жарык жок")),
        "Papers!B3: The number A1 is already in B2. Give one of the two papers another one.",
    ),
    "a number that became a date": (
        (paper(2, date(2026, 9, 7), "Суу жок"),),
        "Papers!B2: This code has become the date “07.09.2026”.",
    ),
    "a number without words": ((paper(2, 1, None, Village="Багыш"),), "Papers!C2: “Text” is empty."),
    "words that nobody sees": ((paper(2, 1, "\u2060\u2060"),), "Papers!C2: There is nothing to read here."),
    "words of 5,000 letters": ((paper(2, 1, "а" * 5000),), "Papers!C2: The text has 5000 characters, at most 4096"),
    "a village elsewhere": (
        (paper(2, 1, "Суу жок", Village="Ош"),),
        "Papers!H2: “Ош” is not in the list of this hearing. Choose from the list of the cell",
    ),
    "half a person": (
        (paper(2, 1, "Суу жок", How_many_support_it=1.5),),
        "Papers!F2: “1.5” is not a whole number.",
    ),
    "words in the place of a number": (
        (paper(2, 1, "Суу жок", How_many_support_it="көп"),),
        "Papers!F2: “көп” is not a number.",
    ),
    "a day after today": (
        (paper(2, 1, "Суу жок", Given_on=date(2026, 11, 24)),),
        "Papers!I2: 24.11.2026 cannot be: comments were given from 23.11.2026 to 23.11.2026.",
    ),
    "no day": ((paper(2, 1, "Суу жок", Given_on="эртең"),), "Papers!I2: “эртең” is not a date."),
    "one column sorted alone": (
        (paper(2, 1, "Суу жок"), paper(3, 2, "Жарык жок"), _swapped_codes),
        "Papers!B2: This row was taken for something else. Sort whole rows and not one column",
    ),
    "a count of another box": ((votes(2, 1, 1, 1), _moved_box), "Votes!E2: This row was taken for something else."),
    "a sum that differs": (
        (votes(2, 10, 2, 0, papers=11),),
        "Votes!G2: The options add up to 12, and papers in all are 11. Count again.",
    ),
    "more votes than papers times the limit": (
        (votes(6, 5, 4, 2, papers=5),),
        "Votes!G6: 5 papers cannot say so much: at most 2 for each paper, and here are 11.",
    ),
    "an option on more papers than there are": (
        (votes(6, 9, 1, 1, papers=6),),
        "Votes!G6: An option has more papers than there are in all (6).",
    ),
    "papers on which nothing was chosen": (
        (votes(6, 1, 1, 0, papers=6),),
        "Votes!G6: There are 6 papers and only 2 choices.",
    ),
    "votes without papers": ((votes(6, 1, 1, 0),), "Votes!G6: How many papers were there?"),
    "points that cannot be": (
        (votes(7, 1, 1, 1, papers=1, **{"Points, option 1": 9}),),
        "Votes!G7: So many points cannot come from so many papers. Count again.",
    ),
    "points where nothing is ranked": (
        (votes(2, 1, 1, 1, **{"Points, option 1": 9}),),
        "Votes!K2: Points are counted only where options are ranked or coins are shared. Delete it.",
    ),
    "a number below nothing": ((votes(2, -1, 1, 1),), "Votes!H2: “-1” is not between 0 and 100000."),
    "a box twice": (
        (votes(2, 1, 1, 1), votes(3, 1, 1, 1, Question="1")),
        "Votes!E3: This box has been counted for this question in E2 already.",
    ),
    "an old edition of a question": (
        (votes(2, 1, 1, 1), _another_question),
        "Votes!E2: Question 1 says something else since this sheet was taken.",
    ),
    "a formula that nobody calculated": ((votes(2, "=1+1", 1, 1),), "Votes!H2: The formula has no stored value."),
    "a merged number": (
        (votes(2, 1, 1, 1), votes(3, None, 1, 1), lambda book: book.worksheets[VOTES].merge_cells("H2:H3")),
        "Votes!H2: “1” is merged over several rows (H2:H3).",
    ),
    "more women and men than people": (
        (present(2, 20, 15, 12),),
        "People present!C2: 15 women and 12 men are more than 20 people. Count again.",
    ),
    "a sitting twice": (
        (present(2, 20), put(PEOPLE, 3, {"Sitting": 1, "People in all": 3})),
        "People present!B3: This sitting is already in B2. Delete one of the two rows.",
    ),
    "a column that is gone": (
        (paper(2, 1, "Суу жок"), lambda book: book.worksheets[PAPERS].delete_cols(3)),
        "Papers: The column “Text” is missing.",
    ),
    "nothing filled in": ((), "Nothing is entered in this sheet."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_cell(sheet: Sheet, words: Words, name: str) -> None:
    changes, sentence = BROKEN[name]
    found = words.read(sheet, edited(sheet.content, *changes))
    errors = sentences(found.errors, CATALOGUES["en"], labels=words.words.tables, of=SHEET_SENTENCES)
    assert [each for each in errors if each.startswith(sentence)], errors


async def test_mistakes_are_said_in_the_senders_language_and_marked_in_a_copy(town: Municipality, sheet: Sheet) -> None:
    found = await returned(town, edited(sheet.content, *BROKEN["a sum that differs"][0]), "ky")
    assert found.errors == ("Votes!G2: Варианттар баары 12, ал эми кагаздар баары 11. Кайра санаңыз.",)
    copy: Any = load_workbook(io.BytesIO(found.copy or b"")).worksheets[VOTES]
    assert copy["G2"].fill.fgColor.rgb == "00FFFF00"
    assert "Кайра санаңыз" in copy["G2"].comment.text
    assert columns(copy) == columns(load_workbook(io.BytesIO(sheet.content)).worksheets[VOTES])


async def test_hidden_rows_are_read_and_said(town: Municipality, sheet: Sheet) -> None:
    def hide(book: Any) -> None:
        book.worksheets[PAPERS].row_dimensions[2].hidden = True

    found = await returned(town, edited(sheet.content, *FILLED, hide))
    assert found.warnings == ("Papers!A2: Hidden rows are read too. Such rows on this sheet: 1.",)


def _restamped(stamp: str) -> Change:
    return lambda book: book[STAMP_NAME].__setitem__("A1", stamp)


def _empty_book() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


UNREADABLE: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "another kind of file": lambda file: edited(file, _restamped("record;1;1")),
    "a hearing that is not there": lambda file: edited(file, _restamped("entries;99999;1")),
    "an empty workbook": lambda _: _empty_book(),
    "an empty file": lambda _: b"",
    "a PDF": lambda _: b"%PDF-1.7",
    "half of the file": lambda file: file[: len(file) // 2],
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_what_is_no_sheet_of_ours_says_what_it_is(town: Municipality, sheet: Sheet, name: str) -> None:
    found = await returned(town, UNREADABLE[name](sheet.content))
    (said,) = found.errors
    assert said
    assert found.sheet.hearing_id == 0


async def test_a_sheet_of_another_municipality_is_refused_as_one_that_is_not_there(
    town: Municipality, sheet: Sheet
) -> None:
    broken = edited(sheet.content, *BROKEN["a sum that differs"][0])
    stranger = await returned(town, broken, place="kok-art")
    nowhere = await returned(town, UNREADABLE["a hearing that is not there"](sheet.content), place="kok-art")
    assert stranger == nowhere
    assert stranger.errors[0].startswith("This sheet is of a hearing for which you do not enter.")


def test_every_fault_of_a_sheet_has_a_sentence() -> None:
    assert set(SheetCode) <= SHEET_SENTENCES.keys()
