"""Administrators are told what is wrong with the bot, once, and once more when it is over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, NamedTuple

import storage
from bot.domain.alarms import CALM, Alarm
from bot.services.alarms import LEASE
from tests.faults.test_database_away import read_only

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from bot.simulator.people import Person
    from tests.faults.stage import Stage

BEGUN: Final = {"⚠️ Something is wrong with the bot", "⚠️ С ботом что-то не так"}
OVER: Final = {"✅ It is over: all is well again", "✅ Всё позади: снова всё в порядке"}
MISSING = "no-such-folder"


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` returns."""

    total: int
    used: int
    free: int


async def begin_anew(stage: Stage, *people: Person, backup_folder: str = "") -> None:
    """The bot, stopped and started with these administrators, and one who has never opened it."""
    await stage.app.stop()
    ids = ",".join(map(str, (*(person.id for person in people), 999_999_999)))
    stage.app = stage.another_app(stage.store, admin_ids=ids, backup_folder=backup_folder)
    await stage.app.start(listen=False, ticking=False)


async def look(stage: Stage, *, after: float = 5.0, times: int = 1) -> None:
    """So many ticks, each so many seconds after the one before, and as many looks at what is wrong."""
    for _ in range(times):
        stage.clock.forward(seconds=after)
        await stage.app.ticker.tick()
        await stage.app.health.look()


async def calm(stage: Stage) -> None:
    """Time enough for what is over to be called so."""
    await look(stage, after=CALM.total_seconds() / 2 + 1, times=3)


async def until(true: Callable[[], bool]) -> None:
    """Return when it is true, within real seconds: polling waits by the real clock."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


def told(person: Person) -> list[str]:
    """The alarms that somebody has got, each as its words."""
    return [message.text for message in person.messages if message.text.split("\n")[0] in BEGUN | OVER]


async def test_an_alarm_is_told_once_and_once_more_when_it_is_over(hasty_stage: Stage) -> None:
    stage = hasty_stage
    erkin, sveta = await stage.resident("Эркин"), await stage.resident("Света", tongue="Русский")
    await begin_anew(stage, erkin, sveta)
    await look(stage)
    async with read_only(stage):
        await look(stage)
        assert told(erkin) == []  # another program may hold it for a moment
        await look(stage, times=6)
        ((begun,), (said,)) = told(erkin), told(sveta)
        assert "The database takes nothing: answers and comments are not stored now." in begun
        assert "Look at the server" in begun
        assert "The log says: the database may only be read" in begun
        assert "База данных ничего не принимает" in said
    await look(stage)
    assert len(told(erkin)) == 1
    await calm(stage)
    _, over = told(erkin)
    assert "The database\nIt was wrong from " in over
    await calm(stage)
    assert (len(told(erkin)), len(told(sveta))) == (2, 2)
    assert not stage.app.parts.alarms.stands(Alarm.DATABASE)


async def test_a_restart_neither_repeats_nor_forgets_an_alarm(sqlite_stage: Stage, tmp_path: Path) -> None:
    stage, folder = sqlite_stage, tmp_path / MISSING
    erkin = await stage.resident("Эркин")
    for _ in range(2):
        await begin_anew(stage, erkin, backup_folder=str(folder))
        await stage.app.nightly.back_up()
        await look(stage, times=3)
    (begun,) = told(erkin)
    assert "Tonight's copy of the database was not made." in begun
    folder.mkdir()
    await stage.app.nightly.back_up()
    await stage.app.stop()  # before anybody knows
    await begin_anew(stage, erkin, backup_folder=str(folder))
    await look(stage)
    assert len(told(erkin)) == 1
    await calm(stage)
    (_, over) = told(erkin)
    assert "The nightly copy\nIt was wrong from " in over
    await begin_anew(stage, erkin, backup_folder=str(folder))
    await calm(stage)
    assert len(told(erkin)) == 2


async def test_while_telegram_is_away_an_alarm_waits_and_what_is_past_is_told_when_it_is_back(
    sqlite_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = sqlite_stage
    erkin = await stage.resident("Эркин")
    await begin_anew(stage, erkin)
    await look(stage, times=2)
    stage.telegram.faults.next(method="getUpdates", status=502, times=50)
    erkin.say("/help")
    await until(lambda: bool(stage.app.poller.health.errors))
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1000, 960, 40))
    await look(stage, times=3)
    assert Alarm.DISK in stage.app.health.wrong()
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1000, 945, 55))  # not enough yet
    await look(stage, times=2)
    assert Alarm.DISK in stage.app.health.wrong()
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(1000, 900, 100))
    await look(stage)
    await calm(stage)
    assert told(erkin) == []
    stage.telegram.faults.clear()
    erkin.say("/help")
    await until(lambda: not stage.app.poller.health.errors)
    await look(stage)
    (past,) = told(erkin)
    assert "Room on the disk\nIt was wrong from " in past
    assert past.endswith("The bot could not tell you of it before.")


async def test_a_second_program_that_polls_is_told_of_when_it_stays(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    erkin = await stage.resident("Эркин")
    await begin_anew(stage, erkin)
    stage.telegram.faults.next(method="getUpdates", status=409, times=50)
    erkin.say("/help")
    await until(lambda: stage.app.poller.health.conflict)
    await look(stage, times=5)
    assert told(erkin) == []  # the old bot may still be leaving
    await look(stage, times=10)
    (begun,) = told(erkin)
    assert "A second program takes this bot's messages." in begun
    assert "The log says: another process is polling with this token" in begun


async def test_a_long_pause_of_telegrams_is_told_although_nothing_else_leaves(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    erkin = await stage.resident("Эркин")
    followers = [await stage.resident(f"Бермет {number}", place="kok-art") for number in range(5)]
    await begin_anew(stage, erkin)
    for person in followers:
        stage.telegram.faults.next(chat_id=person.id, method="sendMessage", status=429, retry_after=10_072)
    await stage.hearing(place="kok-art")
    await look(stage, times=2)
    (begun,) = told(erkin)
    assert "Telegram makes messages wait for more than an hour." in begun
    assert "There is nothing to do." in begun
    await look(stage, times=10)
    assert len(told(erkin)) == 1


async def test_of_several_processes_one_tells(stage: Stage, tmp_path: Path) -> None:
    erkin = await stage.resident("Эркин")
    folder = str(tmp_path / MISSING)
    await begin_anew(stage, erkin, backup_folder=folder)
    store = await storage.open_store(stage.url)
    other = stage.another_app(store, admin_ids=str(erkin.id), backup_folder=folder)
    try:
        await stage.app.nightly.back_up()
        await other.nightly.look()
        assert Alarm.BACKUP in other.health.wrong()
        for _ in range(4):
            await look(stage)
            await other.health.look()
        assert len(told(erkin)) == 1
        stage.clock.forward(seconds=LEASE.total_seconds() + 1)  # the first has died
        for _ in range(3):
            stage.clock.forward(seconds=31)
            await other.ticker.tick()
            await other.health.look()
        assert len(told(erkin)) == 1
        assert other.parts.alarms.stands(Alarm.BACKUP)
    finally:
        await other.stop()
        await store.close()
