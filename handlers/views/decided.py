"""What was decided on a comment, in the lines of a screen or a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import answers
from handlers.views.screen import Html, e, short

if TYPE_CHECKING:
    from bot.domain.comments import Decision
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator

POINT_LETTERS: Final = 120


def changed_point(t: Translator, hearing: Hearing, decision: Decision) -> Html | None:
    """What of the drafts the decision changes; None where it names nothing, or what is not there any more."""
    named = answers.point(t, hearing.dossier, decision.changes) if decision.changes else ""
    return e(t("It changes: {what}", what=short(named, POINT_LETTERS))) if named else None
