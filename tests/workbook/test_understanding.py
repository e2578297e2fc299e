"""The reader understands what people write and what programs make of it, and guesses nothing."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Dossier, HearingKind, Results
from bot.domain.languages import KY, LANGUAGES, RU, UZ, UZ_CYRL
from bot.domain.programme import EXPENDITURE_FUNCTIONS, REVENUE_GROUPS, Side, Unit
from bot.domain.questions import About, AboutKind
from bot.i18n import Catalogues
from bot.spreadsheets.faults import Code
from bot.spreadsheets.vocabulary import Vocabulary
from bot.workbook import words
from bot.workbook.faults import HearingCode
from bot.workbook.reader import read
from bot.workbook.spellings import hearing_vocabulary
from tests.spreadsheets.crafting import DATE_STYLE, MOMENT_STYLE, TIME_STYLE, Cell, Number, Row, Rows, xlsx
from tests.workbook.crafting import ACTIONS, BUDGET, HEARING, NOW, SERVICES, SITTINGS, WORDS, book, reading

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = Catalogues.load()
STARTS = datetime(2026, 12, 6, 8, 0, tzinfo=UTC)


def _dossier(sheets: Mapping[str, Rows]) -> Dossier:
    found = reading(sheets)
    assert found.errors == ()
    assert found.dossier is not None
    return found.dossier


@pytest.mark.parametrize(
    "day", ["06.12.2026", "6.12.2026", "2026-12-06", "06/12/2026", "06.12.2026 ж.", Number("46362", DATE_STYLE), 46362]
)
@pytest.mark.parametrize(
    "clock", ["14:00", "14.00", "14-00", "14", "14:00:00", Number("0.583333333333333", TIME_STYLE), 14]
)
def test_dates_and_times_are_understood_however_a_program_writes_them(day: Cell, clock: Cell) -> None:
    rows = [row for row in HEARING if row[0] not in ("date", "time")]
    dossier = _dossier({"Hearing": [*rows, ["date", day], ["time", clock]]})
    assert [sitting.starts_at for sitting in dossier.sittings] == [STARTS]


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("05.12.2026 18:00", "2026-12-05T12:00"),
        ("05.12.2026, 18:00", "2026-12-05T12:00"),
        ("2026-12-05T18:00", "2026-12-05T12:00"),
        (Number("46361.75", MOMENT_STYLE), "2026-12-05T12:00"),
        (46361.75, "2026-12-05T12:00"),
        ("05.12.2026", "2026-12-05T18:00"),
        (Number("46361", DATE_STYLE), "2026-12-05T18:00"),
        (Number("46361", MOMENT_STYLE), "2026-12-04T18:00"),
        ("05.12.2026 00:00", "2026-12-04T18:00"),
    ],
)
def test_answers_close_at_the_moment_given_or_at_the_end_of_the_day(written: Cell, ends: str) -> None:
    assert _dossier(book([["answers close", written]])).closes_at == datetime.fromisoformat(f"{ends}+00:00")


@pytest.mark.parametrize(
    ("written", "tyiyn"),
    [
        (1250.5, 125_050_000),
        ("1250,5", 125_050_000),
        ("1 250,50", 125_050_000),
        ("1\u00a0250,50", 125_050_000),
        ("1\u202f250.50", 125_050_000),
        ("1.250,50", 125_050_000),
        ("1,250.50", 125_050_000),
        ("1 250 000", 125_000_000_000),
        ("1,250,000", 125_000_000_000),
        ("0,125", 12_500),
        ("12345,678", 1_234_567_800),
        (Number("0.30000000000000004"), 30_000),
        (Number("1.2505E3"), 125_050_000),
        (0, 0),
    ],
)
def test_amounts_become_exact_tyiyn(written: Cell, tyiyn: int) -> None:
    dossier = _dossier(book(Budget=[["side", "line [ky]", "amount"], ["revenue", "Салык", written]]))
    assert dossier.budget is not None
    assert dossier.budget.total(Side.REVENUE) == tyiyn


def test_the_unit_of_the_workbook_decides_what_a_number_is_worth() -> None:
    budget: Rows = [["side", "line [ky]", "amount"], ["revenue", "Салык", "1250,55"]]
    for unit, tyiyn in (("som", 125_055), ("сом", 125_055), ("thousand som", 125_055_000), ("тыс. сом", 125_055_000)):
        dossier = _dossier(book([["unit", unit]], Budget=budget))
        assert dossier.budget is not None
        assert dossier.budget.lines[0].amount == tyiyn
    finer = reading(book([["unit", "som"]], Budget=[budget[0], ["revenue", "Салык", "1250,555"]]))
    assert [fault.code for fault in finer.errors] == [Code.TOO_FINE]


def test_any_order_of_columns_blank_rows_and_a_title_above_are_fine() -> None:
    budget: Rows = [
        ["2027-жылга бюджет", None, None],
        [None],
        ["Amount (thousand som)", "  LINE [KY] ", "Side", "group"],
        [None, None, None],
        [1200, "Салык", "REVENUE", "Local revenues"],
        [None, "", "  "],
        [700, "Жол", "expenditure", "704"],
    ]
    dossier = _dossier(book(Budget=budget))
    assert dossier.budget is not None
    assert [(line.no, line.side, line.group) for line in dossier.budget.lines] == [
        (1, Side.REVENUE, "own"),
        (2, Side.EXPENDITURE, "704"),
    ]


def test_a_group_given_in_words_is_read_by_its_number_or_code_else_shown_as_given() -> None:
    budget: Rows = [
        ["side", "group", "code", "line [ky]", "amount"],
        ["expenditure", "Функция", "70411", "Жол", 1],
        ["expenditure", "709 Мектептер", "", "Мектеп", 2],
        ["expenditure", "", "71012", "Жардам", 3],
        ["expenditure", "Ар түрдүү", "221", "Байланыш", 4],
        ["revenue", "Которуулар", "13311100", "Теңдештирүүчү грант", 5],
        ["revenue", "Салыктар", "1131", "Жер салыгы", 6],
    ]
    dossier = _dossier(book(Budget=budget))
    assert dossier.budget is not None
    assert [line.group for line in dossier.budget.lines] == ["704", "709", "710", "Ар түрдүү", "grants", "Салыктар"]


def test_sheets_that_are_not_needed_may_be_left_out_or_empty() -> None:
    dossier = _dossier(book(Agenda=[], Budget=[], Questions=[["no", "about", "kind"]]))
    assert (dossier.kind, dossier.agenda, dossier.budget, dossier.questions) == (HearingKind.OTHER, (), None, ())
    assert (dossier.results, dossier.unit) == (Results.AFTER_VOTING, Unit.THOUSAND)
    assert dossier.opens_at == NOW
    assert dossier.closes_at == datetime(2026, 12, 6, 10, 0, tzinfo=UTC)


def test_a_further_date_begins_a_further_sitting() -> None:
    more: Rows = [["date", "05.12.2026"], ["time", "10:00"], ["minutes", 90], ["place", None, "Мектеп", "Школа"]]
    dossier = _dossier(book(more))
    assert [(f"{one.starts_at:%d %H:%M}", one.minutes, str(one.place)) for one in dossier.sittings] == [
        ("05 04:00", 90, "Мектеп"),
        ("06 08:00", 120, "Маданият үйү"),
    ]


def test_a_row_of_the_sheet_sittings_is_a_sitting_for_its_village_or_for_everybody() -> None:
    rows: Rows = [
        *SITTINGS,
        ["Беш-Бала айылы", "07.12.2026", "10:00", "Мектеп", "Школа"],
        ["v-7", "05.12.2026", "10:00", "Клуб", "Клуб"],
        [None, "06.12.2026", "18:00", "Мечит", "Мечеть"],
        ["боғиш", "06.12.2026", "14:00", "Маданият үйү", "Дом культуры"],
    ]
    dossier = _dossier(book(Sittings=rows))
    assert [(f"{one.starts_at:%d %H:%M}", one.no, one.village, str(one.place)) for one in dossier.sittings] == [
        ("05 04:00", 1, 7, "Клуб"),
        ("06 08:00", 2, 9, "Маданият үйү"),  # the sheet Hearing has it too
        ("06 12:00", 3, 0, "Мечит"),
        ("07 04:00", 4, 8, "Мектеп"),
    ]
    assert dossier.closes_at == datetime(2026, 12, 7, 6, 0, tzinfo=UTC)


def test_a_hearing_of_the_past_is_warned_of_and_can_be_loaded() -> None:
    found = reading(book(), now=datetime(2027, 1, 5, tzinfo=UTC))
    assert [fault.code for fault in found.warnings] == [HearingCode.IN_THE_PAST]
    assert found.dossier is not None
    assert found.dossier.opens_at < found.dossier.closes_at


def test_uzbek_is_told_by_its_letters_and_unmarked_text_by_letters_only_one_language_has() -> None:
    rows: Rows = [
        ["field", "value", "value [uz]", "value [ru]"],
        ["title", "Коомдук угуу", "Jamoatchilik eshituvi", "Слушания"],
        ["date", "06.12.2026"],
        ["time", "14:00"],
        ["place", None, "Маданият уйи", None],
        ["address", "Қишлоқ кўчаси"],
        ["presenters", "Oʻqituvchi"],
    ]
    dossier = _dossier({"Hearing": rows})
    assert dict(dossier.title.by_language) == {KY: "Коомдук угуу", UZ: "Jamoatchilik eshituvi", RU: "Слушания"}
    assert list(dossier.sittings[0].place.by_language) == [UZ_CYRL]
    assert list(dossier.sittings[0].address.by_language) == [UZ_CYRL]
    assert list(dossier.presenters.by_language) == [UZ]


def test_a_question_may_be_about_anything_in_the_workbook() -> None:
    questions: Rows = [
        ["no", "about", "kind", "text [ky]"],
        *[_asked(no, about) for no, about in enumerate(_ABOUTS, start=1)],
    ]
    dossier = _dossier(
        book(
            Services=SERVICES,
            Actions=ACTIONS,
            Budget=BUDGET,
            Agenda=[["no", "item [ky]"], [4, "Ачуу"]],
            Questions=questions,
        )
    )
    assert [question.about for question in dossier.questions] == list(_ABOUTS.values())


_ABOUTS = {
    "hearing": About(),
    "Strategy": About(AboutKind.STRATEGY),
    "BUDGET": About(AboutKind.BUDGET),
    "service 2": About(AboutKind.SERVICE, 2),
    "service №1": About(AboutKind.SERVICE, 1),
    "budget line 7041": About(AboutKind.LINE, 2),
    "budget line #1": About(AboutKind.LINE, 1),
    "1111": About(AboutKind.LINE, 1),
    "agenda item 4": About(AboutKind.AGENDA, 4),
}


def _asked(no: int, about: str) -> Row:
    return [no, about, "stance", "Суроо"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_every_language_mean_what_they_mean_in_the_contract(language: str) -> None:
    known = hearing_vocabulary(SHIPPED)
    for table, names in words.LABEL_TABLES.items():
        for key, word in names(SHIPPED[language]).items():
            assert known.find(table, word) == key
            assert known.find(table, f"  {word.upper()} ") == key


@pytest.mark.parametrize("catalogues", [SHIPPED, WORDS], ids=["shipped", "contract only"])
def test_a_word_of_an_earlier_template_still_means_the_same(catalogues: Catalogues) -> None:
    known = hearing_vocabulary(catalogues)
    rows = list(csv.DictReader(files("bot.workbook").joinpath("spellings.csv").read_text("utf-8").splitlines()))
    assert len(rows) > 300
    assert [row for row in rows if known.find(row["table"], row["word"]) != row["key"]] == []


@pytest.mark.parametrize(
    ("table", "written", "key"),
    [
        ("sheet", "Кызмат кѳрсѳтүүлѳр", "Services"),
        ("sheet", "КЫЗМАТ КЄРСЄТЇЇЛЄР", "Services"),
        ("sheet", "Кызмат корсотуулор", "Services"),
        ("sheet", "Кызмат к?рс?т??л?р", "Services"),
        ("sheet", "Кызматтаар", "Services"),
        ("sheet", "Cyрoолор", "Questions"),
        ("sheet", "Иш чаралар", "Actions"),
        ("sheet", "Ишчаралар", "Actions"),
        ("sheet", "Бюджeт", "Budget"),
        ("sheet", "Ђюджет", None),
        ("field", "к?н?", "date"),
        ("field", "кyнy", "date"),
        ("column", "Тyрy", "kind"),
    ],
)
def test_a_heading_is_understood_with_letters_of_other_alphabets(table: str, written: str, key: str | None) -> None:
    assert hearing_vocabulary(SHIPPED).find(table, written) == key


def test_a_sheet_and_its_columns_are_read_with_letters_of_an_old_font() -> None:
    services: Rows = [["№", "Aталышы [ky]"], [1, "Жол"], [2, "Суу"]]
    dossier = _dossier({**book(), "Кызмат кѳрсѳтүүлѳр": services})
    assert [str(service.title) for service in dossier.services] == ["Жол", "Суу"]


def test_a_word_that_may_be_two_is_none() -> None:
    known = Vocabulary([("t", "төмөн", "low"), ("t", "тумун", "fog"), ("t", "кок", "blue"), ("t", "кокк", "two")])
    assert known.find("t", "т?м?н") is None
    assert known.find("t", "төмөөн") == "low"
    assert known.find("t", "кокк") == "two"


def test_every_group_with_a_key_has_a_word() -> None:
    assert {*REVENUE_GROUPS, *EXPENDITURE_FUNCTIONS, words.TOTAL_GROUP} == set(words.groups(SHIPPED[KY]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_sheets_fit_a_tab(language: str) -> None:
    names = list(words.sheets(SHIPPED[language]).values())
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_workbook_labelled_in_two_languages_is_read() -> None:
    t, russian = SHIPPED[KY], SHIPPED[RU]
    fields, headings = words.fields(russian), words.columns(t)
    rows: Rows = [
        [headings["field"], headings["value"], f"{headings['value']} [ky]"],
        [fields["title"].upper(), None, "Угуу"],
        [fields["date"], "06.12.2026"],
        [words.fields(t)["time"], "14:00"],
        [words.fields(t)["place"], None, "Мектеп"],
        [fields["kind"], words.kinds(russian)["strategy and budget"]],
    ]
    found = read(
        xlsx({words.sheets(russian)["Hearing"]: rows}), catalogues=SHIPPED, municipality_timezone="UTC", now=NOW
    )
    assert found.errors == ()
    assert found.dossier is not None
    assert found.dossier.kind is HearingKind.BOTH


@pytest.mark.parametrize(
    ("written", "day"), [("20.12.2026", date(2026, 12, 20)), (None, None), ("06.12.2026", date(2026, 12, 6))]
)
def test_the_day_until_which_the_commission_answers_is_read_and_may_be_left_out(
    written: Cell, day: date | None
) -> None:
    assert _dossier(book([["answers promised", written]])).answers_promised == day


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (10.3, "10:30"),
        (10.45, "10:45"),
        (14, "14:00"),
        (Number("0.4375", TIME_STYLE), "10:30"),
        ("14.00 – 15.00", "14.00 – 15.00"),
        ("түштөн кийин", "түштөн кийин"),
    ],
)
def test_a_time_of_the_agenda_that_became_a_number_is_a_time_again(written: Cell, shown: str) -> None:
    agenda: Rows = [["no", "time", "item [ky]"], [1, written, "Ачуу"]]
    assert _dossier(book(Agenda=agenda)).agenda[0].time == shown


def test_a_budget_of_2000_lines_is_read() -> None:
    lines: Rows = [["revenue", "own", f"{n:08}", f"Салык {n}", n] for n in range(1, 2_001)]
    questions: Rows = [["no", "about", "kind"], [1, "budget line #1999", "stance"]]
    sheets = book(Budget=[["side", "group", "code", "line [ky]", "amount"], *lines], Questions=questions)
    dossier = _dossier(sheets)
    assert dossier.budget is not None
    assert len(dossier.budget.lines) == 2_000
    assert dossier.questions[0].about == About(AboutKind.LINE, 1999)
