"""Screens of what staff have entered for somebody: all of it at a glance, each entry, and the word that it is all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from bot.services.entries import ENTRIES_ON_A_PAGE
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning, quoted
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
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.entries import EntryPage, EntryView
    from bot.services.entry_desk import EntryOverview

WORDS_UNITS: Final = 2500
"""Units of the words of an entry on a screen; in full they are in the record."""
LISTED_WORDS: Final = 160


def sitting_labels(t: Translator, hearing: Hearing, zone: ZoneInfo) -> Iterator[tuple[int, str]]:
    """The number of each sitting, and what stands on its button."""
    for sitting in hearing.dossier.sittings:
        local = sitting.starts_at.astimezone(zone)
        label = f"{sitting.no}. {local:%d.%m} {t.time(local)} {t.text(sitting.place).words}"
        yield sitting.no, short(label)


def said_at(t: Translator, hearing: Hearing, zone: ZoneInfo, no: int) -> Html | None:
    """At which of several sittings it was said; None where it was at none, or there is one alone."""
    label = dict(sitting_labels(t, hearing, zone)).get(no) if len(hearing.dossier.sittings) > 1 else None
    return e(f"🗓 {label}") if label else None


def overview(t: Translator, shown: EntryOverview) -> Screen:
    """The screen with all that was entered, and what can be."""
    hearing = shown.hearing
    several = len(hearing.dossier.sittings) > 1
    labels = {no: f" · {label}" for no, label in sitting_labels(t, hearing, shown.zone)} if several else {}
    text = stacked(
        b(t("Entered for somebody")),
        e(beginning(t.marked(hearing.dossier.title), 300)),
        _state(t, shown),
        e(""),
        *(
            e(t("Comments, {channel}: {n}", channel=t(names.CHANNEL_NAMES[channel]).lower(), n=t.number(count)))
            for channel, count in shown.comments.items()
            if count
        ),
        e(t("Questions counted by hand, by boxes: {n}", n=t.number(len(shown.counted)))) if shown.counted else None,
        *(e(_present(t, each.people, each.women, each.men) + labels.get(each.sitting, "")) for each in shown.present),
    )
    return Screen(text, _overview_rows(t, shown))


def _state(t: Translator, shown: EntryOverview) -> Html:
    if shown.hearing.is_preliminary(shown.now):
        return i(t("Preliminary: what is still to be entered is missing."))
    return i(t("More can be entered.") if shown.open else t("Nothing more is entered now."))


def _present(t: Translator, people: int, women: int, men: int) -> str:
    said = t("People present: {n}", n=t.number(people))
    if not women and not men:
        return said
    return said + " (" + t("women {women}, men {men}", women=t.number(women), men=t.number(men)) + ")"


def _overview_rows(t: Translator, shown: EntryOverview) -> tuple[ButtonRow, ...]:
    hearing = shown.hearing.id
    comment = tap(t, t.p("button", "💬 A comment"), presses.ChooseEntryChannel(hearing))
    votes = tap(t, t.p("button", "🗳 Counted votes"), presses.ChooseCountChannel(hearing))
    people = tap(t, t.p("button", "👥 People present"), presses.CountPeople(hearing))
    listed = tap(t, t.p("button", "📋 Entered comments"), presses.ListEntries(hearing))
    sheet = tap(t, t.p("button", "📄 Entry sheet (Excel)"), presses.TakeEntrySheet(hearing))
    forms = tap(t, t.p("button", "🖨 Forms to print"), presses.ListForms(hearing))
    done = tap(t, t.p("button", "✅ All entered"), presses.CloseEntries(hearing))
    again = tap(t, t.p("button", "🔓 Reopen the entries"), presses.ReopenEntries(hearing))
    asked = bool(shown.hearing.dossier.questions)
    over = shown.hearing.is_public and shown.now >= shown.hearing.closes_at and shown.may_close
    preliminary = shown.hearing.is_preliminary(shown.now)
    reopens = over and not preliminary and shown.hearing.all_entered_at is not None
    return with_buttons(
        (comment, *((votes,) if asked else ())) if shown.open else (),
        (people, sheet) if shown.open else (),
        (forms,) if shown.hearing.will_take_answers(shown.now) else (),
        (listed,) if sum(shown.comments.values()) else (),
        (done,) if over and preliminary else (),
        (again,) if reopens and not shown.open else (),
        (back_to_desk(t, hearing),),
    )


def back_to_desk(t: Translator, hearing_id: int) -> Button:
    """The way back to the hearing's desk."""
    return tap(t, t.p("button", "⬅️ Back to the desk"), presses.OpenDeskHearing(hearing_id))


