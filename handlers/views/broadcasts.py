"""The desk's screens about what was sent about a hearing: how far each broadcast is, and how to pause and cancel it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.notice_rules import UNCOUNTED
from bot.domain.notices import BroadcastStatus
from bot.i18n import later, names
from handlers import presses
from handlers.views import shortfalls
from handlers.views.buttons import back, paging, refresh
from handlers.views.pages import beginning, item_page
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    Button,
    ButtonRow,
    Html,
    Screen,
    b,
    e,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from bot.domain.notices import Broadcast, Progress
    from bot.i18n import Translator
    from bot.services.broadcasts import BroadcastReport

BROADCASTS_ON_A_PAGE: Final = 8
BROADCAST_TITLE_UNITS: Final = 300
LETTERS_BEFORE_A_DAY: Final = LETTERS_ON_A_BUTTON - len(" 31.12")
REASONS_NOT_SENT: Final = {
    "too late": later("It would have come too late."),
    "superseded": later("Something newer took its place."),
    "other dates": later("The dates have changed."),
    "cancelled": later("The hearing was cancelled."),
    "just announced": later("The announcement says it too."),
    "said by a reminder": later("A reminder says it too."),
    "called off": later("Staff called it off."),
}
"""Why a broadcast is not sent (any more), by ``Broadcast.reason``."""


def messages(t: Translator, report: BroadcastReport, page: int) -> Screen:
    """The screen with all broadcasts of a hearing, newest first, a page of them."""
    hearing = report.hearing
    shown, page, last = item_page(report.lines, page, BROADCASTS_ON_A_PAGE)
    text = stacked(
        b(t("✉️ Messages sent")),
        _title(t, report),
        *_haste(t, report),
        *(_listed(t, report, broadcast, progress) for broadcast, progress in shown),
        None if shown else e(t("Nothing has been sent about this hearing yet.")),
    )
    rows = with_buttons(
        *in_rows(_open(t, report, broadcast) for broadcast, _ in shown),
        paging(t, lambda number: presses.OpenBroadcastList(hearing.id, number), page=page, last=last),
        (back(t, presses.OpenDates(hearing.id)), refresh(t, presses.OpenBroadcastList(hearing.id, page))),
    )
    return Screen(text, rows)


def message(t: Translator, report: BroadcastReport) -> Screen:
    """The screen with the one broadcast of ``report``: its state and counts, who did not get it, what can be done."""
    broadcast, progress = report.lines[0]
    posts = report.to_rooms(broadcast)
    text = stacked(
        b(t(names.NOTICE_KIND_NAMES[broadcast.kind])),
        _title(t, report),
        e(t.moment(broadcast.planned.due_at, report.zone)),
        e(""),
        e(_state(t, report, broadcast, progress)),
        *(_not_counted(t) if broadcast.kind in UNCOUNTED else _counts(t, progress.without(posts), of_rooms=False)),
        *(_counts(t, posts, of_rooms=True) if posts.total else ()),
        *shortfalls.listed(t, report.shortfalls),
        *_haste(t, report),
    )
    up = back(t, presses.OpenBroadcastList(report.hearing.id))
    rows = with_buttons(
        _acts(t, broadcast) if report.may_prepare else (),
        (up, refresh(t, presses.OpenBroadcast(broadcast.id))),
    )
    return Screen(text, rows)


def _not_counted(t: Translator) -> tuple[Html, ...]:
    """Why no numbers stand there."""
    return (i(t("How many got it is not shown: it would tell who of the village has taken part.")),)


def _counts(t: Translator, progress: Progress, *, of_rooms: bool) -> tuple[Html | None, ...]:
    """The notices of people, or of groups and channels, by what became of them."""
    return (
        b(t("Groups and channels")) if of_rooms else b(t("People")),
        e(t("Delivered: {n}", n=t.number(progress.delivered))),
        e(t("Could not be delivered: {n}", n=t.number(progress.undeliverable))),
        e(t("No longer needed: {n}", n=t.number(progress.dropped))) if progress.dropped or not of_rooms else None,
        e(t("Waiting: {n}", n=t.number(progress.waiting))) if progress.waiting or not of_rooms else None,
        i(t("Perhaps delivered twice: {n}", n=t.number(progress.doubtful))) if progress.doubtful else None,
    )


def cancel(t: Translator, report: BroadcastReport) -> Screen:
    """The screen that asks whether to send no more of a broadcast."""
    broadcast, progress = report.lines[0]
    text = stacked(
        b(t("Send no more of this message?")),
        e(t(names.NOTICE_KIND_NAMES[broadcast.kind])),
        None if broadcast.kind in UNCOUNTED else e(t("Delivered: {n}", n=t.number(progress.delivered))),
        None if broadcast.kind in UNCOUNTED else e(t("Waiting: {n}", n=t.number(progress.waiting))),
        i(t("Whoever has not got it yet will not get it. This cannot be undone.")),
    )
    sure = tap(t, t.p("button", "✖️ Yes, send no more"), presses.CancelBroadcast(broadcast.id, sure=True))
    return Screen(text, ((sure,), (back(t, presses.OpenBroadcast(broadcast.id)),)))


def _title(t: Translator, report: BroadcastReport) -> Html:
    return e(beginning(t.marked(report.hearing.dossier.title), BROADCAST_TITLE_UNITS))


def _acts(t: Translator, broadcast: Broadcast) -> ButtonRow:
    if broadcast.completed or broadcast.status not in (BroadcastStatus.GOING, BroadcastStatus.PAUSED):
        return ()
    if broadcast.status is BroadcastStatus.GOING:
        first = tap(t, t.p("button", "⏸ Pause"), presses.PauseBroadcast(broadcast.id))
    else:
        first = tap(t, t.p("button", "▶️ Go on"), presses.ResumeBroadcast(broadcast.id))
    return (first, tap(t, t.p("button", "✖️ Send no more"), presses.CancelBroadcast(broadcast.id)))


def _listed(t: Translator, report: BroadcastReport, broadcast: Broadcast, both: Progress) -> Html:
    """A broadcast in the list: people by what became of their notices, then groups and channels."""
    posts = report.to_rooms(broadcast)
    progress = both.without(posts)
    counts = {
        t("delivered {n}", n=t.number(progress.delivered)): progress.delivered,
        t("could not be delivered {n}", n=t.number(progress.undeliverable)): progress.undeliverable,
        t("no longer needed {n}", n=t.number(progress.dropped)): progress.dropped,
        t("waiting {n}", n=t.number(progress.waiting)): progress.waiting,
        t("in groups and channels {n}", n=t.number(posts.delivered)): posts.delivered,
        t("groups and channels not reached {n}", n=t.number(posts.undeliverable)): posts.undeliverable,
    }
    numbers = t.list(words for words, count in counts.items() if count)
    return stacked(
        e(""),
        b(f"{t(names.NOTICE_KIND_NAMES[broadcast.kind])} · {t.moment(broadcast.planned.due_at, report.zone)}"),
        e(_state(t, report, broadcast, both)),
        e(numbers) if numbers else None,
    )


def _state(t: Translator, report: BroadcastReport, broadcast: Broadcast, progress: Progress) -> str:
    match broadcast.status:
        case BroadcastStatus.PAUSED:
            return t("⏸ Paused")
        case BroadcastStatus.CANCELLED | BroadcastStatus.DROPPED:
            known = REASONS_NOT_SENT.get(broadcast.reason)
            why = t(known) if known else t("It is no longer needed.")
            return t("🚫 Not sent any more. {why}", why=why) if progress.delivered else t("🚫 Not sent. {why}", why=why)
    if broadcast.completed:
        return t("✅ Everybody has been served")
    if broadcast.planned.due_at > report.now:
        return t("🕗 Waits for its time")
    return t("✈️ On its way")


def _haste(t: Translator, report: BroadcastReport) -> tuple[Html, ...]:
    """Until when Telegram makes us wait, and how long it takes until everything that waits has left."""
    until = (report.now + timedelta(seconds=report.paused_for)).astimezone(report.zone)
    waits = e(t("🐢 Telegram asks us to wait until {time}.", time=t.time(until)))
    left = e(t.n("⏱ About {n} minute left", "⏱ About {n} minutes left", report.minutes_left))
    return (*((waits,) if report.paused_for >= 1 else ()), *((left,) if report.ahead else ()))


def _open(t: Translator, report: BroadcastReport, broadcast: Broadcast) -> Button:
    day = broadcast.planned.due_at.astimezone(report.zone).date()
    label = f"{short(t(names.NOTICE_KIND_NAMES[broadcast.kind]), LETTERS_BEFORE_A_DAY)} {day:%d.%m}"
    return tap(t, label, presses.OpenBroadcast(broadcast.id))
