"""The desk's screens on which the commission decides on comments, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Outcome, Visibility
from bot.domain.decision_table import decision_mark
from bot.domain.decisions import outcomes_of
from bot.i18n import answers, later, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning
from handlers.views.recordings import named_attachments
from handlers.views.screen import (
    Button,
    ButtonRow,
    Html,
    Screen,
    b,
    e,
    fold,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)
from handlers.views.transcripts import pages_with_transcript

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.decisions import DecisionQueue, ReasonWanted

DECIDED_TEXT_UNITS: Final = 2200
"""Units of a comment's words on one page: whoever decides has read them all."""
SAID_REASON_UNITS: Final = 600
SUBJECT_LETTERS: Final = 120
TITLE_UNITS: Final = 200

OUTCOME_BUTTONS: Final = {
    Outcome.ACCEPTED: later("✅ Accept"),
    Outcome.PARTLY: later("☑️ Accept in part"),
    Outcome.REJECTED: later("❌ Reject"),
    Outcome.NOTED: later("📝 Note it"),
    Outcome.ANSWERED: later("💬 Answer it"),
}


def queue(t: Translator, shown: DecisionQueue, *, after: CommentView | None = None) -> Screen:
    """The screen with a comment that has no decision; ``after`` is the one just decided, which may still be changed."""
    hearing = shown.hearing.id
    head = stacked(
        _stored(t, after) if after else None,
        b(t("Decisions")),
        e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS)),
        e(t("Without a decision: {n}", n=t.number(shown.left))),
        e(t("Answers are promised by {day}.", day=t.date(shown.due))) if shown.left else None,
        None if shown.left else e(t("Every comment has its decision.")),
    )
    complete = tap(t, t.p("button", "🏁 The hearing is answered"), presses.CompleteHearing(hearing))
    skip = tap(t, t.p("button", "Skip ▶️"), presses.OpenDecisions(hearing, shown.offset + 1))
    previous = tap(t, t.p("button", "◀️ Previous"), presses.OpenDecisions(hearing, max(0, shown.offset - 1)))
    ways = with_buttons(
        (*((previous,) if shown.offset else ()), *((skip,) if shown.offset + 1 < shown.left else ())),
        (_change(t, after.comment),) if after else (),
        (complete,) if shown.may_complete else (),
        (back(t, presses.OpenDeskHearing(hearing)),),
    )
    if shown.view is None:
        return Screen(head, ways)
    return _comment(t, shown.view, 0, ways, head=stacked(head, e("")))


def _change(t: Translator, comment: Comment) -> Button:
    return tap(t, t("✏️ Change № {number}", number=comment.number), presses.DecideComment(comment.id))


def one(t: Translator, view: CommentView, page: int) -> Screen:
    """The screen with a page of one comment, and the decision that it has, if any."""
    return _comment(t, view, page, ((back(t, presses.OpenDecisions(view.hearing.id)),),))


def _stored(t: Translator, view: CommentView) -> Html:
    decision = view.comment.decision
    outcome = t(names.OUTCOME_NAMES[decision.outcome]) if decision else ""
    said = t("✅ № {number}: {outcome}. Its author is told.", number=view.comment.number, outcome=outcome)
    return stacked(e(said), e(""))


def _comment(
    t: Translator, view: CommentView, page: int, ways: tuple[ButtonRow, ...], *, head: Html | None = None
) -> Screen:
    """The words, page by page; on the last page the buttons that decide about these very words."""
    comment = view.comment
    pieces = pages_with_transcript(t, comment, DECIDED_TEXT_UNITS)
    last = len(pieces) - 1
    page = min(page, last)
    text = stacked(
        head,
        *_about(t, view),
        pieces[page],
        i(t("Page {page} of {pages}", page=page + 1, pages=len(pieces))) if last else None,
        _decision(t, comment) if page == last else None,
    )
    play = tap(t, t.p("button", "▶️ Listen or look"), presses.PlayComment(comment.id))
    rows = with_buttons(
        (play,) if comment.attachments else (),
        paging(t, lambda number: presses.DecideComment(comment.id, number), page=page, last=last),
        *(_outcomes(t, comment) if page == last and comment.withdrawn_at is None else ()),
        *ways,
    )
    return Screen(text, rows)


def _about(t: Translator, view: CommentView) -> tuple[Html | None, ...]:
    comment = view.comment
    about = answers.short_about(t, view.hearing.dossier, comment.about)
    return (
        b(f"{t('№ {number}', number=comment.number)} · {t(names.COMMENT_KIND_NAMES[comment.kind])}"),
        e(short(about, SUBJECT_LETTERS)) if about else None,
        i(t(names.VISIBILITY_NAMES[comment.visibility])) if comment.visibility is not Visibility.PUBLISHED else None,
        e(t("Support: {n}", n=t.number(comment.support))) if comment.support else None,
        named_attachments(t, comment.attachments),
    )


def _decision(t: Translator, comment: Comment) -> Html | None:
    if comment.decision is None:
        return None
    reason = beginning(comment.decision.reason, SAID_REASON_UNITS)
    outcome = b(t(names.OUTCOME_NAMES[comment.decision.outcome]))
    return stacked(e(""), outcome, e(f"→ {reason}") if reason else None)


def _outcomes(t: Translator, comment: Comment) -> tuple[ButtonRow, ...]:
    seen = comment.edition, decision_mark(comment.decision)
    picks = (
        tap(t, t(OUTCOME_BUTTONS[outcome]), presses.PickOutcome(comment.id, outcome, *seen))
        for outcome in outcomes_of(comment.kind)
    )
    return in_rows(picks, width=2)


def ask_reason(t: Translator, wanted: ReasonWanted) -> Screen:
    """The screen that asks for the reason of a decision, and offers those of the latest ones."""
    comment = wanted.view.comment
    outcome = t(names.OUTCOME_NAMES[wanted.outcome])
    reasons = [each.decision.reason for each in wanted.reasoned if each.decision]
    answered = wanted.outcome is Outcome.ANSWERED
    text = stacked(
        b(t("№ {number}: {outcome}", number=comment.number, outcome=outcome)),
        e(t("Write the answer and send it.")) if answered else e(t("Write the reason and send it.")),
        e(t("Its author and everybody who supports it will read it.")),
        e("") if reasons else None,
        *(
            fold(e(f"{number}. {beginning(reason, SAID_REASON_UNITS)}"))
            for number, reason in enumerate(reasons, start=1)
        ),
    )
    reuse = (
        tap(
            t,
            t("↩️ Use text {n}", n=number),
            presses.ReuseReason(comment.id, wanted.outcome, each.id, comment.edition, wanted.earlier),
        )
        for number, each in enumerate(wanted.reasoned, start=1)
    )
    return Screen(text, (*in_rows(reuse, width=3), (back(t, presses.DecideComment(comment.id)),)))


def complete_choice(t: Translator, shown: DecisionQueue) -> Screen:
    """The screen that asks whether a hearing is answered, or says how many comments have no decision."""
    up = (back(t, presses.OpenDecisions(shown.hearing.id)),)
    title = e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS))
    if not shown.may_complete:
        left = e(t("Without a decision: {n}", n=t.number(shown.left)))
        rest = e(t("A hearing is answered when it is closed and every comment has its decision."))
        return Screen(stacked(b(t("Not answered yet")), title, left, rest), (up,))
    text = stacked(b(t("Is the hearing answered?")), title, e(t("Every comment has its decision.")))
    yes = tap(t, t.p("button", "🏁 Yes, it is answered"), presses.CompleteHearing(shown.hearing.id, sure=True))
    return Screen(text, ((yes,), up))
