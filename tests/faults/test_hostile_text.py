"""Hostile words: stored as they are, shown inert on every screen, exported inert."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from bot.cli import COMMAND_LINE
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.presses.wire import pack
from handlers.views.screen import straight
from tests.faults.stage import said
from tests.faults.test_twice import comments_of

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.simulator.people import Person
    from tests.faults.stage import Stage

HOSTILE = (
    '=HYPERLINK("http://evil.example","Басыңыз")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2-3",
    "@SUM(1;2)",
    "\u202eтерс жазуу\u202c жана \u2066кайра\u2069",
    "нөл\u200bтуу\u200d\ufeffрок",
    "башкаруу \x01\x07\x1b[31m белгиси",
    "<b>кара</b> <a href='http://evil.example'>шилтеме</a> &amp; <script>alert(1)</script>",
    '<tg-spoiler>"</i></b>{name} %s {0} {t}',
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇰🇬",
    "ө" * 4096,
    "<" * 4096,
    "&" * 4096,
    "🌾" * 2048,
    "; DROP TABLE votes; --",
    "а\r\nб\tв",
    "http://evil.example t.me/evil @evil /start evil",
)


@pytest.fixture
def threads() -> bool:
    return False


async def received(stage: Stage, author: Person, words: str) -> Comment:
    """A comment of these very words: Telegram itself would have cleaned some of them."""
    await stage.start(author)
    await stage.press(author, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    message = author.say("x").as_json()
    stage.telegram.world.updates.drop()
    stage.telegram.offer({"message": {**message, "text": words}})
    await stage.quiet()
    return (await comments_of(stage, author))[0]


def drawn(person: Person) -> list[str]:
    """Links and formatting in the bot's messages that lead out of it."""
    entities = [entity for message in person.messages for entity in message.content.entities]
    return [entity["type"] for entity in entities if entity["type"] in {"text_link", "spoiler", "code", "pre"}]


async def test_hostile_words_are_stored_and_shown_as_they_are(stage: Stage) -> None:
    hearing = await stage.hearing()
    author = await stage.resident()
    for number, words in enumerate(HOSTILE, start=1):
        comment = await received(stage, author, words)
        assert comment.text == words
        await stage.app.services.moderation.publish(COMMAND_LINE, comment.id)
        author.forge(pack(presses.ReadComment(comment.id), "en"))
        await stage.quiet()
        assert f"№ {number}" in author.screen.words
    reader = await stage.resident("Окурман")
    for comment in await comments_of(stage, author):
        reader.forge(pack(presses.ReadComment(comment.id), "en"))
        await stage.quiet()
        beginning = straight(comment.text).split()[0][:40] if straight(comment.text).strip() else ""
        assert beginning in reader.screen.words
    for offset in range(0, len(HOSTILE), 5):
        reader.forge(pack(presses.SeeWall(hearing.id, offset=offset), "en"))
        await stage.quiet()
    assert drawn(author) == drawn(reader) == []
    assert stage.app.replies.counts["wrong"] == 0


async def test_hostile_words_are_inert_on_the_desk_and_in_its_files(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    author = await stage.resident("=1+1")
    for words in HOSTILE:
        await received(stage, author, words)
    secretary = await stage.secretary()
    for offset in range(len(HOSTILE)):
        secretary.forge(pack(presses.OpenQueue(hearing.id, offset), "en"))
        await stage.quiet()
    assert drawn(secretary) == []
    assert "=1+1" not in said(secretary)
    files: dict[DownloadFormat, bytes] = {}
    for form in DownloadFormat:
        if form is not DownloadFormat.OPEN_DATA:  # not while answers are taken
            secretary.forge(pack(presses.DownloadRecord(hearing.id, form), "en"))
            await stage.quiet()
            await secretary.until(lambda: len(documents_of(secretary)) > len(files))
            files[form] = documents_of(secretary)[-1]
    ensure_inert_workbook(files[DownloadFormat.XLSX])
    ensure_inert_table(files[DownloadFormat.CSV])
    assert stage.app.replies.counts["wrong"] == 0


def documents_of(person: Person) -> list[bytes]:
    """The files that a person got."""
    return [message.document for message in person.messages if message.document]


def ensure_inert_workbook(content: bytes) -> None:
    """No link anywhere, and no formula among the comments or with words of theirs; those of the first one are there."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert [cell.value for cell in formulas if cell.parent.title == "Comments"] == []
    assert [cell.value for cell in formulas if any(words in str(cell.value) for words in HOSTILE)] == []
    assert [cell.value for cell in cells if cell.hyperlink] == []
    assert any(isinstance(cell.value, str) and HOSTILE[0] in cell.value for cell in cells)


def ensure_inert_table(content: bytes) -> None:
    """No cell begins as a formula does, and nothing was torn apart; the last row is the seal."""
    *rows, seal = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(seal[0]) > 64
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == len(HOSTILE) + 1
