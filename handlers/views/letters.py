"""Letters to residents: notices rendered at delivery, in the language the resident reads then.

What is posted in groups and channels is ``handlers.views.posts``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.hearings import Phase, due_phase
from bot.domain.notice_rules import TO_PEOPLE
from bot.domain.notices import NoticeKind
from bot.domain.timetable import DAY
from bot.domain.values import dataclass
from bot.i18n import later, names
from handlers import presses
from handlers.views import letter_bodies as bodies
from handlers.views import letter_dates
from handlers.views.decided import see_photo
from handlers.views.pages import beginning
from handlers.views.screen import Button, ButtonRow, Screen, b, e, i, in_rows, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.i18n import Translator
    from bot.services.outbox.letters import Letter

LONGEST_TITLE_UNITS: Final = 500
"""UTF-16 units of a hearing's title: more than a workbook takes."""
LONGEST_MUNICIPALITY_UNITS: Final = 300
NUMBERS_ON_BUTTONS: Final = 6


@dataclass(frozen=True, slots=True)
class NoticeLayout:
    """What stands in the letters of one kind of notice."""

    headline: Callable[[Translator, Letter], str]
    body: Callable[[Translator, Letter], bodies.Parts]
    rows: Callable[[Translator, Letter], tuple[ButtonRow, ...]]


def render(t: Translator, letter: Letter) -> Screen:
    """A letter to a resident: what happened, when and where, until when one can answer, and buttons."""
    layout = LAYOUTS[letter.broadcast.kind]
    text = stacked(
        b(layout.headline(t, letter)),
        e(beginning(t.marked(letter.hearing.dossier.title), LONGEST_TITLE_UNITS)),
        e(beginning(t.place(letter.municipality.name), LONGEST_MUNICIPALITY_UNITS)),
        e(""),
        *layout.body(t, letter),
        i(t("You may have got this message already.")) if letter.notice.doubtful else None,
    )
    return Screen(text, tuple(row for row in layout.rows(t, letter) if row))


def plain(t: Translator, letter: Letter) -> Screen:
    """What is sent in the place of a letter that Telegram does not take: its headline, and the way to the hearing."""
    return Screen(e(t(names.NOTICE_KIND_NAMES[letter.broadcast.kind])), ((_read(t, letter),),))


def _always(headline: str) -> Callable[[Translator, Letter], str]:
    """A headline that is always the same sentence."""
    return lambda t, _letter: t(headline)


def _reminder_headline(t: Translator, letter: Letter) -> str:
    """How far off the sitting is now; where the hearing has none, that it is announced."""
    sitting = letter_dates.sitting_of(letter)
    if sitting is None:
        return t("📣 A public hearing is announced")
    days = (sitting.starts_at.astimezone(letter.zone).date() - letter.now.astimezone(letter.zone).date()).days
    hours = round((sitting.starts_at - letter.now) / timedelta(hours=1))
    if days > 1:
        return t.n("🔔 The hearing is in {n} day", "🔔 The hearing is in {n} days", days)
    if days == 1:
        return t("🔔 The hearing is tomorrow")
    if int(letter.broadcast.planned.facts.get("minutes", DAY)) >= DAY:
        return t("🔔 The hearing is today")
    return (
        t.n("🔔 The hearing is in {n} hour", "🔔 The hearing is in {n} hours", hours)
        if hours
        else t("🔔 It begins soon")
    )


def _read(t: Translator, letter: Letter) -> Button:
    return tap(t, t.p("button", "📖 Read"), presses.OpenHearing(letter.hearing.id))


def _reminders(t: Translator) -> ButtonRow:
    return (tap(t, t.p("button", "🔔 Reminders"), presses.ChooseReminders()),)


