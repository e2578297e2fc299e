"""A secretary puts a hearing up from her phone: workbook, mistakes, warnings, preview, publishing; and corrects it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from bot.domain.hearings import Phase
from bot.domain.languages import KY
from bot.i18n import Catalogues
from bot.spreadsheets.stamps import STAMP_NAME, WORKBOOK, Stamp
from bot.workbook import fill
from tests import samples

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

T = Catalogues.load()[KY]
EMPTY = Stamp(WORKBOOK)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: Dossier | None = None, stamp: Stamp = EMPTY) -> bytes:
    """A workbook as a secretary fills it in."""
    return fill(content or samples.dossier(), T, municipality_timezone="Asia/Bishkek", stamp=stamp)


def with_mistakes(content: bytes) -> bytes:
    """The same with no title, and an amount in words."""
    book = load_workbook(io.BytesIO(content))
    hearing, budget = book["Угуу"], book["Бюджет"]
    for column in "BCDE":
        hearing[f"{column}2"] = None
    amounts = next(cell.column_letter for cell in budget[1] if cell.value == "суммасы")
    budget[f"{amounts}2"] = "көп"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def send(town: Town, person: Person, content: bytes, name: str = "угуу.xlsx", caption: str = "") -> Message:
    """Send a file; the newest screen afterwards."""
    person.send_document(content, name, mime=XLSX, caption=caption)
    await town.quiet()
    return person.screen


async def hearings_of(town: Town) -> tuple[Hearing, ...]:
    async with town.store.reading() as repositories:
        return await repositories.hearings.list_of(town.places["bagysh"], tuple(Phase))


def files_of(person: Person) -> list[bytes]:
    """The files that the bot has sent, the oldest first."""
    sent = [message for message in person.messages if message.sender != person.user]
    return [message.content.file.content for message in sent if message.content.kind == "document"]  # type: ignore[union-attr]


async def test_from_an_empty_desk_by_a_bad_workbook_and_a_good_one_to_a_published_hearing(town: Town) -> None:
    gulnara = await town.secretary(tongue="Кыргызча")
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "➕ Жаңы угуу", "⬇️ Бош үлгү")
    assert load_workbook(io.BytesIO(files_of(gulnara)[-1]))[STAMP_NAME]["A1"].value == "workbook;0;0"
    await town.press(gulnara, "📎 Толтурулганын жөнөтүү")
    await send(town, gulnara, with_mistakes(workbook()))
    words = gulnara.screen.words
    assert "❌ 2 ката" in words
    assert "Угуу!C2" in words
    assert "«көп»" in words
    copy = load_workbook(io.BytesIO(files_of(gulnara)[-1]))
    assert copy["Угуу"]["C2"].fill.fgColor.rgb == "00FFFF00"
    assert "көп" in copy["Бюджет"]["G2"].comment.text
    assert await hearings_of(town) == ()
    await town.press(gulnara, "🗂 Иш столуна кайтуу", "➕ Жаңы угуу", "📎 Толтурулганын жөнөтүү")
    await send(town, gulnara, workbook())
    assert "⚠️" in gulnara.screen.words
    assert await hearings_of(town) == ()
    await town.press(gulnara, "✅ Макул, угуу даярдалсын")
    (draft,) = await hearings_of(town)
    assert (draft.phase, draft.dossier.title) == (Phase.DRAFT, samples.dossier().title)
    await town.press(gulnara, "👁 Алдын ала көрүү")
    assert "2027-жылдын бюджети" in gulnara.screen.words
    await town.press(gulnara, "⚪️ Русский", "💰 Бюджет")
    assert "Проект бюджета на 2027 год" in gulnara.screen.words
    await town.press(gulnara, "🗂 Иш столуна кайтуу", "📣 Азыр жарыялоо", "📣 Азыр жарыялоо")
    assert (await hearings_of(town))[0].phase is Phase.ANNOUNCED
