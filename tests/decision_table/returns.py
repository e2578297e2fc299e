"""A hearing whose comments wait for decisions, its table as a secretary takes it, and what she may do to the file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from bot.i18n import Catalogues
from bot.reports import decision_table, returned_table
from tests.municipality import Municipality
from tests.samples import NOW
from tests.services.writing import decide, filed

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from bot.decision_table.reader import ReturnedTable
    from storage import Store

    Change = Callable[[Worksheet], object]

CATALOGUES = Catalogues.load()
ENGLISH = CATALOGUES["en"]
TIMEZONE = "Asia/Bishkek"
NUMBER, TEXT, DECISION, REASON, RESPONSIBLE, DUE, CHANGES = "B", "E", "I", "J", "K", "L", "M"
"""Letters of the columns; the key stands in A. Comment 1 is in row 2."""


@dataclass(frozen=True)
class Taken:
    """A table as it was taken, of a hearing with five proposals: the fourth was taken back, the fifth is decided."""

    hearing: int
    other_hearing: int
    municipality: int
    table: bytes


async def take(store: Store, clock: Any) -> Taken:
    """Prepare the hearing, and take its table."""
    here = await Municipality.over(store, clock)
    hearing, author = await here.hearing(), await here.resident(1)
    comments = [await filed(here, author, hearing, f"Сунуш {number}:\nкөпүрө  керек") for number in range(1, 6)]
    await here.services.comments.withdraw(author, comments[3].id)
    await decide(here, comments[4])
    other = await here.hearing(place="kok-art")
    return Taken(hearing.id, other.id, here.id, await written(store, hearing.id))


async def written(store: Store, hearing_id: int, language: str = "en") -> bytes:
    """The table of a hearing as it stands."""
    made = await decision_table.write(store, hearing_id, t=CATALOGUES[language], now=NOW, timezone=TIMEZONE)
    return made.content


async def returned(store: Store, content: bytes, *municipalities: int) -> ReturnedTable:
    """What is read of a file that comes back from staff of these municipalities."""
    return await returned_table.read(
        store, content, frozenset(municipalities), catalogues=CATALOGUES, timezone=TIMEZONE
    )


def edited(content: bytes, *changes: Change) -> bytes:
    """The file after these changes of its sheet, saved again."""
    book = load_workbook(io.BytesIO(content))
    sheet: Any = book.worksheets[0]
    for change in changes:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(name: str, value: Any) -> Change:
    """Write a value into a cell."""
    return lambda sheet: sheet.__setitem__(name, value)


def decided(row: int, outcome: Any = "Accepted", reason: Any = "We will build it", **more: Any) -> Change:
    """Fill a row in; ``responsible`` and ``due`` as given."""

    def fill(sheet: Any) -> None:
        sheet[f"{DECISION}{row}"], sheet[f"{REASON}{row}"] = outcome, reason
        sheet[f"{RESPONSIBLE}{row}"], sheet[f"{DUE}{row}"] = more.get("responsible"), more.get("due")

    return fill
