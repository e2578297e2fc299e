"""A text that was typed for a hearing: before and after, whom it concerns, and that it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.edits import TextAt, TextField, text_at
from bot.domain.languages import OWN_NAMES
from bot.i18n import drafts
from handlers import presses
from handlers.presses import Language
from handlers.views.announcing import reached
from handlers.views.buttons import back
from handlers.views.choosing import headed
from handlers.views.editing import languages, way_back
from handlers.views.pages import beginning
from handlers.views.screen import (
    Html,
    Screen,
    b,
    e,
    quote,
    stacked,
    tap,
)

if TYPE_CHECKING:
    from bot.domain.languages import Text
    from bot.domain.notices import Reach
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview
    from bot.services.revisions import Comparison
    from bot.services.texts import EditedText

SHOWN_TEXT_UNITS: Final = 1_000
QUESTIONS_NAMED: Final = 10


def confirm(t: Translator, overview: HearingOverview, asked: EditedText, compared: Comparison, reach: Reach) -> Screen:
    """The screen with a text before and after, whom it concerns, and the choice to take it or not."""
    asked_again = compared.asked_again
    renew = bool(compared.answered)
    text = stacked(
        headed(t, overview, t("Change this text?")),
        *_before_and_after(t, asked, text_at(compared.old, asked.at)),
        *_concerned(t, compared),
        reached(t, reach, overview) if _is_schedule(asked.at) else None,
    )
    label = t.p("button", "✅ Yes, and ask again") if asked_again else t.p("button", "✅ Yes, change it")
    again = presses.WriteText(asked.hearing_id, asked.at.field, asked.at.no, asked.at.option, Language(asked.language))
    rows = (
        (tap(t, label, presses.ApplyText(asked.hearing_id, sure=True, renew=renew)),),
        (tap(t, t.p("button", "✍️ Write it anew"), again),),
        (tap(t, t.p("button", "✖️ No, leave it"), presses.ChangeHearing(asked.hearing_id)),),
    )
    return Screen(text, rows)


def _before_and_after(t: Translator, asked: EditedText, before: Text) -> tuple[Html, ...]:
    old = before.by_language.get(asked.language, "") or "—"
    return (
        e(f"{t(drafts.TEXT_FIELD_NAMES[asked.at.field])}: {OWN_NAMES[asked.language]}"),
        e(t("Until now:")),
        quote(e(beginning(old, SHOWN_TEXT_UNITS))),
        e(t("From now on:")),
        quote(e(beginning(asked.words, SHOWN_TEXT_UNITS))),
    )


def _concerned(t: Translator, compared: Comparison) -> tuple[Html, ...]:
    """Whose answers are put aside, question by question."""
    said = [
        e(
            t.n(
                "Question {no}: {n} person has answered it. The answer is put aside, and they are asked again.",
                "Question {no}: {n} people have answered it. The answers are put aside, and they are asked again.",
                compared.voters[number],
                no=number,
            )
        )
        for number in compared.asked_again[:QUESTIONS_NAMED]
    ]
    written = {change.about for change in compared.answered if compared.comments.get(change.about)}
    comments = sum(compared.comments[about] for about in written)
    if comments:
        said.append(e(t.n("{n} comment is about this.", "{n} comments are about this.", comments)))
    return tuple(said)


def _is_schedule(at: TextAt) -> bool:
    return at.field in (TextField.PLACE, TextField.ADDRESS)


def changed(t: Translator, overview: HearingOverview, asked: EditedText) -> Screen:
    """The screen that says what a text says now, and in which languages it says something else."""
    text = text_at(overview.hearing.dossier, asked.at)
    others = [OWN_NAMES[language] for language in text.by_language if language != asked.language]
    shown = stacked(
        b(t("✅ Changed")),
        e(f"{t(drafts.TEXT_FIELD_NAMES[asked.at.field])}: {OWN_NAMES[asked.language]}"),
        quote(e(beginning(asked.words, SHOWN_TEXT_UNITS))),
        e(t("As before in: {languages}. Does it say the same there?", languages=t.list(others))) if others else None,
    )
    return Screen(shown, (*languages(t, asked), (back(t, way_back(asked)),)))
