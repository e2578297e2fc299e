"""Files asked for at the desk: owed from the press on, made one after the other, once for all who ask for the same."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.people import Role
from bot.domain.sittings import Sitting, numbered
from bot.simulator.faults import PlannedFault
from bot.worker.local import LocalWorker
from handlers import documents
from handlers.outgoing import courier
from handlers.presses import DownloadFormat, DownloadRecord, OpenReports, ReadBudget, ReportLanguages
from handlers.presses.wire import pack
from handlers.views.screen import LETTERS_ON_A_BUTTON
from tests import samples
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator.people import Person
    from bot.simulator.world import Query
    from tests.living import Town

AWAY = PlannedFault(status=502)
XLSX = DownloadRecord(1, DownloadFormat.XLSX)
NOW = tuple(form for form in DownloadFormat if form is not DownloadFormat.OPEN_DATA)
"""What may be had while answers are taken."""


def worker(town: Town) -> LocalWorker:
    """Who makes the files of a town."""
    found = town.app.documents._worker
    assert isinstance(found, LocalWorker)
    return found


@asynccontextmanager
async def something_large_is_made(town: Town) -> AsyncIterator[None]:
    """The worker is busy; outside, everything that was asked for is made."""
    async with worker(town).turn:
        yield
    await town.quiet()


async def ask_on_screen(town: Town, person: Person, form: DownloadFormat) -> None:
    """Press for a file on the screen with files; the screen has said so."""
    await answered(person, person.forge(pack(DownloadRecord(1, form, ReportLanguages.EN), "en")))
    await town.app.sender.poll()
    await town.app.replies.idle()


async def answered(person: Person, asked: Query) -> None:
    """A press was answered."""
    await person.until(lambda: bool(asked.answered))


async def ask(town: Town, person: Person, press: DownloadRecord = XLSX) -> None:
    """Press for a file; it is claimed, and not waited for."""
    asked = person.forge(pack(press, "en"))
    await person.until(lambda: bool(asked.answered))
    assert "The file is being made" in person.toasts[-1].text
    await town.app.sender.poll()


def files(person: Person) -> list[str]:
    """The names of the files in a person's chat."""
    return [message.file_name or "" for message in person.messages if message.content.file]


async def test_a_record_asked_for_while_it_is_made_comes_once_and_everybody_gets_their_own(town: Town) -> None:
    await town.hearing()
    secretary, member = await town.secretary(), await town.secretary(role=Role.MEMBER)
    async with something_large_is_made(town):
        for person in (secretary, member, secretary):
            for form in NOW:
                await ask(town, person, DownloadRecord(1, form))
        assert not files(secretary) + files(member)
    assert worker(town).done == len(NOW)
    for person in (secretary, member):
        assert len(files(person)) == len(set(files(person))) == len(NOW)
    await send(town, secretary, XLSX)
    assert len(files(secretary)) == len(NOW) + 1
    assert worker(town).done == len(NOW) + 1


