"""Writing a comment: of which kind, about what, and what to do with words that came unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.parts import attachments, joined
from bot.domain.questions import About, AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from bot.i18n import answers
from handlers import presses
from handlers.views.buttons import back, back_to_hearing, home, mine, paging
from handlers.views.pages import beginning, item_page, quoted, units
from handlers.views.recordings import named_attachments, no_room
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.unsent import Unsent
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.hearings import HearingList

SUBJECTS_ON_A_PAGE: Final = 8
SUBJECT_LETTERS: Final = 160
"""Letters of a subject or title on these screens; in full it stands on its own page."""
LISTED_SUBJECT_LETTERS: Final = 320
OLD_TEXT_UNITS: Final = 3000
"""Units of an old text that fit beside the request for a new one."""
KEPT_TEXT_UNITS: Final = 500
"""Units of words that came unasked, in the question about them."""


def kinds(t: Translator, hearing: Hearing) -> Screen:
    """The screen that asks what is to be written: a comment, a proposal or a question."""
    text = stacked(
        b(t("Ask or propose")),
        e(t("Every comment gets a number and an answer from the commission. Others never see your name.")),
        e(""),
        e(t("What would you like to send?")),
        i(t("You can also write right away: what it is, you are asked afterwards.")),
    )
    choice = in_rows(_kind_button(t, kind, presses.ChooseCommentKind(hearing.id, kind)) for kind in CommentKind)
    others = (tap(t, t.p("button", "👥 What others say"), presses.SeeWall(hearing.id)),)
    return Screen(text, (*choice, others, (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id))))


def subjects(t: Translator, hearing: Hearing, kind: CommentKind) -> Screen:
    """The screen that asks what a comment is about."""

    def about(subject: AboutKind) -> presses.WriteAbout:
        return presses.WriteAbout(hearing.id, kind, subject)

    def one_of(subject: AboutKind) -> presses.ChooseSubject:
        return presses.ChooseSubject(hearing.id, kind, subject)

    offered = {
        AboutKind.HEARING: tap(t, t.p("button", "🏛 The hearing as a whole"), about(AboutKind.HEARING)),
        AboutKind.STRATEGY: tap(t, t.p("button", "📋 The draft strategy"), about(AboutKind.STRATEGY)),
        AboutKind.SERVICE: tap(t, t.p("button", "🔧 One of the services"), one_of(AboutKind.SERVICE)),
        AboutKind.BUDGET: tap(t, t.p("button", "💰 The draft budget"), about(AboutKind.BUDGET)),
        AboutKind.LINE: tap(t, t.p("button", "🧾 A line of the budget"), one_of(AboutKind.LINE)),
        AboutKind.AGENDA: tap(t, t.p("button", "🗓 An item of the agenda"), one_of(AboutKind.AGENDA)),
    }
    rows = in_rows(offered[subject] for subject in subject_kinds(hearing.dossier))
    text = stacked(b(t("What is it about?")), e(t("Choose what your words belong to.")))
    return Screen(text, (*rows, (back(t, presses.WriteComment(hearing.id)), home(t, hearing.municipality_id))))


def subject_list(t: Translator, hearing: Hearing, kind: CommentKind, about: AboutKind, *, page: int = 0) -> Screen:
    """The screen with services, budget lines or agenda items, a page of them: in full above, as buttons below."""
    numbers, page, last = item_page(subject_numbers(hearing.dossier, about), page, SUBJECTS_ON_A_PAGE)
    titles = [
        short(answers.short_about(t, hearing.dossier, About(about, no)), LISTED_SUBJECT_LETTERS) for no in numbers
    ]
    buttons = (
        tap(t, short(title), presses.WriteAbout(hearing.id, kind, about, no))
        for title, no in zip(titles, numbers, strict=True)
    )
    text = stacked(b(t("Which one?")), *(e(f"• {title}") for title in titles))
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.ChooseSubject(hearing.id, kind, about, number), page=page, last=last),
        (back(t, presses.ChooseCommentKind(hearing.id, kind)), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def ask_for_words(t: Translator, hearing: Hearing, kind: CommentKind, about: About) -> Screen:
    """The screen that asks to write, speak or photograph."""
    heads = {
        CommentKind.COMMENT: t("✍️ Your comment"),
        CommentKind.PROPOSAL: t("✍️ Your proposal"),
        CommentKind.QUESTION: t("✍️ Your question"),
    }
    text = stacked(
        b(heads[kind]),
        e(t("About: {what}", what=subject(t, hearing.dossier, about))),
        e(""),
        e(t("Write it, record your voice, or send photos with a few words. Your name is not shown to others.")),
        e(t("Messages that you send within seconds of each other are one comment.")),
        e(t("Only the commission hears a voice message, unless you let others hear it.")),
    )
    return Screen(text, ((_cancel(t, hearing.id),),))


def ask_for_new_words(t: Translator, view: CommentView) -> Screen:
    """The screen that asks for the new text of one's own comment, with the old one to copy where it fits."""
    comment = view.comment
    old = comment.text if units(comment.text) <= OLD_TEXT_UNITS else ""
    text = stacked(
        b(t("✏️ New words for № {number}", number=comment.number)),
        e(t("Send the whole text anew. It replaces the old one; the number stays.")),
        e(t("A photo or voice message is added. To remove one, take the comment back and write it anew.")),
        e(t("Only the commission hears a voice message, unless you let others hear it.")),
        e("") if old else None,
        e(t("The text until now:")) if old else None,
        quoted(old) if old else None,
    )
    return Screen(text, ((_cancel(t, view.hearing.id),),))


def edit_of_comment(t: Translator) -> str:
    """What is said of the edit of a message that became a comment."""
    return t("An edited message does not change your comment. Open it under /mine and press Change.")


