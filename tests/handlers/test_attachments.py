"""Documents of a hearing in the chat: the secretary sends them, a resident opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.simulator.files import FileStore
from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.living import Town


async def test_the_secretary_attaches_what_she_sends_and_a_resident_opens_it(town: Town) -> None:
    hearing = await town.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    secretary.forge(pack(presses.OpenDeskHearing(hearing.id)))
    await town.quiet()
    await town.press(secretary, "✏️ Change", "📎 Attach documents", "➕ Add a document")
    secretary.send_document(b"%PDF-1.7", "Стратегия_2030.pdf", mime="application/pdf")
    await town.quiet()
    assert "Added: “Стратегия 2030”" in secretary.screen.text
    secretary.send_document(b"MZ", "setup.exe")
    await town.quiet()
    assert "Send a PDF, Word or Excel file, or a photo." in secretary.screen.text
    secretary.send_photo("Мектептин долбоору")
    await town.quiet()
    await town.start(aigul)
    await town.press(aigul, "📖 Read", "📎 Documents: 2", "📄 Стратегия 2030")
    paper = aigul.messages[-1]
    assert (paper.document, paper.caption) == (b"%PDF-1.7", "Стратегия 2030")
    await town.press(aigul, "🖼 Мектептин долбоору")
    assert aigul.messages[-1].photo is not None
    await town.press(secretary, "✅ That is all", "🗑 Стратегия 2030", "🗑 Remove it")
    assert "Стратегия 2030" not in secretary.screen.text
    assert secretary.toasts[-1].text == "The document is removed."


async def test_a_document_that_telegram_has_lost_is_said_plainly(town: Town) -> None:
    hearing = await town.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    secretary.forge(pack(presses.AttachDocument(hearing.id)))
    await town.quiet()
    secretary.send_document(b"%PDF-1.7", "план.pdf")
    await town.quiet()
    town.telegram.world.files = FileStore()
    await town.start(aigul)
    await town.press(aigul, "📖 Read", "📎 Documents: 1", "📄 план")
    assert "“план” cannot be sent now" in aigul.screen.text


async def test_a_file_that_is_no_workbook_can_become_a_document(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    secretary.send_document(b"%PDF-1.7", "план.pdf", mime="application/pdf")
    await town.quiet()
    await town.press(secretary, "📎 It is a document of a hearing", "2027-жылдын бюджети")
    assert "Added: “план”" in secretary.screen.text


@pytest.fixture
async def keeping(town: Town, tmp_path: Path) -> Town:
    """A town whose bot keeps files."""
    (tmp_path / "media").mkdir()
    await town.stop()
    town.app = town.another_app(town.store, media_folder=str(tmp_path / "media"))
    await town.app.start(listen=False, ticking=False)
    return town


async def test_with_another_token_everything_is_sent_from_the_folder_once_and_by_its_new_id_afterwards(
    keeping: Town,
) -> None:
    town, hearing = keeping, await keeping.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    secretary.forge(pack(presses.AttachDocument(hearing.id)))
    await town.quiet()
    secretary.send_document(b"%PDF-1.7", "план.pdf")
    secretary.send_photo("Сүрөт")
    await town.quiet()
    await town.start(aigul)
    await town.press(aigul, "💬 Ask or propose", "💡", "🏛 The hearing as a whole")
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()
    await town.app.services.kept_files.work()
    town.telegram.world.files = FileStore()
    for _ in range(2):
        await town.start(aigul)
        await town.press(aigul, "📖 Read", "📎 Documents: 2", "📄 план")
        sent = aigul.messages[-1]
        assert (sent.document, sent.file_name, sent.caption) == (b"%PDF-1.7", "план.pdf", "план")
        await town.press(aigul, "🖼 Сүрөт")
        assert aigul.messages[-1].photo is not None
        aigul.forge(pack(presses.PlayComment(1)))
        await town.quiet()
        assert aigul.messages[-1].content.kind == "voice"
    assert len(town.telegram.world.files) == 3


async def test_who_lets_nobody_send_them_voices_gets_one_from_the_folder_as_a_file(keeping: Town) -> None:
    await keeping.hearing()
    aigul = await keeping.resident()
    await keeping.press(aigul, "💬 Ask or propose", "💡", "🏛 The hearing as a whole")
    aigul.send_voice(b"OggS-road", duration=35)
    await keeping.quiet()
    await keeping.app.services.kept_files.work()
    keeping.telegram.world.files = FileStore()
    aigul.refuse_recordings()
    aigul.forge(pack(presses.PlayComment(1)))
    await keeping.quiet()
    assert aigul.messages[-1].document == b"OggS-road"
