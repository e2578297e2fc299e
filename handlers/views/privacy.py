"""What is stored about a person, and what they may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.consent import ConsentText
from bot.domain.places import NOBODY
from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass
from bot.i18n.consent import changed_lines
from handlers import presses
from handlers.views.buttons import home, settings
from handlers.views.contact import contact
from handlers.views.screen import Paper, Screen, b, e, stacked, tap

if TYPE_CHECKING:
    from bot.domain.people import Resident
    from bot.domain.places import Contact, Place
    from bot.i18n import Translator
    from handlers.views.screen import ButtonRow, Html


@dataclass(frozen=True, slots=True)
class Holder:
    """Who runs the bot for a person: their municipality, None where it is not known, and whom to ask."""

    place: Place | None = None
    contact: Contact = NOBODY


def privacy(t: Translator, holder: Holder, person: Resident | None, *, text: ConsentText) -> Screen:
    """The screen that says who holds what, where, who sees it, for how long, and one's rights.

    ``text`` is what people agree to now; ``person`` is None for who only looks.
    """
    stored, place = person is not None, holder.place
    name = t.place(place.name) if place else t("the municipality that holds the hearing")
    said = stacked(
        b(t("🔒 Privacy")),
        e(t("Run by: {holder}", holder=name)),
        contact(t, holder.contact),
        _agreed(t, person) if person else e(t("You are only looking: nothing about you is stored.")),
        *_what(t),
        *_where(t),
        *_who(t),
        *_how_long(t, text.years),
        e(""),
        b(t("Your rights")),
        e(t("See everything: /mydata. Change it: /settings. Take back your agreement and be forgotten: /forget.")),
    )
    agree = ((tap(t, t.p("button", "✅ I agree"), presses.Agree()),),)
    return Screen(said, (*(_own_rows(t) if stored else agree), (settings(t), home(t))))


def _agreed(t: Translator, person: Resident) -> Html | None:
    """To which text the person has agreed, and when."""
    if person.consented_at is None:
        return None
    day = t.in_words(person.consented_at.date())
    if not person.consented_to:
        return e(t("You agreed on {day}.", day=day))
    number = t.number(ConsentText.named(person.consented_to).version)
    return e(t("You agreed on {day} to version {n} of this text.", day=day, n=number))


def _where(t: Translator) -> tuple[Html, ...]:
    return (
        e(""),
        b(t("Where it is kept")),
        e(t("• What you send goes through Telegram. Its servers are abroad; voice messages and photos stay there.")),
        e(t("• Answers and comments are also in the bot’s own database, with those who run it.")),
    )


def _what(t: Translator) -> tuple[Html, ...]:
    return (
        e(""),
        b(t("What is stored of those who agreed")),
        e(t("• your Telegram number, language, municipality and village;")),
        e(t("• your answers and comments, and when you gave them;")),
        e(t("• which comments of others you support;")),
        e(t("• for a day what you wrote and did not send, for an hour what you read last;")),
        e(t("• for 30 days in which sittings you took part live, and when you asked for the floor;")),
        e(t("• age group and gender, only if you give them.")),
        e(t("Your name and phone number are not stored.")),
    )


def _who(t: Translator) -> tuple[Html, ...]:
    return (
        e(""),
        b(t("Who sees it")),
        e(t("The commission reads comments without your name and sees answers only as numbers.")),
        e(t("Groups of fewer than {n} people are not shown.", n=t.number(SMALLEST_GROUP))),
        e(t("Other residents read published comments, never whose they are.")),
        e(t("Phone numbers, ID numbers, bank cards and e-mail addresses in comments are hidden from them.")),
        e(t("Only the commission hears a voice message, unless its author lets others hear it.")),
    )


def _how_long(t: Translator, years: int) -> tuple[Html, ...]:
    return (
        e(""),
        b(t("For how long")),
        e(
            t.n(
                "Until {n} year after the last hearing you took part in, or until you delete it.",
                "Until {n} years after the last hearing you took part in, or until you delete it.",
                years,
            )
        ),
        e(t("Backup copies of the bot keep what you delete until newer copies replace them.")),
    )


def _own_rows(t: Translator) -> tuple[ButtonRow, ...]:
    return (
        (
            tap(t, t.p("button", "📄 My data"), presses.GetMyData()),
            tap(t, t.p("button", "🗑 Delete my data"), presses.AskToForget()),
        ),
    )


def consent_changed(t: Translator, before: ConsentText, after: ConsentText) -> Screen:
    """The message that says what is different in what the person has agreed to, and asks them to agree again."""
    text = stacked(
        b(t("🔒 What you agreed to has changed.")),
        *(e(line) for line in changed_lines(t, before, after)),
        e(t("Please agree again, or take your agreement back. What you pressed just now is done.")),
    )
    agree = tap(t, t.p("button", "✅ I agree"), presses.Agree())
    take_back = tap(t, t.p("button", "↩️ Take back my agreement"), presses.AskToForget())
    return Screen(text, ((agree,), (tap(t, t.p("button", "🔒 Privacy"), presses.ReadPrivacy()),), (take_back,)))


def nothing_stored(t: Translator) -> Screen:
    """The screen that says to a visitor that nothing about them is stored."""
    text = stacked(
        b(t("Nothing about you is stored.")),
        e(t("You are only looking. Something is stored only after you agree.")),
    )
    return Screen(text, ((tap(t, t.p("button", "🔒 Privacy"), presses.ReadPrivacy()), home(t)),))


def personal_data(t: Translator, page: bytes) -> Paper:
    """The file with everything stored about a person; ``page`` is its content in HTML."""
    caption = e(t("Everything stored about you. Open the file to read it."))
    return Paper("my-data.html", page, caption=caption, rows=((home(t),),))


def forget(t: Translator, *, comments: int, staff: bool) -> Screen:
    """The screen that says what being forgotten means, and asks what becomes of one's comments."""
    text = stacked(
        b(t("🗑 Delete my data")),
        e(t("• Your Telegram number, place, age group and gender are deleted, also beside comments and answers.")),
        e(t("• Your answers in open hearings are withdrawn.")),
        e(t("• Your support of others' comments is taken back.")),
        e(t("• Comments you take back lose their words, voice and photo; only their number stays.")),
        e(t("• You lose your role in the commission; for a new one you need an invitation.")) if staff else None,
        e(""),
        b(t("What stays")),
        e(t("• Answers in closed hearings, as numbers without you: the results have been counted.")),
        e(t("• Comments that are answered or that you leave nameless: without you, as long as the record is kept.")),
        e(t("• A code that names nobody, so that nobody counts twice: for one day, or until the hearing closes.")),
        e(t("• Backup copies of the bot, until newer ones replace them.")),
        e(""),
        b(t("This cannot be undone.")),
        e(t.n("What about your {n} comment?", "What about your {n} comments?", comments)) if comments else None,
    )
    alone = ((tap(t, t.p("button", "🗑 Delete"), presses.ForgetNow(withdraw=True)),),)
    with_comments = (
        (tap(t, t.p("button", "🗑 Delete, take comments back"), presses.ForgetNow(withdraw=True)),),
        (tap(t, t.p("button", "👤 Delete, leave them nameless"), presses.ForgetNow(withdraw=False)),),
    )
    cancel = (tap(t, t.p("button", "✖️ Cancel"), presses.ReadPrivacy()),)
    return Screen(text, (*(with_comments if comments else alone), cancel))


def forgotten(t: Translator) -> Screen:
    """The screen that says that everything is deleted."""
    text = stacked(
        b(t("Your data is deleted.")),
        e(t("Thank you for having taken part. If you come back, you begin anew: /start")),
    )
    return Screen(text)
