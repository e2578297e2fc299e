"""Notices as messages: rendered at delivery, in the language the person reads then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.notices import NoticeKind
from handlers import presses
from handlers.views.hearings import when_and_where
from handlers.views.screen import Button, Html, Screen, b, e, lines, tap

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.outbox import Letter


def letter(t: Translator, owed: Letter) -> Screen:
    """One notice: what happened, when and where, until when one can answer, and the way in."""
    hearing, dossier = owed.hearing, owed.hearing.dossier
    sitting = hearing.next_sitting(owed.notice.due_at)
    closed = owed.notice.kind is NoticeKind.CLOSED
    text = lines(
        b(_headline(t, owed.notice.kind)),
        e(t.marked(dossier.title)),
        e(t.text(owed.municipality.name).words),
        e(""),
        when_and_where(t, sitting, owed.zone) if sitting and not closed else None,
        e(t("⏳ You can answer until {moment}.", moment=t.moment(dossier.closes_at, owed.zone)))
        if not closed
        else None,
        _afterwards(t) if closed else None,
    )
    return Screen(text, _rows(t, owed))


def _headline(t: Translator, kind: NoticeKind) -> str:
    match kind:
        case NoticeKind.ANNOUNCED:
            return t("📣 A public hearing is announced")
        case NoticeKind.OPENED:
            return t("🗳 The hearing is open: have your say")
        case NoticeKind.CLOSED:
            return t("🔒 Answers are closed. Thank you!")


def _afterwards(t: Translator) -> Html:
    return e(t("The commission now answers every comment. You can follow yours under /mine."))


def _rows(t: Translator, owed: Letter) -> tuple[tuple[Button, ...], ...]:
    hearing = owed.hearing.id
    match owed.notice.kind:
        case NoticeKind.OPENED:
            first = tap(t, t.p("button", "🗳 Have my say"), presses.Ask(hearing))
        case NoticeKind.CLOSED:
            first = tap(t, t.p("button", "👤 Mine"), presses.Mine())
        case _:
            first = tap(t, t.p("button", "📖 Read"), presses.OpenHearing(hearing))
    return ((first,), (tap(t, t.p("button", "🔔 Reminders"), presses.ReminderChoice()),))
