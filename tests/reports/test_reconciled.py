"""The numbers of a hearing in its files, read back by other libraries, beside what SQL counts in the database."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from docx import Document
from openpyxl import load_workbook

import storage
from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel
from bot.domain.counted_votes import BallotBox
from bot.domain.people import Caller
from bot.domain.questions import Choose, Give, Mark, Rank
from bot.i18n import Catalogues
from bot.reports import ReportFormat, write
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.reports.hostile import separated
from tests.reports.papers import bare, said
from tests.services.entering import counted, entered
from tests.services.writing import filed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.questions import Change

PEOPLE: Final = 23
Counts = dict[tuple[int, str, int], int]
"""People by question, channel and option; option 0 is everybody who answered."""
OPTIONS: Final = {
    **dict.fromkeys((1, 2, 3), ("In favour", "Opposed", "Abstained")),
    **dict.fromkeys((4, 5, 6, 7), ("Жол", "Суу", "Жарык")),
}


async def held(url: str, folder: Path) -> str:
    """A hearing with answers of all kinds by Telegram and in the hall, comments of three channels; its files."""
    store, clock = await storage.open_store(url), VirtualClock()
    try:
        municipality = await Municipality.over(store, clock)
        services, hearing = municipality.services, await municipality.hearing()
        for person in range(1, PEOPLE + 1):
            author = await municipality.resident(person)
            given: tuple[tuple[int, Change], ...] = (
                *((no, Choose(1 + (person * no) % 3)) for no in (1, 2, 4) if (person + no) % 4),
                *((5, Mark(option, on=True)) for option in (1, 2) if person % (option + 1)),
                *((6, Rank(option, place)) for place, option in ((1, 3), (2, 1)) if person % 5),
                *((7, Give(option, 10 * (1 + person % 3))) for option in (1, 2) if person % 2),
            )
            for order, (number, change) in enumerate(given, start=person * 100):
                await services.voting.cast(Caller(person, "ky"), hearing.id, number, change, order=order)
            if person % 3 == 0:
                await filed(municipality, author, hearing, f"Сунуш {person}")
        staff = await municipality.staff(99)
        clock.forward(days=4)
        await counted(municipality, staff, hearing, BallotBox(Channel.HALL), 1, "40 9 6")
        await counted(municipality, staff, hearing, BallotBox(Channel.HALL), 4, "31 12 8")
        for words in ("Жайыт", "Көпүрө"):
            await entered(municipality, staff, hearing, words, channel=Channel.HALL)
        await services.entry_desk.close(COMMAND_LINE, hearing.id)
        for form in (each for each in ReportFormat if each is not ReportFormat.POLIS):
            t = Catalogues.load()["en"]
            path = folder / form.value
            await write(store, hearing.id, form=form, t=t, now=clock.now(), timezone="Asia/Bishkek", path=path)
        return hearing.code
    finally:
        await store.close()


def by_sql(file: Path) -> tuple[Counts, Counter[str]]:
    """People by question, channel and option, and comments by channel, from the rows as they were stored."""
    found: Counts = Counter()
    with sqlite3.connect(file) as database:
        for number, channel, answer in database.execute("SELECT question_no, channel, answer FROM votes"):
            if chosen := json.loads(answer):
                found[number, channel, 0] += 1
                for option in chosen:
                    found[number, channel, int(option)] += 1
        for number, channel, voters, counts in database.execute(
            "SELECT question_no, channel, voters, counts FROM counted_votes WHERE version = 0"
        ):
            found[number, channel, 0] += voters
            for option, (people, _points) in json.loads(counts).items():
                found[number, channel, int(option)] += people
        rows = database.execute("SELECT channel, count(*) FROM comments WHERE withdrawn_at IS NULL GROUP BY channel")
        comments = Counter(dict(rows.fetchall()))
    database.close()
    return {key: people for key, people in found.items() if people}, comments


@pytest.fixture(scope="module")
def channels() -> dict[str, str]:
    """The channels as the files name them."""
    return {"Telegram": "telegram", "In the hall": "hall"}


def in_excel(path: Path, channels: dict[str, str]) -> Counts:
    sheet = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)["Votes"]
    found: Counts = {}
    for number, _question, _kind, channel, answer, people, *_ in sheet.iter_rows(min_row=2, values_only=True):
        if channel in channels and people:
            option = 0 if answer == "All who answered" else 1 + OPTIONS[int(str(number))].index(_bare(str(answer)))
            found[int(str(number)), channels[str(channel)], option] = int(str(people))
    return found


def in_json(path: Path) -> Counts:
    found: Counts = {}
    for question in json.loads(path.read_bytes())["questions"]:
        for channel, answers in question["answers"].items():
            found[question["no"], channel, 0] = answers["voters"]
            found |= {(question["no"], channel, each["option"]): each["voters"] for each in answers["options"]}
    return {key: people for key, people in found.items() if people}


def in_word(path: Path, channels: dict[str, str], numbers: list[int]) -> Counts:
    """Of questions with one answer: their tables say people; of others, points."""
    found: Counts = {}
    tables = [table for table in Document(str(path)).tables if len(table.columns) == 4][: len(OPTIONS)]
    for number, table in zip(OPTIONS, tables, strict=True):
        for option, row in enumerate(table.rows[1:], start=1):
            apart = [cell.rpartition(" ") for cell in row.cells[1].text.split(", ")]
            found |= {(number, channels[name], option): int(people) for name, _, people in apart if number in numbers}
    return {key: people for key, people in found.items() if people}


def _bare(words: str) -> str:
    return words.partition(" (")[0]


async def test_every_file_says_what_sql_counts(sqlite_url: str, tmp_path: Path, channels: dict[str, str]) -> None:
    code = await held(sqlite_url, tmp_path)
    counts, comments = by_sql(tmp_path / "hearings.db")
    assert comments == {"telegram": 7, "hall": 2}
    assert len(counts) > 25
    assert in_excel(tmp_path / "xlsx", channels) == counts
    assert in_json(tmp_path / "json") == counts
    one = [1, 2, 3, 4, 5]
    chosen = {key: people for key, people in counts.items() if key[0] in one and key[2]}
    assert in_word(tmp_path / "docx", channels, one) == chosen
    rows = separated((tmp_path / "csv").read_bytes().decode("utf-8-sig"), ";")
    assert Counter(channels[row[6]] for row in rows[1:-1]) == comments
    document = json.loads((tmp_path / "json").read_bytes())
    assert document["comment_counts"]["by_channel"] == comments
    assert document["participants"]["people"] == PEOPLE
    assert document["hearing"]["code"] == code
    words = bare(" ".join(said((tmp_path / "pdf-full").read_bytes())))
    for number in OPTIONS:
        assert str(sum(counts.get((number, channel, 0), 0) for channel in channels.values())) in words
    with zipfile.ZipFile(tmp_path / "pb") as archive:
        for name in archive.namelist():
            number = int(name.removeprefix("question-").removesuffix(".pb"))
            ballots = archive.read(name).decode().split("VOTES\n")[1].splitlines()[1:]
            assert len(ballots) == counts[number, "telegram", 0]
