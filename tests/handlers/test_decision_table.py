"""The table of decisions, from the desk into Excel and back into the chat."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from bot.domain.people import Role
from handlers import presses
from tests.decision_table.returns import decided, edited
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.services.writing import decide, filed, stored

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def take(town: Town, person: Person, hearing: Hearing) -> bytes:
    """The table, as it comes from the desk."""
    await send(town, person, presses.OpenDeskHearing(hearing.id))
    await town.press(person, "⚖️ Decisions in Excel")
    found = next(message for message in reversed(person.messages) if message.document)
    assert "coloured columns" in found.caption
    return found.document or b""


async def send_back(town: Town, person: Person, content: bytes) -> Message:
    """Send a file; the newest screen afterwards."""
    before = len(person.messages)
    person.send_document(content, "decisions.xlsx", mime=TYPE)
    await town.quiet()
    return next((each for each in reversed(person.messages[before:]) if each.labels), person.screen)


async def test_a_secretary_decides_in_excel(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author = await town.actor(await town.resident())
    one, two, three = [await filed(here, author, hearing, f"Сунуш {number}") for number in range(1, 4)]
    secretary = await town.secretary()
    table = await take(town, secretary, hearing)
    screen = await send_back(town, secretary, edited(table, decided(2, "Perhaps"), decided(3, "Rejected", None)))
    assert "I2: “Perhaps” is not known here" in screen.text
    assert "J3: “Reason” is empty" in screen.text
    copy = load_workbook(io.BytesIO(secretary.messages[-1].document or b"")).worksheets[0]
    assert "not known here" in copy["I2"].comment.text
    assert copy["J3"].fill.fgColor.rgb == "00FFFF00"
    assert copy.protection.sheet
    filled = edited(table, decided(2), decided(3, "Rejected", "No money"), decided(4, "Noted", None))
    await decide(here, three)
    screen = await send_back(town, secretary, filled)
    assert "New decisions: 2" in screen.text
    assert "№ 3: decided meanwhile: Accepted" in screen.text
    assert (await stored(here, one)).decision is None
    screen = await town.press(secretary, "✅ Store decisions: 2")
    assert "2 decisions are stored" in screen.text
    assert [(await stored(here, each)).decision is not None for each in (one, two)] == [True, True]
    screen = await send_back(town, secretary, filled)
    assert "There is nothing new in this table" in screen.text
    assert not [label for label in screen.labels if "Store" in label]


async def test_cancelled_nothing_of_a_table_is_stored(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    one = await filed(here, await town.actor(await town.resident()), hearing)
    member = await town.secretary(role=Role.MEMBER)
    table = edited(await take(town, member, hearing), decided(2))
    preview = await send_back(town, member, table)
    apply = preview.button("✅ Store decisions: 1")["callback_data"]
    await town.press(member, "✖️ Cancel")
    assert "Numbers so far" in member.screen.text
    assert (await stored(here, one)).decision is None
    member.forge(apply)
    await town.quiet()
    assert (await stored(here, one)).decision is None


async def test_a_table_from_somebody_else_says_nothing_of_the_hearing(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    await filed(here, await town.actor(await town.resident()), hearing)
    table = edited(await take(town, await town.secretary(), hearing), decided(2))
    neighbour, resident = await town.secretary("kok-art"), await town.resident("Бек")
    screen = await send_back(town, neighbour, table)
    assert "on which you do not decide" in screen.text
    assert "Бюджет" not in screen.text
    screen = await send_back(town, resident, table)
    assert "Store" not in " ".join(screen.labels)