def _rows_ahead(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    return (_answer(t, letter), (_read(t, letter),), *_come(t, letter), _reminders(t))


def _rows_cancelled(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    return ((_read(t, letter),), _reminders(t))


def _rows_closed(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    return ((tap(t, t.p("button", "👤 Mine"), presses.SeeMine()), _read(t, letter)), _reminders(t))


def _rows_results(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    hearing = letter.hearing.id
    results = tap(t, t.p("button", "📊 Questions and results"), presses.OpenQuestion(hearing))
    answers = tap(t, t.p("button", "📨 Answers"), presses.ReadAnswers(hearing))
    return ((results,), (answers, _read(t, letter)), _reminders(t))


def _rows_digest(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    desk = tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskHearing(letter.hearing.id))
    return ((desk,), _reminders(t))


def _rows_answers_due(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    hearing = letter.hearing.id
    following = tap(t, t.p("button", "⚖️ To the next one"), presses.OpenDecisions(hearing))
    desk = tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskHearing(hearing))
    return ((following,), (desk,), _reminders(t))


def _rows_long_pause(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    broadcasts = tap(t, t.p("button", "✉️ Messages sent"), presses.OpenBroadcastList(letter.hearing.id))
    return ((broadcasts,), _reminders(t))


def _rows_asked_again(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    return (_answer(t, letter), (_read(t, letter),), _reminders(t))


def _rows_comment_changed(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    if letter.comment is None:
        return ((_read(t, letter),), _reminders(t))
    opened = tap(t, t.p("button", "💬 Read the comment"), presses.ReadComment(letter.comment.id))
    return ((opened,), _reminders(t))


def _rows_decided(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    readable = [comment for comment in letter.decided if bodies.is_readable(letter, comment)][:NUMBERS_ON_BUTTONS]
    numbers = (tap(t, t("№ {number}", number=each.number), presses.ReadComment(each.id)) for each in readable)
    answers = tap(t, t.p("button", "📨 Answers"), presses.ReadAnswers(letter.hearing.id))
    return (*in_rows(numbers, width=3), (answers, _read(t, letter)), _reminders(t))


def _rows_done(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    shown = (comment for comment in letter.decided if comment.decision and comment.decision.done_photo)
    photos = tuple((see_photo(t, comment),) for comment in shown if bodies.is_readable(letter, comment))
    return (*photos, *_rows_decided(t, letter))


def _answer(t: Translator, letter: Letter) -> ButtonRow:
    if due_phase(letter.hearing, letter.now) is not Phase.OPEN or not letter.hearing.dossier.questions:
        return ()
    if letter_dates.has_answered_everything(letter):
        return ()
    label = t.p("button", "🗳 Go on") if letter.answered else t.p("button", "🗳 Have my say")
    return (tap(t, label, presses.OpenQuestion(letter.hearing.id)),)


def _come(t: Translator, letter: Letter) -> tuple[ButtonRow, ...]:
    """The calendar and the map, while the sitting is to come."""
    hearing, sitting = letter.hearing.id, letter_dates.sitting_of(letter)
    if sitting is None or sitting.starts_at <= letter.now:
        return ()
    buttons: list[Button] = [tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing))]
    if sitting.latitude is not None:
        buttons.append(tap(t, t.p("button", "🗺 On the map"), presses.ShowVenue(hearing)))
    return in_rows(buttons, width=2)


LAYOUTS: Final[Mapping[NoticeKind, NoticeLayout]] = exhaustive(
    TO_PEOPLE,
    {
        NoticeKind.ANNOUNCED: NoticeLayout(
            _always(later("📣 A public hearing is announced")), letter_dates.ahead, _rows_ahead
        ),
        NoticeKind.OPENED: NoticeLayout(
            _always(later("🗳 The hearing is open: have your say")), letter_dates.ahead, _rows_ahead
        ),
        NoticeKind.CLOSED: NoticeLayout(
            _always(later("🔒 Answers are closed. Thank you!")), bodies.thanks, _rows_closed
        ),
        NoticeKind.CHANGED: NoticeLayout(
            _always(later("✏️ Something about the hearing has changed")), letter_dates.changed, _rows_ahead
        ),
        NoticeKind.POSTPONED: NoticeLayout(
            _always(later("📆 The hearing is postponed")), letter_dates.postponed, _rows_ahead
        ),
        NoticeKind.CANCELLED: NoticeLayout(
            _always(later("✖️ The hearing is cancelled")), letter_dates.cancelled, _rows_cancelled
        ),
        NoticeKind.REMINDER: NoticeLayout(_reminder_headline, letter_dates.ahead, _rows_ahead),
        NoticeKind.CLOSING: NoticeLayout(_always(later("⏳ Answers close soon")), bodies.closing, _rows_ahead),
        NoticeKind.RESULTS: NoticeLayout(
            _always(later("📊 The results of the hearing")), bodies.results, _rows_results
        ),
        NoticeKind.DIGEST: NoticeLayout(
            _always(later("🗂 The hearing in numbers this morning")), bodies.digest, _rows_digest
        ),
        NoticeKind.LONG_PAUSE: NoticeLayout(
            _always(later("🐢 Telegram makes us wait")), bodies.long_pause, _rows_long_pause
        ),
        NoticeKind.VILLAGE: NoticeLayout(
            _always(later("🔔 Your village has a say: the hearing is open")), letter_dates.ahead, _rows_ahead
        ),
        NoticeKind.ASKED_AGAIN: NoticeLayout(
            _always(later("🗳 What you answered has changed")), bodies.asked_again, _rows_asked_again
        ),
        NoticeKind.COMMENT_CHANGED: NoticeLayout(
            _always(later("✏️ A comment you supported was changed")), bodies.comment_changed, _rows_comment_changed
        ),
        NoticeKind.ANSWERS_DUE: NoticeLayout(
            _always(later("⚖️ Comments wait for their answers")), bodies.answers_due, _rows_answers_due
        ),
        NoticeKind.DECIDED: NoticeLayout(
            _always(later("📨 The commission has answered")), bodies.decided, _rows_decided
        ),
        NoticeKind.DONE: NoticeLayout(_always(later("✔️ What was promised is done")), bodies.decided, _rows_done),
        NoticeKind.COUNCIL: NoticeLayout(_always(later("🏛 The council has decided")), bodies.council, _rows_decided),
    },
)
"""Every kind that is sent to residents has its layout here, or the import fails."""
