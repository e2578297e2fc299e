"""What is done once a night, on a real database file: by one process, once; what fails is said and done again."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
import structlog

import storage
from bot.app import Requests
from bot.config import load
from bot.domain.digests import Digests
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.runtime import App
from bot.services.backups import Backups, backups
from bot.services.media_folder import MediaFolder, digest_of
from bot.services.nightly import LONGEST_COPY, Nightly
from bot.services.privacy import DEAD_LETTERS_LAST, Privacy
from bot.simulator.request import SimulatorRequest
from bot.simulator.telegram import Telegram
from tests import samples
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

DIGESTS = Digests.of_secret("key")
TIMEZONE = "Asia/Bishkek"
TONIGHT = "hearings-2026-11-23.db"
DAY = timedelta(days=1)


class House:
    """Processes that share a database and a clock; each night's copies go to ``folder``."""

    def __init__(self, url: str, folder: Path, *, keep: int = 3) -> None:
        self.url, self.folder, self.keep = url, folder, keep
        self.clock = VirtualClock()
        self.folder.mkdir()

    @asynccontextmanager
    async def process(self, *, timezone: str = TIMEZONE) -> AsyncIterator[Nightly]:
        """One of them."""
        store = await storage.open_store(self.url)
        backups = Backups(self.folder, self.keep, ".db", partial(storage.backup, self.url))
        privacy = Privacy(store, self.clock, DIGESTS)
        yield Nightly(store, self.clock, privacy, timezone=timezone, backups=backups)
        await store.close()

    def names(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def put(self, *names: str) -> None:
        """Files that lie there already."""
        for name in names:
            (self.folder / name).write_text("an older one")


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> House:
    return House(sqlite_url, tmp_path / "copies")


async def note(nightly: Nightly, value: str) -> None:
    """Something that a copy can hold."""
    async with nightly._store.writing() as repositories:
        await repositories.housekeeping.keep_setting("news", value)


def news(path: Path) -> str:
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (found,) = copy.execute("SELECT value FROM settings WHERE key = 'news'").fetchone()
    return str(found)


async def test_a_night_has_one_copy_with_all_that_was_stored(house: House) -> None:
    async with house.process() as nightly:
        await note(nightly, "before three")
        await nightly.back_up()
        await note(nightly, "later that day")
        await nightly.back_up()
        assert nightly.trouble is None
    assert house.names() == [TONIGHT]
    assert news(house.folder / TONIGHT) == "before three"


async def test_a_second_process_makes_no_second_copy(house: House) -> None:
    async with house.process() as first, house.process() as second:
        await note(first, "the first")
        await asyncio.gather(first.back_up(), second.back_up(), second.back_up())
        made = (house.folder / TONIGHT).stat().st_ino
        await note(first, "the second")
        await asyncio.gather(second.back_up(), first.back_up())
        assert (house.folder / TONIGHT).stat().st_ino == made
        house.clock.forward(days=1)
        await asyncio.gather(second.back_up(), first.back_up())
    assert house.names() == [TONIGHT, "hearings-2026-11-24.db"]
    assert [news(house.folder / name) for name in house.names()] == ["the first", "the second"]


async def test_a_night_begins_at_three_by_the_clock_of_the_municipality(house: House) -> None:
    async with house.process(timezone="Asia/Bishkek") as nightly:  # it is noon of the 23rd there
        house.clock.forward(hours=14, minutes=59)
        await nightly.back_up()
        house.clock.forward(minutes=1)
        await nightly.back_up()
    assert house.names() == ["hearings-2026-11-23.db", "hearings-2026-11-24.db"]


async def test_of_the_copies_the_newest_stay_and_files_of_others_are_left_alone(house: House) -> None:
    old = [f"hearings-2026-11-{day:02}.db" for day in range(10, 22)]
    foreign = [
        *("hearings.db", "hearings-3.db", "hearings-2026-11-01.db.gz", "my-hearings-2026-11-01.db", "notes.txt"),
        *("hearings-2026-11-31.db", "hearings-20261101.db", "hearings-٢٠٢٦-١١-٠١.db", ".hearings-2026-11-01.db"),
    ]
    house.put(*old, *foreign)
    (house.folder / "hearings-2026-11-02.db").mkdir()
    (house.folder / "hearings-2026-11-03.db").symlink_to("notes.txt")
    async with house.process() as nightly:
        await nightly.back_up()
    kept = ["hearings-2026-11-20.db", "hearings-2026-11-21.db", TONIGHT]
    assert house.names() == sorted([*kept, *foreign, "hearings-2026-11-02.db", "hearings-2026-11-03.db"])


async def test_copies_from_before_the_move_to_a_server_count_too(house: House) -> None:
    house.put("hearings-2026-11-19.dump", "hearings-2026-11-20.dump", "hearings-2026-11-21.dump")
    async with house.process() as nightly:
        await nightly.back_up()
    assert house.names() == [f"hearings-2026-11-{end}" for end in ("20.dump", "21.dump", "23.db")]


async def test_the_copy_just_made_stays_even_if_the_clock_was_put_back(house: House) -> None:
    house.put(*(f"hearings-2027-01-0{day}.db" for day in range(1, 6)))
    async with house.process() as nightly:
        await nightly.back_up()
    assert house.names() == [TONIGHT, "hearings-2027-01-04.db", "hearings-2027-01-05.db"]


async def test_what_a_kill_left_half_made_goes_with_the_next_copy(house: House) -> None:
    house.put(".hearings-2026-11-20.db.partial", ".other.db.partial")
    async with house.process() as nightly:
        await nightly.back_up()
    assert house.names() == [".other.db.partial", TONIGHT]


async def test_a_failure_shows_until_the_next_success_in_every_process_and_after_a_restart(house: House) -> None:
    house.folder.rmdir()
    async with house.process() as first, house.process() as second:
        with structlog.testing.capture_logs() as logged:
            await first.back_up()
        assert first.trouble == f"there is no folder: {house.folder}"
        assert [(entry["log_level"], entry["reason"]) for entry in logged] == [("error", first.trouble)]
        await second.look()
        assert second.trouble == first.trouble
    house.folder.mkdir()
    async with house.process() as first, house.process() as second:
        await first.look()
        await second.look()
        assert first.trouble == second.trouble == f"there is no folder: {house.folder}"
        assert house.names() == []  # looking alone tries nothing again
        await second.back_up()
        await first.look()
        assert [nightly.trouble for nightly in (first, second)] == [None, None]
    assert house.names() == [TONIGHT]


async def test_a_copy_that_cannot_be_made_leaves_the_older_ones_and_no_half(house: House) -> None:
    house.put(TONIGHT, *(f"hearings-2026-11-1{day}.db" for day in range(5)))
    (house.folder / f".{TONIGHT}.partial").mkdir()  # what SQLite cannot open
    before = house.names()
    async with house.process() as nightly:
        await nightly.back_up()
        assert nightly.trouble is not None
    assert house.names() == before
    assert (house.folder / TONIGHT).read_text() == "an older one"


async def test_a_night_on_which_nobody_was_there_is_made_up_for_at_the_next_look(house: House) -> None:
    async with house.process() as nightly:
        await nightly.back_up()
        house.clock.forward(days=2, hours=9)
        await nightly.look()
        await nightly.look()
    assert house.names() == [TONIGHT, "hearings-2026-11-25.db"]


async def test_a_database_that_is_locked_at_three_is_copied_once_it_is_free(house: House) -> None:
    house.url += "?timeout=0.01"
    async with house.process() as nightly:
        with closing(sqlite3.connect(house.url.partition("?")[0].removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            await nightly.back_up()
        assert house.names() == []
        await nightly.look()
    assert house.names() == [TONIGHT]


async def test_a_copy_whose_process_was_killed_is_said_after_an_hour_and_the_next_night_goes_on(house: House) -> None:
    async with house.process() as nightly:
        async with nightly._store.writing() as repositories:  # what a kill in the middle leaves
            assert await repositories.housekeeping.claim_daily("night:copying", date(2026, 11, 23))
            await repositories.housekeeping.keep_setting("night:copying:begun", samples.NOW.isoformat())
        await nightly.look()
        assert nightly.trouble is None
        house.clock.time += LONGEST_COPY + timedelta(seconds=1)
        await nightly.look()
        assert nightly.trouble == f"the copy begun at {samples.NOW.isoformat()} was never finished"
        house.clock.forward(days=1)
        await nightly.back_up()
        await nightly.look()
        assert nightly.trouble is None
    assert house.names() == ["hearings-2026-11-24.db"]


async def test_a_copy_cut_off_by_the_end_of_the_process_is_made_by_the_next(house: House) -> None:
    reached, never = asyncio.Event(), asyncio.Event()

    async def endless(_: Path) -> None:
        reached.set()
        await never.wait()

    async with house.process() as nightly:
        nightly._backups = Backups(house.folder, house.keep, ".db", endless)
        copying = asyncio.get_running_loop().create_task(nightly.back_up())
        await reached.wait()
        copying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await copying
    async with house.process() as nightly:
        await nightly.back_up()
    assert house.names() == [TONIGHT]


async def test_without_a_folder_nothing_is_copied_and_nothing_is_wrong(sqlite_store: storage.Store) -> None:
    clock = VirtualClock()
    nightly = Nightly(sqlite_store, clock, Privacy(sqlite_store, clock, DIGESTS), timezone=TIMEZONE)
    await nightly.back_up()
    await nightly.look()
    assert nightly.trouble is None
    async with sqlite_store.reading() as repositories:
        assert await repositories.housekeeping.find_setting("night:copying") is None


async def test_a_night_tidies_up_once_whatever_nobody_finished_or_could_read(house: House) -> None:
    async with house.process() as first, house.process() as second:
        async with first._store.writing() as repositories:
            person = await repositories.people.add(1, language="ky", at=samples.NOW)
            draft = PendingInput(person.id, PendingInputKind.COMMENT, samples.NOW + DAY)
            await repositories.pending_inputs.put(draft)
            await repositories.housekeeping.add_dead_letter(1, "{}", "unreadable", samples.NOW)
        await asyncio.gather(first.tidy(), second.tidy())
        house.clock.time += DEAD_LETTERS_LAST + DAY
        await asyncio.gather(first.tidy(), second.tidy())
        async with second._store.writing() as repositories:
            assert await repositories.pending_inputs.drop_expired(house.clock.now()) == 0
            assert await repositories.housekeeping.drop_dead_letters(house.clock.now()) == 0


@asynccontextmanager
async def app(house: House, **more: str) -> AsyncIterator[App]:
    """The whole bot, with a scheduler."""
    telegram = Telegram(clock=house.clock)
    given = {"bot_token": telegram.token, "database_url": house.url, "backup_folder": str(house.folder), **more}
    settings = load("", **given)
    store = await storage.open_store(house.url)
    ways = Requests(SimulatorRequest(telegram), SimulatorRequest(telegram))
    running = App(settings, store, house.clock, ways, pace=0.0)
    await running.start(listen=False)
    yield running
    await running.stop()
    await store.close()


async def test_a_bot_that_starts_after_the_hour_makes_up_for_it_at_once(house: House) -> None:
    async with app(house) as running:
        while TONIGHT not in house.names():
            await asyncio.sleep(0)
        while "back_up" in {task.get_name() for task in asyncio.all_tasks()}:
            await asyncio.sleep(0)
        assert running.readiness()["backup"] is None


async def test_readyz_has_a_line_for_a_copy_that_could_not_be_made(house: House) -> None:
    house.folder.rmdir()
    async with app(house) as running:
        while (line := running.readiness()["backup"]) is None:
            await asyncio.sleep(0)
        assert line == f"there is no folder: {house.folder}"


async def test_the_work_of_a_night_is_planned_for_three_on_the_municipalitys_clock(house: House) -> None:
    async with app(house, timezone="Asia/Kathmandu") as running:
        assert running.ticker._scheduler is not None
        nights = [job for job in running.ticker._scheduler.get_jobs() if "hour" in str(job.trigger)]
        assert [job.next_run_time.strftime("%H:%M:%S %z") for job in nights] == ["03:00:00 +0545"] * 2


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///hearings.db", TONIGHT), ("postgresql://user@host/db", "hearings-2026-11-23.dump")],
)
async def test_the_settings_say_where_how_many_and_of_which_kind(tmp_path: Path, url: str, name: str) -> None:
    asked = []

    async def copy(of: str, path: Path) -> None:
        asked.append((of, path))
        path.touch()

    given = {"database_url": url, "backup_folder": str(tmp_path), "backup_keep": "1"}
    wanted = backups(load("", **given), copy)
    assert wanted is not None
    (tmp_path / "hearings-2026-11-22.db").touch()
    await wanted.make(date(2026, 11, 23))
    assert asked == [(url, tmp_path / name)]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_without_a_folder_in_the_settings_there_are_no_copies() -> None:
    settings = load("", backup_keep="7")
    assert backups(settings, storage.backup) is None


async def test_kept_files_are_copied_beside_each_copy_and_take_room_once(house: House) -> None:
    media = house.folder.with_name("media")
    media.mkdir()
    names = [digest_of(content) for content in (b"plan", b"voice")]
    for name, content in zip(names, (b"plan", b"voice"), strict=True):
        (media / name).write_bytes(content)
    (media / "notes.txt").write_bytes(b"of the operator")
    for _ in range(house.keep + 2):
        async with house.process() as nightly:
            assert nightly._backups is not None
            nightly._backups = replace(nightly._backups, media=MediaFolder(media))
            await nightly.back_up()
        house.clock.time += DAY
        (media / names[1]).unlink(missing_ok=True)
    copies = [name for name in house.names() if name.endswith(".db")]
    assert house.names() == sorted([*copies, *(f"{name}.media" for name in copies)])
    assert len(copies) == house.keep
    newest = house.folder / f"{copies[-1]}.media"
    assert [path.name for path in newest.iterdir()] == names[:1]
    assert (newest / names[0]).read_bytes() == b"plan"
    assert (newest / names[0]).stat().st_nlink == house.keep
    assert newest.stat().st_mode & 0o777 == 0o700
