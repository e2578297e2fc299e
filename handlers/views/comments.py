"""Comments as people see them: the receipt, and one comment with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Comment, MediaKind, Order, Outcome, Stage, Visibility
from bot.i18n import names
from handlers import presses
from handlers.views.pages import quoted, split, turns, units
from handlers.views.screen import Html, Paper, Row, Screen, b, e, i, short, stacked, tap
from handlers.views.start import home
from handlers.views.writing import subject

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Decision
    from bot.i18n import Translator
    from bot.services.comments import CommentView

PAGE_UNITS: Final = 2600
"""Units of quoted text on one page of a comment: the rest of a message is for what stands around it."""
TITLE: Final = 120

STEPS: Final = (Stage.RECEIVED, Stage.RECORDED, Stage.DECIDED, Stage.DONE)
"""The way of a comment through the commission."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """When and where a comment is looked at: the municipality's zone, the present, and where its list stood."""

    zone: ZoneInfo
    now: datetime
    order: Order = Order.SUPPORT
    back: int = 0


def receipt(t: Translator, filed: CommentView, at: Standpoint) -> Screen:
    """What an author keeps: the number, what it is about, and how to follow it."""
    comment = filed.comment
    moment = t.moment(comment.amended_at or comment.created_at, at.zone)
    text = stacked(
        b(t("✅ Your change is received.") if filed.amended else t("✅ Received. Thank you!")),
        b(t("Your number: № {number}", number=comment.number)),
        e(f"{t(names.COMMENT_KIND_NAMES[comment.kind])} · {moment}"),
        e(t("About: {what}", what=subject(t, filed.hearing.dossier, comment.about))),
        e(t("Hearing: {title}", title=short(t.marked(filed.hearing.dossier.title), TITLE))),
        media_line(t, comment),
        e(""),
        e(t("The commission answers every comment. Follow yours under Mine: /mine")),
        e(t("You can change it or take it back until the commission considers it.")),
    )
    mine = tap(t, t.p("button", "👤 Mine"), presses.SeeMine())
    return Screen(text, (*_author_row(t, filed, at), (mine, home(t, filed.hearing.municipality_id))))


def comment(t: Translator, filed: CommentView, at: Standpoint, *, page: int = 0) -> Screen:
    """One comment: its way through the commission, the answer with its reason, and every word of it, on pages."""
    pages = _pages(t, filed.comment)
    page = min(page, len(pages) - 1)
    text = stacked(
        *_head(t, filed, at),
        *(_way(t, filed.comment, at) if page == 0 else ()),
        pages[page],
        i(t("Page {page} of {pages}", page=page + 1, pages=len(pages))) if len(pages) > 1 else None,
    )

    def other(number: int) -> presses.ReadComment:
        return presses.ReadComment(filed.comment.id, number, at.order, at.back)

    paging = turns(t, other(page - 1) if page else None, other(page + 1) if page + 1 < len(pages) else None)
    rows = (_play_row(t, filed.comment), paging, *_reader_rows(t, filed, at), _ways_back(t, filed, at))
    return Screen(text, tuple(row for row in rows if row))


def withdraw(t: Translator, filed: CommentView) -> Screen:
    """Take it back: sure?"""
    text = stacked(
        b(t("Take back № {number}?", number=filed.comment.number)),
        e(t("Others will not see it any more and the commission will not consider it. This cannot be undone.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, take it back"), presses.WithdrawComment(filed.comment.id, sure=True))
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.ReadComment(filed.comment.id))
    return Screen(text, ((yes,), (no,)))


def recording(t: Translator, shown: Comment) -> Paper | None:
    """The voice or photo of a comment, as Telegram keeps it; None where there is none."""
    if (media := shown.media) is None:
        return None
    caption = e(t("№ {number}", number=shown.number))
    return Paper(media.kind.value, file_id=media.file_id, caption=caption, kind=media.kind.value)


def _head(t: Translator, filed: CommentView, at: Standpoint) -> tuple[Html | None, ...]:
    shown = filed.comment
    return (
        b(f"{t('№ {number}', number=shown.number)} · {t(names.COMMENT_KIND_NAMES[shown.kind])}"),
        e(t("About: {what}", what=subject(t, filed.hearing.dossier, shown.about))),
        e(t("Hearing: {title}", title=short(t.marked(filed.hearing.dossier.title), TITLE))),
        e(t("Received: {moment}", moment=t.moment(shown.created_at, at.zone))),
        e(t("Changed: {moment}", moment=t.moment(shown.amended_at, at.zone))) if shown.amended_at else None,
        e(t.n("👍 {n} person supports this", "👍 {n} people support this", shown.support)) if shown.support else None,
        media_line(t, shown),
        e(""),
    )


