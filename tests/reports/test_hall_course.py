"""The course of a sitting in the files: what its chair did, with times, without what was undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.hall_course import course_of_sittings
from bot.domain.journal import Act, about_hearing
from bot.i18n import Catalogues
from bot.reports import course_words, hall_words
from tests.reports.samples import COMMENTS, NOW, record
from tests.reports.test_json import written

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hall_course import SittingStep

DONE: tuple[tuple[Act, dict[str, str | int]], ...] = (
    (Act.CHANGED, {"sitting": "moved", "no": 1}),
    (Act.SITTING_STARTED, {}),
    (Act.ITEM_BEGUN, {"item": 1}),
    (Act.QUESTION_ASKED, {"question": 1}),
    (Act.ASKING_CLOSED, {"question": 1, "answered": 57}),
    (Act.HANDS_COUNTED, {"question": 1, "numbers": "9 9 9"}),
    (Act.HALL_UNDONE, {"undone": "hands counted"}),
    (Act.HANDS_COUNTED, {"question": 1, "numbers": "20 3 2"}),
    (Act.FLOOR_GIVEN, {"speaker": 4, "here": 0}),
    (Act.FLOOR_ENDED, {"speaker": 4}),
    (Act.ANSWERED_IN_HALL, {"number": 7}),
    (Act.COMMENT_ENTERED, {"number": 8}),
    (Act.SITTING_ENDED, {"people": 85, "women": 40, "men": 30}),
)


def steps(sitting: int = 1) -> tuple[SittingStep, ...]:
    """A sitting, a minute between two steps."""
    entries = [
        about_hearing(1, act, at=NOW + timedelta(minutes=no), by=5, data={"sitting": sitting, **data})
        for no, (act, data) in enumerate(DONE)
    ]
    return course_of_sittings(entries, {7: "Августта бүтөт."})


def test_the_course_of_a_sitting_stands_in_minutes_and_json_without_what_was_undone(tmp_path: Path) -> None:
    t = Catalogues.load()["en"]
    said = [words for _, words in hall_words.lines(replace(record(), steps=steps()), t)]
    assert [words.partition(":")[0] for words in said] == [
        "Sitting № 1 was begun.",
        said[1],
        "The hall was asked",
        "The question was closed",
        "Hands were raised",
        "№ 4 was given the floor (from elsewhere).",
        "№ 4 finished speaking.",
        "Question № 7 was answered in the hall. Августта бүтөт.",
        "Sitting № 1 ended. Checked in",
    ]
    assert said[3].endswith("57 people have answered.")
    assert "In favour 20, Opposed 3, Abstained 2" in said[4]
    in_minutes = [words for _, words in course_words.lines(replace(record(), steps=steps()), t)]
    assert set(said) <= set(in_minutes)
    read = written(tmp_path / "r.json", COMMENTS, steps=steps())["course"]["sittings"]
    assert [step["act"] for step in read].count("hands counted") == 1
    assert read[3]["answered"] == 57
    assert (read[4]["hands"], read[7]["note"]) == ([20, 3, 2], "Августта бүтөт.")
    assert read[-1]["checked_in"] == {"people": 85, "women": 40, "men": 30}


def test_a_file_of_one_sitting_tells_of_that_alone() -> None:
    t = Catalogues.load()["en"]
    both = replace(record(), steps=(*steps(1), *steps(2)), sitting=2)
    assert next(words for _, words in hall_words.lines(both, t)) == "Sitting № 2 was begun."
    assert len(hall_words.lines(both, t)) == len(steps(2))
