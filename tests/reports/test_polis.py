"""Stances and supports in the layout of Polis."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.reports.bundles import REACTIONS, polis, table

if TYPE_CHECKING:
    from pathlib import Path


def test_it_has_the_files_and_columns_of_an_export(tmp_path: Path) -> None:
    found = polis(tmp_path / "r.zip")
    heads = {name: content.decode().split("\n")[0] for name, content in found.items()}
    assert heads == {
        "comments.csv": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        "statements.csv": "comment-id,kind,number",
        "summary.csv": heads["summary.csv"],
        "votes.csv": "timestamp,datetime,comment-id,voter-id,vote",
        "participants-votes.csv": "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3,4,5,6,7,8",
    }
    assert heads["summary.csv"].startswith("topic,")
    assert b"voters,6\n" in found["summary.csv"]


def test_each_person_is_a_line_and_their_reactions_are_what_they_gave(tmp_path: Path) -> None:
    found = polis(tmp_path / "r.zip")
    numbers = {(row["kind"], row["number"]): row["comment-id"] for row in table(found["statements.csv"], ",")}
    assert ("comment", "6") not in numbers  # it was withdrawn, and with it goes who did nothing else
    one, two, first, fourth = (
        numbers[key] for key in (("question", "1"), ("question", "2"), ("comment", "1"), ("comment", "4"))
    )
    lines = Counter(
        tuple((name, row[name]) for name in (one, two, first, fourth) if row[name])
        for row in table(found["participants-votes.csv"], ",")
    )
    assert lines == {
        ((one, "1"), (two, "-1"), (first, "1")): 4,
        ((one, "0"), (first, "1"), (fourth, "1")): 1,
        ((fourth, "1"),): 1,
    }
    long = Counter((row["comment-id"], row["vote"]) for row in table(found["votes.csv"], ","))
    assert long == {(one, "1"): 4, (two, "-1"): 4, (first, "1"): 5, (one, "0"): 1, (fourth, "1"): 2}
    told = {row["comment-id"]: (row["agrees"], row["disagrees"]) for row in table(found["comments.csv"], ",")}
    assert (told[one], told[two], told[first], told[fourth]) == (("4", "0"), ("0", "4"), ("5", "0"), ("2", "0"))


def test_no_line_leads_to_an_author_or_to_who_came_first(tmp_path: Path) -> None:
    found = polis(tmp_path / "1.zip")
    assert {row["author-id"] for row in table(found["comments.csv"], ",")} == {"0"}
    assert {row["n-comments"] for row in table(found["participants-votes.csv"], ",")} == {"0"}
    assert len({row["timestamp"] for row in table(found["votes.csv"], ",")}) == 1
    assert polis(tmp_path / "2.zip", tuple(reversed(REACTIONS))) == found
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
