"""What others say: published comments, never by name, by support or the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.i18n import names
from bot.services.comments import COMMENTS_ON_A_PAGE
from handlers import presses
from handlers.views.comments import TITLE, media_line
from handlers.views.hearings import back
from handlers.views.pages import beginning, fair_shares, quoted, turns, units
from handlers.views.screen import Button, Html, Row, Screen, b, e, i, in_rows, short, stacked, tap
from handlers.views.start import home
from handlers.views.writing import subject

if TYPE_CHECKING:
    from datetime import datetime

    from bot.i18n import Translator
    from bot.services.comments import CommentPage, CommentView

WALL_UNITS: Final = 2600
"""Units of quoted text on one screen, all comments of a page together."""


def wall(t: Translator, page: CommentPage, now: datetime) -> Screen:
    """What others say, a page of it: never by name; one can support, and open what does not fit."""
    hearing = page.hearing
    taken = hearing.takes_answers(now)
    allotted = fair_shares([units(item.comment.text) for item in page.items], WALL_UNITS)
    text = stacked(
        b(t("What others say")),
        e(short(t.marked(hearing.dossier.title), TITLE)),
        i(t.n("{n} comment", "{n} comments", page.total)) if page.total else e(t("No comment is published yet.")),
        *(_on_wall(t, item, share) for item, share in zip(page.items, allotted, strict=True)),
    )
    write = (tap(t, t.p("button", "💬 Ask or propose"), presses.WriteComment(hearing.id)),) if taken else ()
    rows = (
        *in_rows((_support(t, item, page) for item in page.items if taken and not item.own), width=3),
        *in_rows((_open(t, item, page) for item in page.items), width=3),
        _orders(t, page),
        _wall_paging(t, page),
        write,
        (back(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, tuple(row for row in rows if row))


def _on_wall(t: Translator, item: CommentView, share: int) -> Html:
    shown = item.comment
    head = [t("№ {number}", number=shown.number), t(names.COMMENT_KIND_NAMES[shown.kind])]
    head += [f"👍 {t.number(shown.support)}"] if shown.support else []
    head += [t("yours")] if item.own else []
    return stacked(
        e(""),
        b(" · ".join(head)),
        i(short(subject(t, item.hearing.dossier, shown.about), 80)),
        media_line(t, shown),
        quoted(beginning(shown.text, share)) if shown.text else None,
        e(names.comment_state(t, shown)) if shown.decision else None,
    )


def _support(t: Translator, item: CommentView, page: CommentPage) -> Button:
    shown = item.comment
    label = f"{'✅' if item.supported else '👍'} {t('№ {number}', number=shown.number)}"
    press = presses.SupportComment(shown.id, not item.supported, listed=True, order=page.order, offset=page.offset)
    return tap(t, label, press)


def _open(t: Translator, item: CommentView, page: CommentPage) -> Button:
    label = f"📖 {t('№ {number}', number=item.comment.number)}"
    return tap(t, label, presses.ReadComment(item.comment.id, order=page.order, back=page.offset))


def _orders(t: Translator, page: CommentPage) -> Row:
    if page.total < 2:
        return ()
    labels = {Order.SUPPORT: t.p("button", "Most supported"), Order.NEWEST: t.p("button", "Newest")}
    return tuple(
        tap(t, f"🔘 {label}" if order is page.order else label, presses.SeeWall(page.hearing.id, order))
        for order, label in labels.items()
    )


def _wall_paging(t: Translator, page: CommentPage) -> Row:
    before, after = page.offset - COMMENTS_ON_A_PAGE, page.offset + COMMENTS_ON_A_PAGE
    return turns(
        t,
        presses.SeeWall(page.hearing.id, page.order, max(0, before)) if page.offset else None,
        presses.SeeWall(page.hearing.id, page.order, after) if after < page.total else None,
    )
