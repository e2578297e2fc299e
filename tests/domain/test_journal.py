"""What the journal's entries say: when, what, about what, by whom."""

from __future__ import annotations

from bot.domain.journal import Act, about_comment, about_hearing, about_municipality, about_resident
from bot.domain.people import Actor, Resident
from tests.samples import NOW


def test_an_entry_names_its_subject_by_noun_and_number() -> None:
    entries = (
        about_hearing(3, Act.OPENED, at=NOW),
        about_comment(4, Act.COMMENT_HIDDEN, at=NOW, by=7, data={"rule": "insult"}),
        about_municipality(5, Act.INVITED, at=NOW, by=7, data={"role": "member"}),
        about_resident(6, Act.FORGOTTEN, at=NOW),
    )
    assert [entry.subject for entry in entries] == ["hearing:3", "comment:4", "municipality:5", "resident:6"]
    assert [entry.actor_id for entry in entries] == [None, 7, 7, None]
    assert [dict(entry.data) for entry in entries] == [{}, {"rule": "insult"}, {"role": "member"}, {}]


def test_the_journal_knows_residents_and_no_visitor() -> None:
    assert Actor(1, "ky", Resident(9, 1, "ky")).resident_id == 9
    assert Actor(1, "ky").resident_id is None
