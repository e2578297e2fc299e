"""Notices as messages to a person: rendered at delivery, in the language the person reads then.

Messages in groups and channels are ``handlers.views.posts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from bot.domain.notices import NoticeKind
from bot.domain.timetable import DAY
from bot.i18n import answers, later, names
from handlers import presses
from handlers.views.desk import numbers_so_far
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.pages import beginning, units
from handlers.views.screen import Button, Html, Row, Screen, b, e, fold, i, in_rows, short, stacked, tap
from handlers.views.setbacks import reason, what_happened

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.comments import Comment
    from bot.domain.hearings import Sitting
    from bot.i18n import Translator
    from bot.services.outbox.letters import Letter

Parts = Iterable["Html | None"]

TITLE: Final = 500
"""Units of a hearing's title: more than a workbook takes."""
NAME: Final = 300
FOLDED: Final = 2400
"""Units of what folds; the rest of a message is for what stands around it."""
RECEIPT: Final = 60
QUESTION: Final = 120

HEADLINES: Final = {
    NoticeKind.ANNOUNCED: later("📣 A public hearing is announced"),
    NoticeKind.OPENED: later("🗳 The hearing is open: have your say"),
    NoticeKind.CLOSED: later("🔒 Answers are closed. Thank you!"),
    NoticeKind.CHANGED: later("✏️ Something about the hearing has changed"),
    NoticeKind.POSTPONED: later("📆 The hearing is postponed"),
    NoticeKind.CANCELLED: later("✖️ The hearing is cancelled"),
    NoticeKind.CLOSING: later("⏳ Answers close soon"),
    NoticeKind.RESULTS: later("📊 The results of the hearing"),
    NoticeKind.DIGEST: later("🗂 The hearing in numbers this morning"),
    NoticeKind.LONG_PAUSE: later("🐢 Telegram makes us wait"),
    NoticeKind.POST: later("📣 A public hearing is announced"),
}


def letter(t: Translator, owed: Letter) -> Screen:
    """One notice: what happened, when and where, until when one can answer, and the way in."""
    text = stacked(
        b(_headline(t, owed)),
        e(beginning(t.marked(owed.hearing.dossier.title), TITLE)),
        e(beginning(t.text(owed.municipality.name).words, NAME)),
        e(""),
        *BODIES.get(owed.broadcast.kind, _ahead)(t, owed),
        i(t("You may have got this message already.")) if owed.notice.doubtful else None,
    )
    return Screen(text, tuple(row for row in _rows(t, owed) if row))


def _headline(t: Translator, owed: Letter) -> str:
    sitting = _sitting(owed)
    if owed.broadcast.kind is not NoticeKind.REMINDER or sitting is None:
        return t(HEADLINES.get(owed.broadcast.kind, HEADLINES[NoticeKind.ANNOUNCED]))
    days = (sitting.starts_at.astimezone(owed.zone).date() - owed.now.astimezone(owed.zone).date()).days
    hours = round((sitting.starts_at - owed.now) / timedelta(hours=1))
    if days > 1:
        return t.n("🔔 The hearing is in {n} day", "🔔 The hearing is in {n} days", days)
    if days == 1:
        return t("🔔 The hearing is tomorrow")
    if int(owed.broadcast.planned.facts.get("minutes", DAY)) >= DAY:
        return t("🔔 The hearing is today")
    return (
        t.n("🔔 The hearing is in {n} hour", "🔔 The hearing is in {n} hours", hours)
        if hours
        else t("🔔 It begins soon")
    )


def _sitting(owed: Letter) -> Sitting | None:
    """The sitting it is about: the one a reminder names, else the next."""
    sittings = owed.hearing.dossier.sittings
    number = int(owed.broadcast.planned.facts.get("sitting", len(sittings)))
    return sittings[number] if number < len(sittings) else owed.hearing.next_sitting(owed.now)


def _postponed(t: Translator, owed: Letter) -> Parts:
    return (what_happened(t, owed.hearing, owed.zone), e(""), b(t("It takes place:")), *_ahead(t, owed))


def _changed(t: Translator, owed: Letter) -> Parts:
    return (b(t("This is how it stands now:")), *_ahead(t, owed))


def _closing(t: Translator, owed: Letter) -> Parts:
    return (_left(t, owed), *_ahead(t, owed))


def _digest(t: Translator, owed: Letter) -> Parts:
    return numbers_so_far(t, owed.numbers) if owed.numbers else ()


def _ahead(t: Translator, owed: Letter) -> Parts:
    """When and where, and when one can answer."""
    sitting, dossier = _sitting(owed), owed.hearing.dossier
    reminder = owed.broadcast.kind is NoticeKind.REMINDER
    return (
        when_and_where(t, sitting, owed.zone) if sitting else None,
        None if reminder else more_sittings(t, dossier),
        _answers(t, owed),
    )


def _answers(t: Translator, owed: Letter) -> Html | None:
    dossier = owed.hearing.dossier
    match due_phase(owed.hearing, owed.now):
        case Phase.ANNOUNCED:
            return e(t("⏳ You can answer from {moment}.", moment=t.moment(dossier.opens_at, owed.zone)))
        case Phase.OPEN:
            return e(t("⏳ You can answer until {moment}.", moment=t.moment(dossier.closes_at, owed.zone)))
    return None


def _cancelled(t: Translator, owed: Letter) -> Parts:
    sitting, setback = _sitting(owed), owed.hearing.setback
    return (
        reason(t, setback) if setback else None,
        e(""),
        e(t("It was to be:")) if sitting else None,
        when_and_where(t, sitting, owed.zone) if sitting else None,
        e(t("What you have answered and written stays in the record. Thank you!")),
    )


