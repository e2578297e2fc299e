"""A table of decisions that comes back: what is understood whatever was done to it, and what is named."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from openpyxl import Workbook, load_workbook

from bot.decision_table.columns import DECISIONS_SHEET
from bot.decision_table.faults import TABLE_SENTENCES, TableCode, sentences
from bot.decision_table.words import columns
from bot.domain.comments import Decision, Outcome
from bot.domain.languages import LANGUAGES
from bot.domain.programme import DraftPoint
from bot.spreadsheets.faults import Code
from bot.spreadsheets.opening import read_grids
from bot.spreadsheets.stamps import STAMP_NAME
from tests.decision_table.returns import (
    CATALOGUES,
    CHANGES,
    DECISION,
    DUE,
    NUMBER,
    REASON,
    TEXT,
    cell,
    decided,
    edited,
    returned,
    written,
)
from tests.spreadsheets.compound import compound, xls
from tests.spreadsheets.open_document import ods, row, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.decision_table.reader import ReturnedTable
    from storage import Store
    from tests.decision_table.returns import Change, Taken

PARTS = ("new", "changed", "same", "conflicts")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def said(table: ReturnedTable, language: str = "en") -> tuple[str, ...]:
    return sentences(table.faults, CATALOGUES[language])


def outcomes(table: ReturnedTable) -> dict[int, Outcome]:
    assert said(table) == ()
    return {each.key.number: each.decision.outcome for each in table.rows}


def test_the_table_is_locked_but_for_what_is_filled_in(taken: Taken) -> None:
    book = load_workbook(io.BytesIO(taken.table))
    sheet = book["Decisions"]
    assert sheet.protection.sheet
    assert [name for name in "ABCDEFGHIJKLM" if not sheet[f"{name}2"].protection.locked] == list("IJKLM")
    assert not sheet[f"{DECISION}5"].protection.locked
    assert [sheet[f"{NUMBER}{row}"].value for row in range(1, 6)] == ["No", 1, 2, 3, 5]
    assert (sheet.column_dimensions["A"].hidden, sheet.freeze_panes, sheet.print_title_rows) == (True, "C2", "$1:$1")
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert lists == [f"hearing_bot!$B$1:$B${len(Outcome)}", "hearing_bot!$C$1:$C$8"]
    assert book["hearing_bot"]["C1"].value == "S1 Service 1: Ички жолдорду оңдоо (Kyrgyz)"
    assert [sheet[f"{name}5"].value for name in (DECISION, REASON)] == ["Accepted", "2027-жылы курулат"]


async def test_a_table_says_how_many_comments_found_no_room(
    hearing_store: Store, taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.domain.decision_table.ROWS_OF_A_TABLE", 2)
    file = edited(await written(hearing_store, taken.hearing), decided(2), decided(3))
    sheet = load_workbook(io.BytesIO(file))["Decisions"]
    assert "2 more comments did not fit here" in str(sheet[f"{TEXT}4"].value)
    table = await returned(hearing_store, file, taken.municipality)
    assert outcomes(table) == {1: Outcome.ACCEPTED, 2: Outcome.ACCEPTED}


async def test_what_a_decision_changes_is_read_by_its_code(hearing_store: Store, taken: Taken) -> None:
    codes = {2: "S1 Service 1: Ички жолдорду оңдоо (Kyrgyz)", 3: "с1.1", 4: "L3: бюджет"}
    cells = [each for row, code in codes.items() for each in (decided(row), cell(f"{CHANGES}{row}", code))]
    table = await returned(hearing_store, edited(taken.table, *cells), taken.municipality)
    assert said(table) == ()
    points = [DraftPoint(service=1), DraftPoint(service=1, action=1), DraftPoint(line=3)]
    assert [each.decision.changes for each in table.rows if each.key.number <= 3] == points
    for wrong in ("L99", "мектеп"):
        file = edited(taken.table, decided(2), cell(f"{CHANGES}2", wrong))
        assert f"“{wrong}” is no line of the budget" in said(await returned(hearing_store, file, taken.municipality))[0]


async def test_a_table_without_that_column_leaves_what_a_decision_changes(hearing_store: Store, taken: Taken) -> None:
    async with hearing_store.writing() as repositories:
        (known,) = await repositories.comments.list_numbers(taken.hearing, [5])
        assert known.decision is not None
        stored = replace(known.decision, changes=DraftPoint(line=2))
        await repositories.comments.decide(known.id, stored)
    file = edited(await written(hearing_store, taken.hearing), lambda sheet: sheet.delete_cols(13))
    table = await returned(hearing_store, file, taken.municipality)
    assert ([row.decision.changes for row in table.rows], len(table.comparison.same)) == ([DraftPoint(line=2)], 1)


async def test_a_filled_table_is_its_decisions_in_the_words_of_any_language(hearing_store: Store, taken: Taken) -> None:
    file = edited(
        await written(hearing_store, taken.hearing, "ky"),
        decided(2, "Кабыл алынды", "Курабыз", responsible="Айыл өкмөтү", due=date(2027, 5, 1)),
        decided(3, "отклонено", "Акча жок", due="15.06.2027"),
        decided(4, "Noted", None),
    )
    table = await returned(hearing_store, file, taken.municipality)
    assert outcomes(table) == {1: Outcome.ACCEPTED, 2: Outcome.REJECTED, 3: Outcome.NOTED, 5: Outcome.ACCEPTED}
    first, second, *_ = table.rows
    assert (first.decision.reason, first.decision.responsible) == ("Курабыз", "Айыл өкмөтү")
    assert [first.decision.due, second.decision.due] == [date(2027, 5, 1), date(2027, 6, 15)]
    assert table.hearing == taken.hearing


def _sorted(sheet: Any) -> None:
    rows = [[each.value for each in line] for line in sheet.iter_rows(min_row=2)]
    for at, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column).value = value


UNDERSTOOD: Final[Mapping[str, Change]] = {
    "sorted": _sorted,
    "a row cut out": lambda sheet: sheet.delete_rows(3),
    "columns inserted": lambda sheet: sheet.insert_cols(3, 2),
    "columns moved": lambda sheet: sheet.move_range("I1:I5", cols=6),
    "rows above the headings": lambda sheet: sheet.insert_rows(1, 2),
    "the sheet renamed": lambda sheet: setattr(sheet, "title", "Жооптор"),
    "the kind deleted": lambda sheet: sheet.delete_cols(3),
    "the text deleted": lambda sheet: sheet.delete_cols(5),
    "a line of sums below": lambda sheet: sheet.append([None, None, "Бардыгы: 4"]),
    "other ends of lines": cell(f"{TEXT}3", "Сунуш 2: көпүрө керек\r\n"),
}
"""What programs and people do to a table, that changes none of its decisions."""


@pytest.mark.parametrize("name", UNDERSTOOD)
async def test_what_a_spreadsheet_does_to_a_table_is_understood(hearing_store: Store, taken: Taken, name: str) -> None:
    file = edited(taken.table, decided(2), decided(4, "Rejected", "No money"), UNDERSTOOD[name])
    table = await returned(hearing_store, file, taken.municipality)
    assert outcomes(table) == {1: Outcome.ACCEPTED, 3: Outcome.REJECTED, 5: Outcome.ACCEPTED}


def _as_ods(file: bytes) -> bytes:
    def body(values: tuple[object, ...]) -> str:
        return row(*(words(value) if isinstance(value, str) else value for value in values))

    return ods({grid.name: "".join(body(values) for _, values in grid.rows) for grid in read_grids(file)})


def _as_xls(file: bytes) -> bytes:
    sheets: Any = {grid.name: [list(values) for _, values in grid.rows] for grid in read_grids(file)}
    return xls(sheets)


@pytest.mark.parametrize("saved", [_as_ods, _as_xls])
async def test_a_table_saved_in_another_format_is_read(
    hearing_store: Store, taken: Taken, saved: Callable[[bytes], bytes]
) -> None:
    file = saved(edited(taken.table, decided(2)))
    assert outcomes(await returned(hearing_store, file, taken.municipality)) == {
        1: Outcome.ACCEPTED,
        5: Outcome.ACCEPTED,
    }


def _swapped_texts(sheet: Any) -> None:
    sheet[f"{TEXT}2"], sheet[f"{TEXT}3"] = sheet[f"{TEXT}3"].value, sheet[f"{TEXT}2"].value


def _copied_row(sheet: Any) -> None:
    sheet.append([each.value for each in sheet[2]])


def _of_another_hearing(sheet: Any) -> None:
    hearing, rest = str(sheet["A2"].value).split(".", 1)
    sheet["A2"] = f"{int(hearing) + 1}.{rest}"


def _of_comment(number: int) -> Change:
    def change(sheet: Any) -> None:
        hearing, _, rest = str(sheet["A2"].value).split(".", 2)
        sheet["A2"], sheet[f"{NUMBER}2"] = f"{hearing}.{number}.{rest}", number

    return change


BROKEN: dict[str, tuple[tuple[Change, ...], str]] = {
    "a word that is no decision": (
        (decided(2, "Perhaps"),),
        "Decisions!I2: “Perhaps” is not known here. Choose one of: Accepted",
    ),
    "no reason": (
        (decided(3, "Rejected", None),),
        "Decisions!J3: “Reason” is empty. Only what is noted needs none. Write it so that the author understands it.",
    ),
    "a reason without a decision": (
        (decided(3, None),),
        "Decisions!I3: “Decision” is empty, and something stands beside it. Choose one of: Accepted",
    ),
    "no date": (
        (decided(2, due="soon"),),
        "Decisions!L2: “soon” is not a date. Write day, month and year with points between them.",
    ),
    "nearly a date": (
        (decided(2, due="31.11.2027"),),
        "Decisions!L2: “31.11.2027” is not a date. Write day, month and year with points between them.",
    ),
    "a date before the hearing": (
        (decided(2, due=date(2026, 11, 1)),),
        "Decisions!L2: 01.11.2026 is before the hearing (25.11.2026). Write a later date, or leave it empty.",
    ),
    "another number": (
        (decided(2), cell(f"{NUMBER}2", 7)),
        "Decisions!B2: The number was 1 and is “7” now. Put it back, or sort the whole table and not one column.",
    ),
    "other words": (
        (decided(2), _swapped_texts),
        "Decisions!E2: These are not the words of comment 1. Put them back",
    ),
    "a row twice": (
        (decided(2), _copied_row),
        "Decisions!B6: Comment 1 is already in B2. Delete one of the two rows.",
    ),
    "a row of one's own": (
        (cell(f"{NUMBER}6", 9), decided(6)),
        "Decisions!B6: The hidden first column is empty here, so we cannot tell which comment this is.",
    ),
    "a row of another hearing": (
        (decided(2), _of_another_hearing),
        "Decisions!B2: This row is of another hearing. Delete it and send that hearing’s table.",
    ),
    "a comment that was taken back": (
        (decided(2), _of_comment(4)),
        "Decisions!B2: Comment 4 was taken back by its author. Delete the row.",
    ),
    "a comment that is not there": (
        (decided(2), _of_comment(70)),
        "Decisions!B2: There is no comment 70 in this hearing. Delete the row.",
    ),
    "a formula that nobody calculated": (
        (decided(2, reason="=A1&B1"),),
        "Decisions!J2: The formula has no stored value.",
    ),
    "a reason of 5,000 letters": (
        (decided(2, reason="а" * 5_000),),
        "Decisions!J2: The text has 5000 characters, at most 2000 fit the screen of a phone.",
    ),
    "a column that is gone": (
        (lambda sheet: sheet.delete_cols(10),),
        "Decisions: The column “Reason” is missing. Take the table anew and copy your decisions into it.",
    ),
    "the hidden column that is gone": (
        (lambda sheet: sheet.delete_cols(1),),
        "Decisions: The column “Mark of the row” is missing. Take the table anew and copy your decisions into it.",
    ),
    "a heading that is nearly one of ours": (
        (cell(f"{REASON}1", "Reazon"),),
        "Decisions!J1: “Reazon” is nearly “Reason”. Write it so, or choose quite another name.",
    ),
    "nothing filled in": (
        (decided(5, None, None),),
        "There is no decision in this table. Fill in the coloured columns and send it again.",
    ),
    "another heading twice": (
        (cell("M1", "Reason"), decided(2)),
        "Decisions!M1: The column “Reason” is there twice. Delete one of them.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_is_broken_is_named_with_its_cell(hearing_store: Store, taken: Taken, name: str) -> None:
    changes, sentence = BROKEN[name]
    table = await returned(hearing_store, edited(taken.table, *changes), taken.municipality)
    assert [each for each in said(table) if each.startswith(sentence)]


def _restamped(stamp: str | None) -> Callable[[bytes], bytes]:
    def change(sheet: Any) -> None:
        book = sheet.parent
        if stamp is None:
            del book[STAMP_NAME]
        else:
            book[STAMP_NAME]["A1"] = stamp

    return lambda table: edited(table, decided(2), change)


def _without_keys(table: bytes) -> bytes:
    def change(sheet: Any) -> None:
        sheet.delete_cols(1 + [column.key for column in DECISIONS_SHEET.columns].index("key"))

    return edited(_restamped(None)(table), change)


def _without_its_sheet(table: bytes) -> bytes:
    book = load_workbook(io.BytesIO(table))
    book.create_sheet("Барак")
    del book["Decisions"]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _empty_book(_: bytes) -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


UNREADABLE: dict[str, tuple[Callable[[bytes], bytes], TableCode | Code]] = {
    "no stamp and no keys": (_without_keys, TableCode.NO_STAMP),
    "another kind of file": (_restamped("hearing;1;0"), TableCode.OTHER_KIND),
    "a hearing that is not there": (_restamped("decisions;99999;0"), TableCode.OTHER_PLACE),
    "its sheet is gone": (_without_its_sheet, Code.NO_SHEET),
    "an empty workbook": (_empty_book, TableCode.NO_STAMP),
    "an empty file": (lambda _: b"", Code.NOT_XLSX),
    "a password": (lambda _: compound({"EncryptedPackage": bytes(5_000)}), Code.ENCRYPTED),
    "a picture": (lambda _: PNG, Code.NOT_XLSX),
    "a PDF": (lambda _: b"%PDF-1.7", Code.PDF),
    "half of the file": (lambda table: table[: len(table) // 2], Code.CORRUPT),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_what_is_no_table_of_ours_says_what_it_is(hearing_store: Store, taken: Taken, name: str) -> None:
    done, code = UNREADABLE[name]
    table = await returned(hearing_store, done(taken.table), taken.municipality)
    assert [fault.code for fault in table.faults] == [code]
    assert table.rows == ()
    (sentence,) = said(table)
    assert sentence


async def test_a_table_that_has_lost_its_hidden_sheet_is_known_by_its_rows(hearing_store: Store, taken: Taken) -> None:
    table = await returned(hearing_store, _restamped(None)(taken.table), taken.municipality)
    assert (table.faults, table.hearing, bool(table.rows)) == ((), taken.hearing, True)
    assert table == await returned(hearing_store, edited(taken.table, decided(2)), taken.municipality)
    stranger = await returned(hearing_store, _restamped(None)(taken.table), taken.municipality + 1)
    assert [fault.code for fault in stranger.faults] == [TableCode.OTHER_PLACE]


async def test_a_table_of_another_municipality_is_refused_as_one_that_is_not_there(
    hearing_store: Store, taken: Taken
) -> None:
    stranger = await returned(hearing_store, edited(taken.table, decided(2, "Perhaps")), taken.municipality + 1)
    nowhere = await returned(hearing_store, _restamped("decisions;99999;0")(taken.table), taken.municipality + 1)
    assert stranger == nowhere
    assert said(stranger) == (
        "This table is of a hearing on which you do not decide. Look whether you have sent the right file.",
    )


async def test_what_was_decided_since_the_table_was_taken_is_told_with_the_comment(
    hearing_store: Store, taken: Taken
) -> None:
    async with hearing_store.writing() as repositories:
        (comment,) = await repositories.comments.list_numbers(taken.hearing, [1])
        await repositories.comments.decide(comment.id, Decision(Outcome.NOTED, ""))
    file = edited(taken.table, decided(2), decided(3), decided(4, "Noted", None))
    table = await returned(hearing_store, file, taken.municipality)
    found = {name: [each.key.number for each in getattr(table.comparison, name)] for name in PARTS}
    assert found == {"new": [2, 3], "changed": [], "same": [5], "conflicts": [1]}
    assert [each.number for each in table.conflicting.values()] == [1]
    again = edited(await written(hearing_store, taken.hearing), decided(2, "Rejected", "No money"))
    table = await returned(hearing_store, again, taken.municipality)
    assert [each.key.number for each in table.comparison.changed] == [1]


async def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_rows(hearing_store: Store, taken: Taken) -> None:
    file = edited(taken.table, decided(4, "Perhaps"), decided(2, "Rejected", None), decided(3, due="soon"))
    table = await returned(hearing_store, file, taken.municipality)
    assert [fault.cell for fault in table.faults] == [f"{REASON}2", f"{DUE}3", f"{DECISION}4"]


def test_every_fault_has_a_sentence() -> None:
    assert set(TableCode) | set(Code) <= set(TABLE_SENTENCES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_heading_is_broken_by_its_column(language: str) -> None:
    headings = columns(CATALOGUES[language])
    for column in DECISIONS_SHEET.columns:
        longest = max(re.split(r"[\s-]+", headings[column.key]), key=len)
        assert len(longest) < column.width, (column.key, longest)
