"""Posts in groups and channels about a hearing: in the room's one or two languages, with links and no other buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.hearings import Phase, due_phase
from bot.domain.languages import Text
from bot.domain.notice_rules import TO_ROOMS
from bot.domain.notices import NoticeKind
from bot.domain.setbacks import LONGEST_REASON
from bot.i18n import names
from handlers import presses
from handlers.presses.links import deep_link
from handlers.views.hearings import when_and_where
from handlers.views.letter_dates import postponed_alone
from handlers.views.pages import beginning
from handlers.views.screen import Button, Html, Screen, b, e, i, stacked
from handlers.views.setbacks import reason, sitting_happened, what_happened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.sittings import Sitting
    from bot.i18n import Catalogues, Translator
    from bot.services.outbox.letters import Letter

THIN_LINE: Final = "──────────"
TITLE_UNITS_IN_A_POST: Final = 400
TEXT_UNITS_IN_A_POST: Final = 160
"""UTF-16 units of each text of the secretary: so a post in two languages fits. The link leads to the whole."""


def render(catalogues: Catalogues, letter: Letter, username: str) -> Screen:
    """A post in the letter's room, in the room's languages: a hearing announced, postponed or cancelled."""
    assert letter.room is not None
    languages = letter.room.languages
    text = f"\n{THIN_LINE}\n".join(_told(catalogues[language], letter) for language in languages)
    return Screen(Html(text), links(catalogues, languages, username, letter.hearing))


def links(
    catalogues: Catalogues, languages: Sequence[str], username: str, hearing: Hearing
) -> tuple[tuple[Button, ...], ...]:
    """One link to the hearing for each language, one under the other."""
    return tuple((_link(catalogues[language], username, hearing),) for language in languages)


def _link(t: Translator, username: str, hearing: Hearing) -> Button:
    url = deep_link(username, presses.OpenHearing(hearing.id), t.language)
    return Button(t.p("button", "➡️ Open in Telegram"), url=url)


def _told(t: Translator, letter: Letter) -> Html:
    about = CONTENTS[letter.broadcast.kind](t, letter)
    again = letter.notice.doubtful and letter.post is None
    return stacked(about, i(t("You may have got this message already.")) if again else None)


def _announced(t: Translator, letter: Letter) -> Html:
    hearing = _shortened(letter.hearing)
    happened = what_happened(t, hearing, letter.zone, now=letter.now)
    return stacked(
        e(f"📣 {t(names.HEARING_KIND_HEADLINES[hearing.dossier.kind])}"),
        _title(t, letter),
        e(""),
        _where(t, hearing, letter),
        *_until(t, hearing, letter),
        stacked(e(""), happened) if happened else None,
    )


def _postponed(t: Translator, letter: Letter) -> Html:
    hearing = _shortened(letter.hearing)
    moved = postponed_alone(replace(letter, hearing=hearing))
    return stacked(
        b(t("📆 The hearing is postponed")),
        _title(t, letter),
        e(""),
        what_happened(t, hearing, letter.zone, now=letter.now)
        if moved is None
        else sitting_happened(t, moved, letter.zone, now=letter.now),
        e(""),
        b(t("The new date")),
        _where(t, hearing, letter)
        if moved is None
        else when_and_where(t, moved, letter.zone, letter.villages, now=letter.now),
        *_until(t, hearing, letter),
    )


def _cancelled(t: Translator, letter: Letter) -> Html:
    setback = _shortened(letter.hearing).setback
    return stacked(
        b(t("✖️ The hearing is cancelled")),
        _title(t, letter),
        stacked(e(""), reason(t, setback)) if setback else None,
    )


def _title(t: Translator, letter: Letter) -> Html:
    return stacked(
        b(beginning(t.marked(letter.hearing.dossier.title), TITLE_UNITS_IN_A_POST)),
        e(beginning(t.place(letter.municipality.name), TEXT_UNITS_IN_A_POST)),
    )


def _where(t: Translator, hearing: Hearing, letter: Letter) -> Html | None:
    sitting = hearing.next_sitting(letter.now)
    return when_and_where(t, sitting, letter.zone, now=letter.now) if sitting else None


def _until(t: Translator, hearing: Hearing, letter: Letter) -> tuple[Html, ...]:
    """From when and until when one can answer; the phase of a hearing that takes no answers any more."""
    dates = (hearing.dossier.opens_at, hearing.dossier.closes_at)
    opens, closes = (t.day_and_time(at, letter.zone, now=letter.now) for at in dates)
    until = e(t("⏳ You can answer until {moment}.", moment=closes))
    match due_phase(hearing, letter.now):
        case Phase.ANNOUNCED:
            return e(t("⏳ You can answer from {moment}.", moment=opens)), until
        case Phase.OPEN:
            return (until,)
        case Phase.CANCELLED:
            return ()
        case phase:
            return (e(t(names.PHASE_SENTENCES[phase])),)


def _shortened(hearing: Hearing) -> Hearing:
    """The hearing with its texts cut to the length of a post."""
    setback = hearing.setback and replace(hearing.setback, words=beginning(hearing.setback.words, LONGEST_REASON))
    sittings = tuple(_shorter(sitting) for sitting in hearing.dossier.sittings)
    return replace(hearing, setback=setback, dossier=replace(hearing.dossier, sittings=sittings))


def _shorter(sitting: Sitting) -> Sitting:
    link = sitting.online_link if len(sitting.online_link) <= TEXT_UNITS_IN_A_POST else ""
    setback = sitting.setback and replace(sitting.setback, words=beginning(sitting.setback.words, LONGEST_REASON))
    return replace(
        sitting, setback=setback, place=_begun(sitting.place), address=_begun(sitting.address), online_link=link
    )


def _begun(text: Text) -> Text:
    return Text({language: beginning(words, TEXT_UNITS_IN_A_POST) for language, words in text.by_language.items()})


CONTENTS: Final[Mapping[NoticeKind, Callable[[Translator, Letter], Html]]] = exhaustive(
    TO_ROOMS,
    {
        NoticeKind.ANNOUNCED: _announced,
        NoticeKind.POSTPONED: _postponed,
        NoticeKind.CANCELLED: _cancelled,
        NoticeKind.POST: _announced,
    },
)
"""What is posted in groups and channels: every kind that goes there is here, or the import fails."""
