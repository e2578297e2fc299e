"""What is said in voice messages, in writing: marked as that wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n.transcripts import TROUBLE_SENTENCES, heading
from bot.services.transcripts import words_mark
from handlers import presses
from handlers.views.buttons import back
from handlers.views.pages import beginning, quoted, split, units
from handlers.views.recordings import play_label
from handlers.views.screen import Html, Screen, b, e, fold, i, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.transcripts import Transcript
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from handlers.views.screen import ButtonRow


def trouble(t: Translator, comment: Comment) -> Html | None:
    """Why a program has written nothing down; None where it has, or was not asked."""
    found = comment.transcript
    return i(t(TROUBLE_SENTENCES[found.trouble])) if found and found.trouble and not found.words else None


def pages_with_transcript(t: Translator, comment: Comment, limit: int) -> tuple[Html | None, ...]:
    """The words of a comment and what is said in its voice messages, on as many pages as they take; at least one."""
    transcript = comment.transcript if comment.transcript and comment.transcript.words else None
    spoken = transcript.words if transcript else ""
    title = b(heading(t, transcript)) if transcript else None
    if units(comment.text) + units(spoken) <= limit:
        typed = fold(e(comment.text)) if comment.text else None
        return (stacked(typed, title, fold(e(spoken)) if spoken else None) or None,)
    typed_pages = tuple(fold(e(piece)) for piece in split(comment.text, limit))
    return (*typed_pages, *(stacked(title, fold(e(piece))) for piece in split(spoken, limit)))


def spoken_words(transcript: Transcript | None) -> str:
    """The words that stand in a list for a comment that has no other ones."""
    return transcript.words if transcript else ""


def spoken_instead(t: Translator, transcript: Transcript | None, share: int) -> tuple[Html, ...]:
    """The beginning of a transcript in a list, where a comment has no other words."""
    if transcript is None or not transcript.words:
        return ()
    return i(heading(t, transcript)), quoted(beginning(transcript.words, share))


def transcript_rows(t: Translator, comment: Comment) -> tuple[ButtonRow, ...]:
    """What staff can do about the transcript of a comment with voice messages."""
    if not comment.has_voice or comment.withdrawn_at is not None:
        return ()
    found = comment.transcript
    if found is None or not found.words:
        return ((tap(t, t.p("button", "⌨️ Write down what is said"), presses.WriteTranscript(comment.id)),),)
    confirm = tap(
        t, t.p("button", "✅ The transcript is right"), presses.ConfirmTranscript(comment.id, words_mark(found))
    )
    change = tap(t, t.p("button", "⌨️ Change the transcript"), presses.WriteTranscript(comment.id))
    remove = tap(t, t.p("button", "🗑 Remove the transcript"), presses.RemoveTranscript(comment.id))
    return ((confirm,), (change,), (remove,)) if found.machine else ((change,), (remove,))


def ask_for_words(t: Translator, view: CommentView) -> Screen:
    """The screen that asks what is said; what stands there so far is shown, to be copied and corrected."""
    comment, found = view.comment, view.transcript
    text = stacked(
        b(t("What is said in № {number}?", number=comment.number)),
        e(t("Listen to it, and type the words as they are spoken. They are marked as a transcript.")),
        *((b(heading(t, found)), fold(e(split(found.words, 2400)[0]))) if found else ()),
    )
    play = tap(t, play_label(t, comment.attachments), presses.PlayComment(comment.id))
    return Screen(text, with_buttons((play,), (back(t, presses.ReviewComment(comment.id)),)))


def ask_to_remove(t: Translator, view: CommentView) -> Screen:
    """The screen that asks whether a transcript is to be removed."""
    text = stacked(
        b(t("Remove the transcript of № {number}?", number=view.comment.number)),
        e(t("The voice message stays. What is said can be written down again.")),
    )
    yes = tap(t, t.p("button", "🗑 Remove the transcript"), presses.RemoveTranscript(view.comment.id, sure=True))
    return Screen(text, ((yes,), (back(t, presses.ReviewComment(view.comment.id)),)))
