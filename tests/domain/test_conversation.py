"""The table of states: what a message means for whom, and that no cell of it loses words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.conversation import MEANINGS, TYPED_BY_STAFF, Input, Meaning, State, seeks_places, state_of
from bot.domain.decision_drafts import DecisionDraft, DecisionField
from bot.domain.pending_input import PLACES_TYPED, PendingInput, PendingInputKind, search_over
from bot.domain.people import Actor, Resident

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
RESIDENT = Resident(9, 1, "ky", municipality_id=5, consented_at=NOW)
SETTLED = Actor(1, "ky", RESIDENT)
NEW = Actor(1, "ky", replace(RESIDENT, municipality_id=None))
STAFF = Actor(1, "ky", replace(RESIDENT, consented_at=None))
VISITOR = Actor(1, "ky")
PENDING = {kind: PendingInput(9, kind, NOW) for kind in PendingInputKind} | {
    PendingInputKind.COMMENT: PendingInput(9, PendingInputKind.COMMENT, NOW, 3),
    PendingInputKind.AMENDMENT: PendingInput(9, PendingInputKind.AMENDMENT, NOW, 3, comment_id=7),
    PendingInputKind.DECISION: PendingInput(
        9, PendingInputKind.DECISION, NOW, 3, text=DecisionDraft(3, awaits=DecisionField.REASON).stored
    ),
    PendingInputKind.APPEAL: PendingInput(9, PendingInputKind.APPEAL, NOW, 3, comment_id=7),
}


def test_everything_that_may_be_sent_means_something_in_every_state() -> None:
    for row in MEANINGS.values():
        assert set(row) == set(Input)
        assert (row[Input.COMMAND], row[Input.LINK], row[Input.OTHER]) == (Meaning.DONE, Meaning.DONE, Meaning.NOT_KEPT)


def test_words_and_recordings_are_written_or_kept_of_everybody_who_has_agreed() -> None:
    typed = {
        State.GIVING_REASON,
        State.GIVING_NAME,
        State.SEARCHING_COMMENTS,
        State.ENTERING,
        State.DECIDING,
        State.RECORDING_COUNCIL,
        State.TRANSCRIBING,
        State.MARKING_DONE,
        State.CHANGING_TEXT,
        State.CHAIRING,
        State.APPEALING,
    }
    for state in set(State) - {State.LOOKING, *typed}:
        row = MEANINGS[state]
        assert row[Input.WORDS] is row[Input.RECORDING]
        assert row[Input.WORDS] in (Meaning.WRITTEN, Meaning.KEPT)
        assert row[Input.PLACE_NAME] in (row[Input.WORDS], Meaning.PLACE)
        assert seeks_places(state) is (row[Input.PLACE_NAME] is Meaning.PLACE)


@pytest.mark.parametrize(
    ("pending", "settled", "new"),
    [
        (None, State.READING, State.NEW),
        (PendingInputKind.COMMENT, State.WRITING, State.WRITING),
        (PendingInputKind.AMENDMENT, State.WRITING, State.WRITING),
        (PendingInputKind.SEARCH, State.SEARCHING, State.NEW),
        (PendingInputKind.VILLAGE, State.NAMING_VILLAGE, State.NEW),
        (PendingInputKind.REASON, State.GIVING_REASON, State.GIVING_REASON),
        (PendingInputKind.STAFF_NAME, State.GIVING_NAME, State.GIVING_NAME),
        (PendingInputKind.DECISION, State.DECIDING, State.DECIDING),
        (PendingInputKind.ATTACHMENT, State.ATTACHING, State.ATTACHING),
        (PendingInputKind.ENTRY, State.ENTERING, State.ENTERING),
        (PendingInputKind.RESOLUTION, State.RECORDING_COUNCIL, State.RECORDING_COUNCIL),
        (PendingInputKind.HALL, State.CHAIRING, State.CHAIRING),
        (PendingInputKind.TRANSCRIPT, State.TRANSCRIBING, State.TRANSCRIBING),
        (PendingInputKind.DONE, State.MARKING_DONE, State.MARKING_DONE),
        (PendingInputKind.TEXT, State.CHANGING_TEXT, State.CHANGING_TEXT),
        (PendingInputKind.APPEAL, State.APPEALING, State.APPEALING),
    ],
)
def test_what_is_being_written_comes_before_every_search(
    pending: PendingInputKind | None, settled: State, new: State
) -> None:
    waiting = PENDING[pending] if pending else None
    assert state_of(SETTLED, waiting) is settled
    assert state_of(NEW, waiting) is new
    looks = TYPED_BY_STAFF.get(pending, State.LOOKING) if pending else State.LOOKING
    assert state_of(STAFF, waiting) is looks
    assert state_of(VISITOR, None) is State.LOOKING


@pytest.mark.parametrize("kind", PLACES_TYPED)
@pytest.mark.parametrize("written", [PendingInputKind.COMMENT, PendingInputKind.AMENDMENT])
def test_a_search_lies_over_what_is_being_written_and_ends_before_it(
    written: PendingInputKind, kind: PendingInputKind
) -> None:
    waiting = PENDING[written]
    search = search_over(waiting, 9, kind, NOW + timedelta(minutes=10))
    assert (search.kind, search.writing) == (kind, waiting)
    for actor in (SETTLED, NEW):
        assert state_of(actor, search) is State.WRITING_AND_SEARCHING
    assert search.at(NOW) == search
    assert search.at(NOW + timedelta(minutes=10)) == waiting
    assert search_over(search, 9, PendingInputKind.SEARCH, NOW).writing == waiting


def test_a_search_over_nothing_or_over_a_reason_is_one_alone() -> None:
    for waiting in (None, PENDING[PendingInputKind.SEARCH], replace(PENDING[PendingInputKind.REASON], hearing_id=3)):
        search = search_over(waiting, 9, PendingInputKind.SEARCH, NOW)
        assert (search.writing, search.at(NOW)) == (None, search)


def test_a_decision_that_is_made_by_buttons_at_present_takes_no_words() -> None:
    kept = PendingInput(9, PendingInputKind.DECISION, NOW, 3, text=DecisionDraft(3).stored)
    assert state_of(SETTLED, kept) is State.READING
