"""Writing a comment: of which kind, about what, and what to do with words that came unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import LONGEST_COMMENT, CommentKind
from bot.domain.questions import About, AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from handlers import presses
from handlers.views.hearings import back
from handlers.views.pages import quoted, turns, units
from handlers.views.screen import Button, Screen, b, e, in_rows, lines, short, tap
from handlers.views.start import home
from handlers.views.voting import about_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.hearings import Dossier, Hearing
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.hearings import HearingList

SUBJECTS_A_PAGE: Final = 8
NAME: Final = 160
"""Characters of a title on these screens; whole it stands on its own page."""
SHOWN_WHOLE: Final = 3000
"""Units of an old text that fit beside the request for a new one."""


def kinds(t: Translator, hearing: Hearing) -> Screen:
    """Comment, proposal or question?"""
    text = lines(
        b(t("Ask or propose")),
        e(t("Every comment gets a number and an answer from the commission. Others never see your name.")),
        e(""),
        e(t("What would you like to send?")),
    )
    choice = in_rows(_kind_button(t, kind, presses.ChooseCommentKind(hearing.id, kind)) for kind in CommentKind)
    others = (tap(t, t.p("button", "👥 What others say"), presses.SeeWall(hearing.id)),)
    return Screen(text, (*choice, others, (back(t, hearing.id), home(t, hearing.municipality_id))))


def subjects(t: Translator, hearing: Hearing, kind: CommentKind) -> Screen:
    """About what?"""

    def about(subject: AboutKind) -> presses.WriteAbout:
        return presses.WriteAbout(hearing.id, kind, subject)

    def one_of(subject: AboutKind) -> presses.ChooseSubject:
        return presses.ChooseSubject(hearing.id, kind, subject)

    offered = subject_kinds(hearing.dossier)
    rows = {
        AboutKind.HEARING: (tap(t, t.p("button", "🏛 The hearing as a whole"), about(AboutKind.HEARING)),),
        AboutKind.STRATEGY: (tap(t, t.p("button", "📋 The draft strategy"), about(AboutKind.STRATEGY)),),
        AboutKind.SERVICE: (tap(t, t.p("button", "🔧 One of the services"), one_of(AboutKind.SERVICE)),),
        AboutKind.BUDGET: (tap(t, t.p("button", "💰 The draft budget"), about(AboutKind.BUDGET)),),
        AboutKind.LINE: (tap(t, t.p("button", "🧾 A line of the budget"), one_of(AboutKind.LINE)),),
        AboutKind.AGENDA: (tap(t, t.p("button", "🗓 An item of the agenda"), one_of(AboutKind.AGENDA)),),
    }
    up = tap(t, t.p("button", "⬅️ Back"), presses.WriteComment(hearing.id))
    text = lines(b(t("What is it about?")), e(t("Choose what your words belong to.")))
    return Screen(text, (*(rows[subject] for subject in offered), (up, home(t, hearing.municipality_id))))


def subject_list(t: Translator, hearing: Hearing, kind: CommentKind, about: AboutKind, *, page: int = 0) -> Screen:
    """Services, budget lines or agenda items, a page of them, in full above and as buttons below."""
    numbers = subject_numbers(hearing.dossier, about)
    page = min(page, max(0, len(numbers) - 1) // SUBJECTS_A_PAGE)
    start = page * SUBJECTS_A_PAGE
    shown = numbers[start : start + SUBJECTS_A_PAGE]
    names = [short(about_name(t, hearing.dossier, About(about, no)), NAME * 2) for no in shown]
    buttons = (
        tap(t, short(name, 40), presses.WriteAbout(hearing.id, kind, about, no))
        for name, no in zip(names, shown, strict=True)
    )
    paging = turns(
        t,
        presses.ChooseSubject(hearing.id, kind, about, page - 1) if page else None,
        presses.ChooseSubject(hearing.id, kind, about, page + 1) if start + SUBJECTS_A_PAGE < len(numbers) else None,
    )
    up = tap(t, t.p("button", "⬅️ Back"), presses.ChooseCommentKind(hearing.id, kind))
    text = lines(b(t("Which one?")), *(e(f"• {name}") for name in names))
    rows = (*in_rows(buttons), paging, (up, home(t, hearing.municipality_id)))
    return Screen(text, tuple(row for row in rows if row))


def ask_for_words(t: Translator, hearing: Hearing, kind: CommentKind, about: About) -> Screen:
    """The request to write, speak or photograph."""
    heads = {
        CommentKind.COMMENT: t("✍️ Your comment"),
        CommentKind.PROPOSAL: t("✍️ Your proposal"),
        CommentKind.QUESTION: t("✍️ Your question"),
    }
    text = lines(
        b(heads[kind]),
        e(t("About: {what}", what=subject(t, hearing.dossier, about))),
        e(""),
        e(t("Send one message now: write it, record your voice, or send a photo with a few words.")),
        e(t("At most {n} characters. Your name is not shown to others.", n=t.number(LONGEST_COMMENT))),
    )
    return Screen(text, ((_cancel(t, hearing.id),),))


def ask_for_new_words(t: Translator, filed: CommentView) -> Screen:
    """The request for the new text of one's own comment, with the old one to copy."""
    comment = filed.comment
    old = comment.text if units(comment.text) <= SHOWN_WHOLE else ""
    text = lines(
        b(t("✏️ New words for № {number}", number=comment.number)),
        e(t("Send the whole text anew in one message. It replaces the old one; the number stays.")),
        e("") if old else None,
        e(t("The text until now:")) if old else None,
        quoted(old) if old else None,
    )
    return Screen(text, ((_cancel(t, filed.hearing.id),),))


