"""The list of places: every mistake by row and column, and what comes out of a good one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import PlaceKind
from bot.i18n import Catalogues
from bot.spreadsheets import opening
from bot.spreadsheets.faults import Code
from bot.workbook import place_list
from bot.workbook.faults import PlaceCode, sentence
from bot.workbook.place_words import PLACE_COLUMNS, kinds
from bot.workbook.places import MOST_PLACES, read_places
from tests.spreadsheets.crafting import Rows, xlsx

if TYPE_CHECKING:
    from enum import StrEnum

WORDS = Catalogues.load()
HEAD = ",".join(PLACE_COLUMNS)
REGION = "r,region,,Облус,Область,,,Asia/Bishkek,,,,"
DISTRICT = "d,district,r,Район,Район,,,,,,,"
AIMAK = "a,municipality,d,Аймак,Аймак,,,,1200,600,,"


def _list(*rows: str) -> bytes:
    return "\n".join((HEAD, REGION, DISTRICT, AIMAK, *rows)).encode()


LISTS: list[tuple[StrEnum, bytes, int, str]] = [
    (Code.CORRUPT, b"PK\x03\x04\xff\xff", 0, ""),
    (PlaceCode.NOT_A_TABLE, b"name,municipality\na,b\n", 0, ""),
    (PlaceCode.NOT_A_TABLE, "код;түрү\n".encode("cp1251", "replace"), 0, ""),
    (PlaceCode.NO_PARENT, _list("v,village,x,Айыл,,,,,,,,"), 5, "parent"),
    (PlaceCode.WRONG_PARENT, _list("v,village,d,Айыл,,,,,,,,"), 5, "parent"),
    (PlaceCode.WRONG_PARENT, _list("v,village,r,Айыл,,,,,,,,"), 5, "parent"),
    (PlaceCode.WRONG_PARENT, _list("v,municipality,a,Аймак,,,,,,,,"), 5, "parent"),
    (PlaceCode.WRONG_PARENT, _list("v,district,d,Район,,,,,,,,"), 5, "parent"),
    (Code.EMPTY, _list("v,village,,Айыл,,,,,,,,"), 5, "parent"),
    (Code.EMPTY, _list(",village,a,Айыл,,,,,,,,"), 5, "code"),
    (Code.EMPTY, _list("v,,a,Айыл,,,,,,,,"), 5, "type"),
    (Code.CELL_IGNORED, _list("v,region,r,Облус,,,,,,,,"), 5, "parent"),
    (PlaceCode.CODE_TWICE, _list("a,village,a,Айыл,,,,,,,,"), 5, "code"),
    (PlaceCode.NO_NAME, _list("v,village,a,,,,,,,,,"), 5, "name_ky"),
    (PlaceCode.NO_ZONE, _list("v,village,a,Айыл,,,,Bishkek,,,,"), 5, "timezone"),
    (Code.NOT_CHOICE, _list("v,көчө,a,Айыл,,,,,,,,"), 5, "type"),
    (Code.NOT_NUMBER, _list("v,village,a,Айыл,,,,,көп,,,"), 5, "population"),
    (PlaceCode.MORE_WOMEN, _list("v,village,a,Айыл,,,,,100,101,,"), 5, "women"),
    (Code.NOT_DATE, _list("v,village,a,Айыл,,,,,,,2024,"), 5, "valid_from"),
    (PlaceCode.ENDS_FIRST, _list("v,village,a,Айыл,,,,,,,2024-05-01,30.04.2024"), 5, "valid_to"),
    (PlaceCode.ROUNDED_CODE, _list('"4,1702E+13",village,a,Айыл,,,,,,,,'), 5, "code"),
    (PlaceCode.ROUNDED_CODE, _list("4.1702e13,village,a,Айыл,,,,,,,,"), 5, "code"),
    (PlaceCode.ROUNDED_CODE, _list("v,village,4E+13,Айыл,,,,,,,,"), 5, "parent"),
    (PlaceCode.NO_PARENT, _list("v,village,a,Айыл,,,,,,,,,,,,x"), 5, "successor"),
    (PlaceCode.WRONG_SUCCESSOR, _list("v,village,a,Айыл,,,,,,,,,,,,a"), 5, "successor"),
    (PlaceCode.WRONG_SUCCESSOR, _list("v,village,a,Айыл,,,,,,,,,,,,v"), 5, "successor"),
    (PlaceCode.LONE_QUOTE, _list('v,village,a,"Тамчы" айылы,,,,,,,,'), 5, ""),
    (PlaceCode.LONE_QUOTE, _list('v,village,a,"Тамчы,,,,,,,,', "w,village,a,Айыл,,,,,,,,"), 5, ""),
    (PlaceCode.NO_TEXT, _list("v,village,a,Айыл,,,,,,,,").decode().encode("cp866", "replace"), 0, ""),
    (Code.NOT_CHOICE, _list('v,village,a,"Тамчы\nайылы",,,,,,,,', "w,villag,a,Айыл,,,,,,,,"), 7, "type"),
    (Code.NOT_CHOICE, b"sep=;\r\n" + _list("v,villag,a,Айыл,,,,,,,,").replace(b",", b";"), 6, "type"),
    (Code.TOO_LONG, _list(f"v,village,a,{'А' * 121},,,,,,,,"), 5, "name_ky"),
    (Code.TOO_MANY_ROWS, (HEAD + "\n" + "".join(f"r{n},region,,О,,,,,,,,\n" for n in range(MOST_PLACES + 1))).encode(),
     MOST_PLACES + 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "content", "csv_line", "column"), LISTS, ids=[f"{c.name}-{n}" for c, _, _, n in LISTS]
)
def test_a_mistake_is_named_with_its_line_and_column(code: StrEnum, content: bytes, csv_line: int, column: str) -> None:
    found = read_places(content)
    assert [(fault.code, fault.csv_line, fault.cell) for fault in found.errors] == [(code, csv_line, column)]
    assert found.places == ()
    said = sentence(found.errors[0], WORDS["en"])
    assert "{" not in said
    assert said.startswith(f"Line {csv_line}, {column}: " if column else f"Line {csv_line}: " if csv_line else "")


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_good_list_gives_places_with_their_parents_codes(bom: bytes, separator: str) -> None:
    text = (
        f"{HEAD}\r\nv,village,a,Жаңы-Айыл,,Янги қишлоқ,,,,,2024-05-01,\r\n{AIMAK}\r\n{DISTRICT}\r\n{REGION}\r\n\r\n,,,"
    )
    found = read_places(bom + text.replace(",", separator).encode())
    assert found.errors == ()
    assert [(place.code, parent) for place, parent in found.places] == [("r", ""), ("d", "r"), ("a", "d"), ("v", "a")]
    village = found.places[-1][0]
    assert dict(village.name.by_language) == {"ky": "Жаңы-Айыл", "uz_Cyrl": "Янги қишлоқ"}
    assert village.valid_from == date(2024, 5, 1)
    aimak = found.places[2][0]
    assert (aimak.population, aimak.women, aimak.kind) == (1200, 600, PlaceKind.MUNICIPALITY)
    assert found.places[0][0].timezone == "Asia/Bishkek"


RUSSIAN = "code;type;parent;name_ru\r\n41702;region;;Иссык-Кульская область\r\n"


@pytest.mark.parametrize(
    "content",
    [
        RUSSIAN.encode("cp1251"),
        RUSSIAN.encode("utf-16"),
        RUSSIAN.encode("utf-16-le"),
        RUSSIAN.encode("utf-16-be"),
        RUSSIAN.replace(";", "\t").encode("utf-16"),
        f"sep=;\r\n{RUSSIAN}".encode("utf-8-sig"),
        f"SEP=|\n{RUSSIAN.replace(';', '|')}".encode(),
    ],
)
def test_a_list_is_read_however_it_was_saved(content: bytes) -> None:
    ((place, parent),) = read_places(content).places
    assert (place.code, place.kind, str(place.name), parent) == (
        "41702",
        PlaceKind.REGION,
        "Иссык-Кульская область",
        "",
    )


def test_a_name_may_have_quotation_marks_and_line_breaks() -> None:
    found = read_places(_list('v,village,a,"Тамчы ""Ак-Суу""\nайылы",,,,,,,,', 'w,village,a,Совхоз "Заря",,,,,,,,'))
    assert [str(place.name) for place, _ in found.places[-2:]] == ['Тамчы "Ак-Суу" айылы', 'Совхоз "Заря"']


def test_a_parent_may_be_stored_already() -> None:
    content = (HEAD + "\nv,village,a,Айыл,,,,,,,,\n").encode()
    assert read_places(content).errors
    assert len(read_places(content, {"a": PlaceKind.MUNICIPALITY}).places) == 1


def test_a_town_is_a_municipality_of_its_region() -> None:
    rows = (
        "41711,region,,Бишкек ш.,г. Бишкек",
        "41711201,municipality,41711,Биринчи Май айыл аймагы,Первомайский айылный аймак",
        "41702,region,,Ысык-Көл облусу,Иссык-Кульская область",
        "41702410,municipality,41702,Каракол ш.,г. Каракол",
    )
    found = read_places("\r\n".join(("code,type,parent,name_ky,name_ru", *rows)).encode())
    assert found.errors == ()
    assert [(place.code, parent) for place, parent in found.places][-1] == ("41702410", "41702")


def test_headings_and_types_are_understood_with_letters_that_only_look_like_theirs() -> None:
    found = read_places(" Соde ;Type;Pаrent;Name-Ky\nr;Rеgion;;Облус".encode())
    assert [(place.code, place.kind) for place, _ in found.places] == [("r", PlaceKind.REGION)]
    assert str(found.places[0][0].name) == "Облус"


def test_a_district_or_region_without_municipalities_may_have_villages() -> None:
    town = f"{HEAD}\n{REGION}\nt,district,r,Кызыл-Кыя,,,,,,,,\nv,village,t,Ак-Булак,,,,,,,,".encode()
    assert [parent for _, parent in read_places(town).places] == ["", "r", "t"]
    village = f"{HEAD}\nv,village,t,Ак-Булак,,,,,,,,".encode()
    known = {"t": PlaceKind.DISTRICT}
    assert [fault.code for fault in read_places(village, known).errors] == [PlaceCode.WRONG_PARENT]
    assert len(read_places(village, known, towns=["t"]).places) == 1
    below = f"{HEAD}\na,municipality,t,Аймак,,,,,,,,".encode()
    assert len(read_places(below, known, towns=["t"]).places) == 1


def test_question_marks_in_a_name_are_remarked_on() -> None:
    found = read_places(_list("v,village,a,Ысык-К?л,,,,,,,,"))
    assert len(found.places) == 4
    assert [(fault.code, fault.csv_line, fault.cell) for fault in found.warnings] == [
        (PlaceCode.LOST_LETTERS, 5, "name_ky")
    ]


def test_a_column_that_is_not_known_is_said() -> None:
    found = read_places("code,type,parent,name_ky,акча\nr,region,,Облус,5".encode())
    assert [sentence(fault, WORDS["en"]) for fault in found.warnings] == [
        "The column “акча” is not known and is ignored."
    ]


HEADINGS = {
    "ky": "Коду;Түрү;Кайсы жерге кирет (коду);Аталышы [ky];Аталышы [ru];Калкы;Телефону",
    "ru": "Код;Вид;Входит в (код);Название [ky];Название [ru];Население;Телефон",
    "uz": "Kodi;Turi;Qaysi joyga kiradi (kodi);Nomi [ky];Nomi [ru];Aholisi;Telefoni",
    "en": "code;type;parent;name ky;name (ru);population;contact phone",
}


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_and_kinds_are_understood_in_every_language(language: str) -> None:
    kind = kinds(WORDS[language])["region"]
    found = read_places(f"{HEADINGS[language]}\n7;{kind};;Облус;Область;1200;+996 555 000 111".encode())
    assert found.errors == found.warnings == ()
    ((place, _),) = found.places
    assert dict(place.name.by_language) == {"ky": "Облус", "ru": "Область"}
    assert (place.code, place.population, place.contact_phone) == ("7", 1200, "+996 555 000 111")
    assert found.language == language


def test_a_fault_names_the_column_as_the_file_calls_it() -> None:
    (fault,) = read_places(f"{HEADINGS['ru']}\n7;область;;Облус;;много;".encode()).errors
    assert sentence(fault, WORDS["ru"]).startswith("Строка 2, Население: ")


@pytest.mark.parametrize("language", ["ky", "ru", "uz_Cyrl", "uz", "en"])
def test_the_empty_list_is_read_and_holds_no_place(language: str) -> None:
    empty = place_list.template(WORDS[language])
    found = read_places(empty)
    assert (found.places, found.errors, found.warnings, found.language) == ((), (), (), language)
    (sheet, _) = opening.read_grids(empty)
    assert len(sheet.rows) == 5


def test_what_is_stored_is_read_again_as_it_was_from_csv_and_from_a_workbook() -> None:
    rows = ("w,village,a,Айыл,,Қишлоқ,,,500,240,2020-01-01,31.12.2030,,,,", "o,municipality,d,Эски,,,,,,,,,,,,a")
    contact = 'c,municipality,d,"Аймак, ""Жаңы""",,,,,,,,,Айгүл,+996 3948 5 12 34,"Дш–Жм, 9–17",'
    read = read_places(_list(*rows, contact))
    assert read.errors == ()
    ids = {place.code: number for number, (place, _) in enumerate(read.places, 1)}
    stored = [replace(place, id=ids[place.code], parent_id=ids.get(parent)) for place, parent in read.places]
    codes = {number: code for code, number in ids.items()}
    for again in (
        place_list.comma_separated(stored, codes).encode("utf-8-sig"),
        place_list.workbook(WORDS["ky"], stored, codes),
    ):
        found = read_places(again)
        assert (found.errors, found.warnings) == ((), ())
        assert found.places == read.places


