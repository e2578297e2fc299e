"""The desk: an invitation, the numbers, the record; and everybody else's refusal."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, HidingRule
from bot.domain.people import Role
from bot.domain.questions import AboutKind
from handlers.presses import (
    AcceptInvitation,
    ChooseOption,
    DownloadFormat,
    DownloadRecord,
    HideComment,
    InviteStaff,
    OpenDeskHearing,
    OpenDeskMunicipality,
    OpenQueue,
    PublishComment,
    PublishHearing,
    SeeTallies,
    WriteAbout,
)
from handlers.presses.links import deep_link
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.living import Town


async def send(town: Town, person: Person, press: Press) -> None:
    """Press a button that may not be on the screen."""
    person.forge(pack(press, "en"))
    await town.quiet()


async def comment(town: Town, person: Person, text: str) -> None:
    """Write a comment on the hearing as a whole."""
    await send(town, person, WriteAbout(1, CommentKind.PROPOSAL, AboutKind.HEARING))
    await town.say(person, text)


async def record(town: Town, secretary: Person, *labels: str) -> bytes:
    """Download the record."""
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", *labels)
    await town.quiet()
    file = secretary.messages[-1].content.file
    assert file is not None
    return file.content


async def test_an_invitation_opens_the_desk_once(town: Town) -> None:
    await town.hearing()
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.SECRETARY)
    gulnara, stranger = await town.resident("Гүлнара"), await town.resident("Бек")
    gulnara.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    assert "Welcome! You are now: Secretary" in gulnara.screen.text
    stranger.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    assert "This invitation has been used" in stranger.screen.text
    gulnara.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    assert "Welcome! You are now: Secretary" in gulnara.screen.text


async def test_an_invitation_is_out_of_date_after_a_day(town: Town) -> None:
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.MEMBER)
    late = await town.resident("Бек")
    town.clock.forward(hours=24)
    late.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    assert "out of date" in late.screen.text


async def test_a_stranger_invited_chooses_a_language_first(town: Town) -> None:
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.MODERATOR)
    new = town.person()
    new.follow(deep_link(town.telegram.username, AcceptInvitation(token)))
    await town.quiet()
    await town.press(new, "English", "✅")
    assert "Welcome! You are now: Moderator" in new.screen.text


async def test_the_desk_shows_the_numbers_so_far(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    for number in range(6):
        person = await town.resident(f"Resident {number}")
        await send(town, person, ChooseOption(hearing.id, 1, 1 + number % 2))
    await comment(town, person, "Жол керек")
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢")
    assert "People who took part: 6" in secretary.screen.text
    assert "Answers to questions: 6" in secretary.screen.text
    assert "Comments in the record: 1 (Comments: 0, Proposals: 1, Questions: 0)" in secretary.screen.text
    assert "Waiting to be published: 1" in secretary.screen.text
    await town.press(secretary, "📊")
    assert "6 people have answered" in secretary.screen.text
    assert "Nobody has answered yet." in secretary.screen.text


async def test_a_comment_is_published_and_then_supported(town: Town) -> None:
    hearing = await town.hearing()
    secretary, author, reader = await town.secretary(), await town.resident(), await town.resident("Бек")
    await comment(town, author, "Көпүрө керек")
    await town.start(reader)
    await town.press(reader, "👥")
    assert "Көпүрө" not in reader.screen.text
    await send(town, secretary, OpenQueue(hearing.id))
    assert "Көпүрө керек" in secretary.screen.text
    await town.press(secretary, "✅")
    assert "No comment is waiting" in secretary.screen.text
    await town.start(reader)
    await town.press(reader, "👥")
    assert "Көпүрө керек" in reader.screen.text
    assert "Айгүл" not in reader.screen.text


async def test_a_hidden_comment_stays_in_the_record_and_in_every_count(town: Town) -> None:
    hearing = await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, "Жаман сөз")
    await send(town, secretary, OpenQueue(hearing.id))
    await town.press(secretary, "🚫", "Insult")
    assert "It stays in the record" in secretary.toasts[-1].text
    book = load_workbook(io.BytesIO(await record(town, secretary, "⬇️ Excel")))
    assert any("Жаман сөз" in str(cell.value) for row in book["Comments"] for cell in row)


async def test_the_record_opens_in_excel_with_nothing_alive_in_it(town: Town) -> None:
    await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, '=HYPERLINK("http://x","x")')
    book = load_workbook(io.BytesIO(await record(town, secretary, "⬇️ Excel")))
    assert len(book.sheetnames) == 12
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.hyperlink or "HYPERLINK" in str(cell.value) * (cell.data_type == "f")]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


async def test_the_csv_opens_in_excel_too(town: Town) -> None:
    await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, "Суу; керек")
    content = await record(town, secretary, "📄 Minutes and files", "⬇️ CSV")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "In Excel choose Data, Text to Columns" in secretary.messages[-1].content.text
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert any("Суу; керек" in cell for row in rows for cell in row)


async def test_the_minutes_come_in_the_languages_that_are_chosen(town: Town) -> None:
    await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, "Суу керек </w:t> {{ 7*7 }}")
    alone = Document(io.BytesIO(await record(town, secretary, "📄 Minutes and files", "⬇️ Minutes")))
    assert alone.paragraphs[0].text == "Minutes of the public hearing"
    both = Document(io.BytesIO(await record(town, secretary, "📄 Minutes and files", "▫️ Кыр. + Рус.", "⬇️ Minutes")))
    heads = [cell.text.splitlines()[0] for cell in both.tables[0].rows[0].cells]
    assert heads == ["Коомдук угуунун протоколу", "Протокол общественных слушаний"]
    for made in (alone, both):
        assert "Суу керек </w:t> {{ 7*7 }}" in made.tables[-1].rows[1].cells[1].text


async def test_the_journal_remembers_who_downloaded(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await record(town, secretary, "⬇️ Excel")
    async with town.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{hearing.id}")
    actor = await town.actor(secretary)
    assert actor.resident is not None
    assert (entries[0].act.value, entries[0].actor_id) == ("downloaded", actor.resident.id)


async def test_a_draft_is_published_after_asking_once(town: Town) -> None:
    hearing = await town.hearing(publish=False)
    secretary, follower = await town.secretary(), await town.resident("Бек")
    assert "No hearing has been announced" in follower.screen.text
    await town.say(secretary, "/desk")
    await town.press(secretary, "📝", "📣 Publish")
    assert "2 people will get a message." in secretary.screen.text
    await town.press(secretary, "📣 Publish now")
    await town.tick()
    assert any("A public hearing is announced" in message.text for message in follower.messages)
    assert hearing.phase.value == "draft"


@pytest.mark.parametrize(
    "press",
    [
        OpenDeskMunicipality(3),
        OpenDeskHearing(1),
        SeeTallies(1),
        DownloadRecord(1, DownloadFormat.XLSX),
        OpenQueue(1),
        PublishComment(1),
        HideComment(1, HidingRule.INSULT),
        PublishHearing(1, sure=True),
        InviteStaff(3, Role.SECRETARY),
    ],
)
async def test_a_resident_who_forges_the_desks_buttons_gets_a_refusal_and_no_data(town: Town, press: Press) -> None:
    await town.hearing()
    author, forger = await town.resident(), await town.resident("Forger")
    await comment(town, author, "Сыр")
    before = len(forger.messages)
    await send(town, forger, press)
    assert forger.toasts[-1].text == "This is only for the commission’s staff."
    assert "Сыр" not in forger.screen.text
    assert len(forger.messages) == before
    async with town.store.reading() as repositories:
        assert len(await repositories.comments.list_waiting(1, offset=0, limit=5)) == 1


async def test_somebody_who_guesses_the_command_gets_a_refusal(town: Town) -> None:
    await town.hearing()
    resident = await town.resident()
    await town.say(resident, "/desk")
    assert "This is only for the commission’s staff." in resident.screen.text


async def test_staff_of_one_municipality_see_nothing_of_another(town: Town) -> None:
    hearing = await town.hearing(place="kok-art")
    secretary = await town.secretary("bagysh")
    await send(town, secretary, OpenDeskHearing(hearing.id))
    assert secretary.toasts[-1].text == "This is only for the commission’s staff."


async def test_a_moderator_may_publish_but_not_download(town: Town) -> None:
    hearing = await town.hearing()
    moderator = await town.secretary(role=Role.MODERATOR)
    await send(town, moderator, OpenDeskHearing(hearing.id))
    assert not any("Excel" in label for label in moderator.labels)
    await send(town, moderator, DownloadRecord(hearing.id, DownloadFormat.XLSX))
    assert moderator.toasts[-1].text == "This is only for the commission’s staff."