def subject(t: Translator, dossier: Dossier, about: About) -> str:
    """What a comment is about, in a line."""
    return short(about_name(t, dossier, about) or t("The hearing as a whole"), NAME)


def send_this(t: Translator, hearings: Sequence[Hearing]) -> Screen:
    """Words came although none were asked for: shall they go to the hearing, and as what?"""
    text = lines(
        b(t("Do you want to send this to the hearing?")),
        *(e(f"{place}. {name}") for place, name in enumerate(_titles(t, hearings), start=1) if len(hearings) > 1),
        *(e(name) for name in _titles(t, hearings) if len(hearings) == 1),
        e(t("Choose what it is. Nothing is sent until you do.")),
    )
    rows = []
    for place, hearing in enumerate(hearings, start=1):
        mark = f"{place}. " if len(hearings) > 1 else ""
        for kind in CommentKind:
            button = _kind_button(t, kind, presses.SendUnsent(hearing.id, kind))
            rows.append((Button(mark + button.label, data=button.data),))
    return Screen(text, (*rows, (tap(t, t.p("button", "✖️ Do not send"), presses.CancelWriting(0)),)))


def nothing_to_send_to(t: Translator, shelf: HearingList | None) -> Screen:
    """Words came, and no hearing takes any now: when one will, or how to find one."""
    if shelf is None:
        text = e(t("Choose your municipality first: then you can write to its hearing."))
        return Screen(text, ((tap(t, t.p("button", "📍 The whole list"), presses.ChoosePlace()),), (home(t),)))
    coming = next((hearing for hearing in shelf.current if hearing.dossier.opens_at > shelf.now), None)
    text = lines(
        b(t("No hearing takes comments now.")),
        e(t("The next one takes them from {moment}.", moment=t.moment(coming.dossier.opens_at, shelf.zone)))
        if coming
        else e(t("You will find the next one under Home.")),
        e(t("What you wrote was not sent to anybody.")),
    )
    return Screen(text, ((tap(t, t.p("button", "👤 Mine"), presses.SeeMine()), home(t, shelf.municipality.id)),))


def nothing_left_to_send(t: Translator) -> Screen:
    """The words behind an old "send this" button are gone, or were sent by it before."""
    text = e(t("This was sent already, or it is too long ago. What the commission has is under Mine."))
    return Screen(text, ((tap(t, t.p("button", "👤 Mine"), presses.SeeMine()), home(t)),))


def _titles(t: Translator, hearings: Sequence[Hearing]) -> list[str]:
    return [short(t.marked(hearing.dossier.title), NAME) for hearing in hearings]


def _kind_button(t: Translator, kind: CommentKind, press: presses.Press) -> Button:
    labels = {
        CommentKind.COMMENT: t.p("button", "💬 A comment"),
        CommentKind.PROPOSAL: t.p("button", "💡 A proposal"),
        CommentKind.QUESTION: t.p("button", "❓ A question"),
    }
    return tap(t, labels[kind], press)


def _cancel(t: Translator, hearing: int) -> Button:
    return tap(t, t.p("button", "✖️ Cancel"), presses.CancelWriting(hearing))
