"""What was decided on a comment, in the lines of a screen or a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.promises import is_overdue
from bot.i18n import answers, shown_hearings
from handlers import presses
from handlers.views.screen import Button, Html, e, short, tap

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator

POINT_LETTERS: Final = 120


def changed_point(t: Translator, hearing: Hearing, decision: Decision, *, letters: int = POINT_LETTERS) -> Html | None:
    """What of the drafts the decision changes; None where it names nothing, or what is not there any more."""
    named = answers.point(t, hearing.dossier, decision.changes) if decision.changes else ""
    return e(t("It changes: {what}", what=short(named, letters))) if named else None


def promise_kept(t: Translator, decision: Decision, today: date) -> Html | None:
    """When it was done, or until when it is to be; where that day has passed, that it is not done yet."""
    said = shown_hearings.promise(t, decision, overdue=is_overdue(decision, today))
    if not said:
        return None
    return e(f"{said} 🖼" if decision.is_done and decision.done_photo else said)


def see_photo(t: Translator, comment: Comment) -> Button:
    """The way to the photo of what was done."""
    return tap(t, t("🖼 Photo: № {number}", number=comment.number), presses.SeeDonePhoto(comment.id))
