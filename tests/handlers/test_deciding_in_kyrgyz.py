"""From closing to answered in Kyrgyz: one decision for twelve comments; decisions proposed and confirmed."""

from __future__ import annotations

import io
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from docx import Document

from bot.cli import COMMAND_LINE
from bot.domain.people import Role
from bot.domain.timetable import at_wall
from handlers import presses
from handlers.presses.links import deep_link
from tests.handlers.speaking import Speaker, newcomer
from tests.municipality import Municipality
from tests.services.writing import filed

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from tests.living import Town

COMMENTS = 12
TAPS_TO_ANSWERED = 11
"""From the desk to *answered*, all comments decided on at once; beside them one reason is typed."""

TAPS_TO_MINUTES = 13
"""From closing to the minutes with every decision in two languages."""


async def joined(town: Town, name: str, role: Role) -> Speaker:
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], role)
    speaker = newcomer(town, name, "ky")
    await speaker.join(link=deep_link(town.telegram.username, presses.AcceptInvitation(token)))
    return speaker


async def closed(town: Town, comments: int) -> tuple[Hearing, Speaker]:
    """A hearing that has closed with so many comments of one resident."""
    hearing = await town.hearing()
    author = Speaker(town, await town.resident(), "en")
    here, actor = Municipality(town.app.services, town.places), await town.actor(author.person)
    for number in range(1, comments + 1):
        await filed(here, actor, hearing, f"Сунуш {number}")
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    return hearing, author


async def test_twelve_comments_get_one_decision_page_by_page_and_the_hearing_is_answered(town: Town) -> None:
    _, author = await closed(town, COMMENTS)
    secretary = await joined(town, "Гүлнара", Role.SECRETARY)
    await secretary.say("/desk")
    taps, words = secretary.taps, secretary.words
    await secretary.tap("⚪️", "⚖️ Decisions: {n}", n=COMMENTS)
    await secretary.tap("⚖️ One decision for several")
    for marked in (5, 10, COMMENTS):
        await secretary.tap("✅ Mark this page")
        assert secretary.said("Mark those with the same decision: {n}", n=marked)
    await secretary.tap("⚖️ Decide on {n}", n=COMMENTS)
    await secretary.tap("✅ Accept")
    await secretary.say("Келерки жылы курабыз")
    assert "Келерки жылы курабыз" in secretary.text
    assert secretary.said("Is this right?")
    await secretary.tap("✅ Store it")
    assert secretary.said("Every comment has its decision.")
    await secretary.tap("🏁 The hearing is answered", "🏁 Yes, it is answered")
    assert (secretary.taps - taps, secretary.words - words) == (TAPS_TO_ANSWERED, 3)
    town.clock.forward(hours=24)
    await town.tick()
    told = author.heard("📨")
    assert all(sum(f"№ {number} ·" in each for each in told) <= 1 for number in range(1, COMMENTS + 1))
    assert len(told) == 1


async def test_a_member_proposes_and_the_secretary_confirms_or_sends_back(town: Town) -> None:
    hearing, author = await closed(town, 2)
    secretary = await joined(town, "Гүлнара", Role.SECRETARY)
    member = await joined(town, "Мирлан", Role.MEMBER)
    await secretary.say("/desk")
    await secretary.tap("⚙️ Settings", "👀 Two pairs of eyes: off", "👀 Yes, from now on")
    zone = ZoneInfo("Asia/Bishkek")
    morning = at_wall(hearing.dossier.answers_due(zone) - timedelta(days=2), time(9), zone)
    town.clock.forward(seconds=(morning - town.clock.now()).total_seconds())
    await town.tick()
    await town.quiet()
    assert member.told("⚖️ Comments wait for their answers")
    await member.tap("⚖️ To the next one")
    for reason in ("Курабыз", "Акча жок"):
        await member.tap("✅ Accept")
        await member.say(reason)
        assert member.said("The secretary confirms it before anybody is told.")
        await member.tap("📤 Propose it")
    await secretary.say("/desk")
    await secretary.tap("⚪️", "⚖️ Decisions: {n}", n=2)
    await secretary.tap("📥 Proposals: {n}", n=2)
    await secretary.tap("№ 2", "↩️ Send back")
    await secretary.say("Мөөнөтүн жазыңыз")
    await secretary.tap("✅ Confirm these: {n}", n=1)
    await member.say("/desk")
    await member.tap("⚪️", "⚖️ Decisions: {n}", n=1)
    assert member.said("Sent back by the secretary: {words}", words="Мөөнөтүн жазыңыз")
    town.clock.forward(hours=24)
    await town.tick()
    (told,) = author.heard("📨")
    assert "№ 1 ·" in told
    assert "Курабыз" in told
    assert "№ 2" not in told


async def test_the_minutes_to_be_signed_are_thirteen_taps_from_closing(town: Town) -> None:
    """The record, and the page for the notice board, come by themselves; minutes in two languages are asked for."""
    secretary = await joined(town, "Гүлнара", Role.SECRETARY)
    await closed(town, COMMENTS)
    await town.quiet()
    came = [message.file_name for message in secretary.files()]
    assert [name for name in came if name and name.endswith(".xlsx")]
    taps, words = secretary.taps, secretary.words
    await secretary.say("/desk")
    await secretary.tap("⚪️", "⚖️ Decisions: {n}", n=COMMENTS)
    await secretary.tap("⚖️ One decision for several", *["✅ Mark this page"] * 3)
    await secretary.tap("⚖️ Decide on {n}", n=COMMENTS)
    await secretary.tap("✅ Accept")
    await secretary.say("Келерки жылы курабыз")
    await secretary.tap("✅ Store it")
    await secretary.say("/desk")
    await secretary.tap("⚪️", "📄 Minutes and files", "▫️ Кыр. + Рус.")
    document = Document(io.BytesIO(await secretary.take("⬇️ Minutes (Word)")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    assert said.count("Келерки жылы курабыз") == COMMENTS
    assert all(each in said for each in ("Коомдук угуунун протоколу", "Протокол общественных слушаний", "Төрага / "))
    assert (secretary.taps - taps, secretary.words - words) == (TAPS_TO_MINUTES, 5)  # with /desk, typed twice
