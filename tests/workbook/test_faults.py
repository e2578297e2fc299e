"""Every fault is found in its cell, whatever else is wrong, and says itself in every language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.domain.languages import LANGUAGES
from bot.spreadsheets.faults import Choices, Code, Fault, Label
from bot.spreadsheets.opening import MOST_ROWS
from bot.workbook.faults import WORKBOOK_SENTENCES, HearingCode, PlaceCode, sentence
from tests.spreadsheets.crafting import DATE_STYLE, Cell, Formula, Laid, Number, Row, Rows
from tests.spreadsheets.test_opening import FILES
from tests.workbook.crafting import ACTIONS, BUDGET, HEARING, SERVICES, SITTINGS, WORDS, book, reading
from tests.workbook.test_places import LISTS

if TYPE_CHECKING:
    from enum import StrEnum

QUESTIONS: Row = ["no", "about", "kind", "text [ky]", "options [ky]", "limit", "options [ru]"]


def _hearing(*rows: Row, without: tuple[str, ...] = ()) -> dict[str, Rows]:
    return {"Hearing": [row for row in HEARING if row[0] not in without] + list(rows)}


def _in_russian() -> dict[str, Rows]:
    """The least workbook without a word of Kyrgyz."""
    rows: Rows = [["field", "value", "value [ru]"], ["title", None, "Слушания"], ["place", None, "Дом культуры"]]
    return {"Hearing": [*rows, *HEARING[2:4]]}


_TAX: Row = ["revenue", "own", "1", "Айып", "Штраф", None]
_UNTITLED: Row = ["expenditure", "704", "7042", None, "Мост", 5]
_SPLIT: Row = ["revenue", "Салык", 5, 6]
_EXTRACT: Rows = [
    ["Отчёт казначейства"],
    ["Код", "Наименование", "Утверждено", "Исполнено"],
    [1, 2, 3, 4],
    ["11110000", "Подоходный налог", 1200.5, 1100],
    ["11120000", "Налог на имущество", 300, 310],
    ["11130000", "Земельный налог", 55.25, 0],
]
_TOTAL: Row = ["revenue", "TOTAL", None, None, None, 1200]


def _item(no: int | None) -> Row:
    return [no, "Пункт"]


def _asked(*question: Cell) -> dict[str, Rows]:
    return book(Services=SERVICES, Actions=ACTIONS, Budget=BUDGET, Questions=[QUESTIONS, list(question)])


def _sitting(*row: Cell) -> dict[str, Rows]:
    return book(Sittings=[*SITTINGS, list(row)])


def _budget(*row: Cell) -> dict[str, Rows]:
    return book(Budget=[*BUDGET, list(row)])


def _paid_for(service: int) -> dict[str, Rows]:
    """The budget pays for a service in its last line."""
    lines = [[*BUDGET[0], "service"], BUDGET[1], [*BUDGET[2], service]]
    return book(Services=SERVICES, Actions=ACTIONS, Budget=lines)


def _equal_to_lines() -> dict[str, Rows]:
    more: Rows = [["revenue", "own", "2", "Айып", "Штраф", 5], ["revenue", "own", "3", "Грант", "Грант", 1205]]
    return book(Budget=[*BUDGET, *more])


ERRORS: list[tuple[StrEnum, dict[str, Rows], str]] = [
    (Code.MERGED_NUMBER, book(Budget=Laid([*BUDGET, _TAX], merged=["F3:F4"])), "Budget!F3"),
    (Code.MERGED_HEADING, book(Budget=Laid([["side", "line [ky]", "amount"], _SPLIT], merged=["C1:D1"])), "Budget!C1"),
    (Code.NEARLY_KNOWN, {**book(), "Кызмат көрсөтүү": SERVICES}, "Кызмат көрсөтүү"),
    (Code.NEARLY_KNOWN, {**book(), "Budget for 2027": BUDGET}, "Budget for 2027"),
    (Code.NEARLY_KNOWN, book(Budget=[["side", "amont", "line [ky]"]]), "Budget!B1"),
    (Code.NEARLY_KNOWN, _hearing(["legal basi", None, "Мыйзам"]), "Hearing!A6"),
    (HearingCode.SHEET_UNNAMED, {**book(), "Лист1": BUDGET}, "Лист1"),
    (HearingCode.FOREIGN_TABLE, {"Лист1": _EXTRACT}, "Лист1!A4"),
    (Code.NO_SHEET, {"Agenda": [["no", "item [ky]"]]}, ""),
    (Code.SHEET_TWICE, book(Budget=BUDGET, budget=BUDGET), "budget"),
    (Code.NO_COLUMN, book(Budget=[["side", "code"], ["revenue", "1111"]]), "Budget"),
    (Code.COLUMN_TWICE, book(Budget=[["side", "amount", "line [ky]", "amount"]]), "Budget!D1"),
    (HearingCode.NO_FIELD, _hearing(without=("date",)), "Hearing"),
    (HearingCode.NO_FIELD, _hearing(without=("title",)), "Hearing"),
    (HearingCode.FIELD_TWICE, _hearing(["title", None, "Дагы"]), "Hearing!A6"),
    (Code.TOO_MANY_ROWS, book(Agenda=[["no", "item [ky]"], *[_item(n) for n in range(1, 42)]]), "Agenda"),
    (Code.TOO_MANY_ROWS, book(Agenda=[["no", "item [ky]"], *[_item(None)] * (MOST_ROWS + 1)]), "Agenda"),
    (Code.EMPTY, _hearing(["date"], without=("date",)), "Hearing!B5"),
    (Code.EMPTY, _hearing(["place"], without=("place",)), "Hearing!C5"),
    (Code.EMPTY, _budget("revenue", "TOTAL"), "Budget!F4"),
    (Code.EMPTY, _budget("revenue", None, "1", None, None, 5), "Budget!D4"),
    (Code.EMPTY, _budget(None, "own", "1", "Салык", "Налог", 5), "Budget!A4"),
    (Code.EMPTY, book(Actions=[ACTIONS[0], [None, "Шагыл"]], Services=SERVICES), "Actions!A2"),
    (Code.EMPTY, {**book(), "Attendance targets": [["group", "population"], [None, 5]]}, "Attendance targets!A2"),
    (Code.EMPTY, _asked(1, "budget", None, "Суроо"), "Questions!C2"),
    (Code.EMPTY, _asked(1, None, "stance"), "Questions!B2"),
    (Code.EMPTY, _asked(1, "budget", "one", None, "А\nБ"), "Questions!D2"),
    (Code.NOT_NUMBER, _budget("revenue", "own", "1", "Салык", "Налог", "көп"), "Budget!F4"),
    (Code.WORDS_DIFFER, _budget("revenue", "own", "1", "Салык", "Налог", "5 (алты)"), "Budget!F4"),
    (Code.UNIT_DIFFERS, _budget("revenue", "own", "1", "Салык", "Налог", "6872,0 сом"), "Budget!F4"),
    (HearingCode.LIKE_A_TOTAL, _budget("revenue", None, None, "Жалпысы", "Итого", 7), "Budget!F4"),
    (Code.NOT_NUMBER, _hearing(["minutes", "эки саат"]), "Hearing!B6"),
    (Code.AMBIGUOUS_NUMBER, _budget("revenue", "own", "1", "Салык", "Налог", "12,345"), "Budget!F4"),
    (Code.NOT_WHOLE, _hearing(["minutes", 90.5]), "Hearing!B6"),
    (Code.OUT_OF_RANGE, _hearing(["latitude", 141], ["longitude", 72]), "Hearing!B6"),
    (Code.OUT_OF_RANGE, _budget("revenue", "own", "1", "Салык", "Налог", "1e5".replace("e", "0" * 15)), "Budget!F4"),
    (Code.TOO_FINE, _budget("revenue", "own", "1", "Салык", "Налог", 0.000001), "Budget!F4"),
    (Code.NOT_DATE, _hearing(["date", "31.02.2027"], without=("date",)), "Hearing!B5"),
    (Code.NEARLY_A_DATE, _hearing(["date", "6 декобрь 2026"], without=("date",)), "Hearing!B5"),
    (Code.NOT_TIME, _hearing(["time", "25:00"], without=("time",)), "Hearing!B5"),
    (Code.NOT_MOMENT, _hearing(["answers close", "эртең"]), "Hearing!B6"),
    (Code.NOT_CHOICE, _hearing(["kind", "сынак"]), "Hearing!B6"),
    (Code.NOT_CHOICE, _budget("кирешелерче", "own", "1", "Салык", "Налог", 5), "Budget!A4"),
    (Code.NOT_LINK, _hearing(["online link", "zoom.example/1"]), "Hearing!B6"),
    (Code.TOO_LONG, _hearing(["presenters", None, "б" * 401]), "Hearing!C6"),
    (Code.TOO_LONG, _asked(1, "budget", "one", "Суроо", "А\n" + "б" * 251), "Questions!E2"),
    (Code.ERROR_VALUE, _budget("revenue", "own", "1", "Салык", "Налог", Formula("1/0", "#DIV/0!", "e")), "Budget!F4"),
    (Code.NO_STORED_VALUE, _budget("revenue", "own", "1", "Салык", "Налог", Formula("SUM(F2)")), "Budget!F4"),
    (HearingCode.HALF_LOCATION, _hearing(["latitude", 41]), "Hearing!B6"),
    (HearingCode.TWO_VALUES, _hearing(["date", None, "6.12.2026", "7.12.2026"], without=("date",)), "Hearing!D5"),
    (HearingCode.TWO_VALUES, _hearing(["minutes", 90, None, "120"]), "Hearing!D6"),
    (HearingCode.TWO_VALUES, _hearing(["time", None, "14:00", "15.00"], without=("time",)), "Hearing!D5"),
    (HearingCode.TWO_VALUES, _hearing(["answers close", "6.12.2026 18:00", None, "7.12.2026 18:00"]), "Hearing!D6"),
    (HearingCode.TWO_VALUES, _hearing(["online link", None, "https://a.example", "https://b.example"]), "Hearing!D6"),
    (Code.CODE_BECAME_DATE, _budget("revenue", "own", Number("46272", DATE_STYLE), "Салык", "Налог", 5), "Budget!C4"),
    (Code.CODE_BECAME_NUMBER, _budget("revenue", "own", 22.1, "Салык", "Налог", 5), "Budget!C4"),
    (Code.CODE_LOST_DIGITS, _budget("revenue", "own", "4,17E+13", "Салык", "Налог", 5), "Budget!C4"),
    (HearingCode.NO_SUCH_VILLAGE, _hearing(["village", "Бишкек"]), "Hearing!B6"),
    (HearingCode.NO_SUCH_VILLAGE, _sitting("Бешбалыкчы", "07.12.2026", "10:00", "Мектеп"), "Sittings!A2"),
    (Code.EMPTY, _sitting("Беш-Бала", None, "10:00", "Мектеп"), "Sittings!B2"),
    (Code.NOT_TIME, _sitting("Беш-Бала", "07.12.2026", "25:00", "Мектеп"), "Sittings!C2"),
    (Code.EMPTY, _sitting("Беш-Бала", "07.12.2026", "10:00"), "Sittings!D2"),
    (HearingCode.CLOSES_FIRST, _hearing(["answers close", "01.11.2026 10:00"]), "Hearing!B6"),
    (HearingCode.CLOSES_FIRST, _hearing(["answers open", "06.12.2026 16:00"]), "Hearing!B6"),
    (HearingCode.PROMISED_FIRST, _hearing(["answers promised", "05.12.2026"]), "Hearing!B6"),
    (Code.NOT_DATE, _hearing(["answers promised", "эртең"]), "Hearing!B6"),
    (HearingCode.NUMBER_TWICE, book(Services=[SERVICES[0], [1, "Жол"], [1, "Суу"]]), "Services!A3"),
    (HearingCode.TOTAL_TWICE, book(Budget=[*BUDGET, *[_TOTAL, _TOTAL]]), "Budget!B5"),
    (HearingCode.NO_SUCH_SERVICE, book(Services=SERVICES, Actions=[*ACTIONS, [7, "Чырак"]]), "Actions!A4"),
    (HearingCode.NO_SUCH_SERVICE, _paid_for(7), "Budget!H3"),
    (HearingCode.NO_SUCH_SUBJECT, _asked(1, "service 9", "stance"), "Questions!B2"),
    (HearingCode.NO_SUCH_SUBJECT, _asked(1, "budget line 9999", "stance"), "Questions!B2"),
    (HearingCode.NO_SUCH_SUBJECT, book(Questions=[QUESTIONS, [1, "strategy", "stance"]]), "Questions!B2"),
    (HearingCode.NO_SUCH_SUBJECT, book(Questions=[QUESTIONS, [1, "budget", "stance"]]), "Questions!B2"),
    (HearingCode.FEW_OPTIONS, _asked(1, "budget", "one", "Суроо", "А"), "Questions!E2"),
    (HearingCode.MANY_OPTIONS, _asked(1, "budget", "coins", "Суроо", "\n".join(map(str, range(61)))), "Questions!E2"),
    (HearingCode.MANY_OPTIONS, _asked(1, "budget", "rank", "Суроо", "\n".join(map(str, range(31)))), "Questions!E2"),
    (HearingCode.OPTION_TWICE, _asked(1, "budget", "coins", "Суроо", "А\nБ\nА"), "Questions!E2"),
    (HearingCode.UNEVEN_OPTIONS, _asked(1, "budget", "one", "Суроо", "А\nБ", None, "а\nб\nв"), "Questions!G2"),
    (HearingCode.LIMIT_TOO_HIGH, _asked(1, "budget", "several", "Суроо", "А\nБ", 3), "Questions!F2"),
    (
        HearingCode.SEVERAL_LINES,
        book(Budget=[*BUDGET, BUDGET[1]], Questions=[QUESTIONS, [1, "budget line 1111", "stance"]]),
        "Questions!B2",
    ),
]

WARNINGS: list[tuple[StrEnum, dict[str, Rows], str]] = [
    (HearingCode.SHEET_IGNORED, book(Notes=[["anything"]]), "Notes"),
    (Code.COLUMN_IGNORED, book(Budget=[[*BUDGET[0], "по секрету"], *BUDGET[1:]]), "Budget!H1"),
    (Code.COLUMN_IGNORED, book(Budget=[[*BUDGET[0], "note [xx]"], *BUDGET[1:]]), "Budget!H1"),
    (HearingCode.FIELD_IGNORED, _hearing(["weather", "sunny"]), "Hearing!A6"),
    (Code.CELL_IGNORED, _asked(1, "budget", "stance", "Суроо", "А\nБ"), "Questions!E2"),
    (Code.CELL_IGNORED, _asked(1, "budget", "rank", "Суроо", "А\nБ", 2), "Questions!F2"),
    (HearingCode.TOTAL_DIFFERS, _budget("revenue", "TOTAL", None, None, None, 1300), "Budget!F4"),
    (HearingCode.TOTAL_DIFFERS, _budget("revenue", "TOTAL", None, None, None, 1200, 999), "Budget!G4"),
    (HearingCode.TAKEN_AS_TOTAL, _budget("revenue", None, None, "Жалпысы", "Итого", 1200), "Budget!F4"),
    (HearingCode.ABOVE_BY_CODE, _budget("revenue", None, "1110", "Бардык салык", "Налоги", 5), "Budget!F4"),
    (HearingCode.EQUALS_LINES, _equal_to_lines(), "Budget!F5"),
    (HearingCode.FIELD_UNNAMED, _hearing([None, None, "Мектептин жанында", "Возле школы"]), "Hearing!C6"),
    (Code.NO_HEADING, book(Budget=[*BUDGET, ["revenue", "own", "2", "Айып", "Штраф", 5, 4, None, "?"]]), "Budget!I1"),
    (Code.HIDDEN_SHEET, book(Budget=Laid(BUDGET, hidden=True)), "Budget"),
    (Code.HIDDEN_ROWS, book(Budget=Laid(BUDGET, hidden_rows=[3])), "Budget!A3"),
    (Code.HIDDEN_COLUMNS, book(Budget=Laid(BUDGET, hidden_columns=[6, 9])), "Budget!F1"),
    (Code.MERGED_FILLED, book(Budget=Laid([*BUDGET, _UNTITLED], merged=["D3:D4"])), "Budget!D3"),
    (
        Code.MERGED_ACROSS,
        book(Budget=Laid([*BUDGET, ["revenue", None, None, "Айып", "Штраф", 5]], merged=["A4:B4"])),
        "Budget!A4",
    ),
    (Code.MERGED_TITLE, book(Budget=Laid([*BUDGET, ["Чыгашалар"]], merged=["A4:F4"])), "Budget!A4"),
    (HearingCode.NO_AMOUNT, _budget("revenue", "own", "1", "Салык", "Налог"), "Budget!F4"),
    (HearingCode.BELOW_ZERO, _budget("revenue", "own", "1", "Салык", "Налог", -5), "Budget!F4"),
    (HearingCode.UNIT_DOUBTFUL, _budget("revenue", "own", "1", "Салык", "Налог", 5, 5000), "Budget!F4"),
    (HearingCode.IN_THE_PAST, _hearing(["date", "06.11.2026"], without=("date",)), "Hearing!B5"),
    (
        HearingCode.SITTING_TWICE,
        _sitting("Беш-Бала", "06.12.2026", "14:00", "Маданият үйү", "Дом культуры"),
        "Sittings!B2",
    ),
    (HearingCode.SITTING_AFTER_CLOSING, _hearing(["answers close", "06.12.2026 13:00"]), "Hearing!B6"),
    (HearingCode.LANGUAGE_EMPTY, _hearing(["address", None, "Ленин көчөсү"]), "Hearing!D6"),
    (HearingCode.LANGUAGE_MISSING, _in_russian(), "Hearing!B2"),
    (HearingCode.NO_ACTIONS, book(Services=SERVICES, Actions=ACTIONS[:2]), "Services!B3"),
    (HearingCode.NO_SERVICES, _hearing(["kind", "strategy"]), "Hearing"),
    (HearingCode.NO_BUDGET, _hearing(["kind", "budget execution"]), "Hearing"),
]


@cache
def _all() -> tuple[Fault, ...]:
    found = [reading(sheets) for _, sheets, _ in (*ERRORS, *WARNINGS)]
    return tuple(fault for one in found for fault in (*one.errors, *one.warnings))


def _places(faults: tuple[Fault, ...], code: StrEnum) -> list[str]:
    return [f"{fault.sheet}!{fault.cell}".rstrip("!") for fault in faults if fault.code is code]


@pytest.mark.parametrize(("code", "sheets", "place"), ERRORS, ids=[f"{c.name}-{p}" for c, _, p in ERRORS])
def test_a_mistake_is_named_with_its_cell_and_nothing_is_loaded(
    code: StrEnum, sheets: dict[str, Rows], place: str
) -> None:
    found = reading(sheets)
    assert _places(found.errors, code) == [place]
    assert found.dossier is None


@pytest.mark.parametrize(("code", "sheets", "place"), WARNINGS, ids=[f"{c.name}-{p}" for c, _, p in WARNINGS])
def test_a_warning_is_named_with_its_cell_and_the_hearing_is_loaded(
    code: StrEnum, sheets: dict[str, Rows], place: str
) -> None:
    found = reading(sheets)
    assert _places(found.warnings, code) == [place]
    assert found.errors == ()
    assert found.dossier is not None


def test_every_kind_of_fault_has_a_test_and_a_sentence() -> None:
    tested = {code for code, _, _ in (*ERRORS, *WARNINGS)} | {code for _, code, _ in FILES} | {c for c, *_ in LISTS}
    tested.add(Code.FORMATS_UNKNOWN)  # needs a file of another format: test_writers.py
    tested.add(HearingCode.PER_HEAD_DOUBTFUL)  # needs to know how many people live there: test_preview.py
    tested.add(HearingCode.BELOW_A_TOTAL)  # test_real_budgets.py
    tested |= {PlaceCode.LOST_LETTERS, PlaceCode.LONG_WORKBOOK}  # test_places.py
    codes: list[StrEnum] = [*Code, *HearingCode, *PlaceCode]
    assert set(codes) == tested
    assert set(codes) == set(WORKBOOK_SENTENCES)
    assert len(set(codes)) == len(codes)  # codes of two families with one value would share a sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_says_itself_with_nothing_left_to_fill(language: str) -> None:
    for fault in _all():
        said = sentence(fault, WORDS[language])
        assert "{" not in said
        assert said.startswith(fault.sheet)


def test_all_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    sheets = book(
        [["minutes", "эки саат"], ["unit", "доллар"]],
        Budget=[*BUDGET, *(["revenue", "own", "1", "Салык", "Налог", amount] for amount in ("көп", "аз"))],
        Agenda=[["no", "item [ky]"], ["биринчи", "Ачуу"]],
    )
    places = [f"{fault.sheet}!{fault.cell}" for fault in reading(sheets).errors]
    assert places == ["Hearing!B6", "Hearing!B7", "Budget!F4", "Budget!F5", "Agenda!A2"]


def test_a_total_that_does_not_add_up_is_told_with_both_figures_in_the_unit_of_the_workbook() -> None:
    sheets = _budget("revenue", "TOTAL", None, None, None, 1300.5)
    (fault,) = (fault for fault in reading(sheets).warnings if fault.code is HearingCode.TOTAL_DIFFERS)
    plain = sentence(fault, WORDS["en"]).replace("\N{NO-BREAK SPACE}", " ")
    assert plain == "Budget!F4: The declared total is 1 300.5 thousand som, the lines add up to 1 200 thousand som."


def test_what_somebody_wrote_is_quoted_inert_and_short() -> None:
    hostile = "\u202eкод\u200b\n_x0007_<b>" + "а" * 500
    (fault,) = reading(_hearing(["kind", hostile])).errors
    said = sentence(fault, WORDS["ky"])
    assert "“код <b>ааа" in said
    assert "…”" in said
    assert not set(said) & set("\u202e\u200b\n\x07")


def test_facts_inside_a_fault_are_said_in_the_readers_words() -> None:
    fault = Fault(Code.NOT_CHOICE, "Budget", "A2", values={"value": "x", "choices": Choices("side")})
    assert sentence(fault, WORDS["en"]).endswith("Choose one of: revenue, expenditure.")
    empty = Fault(Code.EMPTY, "Budget", "A2", values={"name": Label("column", "last year")})
    assert sentence(empty, WORDS["en"]) == "Budget!A2: “last year” is empty. Fill it in."
