"""Comments as people see them: the receipt, and one comment with its way through the commission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Comment, Order, Visibility
from bot.domain.languages import UZ
from bot.domain.values import dataclass
from bot.i18n import names
from bot.i18n.transcripts import heading
from handlers import presses
from handlers.views.buttons import back, home, mine, paging
from handlers.views.decided import see_photo
from handlers.views.pages import quoted, split, units
from handlers.views.recordings import attachment, no_room, play_label
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, short, stacked, tap, with_buttons
from handlers.views.sharing import share_line, share_row
from handlers.views.stages import stages
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from handlers.views.sharing import Sharing

COMMENT_PAGE_UNITS: Final = 2600
"""Units of quoted text on one page of a comment: the rest of a message is for what stands around it."""
HEARING_TITLE_LETTERS: Final = 120


@dataclass(frozen=True, slots=True)
class Standpoint:
    """When and where a comment is looked at: the municipality's zone, the present, and where its list stood."""

    zone: ZoneInfo
    now: datetime
    order: Order = Order.SUPPORT
    back: int = 0
    rewritten: bool = False
    """Whether the author's words are read in the reader's own script."""
    sharing: Sharing | None = None
    """How its hearing is shared."""


def receipt(t: Translator, view: CommentView, at: Standpoint, *, left_out: int = 0) -> Screen:
    """The screen an author keeps: the number, what the comment is about, and how to follow it.

    ``left_out`` says how many photos and voice messages found no room in it.
    """
    comment = view.comment
    moment = _moment(t, comment.amended_at or comment.created_at, at)
    due = t.in_words(view.hearing.dossier.answers_due(at.zone), now=at.now)
    waits = comment.visibility is Visibility.WAITING
    text = stacked(
        b(t("✅ Your change is received.") if view.amended else t("✅ Received. Thank you!")),
        b(t("Your number: № {number}", number=comment.number)),
        e(f"{t(names.COMMENT_KIND_NAMES[comment.kind])} · {moment}"),
        *_subject_and_hearing(t, view),
        _messages(t, comment),
        attachment(t, view),
        no_room(t, left_out),
        e(""),
        e(t("It waits to be shown to others; the commission has it already.")) if waits else None,
        e(t("The commission answers every comment by {day}. Follow yours under Mine: /mine", day=due)),
        e(t("You can change it or take it back until the commission considers it.")),
        share_line(t, view.hearing, at.sharing),
    )
    way_home = (mine(t), home(t, view.hearing.municipality_id))
    number = Button(t.p("button", "📋 Copy the number"), copy=t("№ {number}", number=comment.number))
    rows = (_share_row(t, view, receipt=True), *author_rows(t, view, at))
    return Screen(text, with_buttons((number,), *rows, share_row(t, view.hearing, at.sharing), way_home))


def comment(t: Translator, view: CommentView, at: Standpoint, *, page: int = 0) -> Screen:
    """The screen with one comment: its stages, the decision with its reason, and every word of it, on pages."""
    pages = _pages(t, view, rewritten=at.rewritten)
    last = len(pages) - 1
    page = min(page, last)
    text = stacked(
        *_head(t, view, at),
        *(stages(t, view, at.zone, now=at.now) if page == 0 else ()),
        _appeal(t, view),
        pages[page],
        i(t("Page {page} of {pages}", page=page + 1, pages=len(pages))) if last else None,
    )
    rows = with_buttons(
        _play_row(t, view),
        _done_row(t, view),
        paging(t, lambda number: _opens(view, at, page=number), page=page, last=last),
        script(t, [view], _opens(view, at, page=page, rewritten=not at.rewritten), rewritten=at.rewritten),
        _share_row(t, view),
        *_reader_rows(t, view, at),
        _ways_back(t, view, at),
    )
    return Screen(text, rows)


def _opens(view: CommentView, at: Standpoint, *, page: int, rewritten: bool | None = None) -> presses.ReadComment:
    """The press that opens a page of it, in the script in which it is read now unless another is wanted."""
    turned = at.rewritten if rewritten is None else rewritten
    return presses.ReadComment(view.comment.id, page, at.order, at.back, turned)


def script(t: Translator, views: Iterable[CommentView], press: presses.Press, *, rewritten: bool) -> ButtonRow:
    """The way to read Uzbek words in one's own script, and back to how they were written; none where all are in it."""
    if all(t.rewritten(view.words, view.comment.language) == view.words for view in views):
        return ()
    own = t.p("button", "🔤 In Latin letters") if t.language == UZ else t.p("button", "🔤 In Cyrillic letters")
    return (tap(t, t.p("button", "🔤 As it was written") if rewritten else own, press),)


def _done_row(t: Translator, view: CommentView) -> ButtonRow:
    """The photo of what was done because of it."""
    decision = view.comment.decision
    return (see_photo(t, view.comment),) if decision and decision.is_done and decision.done_photo else ()


def _messages(t: Translator, shown: Comment) -> Html | None:
    """Of how many messages it is made, where of several."""
    count = len(shown.parts)
    return e(t.n("{n} message in it", "{n} messages in it", count)) if count > 1 else None


def withdraw(t: Translator, view: CommentView) -> Screen:
    """The screen that asks whether to take a comment back."""
    text = stacked(
        b(t("Take back № {number}?", number=view.comment.number)),
        e(t("Others will not see it any more and the commission will not consider it. This cannot be undone.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, take it back"), presses.WithdrawComment(view.comment.id, sure=True))
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.ReadComment(view.comment.id))
    return Screen(text, ((yes,), (no,)))


