"""A table of decisions that was sent back: what it would do, what it has done, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.decision_table.faults import sentences
from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, home
from handlers.views.pages import UNITS_ON_A_PAGE, beginning, units
from handlers.views.screen import Html, Screen, b, e, i, short, stacked, tap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.decision_table.reader import ReturnedTable
    from bot.domain.comments import Comment
    from bot.domain.decision_table import ReturnedDecision
    from bot.i18n import Translator
    from bot.services.decision_tables import TableView
    from handlers.views.screen import ButtonRow

CONFLICTS_NAMED: Final = 30
"""Conflicts said one by one."""
FAULT_UNITS: Final = 500
"""Of one sentence about what is wrong."""
TITLE_UNITS: Final = 200


def caption(t: Translator) -> Html:
    """What stands beside the file: how it is filled in, and where it goes."""
    return e(
        t(
            "Fill in the coloured columns in Excel or LibreOffice and send the file back here. Rows without a decision "
            "stay as they are."
        )
    )


def faults(t: Translator, table: ReturnedTable) -> Screen:
    """The screen with everything that is wrong, as much of it as a message holds."""
    said = [beginning(each, FAULT_UNITS) for each in sentences(table.faults, t)]
    head = b(t("This table is not stored yet. Please correct it and send it again."))
    shown: list[str] = []
    left = UNITS_ON_A_PAGE - units(head)
    for sentence in said:
        left -= units(sentence) + 3
        if left < 0:
            break
        shown.append(sentence)
    more = len(said) - len(shown)
    rest = e(t.n("… and {n} more", "… and {n} more", more)) if more else None
    return Screen(stacked(head, e(""), *(e(f"• {each}") for each in shown), rest), (_ways(t, table.hearing),))


def copy_caption(t: Translator) -> Html:
    """What stands beside the copy with the mistakes marked."""
    return e(t("The cells with mistakes are yellow, each with a note. Correct them and send this file back."))


def preview(t: Translator, view: TableView) -> Screen:
    """The screen that shows what a table would do, before anything is stored."""
    found = view.comparison
    text = stacked(
        b(t("Your table of decisions")),
        _title(t, view),
        e(""),
        *_counts(t, view),
        *_conflicts(t, view),
        None if found.applied else i(t("There is nothing new in this table. Nothing is changed.")),
        i(t("The secretary confirms it before anybody is told.")) if view.proposes and found.applied else None,
    )
    if not view.id:
        return Screen(text, (_ways(t, view.hearing.id),))
    count = len(found.applied)
    number = t.number(count)
    propose, store = t.p("button", "📤 Propose: {n}", n=number), t.p("button", "✅ Store decisions: {n}", n=number)
    apply = tap(t, propose if view.proposes else store, presses.ApplyDecisionTable(view.id))
    drop = tap(t, t.p("button", "✖️ Cancel"), presses.DropDecisionTable(view.id))
    return Screen(text, ((apply,), (drop,)))


def applied(t: Translator, view: TableView) -> Screen:
    """The screen after a table was applied."""
    count = len(view.comparison.applied)
    text = stacked(
        b(t.n("✅ {n} decision is stored.", "✅ {n} decisions are stored.", count))
        if not view.proposes
        else b(t.n("✅ {n} decision is proposed.", "✅ {n} decisions are proposed.", count)),
        _title(t, view),
        i(t("The secretary confirms it before anybody is told.") if view.proposes else t("Their authors are told.")),
        *_conflicts(t, view),
    )
    return Screen(text, (_ways(t, view.hearing.id),))


def _title(t: Translator, view: TableView) -> Html:
    return e(beginning(t.marked(view.hearing.dossier.title), TITLE_UNITS))


def _counts(t: Translator, view: TableView) -> Iterator[Html]:
    found = view.comparison
    yield e(t("New decisions: {n}", n=t.number(len(found.new))))
    yield e(t("Changed decisions: {n}", n=t.number(len(found.changed))))
    if found.same:
        yield e(t("Stored already: {n}", n=t.number(len(found.same))))
    if found.conflicts:
        yield e(t("Changed by others since you took the table: {n}", n=t.number(len(found.conflicts))))


def _conflicts(t: Translator, view: TableView) -> Iterator[Html]:
    conflicts = view.comparison.conflicts
    if not conflicts:
        return
    yield e("")
    for row in conflicts[:CONFLICTS_NAMED]:
        yield e(f"№ {row.key.number}: {_conflict(t, row, view.stored.get(row.key.number))}")
    if more := len(conflicts) - CONFLICTS_NAMED:
        yield from (e(t.n("… and {n} more", "… and {n} more", more)),) if more > 0 else ()
    yield i(t("These stay as they are. Take the table anew to change them."))


def _conflict(t: Translator, row: ReturnedDecision, comment: Comment | None) -> str:
    """What has happened to a comment since the table was taken."""
    if comment is None or comment.withdrawn_at is not None:
        return t("taken back by its author")
    if comment.edition != row.key.edition:
        return t("its author has changed the words")
    if comment.decision is None:
        return t("the decision was taken back")
    outcome = t(names.OUTCOME_NAMES[comment.decision.outcome])
    return t("decided meanwhile: {outcome}", outcome=short(f"{outcome}. {comment.decision.reason}", 80))


def _ways(t: Translator, hearing_id: int) -> ButtonRow:
    return (back(t, presses.OpenDeskHearing(hearing_id)),) if hearing_id else (home(t),)
