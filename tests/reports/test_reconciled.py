"""The numbers of a hearing in its files, read back by other libraries, beside what SQL counts in the database."""

from __future__ import annotations

import asyncio
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.domain.programme import TYIYN, Unit
from bot.i18n import Catalogues
from tests.reports.bundles import table
from tests.reports.hostile import separated
from tests.reports.papers import bare, said
from tests.reports.reconciled import (
    FIRST_GROUP,
    PEOPLE,
    RANKED,
    SHARED,
    asked,
    held,
    people_by_sql,
    points_by_sql,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reports.reconciled import Counts

OPTIONS: Final = {
    **dict.fromkeys((1, 2, 3), ("In favour", "Opposed", "Abstained")),
    **dict.fromkeys((4, 5, 6, 7), ("Жол", "Суу", "Жарык")),
}
CHANNELS: Final = {"Telegram": "telegram", "In the hall": "hall"}
"""As the files name them."""
ONE: Final = (1, 2, 3, 4, 5)
"""The questions of which the minutes say people; of the others they say points."""


@pytest.fixture(scope="module")
def made(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the database and every file of a hearing, each named by its form."""
    folder = tmp_path_factory.mktemp("reconciled")
    shutil.copy(sqlite_template, folder / "hearings.db")
    asyncio.run(held(f"sqlite:///{folder / 'hearings.db'}", folder))
    return folder


@pytest.fixture(scope="module")
def sheets(made: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the workbook, by sheet: values that its formulas have computed."""
    book = load_workbook(io.BytesIO((made / "xlsx").read_bytes()), data_only=True)
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def paper(made: Path) -> str:
    """What the full report says, without blanks."""
    return bare(" ".join(said((made / "pdf-full").read_bytes())))


def document(made: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((made / "json").read_bytes())
    return found


def tables_in(made: Path, form: str) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(made / form) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv") and "/" not in name]
        return {name.removesuffix(".csv"): table(archive.read(name)) for name in names}


def in_excel(rows: list[tuple[Any, ...]], column: int) -> Counts:
    found: Counts = {}
    for row in rows:
        number, channel, answer = row[0], row[3], row[4]
        if channel in CHANNELS and row[column]:
            option = 0 if answer == "All who answered" else 1 + OPTIONS[int(number)].index(answer.partition(" (")[0])
            found[int(number), CHANNELS[channel], option] = int(row[column])
    return found


def in_json(made: Path, what: str) -> Counts:
    found: Counts = {}
    for question in document(made)["questions"]:
        for channel, answers in question["answers"].items():
            found[question["no"], channel, 0] = answers.get(what, 0)
            found |= {(question["no"], channel, each["option"]): each[what] for each in answers["options"]}
    return {key: number for key, number in found.items() if number}


def in_table(rows: list[dict[str, str]], column: str) -> Counts:
    found = {(int(row["question"]), row["channel"], int(row["option"])): int(row[column] or 0) for row in rows}
    return {key: number for key, number in found.items() if number}


def in_word(made: Path) -> Counts:
    """By channel people of questions with one answer, points of the others."""
    found: Counts = {}
    tables = [each for each in Document(str(made / "docx")).tables if len(each.columns) == 4][: len(OPTIONS)]
    for number, answers in zip(OPTIONS, tables, strict=True):
        for option, row in enumerate(answers.rows[1:], start=1):
            apart = [cell.rpartition(" ") for cell in row.cells[1].text.split(", ")]
            found |= {(number, CHANNELS[name], option): int(count) for name, _, count in apart}
            assert sum(int(count) for *_, count in apart) == int(row.cells[2].text)
    return {key: number for key, number in found.items() if number}


def test_every_file_says_how_many_people_answered_what(
    made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str
) -> None:
    counts = people_by_sql(made / "hearings.db")
    assert len(counts) > 25
    assert in_excel(sheets["Votes"], 5) == counts
    assert in_json(made, "voters") == counts
    for form in ("csv-bundle", "open-data"):
        assert in_table(tables_in(made, form)["tallies"], "people") == counts
    chosen = {key: people for key, people in counts.items() if key[2] and key[0] in ONE}
    assert {key: people for key, people in in_word(made).items() if key[0] in ONE} == chosen
    for number in OPTIONS:
        assert str(sum(counts.get((number, channel, 0), 0) for channel in CHANNELS.values())) in paper
    assert document(made)["participants"]["people"] == PEOPLE


def test_every_file_says_how_many_points_and_coins_were_given(
    made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str
) -> None:
    points = points_by_sql(made / "hearings.db")
    assert {key[:2] for key in points} == {(RANKED, "telegram"), (SHARED, "telegram"), (SHARED, "hall")}
    assert in_excel(sheets["Votes"], 7) == points
    assert {key: number for key, number in in_json(made, "points").items() if key[0] not in ONE} == points
    for form in ("csv-bundle", "open-data"):
        assert in_table(tables_in(made, form)["tallies"], "points") == points
    assert {key: number for key, number in in_word(made).items() if key[0] not in ONE} == points
    for number in (RANKED, SHARED):
        for option in (1, 2, 3):
            if together := sum(points.get((number, channel, option), 0) for channel in CHANNELS.values()):
                assert str(together) in paper


def test_single_answers_add_up_to_what_is_stored(made: Path) -> None:
    counts, points = people_by_sql(made / "hearings.db"), points_by_sql(made / "hearings.db")
    with zipfile.ZipFile(made / "pb") as archive:
        for name in archive.namelist():
            number = int(name.removeprefix("question-").removesuffix(".pb"))
            head, votes = archive.read(name).decode().split("VOTES\n")
            assert len(votes.splitlines()[1:]) == counts[number, "telegram", 0]
            assert f"num_votes;{counts[number, 'telegram', 0]}\n" in head
            for line in head.split("PROJECTS\n")[1].splitlines()[1:]:
                option, _cost, chosen, score = map(int, line.split(";")[:4])
                assert chosen == counts.get((number, "telegram", option), 0)
                given = points if number in (RANKED, SHARED) else counts
                assert score == given.get((number, "telegram", option), 0)
    rows = Counter(int(row["question"]) for row in tables_in(made, "csv-bundle")["votes"])
    assert rows == {number: counts[number, "telegram", 0] for number in OPTIONS if (number, "telegram", 0) in counts}
    with zipfile.ZipFile(made / "polis") as archive:
        statements = separated(archive.read("comments.csv").decode(), ",")
    for number, statement in enumerate(statements[1:4], start=1):
        told = dict(zip(statements[0], statement, strict=True))
        apart = [counts.get((number, "telegram", option), 0) for option in (1, 2)]
        assert [int(told["agrees"]), int(told["disagrees"])] == apart


def test_every_file_says_of_which_groups_people_were(
    made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str
) -> None:
    groups: dict[str, dict[str, int]] = {}
    for by, column in (("Village", "places.code"), ("Gender", "p.gender"), ("Age group", "p.age_band")):
        grouped = f"SELECT {column}, count(*) FROM participants p JOIN places ON places.id = p.village_id GROUP BY 1"
        groups[by] = dict(asked(made / "hearings.db", grouped))
        assert sorted(groups[by].values()) == [PEOPLE - FIRST_GROUP, FIRST_GROUP]
    read = document(made)["participants"]
    for by, name in (("Village", "by_village"), ("Gender", "by_gender"), ("Age group", "by_age")):
        assert {code: people for code, people in read[name].items() if people} == groups[by]
        told = {str(row[1]): int(row[2]) for row in sheets["Participants"] if row[0] == by and str(row[2]).isdecimal()}
        told.pop("All together", None)
        assert Counter(people for people in told.values() if people) == Counter(groups[by].values())
        for words, people in told.items():
            assert f"{bare(words)}{people}" in paper
    for form in ("csv-bundle", "open-data"):
        rows = [row for row in tables_in(made, form)["participation"] if row["people"] not in ("", "0")]
        apart = {by: {row["group"]: int(row["people"]) for row in rows if row["by"] == by} for by in ("village", "age")}
        assert apart == {"village": groups["Village"], "age": groups["Age group"]}


def test_every_file_says_who_was_present(made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str) -> None:
    ((people, women, men),) = asked(made / "hearings.db", "SELECT people, women, men FROM presence")
    assert (people, women, men) == (55, 34, 21)
    assert sheets["Attendance"][0][2:5] == (people, women, men)
    assert [document(made)["present"][0][name] for name in ("people", "women", "men")] == [people, women, men]
    words = [paragraph.text for paragraph in Document(str(made / "docx")).paragraphs]
    assert f"People present: {people} (Women {women}, Men {men})" in words
    for form in ("csv-bundle", "open-data"):
        (row,) = tables_in(made, form)["attendance"]
        assert [int(row[name]) for name in ("people", "women", "men")] == [people, women, men]
    (board,) = said((made / "pdf").read_bytes())
    assert f"{people} People present at the hearing (women: {women}, men: {men})" in board
    assert f"Women{women}" in paper


def test_every_file_says_the_sums_of_the_budget(
    made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str
) -> None:
    ((body,),) = asked(made / "hearings.db", "SELECT body FROM dossiers")
    stored = json.loads(body)
    sums: Counter[str] = Counter()
    for line in stored["budget"]["lines"]:
        sums[line["side"]] += line["amount"]
    words = [paragraph.text for paragraph in Document(str(made / "docx")).paragraphs]
    t, unit = Catalogues.load()["en"], Unit(stored["unit"])
    factor = TYIYN * (1_000 if unit is Unit.THOUSAND else 1)
    for side, tyiyn in sums.items():
        name = side.capitalize()
        cells = [row[4] for row in sheets["Budget"] if row[0] == name and row[2] and row[2] != "All together"]
        lines = [line["amount"] for line in stored["budget"]["lines"] if line["side"] == side]
        assert [round(float(cell) * factor) for cell in cells[: len(lines)]] == lines
        (whole,) = [row[4] for row in sheets["Budget"] if row[0] == name and row[2] == "All together"]
        assert round(float(whole) * factor) == tyiyn
        assert f"{name}: {t.money(tyiyn, unit)}" in words
        assert bare(re.sub(r"[^\d,. ]", "", t.money(tyiyn, unit))) in paper


def test_every_file_says_each_comment_with_its_support(
    made: Path, sheets: dict[str, list[tuple[Any, ...]]], paper: str
) -> None:
    stored = asked(made / "hearings.db", "SELECT number, text, support, channel FROM comments ORDER BY id")
    supported = dict(asked(made / "hearings.db", "SELECT comment_id, count(*) FROM supports GROUP BY 1"))
    assert sum(supported.values()) == sum(row[2] for row in stored) > 10
    numbered = [(number, support) for number, _, support, _ in stored]
    assert [(row[0], row[7]) for row in sheets["Comments"]] == numbered
    rows = separated((made / "csv").read_bytes().decode("utf-8-sig"), ";")[1:-1]
    assert [(int(row[0]), int(row[8])) for row in rows] == numbered
    read = document(made)
    assert [(each["number"], each["support"]) for each in read["comments"]] == numbered
    assert read["comment_counts"]["by_channel"] == Counter(row[3] for row in stored) == {"telegram": 7, "hall": 2}
    for form in ("csv-bundle", "open-data"):
        told = [(int(row["number"]), int(row["support"] or 0)) for row in tables_in(made, form)["comments"]]
        assert told == numbered
    *_, proposals = Document(str(made / "docx")).tables
    cells = [[cell.text for cell in row.cells] for row in proposals.rows[1:]]
    assert [(int(row[0]), int(row[2] or 0)) for row in cells] == numbered
    for _number, text, _support, _channel in stored:
        assert bare(text) in paper
