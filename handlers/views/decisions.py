"""The desk's screens on which the commission decides on comments, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.comments import Visibility
from bot.domain.decision_table import decision_mark
from bot.domain.decisions import outcomes_of
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.countdown import countdown
from handlers.views.decision_drafts import OUTCOME_BUTTONS
from handlers.views.decision_lines import decision_lines, stored
from handlers.views.pages import beginning
from handlers.views.recordings import named_attachments
from handlers.views.screen import (
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
from handlers.views.transcripts import pages_with_transcript

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.deciding import DecidedComments
    from bot.services.decisions import ConsideredComment, DecisionQueue

DECIDED_TEXT_UNITS: Final = 1900
"""Units of a comment's words on one page: whoever decides has read them all."""
SUBJECT_LETTERS: Final = 120
TITLE_UNITS: Final = 200
NOTE_UNITS: Final = 300


def queue(t: Translator, shown: DecisionQueue, *, after: DecidedComments | None = None) -> Screen:
    """The screen with a comment that has no decision; ``after`` are those just decided, which may still be changed."""
    head = stacked(
        stored(t, after) if after else None,
        b(t("Decisions")),
        e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS)),
        e(t("Without a decision: {n}", n=t.number(shown.left))),
        e(t("Proposed, not confirmed yet: {n}", n=t.number(shown.proposed))) if shown.proposed else None,
        countdown(t, shown.due, shown.today) if shown.left else e(t("Every comment has its decision.")),
    )
    if shown.view is None:
        return Screen(head, _queue_ways(t, shown, after))
    head = stacked(head, e(""), _sent_back(t, shown))
    return _comment(t, shown.view, 0, _queue_ways(t, shown, after), head=head)


def _sent_back(t: Translator, shown: DecisionQueue) -> Html | None:
    """What the secretary wrote of the proposal that was not confirmed."""
    if shown.sent_back is None:
        return None
    words = beginning(shown.sent_back.note, NOTE_UNITS) or "–"
    return stacked(i(t("Sent back by the secretary: {words}", words=words)), e(""))


def _queue_ways(t: Translator, shown: DecisionQueue, after: DecidedComments | None) -> tuple[ButtonRow, ...]:
    hearing = shown.hearing.id
    complete = tap(t, t.p("button", "🏁 The hearing is answered"), presses.CompleteHearing(hearing))
    skip = tap(t, t.p("button", "Skip ▶️"), presses.OpenDecisions(hearing, shown.offset + 1))
    previous = tap(t, t.p("button", "◀️ Previous"), presses.OpenDecisions(hearing, max(0, shown.offset - 1)))
    several = tap(t, t.p("button", "⚖️ One decision for several"), presses.MarkComments(hearing, Standing.UNDECIDED))
    proposed = tap(t, t.p("button", "📥 Proposals: {n}", n=t.number(shown.proposed)), presses.OpenProposals(hearing))
    table = tap(t, t.p("button", "⚖️ Decisions in Excel"), presses.TakeDecisionTable(hearing))
    return with_buttons(
        (*((previous,) if shown.offset else ()), *((skip,) if shown.offset + 1 < shown.open else ())),
        (_change(t, after.stored[0]),) if after and len(after.stored) == 1 and not after.proposed else (),
        (several,) if shown.open > 1 else (),
        (proposed,) if shown.proposed else (),
        (table,) if shown.left or shown.view else (),
        (complete,) if shown.may_complete else (),
        (back(t, presses.OpenDeskHearing(hearing)),),
    )


def _change(t: Translator, comment: Comment) -> Button:
    return tap(t, t("✏️ Change № {number}", number=comment.number), presses.DecideComment(comment.id))


def one(t: Translator, found: ConsideredComment, page: int) -> Screen:
    """The screen with a page of one comment, and the decision that it has, if any."""
    view, comment = found.view, found.view.comment
    take_back = presses.TakeBackDecision(comment.id, decision_mark(comment.decision))
    ways = with_buttons(
        (tap(t, t.p("button", "↩️ Take the decision back"), take_back),) if found.may_take_back else (),
        (back(t, presses.OpenDecisions(view.hearing.id)),),
    )
    return _comment(t, view, page, ways)


def take_back_choice(t: Translator, view: CommentView) -> Screen:
    """The screen that asks whether a decision is taken back."""
    comment = view.comment
    here = presses.DecideComment(comment.id)
    if comment.decision is None:
        return Screen(e(t("№ {number} has no decision now.", number=comment.number)), ((back(t, here),),))
    text = stacked(
        b(t("Take the decision on № {number} back?", number=comment.number)),
        *decision_lines(t, view.hearing, comment.decision),
        e(t("The comment waits for a decision again. Its author and supporters are told once.")),
    )
    sure = presses.TakeBackDecision(comment.id, decision_mark(comment.decision), sure=True)
    return Screen(text, ((tap(t, t.p("button", "↩️ Yes, take it back"), sure),), (back(t, here),)))


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
        _decision(t, view) if page == last else None,
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
        e(names.joined(t, comment.number, view.joined, staff=True)) if view.joined else None,
        named_attachments(t, comment.attachments),
    )


def _decision(t: Translator, view: CommentView) -> Html | None:
    decision = view.comment.decision
    return stacked(e(""), *decision_lines(t, view.hearing, decision)) if decision else None


def _outcomes(t: Translator, comment: Comment) -> tuple[ButtonRow, ...]:
    seen = comment.edition, decision_mark(comment.decision)
    picks = (
        tap(t, t(OUTCOME_BUTTONS[outcome]), presses.PickOutcome(comment.id, outcome, *seen))
        for outcome in outcomes_of(comment.kind)
    )
    return in_rows(picks, width=2)


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
