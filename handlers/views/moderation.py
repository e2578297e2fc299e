"""The desk's screens about single comments: read whole, with their history, published, hidden, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.comments import HidingRule, Visibility
from bot.domain.journal import Act
from bot.i18n import answers, later, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.recordings import named_attachments, play_label
from handlers.views.screen import Html, Screen, b, e, fold, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.transcripts import pages_with_transcript, transcript_rows, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.comments import Comment
    from bot.domain.journal import JournalEntry
    from bot.i18n import Translator
    from bot.services.comment_lists import OpenedComment
    from bot.services.comments import CommentView
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow

QUEUED_TEXT_UNITS: Final = 2400
"""Units of a comment's words on one page: whoever publishes them has read them all."""
QUEUED_SUBJECT_LETTERS: Final = 120
ACT_SENTENCES: Final = {
    Act.COMMENT_PUBLISHED: later("Published"),
    Act.COMMENT_HIDDEN: later("Hidden"),
    Act.COMMENT_PUT_BACK: later("Put back to the waiting ones"),
    Act.COMMENTS_JOINED: later("Joined with another one"),
    Act.COMMENTS_PARTED: later("Parted from others"),
    Act.APPEALED: later("Appeal of its author"),
    Act.HIDING_UPHELD: later("Kept hidden after the appeal"),
    Act.HIDING_LIFTED: later("Shown to others after the appeal"),
    Act.COMMENT_WITHDRAWN: later("Taken back"),
    Act.COMMENT_AMENDED: later("Changed"),
    Act.DECIDED: later("Decision made"),
    Act.TRANSCRIBED: later("Voice message written down"),
    Act.TRANSCRIPT_CONFIRMED: later("Transcript confirmed"),
    Act.TRANSCRIPT_REMOVED: later("Transcript removed"),
}
"""What the history says of an act."""
OF_AUTHORS: Final = frozenset({Act.COMMENT_WITHDRAWN, Act.COMMENT_AMENDED, Act.APPEALED})
"""Acts of the comment's author."""


def queue(t: Translator, hearing_id: int, opened: OpenedComment | None, skip_to: int, undo: Comment | None) -> Screen:
    """The screen with the next comment that waits; ``skip_to`` is the offset of the one after it, 0 where it is last.

    ``undo`` is the comment that was published or hidden last.
    """
    undoing = (_put_back(t, undo, t.p("button", "↩️ Undo: № {number}", number=undo.number)),) if undo else ()
    if opened is None:
        up = (back(t, presses.ListComments(hearing_id)),)
        return Screen(e(t("No comment is waiting to be published.")), with_buttons(undoing, up))
    up = (back(t, presses.ListComments(hearing_id, Standing.WAITING)),)  # from where it is opened
    skip = (tap(t, t.p("button", "Skip ▶️"), presses.OpenQueue(hearing_id, skip_to)),) if skip_to else ()
    number = opened.view.comment.id
    return _reviewed(t, opened, 0, lambda to: presses.ReviewComment(number, to), skip, undoing, up)


def review(
    t: Translator, opened: OpenedComment, page: int, turn: Callable[[int], Press], listed: presses.ListComments
) -> Screen:
    """The screen with a page of one comment, whether it waits or not; ``turn`` opens another page."""
    return _reviewed(t, opened, page, turn, (back(t, listed),))


def _reviewed(
    t: Translator, opened: OpenedComment, page: int, turn: Callable[[int], Press], *ways: ButtonRow
) -> Screen:
    """The words, page by page; on the last page the buttons that decide about these very words."""
    comment = opened.view.comment
    pieces = pages_with_transcript(t, comment, QUEUED_TEXT_UNITS)
    last = len(pieces) - 1
    page = min(page, last)
    text = stacked(
        *_head(t, opened),
        pieces[page],
        i(t("Page {page} of {pages}", page=page + 1, pages=len(pieces))) if last else None,
        *_history(t, opened),
    )
    play = (tap(t, play_label(t, comment.attachments), presses.PlayComment(comment.id)),) if comment.attachments else ()
    rows = with_buttons(
        play,
        paging(t, turn, page=page, last=last),
        _appeal(t, opened.view),
        _duplicates(t, opened) if page == last and opened.may_moderate else (),
        *(_acts(t, comment) if page == last and opened.may_moderate and comment.withdrawn_at is None else ()),
        *(transcript_rows(t, comment) if page == last else ()),
        *ways,
    )
    return Screen(text, rows)


