"""The frame round a previewed screen: its buttons stay in the preview, and lead back to the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.languages import OWN_NAMES
from handlers import presses
from handlers.presses import Language
from handlers.presses.wire import nest, pack, unpack
from handlers.views.screen import in_rows, tap

if TYPE_CHECKING:
    from bot.i18n import Translator
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow, Screen


def framed(
    t: Translator, screen: Screen, *, press: presses.PreviewHearing, previewed: tuple[type[Press], ...]
) -> Screen:
    """The screen with buttons that open previews, the languages, and the way back in the reader's own words."""

    def within(button: Button) -> Button:
        opened = unpack(button.data)[0] if button.data else None
        if isinstance(opened, presses.OpenHearing) and opened.hearing == press.hearing:
            target = presses.PreviewHearing(press.hearing, press.language)
        elif isinstance(opened, previewed) and nest(opened):
            target = presses.PreviewHearing(press.hearing, press.language, nest(opened))
        else:
            target = replace(press, inert=True)
        return replace(button, data=pack(target, t.language), url=None)

    rows = tuple(tuple(map(within, row)) for row in screen.rows)
    return replace(screen, rows=(*rows, *_languages(t, press), (_desk(t, press.hearing),)))


def _languages(t: Translator, press: presses.PreviewHearing) -> tuple[ButtonRow, ...]:
    chips = (
        tap(
            t,
            f"{'✅' if language is press.language else '▫️'} {OWN_NAMES[language]}",
            replace(press, language=language),
        )
        for language in Language
    )
    return in_rows(chips, width=3)


def _desk(t: Translator, hearing_id: int) -> Button:
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDraft(hearing_id))