def to_entries(t: Translator, hearing_id: int) -> Button:
    """The way back to all that was entered."""
    return back(t, presses.OpenEntries(hearing_id))


def listing(t: Translator, page: EntryPage) -> Screen:
    """The screen with the comments that were entered, the newest first."""
    text = stacked(
        b(t("Entered comments: {n}", n=t.number(page.total))),
        *(e(f"{_numbered(t, view)} · {short(view.comment.text or '📎', LISTED_WORDS)}") for view in page.items),
    )
    numbers = (
        tap(t, t("№ {number}", number=view.comment.number), presses.OpenEntry(view.comment.id)) for view in page.items
    )
    last, at = max(0, page.total - 1) // ENTRIES_ON_A_PAGE, page.offset // ENTRIES_ON_A_PAGE
    rows = with_buttons(
        *in_rows(numbers, width=3),
        paging(t, lambda no: presses.ListEntries(page.hearing.id, no * ENTRIES_ON_A_PAGE), page=at, last=last),
        (to_entries(t, page.hearing.id),),
    )
    return Screen(text, rows)


def _numbered(t: Translator, view: EntryView) -> str:
    channel = t(names.CHANNEL_NAMES[view.comment.channel]).lower()
    return f"{t('№ {number}', number=view.comment.number)} · {channel}"


def entry(t: Translator, view: EntryView) -> Screen:
    """The screen with one entry."""
    comment, known = view.comment, view.entry
    entered_on = comment.created_at.astimezone(view.zone).date()
    text = stacked(
        b(f"{_numbered(t, view)} · {t(names.COMMENT_KIND_NAMES[comment.kind])}"),
        e(t("About: {what}", what=subject(t, view.hearing.dossier, comment.about))),
        quoted(beginning(comment.text, WORDS_UNITS)) if comment.text else None,
        named_attachments(t, comment.attachments),
        e(t("Supported by: {n}", n=t.number(comment.support))),
        e(t("Given on {given}, entered on {entered}", given=t.date(known.given_on), entered=t.date(entered_on))),
        said_at(t, view.hearing, view.zone, known.sitting),
        e(t("For the minutes: {name}", name=view.name)) if view.name else None,
        i(t("Removed.")) if comment.withdrawn_at else None,
    )
    change = tap(t, t.p("button", "✏️ Change"), presses.ChangeEntry(comment.id))
    remove_it = tap(t, t.p("button", "🗑 Remove"), presses.RemoveEntry(comment.id))
    play = tap(t, t.p("button", "▶️ Voice and photos"), presses.PlayComment(comment.id))
    return Screen(
        text,
        with_buttons(
            (play,) if comment.attachments and not comment.withdrawn_at else (),
            (change, remove_it) if view.may_change else (),
            (back(t, presses.ListEntries(view.hearing.id)),),
        ),
    )


def remove(t: Translator, view: EntryView) -> Screen:
    """The screen that asks whether to take an entry out."""
    comment = view.comment
    text = stacked(
        b(t("Remove № {number}?", number=comment.number)),
        e(t("It counts no more and its words are in no file. The number stays empty, the journal keeps a line.")),
    )
    yes = tap(t, t.p("button", "🗑 Yes, remove it"), presses.RemoveEntry(comment.id, sure=True))
    return Screen(text, ((yes,), (back(t, presses.OpenEntry(comment.id)),)))


def close(t: Translator, shown: EntryOverview) -> Screen:
    """The screen that asks whether everything is entered."""
    text = stacked(
        b(t("Is everything entered?")),
        e(t("The results become final and residents see all of them. You can reopen until the hearing is answered.")),
    )
    yes = tap(t, t.p("button", "✅ Yes, all is entered"), presses.CloseEntries(shown.hearing.id, sure=True))
    return Screen(text, ((yes,), (to_entries(t, shown.hearing.id),)))


def reopen(t: Translator, shown: EntryOverview) -> Screen:
    """The screen that asks whether to reopen the entries."""
    text = stacked(
        b(t("Reopen the entries?")),
        e(t("The results are preliminary again, until you say that all is entered.")),
    )
    yes = tap(t, t.p("button", "🔓 Yes, reopen"), presses.ReopenEntries(shown.hearing.id, sure=True))
    return Screen(text, ((yes,), (to_entries(t, shown.hearing.id),)))
