"""When a hearing is public, and when its results may be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import NotFound
from bot.domain.hearings import Hearing, Phase, Results
from bot.domain.questions import first_unanswered
from tests import samples
from tests.samples import NOW

HEARING = Hearing(1, "bagysh-2026-1", 3, Phase.OPEN, 1, samples.dossier())


@pytest.mark.parametrize(
    ("results", "before", "answered", "closed"),
    [
        (Results.ALWAYS, True, True, True),
        (Results.AFTER_VOTING, False, True, True),
        (Results.AFTER_CLOSING, False, False, True),
    ],
)
def test_results_are_shown_when_the_workbook_says(results: Results, before: bool, answered: bool, closed: bool) -> None:
    hearing = replace(HEARING, dossier=replace(HEARING.dossier, results=results))
    after = hearing.closes_at
    assert hearing.shows_results(NOW, answered=False) is before
    assert hearing.shows_results(NOW, answered=True) is answered
    assert hearing.shows_results(after, answered=False) is closed
    assert hearing.shows_results(after, answered=True) is closed


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_but_a_draft_is_public(phase: Phase) -> None:
    hearing = replace(HEARING, phase=phase)
    assert hearing.is_public is (phase is not Phase.DRAFT)
    if hearing.is_public:
        hearing.ensure_public()
    else:
        with pytest.raises(NotFound):
            hearing.ensure_public()


def test_the_next_question_is_the_first_without_an_answer_then_the_first_of_all() -> None:
    questions = HEARING.dossier.questions
    numbers = [question.no for question in questions]
    assert first_unanswered(questions, ()) == questions[0]
    assert first_unanswered(questions, numbers[:1]) == questions[1]
    assert first_unanswered(questions, numbers) == questions[0]
    assert first_unanswered((), ()) is None


@pytest.mark.parametrize(
    ("promised", "due"),
    [(None, date(2026, 12, 20)), (date(2026, 12, 12), date(2026, 12, 12)), (date(2026, 12, 1), date(2026, 12, 20))],
    ids=["no day", "a day", "a day that a postponement has overtaken"],
)
def test_the_commission_answers_until_the_promised_day_or_two_weeks_after_closing(
    promised: date | None, due: date
) -> None:
    late = datetime(2026, 12, 5, 20, 0, tzinfo=UTC)  # the sixth, there
    dossier = replace(HEARING.dossier, closes_at=late, answers_promised=promised)
    assert dossier.answers_due(ZoneInfo("Asia/Bishkek")) == due