def edit_of_other(t: Translator) -> str:
    """What is said of the edit of any other message that was answered."""
    return t("I do not read edited messages. Please send it again as a new message.")


def attachment_left_out(t: Translator) -> str:
    """What is said of a file that the bot does not take, where the words under it were kept."""
    return t("Your words are kept, the file is not. Send it as a photo, a voice message or a video of up to a minute.")


def subject(t: Translator, dossier: Dossier, about: About) -> str:
    """What a comment is about, without line breaks and cut to ``SUBJECT_LETTERS``."""
    return short(answers.short_about(t, dossier, about) or t("The hearing as a whole"), SUBJECT_LETTERS)


def send_this(
    t: Translator, hearings: Sequence[Hearing], unsent: Unsent, *, left_out: int = 0, room: str = ""
) -> Screen:
    """The screen that asks whether what came unasked, or was said in a ``room``, goes to one of ``hearings``, as what.

    Where its author was reading about something, it says that it is about that, and that words are no vote.
    """
    several = len(hearings) > 1
    titles = [short(t.marked(hearing.dossier.title), SUBJECT_LETTERS) for hearing in hearings]
    marks = [f"{place}. " if several else "" for place in range(1, len(hearings) + 1)]
    text = stacked(
        b(t("Do you want to send this to the hearing?")),
        e(t("You sent it to the group “{title}”.", title=short(room, SUBJECT_LETTERS))) if room else None,
        *_kept(t, unsent),
        *(e(mark + title) for mark, title in zip(marks, titles, strict=True)),
        *_about_and_vote(t, hearings, unsent),
        no_room(t, left_out),
        e(t("Choose what it is. Nothing is sent until you do.")),
    )
    choice = in_rows(
        _kind_button(t, kind, presses.SendUnsent(hearing.id, kind, unsent.id), mark=mark)
        for mark, hearing in zip(marks, hearings, strict=True)
        for kind in CommentKind
    )
    return Screen(text, (*choice, (_do_not_send(t, unsent),)))


def _kept(t: Translator, unsent: Unsent) -> tuple[Html | None, ...]:
    """Which words and recordings a question is about: there may be several questions."""
    words = joined(unsent.parts)
    return (
        quoted(beginning(words, KEPT_TEXT_UNITS)) if words else None,
        named_attachments(t, attachments(unsent.parts)),
    )


def _about_and_vote(t: Translator, hearings: Sequence[Hearing], unsent: Unsent) -> tuple[Html | None, ...]:
    hearing = next((each for each in hearings if each.id == unsent.hearing_id), None)
    if hearing is None or unsent.about == About():
        return ()
    asked = any(question.about == unsent.about for question in hearing.dossier.questions)
    return (
        e(t("About: {what}", what=subject(t, hearing.dossier, unsent.about))),
        i(t("To vote, press an answer on the question: words are not counted as a vote.")) if asked else None,
    )


def send_again(t: Translator, view: CommentView, unsent: Unsent) -> Screen:
    """The screen that asks whether the words of a comment, which came once more, are to be sent once more."""
    number, hearing = view.comment.number, view.hearing.id
    text = stacked(
        b(t("You have sent this already: № {number}", number=number)),
        e(t("It was not stored a second time. Send it again only if you mean to.")),
    )
    again = tap(t, t.p("button", "📨 Send it again"), presses.SendUnsent(hearing, view.comment.kind, unsent.id))
    seen = tap(t, t.p("button", "👁 Show № {number}", number=number), presses.ReadComment(view.comment.id))
    return Screen(text, ((seen,), (again,), (_do_not_send(t, unsent),)))


def nothing_to_send_to(t: Translator, listing: HearingList | None) -> Screen:
    """The screen that says to whom words came unasked when a hearing takes them, or how to find one.

    ``listing`` has the hearings of the person's municipality; None where they have not chosen one.
    """
    if listing is None:
        text = stacked(
            e(t("Choose your municipality first: then you can write to its hearing.")),
            e(t("What you sent is kept. You are asked about it afterwards.")),
        )
        return Screen(text, ((tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace()),), (home(t),)))
    coming = next((hearing for hearing in listing.current if hearing.dossier.opens_at > listing.now), None)
    opens = coming and t.moment_in_words(coming.dossier.opens_at, listing.zone, now=listing.now)
    text = stacked(
        b(t("No hearing takes comments now.")),
        e(t("The next one takes them from {moment}.", moment=opens))
        if opens
        else e(t("You will find the next one under Home.")),
        e(t("What you wrote was not sent to anybody.")),
    )
    return Screen(text, ((mine(t), home(t, listing.municipality.id)),))


def nothing_left_to_send(t: Translator) -> Screen:
    """The screen behind an old "send this" button whose words are gone, or were sent by it before."""
    text = e(t("This was sent already, or it is too long ago. What the commission has is under Mine."))
    return Screen(text, ((mine(t), home(t)),))


def _kind_button(t: Translator, kind: CommentKind, press: presses.Press, *, mark: str = "") -> Button:
    labels = {
        CommentKind.COMMENT: t.p("button", "💬 A comment"),
        CommentKind.PROPOSAL: t.p("button", "💡 A proposal"),
        CommentKind.QUESTION: t.p("button", "❓ A question"),
    }
    return tap(t, mark + labels[kind], press)


def _do_not_send(t: Translator, unsent: Unsent) -> Button:
    return tap(t, t.p("button", "✖️ Do not send"), presses.CancelWriting(0, unsent.id))


def _cancel(t: Translator, hearing_id: int) -> Button:
    return tap(t, t.p("button", "✖️ Cancel"), presses.CancelWriting(hearing_id))