def _appeal(t: Translator, view: CommentView) -> ButtonRow:
    """The way to the appeal against the hiding as it is now."""
    return (tap(t, t.p("button", "🙋 The appeal"), presses.OpenAppeal(view.appeal.id)),) if view.appeal else ()


def _duplicates(t: Translator, opened: OpenedComment) -> ButtonRow:
    """The way to comments that look the same, or out of a joining."""
    comment, joined = opened.view.comment, opened.view.joined
    if joined is not None and comment.merged_into is not None:
        label = t.p("button", "✂️ Part from № {number}", number=joined.head)
        return (tap(t, label, presses.PartComment(comment.id)),)
    if not opened.similar:
        return ()
    label = t.p("button", "🔗 Looks the same: {n}", n=t.number(opened.similar))
    return (tap(t, label, presses.SeeSimilar(comment.id)),)


def _acts(t: Translator, comment: Comment) -> tuple[ButtonRow, ...]:
    publish = tap(t, t.p("button", "✅ Publish"), presses.PublishComment(comment.id, comment.edition))
    hide = tap(t, t.p("button", "🚫 Hide"), presses.ChooseHidingRule(comment.id, comment.edition))
    put_back = _put_back(t, comment, t.p("button", "↩️ Let it wait again"))
    match comment.visibility:
        case Visibility.WAITING:
            return ((publish, hide),)
        case Visibility.PUBLISHED:
            return ((hide,), (put_back,))
        case Visibility.HIDDEN:
            return ((publish,), (put_back,))


def _put_back(t: Translator, comment: Comment, label: str) -> Button:
    return tap(t, label, presses.PutBackComment(comment.id, comment.edition))


def _head(t: Translator, opened: OpenedComment) -> tuple[Html | None, ...]:
    comment = opened.view.comment
    about = answers.short_about(t, opened.view.hearing.dossier, comment.about)
    title = [t("№ {number}", number=comment.number), t(names.COMMENT_KIND_NAMES[comment.kind])]
    facts = [t.moment(comment.created_at, opened.zone), names.comment_language(comment)]
    facts += [t(names.CHANNEL_NAMES[comment.channel])]
    facts += [short(t.place(opened.village.name))] if opened.village else []
    facts += [f"👍 {t.number(comment.support)}"] if comment.support else []
    return (
        b(" · ".join(title)),
        e(names.marked_standing(t, comment)),
        i(" · ".join(filter(None, facts))),
        None if comment.in_turn else e(t("⚠️ Look first: rough words or advertising?")),
        e(short(about, QUEUED_SUBJECT_LETTERS)) if about else None,
        named_attachments(t, comment.attachments),
        trouble(t, comment),
        e(names.comment_state(t, comment)) if comment.decision else None,
        e(names.joined(t, comment.number, joined, staff=True)) if (joined := opened.view.joined) else None,
    )


def _history(t: Translator, opened: OpenedComment) -> tuple[Html, ...]:
    lines = [_act(t, opened, entry) for entry in opened.history if entry.act in ACT_SENTENCES]
    return (b(t("What was done with it")), fold(stacked(*lines))) if lines else ()


def _act(t: Translator, opened: OpenedComment, entry: JournalEntry) -> Html:
    parts = [t.moment(entry.at, opened.zone), t(ACT_SENTENCES[entry.act])]
    if (rule := entry.data.get("rule")) is not None:
        parts.append(t(names.HIDING_RULE_NAMES[HidingRule(str(rule))]))
    if entry.act in OF_AUTHORS:
        parts.append(t("by its author"))
    elif entry.actor_id is not None and entry.actor_id == opened.reader_id:
        parts.append(t("by you"))
    else:
        parts.append(opened.name(entry.actor_id) or t("by a colleague"))
    return e(" · ".join(parts))


def hide_choice(t: Translator, view: CommentView, edition: int) -> Screen:
    """The screen that asks by which rule a comment is hidden; ``edition`` is of the words that were read."""
    comment = view.comment
    text = stacked(
        b(t("Why should others not read № {number}?", number=comment.number)),
        e(t("It stays in the record and in every count. Its author sees the reason.")),
    )
    rules = names.HIDING_RULE_NAMES.items()
    rows = in_rows(tap(t, t(name), presses.HideComment(comment.id, rule, edition)) for rule, name in rules)
    return Screen(text, (*rows, (back(t, presses.ReviewComment(comment.id)),)))
