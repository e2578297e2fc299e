"""The record for another program."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.attachments import Attachment
from bot.domain.comments import Channel
from bot.domain.tallies import Tally
from bot.domain.transcripts import Transcript
from bot.i18n import Catalogues
from bot.reports.json import RecordFile
from tests.reports.samples import COMMENTS, HOSTILE, KEPT, NOW, RESOLUTION, comment, record, several

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.comments import Comment


def written(path: Path, comments: tuple[Comment, ...], **changes: Any) -> dict[str, Any]:
    """The record as another program reads it."""
    file = RecordFile(replace(record(comments=comments), **changes), Catalogues.load()["ky"], path)
    file.add(comments)
    file.close()
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_it_holds_the_numbers_by_channel(tmp_path: Path) -> None:
    read = written(tmp_path / "r.json", COMMENTS)
    first = read["questions"][0]["answers"]
    assert {channel: answers["voters"] for channel, answers in first.items()} == {"telegram": 52, "hall": 85}
    assert read["comment_counts"]["total"] == 7
    assert read["hearing"]["municipality"]["name"]["ky"] == "Багыш айыл аймагы"
    assert read["as_of"] == "2026-12-06T17:30:00+06:00"


def test_where_few_used_a_channel_all_are_joined(tmp_path: Path) -> None:
    few = {(1, Channel.PAPER): Tally(3), (1, Channel.PHONE): Tally(2)}
    read = written(tmp_path / "r.json", COMMENTS, tallies={**record().tallies, **few})
    assert {tuple(each["answers"]) for each in read["questions"]} == {("telegram+hall+paper+phone",)}


def test_small_groups_are_null(tmp_path: Path) -> None:
    read = written(tmp_path / "r.json", COMMENTS)
    assert read["participants"]["by_village"]["bagysh-2"] is None
    assert read["comments"][6]["author"] == {"village": None, "gender": "-", "age": "-"}


def test_texts_are_exactly_what_was_stored(tmp_path: Path) -> None:
    enemies = tuple(comment(number, words) for number, words in enumerate(HOSTILE, start=1))
    assert [each["text"] for each in written(tmp_path / "r.json", enemies)["comments"]] == list(HOSTILE)


def test_every_part_of_a_comment_stands_there_in_its_order(tmp_path: Path) -> None:
    (read,) = written(tmp_path / "r.json", (several(1),))["comments"]
    assert (read["text"], read["attachment"]) == ("бир\nэки", "photo")
    assert [(part["text"], part["attachment"]) for part in read["parts"]] == [
        ("бир", "photo"),
        ("", "photo"),
        ("эки", "voice"),
    ]


def test_what_is_kept_of_documents_and_voices_is_named_by_its_digest(tmp_path: Path) -> None:
    plan = Attachment(1, 1, "План", "План.pdf", "file", "u-plan", photo=False, size=7, added_at=NOW)
    (voice,) = [media for media in several(1).attachments if media.kind.is_recording]
    kept = {"u-plan": "ab" * 32, voice.unique_id: "cd" * 32}
    path = tmp_path / "r.json"
    file = RecordFile(
        replace(record(comments=(several(1),)), documents=(plan,), digests=kept), Catalogues.load()["en"], path
    )
    file.add((replace(several(1), transcript=Transcript("Жол", machine=True)),))
    file.close()
    read = json.loads(path.read_text("utf-8"))
    assert read["comments"][0]["transcript"] == {"text": "Жол", "checked": False}
    assert read["documents"] == [{"title": "План", "name": "План.pdf", "digest": "ab" * 32}]
    assert [part["digest"] for part in read["comments"][0]["parts"] if part["attachment"] == "voice"] == ["cd" * 32]


def test_of_a_withdrawn_comment_only_the_number_is_left(tmp_path: Path) -> None:
    read = written(tmp_path / "r.json", COMMENTS)
    assert read["comments"][5] == {"number": 6, "status": "withdrawn"}


def test_no_author_can_be_found_in_it(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    written(path, COMMENTS)
    assert "author_id" not in path.read_text("utf-8")
    assert not any(str(each.author_id) in path.read_text("utf-8") for each in COMMENTS)


def test_a_hearing_without_comments_is_still_json(tmp_path: Path) -> None:
    assert written(tmp_path / "r.json", ())["comments"] == []


def test_a_decision_and_what_the_council_made_of_it_stand_there(tmp_path: Path) -> None:
    read = written(tmp_path / "r.json", (comment(1, "сөз", decision=KEPT),), resolution=RESOLUTION)
    day = NOW.date().isoformat()
    assert read["council"] == {"number": "12/3", "day": day, "adopted": "Бюджет кабыл алынды"}
    decision = read["comments"][0]["decision"]
    assert (decision["outcome"], decision["due"], decision["done_on"], decision["changes"]) == (
        "accepted",
        day,
        day,
        "S1",
    )
    assert written(tmp_path / "r.json", COMMENTS)["council"] is None
