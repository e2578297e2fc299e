"""Answers in Pabulib's format, read as its description says."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.cast_answers import CastAnswer
from bot.domain.comments import Channel
from bot.domain.languages import Text
from bot.domain.questions import Question, QuestionKind
from bot.i18n import Catalogues
from bot.reports.pabulib import PabulibFile
from bot.reports.report import ReportFormat, name
from tests.reports.bundles import pabulib
from tests.reports.hostile import separated
from tests.reports.samples import HEARING, QUESTIONS, record

if TYPE_CHECKING:
    from pathlib import Path

Section = list[dict[str, str]]


def read(content: str) -> tuple[dict[str, str], Section, Section]:
    """The three sections of a file."""
    sections: dict[str, list[list[str]]] = {}
    for row in separated(content, ";"):
        if row[0] in ("META", "PROJECTS", "VOTES") and len(row) == 1:
            sections[row[0]] = []
        else:
            list(sections.values())[-1].append(row)
    (head, *meta), projects, votes = sections["META"], sections["PROJECTS"], sections["VOTES"]
    assert head == ["key", "value"]
    named = [[dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in (projects, votes)]
    return {key: value for key, value in meta}, named[0], named[1]  # noqa: C416 - two cells each, or an error


def sections(path: Path) -> dict[str, tuple[dict[str, str], Section, Section]]:
    with zipfile.ZipFile(io.BytesIO(pabulib(path))) as archive:
        return {entry: read(archive.read(entry).decode()) for entry in archive.namelist()}


def test_a_ranking_is_ordinal_and_coins_are_cumulative(tmp_path: Path) -> None:
    found = sections(tmp_path / "r.zip")
    assert list(found) == ["question-3.pb", "question-4.pb"]
    meta, projects, votes = found["question-3.pb"]
    assert (meta["vote_type"], meta["num_votes"], meta["num_projects"]) == ("ordinal", "30", "3")
    assert (meta["date_begin"], meta["date_end"]) == ("20.11.2026", "06.12.2026")
    assert (meta["instance"], meta["unit"]) == ("BAG-27/3", "Багыш айыл аймагы")
    assert Counter(row["vote"] for row in votes) == {"1,2,3": 20, "2,1": 8, "1": 2}
    assert [(row["votes"], row["score"], row["name"]) for row in projects] == [
        ("30", "82", "Жолдор"),
        ("28", "64", "Жарык"),
        ("20", "20", "Таза суу"),
    ]
    meta, projects, votes = found["question-4.pb"]
    assert (meta["vote_type"], meta["max_sum_points"]) == ("cumulative", "100")
    assert Counter((row["vote"], row["points"]) for row in votes) == {("1,2", "50,50"): 14, ("1", "100"): 6}
    assert [row["score"] for row in projects] == ["1300", "700"]


def test_the_format_is_told_all_it_asks_for(tmp_path: Path) -> None:
    for meta, projects, votes in sections(tmp_path / "r.zip").values():
        asked = (
            "description",
            "country",
            "unit",
            "instance",
            "num_projects",
            "num_votes",
            "budget",
            "vote_type",
            "rule",
        )
        assert all(meta[key] for key in asked)
        assert len(projects) == int(meta["num_projects"])
        assert [row["voter_id"] for row in votes] == [str(voter) for voter in range(1, int(meta["num_votes"]) + 1)]
        known = {row["project_id"] for row in projects}
        assert all(set(row["vote"].split(",")) <= known for row in votes)
        assert {row["cost"] for row in projects} == {"1"}


def test_several_answers_are_approval_and_one_question_is_no_archive(tmp_path: Path) -> None:
    several = Question(
        3, QUESTIONS[2].about, QuestionKind.SEVERAL, options=(Text({"ky": "а;б"}), Text({"ky": "="})), limit=1
    )
    asked = replace(HEARING.dossier, questions=(*QUESTIONS[:2], several))
    made = record(replace(HEARING, dossier=asked))
    path = tmp_path / "r.pb"
    writer = PabulibFile(made, Catalogues.load()["ky"], path)
    both, one = (CastAnswer(Channel.TELEGRAM, None, answer, 14) for answer in ({2: 1, 1: 1}, {1: 1}))
    writer.add_answers(several, (both, one))
    writer.close()
    meta, projects, votes = read(path.read_text("utf-8"))
    assert (meta["vote_type"], meta["max_length"]) == ("approval", "1")
    assert [row["name"] for row in projects] == ["а;б", "'="]
    assert Counter(row["vote"] for row in votes) == {"1,2": 14, "1": 14}
    assert name(made, ReportFormat.PB, [Catalogues.load()["ky"]]).endswith(".pb")
    assert name(record(), ReportFormat.PB, [Catalogues.load()["ky"]]).endswith(".zip")
