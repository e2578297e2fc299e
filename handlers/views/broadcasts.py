"""What was sent about a hearing: how far each message is, what became of it, and how to hold it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notices import BroadcastStatus
from bot.i18n import later, names
from handlers import presses
from handlers.views.pages import beginning, turns
from handlers.views.screen import Button, Html, Row, Screen, b, e, i, in_rows, short, stacked, tap

if TYPE_CHECKING:
    from bot.domain.notices import Broadcast, Progress
    from bot.i18n import Translator
    from bot.services.broadcasts import BroadcastReport

PAGE: Final = 8
TITLE: Final = 300

WHY_NOT: Final = {
    "too late": later("It would have come too late."),
    "superseded": later("Something newer took its place."),
    "other dates": later("The dates have changed."),
    "cancelled": later("The hearing was cancelled."),
    "just announced": later("People had just got the announcement."),
    "called off": later("Staff called it off."),
}
"""Why a broadcast is not sent (any more)."""


def messages(t: Translator, report: BroadcastReport, page: int) -> Screen:
    """A line for each broadcast, newest first; each opens."""
    hearing = report.hearing
    last = max(0, len(report.lines) - 1) // PAGE
    page = min(page, last)
    shown = report.lines[page * PAGE : (page + 1) * PAGE]
    text = stacked(
        b(t("✉️ Messages sent")),
        e(beginning(t.marked(hearing.dossier.title), TITLE)),
        *_haste(t, report),
        *(_line(t, report, broadcast, progress) for broadcast, progress in shown),
        None if shown else e(t("Nothing has been sent about this hearing yet.")),
    )
    paging = turns(
        t,
        presses.OpenBroadcastList(hearing.id, page - 1) if page else None,
        presses.OpenBroadcastList(hearing.id, page + 1) if page < last else None,
    )
    rows = (
        *in_rows(_open(t, report, broadcast) for broadcast, _ in shown),
        paging,
        (
            tap(t, t.p("button", "⬅️ Back"), presses.OpenDates(hearing.id)),
            tap(t, t.p("button", "🔄 Refresh"), presses.OpenBroadcastList(hearing.id, page)),
        ),
    )
    return Screen(text, tuple(row for row in rows if row))


def message(t: Translator, report: BroadcastReport) -> Screen:
    """One broadcast: what became of it, and how to hold it back."""
    broadcast, progress = report.lines[0]
    text = stacked(
        b(t(names.NOTICE_KIND_NAMES[broadcast.kind])),
        e(beginning(t.marked(report.hearing.dossier.title), TITLE)),
        e(t.moment(broadcast.planned.due_at, report.zone)),
        e(""),
        e(_state(t, report, broadcast, progress)),
        e(t("Delivered: {n}", n=t.number(progress.delivered))),
        e(t("Could not be delivered: {n}", n=t.number(progress.undeliverable))),
        e(t("No longer needed: {n}", n=t.number(progress.dropped))),
        e(t("Waiting: {n}", n=t.number(progress.waiting))),
        i(t("Perhaps delivered twice: {n}", n=t.number(progress.doubtful))) if progress.doubtful else None,
        *_haste(t, report),
    )
    rows = (
        _steering(t, broadcast) if report.may_prepare else (),
        (
            tap(t, t.p("button", "⬅️ Back"), presses.OpenBroadcastList(report.hearing.id)),
            tap(t, t.p("button", "🔄 Refresh"), presses.OpenBroadcast(broadcast.id)),
        ),
    )
    return Screen(text, tuple(row for row in rows if row))


def cancel(t: Translator, report: BroadcastReport) -> Screen:
    """Whoever has not got it yet gets nothing: sure?"""
    broadcast, progress = report.lines[0]
    text = stacked(
        b(t("Send no more of this message?")),
        e(t(names.NOTICE_KIND_NAMES[broadcast.kind])),
        e(t("Delivered: {n}", n=t.number(progress.delivered))),
        e(t("Waiting: {n}", n=t.number(progress.waiting))),
        i(t("Whoever has not got it yet will not get it. This cannot be undone.")),
    )
    sure = tap(t, t.p("button", "✖️ Yes, send no more"), presses.CancelBroadcast(broadcast.id, sure=True))
    return Screen(text, ((sure,), (tap(t, t.p("button", "⬅️ Back"), presses.OpenBroadcast(broadcast.id)),)))


def _steering(t: Translator, broadcast: Broadcast) -> Row:
    if broadcast.completed or broadcast.status not in (BroadcastStatus.GOING, BroadcastStatus.PAUSED):
        return ()
    if broadcast.status is BroadcastStatus.GOING:
        first = tap(t, t.p("button", "⏸ Pause"), presses.PauseBroadcast(broadcast.id))
    else:
        first = tap(t, t.p("button", "▶️ Go on"), presses.ResumeBroadcast(broadcast.id))
    return (first, tap(t, t.p("button", "✖️ Send no more"), presses.CancelBroadcast(broadcast.id)))


def _line(t: Translator, report: BroadcastReport, broadcast: Broadcast, progress: Progress) -> Html:
    counts = {
        t("delivered {n}", n=t.number(progress.delivered)): progress.delivered,
        t("could not be delivered {n}", n=t.number(progress.undeliverable)): progress.undeliverable,
        t("no longer needed {n}", n=t.number(progress.dropped)): progress.dropped,
        t("waiting {n}", n=t.number(progress.waiting)): progress.waiting,
    }
    numbers = t.list(words for words, count in counts.items() if count)
    return stacked(
        e(""),
        b(f"{t(names.NOTICE_KIND_NAMES[broadcast.kind])} · {t.moment(broadcast.planned.due_at, report.zone)}"),
        e(_state(t, report, broadcast, progress)),
        e(numbers) if numbers else None,
    )


def _state(t: Translator, report: BroadcastReport, broadcast: Broadcast, progress: Progress) -> str:
    match broadcast.status:
        case BroadcastStatus.PAUSED:
            return t("⏸ Paused")
        case BroadcastStatus.CANCELLED | BroadcastStatus.DROPPED:
            why = t(WHY_NOT[broadcast.reason]) if broadcast.reason in WHY_NOT else t("It is no longer needed.")
            return t("🚫 Not sent any more. {why}", why=why) if progress.delivered else t("🚫 Not sent. {why}", why=why)
    if broadcast.completed:
        return t("✅ Everybody has been served")
    if broadcast.planned.due_at > report.now:
        return t("🕗 Waits for its time")
    return t("✈️ On its way")


def _haste(t: Translator, report: BroadcastReport) -> tuple[Html, ...]:
    """How long it takes until all that waits has left, and whether Telegram makes us wait."""
    until = (report.now + timedelta(seconds=report.paused_for)).astimezone(report.zone)
    return (
        *((e(t("🐢 Telegram asks us to wait until {time}.", time=t.time(until))),) if report.paused_for >= 1 else ()),
        *(
            (e(t.n("⏱ About {n} minute left", "⏱ About {n} minutes left", report.minutes_left)),)
            if report.ahead
            else ()
        ),
    )


def _open(t: Translator, report: BroadcastReport, broadcast: Broadcast) -> Button:
    day = broadcast.planned.due_at.astimezone(report.zone).date()
    return tap(
        t, short(f"{t(names.NOTICE_KIND_NAMES[broadcast.kind])} {t.date(day)}", 60), presses.OpenBroadcast(broadcast.id)
    )
