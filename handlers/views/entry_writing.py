"""Screens of entering a comment for somebody: how it came, of which kind, about what, its words, and its number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.counted_votes import BY_HAND
from bot.domain.entry_drafts import EntryField
from bot.domain.questions import About, AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.entries import WORDS_UNITS, said_at, sitting_labels, to_entries
from handlers.views.pages import beginning, item_page, quoted
from handlers.views.recordings import named_attachments
from handlers.views.screen import Button, ButtonRow, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.writing import SUBJECT_LETTERS, SUBJECTS_ON_A_PAGE, subject

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.entries import DraftView, EntryView

BUTTON_LETTERS: Final = 34
DAYS_ON_A_PAGE: Final = 14
ASKED_FIELDS: Final = (EntryField.WORDS, EntryField.VOICES, EntryField.NAME)


def channels(t: Translator, hearing: Hearing) -> Screen:
    """The screen that asks how a comment came."""
    rows = in_rows(
        tap(t, t(names.CHANNEL_NAMES[channel]), presses.ChooseEntryKind(hearing.id, channel)) for channel in BY_HAND
    )
    return Screen(b(t("How did the comment come?")), (*rows, (to_entries(t, hearing.id),)))


def sittings(t: Translator, hearing: Hearing, zone: ZoneInfo) -> Screen:
    """The screen that asks at which sitting it was said."""
    hall = BY_HAND[0]
    rows = in_rows(
        tap(t, label, presses.ChooseEntryKind(hearing.id, hall, number))
        for number, label in sitting_labels(t, hearing, zone)
    )
    return Screen(b(t("At which sitting?")), (*rows, (back(t, presses.ChooseEntryChannel(hearing.id)),)))


def kinds(t: Translator, hearing: Hearing, press: presses.ChooseEntryKind) -> Screen:
    """The screen that asks of which kind a comment is."""
    rows = in_rows(
        tap(
            t,
            t(names.COMMENT_KIND_NAMES[kind]),
            presses.ChooseEntrySubject(hearing.id, press.channel, press.sitting, kind),
        )
        for kind in CommentKind
    )
    return Screen(b(t("Is it a comment, a proposal or a question?")), (*rows, (_up(t, hearing.id),)))


def _up(t: Translator, hearing_id: int) -> Button:
    return back(t, presses.ChooseEntryChannel(hearing_id))


def subjects(t: Translator, hearing: Hearing, press: presses.ChooseEntrySubject) -> Screen:
    """The screen that asks what it is about."""
    labels = {
        AboutKind.HEARING: t.p("button", "🏛 The hearing as a whole"),
        AboutKind.STRATEGY: t.p("button", "📋 The draft strategy"),
        AboutKind.SERVICE: t.p("button", "🔧 One of the services"),
        AboutKind.BUDGET: t.p("button", "💰 The draft budget"),
        AboutKind.LINE: t.p("button", "🧾 A line of the budget"),
        AboutKind.AGENDA: t.p("button", "🗓 An item of the agenda"),
    }
    given = (hearing.id, press.channel, press.sitting, press.kind)
    rows = in_rows(
        tap(
            t,
            labels[about],
            presses.ListEntrySubjects(*given, about)
            if subject_numbers(hearing.dossier, about)
            else presses.WriteEntry(*given, about),
        )
        for about in subject_kinds(hearing.dossier)
    )
    up = back(t, presses.ChooseEntryKind(hearing.id, press.channel, press.sitting))
    return Screen(b(t("What is it about?")), (*rows, (up,)))


def subject_list(t: Translator, hearing: Hearing, press: presses.ListEntrySubjects) -> Screen:
    """The screen with services, budget lines or agenda items, a page of them."""
    dossier, given = hearing.dossier, (hearing.id, press.channel, press.sitting, press.kind)
    numbers, page, last = item_page(subject_numbers(dossier, press.about), press.page, SUBJECTS_ON_A_PAGE)
    titles = {no: short(answers.numbered_about(t, dossier, About(press.about, no)), SUBJECT_LETTERS) for no in numbers}
    rows = with_buttons(
        *in_rows(
            tap(t, short(f"{no}. {title}", BUTTON_LETTERS), presses.WriteEntry(*given, press.about, no))
            for no, title in titles.items()
        ),
        paging(t, lambda number: presses.ListEntrySubjects(*given, press.about, number), page=page, last=last),
        (back(t, presses.ChooseEntrySubject(*given)),),
    )
    return Screen(stacked(b(t("Which one?")), *(e(f"{no}. {title}") for no, title in titles.items())), rows)


def ask(t: Translator, view: DraftView) -> Screen:
    """The screen that asks for one thing of an entry."""
    draft, hearing = view.draft, view.hearing
    asked = {
        EntryField.VOICES: t("How many people support it, on paper or by hand? Type a number."),
        EntryField.NAME: t(
            "Whose words are they? The name is for the minutes alone and stands in no other file. Type “-” for no name."
        ),
    }.get(draft.waits_for, t("Type the words, say them as a voice message, or send a photo of the paper."))
    text = stacked(b(_title(t, view)), e(t("About: {what}", what=subject(t, hearing.dossier, draft.about))), e(asked))
    up = tap(t, t.p("button", "⬅️ Back"), presses.CheckEntry(hearing.id)) if draft.parts else None
    return Screen(text, with_buttons((up,) if up else (), (_give_up(t, hearing.id),)))


def _title(t: Translator, view: DraftView) -> str:
    draft = view.draft
    kind, channel = t(names.COMMENT_KIND_NAMES[draft.kind]), t(names.CHANNEL_NAMES[draft.channel])
    number = t("№ {number}", number=view.number) + " · " if view.number else ""
    return f"{number}{kind} · {channel.lower()}"


def _give_up(t: Translator, hearing_id: int) -> Button:
    return tap(t, t.p("button", "✖️ Do not save"), presses.GiveUpEntry(hearing_id))


def check(t: Translator, view: DraftView) -> Screen:
    """The screen with all that is being entered, before it is stored."""
    draft, hearing = view.draft, view.hearing
    attached = tuple(part.media for part in draft.parts if part.media)
    text = stacked(
        b(_title(t, view)),
        e(t("About: {what}", what=subject(t, hearing.dossier, draft.about))),
        quoted(beginning(draft.text, WORDS_UNITS)) if draft.text else None,
        named_attachments(t, attached),
        e(t("Supported by: {n}", n=t.number(draft.voices))),
        e(t("Given on: {day}", day=t.date(draft.given_on or view.today))),
        said_at(t, hearing, view.zone, draft.sitting),
        e(t("For the minutes: {name}", name=draft.name)) if draft.name else None,
        b(t("№ {number} says the same. Save it only if it is another paper.", number=view.same)) if view.same else None,
        None if draft.parts else i(t("There are no words yet.")),
    )
    return Screen(text, _check_rows(t, view))


def _check_rows(t: Translator, view: DraftView) -> tuple[ButtonRow, ...]:
    hearing = view.hearing.id
    label = t.p("button", "✅ Another paper: save") if view.same else t.p("button", "✅ Save")
    save = tap(t, label, presses.SaveEntry(hearing, sure=bool(view.same)))
    fields = (
        tap(t, t.p("button", "🙋 How many support it"), presses.AskEntryField(hearing, EntryField.VOICES)),
        tap(t, t.p("button", "📅 Day it was given"), presses.ChooseEntryDay(hearing)),
        tap(t, t.p("button", "🪪 Name for the minutes"), presses.AskEntryField(hearing, EntryField.NAME)),
        tap(t, t.p("button", "✏️ Write the words anew"), presses.AskEntryField(hearing, EntryField.WORDS)),
    )
    return with_buttons((save,) if view.draft.parts else (), *in_rows(fields, width=2), (_give_up(t, hearing),))


def days(t: Translator, view: DraftView, page: int) -> Screen:
    """The screen that asks on which day it was given, the newest first."""
    hearing = view.hearing
    begins = min(hearing.announced_at or hearing.dossier.opens_at, hearing.dossier.opens_at)
    first = begins.astimezone(view.zone).date()
    all_days = tuple(view.today - timedelta(days=ago) for ago in range((view.today - first).days + 1))
    found, page, last = item_page(all_days, page, DAYS_ON_A_PAGE)
    buttons = (tap(t, f"{day:%d.%m.%y}", presses.SetEntryDay(hearing.id, day.toordinal())) for day in found)
    rows = with_buttons(
        *in_rows(buttons, width=3),
        paging(t, lambda number: presses.ChooseEntryDay(hearing.id, number), page=page, last=last),
        (back(t, presses.CheckEntry(hearing.id)),),
    )
    return Screen(b(t("On which day was it given?")), rows)


def saved(t: Translator, view: EntryView) -> Screen:
    """The receipt of an entry, and the next one."""
    comment = view.comment
    text = stacked(
        b(t("№ {number}: write it on the paper.", number=comment.number)),
        e(t("Its author finds the answer by this number among the published comments.")),
    )
    again = presses.ChooseEntryKind(view.hearing.id, comment.channel, view.entry.sitting)
    return Screen(
        text,
        (
            (tap(t, t.p("button", "➕ The next one"), again),),
            (tap(t, t("👁 Show № {number}", number=comment.number), presses.OpenEntry(comment.id)),),
            (to_entries(t, view.hearing.id),),
        ),
    )