def _left(t: Translator, owed: Letter) -> Html:
    total = len(owed.hearing.dossier.questions)
    left = max(0, total - owed.answered)
    return b(t.n("{n} question of {total} is left", "{n} questions of {total} are left", left, total=t.number(total)))


def _thanks(t: Translator, owed: Letter) -> Parts:
    receipts = _fitting([_receipt(t, comment) for comment in owed.receipts])
    rest = len(owed.receipts) - len(receipts)
    return (
        e(t("The commission now answers every comment. You can follow yours under /mine.")),
        e("") if receipts else None,
        b(t.n("{n} comment of yours", "{n} comments of yours", len(owed.receipts))) if receipts else None,
        fold(stacked(*receipts)) if receipts else None,
        e(t.n("{n} more under /mine", "{n} more under /mine", rest)) if rest else None,
    )


def _receipt(t: Translator, comment: Comment) -> Html:
    mark = names.MEDIA_MARKS[comment.media.kind] if comment.media else ""
    words = " ".join(f"{mark} {short(comment.text, RECEIPT)}".split())
    parts = (t("№ {number}", number=comment.number), t(names.COMMENT_KIND_NAMES[comment.kind]), words)
    return e(" · ".join(part for part in parts if part))


def _results(t: Translator, owed: Letter) -> Parts:
    numbers = owed.numbers
    if numbers is None:
        return ()
    people = numbers.participation.people
    found = _fitting([part for question in owed.hearing.dossier.questions if (part := _result(t, owed, question.no))])
    return (
        e(t.n("{n} person took part.", "{n} people took part.", people)),
        fold(stacked(*found)) if found else None,
        e(t("All answers, and what the commission says to every comment, are behind the buttons.")),
    )


def _result(t: Translator, owed: Letter, number: int) -> Html | None:
    """A question with its results; None where nobody has answered it."""
    dossier, question = owed.hearing.dossier, owed.hearing.dossier.question(number)
    tally = owed.numbers.tallies.get(number) if owed.numbers else None
    if tally is None or not tally.voters:
        return None
    about = answers.short_about(t, dossier, question.about) or answers.question_text(t, question)
    rows = answers.results(t, owed.hearing, question, tally)
    return stacked(b(beginning(about, QUESTION)), *(e(row) for row in rows), e(""))


def _long_pause(t: Translator, owed: Letter) -> Parts:
    until = owed.broadcast.planned.facts.get("until")
    moment = datetime.fromtimestamp(int(until), owed.zone) if until else None
    return (
        e(t("Messages to people go on from {moment}.", moment=t.moment(moment, owed.zone))) if moment else None,
        e(t("Nothing is lost, and the buttons work.")),
    )


def _fitting(parts: list[Html]) -> list[Html]:
    """As many of the first parts as fit."""
    room, fitting = FOLDED, []
    for part in parts:
        room -= units(part) + 1
        if room < 0:
            break
        fitting.append(part)
    return fitting


def _rows(t: Translator, owed: Letter) -> tuple[Row, ...]:
    hearing = owed.hearing.id
    read = tap(t, t.p("button", "📖 Read"), presses.OpenHearing(hearing))
    reminders = tap(t, t.p("button", "🔔 Reminders"), presses.ChooseReminders())
    match owed.broadcast.kind:
        case NoticeKind.DIGEST:
            return ((tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskHearing(hearing)),), (reminders,))
        case NoticeKind.LONG_PAUSE:
            return ((tap(t, t.p("button", "✉️ Messages sent"), presses.OpenBroadcastList(hearing)),), (reminders,))
        case NoticeKind.CANCELLED:
            return ((read,), (reminders,))
        case NoticeKind.CLOSED:
            return ((tap(t, t.p("button", "👤 Mine"), presses.SeeMine()), read), (reminders,))
        case NoticeKind.RESULTS:
            results = tap(t, t.p("button", "📊 Questions and results"), presses.OpenQuestion(hearing))
            answers = tap(t, t.p("button", "📨 Answers"), presses.ReadAnswers(hearing))
            return ((results,), (answers, read), (reminders,))
    return (_say(t, owed), (read,), *_going(t, owed), (reminders,))


def _say(t: Translator, owed: Letter) -> Row:
    if due_phase(owed.hearing, owed.now) is not Phase.OPEN or not owed.hearing.dossier.questions:
        return ()
    label = t.p("button", "🗳 Go on") if owed.answered else t.p("button", "🗳 Have my say")
    return (tap(t, label, presses.OpenQuestion(owed.hearing.id)),)


def _going(t: Translator, owed: Letter) -> tuple[Row, ...]:
    """The calendar and the map, for whoever wants to come."""
    hearing, sitting = owed.hearing.id, _sitting(owed)
    if sitting is None or sitting.starts_at <= owed.now:
        return ()
    buttons: list[Button] = [tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing))]
    if sitting.latitude is not None:
        buttons.append(tap(t, t.p("button", "🗺 On the map"), presses.ShowVenue(hearing)))
    return in_rows(buttons, width=2)


BODIES: Final[dict[NoticeKind, Callable[[Translator, Letter], Parts]]] = {
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.CHANGED: _changed,
    NoticeKind.CLOSED: _thanks,
    NoticeKind.CLOSING: _closing,
    NoticeKind.DIGEST: _digest,
    NoticeKind.LONG_PAUSE: _long_pause,
    NoticeKind.POSTPONED: _postponed,
    NoticeKind.RESULTS: _results,
}
"""What stands under the headline; for every other kind when and where."""
