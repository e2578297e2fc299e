"""What is deleted is gone from the disk too: zeros in the file, and an empty log beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.addresses import file_of, parse_address
from tests.storage.town import move_in, settle, write

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Store

WORDS = "Бул сөздөрдү эч ким окубасын"


def on_disk(file: Path) -> bytes:
    """The file of the database and what lies beside it."""
    beside = [file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm", "-journal")]
    return b"".join(each.read_bytes() for each in (file, *beside) if each.exists())


async def test_deleted_words_are_not_on_the_disk(sqlite_url: str, sqlite_store: Store) -> None:
    file = file_of(parse_address(sqlite_url))
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        (author,) = await move_in(now, town, 1)
        comment = await write(now, town, author, WORDS)
    assert await sqlite_store.scrub()
    assert WORDS.encode() in on_disk(file)
    async with sqlite_store.writing() as now:
        await now.comments.save(replace(comment, parts=(), author_id=None))  # nor the message it came in
    assert WORDS.encode() in on_disk(file)  # in the file until the log is written into it
    assert await sqlite_store.scrub()
    assert WORDS.encode() not in on_disk(file)
    assert file.with_name(f"{file.name}-wal").stat().st_size == 0


async def test_who_reads_meanwhile_is_not_disturbed_and_it_is_done_later(sqlite_url: str, sqlite_store: Store) -> None:
    file = file_of(parse_address(sqlite_url))
    town = await settle(sqlite_store)
    async with sqlite_store.reading() as reading:
        assert await reading.people.find(1000) is None
        async with sqlite_store.writing() as now:
            await move_in(now, town, 1)
        assert not await sqlite_store.scrub()
        assert await reading.people.find(1000) is None
        async with sqlite_store.writing() as now:  # the writer waits for others as long as before
            await now.people.mark_blocked(1000, None)
    assert await sqlite_store.scrub()
    assert file.with_name(f"{file.name}-wal").stat().st_size == 0


async def test_postgresql_needs_no_scrubbing(store: Store) -> None:
    assert await store.scrub()
