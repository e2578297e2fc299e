"""A decision in the making: what is asked for, and how it would be stored."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.comments import Outcome
from bot.domain.decision_drafts import DecisionField
from bot.domain.questions import AboutKind
from bot.i18n import answers, later, names
from handlers import presses
from handlers.views.buttons import back, paging, told_apart
from handlers.views.decision_lines import SAID_REASON_UNITS, decision_lines, numbers_of
from handlers.views.pages import beginning, item_page
from handlers.views.screen import Screen, b, e, fold, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.programme import DraftPoint
    from bot.i18n import Translator
    from bot.services.prepared_decisions import PreparedDecision
    from handlers.views.screen import Button

POINTS_ON_A_PAGE: Final = 8
DAYS_OFFERED: Final = (14, 30, 90, 180)

OUTCOME_BUTTONS: Final = {
    Outcome.ACCEPTED: later("✅ Accept"),
    Outcome.PARTLY: later("☑️ Accept in part"),
    Outcome.REJECTED: later("❌ Reject"),
    Outcome.NOTED: later("📝 Note it"),
    Outcome.ANSWERED: later("💬 Answer it"),
}


def name_mark(name: str) -> str:
    """By which a button knows a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def outcomes(t: Translator, view: PreparedDecision) -> Screen:
    """The screen that asks what is decided on the marked comments."""
    text = stacked(
        b(t("One decision for {n}", n=_count(t, view))),
        e(numbers_of(t, view.comments)),
        e(t("What is decided?")),
    )
    hearing = view.hearing.id
    picks = (tap(t, t(OUTCOME_BUTTONS[each]), presses.PickForMarked(hearing, each)) for each in view.outcomes)
    return Screen(text, (*in_rows(picks, width=2), (_way_back(t, view),)))


def begun(t: Translator, view: PreparedDecision) -> Screen:
    """The screen after the outcome: it asks for the reason, where there must be one."""
    return check(t, view) if view.draft.awaits is DecisionField.NOTHING else ask(t, view)


def ask(t: Translator, view: PreparedDecision) -> Screen:
    """The screen that waits for the words of a field, and offers what may do without typing."""
    match view.draft.awaits:
        case DecisionField.RESPONSIBLE:
            return _ask_responsible(t, view)
        case DecisionField.DUE:
            return _ask_due(t, view)
    return _ask_reason(t, view)


def check(t: Translator, view: PreparedDecision) -> Screen:
    """The screen that shows a decision as it would be stored."""
    hearing, draft = view.hearing.id, view.draft
    note = t("The secretary confirms it before anybody is told.") if view.proposes else t("It is told when stored.")
    text = stacked(
        b(t("Is this right?")),
        b(_subject(t, view)),
        *decision_lines(t, view.hearing, draft.decision)[1:],
        i(note),
    )
    store = t.p("button", "📤 Propose it") if view.proposes else t.p("button", "✅ Store it")
    again = presses.WriteDecision(hearing, draft.mark, DecisionField.REASON)
    responsible = tap(t, t.p("button", "👤 Responsible"), presses.ChooseResponsible(hearing, draft.mark))
    due = tap(t, t.p("button", "📅 Until when"), presses.ChooseDue(hearing, draft.mark))
    changes = tap(t, t.p("button", "📄 What it changes"), presses.ChooseChanges(hearing, draft.mark))
    label = t.p("button", "✍️ Write it again") if draft.reason else t.p("button", "✍️ Write a reason")
    rows = with_buttons(
        (tap(t, store, presses.StoreDecision(hearing, draft.mark)),),
        (tap(t, label, again),),
        (responsible, due),
        (changes,) if view.hearing.dossier.points else (),
        (_way_back(t, view),),
    )
    return Screen(text, rows)


