"""Whether a SQLite file is whole, and how the last run of the bot has ended."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import StoreUnavailable
from storage import LastStop, ensure_sound, open_for_reading, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Store

ROWS = "INSERT OR REPLACE INTO participants SELECT value, 1, 0, '-', '-', 0, 0, NULL FROM json_each(?)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hearings.db"


async def killed(store: Store, file: Path, folder: Path, *, close: bool = True) -> Path:
    """What a kill at this moment would leave of a running bot's database, in another folder."""
    folder.mkdir()
    for path in file.parent.glob(f"{file.name}*"):
        shutil.copy(path, folder)
    if close:
        await store.close()
    return folder / file.name


async def test_a_clean_stop_is_known_and_so_is_a_kill(file: Path, tmp_path: Path) -> None:
    address = f"sqlite:///{file}"
    assert await ensure_sound(address) == LastStop()
    assert not file.exists()
    store = await open_store(address)
    await store.mark_running()
    await store.mark_stopped()
    await store.close()
    before = sorted(file.parent.iterdir())
    assert await ensure_sound(address) == LastStop(clean=True)
    assert sorted(file.parent.iterdir()) == before  # looking makes nothing
    store = await open_store(address)
    await store.mark_running()
    await store.health()
    left = await killed(store, file, tmp_path / "left")
    assert await ensure_sound(f"sqlite:///{left}") == LastStop(clean=False)
    left.with_name(f"{left.name}-wal").unlink()
    left.with_name(f"{left.name}-shm").unlink()
    assert await ensure_sound(f"sqlite:///{left}") == LastStop(clean=False, lost=True)


async def test_what_another_command_has_read_of_a_killed_bots_log_is_not_called_lost(
    file: Path, tmp_path: Path
) -> None:
    store = await open_store(f"sqlite:///{file}")
    await store.mark_running()
    await store.health()
    beside = open_for_reading(f"sqlite:///{file}")  # while the bot runs nothing is noted
    await beside.close()
    for whole in (True, False):
        left = await killed(store, file, tmp_path / str(whole), close=False)
        address = f"sqlite:///{left}"
        other = await open_store(address) if whole else open_for_reading(address)
        async with other.reading() as now:
            assert await now.housekeeping.find_setting("health") == "ok"
        await other.close()
        assert not left.with_name(f"{left.name}-wal").exists()
        assert await ensure_sound(address) == LastStop(clean=False)
    await store.close()


async def test_a_database_of_an_older_program_has_no_mark_and_is_not_suspected(file: Path) -> None:
    address = f"sqlite:///{file}"
    await (await open_store(address)).close()
    assert await ensure_sound(address) == LastStop(clean=True)


async def test_a_copy_beside_the_log_of_another_file_is_refused_and_not_written_into(
    file: Path, tmp_path: Path
) -> None:
    store = await open_store(f"sqlite:///{file}")
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute(ROWS, (str(list(range(0, 4000, 2))),))
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(file, tmp_path / "copy.db")
        for half in (range(1, 4000, 2), range(4000, 6000)):
            other.execute(ROWS, (str(list(half)),))
            other.commit()
            other.execute("PRAGMA wal_checkpoint(RESTART)")
        other.execute("DELETE FROM participants WHERE resident_id % 7 = 0")
        other.commit()
        left = await killed(store, file, tmp_path / "left")
    shutil.copy(tmp_path / "copy.db", left)
    before = left.read_bytes()
    with pytest.raises(StoreUnavailable, match="is damaged"):
        await ensure_sound(f"sqlite:///{left}")
    assert left.read_bytes() == before
