"""The desk's screens of what decisions promise, and of what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.decided import promise_kept, see_photo
from handlers.views.pages import beginning, quoted
from handlers.views.screen import Button, Html, Paper, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.comments import Comment
    from bot.domain.media import Media
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.promises import Promise, PromiseList

TITLE_UNITS: Final = 200
LINE_UNITS: Final = 150
WORDS_UNITS: Final = 1000
RESPONSIBLE_LETTERS: Final = 120


def to_promises(t: Translator, hearing_id: int) -> Button:
    """The way to what was promised in a hearing."""
    return tap(t, t.p("button", "🛠 Promised and done"), presses.ListPromises(hearing_id))


def promises(t: Translator, shown: PromiseList) -> Screen:
    """The screen with a page of what was promised, what is not done first."""
    hearing, counts = shown.hearing.id, shown.counts
    text = stacked(
        b(t("Promised and done")),
        e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS)),
        e(t("Promised: {n}", n=t.number(counts.promised)) + " · " + t("done: {n}", n=t.number(counts.done))),
        e(t("⏰ Overdue: {n}", n=t.number(counts.overdue))) if counts.overdue else None,
        *(_line(t, comment, shown.today) for comment in shown.items),
        None if shown.items else e(t("Nothing was accepted yet, so nothing is to be done.")),
    )
    numbers = (
        tap(t, t("№ {number}", number=comment.number), presses.OpenPromise(comment.id)) for comment in shown.items
    )
    last = shown.page + 1 if shown.more else shown.page
    rows = with_buttons(
        *in_rows(numbers, width=3),
        paging(t, lambda number: presses.ListPromises(hearing, number), page=shown.page, last=last),
        (back(t, presses.OpenDeskHearing(hearing)),),
    )
    return Screen(text, rows)


def _line(t: Translator, comment: Comment, today: date) -> Html:
    words = " ".join(comment.text.split())
    return stacked(
        e(""),
        e(f"{t('№ {number}', number=comment.number)} · {beginning(words, LINE_UNITS)}"),
        promise_kept(t, comment.decision, today) if comment.decision else None,
    )


def promise(t: Translator, shown: Promise) -> Screen:
    """The screen with one thing that was promised, and what can be said of it."""
    comment, decision = shown.comment, shown.comment.decision
    done = decision is not None and decision.is_done
    told = e(t("Its author and supporters are told, once.")) if done else None
    text = stacked(*_head(t, shown), promise_kept(t, decision, shown.today) if decision else None, told)
    photo = (see_photo(t, comment),) if decision and decision.is_done and decision.done_photo else ()
    ways = _done(t, shown) if done else _days(t, shown)
    return Screen(text, with_buttons(photo, *ways, (back(t, presses.ListPromises(shown.view.hearing.id)),)))


def _days(t: Translator, shown: Promise) -> tuple[tuple[Button, ...], ...]:
    here, today = shown.comment.id, shown.today.toordinal()
    decided = shown.comment.decision.decided_at if shown.comment.decision else None
    before = decided is not None and decided.astimezone(shown.zone).date() < shown.today
    now = tap(t, t.p("button", "✔️ Done today"), presses.ChooseDoneDay(here, today))
    day_before = tap(t, t.p("button", "✔️ Done yesterday"), presses.ChooseDoneDay(here, today - 1))
    other = tap(t, t.p("button", "📆 Done on another day"), presses.ChooseDoneDay(here))
    return ((now,), (day_before,), (other,)) if before else ((now,),)


def _done(t: Translator, shown: Promise) -> tuple[tuple[Button, ...], ...]:
    here, decision = shown.comment.id, shown.comment.decision
    day = decision.done_on.toordinal() if decision and decision.done_on else 0
    photo = tap(t, t.p("button", "🖼 Send another photo"), presses.ChooseDoneDay(here, day))
    return ((photo,), (tap(t, t.p("button", "↩️ Not done after all"), presses.UndoDone(here)),))


def ask_for_day(t: Translator, shown: Promise) -> Screen:
    """The screen that asks for the day to be typed."""
    text = stacked(*_head(t, shown), e(t("Write the day on which it was done, like 15.05.2027.")))
    return Screen(text, ((back(t, presses.OpenPromise(shown.comment.id)),),))


def ask_for_photo(t: Translator, shown: Promise) -> Screen:
    """The screen that asks for a photo of what was done."""
    day = shown.day or shown.today
    text = stacked(
        *_head(t, shown),
        e(t("✔️ Done: {day}", day=t.date(day))),
        e(t("Send a photo of it, or store it without one. Everybody sees the photo.")),
    )
    without = tap(t, t.p("button", "✅ Store it without a photo"), presses.MarkDone(shown.comment.id, day.toordinal()))
    return Screen(text, ((without,), (back(t, presses.OpenPromise(shown.comment.id)),)))


def undo_choice(t: Translator, shown: Promise) -> Screen:
    """The screen that asks whether it is not done after all."""
    text = stacked(
        b(t("Not done after all?")),
        *_head(t, shown),
        i(t("The day and the photo are removed. Whoever was told already is not told again.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, it is not done"), presses.UndoDone(shown.comment.id, sure=True))
    return Screen(text, ((yes,), (back(t, presses.OpenPromise(shown.comment.id)),)))


def photo(t: Translator, view: CommentView, found: Media) -> Paper:
    """The photo of what was done, as Telegram keeps it."""
    decision = view.comment.decision
    day = t.date(decision.done_on) if decision and decision.done_on else ""
    caption = stacked(e(t("№ {number}", number=view.comment.number)), e(t("✔️ Done: {day}", day=day)))
    return Paper("", file_id=found.file_id, caption=caption, kind="photo", unique_id=found.unique_id)


def photo_lost(t: Translator) -> Screen:
    """What is said where Telegram does not have the photo any more."""
    return Screen(e(t("The photo is not there any more.")))


def _head(t: Translator, shown: Promise) -> tuple[Html | None, ...]:
    comment, decision = shown.comment, shown.comment.decision
    outcome = names.outcome(t, decision.outcome) if decision else ""
    who = short(decision.responsible, RESPONSIBLE_LETTERS) if decision else ""
    reason = beginning(decision.reason, WORDS_UNITS) if decision else ""
    return (
        b(f"{t('№ {number}', number=comment.number)} · {outcome}"),
        quoted(beginning(comment.text, WORDS_UNITS)) if comment.text else None,
        e(f"→ {reason}") if reason else None,
        e(t("Responsible: {who}", who=who)) if who else None,
    )