async def test_a_file_that_was_being_made_at_a_stop_arrives_after_the_start_and_is_no_repeat(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    async with worker(town).turn:
        await ask(town, secretary)
        await town.stop()
    assert not files(secretary)
    await town.begin()
    await town.quiet()
    assert len(files(secretary)) == 1
    assert not secretary.messages[-1].caption


async def test_a_file_arrives_when_telegram_is_back_is_made_once_and_says_that_it_may_be_there(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    town.telegram.faults.policy = lambda method, _chat: AWAY if method == "sendDocument" else None
    await send(town, secretary, XLSX)
    assert not files(secretary)
    town.clock.forward(seconds=60)
    await town.quiet()
    town.telegram.faults.clear()
    town.clock.forward(seconds=60)
    await town.quiet()
    assert worker(town).done == len(files(secretary)) == 1
    assert "You may have got this message already." in secretary.messages[-1].words


async def test_whose_role_was_taken_back_meanwhile_gets_nothing(town: Town) -> None:
    await town.hearing()
    secretary, member = await town.secretary(), await town.secretary(role=Role.MEMBER)
    async with something_large_is_made(town):
        await ask(town, secretary)
        await ask(town, member)
        (grant,) = (await town.actor(member)).grants
        async with town.store.writing() as repositories:
            await repositories.people.revoke((await town.actor(member)).resident_id, grant)
    assert len(files(secretary)) == 1
    assert not files(member)


@pytest.mark.parametrize("known", [True, False])
async def test_a_file_that_telegram_does_not_take_is_said(
    town: Town, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.hearing()
    secretary = await town.secretary()
    if known:
        monkeypatch.setattr(courier, "LARGEST_FILE", 10)
    else:
        refused = PlannedFault(status=400, description="Bad Request: file is too big")
        town.telegram.faults.policy = lambda method, _chat: refused if method == "sendDocument" else None
    await send(town, secretary, XLSX)
    assert "Telegram does not take this file" in secretary.messages[-1].words
    town.clock.forward(seconds=60)
    await town.quiet()
    assert worker(town).done == 1


async def test_a_page_whose_picture_is_not_soon_there_comes_without_and_with_it_the_next_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    monkeypatch.setattr(documents, "PATIENCE_FOR_PICTURES", 0.0)
    async with something_large_is_made(town):
        await send(town, aigul, ReadBudget(hearing.id))
        assert aigul.screen.photo is None
        assert "budget" in aigul.screen.words
    await send(town, aigul, ReadBudget(hearing.id))
    assert aigul.screen.photo is not None
    assert worker(town).done == 1


async def test_a_record_that_says_the_same_is_sent_again_as_telegram_has_it_and_made_anew_when_it_changes(
    town: Town,
) -> None:
    await town.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    for _ in range(2):
        await send(town, secretary, XLSX)
    first, second = (message.content.file for message in secretary.messages if message.content.file)
    assert first is second  # no byte was uploaded twice
    await town.press(aigul, "🗳", "👍")
    await send(town, secretary, XLSX)
    changed = secretary.messages[-1].content.file
    assert changed is not None
    assert changed is not first
    town.telegram.world.files._by_id.clear()
    await send(town, secretary, XLSX)
    town.clock.forward(seconds=5)
    await town.quiet()
    anew = secretary.messages[-1].content.file
    assert anew is not None
    assert (anew.content, anew.name) == (changed.content, changed.name)


async def test_open_data_are_offered_when_nothing_changes_any_more_and_refused_before(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    open_data = DownloadRecord(hearing.id, DownloadFormat.OPEN_DATA)
    await send(town, secretary, OpenReports(hearing.id))
    assert not [label for label in secretary.screen.labels if "Open data" in label]
    await send(town, secretary, open_data)
    assert "Open data come when" in secretary.toasts[-1].text + secretary.screen.words
    town.clock.forward(days=4)
    await town.tick()
    await town.app.services.entry_desk.close(COMMAND_LINE, hearing.id)
    await send(town, secretary, OpenReports(hearing.id))
    await town.press(secretary, "⬇️ Open data")
    await town.quiet()
    with ZipFile(BytesIO(secretary.messages[-1].document or b"")) as archive:
        assert "votes.csv" not in archive.namelist()
        assert "licenses" in json.loads(archive.read("datapackage.json"))


async def test_the_screen_says_how_many_of_the_files_have_come_until_it_is_left(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await send(town, secretary, OpenReports(hearing.id))
    await town.press(secretary, "✅ English")
    async with something_large_is_made(town):
        for form in (DownloadFormat.DOCX, DownloadFormat.CSV, DownloadFormat.JSON, DownloadFormat.JSON):
            await ask_on_screen(town, secretary, form)
        assert "⏳ Being made: 0 of 3 files have come." in secretary.screen.words
        assert "⬇️ Minutes (Word)" in secretary.screen.labels
    assert len(files(secretary)) == 3
    assert "✅ 3 files have come: see below." in secretary.screen.words
    async with something_large_is_made(town):
        await ask_on_screen(town, secretary, DownloadFormat.CSV)
        assert "⏳ Being made: 0 of 1 files have come." in secretary.screen.words
        await answered(secretary, secretary.press("⬅️ Back"))
    assert "come" not in secretary.screen.words
    assert len(files(secretary)) == 4


async def test_of_several_sittings_one_is_chosen_and_its_minutes_come(town: Town) -> None:
    second = town.clock.now() + timedelta(days=3)
    dossier = samples.dossier(closes=second + timedelta(hours=2))
    sittings = numbered((*dossier.sittings, Sitting(second, place=samples.words("Мектеп"))))
    hearing = await town.hearing(replace(dossier, sittings=sittings))
    secretary = await town.secretary()
    await send(town, secretary, OpenReports(hearing.id))
    await town.press(secretary, "▫️ 2. ")
    assert "Мектеп" in secretary.screen.words
    assert [label for label in secretary.screen.labels if "⬇️" in label] == ["⬇️ Minutes (Word)", "⬇️ CSV"]
    for label in secretary.screen.labels:
        ensure_short(label)
    await town.press(secretary, "⬇️ Minutes")
    await town.quiet()
    assert files(secretary) == [f"Bagysh {second:%Y-%m-%d} sitting 2 minutes en.docx"]
    await town.press(secretary, "▫️ Whole hearing")
    assert "⬇️ Excel record" in secretary.screen.labels


def ensure_short(label: str) -> None:
    """Raise AssertionError where a label is cut on a phone, beside two others."""
    assert len(label) <= LETTERS_ON_A_BUTTON, label
