"""A page of comments on which marks are set, to decide on those together."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Any

from bot.domain.comment_lists import Standing
from bot.domain.decision_drafts import MarkedComment
from handlers import presses
from handlers.views.buttons import back, turning
from handlers.views.comment_list import list_text
from handlers.views.screen import Screen, b, e, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.comment_lists import ListedComments
    from bot.services.comments import CommentView
    from handlers.views.screen import Button, ButtonRow


def seen(shown: ListedComments) -> int:
    """A mark of the comments of a page, of their words and of what was decided on them."""
    marks = [repr(MarkedComment.of(view.comment)) for view in shown.items]
    return int.from_bytes(hashlib.sha256("\n".join(marks).encode()).digest()[:6])


def beginning_of(hearing_id: int) -> presses.MarkComments:
    """The first page of those without a decision."""
    return presses.MarkComments(hearing_id, Standing.UNDECIDED)


def turned(here: presses.NarrowedComments, to: int) -> presses.MarkComments:
    """Another page of the same list."""
    return presses.MarkComments(**_fields(here, page=to))


def page(t: Translator, shown: ListedComments, here: presses.NarrowedComments, marked: frozenset[int]) -> Screen:
    """The screen with a page of comments and their marks."""
    hearing = shown.hearing.id
    text = stacked(b(t("Mark those with the same decision: {n}", n=t.number(len(marked)))), e(""), list_text(t, shown))
    all_ = tap(t, t.p("button", "✅ Mark this page"), presses.MarkListed(**_fields(here), seen=seen(shown)))
    decide = tap(t, t.p("button", "⚖️ Decide on {n}", n=t.number(len(marked))), presses.ChooseForMarked(hearing))
    drop = tap(t, t.p("button", "✖️ Take marks away"), presses.DropMarks(hearing))
    narrow = tap(t, t.p("button", "🔎 Search, narrow"), presses.NarrowComments(**_fields(here, page=0)))
    rows = with_buttons(
        *in_rows((_toggle(t, view, here, marked) for view in shown.items), width=3),
        (all_,) if any(view.comment.id not in marked for view in shown.items) else (),
        _turns(t, shown, here),
        (decide,) if marked else (),
        (*((drop,) if marked else ()), narrow),
        (back(t, presses.OpenDecisions(hearing)),),
    )
    return Screen(text, rows)


def _turns(t: Translator, shown: ListedComments, here: presses.NarrowedComments) -> ButtonRow:
    return turning(t, *(None if to is None else turned(here, to) for to in (shown.before, shown.after)))


def _toggle(t: Translator, view: CommentView, here: presses.NarrowedComments, marked: frozenset[int]) -> Button:
    comment, on = view.comment, view.comment.id in marked
    label = f"{'✅' if on else '▫️'} {t('№ {number}', number=comment.number)}"
    return tap(t, label, presses.MarkComment(**_fields(here), comment=comment.id, on=not on))


def _fields(here: presses.NarrowedComments, **changes: Any) -> dict[str, Any]:
    names = (field.name for field in dataclasses.fields(presses.NarrowedComments))
    return {**{name: getattr(here, name) for name in names}, **changes}
