"""What stands behind the card of a hearing: what there is to read, what is wanted less often, and how to share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bot.domain.hearings import Phase
from handlers import presses
from handlers.presses.links import deep_link
from handlers.views.buttons import back_to_hearing, home, mine, settings, share_button
from handlers.views.hearings import WITH_COMMENTS
from handlers.views.screen import Button, Screen, b, e, short, stacked, tap, with_buttons
from handlers.views.screen import quote as quote_

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard

SHARED_TITLE_LETTERS: Final = 200
"""Of the title in a message to a neighbour: WhatsApp takes no link of any length."""


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


def more(t: Translator, shown: HearingCard) -> Screen:
    """The screen with what is wanted less often: one's own things, the settings, other hearings."""
    hearing = shown.hearing
    answers = tap(t, t.p("button", "📨 Answers of the commission"), presses.ReadAnswers(hearing.id))
    text = stacked(b(t.p("heading", "More")), e(t.marked(hearing.dossier.title)))
    rows = with_buttons(
        (mine(t), settings(t)),
        (answers,) if shown.phase in WITH_COMMENTS else (),
        (share_button(t, hearing.id),),
        (tap(t, t.p("button", "📚 All hearings"), presses.ListHearings(hearing.municipality_id)),),
        (tap(t, t.p("button", "❓ How it works"), presses.OpenHelp()),),
        (back_to_hearing(t, hearing.id),),
    )
    return Screen(text, rows)


def share(t: Translator, shown: HearingCard, username: str) -> Screen:
    """The screen with two buttons that open WhatsApp and Telegram, with what, when, where and the link."""
    hearing, sitting = shown.hearing, shown.sitting
    link = deep_link(username, presses.FollowPoster(hearing.id), t.language)
    words = [short(t.marked(hearing.dossier.title), SHARED_TITLE_LETTERS), t.place(shown.municipality.name)]
    if sitting is not None:
        words += [t.day_and_time(sitting.starts_at, shown.zone, now=shown.now), t.text(sitting.place).words]
    closed = shown.phase in (Phase.CLOSED, Phase.ANSWERED)
    results, draft = t("See the results and what the commission answers:"), t("Read the draft and have your say:")
    words += [results if closed else draft]
    said = "\n".join(part for part in words if part)
    text = stacked(
        b(t("Tell a neighbour")),
        e(t("Choose whom to send it to. This is what they get:")),
        quote_(e(f"{said}\n{link}")),
    )
    telegram = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(said, safe='')}"
    return Screen(
        text,
        (
            (Button("WhatsApp", url=f"https://wa.me/?text={quote(f'{said} {link}', safe='')}"),),
            (Button("Telegram", url=telegram),),
            (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
        ),
    )
