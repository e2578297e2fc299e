"""The council's resolution on a hearing: as people read it, and as the secretary types it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.resolutions import ResolutionField
from bot.i18n import later
from handlers import presses
from handlers.views.buttons import back
from handlers.views.pages import beginning, quoted
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, stacked, tap

if TYPE_CHECKING:
    from bot.domain.resolutions import Resolution
    from bot.i18n import Translator
    from bot.services.resolutions import ResolutionView

TITLE_UNITS: Final = 200

ASKED: Final = exhaustive(
    ResolutionField,
    {
        ResolutionField.NUMBER: later("Write the number of the resolution, as it stands on the paper."),
        ResolutionField.DAY: later("Write the day on which the council met, like 15.05.2027."),
        ResolutionField.ADOPTED: later("Write what was adopted, in a few sentences. People read it as you write it."),
    },
)
CHANGES: Final = exhaustive(
    ResolutionField,
    {
        ResolutionField.NUMBER: later("✏️ Number"),
        ResolutionField.DAY: later("✏️ Day"),
        ResolutionField.ADOPTED: later("✏️ What was adopted"),
    },
)


def resolution(t: Translator, found: Resolution) -> Html:
    """What the council made of a hearing, as everybody reads it."""
    return stacked(b(headline(t, found)), quoted(found.adopted))


def headline(t: Translator, found: Resolution) -> str:
    """Its number and day."""
    return t("🏛 The council’s resolution: № {number}, {day}", number=found.number, day=t.in_words(found.day))


def to_resolution(t: Translator, hearing_id: int) -> Button:
    """The way to it on the desk."""
    return tap(t, t.p("button", "🏛 Council’s resolution"), presses.OpenResolution(hearing_id))


def stored(t: Translator, shown: ResolutionView) -> Screen:
    """The screen with what is stored, and the way to type or correct it."""
    hearing, found = shown.hearing.id, shown.stored
    up = (back(t, presses.OpenDeskHearing(hearing)),)
    if found is None:
        text = stacked(
            *_head(t, shown),
            e(t("When the council has met, write its resolution here: number, day, what was adopted.")),
            e(t("Everybody who took part is told once, with what stands for their own comments.")),
        )
        write = tap(t, t.p("button", "✍️ Write it down"), presses.WriteResolution(hearing))
        return Screen(text, ((write,), up))
    text = stacked(
        *_head(t, shown),
        resolution(t, found),
        i(t("Everybody who took part is told of it once. Is something wrong? Correct it here.")),
    )
    return Screen(text, (*_changes(t, hearing), up))


def ask(t: Translator, shown: ResolutionView) -> Screen:
    """The screen that asks for one part, and says what stands there so far."""
    field = shown.draft.waits_for if shown.draft else ResolutionField.NUMBER
    so_far = _part(t, shown, field)
    text = stacked(
        *_head(t, shown),
        e(t(ASKED[field])),
        e(t("So far: {words}", words=so_far)) if so_far else None,
    )
    return Screen(text, ((back(t, presses.OpenResolution(shown.hearing.id)),),))


def typed(t: Translator, shown: ResolutionView) -> Screen:
    """The screen that asks for the next part; once all is there, what will be stored, and whether it is right."""
    draft = shown.draft
    whole = draft.resolution(shown.hearing.closes_at) if draft else None
    if draft is None or whole is None:
        return ask(t, shown)
    hearing, again = shown.hearing.id, shown.stored is not None
    save = t.p("button", "✅ Yes, correct it") if again else t.p("button", "✅ Store it and tell everybody")
    text = stacked(
        *_head(t, shown),
        *((e(t("It was:")), resolution(t, shown.stored), e("")) if shown.stored else ()),
        b(t("Is this right?")),
        resolution(t, whole),
        e(t("Nobody is told again.")) if again else e(t("Everybody who took part will be told, once.")),
    )
    rows = ((tap(t, save, presses.SaveResolution(hearing, draft.mark)),), *_changes(t, hearing))
    return Screen(text, (*rows, (back(t, presses.OpenResolution(hearing)),)))


def _head(t: Translator, shown: ResolutionView) -> tuple[Html, Html]:
    title = e(beginning(t.marked(shown.hearing.dossier.title), TITLE_UNITS))
    return b(t("The council’s resolution")), title


def _changes(t: Translator, hearing_id: int) -> tuple[tuple[Button, ...], ...]:
    return in_rows(
        (tap(t, t(CHANGES[field]), presses.WriteResolution(hearing_id, field)) for field in ResolutionField), width=2
    )


def _part(t: Translator, shown: ResolutionView, field: ResolutionField) -> str:
    draft = shown.draft
    if draft is None:
        return ""
    match field:
        case ResolutionField.NUMBER:
            return draft.number
        case ResolutionField.DAY:
            return t.date(draft.day) if draft.day else ""
        case ResolutionField.ADOPTED:
            return draft.adopted