def _subject_and_hearing(t: Translator, view: CommentView) -> tuple[Html, Html]:
    title = short(t.marked(view.hearing.dossier.title), HEARING_TITLE_LETTERS)
    return (
        e(t("About: {what}", what=subject(t, view.hearing.dossier, view.comment.about))),
        e(t("Hearing: {title}", title=title)),
    )


def _head(t: Translator, view: CommentView, at: Standpoint) -> tuple[Html | None, ...]:
    shown = view.comment
    return (
        b(f"{t('№ {number}', number=shown.number)} · {t(names.COMMENT_KIND_NAMES[shown.kind])}"),
        *_subject_and_hearing(t, view),
        e(t("Received: {moment}", moment=_moment(t, shown.created_at, at))),
        e(t("Changed: {moment}", moment=_moment(t, shown.amended_at, at))) if shown.amended_at else None,
        e(t.n("👍 {n} person supports this", "👍 {n} people support this", shown.support)) if shown.support else None,
        e(names.joined(t, shown.number, view.joined, staff=view.staff)) if view.joined else None,
        attachment(t, view),
        e(""),
    )


def _moment(t: Translator, moment: datetime, at: Standpoint) -> str:
    return t.moment_in_words(moment, at.zone, now=at.now)


def _pages(t: Translator, view: CommentView, *, rewritten: bool) -> tuple[Html, ...]:
    """The reason, then the author's words: on one page if they fit, else on as many as they take."""
    decision = view.comment.decision
    spoken = view.transcript
    words = t.rewritten(view.words, view.comment.language) if rewritten else view.words
    parts = [
        (t("Reason"), decision.reason.strip() if decision else ""),
        (t("Your words") if view.own else t("The author's words"), words),
        (heading(t, spoken) if spoken else "", spoken.words if spoken else ""),
    ]
    parts = [(title, words) for title, words in parts if words]
    if sum(units(words) for _, words in parts) <= COMMENT_PAGE_UNITS:
        return (stacked(*(_part(title, words) for title, words in parts)),)
    return tuple(_part(title, piece) for title, words in parts for piece in split(words, COMMENT_PAGE_UNITS))


def _part(title: str, words: str) -> Html:
    return stacked(b(title), quoted(words))


def _play_row(t: Translator, view: CommentView) -> ButtonRow:
    if not view.attachments:
        return ()
    return (tap(t, play_label(t, view.attachments), presses.PlayComment(view.comment.id)),)


def _share_row(t: Translator, view: CommentView, *, receipt: bool = False) -> ButtonRow:
    """Who hears one's own voice messages: the author chooses."""
    shown = view.comment
    if not view.own or shown.withdrawn_at is not None or not shown.has_voice:
        return ()
    label = t.p("button", "🔒 Only the commission") if shown.recording_open else t.p("button", "🔊 Let others hear it")
    return (tap(t, label, presses.ShareRecording(shown.id, not shown.recording_open, receipt)),)


def _reader_rows(t: Translator, view: CommentView, at: Standpoint) -> tuple[ButtonRow, ...]:
    """What an author can do with their own comment, and others with a published one."""
    if view.own:
        return with_buttons(appeal_row(t, view), *author_rows(t, view, at))
    shown = view.comment
    published = shown.visibility is Visibility.PUBLISHED and shown.withdrawn_at is None
    if not published or not view.hearing.takes_answers(at.now):
        return ()
    press = presses.SupportComment(
        *(shown.id, not view.supported),
        order=at.order,
        offset=at.back,
        edition=shown.edition,
        rewritten=at.rewritten,
    )
    label = t.p("button", "✅ I support this") if view.supported else t.p("button", "👍 Support this")
    return ((tap(t, label, press),),)


def appeal_row(t: Translator, view: CommentView) -> ButtonRow:
    """The way to appeal against the hiding of one's comment, once."""
    shown = view.comment
    if shown.hidden_at is None or shown.withdrawn_at is not None or view.appeal is not None:
        return ()
    return (tap(t, t.p("button", "🙋 Appeal"), presses.AppealHiding(shown.id)),)


def _appeal(t: Translator, view: CommentView) -> Html | None:
    if view.appeal is None:
        return None
    waits = view.appeal.judged_at is None
    return e(t("🙋 Your appeal waits for an answer.") if waits else t("It was looked at again after your appeal."))


def author_rows(t: Translator, view: CommentView, at: Standpoint) -> tuple[ButtonRow, ...]:
    """The ways to change a comment and to take it back, as long as the services let the author do it."""
    shown = view.comment
    if shown.withdrawn_at is not None or shown.decision is not None:
        return ()
    change = tap(t, t.p("button", "✏️ Change"), presses.AmendComment(shown.id))
    take_back = tap(t, t.p("button", "↩️ Take back"), presses.WithdrawComment(shown.id))
    return ((change, take_back),) if view.hearing.takes_answers(at.now) else ((take_back,),)


def _ways_back(t: Translator, view: CommentView, at: Standpoint) -> ButtonRow:
    hearing = view.hearing
    listed = presses.SeeMine(at.back) if view.own else presses.SeeWall(hearing.id, at.order, at.back, at.rewritten)
    return (back(t, listed), home(t, hearing.municipality_id))
