"""A report from a real database to a finished file, or to none."""

from __future__ import annotations

import asyncio
import json
import resource
import shutil
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.domain.errors import NotFound
from bot.i18n import Catalogues, Translator
from bot.reports import records
from bot.reports.report import ReportFormat, write
from storage import open_store
from tests.scale import rounds
from tests.storage.town import NOON, cast, move_in, settle, vote
from tests.storage.town import write as comment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from storage import Store
    from tests.databases import Cluster

NOW = NOON + timedelta(days=11)
OPEN_FILES = Path("/proc/self/fd")
READ_AT_ONCE = rounds(records.COMMENTS_READ_AT_ONCE, few=40)
"""Comments are read by few, where not all are promised: there are pages all the same."""
FILLED = 1
"""The id of the hearing in a filled database."""


@pytest.fixture(scope="module")
def t() -> Translator:
    return Catalogues.load()["en"]


async def fill(store: Store, comments: int, *, entered: bool = True) -> int:
    """A hearing with 30 people who voted and some comments, the third of which was withdrawn; its id."""
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 30)
        await cast(now, town, [vote(town, each, 1, {1 + each.id % 3: 1}) for each in people])
        await now.participants.note([each.as_participant(town.hearing.id, NOON) for each in people])
        for number in range(comments):
            written = await comment(now, town, people[number % 30], f"Сунуш {number}")
            if number == 2:
                await now.comments.save(replace(written, withdrawn_at=NOON))
        if entered:
            await now.hearings.set_all_entered(town.hearing.id, NOW)
        await now.housekeeping.note_outage(NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    return town.hearing.id


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with a hearing of more comments than are read at once, for tests that write nothing into it."""

    async def run() -> None:
        store = await open_store(url)
        assert await fill(store, READ_AT_ONCE + 1) == FILLED
        await store.close()

    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("filled")
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'hearings.db')}"
        asyncio.run(run())
        yield url
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = asyncio.run(cluster.create())
    asyncio.run(run())
    yield url
    asyncio.run(cluster.drop(url))


@pytest.fixture
async def filled(filled_url: str) -> AsyncIterator[Store]:
    opened = await open_store(filled_url)
    yield opened
    await opened.close()


async def test_the_workbook_says_what_the_database_knows(store: Store, tmp_path: Path, t: Translator) -> None:
    hearing_id = await fill(store, 40, entered=False)
    report = await write(
        store, hearing_id, form=ReportFormat.XLSX, t=t, now=NOW, timezone="Asia/Bishkek", path=tmp_path / "record.xlsx"
    )
    assert report.name == "M aiyly 2026-06-08 record preliminary en.xlsx"
    book = load_workbook(report.path, data_only=True)
    overview = {row[0].value: row[1].value for row in book["Overview"].iter_rows()}
    assert overview["People who took part through the bot"] == 30
    assert overview["Answers to questions: Telegram"] == 30
    assert overview["Comments, proposals and questions"] == 39
    assert any("out of reach" in str(name) for name in overview)
    assert [row[0].value for row in book["Comments"].iter_rows(min_row=2)] == list(range(1, 41))
    assert book["Comments"]["E4"].value is None
    assert book["Votes"]["F2"].value == 30


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of comments has ``READ_AT_ONCE``."""
    monkeypatch.setattr(records, "COMMENTS_READ_AT_ONCE", READ_AT_ONCE)


@pytest.mark.usefixtures("pages")
async def test_no_comment_is_lost_between_pages(store: Store, tmp_path: Path, t: Translator) -> None:
    count = 2 * records.COMMENTS_READ_AT_ONCE + 7
    hearing_id = await fill(store, count)
    for form in ReportFormat:
        await write(store, hearing_id, form=form, t=t, now=NOW, timezone="Asia/Bishkek", path=tmp_path / f"r.{form}")
    read = json.loads((tmp_path / "r.json").read_text("utf-8"))["comments"]
    assert [each["number"] for each in read] == list(range(1, count + 1))
    sheet = load_workbook(tmp_path / "r.xlsx")["Comments"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(range(1, count + 1))
    assert (tmp_path / "r.csv").read_bytes().count(b"\r\n") == count + 2


async def test_a_report_of_nothing_leaves_nothing(store: Store, tmp_path: Path, t: Translator) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    with pytest.raises(NotFound):
        await write(store, 99, form=ReportFormat.XLSX, t=t, now=NOW, timezone="Asia/Bishkek", path=folder / "r.xlsx")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("form", ReportFormat)
async def test_a_report_given_up_half_way_leaves_the_old_file(
    filled: Store, tmp_path: Path, t: Translator, form: ReportFormat
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / f"r.{form}"
    path.write_text("the report of yesterday")
    writing = asyncio.ensure_future(  # noqa: TID251 - a person who stops waiting, nothing else
        write(filled, FILLED, form=form, t=t, now=NOW, timezone="Asia/Bishkek", path=path)
    )
    while not any(folder.glob(".report-*/*")):
        await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert path.read_text() == "the report of yesterday"
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("form", ReportFormat)
async def test_a_full_disk_is_said_and_leaves_nothing(
    filled: Store, tmp_path: Path, t: Translator, form: ReportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # modules imported meanwhile would be cut off as well
    async with filled.reading() as repositories:  # SQLite makes its files now: they would be cut off, too
        await repositories.hearings.get(FILLED)
    folder = tmp_path / "reports"
    folder.mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256, limits[1]))  # no file may grow beyond a few lines
    try:
        with pytest.raises(OSError, match="too large") as failure:  # which keeps alive what nobody has closed
            await write(filled, FILLED, form=form, t=t, now=NOW, timezone="Asia/Bishkek", path=folder / f"r.{form}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(folder.iterdir()) == []
    assert not open_within(folder), failure


def open_within(folder: Path) -> list[str]:
    """The files within a folder that this process holds open, removed ones too; where the system says."""
    found = []
    for link in OPEN_FILES.iterdir() if OPEN_FILES.exists() else ():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return [each for each in found if each.startswith(f"{folder}/")]


@pytest.mark.usefixtures("pages")
async def test_numbers_and_comments_are_of_one_moment(store: Store, tmp_path: Path, t: Translator) -> None:
    hearing_id = await fill(store, records.COMMENTS_READ_AT_ONCE + 1)
    async with store.reading() as repositories:
        gathered = await records.gather(repositories, hearing_id, now=NOW, timezone="Asia/Bishkek")
        async with store.writing() as now:
            newest = await now.comments.list_waiting(hearing_id, offset=0, limit=1)
            await now.comments.save(replace(newest[0], withdrawn_at=NOON))
        pages = [page async for page in records.comments(repositories, hearing_id)]
    standing = [each for page in pages for each in page if not each.withdrawn_at]
    assert len(standing) == gathered.comments.total