def test_a_list_may_be_a_sheet_of_any_workbook_with_rows_above_its_headings() -> None:
    rows: Rows = [
        ["Бекитем"],
        ["code", "type", "parent", "name_ky", "population", "valid_from"],
        [41702000000000, "region", None, "Облус", 1200.0, "2024-05-01"],
        [4170200000000012, "region", None, "Облус"],
    ]
    (fault,) = read_places(xlsx({"Титул": [["Тизме"]], "Лист1": rows})).errors
    assert (fault.code, fault.csv_line, fault.cell) == (PlaceCode.ROUNDED_CODE, 4, "code")
    ((place, _),) = read_places(xlsx({"Титул": [["Тизме"]], "Лист1": rows[:3]})).places
    assert (place.code, place.population, place.valid_from) == ("41702000000000", 1200, date(2024, 5, 1))


def test_a_workbook_with_more_places_than_are_read_is_refused_whole() -> None:
    rows: Rows = [["code", "type", "parent", "name_ky"], *([n, "region", None, "О"] for n in range(opening.MOST_ROWS))]
    (fault,) = read_places(xlsx({"Places": rows})).errors
    assert (fault.code, fault.values) == (PlaceCode.LONG_WORKBOOK, {"limit": opening.MOST_ROWS})
    assert read_places(xlsx({"Places": rows[:-1]})).errors == ()


def test_a_village_under_a_faulty_municipality_is_not_a_second_mistake() -> None:
    content = f"{HEAD}\n{REGION}\n{DISTRICT}\na,aimak,d,Аймак,,,,,,,,\nv,village,a,Айыл,,,,,,,,".encode()
    assert [(fault.code, fault.csv_line) for fault in read_places(content).errors] == [(Code.NOT_CHOICE, 4)]


@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: (HEAD + "\n" + text).encode())))
def test_any_bytes_are_answered(content: bytes) -> None:
    found = read_places(content)
    assert not (found.places and found.errors)
