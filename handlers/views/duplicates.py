"""Comments that say the same, as moderators see them: looked at side by side, joined, parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back
from handlers.views.pages import beginning, quoted
from handlers.views.recordings import named_attachments
from handlers.views.screen import Html, Screen, b, e, i, in_rows, stacked, tap

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.duplicates import Pair, SimilarComments

SIMILAR_TEXT_UNITS: Final = 700
"""Units of each of the comments that stand side by side."""


def similar(t: Translator, shown: SimilarComments) -> Screen:
    """The screen with a comment and those that look the same, each to be joined with it."""
    comment = shown.view.comment
    text = stacked(
        b(t("Comments that look the same")),
        None if shown.found else e(t("There is none that looks the same.")),
        *(_one(t, view) for view in (shown.view, *shown.found)),
    )
    joins = (
        tap(
            t,
            t.p("button", "🔗 Join with № {number}", number=each.comment.number),
            presses.JoinComments(comment.id, each.comment.id, comment.edition, each.comment.edition),
        )
        for each in shown.found
    )
    return Screen(text, (*in_rows(joins), (back(t, presses.ReviewComment(comment.id)),)))


def _one(t: Translator, view: CommentView) -> Html:
    comment = view.comment
    return stacked(
        e(""),
        b(f"{t('№ {number}', number=comment.number)} · {t(names.COMMENT_KIND_NAMES[comment.kind])}"),
        i(names.comment_standing(t, comment)),
        named_attachments(t, comment.attachments),
        quoted(beginning(comment.text, SIMILAR_TEXT_UNITS)) if comment.text else None,
        e(names.comment_state(t, comment)) if comment.decision else None,
    )


def confirm(t: Translator, pair: Pair, press: presses.JoinComments) -> Screen:
    """The screen that asks once before two comments are joined."""
    comment, head = pair.view.comment, pair.head.comment
    together = t("They get one decision. The authors and supporters of both are told of it.")
    at_once = t(
        "№ {number} gets the decision of the other one. Its author and supporters are told now.", number=comment.number
    )
    text = stacked(
        b(t("Join № {number} with № {head}?", number=comment.number, head=head.number)),
        e(at_once if head.decision else together),
        e(t("Both stay in the record and in every count. It can be undone.")),
    )
    sure = presses.JoinComments(press.comment, press.other, press.edition, press.other_edition, sure=True)
    yes = tap(t, t.p("button", "🔗 Yes, join them"), sure)
    return Screen(text, ((yes,), (back(t, presses.SeeSimilar(press.comment)),)))
