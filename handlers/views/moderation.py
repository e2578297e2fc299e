"""The desk's screens about comments that wait to be published or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back
from handlers.views.screen import Html, Screen, b, e, fold, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.services.comments import CommentView

QUEUED_TEXT_LETTERS: Final = 3500
QUEUED_SUBJECT_LETTERS: Final = 120


def queue(t: Translator, hearing_id: int, waiting: Sequence[CommentView], offset: int) -> Screen:
    """The screen with the first of the ``waiting`` comments, and what can be done to it.

    ``waiting`` begins at ``offset`` of the queue; where it has a second comment, the first can be skipped.
    """
    up = (back(t, presses.OpenDeskHearing(hearing_id)),)
    if not waiting:
        return Screen(e(t("No comment is waiting to be published.")), (up,))
    comment = waiting[0].comment
    play = tap(t, t.p("button", "▶️ Listen or look"), presses.PlayComment(comment.id))
    skip = tap(t, t.p("button", "Skip ▶️"), presses.OpenQueue(hearing_id, offset + 1))
    rows = with_buttons(
        (play,) if comment.media else (),
        (
            tap(t, t.p("button", "✅ Publish"), presses.PublishComment(comment.id)),
            tap(t, t.p("button", "🚫 Hide"), presses.ChooseHidingRule(comment.id)),
        ),
        (skip,) if len(waiting) > 1 else (),
        up,
    )
    return Screen(_text(t, waiting[0]), rows)


def _text(t: Translator, view: CommentView) -> Html:
    comment = view.comment
    mark = f"{names.MEDIA_MARKS[comment.media.kind]} " if comment.media else ""
    about = answers.short_about(t, view.hearing.dossier, comment.about)
    return stacked(
        b(t("№ {number}", number=comment.number)),
        e(short(about, QUEUED_SUBJECT_LETTERS)) if about else None,
        fold(e(f"{mark}{comment.text[:QUEUED_TEXT_LETTERS]}")) if comment.text else e(mark),
    )


def hide_choice(t: Translator, view: CommentView) -> Screen:
    """The screen that asks by which rule a comment is hidden."""
    comment = view.comment
    text = stacked(
        b(t("Why should others not read № {number}?", number=comment.number)),
        e(t("It stays in the record and in every count. Its author sees the reason.")),
    )
    rows = in_rows(
        tap(t, t(name), presses.HideComment(comment.id, rule)) for rule, name in names.HIDING_RULE_NAMES.items()
    )
    return Screen(text, (*rows, (back(t, presses.OpenQueue(view.hearing.id)),)))
