"""What the commission has answered: published comments with their decisions, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from bot.services.comments import COMMENTS_ON_A_PAGE
from handlers import presses
from handlers.views.buttons import back_to_hearing, home, paging
from handlers.views.pages import beginning
from handlers.views.resolutions import resolution
from handlers.views.screen import Html, Screen, b, e, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.hearings import HearingCard

BEGUN_COMMENT_UNITS: Final = 200
BEGUN_REASON_UNITS: Final = 300


def answers(t: Translator, shown: HearingCard, decided: Sequence[CommentView], page: int) -> Screen:
    """The screen with a page of decided comments; ``decided`` has one more than a page where another follows."""
    hearing = shown.hearing
    views = decided[:COMMENTS_ON_A_PAGE]
    text = stacked(
        b(t("Answers of the commission")),
        e(t.text(hearing.dossier.title).words),
        resolution(t, shown.resolution) if shown.resolution and not page else None,
        *(_answer(t, view) for view in views),
        None if views else e(t("There are no answers yet. Every comment will get one; yours is under /mine.")),
    )
    numbers = (
        tap(t, t("№ {number}", number=view.comment.number), presses.ReadComment(view.comment.id)) for view in views
    )
    last = page + 1 if len(decided) > COMMENTS_ON_A_PAGE else page
    rows = with_buttons(
        *in_rows(numbers, width=3),
        paging(t, lambda number: presses.ReadAnswers(hearing.id, number), page=page, last=last),
        (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _answer(t: Translator, view: CommentView) -> Html:
    comment = view.comment
    reason = comment.decision.reason if comment.decision else ""
    return stacked(
        e(""),
        b(f"{t('№ {number}', number=comment.number)} · {names.comment_state(t, comment)}"),
        e(beginning(" ".join(view.words.split()), BEGUN_COMMENT_UNITS)) if comment.text else None,
        e(f"→ {beginning(reason, BEGUN_REASON_UNITS)}") if reason else None,
    )
