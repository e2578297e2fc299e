"""The desk's screens about comments that wait to be published or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Visibility
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import split
from handlers.views.recordings import named_attachments
from handlers.views.screen import ButtonRow, Html, Screen, b, e, fold, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.services.comments import CommentView

QUEUED_TEXT_UNITS: Final = 3500
"""Units of a comment's words on one page: whoever publishes them has read them all."""
QUEUED_SUBJECT_LETTERS: Final = 120


def queue(t: Translator, hearing_id: int, waiting: Sequence[CommentView], offset: int) -> Screen:
    """The screen with the first of the ``waiting`` comments, and what can be done to it.

    ``waiting`` begins at ``offset`` of the queue; where it has a second comment, the first can be skipped.
    """
    up = (back(t, presses.OpenDeskHearing(hearing_id)),)
    if not waiting:
        return Screen(e(t("No comment is waiting to be published.")), (up,))
    skip = tap(t, t.p("button", "Skip ▶️"), presses.OpenQueue(hearing_id, offset + 1))
    return _reviewed(t, waiting[0], 0, (skip,) if len(waiting) > 1 else (), up)


def review(t: Translator, view: CommentView, page: int) -> Screen:
    """The screen with a page of one comment, whether it waits or not."""
    return _reviewed(t, view, page, (back(t, presses.OpenQueue(view.hearing.id)),))


def _reviewed(t: Translator, view: CommentView, page: int, *ways: ButtonRow) -> Screen:
    """The words, page by page; on the last page the buttons that decide about these very words."""
    comment = view.comment
    pieces = split(comment.text, QUEUED_TEXT_UNITS) or ("",)
    last = len(pieces) - 1
    page = min(page, last)
    play = tap(t, t.p("button", "▶️ Listen or look"), presses.PlayComment(comment.id))
    decide = (
        tap(t, t.p("button", "✅ Publish"), presses.PublishComment(comment.id, comment.edition)),
        tap(t, t.p("button", "🚫 Hide"), presses.ChooseHidingRule(comment.id, comment.edition)),
    )
    text = stacked(
        *_head(t, view),
        fold(e(pieces[page])) if pieces[page] else None,
        i(t("Page {page} of {pages}", page=page + 1, pages=len(pieces))) if last else None,
    )
    rows = with_buttons(
        (play,) if comment.attachments else (),
        paging(t, lambda number: presses.ReviewComment(comment.id, number), page=page, last=last),
        decide if page == last else (),
        *ways,
    )
    return Screen(text, rows)


def _head(t: Translator, view: CommentView) -> tuple[Html | None, ...]:
    comment = view.comment
    about = answers.short_about(t, view.hearing.dossier, comment.about)
    decided = comment.visibility is not Visibility.WAITING
    return (
        b(t("№ {number}", number=comment.number)),
        e(short(about, QUEUED_SUBJECT_LETTERS)) if about else None,
        i(t(names.VISIBILITY_NAMES[comment.visibility])) if decided else None,
        named_attachments(t, comment.attachments),
    )


def hide_choice(t: Translator, view: CommentView, edition: int) -> Screen:
    """The screen that asks by which rule a comment is hidden; ``edition`` is of the words that were read."""
    comment = view.comment
    text = stacked(
        b(t("Why should others not read № {number}?", number=comment.number)),
        e(t("It stays in the record and in every count. Its author sees the reason.")),
    )
    rules = names.HIDING_RULE_NAMES.items()
    rows = in_rows(tap(t, t(name), presses.HideComment(comment.id, rule, edition)) for rule, name in rules)
    return Screen(text, (*rows, (back(t, presses.OpenQueue(view.hearing.id)),)))
