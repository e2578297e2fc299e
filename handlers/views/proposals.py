"""Proposed decisions as the secretary reads them, and the switch by which a municipality wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.decision_lines import decision_lines, stored
from handlers.views.pages import beginning, fair_shares, quoted, units
from handlers.views.recordings import named_attachments
from handlers.views.screen import Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.transcripts import pages_with_transcript

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.deciding import DecidedComments
    from bot.services.proposals import ProposalPage, ProposedDecision
    from handlers.views.screen import ButtonRow

PROPOSED_WORDS_UNITS: Final = 900
"""Units of quoted words on a page, all comments together."""
PROPOSED_TEXT_UNITS: Final = 1900
TITLE_UNITS: Final = 200


def page(t: Translator, shown: ProposalPage, *, said: Html | None = None) -> Screen:
    """The screen with a page of proposals: each can be opened, and all of the page be confirmed together."""
    hearing = shown.hearing.id
    shares = fair_shares([units(each.view.comment.text) for each in shown.items], PROPOSED_WORDS_UNITS)
    text = stacked(
        said,
        b(t("Proposed decisions: {n}", n=t.number(shown.total))),
        e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS)),
        None if shown.items else e(t("Nothing is proposed at present.")),
        *(_proposal(t, shown, each, share) for each, share in zip(shown.items, shares, strict=True)),
    )
    numbers = (
        tap(t, t("№ {number}", number=each.view.comment.number), presses.OpenProposal(each.view.comment.id))
        for each in shown.items
    )
    all_ = presses.ConfirmProposals(hearing, shown.page, shown.digest)
    label = t.p("button", "✅ Confirm these: {n}", n=t.number(len(shown.items)))
    rows = with_buttons(
        *in_rows(numbers, width=3),
        (tap(t, label, all_),) if shown.may_confirm and shown.items else (),
        paging(t, lambda number: presses.OpenProposals(hearing, number), page=shown.page, last=shown.last),
        (back(t, presses.OpenDecisions(hearing)),),
    )
    return Screen(text, rows)


def _proposal(t: Translator, shown: ProposalPage, each: ProposedDecision, share: int) -> Html:
    comment, decision = each.view.comment, each.proposal.decision
    name = short(shown.name(each.proposal))
    return stacked(
        e(""),
        b(t("№ {number}", number=comment.number)),
        quoted(beginning(comment.text, share)) if comment.text else named_attachments(t, comment.attachments),
        *decision_lines(t, shown.hearing, decision, brief=True),
        i(t("Proposed by: {name}", name=name)) if name else None,
    )


def one(t: Translator, found: ProposedDecision, page_: int) -> Screen:
    """The screen with a page of a comment, and on the last page what is proposed, to be confirmed or sent back."""
    comment, proposal = found.view.comment, found.proposal
    pieces = pages_with_transcript(t, comment, PROPOSED_TEXT_UNITS)
    last = len(pieces) - 1
    page_ = min(page_, last)
    text = stacked(
        b(t("№ {number}", number=comment.number)),
        named_attachments(t, comment.attachments),
        pieces[page_],
        i(t("Page {page} of {pages}", page=page_ + 1, pages=len(pieces))) if last else None,
        *((e(""), *decision_lines(t, found.view.hearing, proposal.decision)) if page_ == last else ()),
    )
    play = tap(t, t.p("button", "▶️ Listen or look"), presses.PlayComment(comment.id))
    rows = with_buttons(
        (play,) if comment.attachments else (),
        paging(t, lambda number: presses.OpenProposal(comment.id, number), page=page_, last=last),
        *(_acts(t, found) if page_ == last else ()),
        (back(t, presses.OpenProposals(found.view.hearing.id)),),
    )
    return Screen(text, rows)


def _acts(t: Translator, found: ProposedDecision) -> tuple[ButtonRow, ...]:
    number, mark = found.view.comment.id, found.proposal.mark
    confirm = tap(t, t.p("button", "✅ Confirm"), presses.ConfirmProposal(number, mark))
    send_back = tap(t, t.p("button", "↩️ Send back"), presses.SendBackProposal(number, mark))
    otherwise = tap(t, t.p("button", "✏️ Decide otherwise"), presses.DecideComment(number))
    return ((confirm,), (send_back,), (otherwise,)) if found.may_confirm else ((otherwise,),)


def ask_note(t: Translator, found: ProposedDecision) -> Screen:
    """The screen that waits for what is to be different in a proposal."""
    number = found.view.comment.id
    text = stacked(
        b(t("Send back the proposal on № {number}", number=found.view.comment.number)),
        e(t("Write what shall be different and send it. The commission reads it.")),
    )
    label = t.p("button", "↩️ Send back without words")
    without = tap(t, label, presses.SendBackProposal(number, found.proposal.mark, sure=True))
    return Screen(text, ((without,), (back(t, presses.OpenProposal(number)),)))


def sent_back(t: Translator) -> Html:
    """A proposal was sent back."""
    return stacked(e(t("↩️ Sent back to the commission.")), e(""))


def confirmed(t: Translator, done: DecidedComments) -> Html:
    """What was confirmed, and what was not."""
    return stored(t, done)


def two_pairs_choice(t: Translator, press: presses.ToggleTwoPairs) -> Screen:
    """The screen that asks whether members propose or decide from now on."""
    if press.on:
        head, rest = t("Two pairs of eyes"), t("Members of the commission propose decisions. You confirm or send back.")
    else:
        head, rest = t("One pair of eyes"), t("Members of the commission decide themselves, without you.")
    label = t.p("button", "👀 Yes, from now on")
    sure = tap(t, label, presses.ToggleTwoPairs(press.municipality, on=press.on, sure=True))
    return Screen(stacked(b(head), e(rest)), ((sure,), (back(t, presses.OpenDeskSettings(press.municipality)),)))
