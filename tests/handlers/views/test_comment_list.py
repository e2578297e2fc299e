"""The desk's screens of comments, at their largest and most hostile."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.comment_lists import LETTERS_AT_A_GLANCE, CommentFilter, CommentsSeen, Standing
from bot.domain.comments import Visibility
from bot.domain.journal import about_comment
from bot.domain.languages import LANGUAGES
from bot.domain.numbers import CommentCounts
from bot.domain.people import Demographics
from bot.domain.questions import About, AboutKind
from bot.services.comment_lists import ACTS_SHOWN, CommentChoices, ListedComments, OpenedComment
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentView
from handlers import presses
from handlers.presses.comment_list import Narrowing
from handlers.presses.wire import pack
from handlers.views import comment_list, comment_narrowing, moderation
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ensure_fits, quoted_in

VILLAGES = {village.id: village for village in largest.villages()}
FIRST = next(iter(VILLAGES))
NARROWED = CommentFilter(
    Standing.WAITING, about=About(AboutKind.SERVICE, 1), village_id=FIRST, language="uz_Cyrl", words=("жол",) * 6
)
HERE = presses.ListComments(largest.LARGEST_ID, Standing.WAITING, 9999, 1, 4, 60, FIRST, 3, 1, search=True)
languages = pytest.mark.parametrize("language", LANGUAGES)


def letters(words: str) -> str:
    """What can be read of it."""
    return "".join(filter(str.isalpha, words))


@languages
def test_the_largest_pages_of_comments_fit_and_what_is_published_together_stands_whole(language: str) -> None:
    t = CATALOGUES[language]
    at_a_glance = [largest.filled(pattern, LETTERS_AT_A_GLANCE) for pattern in largest.HOSTILE.values()]
    for words in (*at_a_glance, *map(largest.filled, largest.HOSTILE.values())):
        shown = largest.comment(words, visibility=Visibility.WAITING, support=99_999, in_turn=False)
        shown = replace(shown, demographics=Demographics(village_id=FIRST))
        views = (CommentView(shown, largest.hearing(), staff=True),) * COMMENTS_ON_A_PAGE
        seen = CommentsSeen.of(view.comment for view in views)
        page = ListedComments(
            *(largest.hearing(), NARROWED, 9999, views, True, None, VILLAGES, largest.ZONE),
            may_moderate=True,
            seen=seen,
        )
        screen = comment_list.page(t, page, HERE)
        ensure_fits(screen)
        if seen.count and letters(words):
            assert letters(quoted_in(screen)).count(letters(words)) >= COMMENTS_ON_A_PAGE


@languages
def test_every_way_of_narrowing_and_the_search_fit(language: str) -> None:
    t = CATALOGUES[language]
    subjects = {About(AboutKind.SERVICE, no): 1 for no in range(1, 60)}
    choices = CommentChoices(largest.hearing(), CommentCounts(), subjects, VILLAGES, LANGUAGES)
    for by in Narrowing:
        for first in (0, 20, 9999):
            here = presses.NarrowComments(largest.LARGEST_ID, by=by, first=first, village=FIRST, search=True)
            ensure_fits(comment_narrowing.narrowing(t, choices, here))
    ensure_fits(comment_narrowing.ask_for_words(t, largest.LARGEST_ID))


@languages
def test_the_largest_comments_fit_with_their_history(language: str) -> None:
    t = CATALOGUES[language]
    acts = [about_comment(1, act, at=largest.NOW, by=7, data={"rule": "insult"}) for act in moderation.ACT_SENTENCES]
    acts = [*acts, *acts][:ACTS_SHOWN]
    for shown in largest.every_comment():
        view = CommentView(replace(shown, in_turn=False), largest.hearing(), staff=True)
        opened = OpenedComment(
            *(view, VILLAGES[FIRST], largest.ZONE, tuple(acts)), people={}, reader_id=None, may_moderate=True
        )
        for page in (0, 1, 9999):
            turn = partial(presses.ReviewComment, shown.id)
            ensure_fits(moderation.review(t, opened, page, turn, HERE))
        ensure_fits(moderation.queue(t, largest.LARGEST_ID, opened, 9999, shown))
        ensure_fits(moderation.hide_choice(t, view, shown.edition))


def test_a_press_with_everything_in_it_fits_on_a_button() -> None:
    everything = (largest.LARGEST_ID, Standing.UNDECIDED, 9999, 3, 6, 999, 10**7, 5, 4, True)
    assert len(pack(presses.PublishListed(*everything, seen=2**48 - 1), "ky")) <= 64
    assert len(pack(presses.OpenListed(*everything, comment=10**9), "ky")) <= 64
