"""Bundles of tables, read back: whole for staff, and for everybody nothing that points at somebody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.cast_answers import CastAnswer
from bot.domain.comments import Channel
from bot.domain.entries import Presence
from bot.domain.journal import Act, JournalEntry
from bot.domain.meaning import Aspect, MeaningChange
from bot.domain.notices import NoticeKind
from bot.domain.questions import About
from bot.domain.suppression import AtLeast
from bot.domain.tallies import Count, Tally
from bot.domain.transcripts import Transcript
from bot.reports.bundle import columns
from bot.reports.course import DraftVersion, SentNotice
from tests.reports.bundles import DAY, GIVEN, bundle, package, table
from tests.reports.samples import COMMENTS, DOSSIER, KEPT, NOW, TALLIES, comment, record, several

if TYPE_CHECKING:
    from pathlib import Path

TYPES: dict[str, Any] = {"integer": int, "number": float, "date": date.fromisoformat, "string": str}
FEW = {**TALLIES, (1, Channel.PAPER): Tally(2, {1: Count(2, 2)})}


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return bundle(tmp_path_factory.mktemp("staff") / "r.zip", language="ky")


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return bundle(tmp_path_factory.mktemp("open") / "r.zip", everybody=True)


def test_every_table_is_as_the_package_says(staff: dict[str, bytes], everybody: dict[str, bytes]) -> None:
    for found in (staff, everybody):
        for resource in package(found)["resources"]:
            kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
            rows = table(found[resource["path"]])
            assert found[resource["path"]].startswith(b"\xef\xbb\xbf")
            for row in rows:
                assert list(row) == list(kinds)
                for name, value in row.items():
                    assert value == "" or TYPES[kinds[name]](value) is not None


def test_nothing_is_there_that_is_not_named(staff: dict[str, bytes], everybody: dict[str, bytes]) -> None:
    for found in (staff, everybody):
        read_me = found["README.txt"].decode("utf-8-sig")
        told = {resource["path"] for resource in package(found)["resources"]}
        assert all(name in read_me for name in found if name not in ("README.txt", "datapackage.json"))
        assert {name for name in found if name.endswith(".csv") and "/" not in name} == told


def test_each_column_stands_in_english_beside_the_readers_words(staff: dict[str, bytes]) -> None:
    meant = {(row["table"], row["column"]): row["heading"] for row in table(staff["columns.csv"])}
    assert meant["comments", "decision"] == "Чечим"
    for resource in package(staff)["resources"]:
        for field in resource["schema"]["fields"]:
            assert meant[resource["name"], field["name"]] == field["title"]


def test_what_a_code_means_is_said(staff: dict[str, bytes]) -> None:
    codes = {(row["table"], row["column"], row["code"]) for row in table(staff["codes.csv"])}
    for made in (columns.QUESTIONS, columns.TALLIES, columns.PARTICIPATION, columns.COMMENTS, columns.VOTES):
        coded = [column.name for column in made.columns if column.codes and column.name not in ("channel", "group")]
        for row in table(staff[made.path]):
            assert all((made.name, name, row[name]) in codes for name in coded if row[name])


def test_staff_have_a_row_for_each_vote_and_its_sum_is_the_tally(staff: dict[str, bytes]) -> None:
    votes = Counter((row["question"], option) for row in table(staff["votes.csv"]) for option in row["options"].split())
    told = {
        (row["question"], row["option"]): row for row in table(staff["tallies.csv"]) if row["channel"] == "telegram"
    }
    assert {key: int(told[key]["people"]) for key in votes} == dict(votes)
    assert Counter(row["question"] for row in table(staff["votes.csv"])) == {"1": 52, "3": 30, "4": 20}
    coins = [row for row in table(staff["votes.csv"]) if row["question"] == "4"]
    assert Counter((row["options"], row["points"]) for row in coins) == {("1 2", "50 50"): 14, ("1", "100"): 6}
    assert Counter(row["options"] for row in table(staff["votes.csv"]) if row["question"] == "3") == {
        "1 2 3": 20,
        "2 1": 8,
        "1": 2,
    }


def test_a_vote_tells_no_time_finer_than_the_day_and_no_day_of_few(staff: dict[str, bytes]) -> None:
    days = Counter((row["question"], row["day"]) for row in table(staff["votes.csv"]))
    assert all(count >= 5 for (_, day), count in days.items() if day)
    assert days["1", str(DAY)] == 44


def test_votes_stand_in_the_order_of_no_person(tmp_path: Path, staff: dict[str, bytes]) -> None:
    turned = {number: tuple(reversed(given)) for number, given in GIVEN.items()}
    again = bundle(tmp_path / "r.zip", given=turned, language="ky")
    assert again == staff
    first = [row["options"] for row in table(staff["votes.csv"]) if row["question"] == "1"]
    assert first != sorted(first)


def test_the_same_record_is_the_same_bytes(tmp_path: Path) -> None:
    for everybody in (False, True):
        one, two = tmp_path / "1.zip", tmp_path / "2.zip"
        assert bundle(one, everybody=everybody) == bundle(two, everybody=everybody)
        assert one.read_bytes() == two.read_bytes()


def test_everybody_gets_no_single_votes_but_those_of_pabulib(everybody: dict[str, bytes]) -> None:
    assert "votes.csv" not in everybody
    assert sorted(name for name in everybody if name.endswith(".pb")) == [
        "pabulib/question-3.pb",
        "pabulib/question-4.pb",
    ]
    assert not any("participants" in name or name.endswith("votes.csv") for name in everybody)


@pytest.mark.parametrize("fewer", ["a few on paper", "four in all", "one forgotten"])
def test_no_answers_are_open_that_tell_of_a_small_group(tmp_path: Path, fewer: str) -> None:
    four = CastAnswer(Channel.TELEGRAM, DAY, {1: 1}, 4)
    cases = {
        "a few on paper": (FEW, GIVEN),
        "four in all": ({**TALLIES, (3, Channel.TELEGRAM): Tally(4, {1: Count(4, 12)})}, {**GIVEN, 3: (four,)}),
        "one forgotten": (TALLIES, {**GIVEN, 3: GIVEN[3][:-1]}),
    }
    tallies, given = cases[fewer]
    found = bundle(tmp_path / "r.zip", everybody=True, of=replace(record(), tallies=tallies), given=given)
    assert "pabulib/question-3.pb" not in found


def test_everybody_is_told_of_no_channel_and_no_question_that_few_used(tmp_path: Path) -> None:
    few = {**FEW, (4, Channel.TELEGRAM): Tally(3, {1: Count(3, 300)})}
    found = bundle(tmp_path / "r.zip", everybody=True, of=replace(record(), tallies=few))
    told = table(found["tallies.csv"])
    assert {row["channel"] for row in told} == {"telegram+hall+paper"}
    assert [row["people"] for row in told if row["question"] == "4"] == [""]
    staffs = table(bundle(tmp_path / "s.zip", of=replace(record(), tallies=few))["tallies.csv"])
    assert [row["people"] for row in staffs if (row["channel"], row["option"]) == ("paper", "0")] == [
        "2",
        "0",
        "0",
        "0",
    ]


def test_a_group_that_is_not_shown_is_empty(everybody: dict[str, bytes]) -> None:
    people = {(row["by"], row["group"]): row["people"] for row in table(everybody["participation.csv"])}
    assert people["village", "bagysh-2"] == ""
    assert not [count for count in people.values() if count and 0 < int(count) < 5]


def test_languages_are_told_by_lower_bounds(tmp_path: Path) -> None:
    spoken = replace(record(), languages={"ky": AtLeast(20), "ru": AtLeast(0), "": None})
    rows = table(bundle(tmp_path / "r.zip", everybody=True, of=spoken)["participation.csv"])
    told = {row["group"]: (row["people"], row["at_least"]) for row in rows if row["by"] == "language"}
    assert told == {"ky": ("", "20"), "ru": ("", "0"), "unsaid": ("", "")}


def test_everybody_reads_comments_as_residents_do(tmp_path: Path) -> None:
    spoken = replace(several(20), transcript=Transcript("Жол керек", machine=False))
    known = comment(21, "Менин телефонум 0555 123 456", decision=KEPT)
    comments = (*COMMENTS, spoken, known)
    found = {
        row["number"]: row
        for row in table(bundle(tmp_path / "o.zip", everybody=True, comments=comments)["comments.csv"])
    }
    assert {row["status"] for row in found.values()} == {"published", "waiting", "hidden", "withdrawn"}
    assert all(not row["text"] and not row["day"] for row in found.values() if row["status"] != "published")
    assert found["5"]["rule"] == "personal data"
    assert "123" not in found["21"]["text"]
    assert found["21"]["decision"] == "accepted"
    assert "Жол керек" not in found["20"]["text"]
    assert "Voice" not in found["20"]["text"]
    staffs = {row["number"]: row for row in table(bundle(tmp_path / "s.zip", comments=comments)["comments.csv"])}
    assert "0555 123 456" in staffs["21"]["text"]
    assert "Жол керек" in staffs["20"]["text"]
    assert staffs["5"]["text"]
    assert staffs["6"]["text"] == ""


def test_everybody_may_use_open_data_and_staff_are_told_to_keep_theirs(
    staff: dict[str, bytes], everybody: dict[str, bytes]
) -> None:
    assert package(everybody)["licenses"][0]["name"] == "CC-BY-4.0"
    assert "licenses" not in package(staff)


def test_everybody_is_told_how_many_are_for_and_against_a_statement(everybody: dict[str, bytes]) -> None:
    rows = table(everybody["polis/comments.csv"], ",")
    assert [(row["agrees"], row["disagrees"]) for row in rows[:3]] == [("124", "8"), ("25", "12"), ("14", "0")]
    assert [row["author-id"] for row in rows] == ["0"] * len(rows)
    assert len(rows) == 2 + sum(row["status"] == "published" for row in table(everybody["comments.csv"]))


def test_who_was_present_what_people_were_told_and_what_was_changed_are_tables_too(tmp_path: Path) -> None:
    changes = (MeaningChange(About(), Aspect.TITLE, "=Жол", "Жолдор", 1),)
    made = replace(
        record(),
        present=(Presence(1, 1, 85, 50, 34, NOW),),
        notices=(SentNotice(NoticeKind.ANNOUNCED, NOW, 1234, 3), SentNotice(NoticeKind.RESULTS, NOW, None)),
        versions=(DraftVersion(1, NOW, DOSSIER), DraftVersion(2, None, DOSSIER, changes, rescheduled=True)),
        journal=(JournalEntry(NOW, Act.CLOSED, "hearing:1", 44),),
    )
    for everybody in (False, True):
        found = bundle(tmp_path / "r.zip", of=made, everybody=everybody)
        (present,) = table(found["attendance.csv"])
        assert [present[name] for name in ("sitting", "people", "women", "men")] == ["1", "85", "50", "34"]
        sent = [(row["kind"], row["people"], row["rooms"]) for row in table(found["notices.csv"])]
        assert sent == [(NoticeKind.ANNOUNCED, "1234", "3"), (NoticeKind.RESULTS, "", "0")]
        first, second = table(found["versions.csv"])
        assert (first["version"], first["aspect"], second["day"], second["rescheduled"]) == ("1", "", "", "1")
        assert (second["question"], second["old"], second["new"]) == ("1", "'=Жол", "Жолдор")
        assert not [name for name in found if "journal" in name]


def test_a_hearing_of_which_nothing_was_said_has_all_its_tables(tmp_path: Path) -> None:
    nothing = dict.fromkeys(GIVEN, ())
    found = bundle(tmp_path / "r.zip", comments=(), given=nothing, of=replace(record(), tallies={}))
    assert table(found["comments.csv"]) == table(found["votes.csv"]) == []
