"""A secretary puts a hearing up from her phone: workbook, mistakes, warnings, preview, publishing; and corrects it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook

from bot.domain.hearings import Phase
from bot.domain.languages import KY
from bot.domain.people import Role
from bot.i18n import Catalogues
from bot.spreadsheets.stamps import STAMP_NAME, WORKBOOK, Stamp
from bot.workbook.filling import fill
from handlers import presses
from handlers.presses.wire import pack
from tests import samples
from tests.faults.stage import dump

if TYPE_CHECKING:
    import pytest

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


def zip_bomb() -> bytes:
    """An archive that unpacks to far more than a workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    return file.getvalue()


def empty_book() -> bytes:
    """A workbook with nothing in it."""
    file = io.BytesIO()
    Workbook().save(file)
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
    await town.press(gulnara, "▫️ Русский", "📖 Читать", "💰 Бюджет")
    assert "Проект бюджета на 2027 год" in gulnara.screen.words
    await town.press(gulnara, "🗂 Иш столуна кайтуу", "📣 Жарыялоо", "📣 Азыр жарыялоо")
    assert (await hearings_of(town))[0].phase is Phase.ANNOUNCED


async def test_who_waits_long_for_a_file_is_told_that_it_is_made_and_not_that_nothing_is_stored(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    gulnara = await town.secretary()
    monkeypatch.setattr("handlers.incoming.intake.SLOW", 0.0)
    for press, file in ((presses.GetTemplate(town.places["bagysh"]), True), (presses.SeeMine(), False)):
        query, before = gulnara.forge(pack(press, "en")), len(files_of(gulnara))
        await town.quiet()
        assert ("being made" in query.toast) is file
        assert ("Not stored yet" in query.toast) is not file
        assert len(files_of(gulnara)) - before == file


async def test_a_corrected_workbook_is_shown_item_by_item_and_asks_again_who_answered(town: Town) -> None:
    hearing = await town.hearing()
    aigul, gulnara = await town.resident(), await town.secretary(tongue="Кыргызча")
    await town.start(aigul, pack(presses.OpenQuestion(hearing.id, 1)))
    await town.press(aigul, "👍")
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "🟢", "✏️ Өзгөртүү", "⬇️ Азыркы китеп")
    taken = files_of(gulnara)[-1]
    await send(town, gulnara, taken)
    assert "Бул китеп эч нерсени өзгөртпөйт." in gulnara.screen.words
    first, *others = hearing.dossier.services
    goal = replace(first, goal=samples.words("Көпүрө куруу", "Построить мост"))
    stamp = Stamp(WORKBOOK, hearing.id, hearing.version)
    changed = workbook(replace(hearing.dossier, services=(goal, *others)), stamp)
    await send(town, gulnara, changed)
    assert "Буга адамдар жооп берген же пикир жазган:" in gulnara.screen.words
    assert "«Жолду оңдоо» → «Көпүрө куруу»" in gulnara.screen.words
    await town.press(gulnara, "✖️ Өз калыбында калсын")
    assert (await hearings_of(town))[0].version == 1
    await send(town, gulnara, changed)
    again = gulnara.screen.button("✅ Өзгөртүп, кайра суроо")["callback_data"]
    await town.press(gulnara, "✅ Өзгөртүп, кайра суроо")
    revised = (await hearings_of(town))[0]
    assert (revised.version, revised.dossier.services[0].goal) == (2, goal.goal)
    async with town.store.reading() as repositories:
        assert await repositories.votes.tallies(hearing.id, questions=[1]) == {}
        assert [each.answers[0][1] for each in await repositories.votes.former_tallies(hearing.id)] == [1]
    gulnara.forge(again)
    await town.quiet()
    assert gulnara.toasts[-1].alert
    assert (await hearings_of(town))[0].version == 2


async def test_a_draft_is_published_at_a_time_or_deleted_after_asking_once(town: Town) -> None:
    gulnara = await town.secretary(tongue="Кыргызча")
    await send(town, gulnara, workbook())
    await town.press(gulnara, "✅ Макул, угуу даярдалсын")
    (draft,) = await hearings_of(town)
    await send(town, gulnara, workbook())
    await town.press(gulnara, "➕ Жаңы угуу")
    assert "мурун эле алынган" in gulnara.screen.words
    await town.press(gulnara, "📝 Карап көрүү", "🕗", "шейш 24.11", "10:00", "✅")
    assert (await hearings_of(town))[0].publish_at is not None
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "📝", "✏️ Өзгөртүү", "🗑 Угууну өчүрүү", "⬅️")
    assert len(await hearings_of(town)) == 1
    await town.press(gulnara, "🗑 Угууну өчүрүү", "🗑 Ооба, өчүрүлсүн")
    assert await hearings_of(town) == ()
    assert "Азырынча бир да угуу жүктөлгөн эмес." in gulnara.screen.words
    gulnara.forge(pack(presses.OpenDraft(draft.id)))
    await town.quiet()
    assert gulnara.toasts[-1].alert
    await town.tick()
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "📔")
    assert "Даярдалып жаткан угуу өчүрүлдү" in gulnara.screen.words
    assert "2027-жылдын бюджети" in gulnara.screen.words


