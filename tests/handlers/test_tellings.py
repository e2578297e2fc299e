"""People tell one thing in fifty ways; the secretary's record has every word once, under the right number."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from tests.handlers.telling import PLACES, WAYS, Teller
from tests.handlers.test_comments import said
from tests.handlers.test_desk import record
from tests.scale import rounds

if TYPE_CHECKING:
    from tests.handlers.telling import Place, Way
    from tests.living import Town

PLACES_OF_EACH_WAY = rounds(len(PLACES), few=1)
"""By default two ways are told in each place, with ``--full`` all ten."""


async def test_one_thing_told_in_fifty_ways_is_in_the_record_once(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    expected: dict[int, str] = {}
    for way_number, way in enumerate(WAYS):
        for number in range(PLACES_OF_EACH_WAY):
            place = PLACES[(way_number + number) % len(PLACES)]
            teller = Teller(town, await town.resident(f"Айгүл {way_number}"), hearing)
            receipt, words = await tell(teller, way, place, f"Көпүрө{way_number}{number}")
            assert receipt not in expected, (way, place)
            expected[receipt] = words
    book = load_workbook(io.BytesIO(await record(town, secretary, "⬇️ Excel")))
    rows = [row for row in book["Comments"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert {row[0]: row[4] for row in rows} == expected
    assert len(rows) == len(expected) == len(WAYS) * PLACES_OF_EACH_WAY


async def tell(teller: Teller, way: Way, place: Place, words: str) -> tuple[int, str]:
    """Tell it; the number on its receipt, and what the record has to say."""
    asks = await place(teller)
    teller.town.clock.forward(minutes=2)
    whole = await way(teller, words)
    await teller.town.quiet()
    resident = (await teller.town.actor(teller.person)).resident
    assert resident is not None
    if not resident.is_settled:
        teller.town.clock.forward(minutes=2)
        await teller.town.say(teller.person, "багыш айыл аймагы")
        await teller.town.press(teller.person, "✅ Bagysh")
    if asks:
        questions = [each for each in teller.person.messages if "💬 A comment" in each.labels]
        teller.person.press("💬 A comment", on=questions[0])
        await teller.town.quiet()
    numbers = re.findall(r"Your number: № (\d+)", said(teller.person))
    assert len(numbers) == 1, (way, place, said(teller.person))
    return int(numbers[0]), whole
