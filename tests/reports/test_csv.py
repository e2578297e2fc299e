"""The separated file, read back by the standard library."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.transcripts import Transcript
from bot.i18n import Catalogues
from bot.reports.comments import headings
from bot.reports.csv import CommentsFile
from bot.reports.inert import looks_like_formula
from tests.reports.samples import COMMENTS, HOSTILE, KEPT, NOW, comment, record, several

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.comments import Comment


def written(path: Path, comments: tuple[Comment, ...], language: str = "en") -> list[list[str]]:
    """The rows of the file."""
    file = CommentsFile(record(comments=comments), Catalogues.load()[language], path)
    file.add(comments)
    file.close()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


def test_it_opens_in_a_spreadsheet_with_its_letters_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    rows = written(path, COMMENTS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().endswith(b"\r\n")
    assert rows[0] == list(headings(Catalogues.load()["en"]))
    assert rows[1][:5] == ["1", "03.12.2026 17:29", "Proposal", rows[1][3], COMMENTS[0].text]
    assert rows[2][4] == COMMENTS[1].text
    assert [row[0] for row in rows[1:]] == [str(each.number) for each in COMMENTS]


def test_all_parts_of_a_comment_are_in_its_row(tmp_path: Path) -> None:
    rows = written(tmp_path / "r.csv", (several(1),))
    assert rows[1][4] == "[2 photos] [Voice message, 4 s] бир\nэки"


def test_what_is_said_in_a_voice_message_is_marked_as_a_transcript(tmp_path: Path) -> None:
    spoken = replace(several(1), transcript=Transcript("Жарык керек", machine=True))
    (row,) = written(tmp_path / "r.csv", (spoken,))[1:]
    assert "[Transcript by a program, not checked yet: Жарык керек]" in row[4]


def test_of_a_withdrawn_comment_only_the_number_is_left(tmp_path: Path) -> None:
    rows = written(tmp_path / "r.csv", COMMENTS)
    assert [value for value in rows[6] if value] == ["6", "Withdrawn by the author"]


def test_no_field_is_a_formula(tmp_path: Path) -> None:
    enemies = tuple(comment(number, words) for number, words in enumerate(HOSTILE, start=1))
    rows = written(tmp_path / "r.csv", enemies)
    assert not any(looks_like_formula(cell) for row in rows for cell in row if cell)
    assert rows[1][4] == "'=cmd|' /C calc'!A0"
    assert rows[-2][4] == "😀" * 4096


def test_a_decision_stands_there_with_who_does_it_what_it_changes_and_when_it_was_done(tmp_path: Path) -> None:
    rows = written(tmp_path / "r.csv", (comment(1, "сөз", decision=KEPT),))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Decision"], row["Reason"], row["Responsible"]) == ("Accepted", "2027-жылы курулат", "Айыл өкмөтү")
    assert row["Deadline"] == row["Done"] == f"{NOW:%d.%m.%Y}"
    assert row["What it changes"].startswith("S1 ")
