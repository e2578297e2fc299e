"""An entry sheet as the commission takes it, what it may type into the file, and what comes of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from openpyxl import load_workbook

from bot.i18n import Catalogues
from bot.reports import entry_sheet, returned_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.reports.returned_sheet import ReturnedSheet
    from bot.services.entry_sheets import SheetView
    from tests.municipality import Municipality

    Change = Callable[[Any], object]

CATALOGUES: Final = Catalogues.load()
TIMEZONE: Final = "Asia/Bishkek"
PAPERS, VOTES, PEOPLE = range(3)
"""The sheets by their places."""


async def taken(town: Municipality, hearing: Hearing, language: str = "en") -> bytes:
    """The sheet of a hearing as it stands."""
    services = town.services
    t = CATALOGUES[language]
    return (await entry_sheet.write(services.store, hearing.id, t=t, timezone=TIMEZONE)).content


async def returned(town: Municipality, content: bytes, language: str = "en", *, place: str = "bagysh") -> ReturnedSheet:
    """What is read of a file that staff of that municipality send back."""
    return await returned_sheet.read(
        town.services.store,
        content,
        frozenset({town.places[place]}),
        catalogues=CATALOGUES,
        language=language,
        now=town.services.clock.now(),
        timezone=TIMEZONE,
    )


async def stored(town: Municipality, staff: Actor, content: bytes, *, twins: bool = False) -> SheetView:
    """What comes of a file without mistakes that is sent back and applied."""
    found = await returned(town, content)
    assert found.errors == ()
    shown = await town.services.entry_sheets.compare(staff, found.sheet)
    return await town.services.entry_sheets.apply(staff, found.sheet, check=shown.comparison.check, twins=twins)


def edited(content: bytes, *changes: Change) -> bytes:
    """The file after these changes, saved again."""
    book = load_workbook(io.BytesIO(content))
    for change in changes:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by their headings, from 1."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}


def put(place: int, row: int, values: Mapping[str, Any]) -> Change:
    """Write values into a row of a sheet, by the headings of their columns."""

    def change(book: Any) -> None:
        sheet = book.worksheets[place]
        for heading, value in values.items():
            sheet.cell(row, columns(sheet)[heading]).value = value

    return change


def paper(row: int, code: Any, text: Any, **more: Any) -> Change:
    """Type a paper; ``more`` are its other cells, underscores for spaces."""
    cells = {name.replace("_", " "): value for name, value in more.items()}
    return put(PAPERS, row, {"Your number": code, "Text": text, **cells})


def votes(row: int, *numbers: Any, papers: Any = None, **more: Any) -> Change:
    """Type the papers for each option of the question in that row."""
    chosen = {f"Option {no}": number for no, number in enumerate(numbers, start=1)}
    return put(VOTES, row, {"Papers in all": papers, **chosen, **more})


def present(row: int, people: Any, women: Any = None, men: Any = None) -> Change:
    """Type people present at a sitting."""
    return put(PEOPLE, row, {"People in all": people, "Women": women, "Men": men})


def rows(content: bytes, place: int) -> list[dict[str, Any]]:
    """The rows of a sheet that have anything beside the hidden column, by the headings."""
    sheet: Any = load_workbook(io.BytesIO(content)).worksheets[place]
    names = {column: heading for heading, column in columns(sheet).items()}
    found = ({names[cell.column]: cell.value for cell in line if cell.column in names} for line in sheet.iter_rows(2))
    return [row for row in found if any(value is not None for value in row.values())]
