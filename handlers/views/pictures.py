"""Pictures for a chat with the same numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reports import answer_pictures, turnout_picture
from handlers import presses
from handlers.views.buttons import back, back_to_hearing
from handlers.views.pages import units
from handlers.views.screen import Screen, b, e, i, stacked, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.i18n import Translator
    from bot.reports.answer_pictures import AnswerPicture
    from bot.reports.turnout_picture import TurnoutPicture
    from handlers.views.screen import Html, Picture

CAPTION_UNITS: Final = 950
"""Units under a picture, marks included; Telegram takes 1,024."""

Tables = "Iterable[tuple[str, tuple[str, ...]]]"


def answers(t: Translator, drawn: AnswerPicture, picture: Picture | None, *, question: int, desk: bool) -> Screen:
    """The screen with how people answered; where nothing may be shown, it says so."""
    hearing = drawn.hearing
    up = presses.SeeTallies(hearing.id) if desk else presses.OpenQuestion(hearing.id, question) if question else None
    rows = with_buttons((back(t, up) if up else back_to_hearing(t, hearing.id),))
    if not drawn.questions:
        return Screen(e(t("There are no results to show yet.")), rows)
    return Screen(answers_in_words(t, drawn), rows, picture)


def answers_in_words(t: Translator, drawn: AnswerPicture) -> Html:
    """What the picture of the answers says."""
    remark = None
    if drawn.moving or drawn.preliminary:
        remark = i(
            t("Answers are still being taken: these numbers will change.")
            if drawn.moving
            else t("Preliminary: what is still to be entered is missing.")
        )
    return stacked(b(t("What people answered")), *_fitting(answer_pictures.lines(drawn, t)), remark)


def turnout(t: Translator, drawn: TurnoutPicture, picture: Picture | None) -> Screen:
    """The screen with who was heard, for staff."""
    people = e(t("People who took part: {n}", n=t.number(drawn.people)))
    text = stacked(b(t("Who was heard")), people, *_fitting(turnout_picture.lines(drawn, t)))
    return Screen(text, ((back(t, presses.SeeUnheard(drawn.hearing.id)),),), picture)


def _fitting(tables: Iterable[tuple[str, tuple[str, ...]]]) -> list[Html]:
    """As many tables as fit under a picture, in their order; the picture has them all."""
    found: list[Html] = []
    for title, rows in tables:
        part = stacked(e(""), b(title), *(e(row) for row in rows))
        if units(stacked(*found, part)) > CAPTION_UNITS:
            break
        found.append(part)
    return found
