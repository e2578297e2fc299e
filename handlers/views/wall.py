"""What others say: published comments, never by name, by support or the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.i18n import names
from bot.services.comments import COMMENTS_ON_A_PAGE
from handlers import presses
from handlers.views.buttons import back_to_hearing, home, turning
from handlers.views.comments import HEARING_TITLE_LETTERS, script
from handlers.views.pages import beginning, fair_shares, quoted, units
from handlers.views.recordings import attachment
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.transcripts import spoken_instead, spoken_words
from handlers.views.writing import subject

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.i18n import Translator
    from bot.services.comments import CommentPage, CommentView

WALL_UNITS: Final = 2600
"""Units of quoted text on one screen, all comments of a page together."""
SUBJECT_ON_WALL_LETTERS: Final = 80


def wall(t: Translator, page: CommentPage, now: datetime, zone: ZoneInfo, *, rewritten: bool = False) -> Screen:
    """The screen with a page of others' comments: one can support each, and open what does not fit.

    ``rewritten``: in the reader's own script.
    """
    hearing = page.hearing
    taken = hearing.takes_answers(now)
    words = [t.rewritten(view.words, view.comment.language) if rewritten else view.words for view in page.items]
    heard = [units(said or spoken_words(view.transcript)) for said, view in zip(words, page.items, strict=True)]
    allotted = fair_shares(heard, WALL_UNITS)
    text = stacked(
        b(t("What others say")),
        e(short(t.marked(hearing.dossier.title), HEARING_TITLE_LETTERS)),
        i(t.n("{n} comment", "{n} comments", page.total)) if page.total else e(t("No comment is published yet.")),
        *(_comment(t, *each, zone=zone, now=now) for each in zip(page.items, words, allotted, strict=True)),
    )
    turned = presses.SeeWall(hearing.id, page.order, page.offset, not rewritten)
    rows = with_buttons(
        *in_rows(
            (_support(t, view, page, rewritten=rewritten) for view in page.items if taken and not view.own), width=3
        ),
        *in_rows((_open(t, view, page, rewritten=rewritten) for view in page.items), width=3),
        script(t, page.items, turned, rewritten=rewritten),
        _orders(t, page, rewritten=rewritten),
        _turning(t, page, rewritten=rewritten),
        (tap(t, t.p("button", "💬 Ask or propose"), presses.WriteComment(hearing.id)),) if taken else (),
        (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _comment(t: Translator, view: CommentView, words: str, share: int, *, zone: ZoneInfo, now: datetime) -> Html:
    shown, amended = view.comment, view.comment.amended_at
    changed = amended and t.in_words(amended.astimezone(zone).date(), now=now)
    head = [t("№ {number}", number=shown.number), t(names.COMMENT_KIND_NAMES[shown.kind])]
    head += [f"👍 {t.number(shown.support)}"] if shown.support else []
    head += [t("yours")] if view.own else []
    head += [t.mark(shown.language)] if t.is_foreign(shown.language) else []
    return stacked(
        e(""),
        b(" · ".join(head)),
        i(short(subject(t, view.hearing.dossier, shown.about), SUBJECT_ON_WALL_LETTERS)),
        attachment(t, view),
        i(t("changed on {day}", day=changed)) if changed else None,
        quoted(beginning(words, share)) if shown.text else None,
        *spoken_instead(t, view.transcript if not shown.text else None, share),
        e(names.comment_state(t, shown)) if shown.decision else None,
        e(names.joined(t, shown.number, view.joined)) if view.joined else None,
    )


def _support(t: Translator, view: CommentView, page: CommentPage, *, rewritten: bool) -> Button:
    shown = view.comment
    label = f"{'✅' if view.supported else '👍'} {t('№ {number}', number=shown.number)}"
    press = presses.SupportComment(
        shown.id,
        not view.supported,
        listed=True,
        order=page.order,
        offset=page.offset,
        edition=shown.edition,
        rewritten=rewritten,
    )
    return tap(t, label, press)


def _open(t: Translator, view: CommentView, page: CommentPage, *, rewritten: bool) -> Button:
    label = f"📖 {t('№ {number}', number=view.comment.number)}"
    return tap(t, label, presses.ReadComment(view.comment.id, 0, page.order, page.offset, rewritten))


def _orders(t: Translator, page: CommentPage, *, rewritten: bool) -> ButtonRow:
    if page.total < 2:
        return ()
    labels = {Order.SUPPORT: t.p("button", "Most supported"), Order.NEWEST: t.p("button", "Newest")}
    return tuple(
        tap(t, f"✅ {label}" if order is page.order else label, presses.SeeWall(page.hearing.id, order, 0, rewritten))
        for order, label in labels.items()
    )


def _turning(t: Translator, page: CommentPage, *, rewritten: bool) -> ButtonRow:
    before, after = page.offset - COMMENTS_ON_A_PAGE, page.offset + COMMENTS_ON_A_PAGE
    return turning(
        t,
        presses.SeeWall(page.hearing.id, page.order, max(0, before), rewritten) if page.offset else None,
        presses.SeeWall(page.hearing.id, page.order, after, rewritten) if after < page.total else None,
    )