async def test_a_file_is_its_senders_alone_and_a_hearing_of_elsewhere_is_not_corrected(town: Town) -> None:
    hearing = await town.hearing()
    gulnara = await town.secretary(tongue="Кыргызча")
    neighbour, member = await town.secretary("kok-art"), await town.secretary(role=Role.MEMBER)
    await send(town, gulnara, with_mistakes(workbook()))
    await town.press(gulnara, "✏️ 25.11")
    before = await dump(town.url)
    for person in (neighbour, member, await town.resident("Бек")):
        for press in (
            presses.SeeFaults(1),
            presses.ApplyWorkbook(1, 1, anew=True),
            presses.LoadAsNew(1, town.places["bagysh"]),
            presses.LoadAsCorrection(1, hearing.id),
        ):
            said = len(person.messages)
            query = person.forge(pack(press, "en"))
            await town.quiet()
            assert query.alert
            assert not any("Бюджет!" in message.words for message in person.messages[said:])
    await send(town, neighbour, workbook(stamp=Stamp(WORKBOOK, hearing.id, 1)))
    assert "a hearing that you cannot correct" in neighbour.screen.words
    after = await dump(town.url)
    assert {name for name in after if after[name] != before.get(name)} <= {
        *("received_files", "residents", "follower_counts", "heard_messages", "notices", "people", "readings"),
        "sqlite_sequence",
    }


async def test_hostile_files_are_answered_and_nothing_of_them_is_stored(town: Town) -> None:
    gulnara = await town.secretary()
    for content, says in (
        (b"%PDF-1.7 a plan", "This is a PDF"),
        (b"PK\x03\x04 not an archive", "damaged"),
        (zip_bomb(), "unpacks"),
        (b"\x00" * 64, "not an Excel workbook"),
        (empty_book(), "It has no sheet that the bot knows"),
    ):
        await send(town, gulnara, content, name="\u202e<b>../../xslx.exe")
        assert says in gulnara.screen.words, gulnara.screen.words
        assert "Nothing was stored." in gulnara.screen.words
        assert "🗂 Back to the desk" in gulnara.labels
    gulnara.send_document(b"a" * 20_000_001, "угуу.xlsx")
    await town.quiet()
    assert "too large: at most 20 MB" in gulnara.messages[-1].words
    assert await hearings_of(town) == ()


async def test_files_sent_together_captioned_or_edited_are_each_answered_once(town: Town) -> None:
    gulnara = await town.secretary(tongue="Кыргызча")
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "➕ Жаңы угуу", "📎 Толтурулганын жөнөтүү")
    sent = [gulnara.send_document(with_mistakes(workbook()), f"{number}.xlsx", caption="Мына") for number in (1, 2)]
    await town.quiet()
    said = [message.words for message in gulnara.messages if message.sender != gulnara.user]
    assert sum("❌ 2 ката" in words for words in said) == 2
    assert sum("Окулуп жатат".lower() in words.lower() for words in said) == 2
    count = len(gulnara.messages)
    gulnara.edit(sent[0], "Мына, оңдолгону")
    await town.quiet()
    assert not any("ката" in message.words for message in gulnara.messages[count:])
    async with town.store.reading() as repositories:
        (actor,) = [(await town.actor(gulnara)).resident]
        assert actor is not None
        assert len(await repositories.received_files.list_of(actor.id, town.clock.now())) == 2


async def test_a_file_of_somebody_who_is_no_staff_is_what_it_was(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    aigul.send_document(workbook(), "угуу.xlsx", mime=XLSX)
    await town.quiet()
    assert "Please send text, a voice message or a photo." in aigul.messages[-1].words
    assert len(await hearings_of(town)) == 1


async def test_a_file_that_says_something_else_than_was_asked_for_is_asked_about(town: Town) -> None:
    hearing = await town.hearing()
    gulnara = await town.secretary(tongue="Кыргызча")
    old = workbook(replace(hearing.dossier, presenters=samples.words("Башка")), Stamp(WORKBOOK, hearing.id, 1))
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "➕ Жаңы угуу", "📎 Толтурулганын жөнөтүү")
    await send(town, gulnara, old)
    assert "Бул кайсы угуунун китеби?" in gulnara.screen.words
    await town.press(gulnara, "✏️ 25.11")
    await town.press(gulnara, "✅ Өзгөртүү")
    assert (await hearings_of(town))[0].version == 2
    await send(town, gulnara, workbook(stamp=Stamp(WORKBOOK, hearing.id, 1)))
    assert "Бул китеп акыркы өзгөртүүгө чейин алынган." in gulnara.screen.words
    await town.press(gulnara, "🗂", "🟢", "⬇️ Excel")
    await town.quiet()
    await send(town, gulnara, files_of(gulnara)[-1])
    assert "материалдары" in gulnara.screen.words
    await send(town, gulnara, workbook(stamp=Stamp(WORKBOOK, 77, 1)))
    await town.press(gulnara, "➕ Жаңы угуу", "✅ Макул, угуу даярдалсын")
    assert [each.phase for each in await hearings_of(town)].count(Phase.DRAFT) == 1


async def test_a_workbook_that_was_sent_while_the_bot_was_away_is_read_and_its_buttons_outlive_a_restart(
    town: Town,
) -> None:
    gulnara = await town.secretary(tongue="Кыргызча")
    await town.say(gulnara, "/desk")
    await town.press(gulnara, "➕ Жаңы угуу", "📎 Толтурулганын жөнөтүү")
    await town.stop()
    gulnara.send_document(workbook(), "угуу.xlsx", mime=XLSX)
    await town.begin()
    await town.quiet()
    assert "⚠️" in gulnara.screen.words
    await town.stop()
    await town.begin()
    await town.press(gulnara, "✅ Макул, угуу даярдалсын")
    assert [each.phase for each in await hearings_of(town)] == [Phase.DRAFT]
