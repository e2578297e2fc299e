"""What the commission answered: published comments with their decisions, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import names
from bot.services.comments import COMMENTS_ON_A_PAGE
from handlers import presses
from handlers.views.hearings import back
from handlers.views.pages import beginning, turns
from handlers.views.screen import Html, Screen, b, e, in_rows, stacked, tap
from handlers.views.start import home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.hearings import HearingCard


def answers(t: Translator, shown: HearingCard, filed: Sequence[CommentView], page: int) -> Screen:
    """A page of decided comments; ``filed`` holds one more than the page where another follows."""
    hearing = shown.hearing
    items = filed[:COMMENTS_ON_A_PAGE]
    text = stacked(
        b(t("Answers of the commission")),
        e(t.text(hearing.dossier.title).words),
        *(_item(t, item) for item in items),
        None if items else e(t("There are no answers yet. Every comment will get one; yours is under /mine.")),
    )
    rows = in_rows(
        (tap(t, t("№ {number}", number=item.comment.number), presses.ReadComment(item.comment.id)) for item in items),
        width=3,
    )
    paging = turns(
        t,
        presses.ReadAnswers(hearing.id, page - 1) if page else None,
        presses.ReadAnswers(hearing.id, page + 1) if len(filed) > COMMENTS_ON_A_PAGE else None,
    )
    ways = (back(t, hearing.id), home(t, hearing.municipality_id))
    return Screen(text, tuple(row for row in (*rows, paging, ways) if row))


def _item(t: Translator, item: CommentView) -> Html:
    comment = item.comment
    reason = comment.decision.reason if comment.decision else ""
    return stacked(
        e(""),
        b(f"{t('№ {number}', number=comment.number)} · {names.comment_state(t, comment)}"),
        e(beginning(" ".join(comment.text.split()), 200)) if comment.text else None,
        e(f"→ {beginning(reason, 300)}") if reason else None,
    )
