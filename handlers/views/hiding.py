"""What the author of a hidden comment reads: why others do not see it, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import HidingRule
from bot.domain.exhaustive import exhaustive
from bot.i18n import later
from handlers.views.buttons import home, mine
from handlers.views.comments import appeal_row, author_rows
from handlers.views.hearings import when_and_where
from handlers.views.screen import Html, Screen, b, e, stacked, with_buttons

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from handlers.views.comments import Standpoint

REASONS: Final = exhaustive(
    HidingRule,
    {
        HidingRule.PERSONAL_DATA: later("It names a phone number, an address or a document of somebody."),
        HidingRule.INSULT: later("Somebody could be hurt by its words."),
        HidingRule.ADVERTISING: later("It reads like advertising."),
        HidingRule.OFF_TOPIC: later("It is not about this hearing."),
        HidingRule.DUPLICATE: later("The same was sent before."),
    },
)
"""The rules, as they are told to an author."""


def hidden(t: Translator, view: CommentView, at: Standpoint) -> Screen:
    """The screen that tells an author kindly that others do not read the comment, why, and what can be done."""
    shown, open_now = view.comment, view.hearing.takes_answers(at.now)
    assert shown.hiding_rule is not None
    change = t("You can change it: then it is looked at again.")
    text = stacked(
        b(t("Others do not see your comment № {number}", number=shown.number)),
        e(t(REASONS[shown.hiding_rule])),
        e(t("It is hidden from other residents only; the commission considers it.")),
        e(""),
        e(change) if open_now and shown.decision is None else None,
        e(t("If you think that it should be shown, press “Appeal”: then it is looked at again.")),
        e(t("Or tell the commission:")),
        *_where(t, view, at),
    )
    ways = (mine(t), home(t, view.hearing.municipality_id))
    return Screen(text, with_buttons(appeal_row(t, view), *author_rows(t, view, at), ways))


def _where(t: Translator, view: CommentView, at: Standpoint) -> tuple[Html | None, ...]:
    """Where the commission is to be found: at the next sitting, else in its office."""
    sitting = view.hearing.next_sitting(at.now)
    to_come = sitting is not None and sitting.starts_at > at.now
    return (
        e(t("• at the sitting:")) if sitting and to_come else None,
        when_and_where(t, sitting, at.zone) if sitting and to_come else None,
        None if to_come else e(t("• at the ayil okmotu, where the commission works")),
    )