def _way(t: Translator, shown: Comment, at: Standpoint) -> tuple[Html | None, ...]:
    """The steps a comment has gone and those before it, then the answer."""
    if shown.withdrawn_at:
        return (e(t("↩️ Taken back by its author: {moment}", moment=t.moment(shown.withdrawn_at, at.zone))), e(""))
    reached = STEPS.index(shown.stage)
    decision = shown.decision
    to_be_done = decision is None or decision.outcome in (Outcome.ACCEPTED, Outcome.PARTLY) or decision.done_at
    steps = STEPS if to_be_done else STEPS[:-1]
    return (
        *(e(f"{'✅' if place <= reached else '▫️'} {t(names.STAGE_NAMES[step])}") for place, step in enumerate(steps)),
        e(t(names.HIDING_RULE_SENTENCES[shown.hiding_rule])) if shown.hiding_rule else None,
        i(t("It is hidden from other residents only; the commission considers it.")) if shown.hiding_rule else None,
        e(""),
        *(_answer(t, decision, at.zone) if decision else ()),
    )


def _answer(t: Translator, decision: Decision, zone: ZoneInfo) -> tuple[Html | None, ...]:
    responsible = short(decision.responsible, TITLE)
    return (
        b(t("The commission's decision: {outcome}", outcome=names.outcome(t, decision.outcome))),
        e(t("Decided: {day}", day=_day(t, decision.decided_at, zone))) if decision.decided_at else None,
        e(t("Responsible: {who}", who=responsible)) if responsible else None,
        e(t("To be done by: {day}", day=t.date(decision.due))) if decision.due else None,
        e(t("Done: {day}", day=_day(t, decision.done_at, zone))) if decision.done_at else None,
    )


def _day(t: Translator, moment: datetime, zone: ZoneInfo) -> str:
    return t.date(moment.astimezone(zone).date())


def _pages(t: Translator, shown: Comment) -> tuple[Html, ...]:
    """The reason, then the author's words: on one page if they fit, else on as many as they take."""
    parts = [
        (t("Reason"), shown.decision.reason.strip() if shown.decision else ""),
        (t("The author's words"), shown.text),
    ]
    parts = [(title, whole) for title, whole in parts if whole]
    if sum(units(whole) for _, whole in parts) <= PAGE_UNITS:
        return (stacked(*(_part(title, whole) for title, whole in parts)),)
    return tuple(_part(title, piece) for title, whole in parts for piece in split(whole, PAGE_UNITS))


def _part(title: str, whole: str) -> Html:
    return stacked(b(title), quoted(whole))


def media_line(t: Translator, shown: Comment) -> Html | None:
    """That there is a recording or a photo; None where there is not."""
    if shown.media is None:
        return None
    return e(f"{names.MEDIA_MARKS[shown.media.kind]} {names.attachment(t, shown.media)}")


def _play_row(t: Translator, shown: Comment) -> Row:
    if shown.media is None:
        return ()
    voice = shown.media.kind is MediaKind.VOICE
    label = t.p("button", "▶️ Listen") if voice else t.p("button", "🖼 Show the photo")
    return (tap(t, label, presses.PlayComment(shown.id)),)


def _reader_rows(t: Translator, filed: CommentView, at: Standpoint) -> tuple[Row, ...]:
    if filed.own:
        return _author_row(t, filed, at)
    shown = filed.comment
    published = shown.visibility is Visibility.PUBLISHED and shown.withdrawn_at is None
    if not published or not filed.hearing.takes_answers(at.now):
        return ()
    press = presses.SupportComment(shown.id, not filed.supported, order=at.order, offset=at.back)
    label = t.p("button", "✅ I support this") if filed.supported else t.p("button", "👍 Support this")
    return ((tap(t, label, press),),)


def _author_row(t: Translator, filed: CommentView, at: Standpoint) -> tuple[Row, ...]:
    """Change and take back, as long as the services would let the author do it."""
    shown = filed.comment
    if shown.withdrawn_at is not None or shown.decision is not None:
        return ()
    change = tap(t, t.p("button", "✏️ Change"), presses.AmendComment(shown.id))
    take_back = tap(t, t.p("button", "↩️ Take back"), presses.WithdrawComment(shown.id))
    return ((change, take_back),) if filed.hearing.takes_answers(at.now) else ((take_back,),)


def _ways_back(t: Translator, filed: CommentView, at: Standpoint) -> Row:
    hearing = filed.hearing
    listed = presses.SeeMine(at.back) if filed.own else presses.SeeWall(hearing.id, at.order, at.back)
    return (tap(t, t.p("button", "⬅️ Back"), listed), home(t, hearing.municipality_id))