def points(t: Translator, view: PreparedDecision, page: int) -> Screen:
    """The screen that asks what of the drafts a decision changes: what the comments are about comes first."""
    hearing, mark = view.hearing.id, view.draft.mark
    listed, page, last = item_page(_points(view), page, POINTS_ON_A_PAGE)
    named = [answers.point(t, view.hearing.dossier, each) for each in listed]
    text = stacked(
        b(t("What does it change?")),
        *(e(f"{number}. {short(name, 200)}") for number, name in enumerate(named, start=1)),
    )
    labels = told_apart([f"{number}. {name}" for number, name in enumerate(named, start=1)])
    buttons = (
        tap(t, label, presses.SetChanges(hearing, mark, str(each).lower().replace(".", "-")))
        for label, each in zip(labels, listed, strict=True)
    )
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.ChooseChanges(hearing, mark, number), page=page, last=last),
        (tap(t, t.p("button", "✖️ Nothing"), presses.SetChanges(hearing, mark)),),
        (back(t, presses.ReviewDecision(hearing, mark)),),
    )
    return Screen(text, rows)


def _points(view: PreparedDecision) -> list[DraftPoint]:
    about = [comment.about for comment in view.comments]
    services = {each.no for each in about if each.kind is AboutKind.SERVICE}
    lines = {each.no for each in about if each.kind is AboutKind.LINE}
    return sorted(view.hearing.dossier.points, key=lambda point: not (point.service in services or point.line in lines))


def _ask_reason(t: Translator, view: PreparedDecision) -> Screen:
    reasons = [each.decision.reason for each in view.reasoned if each.decision]
    answered = view.draft.outcome is Outcome.ANSWERED
    text = stacked(
        b(_subject(t, view)),
        e(t("Write the answer and send it.")) if answered else e(t("Write the reason and send it.")),
        e(t("Its author and everybody who supports it will read it.")),
        e("") if reasons else None,
        *(fold(e(f"{no}. {beginning(reason, SAID_REASON_UNITS)}")) for no, reason in enumerate(reasons, start=1)),
    )
    mark = view.draft.mark
    reuse = (
        tap(t, t("↩️ Use text {n}", n=number), presses.UseReason(view.hearing.id, mark, each.id))
        for number, each in enumerate(view.reasoned, start=1)
    )
    return Screen(text, (*in_rows(reuse, width=3), (_way_back(t, view),)))


def _ask_responsible(t: Translator, view: PreparedDecision) -> Screen:
    hearing, mark = view.hearing.id, view.draft.mark
    labels = told_apart(view.responsibles)
    names_ = (
        tap(t, label, presses.SetResponsible(hearing, mark, name_mark(name)))
        for label, name in zip(labels, view.responsibles, strict=True)
    )
    text = stacked(b(t("Who is responsible?")), e(t("Choose, or write a person or an office and send it.")))
    nobody = tap(t, t.p("button", "✖️ Nobody"), presses.SetResponsible(hearing, mark))
    return Screen(text, (*in_rows(names_), (nobody,), (back(t, presses.ReviewDecision(hearing, mark)),)))


def _ask_due(t: Translator, view: PreparedDecision) -> Screen:
    hearing, mark = view.hearing.id, view.draft.mark
    days = (tap(t, t.date(day), presses.SetDue(hearing, mark, day.toordinal())) for day in _days(view.today))
    text = stacked(b(t("Until when?")), e(t("Choose, or write a day and send it: 14.05.2027.")))
    none = tap(t, t.p("button", "✖️ No day"), presses.SetDue(hearing, mark))
    return Screen(text, (*in_rows(days), (none,), (back(t, presses.ReviewDecision(hearing, mark)),)))


def _days(today: date) -> Iterator[date]:
    """Some days from now on, and the end of the year."""
    days = {today + timedelta(days=days) for days in DAYS_OFFERED}
    year = today.year if today.month < 12 else today.year + 1
    yield from sorted(days | {date(year, 12, 31)})


def _subject(t: Translator, view: PreparedDecision) -> str:
    outcome = t(names.OUTCOME_NAMES[view.draft.decision.outcome])
    if len(view.comments) == 1:
        return t("№ {number}: {outcome}", number=view.comments[0].number, outcome=outcome)
    return f"{outcome}: {numbers_of(t, view.comments)}"


def _count(t: Translator, view: PreparedDecision) -> str:
    return t.n("{n} comment", "{n} comments", len(view.comments))


def _way_back(t: Translator, view: PreparedDecision) -> Button:
    """To the comment, or to those that are marked."""
    if len(view.comments) == 1 and view.draft.outcome is not None:
        return back(t, presses.DecideComment(view.comments[0].id))
    return back(t, presses.MarkComments(view.hearing.id, Standing.UNDECIDED))
