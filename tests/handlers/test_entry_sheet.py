"""The entry sheet in Kyrgyz, from the desk into Excel and back into the chat."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from bot.spreadsheets.stamps import STAMP_NAME
from handlers import presses
from handlers.presses.wire import pack
from tests.entry_sheet.filling import PAPERS, PEOPLE, VOTES, edited, put
from tests.handlers.test_decision_table import send_back
from tests.handlers.test_entries import at_entries, secretary_in_kyrgyz

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.entry_sheet.filling import Change
    from tests.living import Town


async def take(town: Town, secretary: Person, hearing: Hearing) -> bytes:
    """The sheet, as it comes from the desk."""
    await at_entries(town, secretary, hearing)
    await town.press(secretary, "📄 Excel менен киргизүү")
    found = next(message for message in reversed(secretary.messages) if message.document)
    assert "Түстүү мамычаларды" in found.caption
    return found.document or b""


def typed(row: int, code: int, text: str, **more: Any) -> Change:
    return put(PAPERS, row, {"Сиздин номериңиз": code, "Тексти": text, **more})


def counted(row: int, *numbers: int) -> Change:
    return put(VOTES, row, {f"{no}-вариант": number for no, number in enumerate(numbers, start=1)})


async def test_papers_boxes_and_people_come_by_excel(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    await at_entries(town, secretary, hearing)
    await town.press(secretary, "💬", "Кагазда", "Пикир", "🏛")
    await town.say(secretary, "Суу жок")
    await town.press(secretary, "✅")
    sheet = await take(town, secretary, hearing)
    people = put(PEOPLE, 2, {"Аялдар": 20, "Эркектер": 15})
    broken = edited(sheet, typed(2, 1, "Көчөгө жарык керек", Айыл="Ош"), people)
    screen = await send_back(town, secretary, broken)
    assert "Кагаздар!H2: «Ош» бул угуунун тизмесинде жок." in screen.text
    copy = next(message for message in reversed(secretary.messages) if message.document)
    assert load_workbook(io.BytesIO(copy.document or b"")).worksheets[PAPERS]["H2"].fill.fgColor.rgb == "00FFFF00"
    file = edited(
        sheet,
        typed(2, 1, "Көчөгө жарык керек", Айыл="Багыш", **{"Канча киши колдойт": 7}),
        typed(3, 2, "суу жок"),
        counted(2, 10, 2, 0),
        people,
    )
    screen = await send_back(town, secretary, file)
    assert "Жаңы пикирлер: 1" in screen.text
    assert "Жаңы саналган урналар: 1" in screen.text
    assert "Катышкандар, жыйындар боюнча: 1" in screen.text
    assert "2-кагаз = № 1: суу жок" in screen.text
    await town.press(secretary, "✅ Калгандарын сактоо")
    assert "1-кагаз: № 2" in secretary.screen.text
    screen = await send_back(town, secretary, file)
    assert "Башка жазуу менен бирдей: 1" in screen.text
    assert "Жаңы пикирлер" not in screen.text
    await town.press(secretary, "✖️")
    assert "35" in secretary.screen.text
    secretary.forge(pack(presses.SeeTallies(hearing.id), "ky"))
    await town.quiet()
    assert "Кагазда: 12" in secretary.screen.text
    async with town.store.reading() as repositories:
        assert [each.support for each in await repositories.comments.page(hearing.id, after=0, limit=9)] == [0, 7]


async def test_a_sheet_that_has_lost_its_stamp_is_asked_about(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    book = load_workbook(io.BytesIO(await take(town, secretary, hearing)))
    del book[STAMP_NAME]
    file = io.BytesIO()
    book.save(file)
    sheet = edited(file.getvalue(), typed(2, 1, "Көчөгө жарык керек"), counted(2, 10, 2, 0))
    screen = await send_back(town, secretary, sheet)
    assert "Бул киргизүү файлы. Кайсы угууга?" in screen.text
    await town.press(secretary, "✍️ 25.11")
    assert "Жаңы пикирлер: 1" in secretary.screen.text
    await town.press(secretary, "✅ Сактоо")
    assert "1-кагаз: № 1" in secretary.screen.text


async def test_a_change_is_shown_before_it_is_stored_and_a_late_press_shows_what_stands(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    first = edited(await take(town, secretary, hearing), typed(2, 1, "Суу жок"), counted(2, 5, 1, 0))
    apply = (await send_back(town, secretary, first)).button("✅ Сактоо")["callback_data"]
    await town.press(secretary, "✅ Сактоо")
    secretary.forge(apply)
    await town.quiet()
    assert "Бул файлда жаңы эч нерсе жок" in secretary.screen.text
    changed = edited(await take(town, secretary, hearing), typed(2, 1, "Таза суу жок"), counted(2, 6, 1, 0))
    screen = await send_back(town, secretary, changed)
    assert "1-кагаз (№ 1): Суу жок → Таза суу жок" in screen.text
    assert "1-суроо, 1-урна: 5 1 0 → 6 1 0" in screen.text


async def test_a_sheet_from_somebody_else_says_nothing_of_the_hearing(town: Town) -> None:
    hearing, secretary = await town.hearing(), await secretary_in_kyrgyz(town)
    file = edited(await take(town, secretary, hearing), typed(2, 1, "Суу жок"))
    screen = await send_back(town, await town.secretary("kok-art"), file)
    assert "for which you do not enter" in screen.text
    assert "Бюджет" not in screen.text
    apply = (await send_back(town, secretary, file)).button("✅ Сактоо")["callback_data"]
    thief = await town.secretary()
    thief.forge(apply)
    await town.quiet()
    async with town.store.reading() as repositories:
        assert await repositories.comments.page(hearing.id, after=0, limit=9) == ()
