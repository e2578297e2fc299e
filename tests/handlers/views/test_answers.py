"""The table of answers, what changed in the drafts, what is promised: the largest fit a message, in every language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.comments import Channel, Comment, Outcome
from bot.domain.draft_changes import draft_changes
from bot.domain.hearings import Phase
from bot.domain.languages import LANGUAGES
from bot.domain.programme import DraftPoint
from bot.domain.promises import AnswerFilter, PromiseCounts
from bot.services.answers import ANSWERS_ON_A_PAGE, AnswerPage, PublicAnswer
from bot.services.comments import CommentView
from bot.services.promises import PROMISES_ON_A_PAGE, Promise, PromiseList
from bot.services.resolutions import ResolutionView
from handlers import presses
from handlers.views import answers, promises, resolutions
from handlers.views import draft_changes as change_views
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, presses_of, text_of
from tests.scale import rounds

HEARING = largest.hearing(phase=Phase.ANSWERED)
MANY = PromiseCounts(9_999, 9_999, 9_999)
VOICES = tuple(((channel,), 99_999) for channel in Channel)


def decided(**changes: object) -> list[Comment]:
    """As many of the largest comments as there are hostile texts, each with a decision as long as it may be."""
    return [
        largest.comment(largest.filled(pattern), decision=largest.decision(largest.filled(pattern, 2000), **changes))
        for pattern in largest.HOSTILE.values()
    ]


def page(items: list[Comment], which: AnswerFilter = AnswerFilter.ALL, number: int = 0) -> AnswerPage:
    found = tuple(PublicAnswer(CommentView(comment, HEARING), VOICES) for comment in items)
    return AnswerPage(
        *(HEARING, largest.NOW.date(), largest.ZONE, which, number, found, True, dict.fromkeys(Outcome, 9_999), MANY),
        resolution=largest.resolution(),
        changes=True,
    )


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
def test_the_largest_answers_fit_a_message(language: str) -> None:
    t = CATALOGUES[language]
    for changes in ({}, {"done_at": None}, {"done_at": None, "due": largest.NOW.date() - timedelta(days=9)}):
        items = decided(**changes)
        for first in range(0, len(items), ANSWERS_ON_A_PAGE):
            ensure_fits(answers.answers(t, page(items[first : first + ANSWERS_ON_A_PAGE], AnswerFilter.OVERDUE)))
        for comment in items:
            ensure_fits(answers.found(t, page([]), PublicAnswer(CommentView(comment, HEARING), VOICES)))
            promise = Promise(CommentView(comment, HEARING, staff=True), largest.NOW.date(), largest.ZONE)
            for screen in (promises.promise, promises.ask_for_day, promises.ask_for_photo, promises.undo_choice):
                ensure_fits(screen(t, promise))
        listed = tuple((items * 2)[:PROMISES_ON_A_PAGE])
        ensure_fits(promises.promises(t, PromiseList(HEARING, largest.NOW.date(), 1, listed, True, MANY)))  # noqa: FBT003
    ensure_fits(answers.narrow(t, page([])))
    ensure_fits(answers.answers(t, page([])))
    ensure_fits(resolutions.stored(t, ResolutionView(HEARING, largest.resolution())))


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
def test_the_largest_changes_of_the_drafts_fit_a_message(language: str) -> None:
    changing = [(DraftPoint(line=line), 1_000_000 + times) for line in range(1, 6) for times in range(30)]
    hearing = largest.hearing(largest.dossier(things=6), phase=Phase.ANSWERED)
    shown = draft_changes(hearing, largest.dossier(things=4), changing)
    for number in (0, 1, 99):
        ensure_fits(change_views.changes(CATALOGUES[language], shown, number))


def test_a_list_that_is_narrowed_turns_its_pages_and_says_so() -> None:
    screen = answers.answers(ENGLISH, page(decided()[:1], AnswerFilter.REJECTED, 3))
    assert "Shown: Rejected" in text_of(screen)
    turned = [press for press in presses_of(screen) if isinstance(press, presses.ReadAnswers)]
    assert [(press.page, press.which) for press in turned] == [(2, AnswerFilter.REJECTED), (4, AnswerFilter.REJECTED)]
