"""The list of places, out: an empty one to fill in, and what is stored, as a workbook or CSV.

``places.read_places`` reads both again.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from bot.domain.languages import UZ, UZ_CYRL
from bot.domain.places import PlaceKind
from bot.spreadsheets.names import column_letters
from bot.workbook import words
from bot.workbook.place_words import COLUMN_WIDTHS, NAME, NAME_LANGUAGES, PLACE_COLUMNS, heading, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from bot.domain.languages import Text
    from bot.domain.places import Place
    from bot.i18n import Translator

_TEXT_COLUMNS: Final = ("code", "parent", "successor", "contact_phone")
"""Columns of codes and numbers that a spreadsheet must not take for numbers."""
_OFFERED_ROWS: Final = 3_000
"""Rows with drop-down lists, and formatted as text where that matters."""
_HEAD: Final = {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
_GREY: Final = {"italic": True, "font_color": "#7F7F7F", "num_format": "@"}
_KINDS_SHEET: Final = "Lists"

Row = dict[str, str]


def template(t: Translator) -> bytes:
    """An XLSX with the headings in the language of ``t``, examples in grey and lists of kinds and zones."""
    return _workbook(t, _examples(t), _GREY)


def workbook(t: Translator, places: Iterable[Place], codes: dict[int, str]) -> bytes:
    """An XLSX of these places; ``codes`` are those of all places, by id."""
    return _workbook(t, (row(place, codes, kinds(t)) for place in places), {"num_format": "@"})


def comma_separated(places: Iterable[Place], codes: dict[int, str]) -> str:
    """CSV of these places under the English headings, which never change."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, PLACE_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row(place, codes, {kind: kind for kind in PlaceKind}) for place in places)
    return file.getvalue()


def row(place: Place, codes: dict[int, str], kind_words: dict[Any, str]) -> Row:
    """The values of a place by column."""
    found = {column: getattr(place, column, "") for column in PLACE_COLUMNS}
    found |= {"type": kind_words[place.kind], "parent": codes.get(place.parent_id or 0, "")}
    found |= {f"name_{language}": _name(place.name, language) for language in NAME_LANGUAGES}
    return {column: _written(value) for column, value in found.items()}


def _name(name: Text, language: str) -> str:
    """The name in a language; of Uzbek in either script."""
    found = name.by_language
    return found.get(UZ_CYRL) or found.get(UZ, "") if language == UZ else found.get(language, "")


def _written(value: str | int | date | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else f"{value:%d.%m.%Y}"


def _workbook(t: Translator, rows: Iterable[Row], look: dict[str, object]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 libraries for this alone

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(t.p("sheet", "Places"))
    plain = book.add_format({"num_format": "@"})
    head, shown = book.add_format(_HEAD), book.add_format(look)
    for at, column in enumerate(PLACE_COLUMNS):
        sheet.write_string(0, at, heading(t, column), head)
        sheet.set_column(
            at,
            at,
            COLUMN_WIDTHS.get(column, 26 if column.startswith(NAME) else 14),
            plain if column in _TEXT_COLUMNS else None,
        )
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    for number, values in enumerate(rows, 1):
        for at, column in enumerate(PLACE_COLUMNS):
            if values.get(column):
                sheet.write_string(number, at, values[column], shown)
    _offer(book, sheet, {"type": list(kinds(t).values()), "timezone": ["Asia/Bishkek"]})
    book.close()
    return file.getvalue()


def _offer(book: Any, sheet: Any, lists: dict[str, Sequence[str]]) -> None:
    """Give columns drop-down lists, from a hidden sheet; other zones may be written too."""
    hidden = book.add_worksheet(_KINDS_SHEET)
    for at, (column, offered) in enumerate(lists.items()):
        hidden.write_column(0, at, offered)
        letter, index = column_letters(at + 1), PLACE_COLUMNS.index(column)
        source = f"={_KINDS_SHEET}!${letter}$1:${letter}${len(offered)}"
        closed = column == "type"
        rule = {"validate": "list", "source": source, "show_error": closed}
        sheet.data_validation(1, index, _OFFERED_ROWS, index, rule)
    hidden.hide()


def _examples(t: Translator) -> Iterator[Row]:
    """Rows that show how it is done, one of each kind; the mark stands where the code does."""
    names = {
        PlaceKind.REGION: ("Жалал-Абад облусу", "Джалал-Абадская область", "Жалолобод вилояти"),
        PlaceKind.DISTRICT: ("Сузак району", "Сузакский район", "Сўзоқ тумани"),
        PlaceKind.MUNICIPALITY: ("Багыш айыл аймагы", "Багышский айылный аймак", "Боғиш айил аймоғи"),
        PlaceKind.VILLAGE: ("Сафаровка", "Сафаровка", "Сафаровка"),
    }
    parents = ("", "41703", "41703225", "41703225812")
    for parent, (kind, (kyrgyz, russian, uzbek)) in zip(parents, names.items(), strict=True):
        values = {"code": words.marks(t)["example"], "type": kinds(t)[kind], "parent": parent}
        values |= {"name_ky": kyrgyz, "name_ru": russian, "name_uz": uzbek}
        if kind is PlaceKind.REGION:
            values["timezone"] = "Asia/Bishkek"
        if kind is PlaceKind.MUNICIPALITY:
            values |= {"population": "14500", "women": "7200", "contact_phone": "+996 3748 5 12 34"}
            values["contact_name"], values["contact_hours"] = t("Secretary of the council"), t("Mon–Fri, 9:00–17:00")
        yield values
