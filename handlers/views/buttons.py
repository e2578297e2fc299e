"""Buttons that many screens have: the ways home, back and to one's own things, the pages before and after."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.domain.comments import CommentKind
from handlers import presses
from handlers.views.screen import LETTERS_ON_A_BUTTON, short, tap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.domain.questions import About
    from bot.i18n import Translator
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow


def home(t: Translator, municipality_id: int = 0) -> Button:
    """The way to the municipality's next hearing; 0 is the reader's own municipality."""
    return tap(t, t.p("button", "🏠 Home"), presses.GoHome(municipality_id))


def back(t: Translator, press: Press) -> Button:
    """The way back to the screen that ``press`` opens."""
    return tap(t, t.p("button", "⬅️ Back"), press)


def back_to_hearing(t: Translator, hearing_id: int) -> Button:
    """The way back to the hearing's card."""
    return back(t, presses.OpenHearing(hearing_id))


def way_back(hearing_id: int, question: int = 0, otherwise: Press | None = None) -> Press:
    """Where one came from: the question, else ``otherwise``, else the hearing's card."""
    return presses.OpenQuestion(hearing_id, question) if question else otherwise or presses.OpenHearing(hearing_id)


def chosen_mark(*, on: bool) -> str:
    """The one sign for what is chosen, and the one for what could be."""
    return "✅" if on else "▫️"


def mine(t: Translator) -> Button:
    """The way to one's own answers and comments."""
    return tap(t, t.p("button", "👤 Mine"), presses.SeeMine())


def settings(t: Translator) -> Button:
    """The way to the settings."""
    return tap(t, t.p("button", "⚙️ Settings"), presses.OpenSettings())


def refresh(t: Translator, press: Press) -> Button:
    """The same screen anew: ``press`` opens it."""
    return tap(t, t.p("button", "🔄 Refresh"), press)


def open_desk(t: Translator) -> Button:
    """The way to the desk, of whichever municipality."""
    return tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDesk())


def back_to_desk(t: Translator, municipality_id: int) -> Button:
    """The way back to a municipality's desk."""
    return tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDeskMunicipality(municipality_id))


def told_apart(labels: Sequence[str], limit: int = LETTERS_ON_A_BUTTON) -> tuple[str, ...]:
    """Labels cut to ``limit`` letters, numbered where two of one screen would be alike."""
    cut = [short(label, limit) for label in labels]
    times = Counter(cut)
    told: list[str] = []
    for place, label in enumerate(cut):
        number = f" ({cut[: place + 1].count(label)})" if times[label] > 1 else ""
        told.append(short(label, limit - len(number)) + number)
    return tuple(told)


def comment_on(t: Translator, hearing_id: int, about: About) -> Button:
    """The way to write a comment about something that stands on the screen."""
    return tap(t, t.p("button", "💬 Comment on this"), comment_press(hearing_id, about))


def comment_press(hearing_id: int, about: About) -> Press:
    """The press that waits for a comment about something."""
    return presses.WriteAbout(hearing_id, CommentKind.COMMENT, about.kind, about.no)


def paging(t: Translator, opens: Callable[[int], Press], *, page: int, last: int) -> ButtonRow:
    """The buttons to the page before and the page after ``page``, where there is one; ``opens`` makes their presses.

    Pages are numbered from 0 to ``last``.
    """
    return turning(t, opens(page - 1) if page > 0 else None, opens(page + 1) if page < last else None)


def turning(t: Translator, before: Press | None, after: Press | None) -> ButtonRow:
    """The buttons that lead to the screens before and after in a list, where there is one."""
    earlier = (tap(t, "◀️", before),) if before else ()
    return (*earlier, tap(t, "▶️", after)) if after else earlier
