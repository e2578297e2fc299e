"""What stands behind the card of a hearing: what there is to read, what is wanted less often, and how to share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.views.buttons import back_to_hearing, home, mine, settings
from handlers.views.hearings import WITH_COMMENTS
from handlers.views.screen import Screen, b, e, quote, stacked, tap, with_buttons
from handlers.views.sharing import Sharing, share_line, share_row

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard


def reading(t: Translator, shown: HearingCard) -> Screen:
    """The screen with the strategy, the budget and the documents, each with how much there is of it."""
    hearing, dossier = shown.hearing, shown.hearing.dossier
    strategy = tap(t, t.p("button", "📋 Strategy"), presses.ReadStrategy(hearing.id))
    budget = tap(t, t.p("button", "💰 Budget"), presses.ReadBudget(hearing.id))
    label = t.p("button", "📎 Documents: {n}", n=t.number(shown.documents))
    text = stacked(
        b(t("What is there to read")),
        e(t.marked(dossier.title)),
        e(""),
        e(t("Strategy: what is to be done, plan by plan, and what it costs.")) if dossier.services else None,
        e(t("Budget: where the money comes from and what it is spent on.")) if dossier.budget else None,
        e(t("Documents: as the municipality printed them.")) if shown.documents else None,
    )
    rows = with_buttons(
        (*((strategy,) if dossier.services else ()), *((budget,) if dossier.budget else ())),
        (tap(t, label, presses.ListDocuments(hearing.id)),) if shown.documents else (),
        (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def more(t: Translator, shown: HearingCard, username: str) -> Screen:
    """The screen with what is wanted less often: one's own things, the settings, other hearings, and to share it."""
    hearing, sharing = shown.hearing, sharing_of(shown, username)
    answers = tap(t, t.p("button", "📨 Answers of the commission"), presses.ReadAnswers(hearing.id))
    title = e(t.marked(hearing.dossier.title))
    text = stacked(b(t.p("heading", "More")), title, share_line(t, hearing, sharing))
    rows = with_buttons(
        share_row(t, hearing, sharing),
        (mine(t), settings(t)),
        (answers,) if shown.phase in WITH_COMMENTS else (),
        (tap(t, t.p("button", "📚 All hearings"), presses.ListHearings(hearing.municipality_id)),),
        (tap(t, t.p("button", "❓ How it works"), presses.OpenHelp()),),
        (back_to_hearing(t, hearing.id),),
    )
    return Screen(text, rows)


def share(t: Translator, shown: HearingCard, username: str) -> Screen:
    """The screen with the two buttons, and with what a neighbour gets: older screens lead to it."""
    hearing, sharing = shown.hearing, sharing_of(shown, username)
    text = stacked(
        b(t("Tell a neighbour")),
        e(t("Choose whom to send it to. This is what they get:")),
        quote(e(f"{sharing.words(t, hearing)}\n{sharing.link(t, hearing)}")),
    )
    ways = (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id))
    return Screen(text, with_buttons(share_row(t, hearing, sharing), ways))


def sharing_of(shown: HearingCard, username: str) -> Sharing:
    """How the hearing of a card is shared."""
    return Sharing(username, shown.municipality, shown.zone, shown.now, shown.sitting)
